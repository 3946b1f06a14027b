import * as v from 'valibot';
import type { UploadFile } from '../../core/archives.ts';
import { Changes } from '../../core/findings.ts';
import type { Send, SessionIo, SignInIo } from '../../core/provider.ts';
import { holdsContent, type PartHeaders } from '../../http/content.ts';
import { unexpected } from '../../http/failures.ts';
import { limited } from '../../http/limits.ts';
import { multipart } from '../../http/multipart.ts';
import type { Batch } from '../../http/pages.ts';
import { Http, type Names } from '../../http/request.ts';
import { AccountCalls } from './accountCalls.ts';
import type { Carrying } from './authorisation.ts';
import { BoardCalls } from './boardCalls.ts';
import { CardCalls } from './cardCalls.ts';
import { ExportCalls } from './exports.ts';
import { explain } from './failures.ts';
import { FeedCalls } from './feeds.ts';
import { GuessedCalls } from './guessedCalls.ts';
import type {
	AccountWire,
	BoardWire,
	CardWire,
	ContainerWire,
	LookedWire,
	MemberWire,
	PersonWire,
	ProfileWire,
	RoleWire,
	UploadedWire,
	WorkspaceWire,
} from './shapes.ts';
import * as shapes from './shapes.ts';

/** The largest page that ProjectPlace's own examples ask for; more is not known to work. */
const workspacesPerPage = 100;
const peoplePerPage = 40;
/**
 * Requests that run side by side. ProjectPlace publishes no limit; so many keep a sweep over hundreds of boards to seconds, and a
 * 429 makes all of them wait.
 */
export const mostAtOnce = 12;

/** One method an endpoint. Ids go out as they came. */
export class Client {
	/** What became of changes. */
	readonly changes = new Changes();
	readonly guessed: GuessedCalls;
	readonly ofCards: CardCalls;
	readonly ofBoards: BoardCalls;
	readonly ofAccount: AccountCalls;
	readonly ofExports: ExportCalls;
	readonly ofFeeds: FeedCalls;
	readonly #http: Http;
	readonly #names: Names;
	readonly #watchSend: (send: Send) => Send;

