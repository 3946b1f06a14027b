import type { Column } from '../../core/model.ts';
import { Shared } from '../../core/shared.ts';
import type { Client } from './client.ts';
import { type Company, type Project, type SpecificTasks, type Subproject, standsForProject } from './mapping.ts';

/** What was asked of Beebole, remembered until `forget`: its daily limits leave no room for asking twice. */
export class Data {
	readonly #client: Client;
	readonly #shared = new Shared();
	readonly #disabled = new Set<string>();

	constructor(client: Client) {
		this.#client = client;
	}

	companies(signal: AbortSignal): Promise<readonly Company[]> {
		return this.#shared.get('companies', (own) => this.#client.companies(own), signal);
	}

	projects(company: string, signal: AbortSignal): Promise<readonly Project[]> {
		return this.#shared.get(`projects of ${company}`, (own) => this.#client.projects(company, own), signal);
	}

	subprojects(project: string, signal: AbortSignal): Promise<readonly Subproject[]> {
		return this.#shared.get(`subprojects of ${project}`, (own) => this.#client.subprojects(project, own), signal);
	}

	/** What hangs on a subproject, or in the column that stands for the project on the project itself. */
	async tasks(column: Pick<Column, 'id' | 'boardId'>, signal: AbortSignal): Promise<SpecificTasks> {
		const [of, id] = standsForProject(column)
			? (['project', column.boardId] as const)
			: (['subproject', column.id] as const);
		const tasks = await this.#shared.get(
			`tasks of ${of} ${id}`,
			(own) => this.#client.specificTasks(of, id, own),
			signal,
		);
		if (tasks.disabled) {
			this.#disabled.add(id);
		}
		return tasks;
	}

	/** Whether a subproject is known to have its specific tasks switched off. Asking each one beforehand would cost too much. */
	isDisabled(subproject: string): boolean {
		return this.#disabled.has(subproject);
	}

	forget(): void {
		this.#shared.clear();
		this.#disabled.clear();
	}
}
