import type * as v from 'valibot';
import type { UploadFile } from '../../core/archives.ts';
import { SignInNeeded } from '../../core/errors.ts';
import { Changes } from '../../core/findings.ts';
import type { Page } from '../../core/page.ts';
import type { Send, SessionIo, SignInIo } from '../../core/provider.ts';
import type { PartHeaders } from '../../http/content.ts';
import { toProviderError, unclear, unexpected } from '../../http/failures.ts';
import { limited } from '../../http/limits.ts';
import { bareFile, multipart } from '../../http/multipart.ts';
import { type Batch, paged, wholeList } from '../../http/pages.ts';
import { type Call, Http, type Names, type Query, type Reply } from '../../http/request.ts';
import { explain, nextOffset } from './mapping.ts';
import {
	commentWire,
	dynatypeWire,
	envelope,
	fileWire,
	folderWire,
	projectWire,
	spaceWire,
	taskWire,
	templateWire,
	titledWire,
	type UserWire,
	userWire,
	valueListWire,
	wholeProjectWire,
	wholeTaskWire,
} from './replies.ts';
import { commentsOf, foldersOfProject, lastSegment, shortlists, uploadParts } from './unverified.ts';

export interface Key {
	readonly user: string;
	readonly key: string;
}

type Body = Readonly<Record<string, unknown>>;

export interface ClientOptions {
	/** The tenant's address, without `/api/v2`. */
	readonly server: string;
	readonly names: Names;
	readonly io: SignInIo & Pick<Partial<SessionIo>, 'onVerdict' | 'receive'>;
	readonly key: () => Promise<Key>;
}

/** Objects in one page; without a limit, CoreData gives 20. */
const pageSize = 100;
/** No limit is documented; this is a courtesy. */
const atOnce = 6;

/**
 * CoreData's API as this extension uses it. https://docs.wise.is/cored/coredata-api
 *
 * A key that is good but lacks a right gets status 401 as a wrong key does, so a 401 counts as a lost sign-in only where
 * the question who one is gets it too.
 */
export class Client {
	/** What became of changes. */
	readonly changes = new Changes();
	readonly #names: Names;
	readonly #server: string;
	/** For the question who one is: no other 401 speaks of the credentials. */
	readonly #identity: Http;
	/** Versions 2 and 3 of the API; the third takes the key without the user. */
	readonly #http: Http;
	readonly #http3: Http;

	constructor({ server, names, io, key }: ClientOptions) {
		this.#names = names;
		this.#server = server;
		const limit = limited(atOnce);
		const both = ({ user, key: secret }: Key): string => `${user}:${secret}`;
		const http = (credentials: (key: Key) => string, onVerdict: (accepted: boolean) => void): Http =>
			new Http({
				base: server,
				names,
				fetch: io.fetch,
				receive: io.receive,
				log: io.log,
				onVerdict,
				explain,
				limit,
				async authorize(request) {
					request.headers.set('authorization', `apikey ${credentials(await key())}`);
					return request;
				},
			});
		const taken = (accepted: boolean): unknown => accepted && io.onVerdict?.(true);
		this.#identity = http(both, (accepted) => io.onVerdict?.(accepted));
		this.#http = http(both, taken);
		this.#http3 = http(({ key: secret }) => secret, taken);
	}

