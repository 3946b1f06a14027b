import type { Api } from './api.ts';
import * as shapes from './mapping.ts';
import { comment, taskWhole } from './taskShapes.ts';

/** Which tasks: those of a task list, or those of a folder in one status, or those that hold a text. */
export interface TaskQuery {
	readonly taskList?: string;
	readonly folder?: string;
	readonly status?: string;
	readonly text?: string;
	/** Only tasks that are not closed. */
	readonly open?: boolean;
}

/** Beside what something is put. */
export type Neighbour = { readonly before: string } | { readonly after: string };

export function placeAt(next: Neighbour): object {
	return 'before' in next ? { move_before_id: Number(next.before) } : { move_after_id: Number(next.after) };
}

/** The endpoints of tasks and of comments on them. */
export class TaskClient {
	readonly #api: Api;

	constructor(api: Api) {
		this.#api = api;
	}

	async list(wanted: TaskQuery, page: number | undefined, signal: AbortSignal, size?: number) {
		const { taskList, folder, status, text, open } = wanted;
		const needsWord = folder !== undefined || text !== undefined;
		const word = needsWord ? await this.#api.word(signal) : 'folder';
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
		return this.#api.list('/tasks', query, shapes.task, page, signal, size);
	}

	/** The open tasks of a person, or of open to-dos of theirs, with the way to each. */
	async assigned(person: string, page: number | undefined, signal: AbortSignal) {
		const word = await this.#api.word(signal);
		const query = {
			'filter[assignee_id]': person,
			'filter[task_type]': 1,
			'filter[status]': 1,
			include: `assignee,workflow_status,project,task_list,task_list.${word}`,
			sort: 'due_date',
		};
		return this.#api.list('/tasks', query, shapes.task, page, signal);
	}

	/** Tasks of a project that were changed last. */
	latest(project: string, signal: AbortSignal) {
		const query = { 'filter[project_id]': project, sort: '-updated_at' };
		return this.#api.list('/tasks', query, shapes.task, 1, signal);
	}

	subtasks(parent: string, page: number | undefined, signal: AbortSignal) {
		const query = { 'filter[parent_task_id]': parent, include: 'workflow_status' };
		return this.#api.list('/tasks', query, taskWhole, page, signal);
	}

	async one(id: string, signal: AbortSignal) {
		const word = await this.#api.word(signal);
		const query = { include: `assignee,workflow_status,creator,project,task_list,task_list.${word}` };
		return this.#api.one({ path: `/tasks/${id}`, query }, taskWhole, signal);
	}

	create(attributes: object, relationships: object, signal: AbortSignal) {
		const json = { data: { type: 'tasks', attributes, relationships } };
		return this.#api.one({ method: 'POST', path: '/tasks', json }, shapes.task, signal);
	}

	change(id: string, attributes: object, relationships: object, signal: AbortSignal) {
		const json = { data: { type: 'tasks', id, attributes, relationships } };
		return this.#api.one({ method: 'PATCH', path: `/tasks/${id}`, json }, shapes.task, signal);
	}

	/** Answered with nothing. */
	reposition(id: string, next: Neighbour, signal: AbortSignal): Promise<void> {
		const json = { data: { type: 'tasks', id, attributes: placeAt(next) } };
		return this.#api.change({ method: 'PATCH', path: `/tasks/${id}/reposition`, json }, signal);
	}

	remove(id: string, signal: AbortSignal): Promise<void> {
		return this.#api.change({ method: 'DELETE', path: `/tasks/${id}` }, signal);
	}

	comments(task: string, page: number | undefined, signal: AbortSignal) {
		const query = { 'filter[task_id]': task, include: 'creator', sort: 'created_at' };
		return this.#api.list('/comments', query, comment, page, signal);
	}

	createComment(task: string, body: string, signal: AbortSignal) {
		const relationships = { task: { data: { type: 'tasks', id: task } } };
		const json = { data: { type: 'comments', attributes: { body }, relationships } };
		return this.#api.one({ method: 'POST', path: '/comments', json }, comment, signal);
	}

	removeComment(id: string, signal: AbortSignal): Promise<void> {
		return this.#api.change({ method: 'DELETE', path: `/comments/${id}` }, signal);
	}
}