	/** While signing in nobody is told whether credentials are taken. */
	constructor(
		server: string,
		names: Names,
		io: SignInIo & Partial<Pick<SessionIo, 'onVerdict' | 'receive'>>,
		authorisation: Carrying,
	) {
		this.#names = names;
		this.#watchSend = authorisation.watchSend;
		this.#http = new Http({
			base: server,
			names,
			fetch: authorisation.watchFetch(io.fetch),
			receive: io.receive && authorisation.watchFetch(io.receive),
			log: io.log,
			authorize: authorisation.authorize,
			renew: authorisation.renew,
			onVerdict: (accepted) => io.onVerdict?.(accepted),
			limit: limited(mostAtOnce),
			explain,
		});
		this.guessed = new GuessedCalls(this.#http, this.changes);
		this.ofCards = new CardCalls(this.#http, this.changes);
		this.ofBoards = new BoardCalls(this.#http);
		this.ofAccount = new AccountCalls(this.#http, this.changes);
		this.ofExports = new ExportCalls(this.#http, server, names);
		this.ofFeeds = new FeedCalls(this.#http, server, names);
	}

	account(signal: AbortSignal): Promise<AccountWire> {
		return this.#http.json({ path: '/1/account' }, shapes.accountShape, signal);
	}

	profile(signal: AbortSignal): Promise<ProfileWire> {
		return this.#http.json({ path: '/1/user/me/profile' }, shapes.profileShape, signal);
	}

	/** Everybody in the account, with the role that each has in it. */
	roles(signal: AbortSignal): Promise<RoleWire[]> {
		return this.#http.json({ path: '/1/account/people' }, shapes.rolesShape, signal);
	}

	/** People who can head a workspace, those who signed in longest ago first: no other order is known. */
	async people(row: number, signal: AbortSignal): Promise<Batch<PersonWire>> {
		const filter = { account_roles: ['account_co_owner', 'account_administrator', 'account_member'] };
		const json = { sort_by: '+last_login', filter, limit: peoplePerPage, row_number: row };
		const call = { method: 'POST', path: '/1/account/people', json, reads: true } as const;
		return batch(await this.#http.json(call, shapes.peopleShape, signal), row, peoplePerPage);
	}

	myWorkspaces(signal: AbortSignal): Promise<WorkspaceWire[]> {
		const call = { path: '/1/user/me/projects', query: { include_tools: true } };
		return this.#http.json(call, shapes.workspacesShape, signal);
	}

	/** The account's archived workspaces; for robots and the account's administrators. Version 2 of the path lists. */
	async archivedWorkspaces(row: number, signal: AbortSignal): Promise<Batch<WorkspaceWire>> {
		const json = {
			sort_by: '+creation_date',
			filter: { archive_status: [1] },
			limit: workspacesPerPage,
			row_number: row,
		};
		const call = { method: 'POST', path: '/2/account/projects', json, reads: true } as const;
		return batch(await this.#http.json(call, shapes.workspacesShape, signal), row, workspacesPerPage);
	}

	/** Version 1 of the path creates. */
	createWorkspace(name: string, owner: string | undefined, signal: AbortSignal): Promise<WorkspaceWire> {
		const call = { method: 'POST', path: '/1/account/projects', form: { name, owner_id: owner } } as const;
		return this.changes.watch(() => this.#http.json(call, shapes.workspaceShape, signal));
	}

	boards(workspaceId: string, signal: AbortSignal): Promise<BoardWire[]> {
		return this.#http.json({ path: `/1/projects/${workspaceId}/boards` }, shapes.boardsShape, signal);
	}

	/** Of the new board only its id is certain to come back. */
	createBoard(
		workspaceId: string,
		board: { readonly name: string; readonly description?: string },
		signal: AbortSignal,
	): Promise<{ readonly id: string }> {
		const path = `/1/projects/${workspaceId}/boards/create-new`;
		const call = { method: 'POST', path, json: board } as const;
		return this.changes.watch(() => this.#http.json(call, shapes.madeShape, signal));
	}

	cards(boardId: string, signal: AbortSignal): Promise<CardWire[]> {
		return this.#http.json({ path: `/1/boards/${boardId}/cards` }, shapes.cardsShape, signal);
	}

	/** A board by itself, which tells the workspace it is in. */
	board(boardId: string, signal: AbortSignal): Promise<{ readonly project_id: string }> {
		return this.#http.json({ path: `/1/boards/${boardId}` }, shapes.placedShape, signal);
	}

	async labels(boardId: string, signal: AbortSignal): Promise<NonNullable<BoardWire['labels']>> {
		const call = { path: `/1/boards/${boardId}/properties` };
		return (await this.#http.json(call, shapes.labelledShape, signal)).labels ?? [];
	}

	members(workspaceId: string, signal: AbortSignal): Promise<MemberWire[]> {
		return this.#http.json({ path: `/1/projects/${workspaceId}/members` }, shapes.membersShape, signal);
	}

	/** Those who may see a board: not everybody in its workspace needs to. */
	async peopleWithAccess(boardId: string, signal: AbortSignal): Promise<readonly string[]> {
		return (await this.#http.json({ path: `/2/boards/${boardId}/people-with-access` }, shapes.accessShape, signal))
			.access;
	}

	async renameColumn(boardId: string, columnId: string, name: string, signal: AbortSignal): Promise<void> {
		const path = `/1/boards/${boardId}/statuses/${columnId}/properties`;
		await this.changes.watch(() => this.#http.reply({ method: 'POST', path, json: { name } }, signal));
	}

	/** Takes the id of a workspace, a container or a folder. */
	container(id: string, signal: AbortSignal): Promise<ContainerWire> {
		return this.#http.json({ path: `/2/documents/${id}` }, shapes.containerShape, signal);
	}

	/** The same of what may be no container. */
	place(id: string, signal: AbortSignal): Promise<ContainerWire> {
		return this.#http.json({ path: `/2/documents/${id}` }, shapes.placeShape, signal);
	}

	/** What stands under an id, by itself; of a document all that is known of it. */
	entry(id: string, signal: AbortSignal): Promise<LookedWire> {
		return this.#http.json({ path: `/2/documents/${id}` }, shapes.lookedShape, signal);
	}

	async document(id: string, part: PartHeaders, signal: AbortSignal): Promise<Response> {
		const path = `/1/documents/${id}`;
		const response = await this.#http.stream({ path, headers: { accept: '*/*', ...part } }, signal);
		// Real documents name themselves, web pages too; a sign-in page or a redirect must not be saved as the document.
		const isPage =
			/html/i.test(response.headers.get('content-type') ?? '') && !response.headers.has('content-disposition');
		if (!holdsContent(response, part) || isPage) {
			await response.body?.cancel();
			throw unexpected(this.#names, new Error(`${path}: status ${response.status}`), isPage ? 'webPage' : undefined);
		}
		return response;
	}

	/** The one part of the form is named like its file. */
	async upload(containerId: string, file: UploadFile, send: Send, signal: AbortSignal): Promise<UploadedWire> {
		const path = `/2/documents/${containerId}/upload`;
		const form = () => multipart([[file.name, file]]);
		const sent = () => this.#http.upload({ path }, form, this.#watchSend(send), signal);
		const { body } = await this.changes.watch(sent);
		const checked = v.safeParse(shapes.uploadedShape, body);
		if (!checked.success) {
			throw unexpected(this.#names, new Error(`${path}: ${checked.issues[0].message}`));
		}
		return checked.output;
	}
}

/** No total and no cursor: a list ends with a page that is not full. */
function batch<T>(items: readonly T[], row: number, size: number): Batch<T> {
	return { items, next: items.length < size ? undefined : row + size };
}
