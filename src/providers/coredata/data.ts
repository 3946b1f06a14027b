import type { Board, Card, Column, Hit, Workspace } from '../../core/model.ts';
import { allItems, onePage, type Page } from '../../core/page.ts';
import type { Shared } from '../../core/shared.ts';
import type { Client } from './client.ts';
import { nameOf, toBoard, toWorkspace } from './mapping.ts';
import type { DynatypeWire, EntryWire, ProjectWire } from './replies.ts';
import {
	familyOf,
	labelOf,
	mainList,
	type Place,
	type StatusBoard,
	toStatusBoard,
	type ValueLists,
} from './statuses.ts';
import { withheld } from './withheld.ts';

/** What one session knows: each question is asked of the vendor once until `forget`. */
export class Data {
	readonly #client: Client;
	readonly #shared: Shared;

	constructor(client: Client, shared: Shared) {
		this.#client = client;
		this.#shared = shared;
	}

	/** The spaces that are not hidden; those that are over come last. */
	workspaces(signal: AbortSignal): Promise<Page<Workspace>> {
		return this.#shared.get('spaces', async (signal) => overLast(await this.#shownSpaces(signal)), signal);
	}

	/** The projects of a space. */
	list({ id }: Workspace, signal: AbortSignal): Promise<Page<Board>> {
		const ask = async (signal: AbortSignal): Promise<Page<Board>> =>
			turned(
				await this.#client.projectsOfSpace(id, signal),
				(projects, signal) => this.toBoards(projects, signal),
				signal,
			);
		return this.#shared.get(`projects of ${id}`, ask, signal);
	}

	async columns(board: Board, signal: AbortSignal): Promise<readonly Column[]> {
		return (await this.#statusBoard({ boardId: board.id, workspaceId: board.workspaceId }, signal)).columns;
	}

	async cards({ id, boardId, workspaceId }: Column, signal: AbortSignal): Promise<Page<Card>> {
		return onePage((await this.#statusBoard({ boardId, workspaceId }, signal)).cards.get(id) ?? []);
	}

	async toBoards(projects: readonly ProjectWire[], signal: AbortSignal): Promise<readonly Board[]> {
		const lists = await this.valueLists(
			projects.map(({ status }) => status),
			signal,
		);
		return projects.map((project) => toBoard(project, project.status ? labelOf(project.status, lists) : undefined));
	}

	/** The value lists that some values belong to. */
	async valueLists(values: readonly (string | null | undefined)[], signal: AbortSignal): Promise<ValueLists> {
		const names = [...new Set(values.flatMap((value) => (value ? [familyOf(value)] : [])))];
		return new Map(await Promise.all(names.map(async (name) => [name, await this.valueList(name, signal)] as const)));
	}

	/** The entries of a value list; undefined where the tenant does not show it, for the manual does not promise it. */
	valueList(name: string, signal: AbortSignal): Promise<readonly EntryWire[] | undefined> {
		const ask = async (signal: AbortSignal) =>
			withheld(
				this.#client.valueList(name, signal).then(({ entries }) => entries),
				undefined,
			);
		return this.#shared.get(`value list ${name}`, ask, signal);
	}

	/** Drops what is remembered of a project's tasks, after one of them was changed or may have been. */
	forgetTasks(project: string): void {
		this.#shared.delete(`tasks of ${project}`);
	}

	/** The user name of whoever is signed in. */
	me(signal: AbortSignal): Promise<string> {
		return this.#shared.get('me', async (signal) => (await this.#client.user(signal)).username, signal);
	}

	/** Everybody's names by their user names; none where this user may not list them. */
	people(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
		const ask = async (signal: AbortSignal) =>
			withheld(
				this.#client.users(signal).then((page) => allItems(page, signal)),
				[],
			);
		return this.#shared.get(
			'people',
			async (signal) => new Map((await ask(signal)).map((user) => [user.username, nameOf(user)])),
			signal,
		);
	}

	/** What a contact is called; undefined where this account may not see it. */
	contactName(id: string, signal: AbortSignal): Promise<string | undefined> {
		const ask = async (signal: AbortSignal) =>
			withheld(
				this.#client.contact(id, signal).then(({ title }) => title),
				undefined,
			);
		return this.#shared.get(`contact ${id}`, ask, signal);
	}

	/** A list of projects that belongs to the person, under a name of its own. */
	shortlist(id: 'favourites' | 'recent', signal: AbortSignal): Promise<Page<Hit & { readonly board: Board }>> {
		const ask = async (signal: AbortSignal) =>
			turned(await this.#client[id](signal), (projects, signal) => this.#toHits(projects, signal), signal);
		return this.#shared.get(id, ask, signal);
	}

	async #toHits(projects: readonly ProjectWire[], signal: AbortSignal) {
		const boards = await this.toBoards(projects, signal);
		return boards.map((board, at) => {
			const name = projects[at]?.space.title || board.workspaceId;
			return { workspace: { id: board.workspaceId, name }, board };
		});
	}

	/** Drops everything, after a project was changed or may have been. */
	forget(): void {
		this.#shared.clear();
	}

	/** The tags that a project's tasks have. */
	async tags(place: Place, signal: AbortSignal): Promise<readonly string[]> {
		const { cards } = await this.#statusBoard(place, signal);
		return [...new Set([...cards.values()].flat().flatMap(({ labels }) => labels ?? []))].sort((a, b) =>
			a.localeCompare(b),
		);
	}

	#statusBoard(place: Place, signal: AbortSignal): Promise<StatusBoard> {
		const ask = async (signal: AbortSignal): Promise<StatusBoard> => {
			const [tasks, types] = await Promise.all([
				this.#client.tasksOfProject(place.boardId, signal),
				this.dynatypes(signal),
			]);
			const main = mainList(tasks, types);
			const lists = await this.valueLists([main, ...tasks.map(({ status }) => status)], signal);
			return toStatusBoard(place, tasks, main, lists);
		};
		return this.#shared.get(`tasks of ${place.boardId}`, ask, signal);
	}

	/** The types of documents; none where the tenant does not show them. */
	dynatypes(signal: AbortSignal): Promise<readonly DynatypeWire[]> {
		const ask = async (signal: AbortSignal) =>
			withheld(
				this.#client.dynatypes(signal).then((page) => allItems(page, signal)),
				[],
			);
		return this.#shared.get('dynatypes', ask, signal);
	}

	async #shownSpaces(signal: AbortSignal): Promise<Page<Workspace>> {
		// The vendor's total counts hidden spaces too.
		const { total: _, ...page } = await this.#client.spaces(signal);
		return turned(page, (spaces) => spaces.filter(({ is_hidden }) => !is_hidden).map(toWorkspace), signal);
	}
}

/** The same pages with the items of each turned into others. */
export async function turned<A, B>(
	{ items, total, next }: Page<A>,
	turn: (items: readonly A[], signal: AbortSignal) => readonly B[] | Promise<readonly B[]>,
	signal: AbortSignal,
): Promise<Page<B>> {
	return {
		items: await turn(items, signal),
		total,
		next: next && (async (later) => turned(await next(later), turn, later)),
	};
}

/** The same list, page by page, with what is over held back to its end. */
function overLast({ items, next }: Page<Workspace>, held: readonly Workspace[] = []): Page<Workspace> {
	const over = [...held, ...items.filter(({ archived }) => archived)];
	const active = items.filter(({ archived }) => !archived);
	return next
		? { items: active, next: async (signal) => overLast(await next(signal), over) }
		: { items: [...active, ...over] };
}