	/** Who is signed in: a list of one, unlike every other object. */
	async user(signal: AbortSignal): Promise<UserWire> {
		const { objects } = await this.#identity.json({ path: pathTo('user') }, envelope(userWire), signal);
		const [user] = objects;
		if (!user) {
			throw unexpected(this.#names, new Error('nobody is signed in'));
		}
		return user;
	}

	users = (signal: AbortSignal) => this.#list(['users'], userWire, signal);
	contacts = (signal: AbortSignal) => this.#list(['contacts'], titledWire, signal);
	spaces = (signal: AbortSignal) => this.#list(['spaces'], spaceWire, signal);
	projects = (signal: AbortSignal) => this.#list(['projects'], projectWire, signal);
	tasks = (signal: AbortSignal) => this.#list(['tasks'], taskWire, signal);
	folders = (signal: AbortSignal) => this.#list(['folders'], folderWire, signal);
	dynatypes = (signal: AbortSignal) => this.#list(['dynatypes'], dynatypeWire, signal);
	projectsOfSpace = (space: string, signal: AbortSignal) =>
		this.#list(['spaces', space, 'projects'], projectWire, signal);
	templatesOfSpace = (space: string, signal: AbortSignal) =>
		this.#list(['spaces', space, 'projects', 'templates'], templateWire, signal);
	favourites = (signal: AbortSignal) => this.#list(shortlists.favourites, projectWire, signal);
	recent = (signal: AbortSignal) => this.#list(shortlists.recent, projectWire, signal);
	filesOfSpace = (space: string, signal: AbortSignal) => this.#list(['spaces', space, 'files'], fileWire, signal);
	tasksOfProject = (project: string, signal: AbortSignal) =>
		wholeList(this.#batches(['projects', project, 'tasks'], taskWire), signal);
	filesOfProject = (project: string, signal: AbortSignal) =>
		this.#list(['projects', project, 'files'], fileWire, signal);
	foldersOfProject = (project: string, signal: AbortSignal) =>
		this.#list(foldersOfProject(project), folderWire, signal);
	filesIn = (folder: string, signal: AbortSignal) => this.#list(['files'], fileWire, signal, { parent: folder });

	project = (id: string, signal: AbortSignal) => this.#one(['projects', id], wholeProjectWire, signal);
	contact = (id: string, signal: AbortSignal) => this.#one(['contacts', id], titledWire, signal);
	folder = (id: string, signal: AbortSignal) => this.#one(['folders', id], folderWire, signal);
	file = (id: string, signal: AbortSignal) => this.#one(['files', id], fileWire, signal);
	valueList = (name: string, signal: AbortSignal) => this.#one(['valuelists', name], valueListWire, signal);

	task = (id: string, signal: AbortSignal) => this.#one(['tasks', id], wholeTaskWire, signal);
	comment = (id: string, signal: AbortSignal) => this.#one(['comments', id], commentWire, signal);
	tasksOfUser = (name: string, signal: AbortSignal) => this.#list(['user', name, 'tasks'], wholeTaskWire, signal);
	/** The comments on one document, or all there are. */
	comments = (document: string | undefined, signal: AbortSignal) =>
		this.#list(['comments'], commentWire, signal, document === undefined ? {} : commentsOf(document));

	createProject = (body: Body, signal: AbortSignal) => this.#create('projects', body, signal);
	createFolder = (body: Body, signal: AbortSignal) => this.#create('folders', body, signal);

	createTask = (body: Body, signal: AbortSignal) => this.#create('tasks', body, signal);
	/** Returns the new comment's id where the answer tells it, which nobody promises. */
	createComment = (body: Body, signal: AbortSignal) => this.#post('comments', body, signal);
	/** Changes exactly the given properties; a list is replaced whole. */
	updateProject = (id: string, body: Body, signal: AbortSignal) =>
		this.#write({ method: 'PUT', path: pathTo('projects', id), json: body }, signal);
	removeProject = (id: string, signal: AbortSignal) =>
		this.#write({ method: 'DELETE', path: pathTo('projects', id) }, signal);
	/** Changes exactly the given properties; a list is replaced whole. */
	updateTask = (id: string, body: Body, signal: AbortSignal) =>
		this.#write({ method: 'PUT', path: pathTo('tasks', id), json: body }, signal);
	removeTask = (id: string, signal: AbortSignal) =>
		this.#write({ method: 'DELETE', path: pathTo('tasks', id) }, signal);
	removeFile = (id: string, signal: AbortSignal) =>
		this.#write({ method: 'DELETE', path: pathTo('files', id) }, signal);

	/** Returns the new object's id: the answer is only an address. */
	async #create(kind: 'projects' | 'folders' | 'tasks', body: Body, signal: AbortSignal): Promise<string> {
		const id = await this.#post(kind, body, signal);
		if (id === undefined) {
			throw unclear(this.#names, new Error(`one of the new ${kind} came without its address`));
		}
		return id;
	}

	async #post(kind: string, body: Body, signal: AbortSignal): Promise<string | undefined> {
		const { headers } = await this.#write({ method: 'POST', path: pathTo(kind), json: body }, signal);
		return lastSegment(headers.get('location') ?? '');
	}

	#write(call: Call, signal: AbortSignal): Promise<Reply> {
		return this.#change(() => this.#http.reply(call, signal), signal);
	}

