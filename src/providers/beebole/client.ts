import type * as v from 'valibot';
import { Changes } from '../../core/findings.ts';
import type { Explanation, Http, Reply } from '../../http/request.ts';
import {
	type Company,
	companiesReply,
	reference,
	doneReply,
	type Project,
	projectsReply,
	type SpecificTasks,
	type Subproject,
	specificTasksReply,
	subprojectsReply,
} from './mapping.ts';
import {
	type Branch,
	type CustomField,
	companyReply,
	customFieldsReply,
	type Group,
	groupsReply,
	type Members,
	managersReply,
	membersReply,
	type Person,
	peopleReply,
	projectReply,
	type Task,
	tasksReply,
	treeReply,
} from './replies.ts';
import type { TargetRef } from './target.ts';
import { failureMessage, isBudgetRefusal, projectUpdate, toId, toRef } from './unverified.ts';

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

	async company(id: string, signal: AbortSignal): Promise<Company> {
		return (await this.#ask('company.get', toRef(id), companyReply, signal)).company;
	}

	/** https://beebole.com/help/legacy/api/project */
	async projects(company: string, signal: AbortSignal): Promise<readonly Project[]> {
		return (await this.#ask('project.list', { company: toRef(company) }, projectsReply, signal)).projects;
	}

	/** https://beebole.com/help/legacy/api/subproject */
	async subprojects(project: string, signal: AbortSignal): Promise<readonly Subproject[]> {
		return (await this.#ask('subproject.list', { project: toRef(project) }, subprojectsReply, signal)).subprojects;
	}

	async project(id: string, signal: AbortSignal): Promise<Project> {
		return (await this.#ask('project.get', toRef(id), projectReply, signal)).project;
	}

	/** https://beebole.com/help/legacy/api/task */
	async tasks(company: string, signal: AbortSignal): Promise<readonly Task[]> {
		return (await this.#ask('task.list', { company: toRef(company) }, tasksReply, signal)).tasks;
	}

	/** https://beebole.com/help/legacy/api/person */
	async people(company: string, signal: AbortSignal): Promise<readonly Person[]> {
		return (await this.#ask('person.list', { company: toRef(company) }, peopleReply, signal)).people;
	}

	/** Every group of the account, each with those beneath it: https://beebole.com/help/legacy/api/group */
	async groupTree(signal: AbortSignal): Promise<readonly Branch[]> {
		return (await this.#ask('group.tree', {}, treeReply, signal)).groups;
	}

	specificTasks(of: TargetRef, signal: AbortSignal): Promise<SpecificTasks> {
		return this.#about(of, 'specific_tasks', specificTasksReply, signal);
	}

	/** The people and groups that alone may use it. */
	members(of: TargetRef, signal: AbortSignal): Promise<Members> {
		return this.#about(of, 'members', membersReply, signal);
	}

	/** Projects alone have any. */
	async managers(project: string, signal: AbortSignal): Promise<readonly Person[]> {
		return (await this.#about({ kind: 'project', id: project }, 'managers', managersReply, signal)).members;
	}

	async groups(of: TargetRef, signal: AbortSignal): Promise<readonly Group[]> {
		return (await this.#about(of, 'groups', groupsReply, signal)).groups;
	}

	/** Those that can have a value there, whether they do or not. */
	async customFields(of: TargetRef, signal: AbortSignal): Promise<readonly CustomField[]> {
		return (await this.#about(of, 'custom_fields', customFieldsReply, signal)).customFields;
	}

	async createCompany(
		company: { readonly name: string; readonly corporate: boolean },
		signal: AbortSignal,
	): Promise<string> {
		return toId(await this.#write('company.create', { company }, reference, signal));
	}

	async createProject({ company, ...project }: NewProject, signal: AbortSignal): Promise<string> {
		const members = { project: { ...project, company: toRef(company) } };
		return toId(await this.#write('project.create', members, reference, signal));
	}

	async renameSubproject(id: string, name: string, signal: AbortSignal): Promise<void> {
		await this.#write('subproject.update', { subproject: { ...toRef(id), name } }, doneReply, signal);
	}

	/** A company has nothing to change but its name. */
	async renameCompany(id: string, name: string, signal: AbortSignal): Promise<void> {
		await this.#write('company.update', { company: { ...toRef(id), name } }, doneReply, signal);
	}

	async updateProject(id: string, changes: ProjectChanges, signal: AbortSignal): Promise<void> {
		await this.#write('project.update', { project: { ...toRef(id), ...projectUpdate(changes) } }, doneReply, signal);
	}

	async createSubproject(project: string, name: string, signal: AbortSignal): Promise<string> {
		const members = { subproject: { name, project: toRef(project) } };
		return toId(await this.#write('subproject.create', members, reference, signal));
	}

	async createTask(company: string, name: string, signal: AbortSignal): Promise<string> {
		return toId(await this.#write('task.create', { task: { name, company: toRef(company) } }, reference, signal));
	}

	/** In the whole company. */
	async renameTask(id: string, name: string, signal: AbortSignal): Promise<void> {
		await this.#write('task.update', { task: { ...toRef(id), name } }, doneReply, signal);
	}

	async setActive({ kind, id }: TargetRef, active: boolean, signal: AbortSignal): Promise<void> {
		await this.#write(`${kind}.${active ? 'activate' : 'deactivate'}`, toRef(id), doneReply, signal);
	}

	async setTasksInForce({ kind, id }: TargetRef, inForce: boolean, signal: AbortSignal): Promise<void> {
		await this.#write(`${kind}.${inForce ? 'enable' : 'disable'}_specific_tasks`, toRef(id), doneReply, signal);
	}

	/** Puts something onto a company, a project or a subproject, or takes it from there. */
	async link({ kind, id }: TargetRef, verb: LinkVerb, other: Linked, signal: AbortSignal): Promise<void> {
		const members = { ...toRef(id), [other.kind]: toRef(other.id) };
		await this.#write(`${kind}.${verb}`, members, doneReply, signal);
	}

	/** Clears it where there is no `value`. */
	async setCustomField(
		{ kind, id }: TargetRef,
		field: string,
		value: string | undefined,
		signal: AbortSignal,
	): Promise<void> {
		const verb = value === undefined ? 'clear' : 'set';
		const members = { ...toRef(id), customField: { ...toRef(field), value } };
		await this.#write(`${kind}.${verb}_custom_field_value`, members, doneReply, signal);
	}

	#about<const Shape extends v.GenericSchema>(
		{ kind, id }: TargetRef,
		verb: string,
		shape: Shape,
		signal: AbortSignal,
	) {
		return this.#ask(`${kind}.${verb}`, toRef(id), shape, signal);
	}

	#ask<const Shape extends v.GenericSchema>(service: string, members: object, shape: Shape, signal: AbortSignal) {
		return this.#http.json({ method: 'POST', path: '', json: { service, ...members }, reads: true }, shape, signal);
	}

	#write<const Shape extends v.GenericSchema>(service: string, members: object, shape: Shape, signal: AbortSignal) {
		const call = { method: 'POST', path: '', json: { service, ...members } } as const;
		return this.changes.watch(() => this.#http.json(call, shape, signal));
	}
}

/** A task is attached by a service in the singular: `attach_specific_task`. */
export type LinkVerb = `${'attach' | 'detach'}_${'specific_task' | 'member' | 'manager'}` | `${'add' | 'remove'}_group`;

export interface Linked {
	readonly kind: 'task' | 'person' | 'group';
	readonly id: string;
}

/** What is left out stays as it is. */
export interface ProjectChanges {
	readonly name?: string;
	readonly startDate?: string;
	readonly description?: string;
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
