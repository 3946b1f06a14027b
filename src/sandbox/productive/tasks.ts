import type { Input } from './input.ts';
import { find, type Kind, kinds, type Row } from './kinds.ts';
import { demandFiles, linkFiles } from './links.ts';
import { demandPlace, place, placeLast } from './placing.ts';
import { own } from './projects.ts';
import { blank, demandNone, isBlank, wrong } from './replies.ts';
import type { Routes } from './routes.ts';
import { type Store, statusesOf, time } from './store.ts';

/** What may be written; everything else is refused, `status` and `closed` too: a task is closed by its workflow status. */
const writable =
	'title description start_date due_date tag_list project_id task_list_id workflow_status_id assignee_id parent_task_id attachment_ids ' +
	'private initial_estimate custom_fields';
const neighbours = 'move_before_id move_after_id';

const { tasks, task_lists } = kinds as Record<'tasks' | 'task_lists', Kind>;

export function addTasks(routes: Routes, store: Store, clock: () => number): void {
	routes.creating('/tasks', tasks, writable, (input, organization) => create(store, input, organization, clock()));
	routes.changing(tasks, '', `${writable} skip_reposition`, (row, input) => change(store, row, input, clock()));
	routes.deleting(tasks, (row) => remove(store, row));
	routes.quietly(tasks, '/reposition', `${neighbours} subtask`, (row, input) => {
		const { subtask = false, ...next } = input;
		demandNone(['subtask', wrong, typeof subtask !== 'boolean' || (subtask && !row['parent_task_id'])]);
		const [within, field] = subtask
			? (['parent_task_id', 'subtask_placement'] as const)
			: (['task_list_id', 'placement'] as const);
		place(row, demandPlace(store, 'tasks', row, next, within), siblings(store, 'tasks', row, within), field);
	});
	routes.changing(task_lists, '/reposition', neighbours, (row, input) => {
		const next = demandPlace(store, 'task_lists', row, input, 'folder_id');
		place(row, next, siblings(store, 'task_lists', row, 'folder_id'), 'placement');
	});
}

function siblings({ tables }: Store, table: string, row: Row, within: string): Row[] {
	return (tables[table] ?? []).filter((one) => one !== row && one[within] === row[within]);
}

function create(store: Store, input: Input, organization: number, now: number): Row {
	const { attachment_ids, ...given } = input;
	const project = own(store, 'projects', given['project_id'], organization);
	const usual = statusesOf(store, project?.['workflow_id'])[0]?.id;
	const wanted = { ...given, title: given['title'], workflow_status_id: given['workflow_status_id'] ?? usual };
	demandTask(store, wanted, organization);
	demandFiles(store, attachment_ids, organization);
	const numbers = store.tables['tasks']?.filter((row) => row['project_id'] === project?.id) ?? [];
	const number = String(Math.max(0, ...numbers.map((row) => Number(row['task_number']))) + 1);
	const at = time(now);
	const row = store.add('tasks', {
		...withIds(wanted),
		organization_id: organization,
		number,
		task_number: number,
		creator_id: store.tables['organization_memberships']?.find((one) => one.organization_id === organization)?.[
			'person_id'
		],
		created_at: at,
	});
	placeLast(row, siblings(store, 'tasks', row, 'task_list_id'), 'placement');
	if (row['parent_task_id']) {
		placeLast(row, siblings(store, 'tasks', row, 'parent_task_id'), 'subtask_placement');
	}
	linkFiles(store, 'task_id', row, attachment_ids, organization);
	touch(store, row, now);
	return row;
}

function change(store: Store, row: Row, input: Input, now: number): void {
	const { attachment_ids, skip_reposition = false, ...given } = input;
	const organization = row.organization_id ?? 0;
	demandNone(['skip_reposition', wrong, typeof skip_reposition !== 'boolean']);
	demandTask(store, { ...row, ...given }, organization);
	demandFiles(store, attachment_ids, organization);
	const list = row['task_list_id'];
	Object.assign(row, withIds(given));
	if (row['task_list_id'] !== list && !skip_reposition) {
		placeLast(row, siblings(store, 'tasks', row, 'task_list_id'), 'placement');
	}
	linkFiles(store, 'task_id', row, attachment_ids, organization);
	touch(store, row, now);
}

