import type { World, WorldBoard, WorldCard, WorldFile, WorldFolder, WorldWorkspace } from '../world.ts';
import type { Held, Iteration, Permission, Product, Project, Story, StoryFile } from './held.ts';

/** The first ids are those of the manual's examples. */
const first = { resource: 7, product: 1234, project: 5678, iteration: 501, story: 9001, file: 4001 };
export const organizationId = 1;
const day = 86_400_000;

/** The world as Planbox would hold it; ids follow from the world alone. */
export function fill(world: World, now: number): Held {
	const held: Held = { resources: [], products: [], projects: [], stories: [], files: new Map(), tasks: 0, moves: 0 };
	world.people.forEach(({ firstName, lastName, email }, at) => {
		held.resources.push({
			id: first.resource + at,
			name: `${firstName} ${lastName}`,
			email,
			password: `quay-${at + 1}-side`,
			token: `pbx${at + 1}f0e1d2c3b4a5968778695a4b3c2d1e0f`,
			role: at === 0 ? 'owner' : at === 2 ? 'admin' : 'member',
		});
	});
	world.workspaces.forEach((workspace, at) => addWorkspace(held, workspace, at, now));
	addProduct(
		held,
		{ name: 'Template: a small event', description: '', template: 1 },
		new Map([[first.resource, 'admin']]),
		now,
	);
	return held;
}

function addWorkspace(held: Held, workspace: WorldWorkspace, at: number, now: number): void {
	const members = new Map<number, Permission>(
		held.resources.map(({ id }, person) => [
			id,
			person === 0 ? ownersPermission(workspace, at) : person === 1 ? 'read' : 'write',
		]),
	);
	const product = addProduct(held, { ...workspace, created: `${workspace.startDate} 09:00:00` }, members, now);
	const everyone = held.resources.map(
		({ id }, person) => [id, person === 1 || (at === 2 && person === 0) ? 'observer' : 'worker'] as const,
	);
	for (const board of workspace.boards) {
		const project = addProject(held, product, board.name, aliasOf(board.name), new Map(everyone));
		addStories(held, product, project, board);
	}
	if (at === 0) {
		addProject(held, product, 'Old quay (removed)', 'OLD', new Map(everyone), 1);
	}
	if (at === 1) {
		addProject(held, product, 'Salaries', 'PAY', new Map([[first.resource + 2, 'worker']]));
	}
	attachFiles(held, product, workspace.archive);
}

/** Planbox has no archived initiatives: a finished one is where everybody may only look on. */
function ownersPermission({ archived }: WorldWorkspace, at: number): Permission {
	return archived ? 'read' : at === 2 ? 'write' : 'admin';
}

export function addProduct(
	held: Held,
	{
		name,
		description = '',
		template = 0,
		created,
	}: { name: string; description?: string; template?: 0 | 1; created?: string },
	members: Product['members'],
	now: number,
): Product {
	const at = held.products.length;
	const [owner_id = first.resource] = members.keys();
	const product: Product = {
		id: first.product + at,
		name,
		description,
		created_on: created ?? timeText(now),
		owner_id,
		template,
		iterations: iterationsOf(at, now),
		token: `initiative${at}c0ffee`,
		thirdParty: at % 3 === 0,
		members,
	};
	held.products.push(product);
	return product;
}

export function addProject(
	held: Held,
	{ id }: Product,
	name: string,
	alias: string,
	members: Project['members'],
	deleted: 0 | 1 = 0,
): Project {
	const project: Project = {
		id: first.project + held.projects.length,
		product_id: id,
		name,
		alias,
		description: '',
		deleted,
		members,
	};
	held.projects.push(project);
	return project;
}

export function addStory(
	held: Held,
	{ id: product_id, iterations }: Product,
	{ id: project_id }: Project,
	timeframe: string,
	more: Pick<Story, 'tasks'> & Readonly<Record<string, unknown>>,
): Story {
	const id = first.story + held.stories.length;
	const iteration_id = iterations.find((one) => one.timeframe === timeframe)?.id ?? 0;
	// A story has all its properties, whether they were given or not.
	const texts = { description: '', note: '', tags: '' };
	const story: Story = { id, product_id, project_id, iteration_id, timeframe, priority: id, ...texts, ...more };
	held.stories.push(story);
	return story;
}