	/** Starts reading a file's content; the usual answer is a redirect to a signed address. */
	async content(file: string, part: PartHeaders, signal: AbortSignal): Promise<Response> {
		const call: Call = { path: pathTo('files', file, 'content'), headers: { accept: '*/*', ...part } };
		return this.#allowed(() => this.#http.stream(call, signal), signal);
	}

	/** Reads from a signed address, which refuses whoever shows credentials. */
	async signed(location: string, part: PartHeaders, signal: AbortSignal): Promise<Response> {
		// Put together as text: an address that is encoded anew has a signature that is wrong.
		const path = location.startsWith('/') ? new URL(this.#server).origin + location : location;
		const call = { path, anonymous: true, headers: { accept: '*/*', ...part } };
		return this.#allowed(() => this.#http.stream(call, signal), signal);
	}

	/** Sends a new file in one step. */
	upload(place: UploadPlace, file: UploadFile, send: Send, signal: AbortSignal): Promise<Reply> {
		const form = () =>
			multipart([
				['filename', file.name],
				[uploadParts[place.part], place.id],
				[uploadParts.content, file],
			]);
		return this.#change(() => this.#http3.upload({ path: '/api/v3/files/' }, form, send, signal), signal);
	}

	/** Puts a file's bytes in the place of those that are there. */
	async replace(id: string, file: UploadFile, send: Send, signal: AbortSignal): Promise<void> {
		const call = { method: 'PUT', path: pathTo('files', id, 'content') } as const;
		const body = () => bareFile(file, 'application/octet-stream');
		await this.#change(() => this.#http.upload(call, body, send, signal), signal);
	}

	async #one<const Shape extends v.GenericSchema>(path: readonly string[], shape: Shape, signal: AbortSignal) {
		return this.#allowed(() => this.#http.json({ path: pathTo(...path) }, shape, signal), signal);
	}

	async #list<const Item extends v.GenericSchema>(
		path: readonly string[],
		item: Item,
		signal: AbortSignal,
		query: Query = {},
	): Promise<Page<v.InferOutput<Item>>> {
		return paged(this.#batches(path, item, query), signal);
	}

	#batches<const Item extends v.GenericSchema>(path: readonly string[], item: Item, query: Query = {}) {
		return async (at: string | number | undefined, signal: AbortSignal): Promise<Batch<v.InferOutput<Item>>> => {
			const call: Call = { path: pathTo(...path), query: { ...query, limit: pageSize, offset: at ?? 0 } };
			const { meta, objects } = await this.#allowed(() => this.#http.json(call, envelope(item), signal), signal);
			return { items: objects, total: meta.total_count, next: nextOffset(meta, objects.length) };
		};
	}

	#change<T>(run: () => Promise<T>, signal: AbortSignal): Promise<T> {
		return this.changes.watch(() => this.#allowed(run, signal));
	}

	async #allowed<T>(run: () => Promise<T>, signal: AbortSignal): Promise<T> {
		try {
			return await run();
		} catch (cause) {
			if (!(cause instanceof SignInNeeded)) {
				throw cause;
			}
			await this.user(signal);
			const reply = { status: 401, headers: new Headers(), body: undefined };
			const names = this.#names;
			throw toProviderError({ names, writes: false, reply, explanation: { kind: 'notAllowed' }, cause: cause.cause });
		}
	}
}

export interface UploadPlace {
	readonly part: 'project' | 'parent';
	readonly id: string;
}

/** The one place that knows how paths end: without the last slash CoreData redirects, and a redirected POST loses its body. */
export function pathTo(...segments: readonly string[]): string {
	return `/api/v2/${segments.map(encodeURIComponent).join('/')}/`;
}
