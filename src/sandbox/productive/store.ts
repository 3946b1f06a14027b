import {
	longBacklog,
	type World,
	type WorldBoard,
	type WorldCard,
	type WorldFolder,
	type WorldWorkspace,
} from '../world.ts';
import type { Row, Tables } from './kinds.ts';

/** The organization of the practice account; the token's person is in the one after it, too, which is small. */
export const organization = 4410;

export interface Store {
	readonly tables: Tables;
	/** Puts a new row into a table under its next id. */
	readonly add: (table: string, values: Omit<Row, 'id'>) => Row;
}

const names =
	'organization_memberships people companies workflows workflow_statuses projects folders task_lists tasks pages attachments page_versions';

/** Turns the shared world into the vendor's rows. */
export function makeStore(world: World): Store {
	const tables: Tables = { organizations: [] };
	const next: Record<string, number> = {};
	for (const [index, name] of names.split(' ').entries()) {
		tables[name] = [];
		next[name] = 1001 + index * 1000;
	}
	const store: Store = {
		tables,
		add: (table, values) => {
			const row: Row = { id: next[table] ?? 0, ...values };
			next[table] = row.id + 1;
			tables[table]?.push(row);
			return row;
		},
	};
	const [first] = world.workspaces;
	const small = first && { ...first, name: 'Logo', boards: first.boards.slice(1, 2) };
	fill(store, 'Harbour Works', organization, world, backlog);
	fill(
		store,
		'Quayside Studio',
		organization + 1,
		{ ...world, clients: ['First client'], workspaces: small ? [small] : [] },
		0,
	);
	return store;
}

/** Tasks of one list, so that it has three pages of 200. */
const backlog = 430;
/** What is placed is spaced as the vendor does it, so that something can be put between. */
const step = 10_000;
const lately = time('2026-11-13');

/** The first status is for what is not started, the last one closed. */
const workflowData = [
	['Default workflow', 'Not started', 'In progress', 'Review', 'Closed'],
	['Redaktion', 'Offen', 'In Arbeit', 'Veröffentlicht'],
	['Unfinished', 'Somewhere'],
	['Archived', 'Open', 'Done'],
] as const;

type Add = (table: string, values: object) => Row;

/** An organization with everything in it. */
function fill(
	{ tables, add: addTo }: Store,
	title: string,
	organization_id: number,
	world: World,
	extra: number,
): void {
	const add: Add = (table, values) => addTo(table, { organization_id, ...values });
	tables['organizations']?.push({ id: organization_id, name: title });
	const people = world.people.map(({ firstName, lastName, email }) =>
		add('people', { first_name: firstName, last_name: lastName, name: firstName, email, title: 'Project manager' }),
	);
	add('people', { first_name: 'Kim', last_name: 'Contact', name: 'Kim', email: 'kim@client.example', is_user: false });
	add('organization_memberships', { person_id: people[0]?.id });
	const clients = world.clients.map((name) => add('companies', { name }));
	add('companies', { name: 'Closed Ltd', archived_at: lately });
	const workflows = workflowData.map(([name, ...statuses]) => addWorkflow(add, name, statuses));
	world.workspaces.forEach((workspace, index) => {
		const internal = index % 5 === 4;
		const workflow = workflows[index % 4 === 2 ? 1 : 0];
		const project = addProject(add, workspace, index, {
			project_type_id: internal ? 1 : 2,
			company_id: internal ? null : clients[workspace.client % clients.length]?.id,
			project_manager_id: people[workspace.manager]?.id,
			workflow_id: workflow?.id,
		});
		const statuses = statusesOf({ tables }, workflow?.id);
		workspace.boards.forEach((board, at) => {
			const more = longBacklog(index + at === 0 ? extra : 0);
			addFolder(add, project.id, { ...board, cards: [...board.cards, ...more] }, at + 1, people, statuses);
		});
	});
	const handbook = addPage(add, null, 'Company handbook', null, null, [paragraph(text('For everybody.'))]);
	const files = world.workspaces[0]?.archive.files.slice(0, 1) ?? [];
	addPages(add, null, { name: 'Holidays', files, folders: [] }, 1, handbook);
}

function addWorkflow(add: Add, name: string, statuses: readonly string[]): Row {
	const workflow = add('workflows', { name, archived_at: name === 'Archived' ? lately : null });
	statuses.forEach((name, at) => {
		const category_id = at === 0 ? 1 : at === statuses.length - 1 ? 3 : 2;
		// Positions count within a category.
		const position = category_id === 2 ? at : 1;
		add('workflow_statuses', { workflow_id: workflow.id, name, category_id, position, color_id: String(at) });
	});
	return workflow;
}

function addProject(add: Add, workspace: WorldWorkspace, index: number, related: object): Row {
	const { name, description, archived, startDate, archive } = workspace;
	const number = String(index + 1);
	const project = add('projects', {
		name,
		description,
		number,
		project_number: number,
		...related,
		archived_at: archived ? lately : null,
		created_at: time(startDate),
		last_activity_at: lately,
	});
	addPage(add, project.id, 'Start here', 1, null, startPage(name, description));
	addPages(add, project.id, archive, 2, null);
	return project;
}

