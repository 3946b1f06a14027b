import type { World, WorldBoard, WorldWorkspace } from '../world.ts';
import { type Entity, type Kind, Store } from './store.ts';

/**
 * The world as Beebole would hold it: a workspace is a company, a board a project, a column a subproject, and a card a
 * task of the company that is specific to the project (first column) or the subproject.
 */
export function fill(world: World): Store {
	const store = new Store();
	const companies = world.workspaces.map((workspace, at) => addCompany(store, workspace, at));
	const people = addPeople(store, world, companies[0]);
	companies.forEach((company, at) => {
		const manager = people[world.workspaces[at]?.manager ?? 0];
		company.children.filter(isA('project')).forEach((project) => manager && project.links.managers.add(manager));
	});
	addLabels(store, companies, people);
	return store;
}

/** The company that another system created, so that everything in it goes by `xid`. */
const foreign = 4;

function addCompany(store: Store, workspace: WorldWorkspace, at: number): Entity {
	const { name, archived, boards } = workspace;
	const xid = at === foreign ? 'ERP-4' : undefined;
	const company = store.add('company', name, { xid, active: !archived, fields: { corporate: at === 0 } });
	const tasks = new Map<string, Entity>();
	boards.forEach((board, nth) =>
		addProject(store, company, { workspace, board, at, nth, xid: xid && `${xid}-${nth + 1}` }, tasks),
	);
	[...tasks.values()].forEach((task, nth) => {
		task.active = nth % 9 !== 8;
	});
	['Holidays', 'Sickness'].forEach((absence) => at === 0 && store.add('absence', absence, { parent: company }));
	return company;
}

interface Plan {
	readonly workspace: WorldWorkspace;
	readonly board: WorldBoard;
	readonly at: number;
	readonly nth: number;
	readonly xid: string | undefined;
}

function addProject(
	store: Store,
	company: Entity,
	{ workspace, board, at, nth, xid }: Plan,
	tasks: Map<string, Entity>,
): void {
	const { columns, cards } = board;
	// In every second company the third project has ended.
	const project = store.add('project', board.name, {
		xid,
		parent: company,
		active: nth !== 2 || at % 2 === 0,
		fields: { startDate: workspace.startDate, ...(nth === 0 && { description: workspace.description }) },
	});
	const places = [
		project,
		...(cards.length === 0 ? [] : columns.slice(1)).map((name, at) =>
			store.add('subproject', name, { xid: xid && `${xid}-${at + 1}`, parent: project }),
		),
	];
	for (const { title, column } of cards) {
		const task = tasks.get(title) ?? store.add('task', title, { xid: xid && `T-${tasks.size + 1}`, parent: company });
		tasks.set(title, task);
		places[column]?.links.specificTasks.add(task);
	}
	const last = places.at(-1);
	if (last && last !== project) {
		last.tasksDisabled = nth === 0;
		last.active = nth !== 1;
	}
}

function addPeople(store: Store, world: World, parent: Entity | undefined): Entity[] {
	const people = world.people.map(({ firstName, lastName, email }, at) =>
		store.add('person', `${firstName} ${lastName}`, {
			parent,
			fields: { email, userGroup: at === 0 ? 'admin' : at === 1 ? 'leader' : 'employee' },
		}),
	);
	const [, leader, led] = people;
	if (leader) {
		led?.links.leaders.add(leader);
	}
	return people;
}

function addLabels(store: Store, companies: readonly Entity[], people: readonly Entity[]): void {
	const region = store.add('group', 'Region');
	const [north, south] = ['Nord', 'Süd'].map((name) => store.add('group', name, { parent: region }));
	const places: Kind[] = ['company', 'project', 'subproject', 'person'];
	const location = store.add('customField', 'Location', { fields: { kinds: places, availableFor: 'All' } });
	store.add('customField', 'Industry', { fields: { kinds: ['company'], availableFor: 'Company - Customer' } });
	companies.forEach((company, at) => {
		const side = at % 2 === 0 ? north : south;
		if (side) {
			company.links.groups.add(side);
		}
		company.values.set(location, at % 2 === 0 ? 'Höfn' : 'Lagos');
	});
	const [first, second] = people;
	const project = companies[0]?.children.find(isA('project'));
	if (project && first && second && north) {
		[first, second, north].forEach((one) => project.links.members.add(one));
		project.links.groups.add(region);
		project.values.set(location, 'Salt Lake City, UT, USA');
	}
}

function isA(kind: Kind): (entity: Entity) => boolean {
	return (entity) => entity.kind === kind;
}