const idNames = 'project_id task_list_id workflow_status_id assignee_id parent_task_id'.split(' ');

/** Ids are written as numbers or as text, and kept as numbers. */
function withIds(input: Input): Input {
	const ids = idNames
		.filter((name) => name in input)
		.map((name) => [name, isBlank(input[name]) ? null : Number(input[name])]);
	return { ...input, ...Object.fromEntries(ids) };
}

/** What a task would be; all that is wrong with it is told at once. */
function demandTask(store: Store, task: Input, organization: number): void {
	const get = (table: string, name: string) => own(store, table, task[name], organization);
	const [project, list] = [get('projects', 'project_id'), get('task_lists', 'task_list_id')];
	const status = get('workflow_statuses', 'workflow_status_id');
	const parent = get('tasks', 'parent_task_id');
	const isIn = (row: Row | undefined) => row !== undefined && row['project_id'] === project?.id;
	const { title, tag_list, private: hidden, initial_estimate: estimate } = task;
	demandNone(
		['title', blank, isBlank(title)],
		['project', wrong, !project],
		['task_list', wrong, !isIn(list)],
		['workflow_status', wrong, project && status?.['workflow_id'] !== project['workflow_id']],
		['assignee', wrong, !isBlank(task['assignee_id']) && !get('people', 'assignee_id')],
		['parent_task', wrong, !isBlank(task['parent_task_id']) && (!isIn(parent) || parent?.['parent_task_id'])],
		['start_date', wrong, !isDay(task['start_date'])],
		['due_date', wrong, !isDay(task['due_date'])],
		[
			'tag_list',
			wrong,
			tag_list != null && !(Array.isArray(tag_list) && tag_list.every((tag) => typeof tag === 'string')),
		],
		['private', wrong, hidden != null && typeof hidden !== 'boolean'],
		['initial_estimate', wrong, estimate != null && !(Number.isInteger(estimate) && Number(estimate) >= 0)],
	);
}

function isDay(value: unknown): boolean {
	return isBlank(value) || (/^\d{4}-\d{2}-\d{2}$/.test(String(value)) && !Number.isNaN(Date.parse(String(value))));
}

/** What follows from a change: whether it is closed, since when, and what its parent counts. */
function touch({ tables }: Store, row: Row, now: number): void {
	const at = time(now);
	const closed = find(tables, 'workflow_statuses', row['workflow_status_id'])?.['category_id'] === 3;
	Object.assign(row, {
		closed,
		closed_at: closed ? (row['closed_at'] ?? at) : null,
		updated_at: at,
		last_activity_at: at,
	});
	count(tables['tasks'] ?? [], row['parent_task_id']);
}

function count(rows: readonly Row[], parent: unknown): void {
	const row = parent ? rows.find(({ id }) => id === parent) : undefined;
	const below = row ? rows.filter((one) => one['parent_task_id'] === parent) : [];
	if (row) {
		row['subtask_count'] = below.length;
		row['open_subtask_count'] = below.filter((one) => !one['closed']).length;
	}
}

/** With its subtasks and what stands on them. */
function remove({ tables }: Store, task: Row): void {
	const rows = tables['tasks'] ?? [];
	const gone = new Set([task.id, ...rows.filter((one) => one['parent_task_id'] === task.id).map(({ id }) => id)]);
	for (const [table, field] of [
		['attachments', 'task_id'],
		['comments', 'task_id'],
		['tasks', 'id'],
	] as const) {
		const all = tables[table] ?? [];
		// In place and from the end: `state` shows the same lists.
		all.reduceRight<unknown>((_, row, at) => gone.has(Number(row[field])) && all.splice(at, 1), 0);
	}
	count(rows, task['parent_task_id']);
}
