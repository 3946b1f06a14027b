import type { Query } from '../../http/request.ts';
import type { Api } from './api.ts';
import * as shapes from './mapping.ts';

const related = 'company,workflow';

/** The endpoints of projects. */
export class ProjectClient {
	readonly #api: Api;

	constructor(api: Api) {
		this.#api = api;
	}

	list(filters: Query, page: number | undefined, signal: AbortSignal) {
		return this.#api.list('/projects', { ...filters, include: related, sort: 'name' }, shapes.project, page, signal);
	}

	/** None is without a workflow: they cannot be made so. */
	one(id: string, signal: AbortSignal) {
		const call = { path: `/projects/${id}`, query: { include: related } };
		return this.#api.one(call, shapes.projectWhole, signal, ['workflow']);
	}

	create(attributes: object, relationships: object, signal: AbortSignal) {
		return this.#write('POST', '', { attributes, relationships }, signal);
	}

	/** Takes a workflow too, and nothing comes of it: only `changeWorkflow` changes it. */
	change(id: string, attributes: object, signal: AbortSignal) {
		return this.#write('PATCH', `/${id}`, { attributes }, signal);
	}

	/** Without a body. */
	file(id: string, operation: 'archive' | 'restore', signal: AbortSignal) {
		return this.#api.one({ method: 'PATCH', path: `/projects/${id}/${operation}` }, shapes.project, signal);
	}

	remove(id: string, signal: AbortSignal): Promise<void> {
		return this.#api.change({ method: 'DELETE', path: `/projects/${id}` }, signal);
	}

	copy(attributes: object, signal: AbortSignal) {
		return this.#write('POST', '/copy', { attributes }, signal);
	}

	/** `map` gives every status of the current workflow one of the new one. */
	changeWorkflow(id: string, workflow: string, map: object, signal: AbortSignal) {
		const relationships = { workflow: { data: { type: 'workflows', id: workflow } } };
		return this.#write('PATCH', `/${id}/change_workflow`, { attributes: { map }, relationships }, signal);
	}

	/** `map` gives task lists a status of the project's workflow. */
	mapToWorkflow(id: string, map: object, signal: AbortSignal) {
		return this.#write('PATCH', `/${id}/map_to_workflow`, { attributes: { map } }, signal);
	}

	#write(method: 'POST' | 'PATCH', path: string, content: object, signal: AbortSignal) {
		const json = { data: { type: 'projects', ...content } };
		return this.#api.one({ method, path: `/projects${path}`, json }, shapes.projectWhole, signal);
	}
}
