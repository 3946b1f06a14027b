import type { Api } from './api.ts';
import * as shapes from './mapping.ts';
import { type Neighbour, placeAt } from './taskClient.ts';

/** What is in use, or what is archived. */
export type Status = 1 | 2;

/** The endpoints of folders, by the name that the server knows them under, and of task lists in them. */
export class FolderClient {
	readonly #api: Api;

	constructor(api: Api) {
		this.#api = api;
	}

	list(project: string, status: Status, page: number | undefined, signal: AbortSignal) {
		const query = { 'filter[project_id]': project, 'filter[status]': status };
		return this.#api.asFolders((word) => this.#api.list(`/${word}s`, query, shapes.folder, page, signal));
	}

	async one(id: string, signal: AbortSignal) {
		const word = await this.#api.word(signal);
		return this.#api.one({ path: `/${word}s/${id}` }, shapes.folder, signal);
	}

	/** A write is never tried under one name and then under the other. */
	async create(name: string, project: string, signal: AbortSignal) {
		const type = `${await this.#api.word(signal)}s`;
		const relationships = { project: { data: { type: 'projects', id: project } } };
		const json = { data: { type, attributes: { name }, relationships } };
		return this.#api.one({ method: 'POST', path: `/${type}`, json }, shapes.folder, signal);
	}

	async change(id: string, attributes: object, signal: AbortSignal) {
		const type = `${await this.#api.word(signal)}s`;
		const json = { data: { type, id, attributes } };
		return this.#api.one({ method: 'PATCH', path: `/${type}/${id}`, json }, shapes.folder, signal);
	}

	/** Without a body. */
	async file(id: string, operation: 'archive' | 'restore', signal: AbortSignal) {
		const word = await this.#api.word(signal);
		return this.#api.one({ method: 'PATCH', path: `/${word}s/${id}/${operation}` }, shapes.folder, signal);
	}

	async taskLists(folder: string, status: Status, page: number | undefined, signal: AbortSignal) {
		const query = { [`filter[${await this.#api.word(signal)}_id]`]: folder, 'filter[status]': status };
		return this.#api.list('/task_lists', query, shapes.taskList, page, signal);
	}

	/** Those in use of a whole project, with the folder of each. */
	async projectTaskLists(project: string, page: number | undefined, signal: AbortSignal) {
		const include = await this.#api.word(signal);
		const query = { 'filter[project_id]': project, 'filter[status]': 1, include };
		return this.#api.list('/task_lists', query, shapes.taskList, page, signal);
	}

	/** The folder is named in the way of the same time as its name. */
	async createTaskList(name: string, project: string, folder: string, signal: AbortSignal) {
		const linked = (type: string, id: string) => ({ data: { type, id } });
		const content =
			(await this.#api.word(signal)) === 'folder'
				? { attributes: { name, project_id: Number(project), folder_id: Number(folder) } }
				: {
						attributes: { name },
						relationships: { project: linked('projects', project), board: linked('boards', folder) },
					};
		const json = { data: { type: 'task_lists', ...content } };
		return this.#api.one({ method: 'POST', path: '/task_lists', json }, shapes.taskList, signal);
	}

	renameTaskList(id: string, name: string, signal: AbortSignal) {
		const json = { data: { type: 'task_lists', id, attributes: { name } } };
		return this.#api.one({ method: 'PATCH', path: `/task_lists/${id}`, json }, shapes.taskList, signal);
	}

	/** Without a body. */
	fileTaskList(id: string, operation: 'archive' | 'restore', signal: AbortSignal) {
		return this.#api.one({ method: 'PATCH', path: `/task_lists/${id}/${operation}` }, shapes.taskList, signal);
	}

	/** In front of one list, or right behind it. */
	repositionTaskList(id: string, next: Neighbour, signal: AbortSignal) {
		const json = { data: { type: 'task_lists', id, attributes: placeAt(next) } };
		return this.#api.one({ method: 'PATCH', path: `/task_lists/${id}/reposition`, json }, shapes.taskList, signal);
	}
}
