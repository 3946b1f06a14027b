import type * as v from 'valibot';
import { Changes } from '../../core/findings.ts';
import type { Explanation, Http, Reply } from '../../http/request.ts';
import {
	type Company,
	companiesReply,
	createdReply,
	doneReply,
	type Project,
	projectsReply,
	type SpecificTasks,
	type Subproject,
	specificTasksReply,
	subprojectsReply,
} from './mapping.ts';
import { failureMessage, isBudgetRefusal, toId, toRef } from './unverified.ts';

/** The services we use. All of them are one address; lists always come whole. */
export class Client {
	/** What became of changes. */
	readonly changes = new Changes();
	readonly #http: Http;

	constructor(http: Http) {
		this.#http = http;
	}

	/** https://beebole.com/help/legacy/api/company */
	async companies(signal: AbortSignal): Promise<readonly Company[]> {
		return (await this.#ask('company.list', {}, companiesReply, signal)).companies;
	}

	/** https://beebole.com/help/legacy/api/project */
	async projects(company: string, signal: AbortSignal): Promise<readonly Project[]> {
		return (await this.#ask('project.list', { company: toRef(company) }, projectsReply, signal)).projects;
	}

	/** https://beebole.com/help/legacy/api/subproject */
	async subprojects(project: string, signal: AbortSignal): Promise<readonly Subproject[]> {
		return (await this.#ask('subproject.list', { project: toRef(project) }, subprojectsReply, signal)).subprojects;
	}

	specificTasks(of: 'project' | 'subproject', id: string, signal: AbortSignal): Promise<SpecificTasks> {
		return this.#ask(`${of}.specific_tasks`, toRef(id), specificTasksReply, signal);
	}

	async createCompany(
		company: { readonly name: string; readonly corporate: boolean },
		signal: AbortSignal,
	): Promise<string> {
		return toId(await this.#write('company.create', { company }, createdReply, signal));
	}

	async createProject({ company, ...project }: NewProject, signal: AbortSignal): Promise<string> {
		const members = { project: { ...project, company: toRef(company) } };
		return toId(await this.#write('project.create', members, createdReply, signal));
	}

	async renameSubproject(id: string, name: string, signal: AbortSignal): Promise<void> {
		await this.#write('subproject.update', { subproject: { ...toRef(id), name } }, doneReply, signal);
	}

	#ask<const Shape extends v.GenericSchema>(service: string, members: object, shape: Shape, signal: AbortSignal) {
		return this.#http.json({ method: 'POST', path: '', json: { service, ...members }, reads: true }, shape, signal);
	}

	#write<const Shape extends v.GenericSchema>(service: string, members: object, shape: Shape, signal: AbortSignal) {
		const call = { method: 'POST', path: '', json: { service, ...members } } as const;
		return this.changes.watch(() => this.#http.json(call, shape, signal));
	}
}

export interface NewProject {
	readonly company: string;
	readonly name: string;
	readonly startDate?: string;
	readonly description?: string;
}

/** Beebole answers most failures under 200; `stop` says until when the daily limits hold. */
export function explain({ status, headers, body }: Reply, stop: () => Date): Explanation | undefined {
	const reason = failureMessage(body);
	if (isBudgetRefusal(status, reason)) {
		return { kind: 'tooMany', until: headers.has('retry-after') ? undefined : stop() };
	}
	if (reason === undefined || !(status === 200 || status === 403)) {
		return undefined;
	}
	return { kind: status === 403 ? 'notAllowed' : 'refused', reason };
}
