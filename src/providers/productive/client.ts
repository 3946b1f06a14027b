import type * as v from 'valibot';
import { NotFound } from '../../core/errors.ts';
import { Changes } from '../../core/findings.ts';
import type { SessionIo, SignInIo, UploadFile } from '../../core/provider.ts';
import { limited } from '../../http/limits.ts';
import { type Call, Http, type Names, type Query } from '../../http/request.ts';
import { type Included, listOf, type Related, relatedIn, singleOf } from './document.ts';
import * as shapes from './mapping.ts';
import { explain } from './refusals.ts';
import { Usage, windows } from './usage.ts';

export interface ClientOptions {
	readonly server: string;
	/** Sent with every request; left out only at sign-in, where it may not be known. */
	readonly organization?: string;
	readonly names: Names;
	readonly io: SignInIo & Pick<Partial<SessionIo>, 'onVerdict'>;
	readonly token: () => Promise<string>;
}

/** One page of a list: the resources, and the way to those included with them. */
export interface Listed<T> {
	readonly data: readonly T[];
	readonly related: Related;
	readonly total?: number;
	/** The number of the next page; absent on the last one. */
	readonly next?: number;
}

export interface Single<T> {
	readonly data: T;
	readonly related: Related;
}

/** Which tasks: those of a task list, or those of a folder in one status, or those that hold a text. */
export interface TaskQuery {
	readonly taskList?: string;
	readonly folder?: string;
	readonly status?: string;
	readonly text?: string;
	/** Only tasks that are not closed. */
	readonly open?: boolean;
}

/** The vendor accepts it on every request, those without a body too, and nothing else. */
const mediaType = 'application/vnd.api+json';
const largestPage = 200;
/** Pages are listed with their whole bodies. */
const docsPage = 100;

/** The endpoints, one a method. `folder` was called `board` before 2026; what the server understands is remembered. */
export class Client {
	/** What was sent, and what became of changes. */
	readonly usage = new Usage();
	readonly changes = new Changes();
	readonly #api: Http;
	#folderWord: 'folder' | 'board' | undefined;

