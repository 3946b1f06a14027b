import assert from 'node:assert/strict';
import type { Account } from '../../src/core/accounts.ts';
import type { Cards } from '../../src/core/cards.ts';
import { Changes, type Done } from '../../src/core/changes.ts';
import { NotFound, OutcomeUnknown, Refused, Unreachable } from '../../src/core/errors.ts';
import type { Values } from '../../src/core/form.ts';
import { LiveBoard } from '../../src/core/liveBoard.ts';
import type { Board, Card, ChecklistItem, Column, Comment } from '../../src/core/model.ts';
import type { Page } from '../../src/core/page.ts';
import type { Session } from '../../src/core/provider.ts';

/** What becomes of a request: `refused` and `unreachable` change nothing, `lost` is done without anybody saying so. */
export type Fate = 'well' | 'refused' | 'unreachable' | 'lost';

export const never = new AbortController().signal;
export const board: Board = { id: 'b', workspaceId: 'w', name: 'Delivery' };
export const workspace = { id: 'w', name: 'Harbour' };
export const account: Account = {
	id: 'a',
	name: 'Acme',
	provider: 'fake',
	way: 'token',
	identity: 'acme/1',
	server: 'https://fake.example',
	facts: {},
};

/** A vendor's board in memory, as strict as a vendor: what stands where, what was asked, and whatever is to go wrong. */
export class FakeBoard {
	readonly columns: Column[];
	/** The requests, in the order they set out. */
	readonly asked: string[] = [];
	readonly #lists: Map<string, Card[]>;
	readonly #trash = new Map<string, Card>();
	readonly items = new Map<string, ChecklistItem[]>();
	readonly comments = new Map<string, Comment[]>();
	pageSize = Number.POSITIVE_INFINITY;
	places: 'any' | 'ends' | 'none' = 'any';
	forgotten = 0;
	/** Is waited for before a request arrives, and again before its answer does. */
	pass: (what: string) => Promise<unknown> = async () => undefined;
	fate: (what: string) => Fate = () => 'well';
	#made = 0;

