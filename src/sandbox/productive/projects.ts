import type { Input } from './input.ts';
import { find, type Row } from './kinds.ts';
import { blank, demandNone, isBlank, wrong } from './replies.ts';
import { type Store, statusesOf, time } from './store.ts';

const notListed = 'is not included in the list';

/** A row of the organization, or nothing. */
export function own(store: Store, table: string, id: unknown, organization: number): Row | undefined {
	const row = isBlank(id) ? undefined : find(store.tables, table, id);
	return row?.organization_id === organization ? row : undefined;
}

export function createProject(store: Store, input: Input, organization: number, now: number): Row {
	const { name, workflow_id, company_id, project_manager_id } = input;
	// A workflow that is not there ends the check before anything else is looked at.
	demandNone(['workflow', wrong, !own(store, 'workflows', workflow_id, organization)]);
	const type = Number(input['project_type_id'] ?? 2);
	const lacks = (table: string, id: unknown) => !own(store, table, id, organization);
	demandNone(
		['name', blank, isBlank(name)],
		['project_type_id', notListed, ![1, 2].includes(type)],
		['project_manager', isBlank(project_manager_id) ? blank : wrong, lacks('people', project_manager_id)],
		[
			'company',
			isBlank(company_id) ? blank : wrong,
			(type === 2 || !isBlank(company_id)) && lacks('companies', company_id),
		],
	);
	return store.add('projects', {
		...numbered(store, organization, false),
		...made(now),
		organization_id: organization,
		name,
		project_type_id: type,
		workflow_id: Number(workflow_id),
		company_id: company_id ?? null,
		project_manager_id,
		public_access: false,
	});
}

function made(now: number) {
	return { created_at: time(now), last_activity_at: whole(now) };
}

/** Times of actions come without their milliseconds. */
export function whole(now: number): string {
	return time(Math.floor(now / 1000) * 1000);
}

function numbered(
	{ tables }: Store,
	organization: number,
	template: boolean,
): { number: string | null; project_number: string | null } {
	const taken =
		tables['projects']?.filter((row) => row.organization_id === organization).map(({ number }) => Number(number)) ?? [];
	const number = template ? null : String(Math.max(0, ...taken) + 1);
	return { number, project_number: number };
}

export function copyProject(store: Store, input: Input, organization: number, now: number): Row {
	const type = input['project_type_id'];
	const source = own(store, 'projects', input['template_id'], organization);
	const { name, company_id = null } = input;
	demandNone(
		['name', blank, isBlank(name)],
		['template_id', isBlank(input['template_id']) ? blank : wrong, !source],
		['project_type_id', blank, isBlank(type)],
		['project_type_id', notListed, ![1, 2].includes(Number(type))],
		['company', blank, company_id === null && Number(type) === 2],
		['company', wrong, company_id !== null && !own(store, 'companies', company_id, organization)],
	);
	const template = input['copy_as_template'] === true;
	const { id: _id, number: _number, archived_at: _archived, description: _description, ...kept } = source as Row;
	const project = store.add('projects', {
		...kept,
		...numbered(store, organization, template),
		...made(now),
		name,
		description: input['description'],
		project_type_id: Number(type),
		company_id,
		public_access: input['public_access'] ?? true,
		template,
	});
	if (input['copy_boards']) {
		copyFolders(store, source as Row, project, input);
	}
	return project;
}

function copyFolders(store: Store, source: Row, project: Row, input: Input): void {
	const of = (table: string, key: string, id: number) => store.tables[table]?.filter((row) => row[key] === id) ?? [];
	const copy = (table: string, { id: _id, ...values }: Row, changed: object) =>
		store.add(table, { ...values, project_id: project.id, ...changed });
	for (const folder of of('folders', 'project_id', source.id)) {
		const { id } = copy('folders', folder, {});
		for (const list of input['copy_task_lists'] ? of('task_lists', 'folder_id', folder.id) : []) {
			const made = copy('task_lists', list, { folder_id: id, board_id: id });
			for (const task of input['copy_tasks'] ? of('tasks', 'task_list_id', list.id) : []) {
				copy('tasks', task, { task_list_id: made.id, ...(input['copy_assignees'] ? {} : { assignee_id: null }) });
			}
		}
	}
}

/** Keys are the current workflow's statuses, all of them; values are statuses of the target. */
export function changeWorkflow(store: Store, project: Row, input: Input): void {
	const workflow = own(store, 'workflows', input['workflow_id'], project.organization_id ?? 0)?.id;
	demandNone(['workflow', wrong, workflow === undefined]);
	const map = mapOf(input);
	const targets = statusesOf(store, workflow);
	const usable = targets.length >= 2 && targets.some(({ category_id }) => category_id === 3);
	demandNone(
		['map', blank, Object.keys(map).length === 0],
		['workflow', 'must have 2 (including one closed) or more workflow statuses defined', !usable],
		[
			'map',
			"doesn't contain all statuses from current project workflow",
			!statusesOf(store, project['workflow_id']).every(({ id }) => id in map),
		],
		['map', 'contains invalid statuses', !areStatuses(map, targets)],
	);
	project['workflow_id'] = workflow;
	moveTasks(store, project, (task) => map[String(task['workflow_status_id'])]);
}

function areStatuses(map: object, statuses: readonly Row[]): boolean {
	return Object.values(map).every((to) => statuses.some(({ id }) => id === Number(to)));
}

/** Keys are task lists of the project, values statuses of its workflow. */
export function mapToWorkflow(store: Store, project: Row, input: Input): void {
	const map = mapOf(input);
	demandNone(['map', blank, Object.keys(map).length === 0]);
	const workflow = isBlank(input['workflow_id']) ? project['workflow_id'] : Number(input['workflow_id']);
	const lists = store.tables['task_lists']?.filter(({ project_id }) => project_id === project.id) ?? [];
	demandNone([
		'map',
		'contains invalid task_list_id',
		!Object.keys(map).every((key) => lists.some(({ id }) => String(id) === key)),
	]);
	demandNone(['map', 'contains invalid statuses', !areStatuses(map, statusesOf(store, workflow))]);
	project['workflow_id'] = workflow;
	moveTasks(store, project, (task) => map[String(task['task_list_id'])]);
}

function mapOf(input: Input): Readonly<Record<string, unknown>> {
	const { map } = input;
	demandNone(['map', blank, typeof map !== 'object' || map === null]);
	return map as Record<string, unknown>;
}

function moveTasks({ tables }: Store, project: Row, to: (task: Row) => unknown): void {
	for (const task of tables['tasks'] ?? []) {
		const status = task['project_id'] === project.id ? to(task) : undefined;
		if (status !== undefined) {
			task['workflow_status_id'] = Number(status);
			task['closed'] = find(tables, 'workflow_statuses', status)?.['category_id'] === 3;
		}
	}
}