function addFolder(
	add: Add,
	project_id: number,
	board: WorldBoard,
	position: number,
	people: readonly Row[],
	statuses: readonly Row[],
): void {
	const folder_id = add('folders', { project_id, name: board.name, position, placement: position * step }).id;
	// Made from last to first, so that only `placement` tells their order.
	const lists = board.columns
		.map((name, column) => ({ name, position: column + 1, placement: (column + 1) * step }))
		.reverse()
		.map((place) => add('task_lists', { project_id, folder_id, board_id: folder_id, ...place }))
		.reverse();
	board.cards.forEach((card, index) => {
		const status = statuses.at(statusOf(card, lists.length));
		const place = { project_id, task_list_id: lists[card.column]?.id, workflow_status_id: status?.id };
		add('tasks', { ...place, ...taskOf(card, index, people, status?.['category_id'] === 3) });
	});
}

/** Not started, then in progress, and at the end closed where there was a day for it. */
function statusOf({ column, dueDate }: WorldCard, columns: number): number {
	return column > 0 && column === columns - 1 ? (dueDate ? -1 : -2) : Math.min(1, column);
}

function taskOf(card: WorldCard, index: number, people: readonly Row[], closed: boolean): object {
	const number = String(index + 1);
	return {
		title: card.title,
		description: card.description,
		number,
		task_number: number,
		start_date: card.startDate,
		due_date: card.dueDate,
		created_at: card.created,
		updated_at: card.created,
		closed,
		closed_at: closed ? lately : null,
		placement: (index + 1) * step,
		tag_list: card.labels,
		assignee_id: people[card.assignee ?? -1]?.id,
		creator_id: people[0]?.id,
		initial_estimate: card.points && card.points * 60,
		todo_count: card.checklist.length,
	};
}

/** A folder becomes a page, its files the page's attachments, its folders the pages beneath. */
function addPages(
	add: Add,
	project_id: number | null,
	folder: WorldFolder,
	position: number,
	parent: Row | null,
): void {
	const page = addPage(add, project_id, folder.name, position, parent, [paragraph(text(`Files of ${folder.name}.`))]);
	for (const { name, mediaType, content, modified } of folder.files) {
		const file = {
			name,
			content_type: mediaType,
			size: content.length,
			created_at: modified,
			attachable_type: 'page',
			content,
		};
		const row = add('attachments', { page_id: page.id, ...file });
		row['key'] = keyOf(row.id, name);
	}
	folder.folders.forEach((below, index) => addPages(add, project_id, below, index + 1, page));
}

function addPage(
	add: Add,
	project_id: number | null,
	title: string,
	position: number | null,
	parent: Row | null,
	content: object[],
): Row {
	const body = JSON.stringify({ type: 'doc', content });
	const page = add('pages', {
		project_id,
		title,
		position,
		body,
		version_number: 1,
		public_access: false,
		created_at: lately,
		updated_at: lately,
		edited_at: lately,
		parent_page_id: parent?.id,
		root_page_id: parent?.['root_page_id'] ?? parent?.id,
	});
	add('page_versions', {
		project_id,
		page_id: page.id,
		title_snapshot: title,
		body_snapshot: body,
		version_number: 1,
		created_at: lately,
		updated_at: lately,
	});
	return page;
}

/** A body with what people write: a heading, marks, a list, a table, and a node of a newer editor. */
function startPage(name: string, description: string): object[] {
	return [
		{ ...within('heading', text(`Welcome to ${name}`)), attrs: { level: 1 } },
		paragraph(
			text(`${description} Ask `),
			text('Ada', { type: 'strong' }),
			text(' or read '),
			text('the guide', { type: 'link', attrs: { href: 'https://guide.example/a' } }),
		),
		within(
			'bullet_list',
			within('list_item', paragraph(text('Say hello'))),
			within('list_item', paragraph(text('Documents', { type: 'code' }))),
		),
		within('table', tableRow('table_header', 'Who', 'When'), tableRow('table_cell', 'Björk', 'Tuesday | Friday')),
		within('callout', paragraph(text('Kept up to date by everybody.'))),
	];
}

const within = (type: string, ...content: object[]) => ({ type, content });
const paragraph = (...content: object[]) => within('paragraph', ...content);
const text = (text: string, ...marks: object[]) => ({ type: 'text', text, marks });
const tableRow = (cell: string, ...texts: string[]) =>
	within('table_row', ...texts.map((words) => within(cell, paragraph(text(words)))));

export function statusesOf({ tables }: Pick<Store, 'tables'>, workflow: unknown): Row[] {
	return tables['workflow_statuses']?.filter(({ workflow_id }) => workflow_id === workflow) ?? [];
}

/** `attachments/files/000/002/001/original/<name>` */
export function keyOf(id: number, name: string): string {
	return `attachments/files/${String(id)
		.padStart(9, '0')
		.replaceAll(/(?=(?:\d{3})+$)(?!^)/g, '/')}/original/${name}`;
}

/** A day, or milliseconds since the epoch, as the vendor writes times. */
export function time(at: string | number): string {
	const moment = typeof at === 'number' ? at : Date.parse(`${at}T09:00:00Z`);
	return new Date(moment + 3_600_000).toISOString().replace('Z', '+01:00');
}
