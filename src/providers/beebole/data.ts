import type { Column } from '../../core/model.ts';
import { Shared } from '../../core/shared.ts';
import type { Client } from './client.ts';
import { Hanging } from './hanging.ts';
import type { Company, Project, SpecificTasks, Subproject } from './mapping.ts';
import type { Branch, CustomField, Group, Members, Person, Task } from './replies.ts';
import { refOfColumn, type TargetRef } from './target.ts';

/** The questions that are remembered, by name: of the account, of a company, of a project, or of any of the places. */
export const question = {
	companies: 'companies',
	groupTree: 'group tree',
	projects: (company: string) => `projects of ${company}`,
	subprojects: (project: string) => `subprojects of ${project}`,
	tasks: (company: string) => `tasks of ${company}`,
	people: (company: string) => `people of ${company}`,
	managers: (project: string) => `managers of ${project}`,
	specificTasks: ({ kind, id }: TargetRef) => `specific tasks of ${kind} ${id}`,
	members: ({ kind, id }: TargetRef) => `members of ${kind} ${id}`,
	groups: ({ kind, id }: TargetRef) => `groups of ${kind} ${id}`,
	customFields: ({ kind, id }: TargetRef) => `custom fields of ${kind} ${id}`,
} as const;

/** What was asked of Beebole, remembered until `forget`: its daily limits leave no room for asking twice. */
export class Data {
	readonly #client: Client;
	readonly #shared = new Shared();
	/** What was told of the specific tasks of each place. */
	readonly #tasks = new Map<string, SpecificTasks>();
	readonly #hanging = new Hanging();
	readonly #grown = new Set<string>();

	constructor(client: Client) {
		this.#client = client;
	}

	companies(signal: AbortSignal): Promise<readonly Company[]> {
		return this.#shared.get(question.companies, (own) => this.#client.companies(own), signal);
	}

	projects(company: string, signal: AbortSignal): Promise<readonly Project[]> {
		return this.#shared.get(question.projects(company), (own) => this.#client.projects(company, own), signal);
	}

	subprojects(project: string, signal: AbortSignal): Promise<readonly Subproject[]> {
		return this.#shared.get(question.subprojects(project), (own) => this.#client.subprojects(project, own), signal);
	}

	/** Every task of a company, specific to something or not. */
	tasks(company: string, signal: AbortSignal): Promise<readonly Task[]> {
		return this.#shared.get(question.tasks(company), (own) => this.#client.tasks(company, own), signal);
	}

	people(company: string, signal: AbortSignal): Promise<readonly Person[]> {
		return this.#shared.get(question.people(company), (own) => this.#client.people(company, own), signal);
	}

	groupTree(signal: AbortSignal): Promise<readonly Branch[]> {
		return this.#shared.get(question.groupTree, (own) => this.#client.groupTree(own), signal);
	}

	async specificTasks(of: TargetRef, signal: AbortSignal): Promise<SpecificTasks> {
		const key = question.specificTasks(of);
		const tasks = await this.#shared.get(key, (own) => this.#client.specificTasks(of, own), signal);
		this.#tasks.set(key, tasks);
		this.#hanging.told(key, tasks);
		return tasks;
	}

	members(of: TargetRef, signal: AbortSignal): Promise<Members> {
		return this.#shared.get(question.members(of), (own) => this.#client.members(of, own), signal);
	}

	managers(project: string, signal: AbortSignal): Promise<readonly Person[]> {
		return this.#shared.get(question.managers(project), (own) => this.#client.managers(project, own), signal);
	}

	groups(of: TargetRef, signal: AbortSignal): Promise<readonly Group[]> {
		return this.#shared.get(question.groups(of), (own) => this.#client.groups(of, own), signal);
	}

	customFields(of: TargetRef, signal: AbortSignal): Promise<readonly CustomField[]> {
		return this.#shared.get(question.customFields(of), (own) => this.#client.customFields(of, own), signal);
	}

	/**
	 * Whether the specific tasks of a place are in force, as far as they were asked for: asking each place beforehand would
	 * cost too much.
	 */
	areTasksInForce(of: TargetRef): boolean | undefined {
		const tasks = this.#tasks.get(question.specificTasks(of));
		return tasks && !tasks.disabled;
	}

	/** What hangs in a column, and so on its board. */
	columnTasks(column: Pick<Column, 'id' | 'boardId'>, signal: AbortSignal): Promise<SpecificTasks> {
		const of = refOfColumn(column);
		this.#hanging.onBoard(column.boardId, question.specificTasks(of));
		return this.specificTasks(of, signal);
	}

	/** Whether a task hangs at a place, as far as that is known. */
	hangsAt(of: TargetRef, task: string): boolean | undefined {
		return this.#hanging.at(question.specificTasks(of), task);
	}

	/** Whether a task is known to hang in more than one column of a board. */
	hangsSeveralTimes(board: string, task: string): boolean {
		return this.#hanging.times(board, task) > 1;
	}

	/** Puts a task onto a place or takes it from there. */
	async hang(of: TargetRef, task: string, isThere: boolean, write: () => Promise<void>): Promise<void> {
		const key = question.specificTasks(of);
		await this.changing([key], write);
		this.#hanging.set(key, task, isThere);
	}

	/** Whether a project was given subprojects here, so that what was known of their number no longer holds. */
	hasGrown(project: string): boolean {
		return this.#grown.has(project);
	}

	/**
	 * Writes, and forgets then what it changes: also after a failure, because what became of it may not be known. What it leaves
	 * alone stays remembered.
	 */
	async changing<T>(questions: readonly string[], write: () => Promise<T>): Promise<T> {
		try {
			return await write();
		} finally {
			for (const key of questions) {
				this.#shared.delete(key);
				this.#tasks.delete(key);
			}
		}
	}

	/** Like `changing`, where a project gets one more subproject. */
	async growing<T>(project: string, company: string, write: () => Promise<T>): Promise<T> {
		this.#grown.add(project);
		return this.changing([question.subprojects(project), question.projects(company)], write);
	}

	forget(): void {
		this.forgetAnswers();
		this.#hanging.clear();
	}

	/** What hangs where stays known. */
	forgetAnswers(): void {
		this.#shared.clear();
		this.#tasks.clear();
	}
}