	/** Columns by their ids, with the ids of their cards, one letter each. */
	constructor(columns: Readonly<Record<string, string>>) {
		this.columns = Object.keys(columns).map((id) => ({ id, boardId: 'b', workspaceId: 'w', name: `Column ${id}` }));
		this.#lists = new Map(
			Object.entries(columns).map(([columnId, ids]) => [columnId, ids.split('').map((id) => cardOf(id, columnId))]),
		);
	}

	column(id: string): Column {
		return this.columns.find((column) => column.id === id) ?? assert.fail(`no column ${id}`);
	}

	/** A card as it stands at the vendor. */
	card(id: string): Card {
		return this.#find(id) ?? assert.fail(`no card ${id}`);
	}

	/** Somebody else puts a card elsewhere. */
	put(id: string, columnId: string, at = 0): void {
		const card = this.#take(id);
		this.#list(columnId).splice(at, 0, { ...card, columnId });
	}

	/** Somebody else changes a card. */
	change(id: string, over: Partial<Card>): void {
		const list = this.#list(this.card(id).columnId);
		list.splice(
			list.findIndex((card) => card.id === id),
			1,
			{ ...this.card(id), ...over },
		);
	}

	/** How the board stands at the vendor, as text. */
	text(): Record<string, string> {
		return Object.fromEntries(this.columns.map(({ id }) => [id, textOf(this.#list(id))]));
	}

	get session(): Session {
		return {
			workspaces: async () => ({ items: [workspace] }),
			accountInfo: async () => [],
			forget: () => void (this.forgotten += 1),
			accessToken: async () => 's3cret',
			findings: async () => [],
			boards: {
				list: async () => ({ items: [board] }),
				columns: (_, signal) => this.#request('columns', () => [...this.columns], signal),
				cards: (column, signal) => this.#page(column.id, 0, signal),
			},
			columnOrdering: {
				move: (column, after, signal) =>
					this.#request(`column ${column.id}`, () => this.#putColumn(column, after), signal),
			},
			cards: this.#cards(),
		};
	}

	#cards(): Cards {
		return {
			look: (card, signal) => this.#request(`look ${card.id}`, () => this.#detail(card.id), signal),
			editing: {
				fields: () => [
					{ kind: 'text', id: 'title', label: 'Title', required: true },
					{ kind: 'date', id: 'due', label: 'Due' },
					{ kind: 'text', id: 'status', label: 'Status' },
				],
				edit: (card, values, signal) => this.#request(`edit ${card.id}`, () => this.#edit(card, values), signal),
			},
			moving: {
				places: this.places,
				move: (card, to, after, signal) =>
					this.#request(`move ${card.id} ${to.id} ${after ?? '-'}`, () => this.#move(card, to, after), signal),
			},
			removal: {
				kind: 'delete',
				effect: 'It goes to the bin.',
				remove: (card, signal) => this.#request(`remove ${card.id}`, () => this.#remove(card), signal),
				restore: (card, signal) => this.#request(`restore ${card.id}`, () => this.#restore(card), signal),
			},
			comments: {
				list: async (card) => ({ items: this.comments.get(card.id) ?? [] }),
				add: (card, text, signal) => this.#request(`comment ${card.id}`, () => this.#comment(card, text), signal),
				remove: (card, { id }, signal) =>
					this.#request(`uncomment ${id}`, () => drop(this.comments, card.id, id), signal),
			},
			checklist: {
				set: (card, item, to, signal) => this.#request(`set ${item.id}`, () => this.#set(card, item, to), signal),
				add: (card, title, signal) => this.#request(`add ${title}`, () => this.#add(card, title), signal),
				remove: (card, { id }, signal) => this.#request(`take ${id}`, () => drop(this.items, card.id, id), signal),
			},
		};
	}

	async #request<T>(what: string, act: () => T, signal: AbortSignal): Promise<T> {
		signal.throwIfAborted();
		this.asked.push(what);
		const fate = this.fate(what);
		await this.pass(what);
		signal.throwIfAborted();
		if (fate === 'refused') {
			throw new Refused('Fakeboard did not take this.');
		}
		if (fate === 'unreachable') {
			throw new Unreachable('Fakeboard could not be reached.');
		}
		const answer = act();
		await this.pass(`answer to ${what}`);
		if (fate === 'lost') {
			throw new OutcomeUnknown('Fakeboard did not answer.');
		}
		return answer;
	}

	/** Pages count cards, as those of vendors do: whatever leaves an earlier page shifts the later ones. */
	#page(id: string, from: number, signal: AbortSignal): Promise<Page<Card>> {
		const act = (): Page<Card> => {
			const list = this.#list(id);
			const to = from + this.pageSize;
			return {
				items: list.slice(from, to),
				total: list.length,
				next: to < list.length ? (each) => this.#page(id, to, each) : undefined,
			};
		};
		return this.#request(`cards ${id}${from > 0 ? ` from ${from}` : ''}`, act, signal);
	}

	#detail(id: string) {
		const card = this.#find(id);
		if (!card) {
			throw new NotFound('The card is gone.');
		}
		const values = { title: card.title, due: card.dueDate ?? '', status: card.columnId };
		return { card, values, checklist: this.items.get(id) ?? [] };
	}

	#edit({ id }: Card, { title, due, status }: Values): Card {
		const { card } = this.#detail(id);
		this.change(id, {
			...(typeof title === 'string' && { title: title.trim() }),
			...(typeof due === 'string' && { dueDate: due || undefined }),
		});
		if (typeof status === 'string' && status !== card.columnId) {
			this.put(id, status, this.#list(status).length);
		}
		return this.card(id);
	}

	#move({ id }: Card, to: Column, after: string | undefined): Card {
		const { card } = this.#detail(id);
		const others = this.#list(to.id).filter((one) => one.id !== id);
		const behind = others.findIndex((one) => one.id === after);
		if (this.places === 'any' && after !== undefined && behind < 0) {
			throw new Refused(`“${after}” is not in ${to.name}.`);
		}
		this.put(id, to.id, this.places === 'none' ? others.length : behind + 1);
		return { ...card, columnId: to.id };
	}

	#remove({ id }: Card): void {
		this.#trash.set(id, this.#take(id));
	}

	#restore({ id }: Card): Card {
		const card = this.#trash.get(id) ?? assert.fail(`${id} was not removed`);
		this.#trash.delete(id);
		this.#list(card.columnId).push(card);
		return card;
	}

	#comment({ id }: Card, text: string): Comment {
		const comment = { id: `c${(this.#made += 1)}`, text: { text } };
		this.comments.set(id, [...(this.comments.get(id) ?? []), comment]);
		return comment;
	}

	#set({ id }: Card, item: ChecklistItem, to: Pick<ChecklistItem, 'title' | 'done'>): ChecklistItem {
		const now = { ...item, ...to };
		this.items.set(
			id,
			(this.items.get(id) ?? []).map((one) => (one.id === item.id ? now : one)),
		);
		return now;
	}

	#add({ id }: Card, title: string): ChecklistItem {
		const item = { id: `i${(this.#made += 1)}`, title, done: false };
		this.items.set(id, [...(this.items.get(id) ?? []), item]);
		return item;
	}

	#putColumn(column: Column, after: Column | undefined): void {
		this.columns.splice(this.columns.indexOf(this.column(column.id)), 1);
		this.columns.splice(after ? this.columns.indexOf(this.column(after.id)) + 1 : 0, 0, column);
	}

	#list(columnId: string): Card[] {
		return this.#lists.get(columnId) ?? assert.fail(`no column ${columnId}`);
	}

	#find(id: string): Card | undefined {
		return [...this.#lists.values()].flat().find((card) => card.id === id);
	}

	/** Throws `NotFound` where it is gone. */
	#take(id: string): Card {
		const { card } = this.#detail(id);
		const list = this.#list(card.columnId);
		list.splice(list.indexOf(card), 1);
		return card;
	}
}

