import type { UploadFile } from '../../core/archives.ts';
import { Api, type ApiOptions } from './api.ts';
import { FolderClient } from './folderClient.ts';
import * as shapes from './mapping.ts';
import { ProjectClient } from './projectClient.ts';
import { TaskClient } from './taskClient.ts';

export type { Listed, Single } from './api.ts';
export type { TaskQuery } from './taskClient.ts';

/** Pages are listed with their whole bodies. */
const docsPage = 100;

/** What files can stand on. */
export interface FileOwner {
	readonly kind: 'page' | 'task';
	readonly id: string;
}

/** The endpoints, one a method. */
export class Client {
	readonly projects: ProjectClient;
	readonly folders: FolderClient;
	readonly tasks: TaskClient;
	readonly #api: Api;

	constructor(options: ApiOptions) {
		this.#api = new Api(options);
		this.projects = new ProjectClient(this.#api);
		this.folders = new FolderClient(this.#api);
		this.tasks = new TaskClient(this.#api);
	}

	/** What was sent. */
	get usage() {
		return this.#api.usage;
	}

	/** What became of changes. */
	get changes() {
		return this.#api.changes;
	}

	memberships(signal: AbortSignal) {
		return this.#api.list(
			'/organization_memberships',
			{ include: 'organization,person' },
			shapes.membership,
			undefined,
			signal,
		);
	}

	statuses(workflow: string, page: number | undefined, signal: AbortSignal) {
		const query = { 'filter[workflow_id]': workflow, sort: 'position' };
		return this.#api.list('/workflow_statuses', query, shapes.status, page, signal);
	}

	/** The Docs of a project, or of the whole organization with the project each belongs to. */
	pages(project: string | undefined, page: number | undefined, signal: AbortSignal) {
		const query = {
			'filter[project_id]': project,
			include: project === undefined ? 'project' : undefined,
			sort: 'title',
		};
		return this.#api.list('/pages', query, shapes.page, page, signal, docsPage);
	}

	page(id: string, signal: AbortSignal) {
		return this.#api.one({ path: `/pages/${id}` }, shapes.pageWithBody, signal);
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
		return this.#api.one({ method: 'PATCH', path: `/pages/${id}`, json }, shapes.page, signal);
	}

	/** Without the form that all else is written in. */
	replacePage(id: string, markdown: string, signal: AbortSignal) {
		const path = `/pages/${id}/replace_body_with_markdown`;
		return this.#api.one({ method: 'PATCH', path, json: { markdown } }, shapes.page, signal);
	}

	createPage(operation: '' | '/create_with_markdown', attributes: object, signal: AbortSignal) {
		const json = { data: { type: 'pages', attributes } };
		return this.#api.one({ method: 'POST', path: `/pages${operation}`, json }, shapes.page, signal);
	}

	async deletePage(id: string, signal: AbortSignal): Promise<void> {
		await this.#api.change({ method: 'DELETE', path: `/pages/${id}` }, signal);
	}

	pageVersions(page: string, at: number | undefined, signal: AbortSignal) {
		const query = { 'filter[page_id]': page, sort: '-created_at', include: 'person' };
		return this.#api.list('/page_versions', query, shapes.pageVersion, at, signal, docsPage);
	}

	pageVersion(id: string, signal: AbortSignal) {
		return this.#api.one({ path: `/page_versions/${id}` }, shapes.pageVersionWithBody, signal);
	}

	attachments({ kind, id }: FileOwner, at: number | undefined, signal: AbortSignal) {
		return this.#api.list('/attachments', { [`filter[${kind}_id]`]: id }, shapes.attachment, at, signal);
	}

	attachment(id: string, signal: AbortSignal) {
		return this.#api.one({ path: `/attachments/${id}` }, shapes.attachment, signal);
	}

	/** The answer holds the fields that the bucket wants to see. */
	createAttachment({ name, mediaType, size }: UploadFile, { kind, id }: FileOwner, signal: AbortSignal) {
		const place = kind === 'page' ? { page_id: Number(id) } : {};
		const attributes = { name, content_type: mediaType, size, attachable_type: kind, ...place };
		const json = { data: { type: 'attachments', attributes } };
		return this.#api.one({ method: 'POST', path: '/attachments', json }, shapes.newAttachment, signal);
	}

	finishAttachment(id: string, stored: string, signal: AbortSignal) {
		const json = { data: { type: 'attachments', id, attributes: { temp_url: stored } } };
		return this.#api.one({ method: 'PATCH', path: `/attachments/${id}`, json }, shapes.attachment, signal);
	}

	/** `ids` are all that stand there then. */
	linkAttachments({ kind, id }: FileOwner, ids: readonly string[], signal: AbortSignal): Promise<void> {
		const json = { data: { type: `${kind}s`, id, attributes: { attachment_ids: ids.map(Number) } } };
		return this.#api.change({ method: 'PATCH', path: `/${kind}s/${id}`, json }, signal);
	}

	companies(page: number | undefined, signal: AbortSignal) {
		return this.#api.list('/companies', { 'filter[status]': 1, sort: 'name' }, shapes.company, page, signal);
	}

	people(page: number | undefined, signal: AbortSignal) {
		return this.#api.list('/people', { 'filter[status]': 1, sort: 'name' }, shapes.person, page, signal);
	}

	workflows(page: number | undefined, signal: AbortSignal) {
		return this.#api.list('/workflows', { sort: 'name' }, shapes.workflow, page, signal);
	}
}