	constructor({ server, organization, names, io, token }: ClientOptions) {
		this.#api = new Http({
			base: server,
			names,
			fetch: this.usage.counted(io.fetch),
			log: io.log,
			onVerdict: (accepted) => io.onVerdict?.(accepted),
			headers: {
				accept: mediaType,
				'content-type': mediaType,
				...(organization ? { 'x-organization-id': organization } : {}),
			},
			authorize: async (request) => {
				request.headers.set('x-auth-token', await token());
				return request;
			},
			limit: limited(6, windows.token, windows.organization),
			explain,
		});
	}

	memberships(signal: AbortSignal) {
		return this.#list(
			'/organization_memberships',
			{ include: 'organization,person' },
			shapes.membership,
			undefined,
			signal,
		);
	}

	/** `status` 1: active, 2: archived. */
	projects(status: 1 | 2, text: string | undefined, page: number | undefined, signal: AbortSignal) {
		const query = { 'filter[status]': status, 'filter[query]': text, include: 'company,workflow', sort: 'name' };
		return this.#list('/projects', query, shapes.project, page, signal);
	}

	project(id: string, signal: AbortSignal) {
		return this.#one({ path: `/projects/${id}`, query: { include: 'company,workflow' } }, shapes.project, signal);
	}

	createProject(attributes: object, relationships: object, signal: AbortSignal) {
		const json = { data: { type: 'projects', attributes, relationships } };
		return this.#one({ method: 'POST', path: '/projects', json }, shapes.project, signal);
	}

	folders(project: string, page: number | undefined, signal: AbortSignal) {
		const query = { 'filter[project_id]': project, 'filter[status]': 1 };
		return this.#asFolders((word) => this.#list(`/${word}s`, query, shapes.folder, page, signal));
	}

	/** A write is never tried under one name and then under the other. */
	async createFolder(name: string, project: string, signal: AbortSignal) {
		const type = `${await this.#word(signal)}s`;
		const relationships = { project: { data: { type: 'projects', id: project } } };
		const json = { data: { type, attributes: { name }, relationships } };
		return this.#one({ method: 'POST', path: `/${type}`, json }, shapes.folder, signal);
	}

	async taskLists(folder: string, page: number | undefined, signal: AbortSignal) {
		const query = { [`filter[${await this.#word(signal)}_id]`]: folder, 'filter[status]': 1 };
		return this.#list('/task_lists', query, shapes.taskList, page, signal);
	}

	renameTaskList(id: string, name: string, signal: AbortSignal) {
		const json = { data: { type: 'task_lists', id, attributes: { name } } };
		return this.#one({ method: 'PATCH', path: `/task_lists/${id}`, json }, shapes.taskList, signal);
	}

	statuses(workflow: string, page: number | undefined, signal: AbortSignal) {
		const query = { 'filter[workflow_id]': workflow, sort: 'position' };
		return this.#list('/workflow_statuses', query, shapes.status, page, signal);
	}

	async tasks(wanted: TaskQuery, page: number | undefined, signal: AbortSignal) {
		const { taskList, folder, status, text, open } = wanted;
		const needsWord = folder !== undefined || text !== undefined;
		const word = needsWord ? await this.#word(signal) : 'folder';
		const query = {
			'filter[task_list_id]': taskList,
			[`filter[${word}_id]`]: folder,
			'filter[workflow_status_id]': status,
			'filter[query]': text,
			'filter[task_type]': 1,
			'filter[status]': open ? 1 : undefined,
			include: `assignee,workflow_status${text === undefined ? '' : `,project,task_list,task_list.${word}`}`,
			sort: 'placement',
		};
		return this.#list('/tasks', query, shapes.task, page, signal);
	}

	/** The Docs of a project, or of the whole organization with the project each belongs to. */
	pages(project: string | undefined, page: number | undefined, signal: AbortSignal) {
		const query = {
			'filter[project_id]': project,
			include: project === undefined ? 'project' : undefined,
			sort: 'title',
		};
		return this.#list('/pages', query, shapes.page, page, signal, docsPage);
	}

	page(id: string, signal: AbortSignal) {
		return this.#one({ path: `/pages/${id}` }, shapes.pageWithBody, signal);
	}

	/** The vendor's own form of the text. Throws `NotFound` too where the server knows no such operation any more. */
	savePage(id: string, body: string, signal: AbortSignal) {
		return this.#changePage(id, { body }, signal);
	}

	renamePage(id: string, title: string, signal: AbortSignal) {
		return this.#changePage(id, { title }, signal);
	}

	#changePage(id: string, attributes: object, signal: AbortSignal) {
		const json = { data: { type: 'pages', id, attributes } };
		return this.#one({ method: 'PATCH', path: `/pages/${id}`, json }, shapes.page, signal);
	}

	/** Without the form that all else is written in. */
	replacePage(id: string, markdown: string, signal: AbortSignal) {
		const path = `/pages/${id}/replace_body_with_markdown`;
		return this.#one({ method: 'PATCH', path, json: { markdown } }, shapes.page, signal);
	}

	createPage(operation: '' | '/create_with_markdown', attributes: object, signal: AbortSignal) {
		const json = { data: { type: 'pages', attributes } };
		return this.#one({ method: 'POST', path: `/pages${operation}`, json }, shapes.page, signal);
	}

	async deletePage(id: string, signal: AbortSignal): Promise<void> {
		await this.changes.watch(() => this.#api.reply({ method: 'DELETE', path: `/pages/${id}` }, signal));
	}

	pageVersions(page: string, at: number | undefined, signal: AbortSignal) {
		const query = { 'filter[page_id]': page, sort: '-created_at', include: 'person' };
		return this.#list('/page_versions', query, shapes.pageVersion, at, signal, docsPage);
	}

	pageVersion(id: string, signal: AbortSignal) {
		return this.#one({ path: `/page_versions/${id}` }, shapes.pageVersionWithBody, signal);
	}

	attachments(page: string, at: number | undefined, signal: AbortSignal) {
		return this.#list('/attachments', { 'filter[page_id]': page }, shapes.attachment, at, signal);
	}

	attachment(id: string, signal: AbortSignal) {
		return this.#one({ path: `/attachments/${id}` }, shapes.attachment, signal);
	}

	/** The answer holds the fields that the bucket wants to see. */
	createAttachment({ name, mediaType, size }: UploadFile, page: string, signal: AbortSignal) {
		const attributes = { name, content_type: mediaType, size, attachable_type: 'page', page_id: Number(page) };
		const json = { data: { type: 'attachments', attributes } };
		return this.#one({ method: 'POST', path: '/attachments', json }, shapes.newAttachment, signal);
	}

	finishAttachment(id: string, stored: string, signal: AbortSignal) {
		const json = { data: { type: 'attachments', id, attributes: { temp_url: stored } } };
		return this.#one({ method: 'PATCH', path: `/attachments/${id}`, json }, shapes.attachment, signal);
	}

	async linkAttachments(page: string, ids: readonly string[], signal: AbortSignal): Promise<void> {
		const json = { data: { type: 'pages', id: page, attributes: { attachment_ids: ids.map(Number) } } };
		await this.changes.watch(() => this.#api.reply({ method: 'PATCH', path: `/pages/${page}`, json }, signal));
	}

	companies(page: number | undefined, signal: AbortSignal) {
		return this.#list('/companies', { 'filter[status]': 1, sort: 'name' }, shapes.company, page, signal);
	}

	people(page: number | undefined, signal: AbortSignal) {
		return this.#list('/people', { 'filter[status]': 1, sort: 'name' }, shapes.person, page, signal);
	}

	workflows(page: number | undefined, signal: AbortSignal) {
		return this.#list('/workflows', { sort: 'name' }, shapes.workflow, page, signal);
	}

	async #list<const Shape extends v.GenericSchema>(
		path: string,
		query: Query,
		shape: Shape,
		page = 1,
		signal: AbortSignal,
		size = largestPage,
	): Promise<Listed<v.InferOutput<Shape>>> {
		const call = { path, query: { ...query, 'page[number]': page, 'page[size]': size } };
		const { data, included, links, meta } = await this.#api.json(call, listOf(shape), signal);
		return { data, related: relatedIn(included), total: meta.total_count, next: links.next ? page + 1 : undefined };
	}

	async #one<const Shape extends v.GenericSchema>(
		call: Call,
		shape: Shape,
		signal: AbortSignal,
	): Promise<Single<v.InferOutput<Shape>>> {
		const ask = () => this.#api.json(call, singleOf(shape), signal);
		const document = await (call.method ? this.changes.watch(ask) : ask());
		const { data, included } = document as { data: v.InferOutput<Shape>; included: Included };
		return { data, related: relatedIn(included) };
	}

	async #word(signal: AbortSignal): Promise<'folder' | 'board'> {
		return (
			this.#folderWord ??
			this.#asFolders(async (word) => {
				await this.#list(`/${word}s`, {}, shapes.folder, 1, signal, 1);
				return word;
			})
		);
	}

	/** Asks by the new name, and by the old one where the server does not know the new one. */
	async #asFolders<T>(ask: (word: 'folder' | 'board') => Promise<T>): Promise<T> {
		const remembering = async (word: 'folder' | 'board') => {
			const answer = await ask(word);
			this.#folderWord = word;
			return answer;
		};
		if (this.#folderWord) {
			return ask(this.#folderWord);
		}
		try {
			return await remembering('folder');
		} catch (error) {
			if (error instanceof NotFound) {
				return remembering('board');
			}
			throw error;
		}
	}
}