/** Two weeks each, the current one begun six days ago. Only administrators add further ones, which one initiative has. */
function iterationsOf(at: number, now: number): readonly Iteration[] {
	const usual = ['last', 'current', 'next', 'backlog'];
	const shown = at === 1 ? ['before_last', 'last', 'current', 'next', 'after_next', 'backlog'] : usual;
	const begun = now - 6 * day - shown.indexOf('current') * 14 * day;
	return shown.map((timeframe, step) => ({
		id: usual.includes(timeframe)
			? first.iteration + at * 4 + usual.indexOf(timeframe)
			: first.iteration - shown.length + step,
		num: timeframe === 'backlog' ? 99 : 12 - shown.indexOf('current') + step,
		start: dateText(begun + step * 14 * day),
		end: timeframe === 'backlog' ? '0000-00-00' : dateText(begun + (step + 1) * 14 * day - day),
		timeframe,
	}));
}

function addStories(held: Held, product: Product, project: Project, { cards, columns }: WorldBoard): void {
	cards.forEach((card, at) => {
		const done = card.column === columns.length - 1;
		const timeframe = timeframeOf(card, at, done, product);
		const status = done
			? (['completed', 'delivered', 'accepted', 'released'][at % 4] ?? '')
			: card.column > 0
				? 'inprogress'
				: 'pending';
		addStory(held, product, project, timeframe, storyFields(held, card, status, at));
	});
}

function timeframeOf({ column }: WorldCard, at: number, done: boolean, { iterations }: Product): string {
	const has = (timeframe: string) => iterations.some((one) => one.timeframe === timeframe);
	if (done) {
		return at % 5 === 0 ? 'last' : at % 4 === 0 && has('before_last') ? 'before_last' : 'current';
	}
	if (column > 0) {
		return 'current';
	}
	return at % 2 === 0 ? 'backlog' : at % 4 === 1 && has('after_next') ? 'after_next' : 'next';
}

function storyFields(held: Held, card: WorldCard, status: string, at: number) {
	const story_id = first.story + held.stories.length;
	const assignee = card.assignee === undefined ? null : first.resource + card.assignee;
	const blocked = card.blocked === undefined ? 0 : 1;
	return {
		type: ['feature', 'bug', 'chore'][at % 3],
		name: card.title,
		description: card.description,
		tags: card.labels.join(','),
		status,
		importance: at % 6,
		points: card.points ?? null,
		// Sometimes the one and sometimes the other, as PHP answers.
		blocked: at % 2 ? String(blocked) : blocked,
		due_on: card.dueDate ?? '0000-00-00',
		created_on: timeText(Date.parse(card.created)),
		creator_id: first.resource,
		tasks: ['Work on it', ...card.checklist].map((name, step) => ({
			id: story_id * 10 + step,
			story_id,
			priority: step + 1,
			name,
			status: taskStatus(status, step),
			resource_id: step ? null : assignee,
			role_id: 3,
		})),
		files: [],
		comments: at % 7 === 3 ? commentsOf(card) : [],
	};
}

/** The tasks of an item that is done are done; of one in progress the first is, and of the others each second is done. */
function taskStatus(status: string, step: number): string {
	if (status === 'pending') {
		return status;
	}
	return status !== 'inprogress' ? 'completed' : step === 0 ? 'inprogress' : step % 2 ? 'completed' : 'pending';
}

/** The newest first, so that nobody takes the order for granted. */
function commentsOf({ created }: WorldCard) {
	const later = (days: number): string => timeText(Date.parse(created) + days * day);
	return [
		{ text: 'Agreed with the harbour master.', date: later(2) },
		{ text: 'Deck 2 first', date: later(1) },
	];
}

/** Documents hang on items alone: one item for each folder of the world's archive, the first for its root. */
function attachFiles(held: Held, product: Product, archive: WorldFolder): void {
	const stories = held.stories.filter(({ product_id, timeframe }) => product_id === product.id && timeframe !== 'last');
	foldersOf(archive).forEach(({ files }, at) => {
		const story = stories[at];
		if (story) {
			const linked =
				at === 0
					? [
							{ id: 11, name: 'Lost plan.pdf' },
							{ id: 12, name: 'Plain.txt', url: 'http://files.quayside.example/plain.txt' },
						]
					: [];
			story['files'] = [...files.map((file, position) => keep(held, file, position)), ...linked];
		}
	});
}

function foldersOf(folder: WorldFolder): readonly WorldFolder[] {
	return [folder, ...folder.folders.flatMap(foldersOf)].filter(({ files }) => files.length > 0);
}

function keep(held: Held, file: WorldFile, position: number): StoryFile {
	const id = first.file + held.files.size;
	held.files.set(id, file);
	return { id, [position % 2 ? 'filename' : 'name']: file.name, size: file.content.length, url: `/files/${id}` };
}

function aliasOf(name: string): string {
	return name
		.replaceAll(/[^A-Za-z]/g, '')
		.slice(0, 10)
		.toUpperCase();
}

function dateText(time: number): string {
	return new Date(time).toISOString().slice(0, 10);
}

export function timeText(time: number): string {
	return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}