export function cardOf(id: string, columnId: string): Card {
	return { id, boardId: 'b', columnId, title: id };
}

/** The cards of a column as text; a card that was given another title shows it behind its id. */
export function textOf(cards: readonly Card[] | undefined): string {
	return (cards ?? []).map(({ id, title }) => (title === id ? id : `${id}(${title})`)).join('');
}

/** What a window shows of a board, as text; only what was loaded. */
export function shownBy(live: LiveBoard, vendor: FakeBoard): Record<string, string> {
	return Object.fromEntries(
		vendor.columns.flatMap(({ id }) => {
			const cards = live.shown(id);
			return cards ? [[id, textOf(cards)]] : [];
		}),
	);
}

/** A board at a vendor and the same board in a window, loaded as far as named, by default all of it. */
export async function opened(
	columns: Readonly<Record<string, string>>,
	{ load = Object.keys(columns), ...over }: Partial<Pick<FakeBoard, 'places' | 'pageSize'>> & { load?: string[] } = {},
) {
	const vendor = Object.assign(new FakeBoard(columns), over);
	const { live, changes, writing } = windowOn(vendor);
	await Promise.all(load.map((id) => live.cards(vendor.column(id), never)));
	vendor.asked.length = 0;
	return { vendor, live, changes, writing, cards: (ids: string) => ids.split('').map((id) => vendor.card(id)) };
}

export function windowOn(vendor: FakeBoard) {
	const { session } = vendor;
	const sessions = { ready: async () => session };
	const changes = new Changes();
	return { live: new LiveBoard(sessions, account, workspace, board), changes, writing: { sessions, changes } };
}

/** The change that was noted last. */
export function lastOf(changes: Changes): Done {
	return changes.list().at(-1) ?? assert.fail('nothing was noted');
}

function drop<T extends { readonly id: string }>(lists: Map<string, T[]>, key: string, id: string): void {
	const list = lists.get(key) ?? [];
	if (!list.some((one) => one.id === id)) {
		throw new NotFound('It is gone.');
	}
	lists.set(
		key,
		list.filter((one) => one.id !== id),
	);
}

/** Holds requests back until they are let go. */
export function held(vendor: FakeBoard, isHeld: (what: string) => boolean = () => true) {
	const waiting: { readonly what: string; readonly go: () => void }[] = [];
	vendor.pass = (what) =>
		isHeld(what) ? new Promise<void>((resolve) => waiting.push({ what, go: resolve })) : Promise.resolve();
	return {
		waiting: () => waiting.map(({ what }) => what),
		/** Lets the oldest that is called so go on. */
		async release(name: string): Promise<void> {
			await settled();
			const at = waiting.findIndex(({ what }) => what.startsWith(name));
			assert.ok(at >= 0, `${name} is not waiting among ${waiting.map(({ what }) => what).join()}`);
			waiting.splice(at, 1)[0]?.go();
			await settled();
		},
		async releaseAll(): Promise<void> {
			await settled();
			while (waiting.length > 0) {
				waiting.splice(0).forEach(({ go }) => go());
				await settled();
			}
		},
	};
}

/** Lets everything that is answered already arrive. */
export async function settled(): Promise<void> {
	for (let turn = 0; turn < 5; turn += 1) {
		await new Promise((resolve) => setImmediate(resolve));
	}
}
