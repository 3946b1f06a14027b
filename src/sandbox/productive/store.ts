import { longBacklog, type World, type WorldWorkspace } from '../world.ts';
import { type Add, lately, time } from './forms.ts';
import type { Row, Tables } from './kinds.ts';
import { addPage, addPages, paragraph, startPage, text } from './seedPages.ts';
import { addFolder, counting } from './seedTasks.ts';

export { keyOf, time } from './forms.ts';

/** The organization of the practice account; the token's person is in the one after it, too, which is small. */
export const organization = 4410;

export interface Store {
	readonly tables: Tables;
	/** Puts a new row into a table under its next id. */
	readonly add: (table: string, values: Omit<Row, 'id'>) => Row;
}

const names =
	'organization_memberships people companies workflows workflow_statuses projects folders task_lists tasks pages attachments page_versions comments';

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
/** The first status is for what is not started, the last one closed. */
const workflowData = [
	['Default workflow', 'Not started', 'In progress', 'Review', 'Closed'],
	['Redaktion', 'Offen', 'In Arbeit', 'Veröffentlicht'],
	['Unfinished', 'Somewhere'],
	['Archived', 'Open', 'Done'],
] as const;

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
		const next = counting();
		workspace.boards.forEach((board, at) => {
			const more = longBacklog(index + at === 0 ? extra : 0);
			addFolder(add, project.id, { ...board, cards: [...board.cards, ...more] }, at + 1, people, statuses, next);
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

export function statusesOf({ tables }: Pick<Store, 'tables'>, workflow: unknown): Row[] {
	return tables['workflow_statuses']?.filter(({ workflow_id }) => workflow_id === workflow) ?? [];
}
