import type { World, WorldBoard, WorldFolder, WorldPerson } from '../world.ts';
import { byId } from './checks.ts';

/** What the account holds, in the vendor's own names. */
export interface Holdings {
	readonly people: Person[];
	readonly portfolios: (Named & { owner_id: number })[];
	readonly templates: (Named & { owner_id: number })[];
	readonly teams: (Named & { owner_id: number })[];
	readonly projects: Project[];
	readonly boards: Board[];
	readonly cards: Card[];
	readonly comments: Comment[];
	readonly nodes: Node[];
	readonly webhooks: (Record<string, unknown> & { id: number })[];
}

export interface Named {
	readonly id: number;
	name: string;
}

export interface Person extends Named {
	email: string;
	readonly account_role: string;
	/** Milliseconds; null for somebody who never signed in. */
	readonly last_login: number | null;
}

export interface Project extends Named {
	readonly archived: boolean;
	readonly creation_date: string;
	readonly container_id: number;
	readonly planlet: Named;
	owner_id: number;
	readonly members: number[];
}

export interface Board extends Named {
	readonly project_id: number;
	readonly progresses: Named[];
	readonly labels: Named[];
}

export interface Card {
	readonly id: number;
	readonly board_id: number;
	readonly [field: string]: unknown;
}

export interface Comment {
	readonly id: number;
	readonly card: number;
	readonly author: Named;
	readonly text: string;
	/** ISO time. */
	readonly created: string;
}

export interface Node {
	readonly id: number;
	readonly project_id: number;
	/** Absent at the root of an archive. */
	readonly parent?: number;
	readonly type: 'Container' | 'Folder' | 'Document';
	readonly file_name: string;
	readonly content?: Uint8Array;
	/** Bytes of content that is made when it is asked for, or was counted and not kept. */
	readonly made?: number;
	readonly counted?: number;
	readonly media?: string;
	readonly version: number;
	/** Whether a folder has its versions switched off. */
	readonly unversioned?: boolean;
}

const today = Date.UTC(2026, 10, 16);
const firstPerson = 501;

export function holdingsOf(world: World): Holdings {
	const holdings: Holdings = {
		people: peopleOf(world.people),
		portfolios: [
			{ id: 31, name: 'North', owner_id: 503 },
			{ id: 32, name: 'Ports', owner_id: 504 },
		],
		templates: [{ id: 41, name: 'Sprint', owner_id: 598 }],
		teams: [{ id: 51, name: 'Divers', owner_id: 598 }],
		projects: [],
		boards: [],
		cards: [],
		comments: [],
		nodes: [],
		webhooks: [],
	};
	world.workspaces.forEach(({ name, manager, startDate, archived, boards, archive }, index) => {
		const project = addProject(holdings, name, firstPerson + manager, `${startDate} 08:00:00Z`, archived);
		project.members.push(firstPerson, ...(index % 2 ? [] : [504]));
		boards.forEach((board) => addBoard(holdings, project, board));
		fill(holdings, project.id, archive, project.container_id);
	});
	const [first] = holdings.projects;
	if (world.largeDocument !== undefined && first) {
		const none = new Uint8Array();
		const node = addNode(holdings.nodes, first.id, first.container_id, largeName, none, 'application/octet-stream');
		Object.assign(node, { made: world.largeDocument });
	}
	return holdings;
}

const largeName = 'Site recording.bin';

/** The world's ten and ninety more, so that the account has pages of people. */
function peopleOf(people: readonly WorldPerson[]): Person[] {
	return people.flatMap((_, round) =>
		people.map(({ firstName, email }, index) => {
			const at = round * people.length + index;
			return {
				id: firstPerson + at,
				name: `${firstName} ${people[(index + round) % people.length]?.lastName}`,
				email: round ? email.replace('@', `.${round + 1}@`) : email,
				account_role: `account_role_${['owner', 'co_owner', 'admin'][at] ?? (at % 12 === 11 ? 'external' : 'member')}`,
				last_login: at % 25 === 24 ? null : today - at * 345_600_000,
			};
		}),
	);
}

export function addProject(
	{ projects, nodes }: Holdings,
	name: string,
	owner_id: number,
	creation_date: string,
	archived = false,
): Project {
	const id = (projects.at(-1)?.id ?? 1000) + 1;
	const container_id = 76_000 + id;
	const planlet = { id: 8_000 + id, name: 'Preparation' };
	const project = { id, name, archived, creation_date, container_id, planlet, owner_id, members: [owner_id] };
	projects.push(project);
	nodes.push({ id: container_id, project_id: id, type: 'Container', file_name: '', version: 0 });
	return project;
}

export function addBoard(
	holdings: Holdings,
	project: Project,
	{ name, columns, cards }: Pick<WorldBoard, 'name' | 'columns' | 'cards'>,
	description?: string,
): Board {
	const ordered = (names: readonly string[], first: number) =>
		names.map((one, at) => ({ id: first + at, name: one, display_order: at }));
	const labels = [...new Set(cards.flatMap((card) => card.labels))];
	const board = {
		id: (holdings.boards.at(-1)?.id ?? 2000) + 1,
		name,
		description,
		project_id: project.id,
		progresses: ordered(columns, 0),
		labels: ordered(labels, 1),
	};
	holdings.boards.push(board);
	for (const card of cards) {
		addCard(
			holdings,
			project,
			board,
			{
				...card,
				column_id: card.column,
				assignee_id: card.assignee === undefined ? undefined : firstPerson + card.assignee,
				start_date: card.startDate,
				due_date: card.dueDate,
				label_id: card.labels[0] && labels.indexOf(card.labels[0]) + 1,
				is_blocked: Number(card.blocked !== undefined),
				block_reason: card.blocked,
				estimate: card.points,
			},
			card.created.replace('T', ' '),
		);
	}
	return board;
}

const given =
	'description due_date due_date_offset estimate estimated_time label_id reported_time start_date start_date_offset title'.split(
		' ',
	);

/** Turns what creates a card into the card that is read: other names, names beside ids, null for what is absent. */
export function addCard(
	{ cards, people }: Holdings,
	project: Project,
	board: Board,
	body: Readonly<Record<string, unknown>>,
	created_time: string,
): Card {
	const id = (cards.at(-1)?.id ?? 30_000) + 1;
	const { column_id = 0, checklist = [], is_blocked, block_reason = null } = body;
	const assignee = byId(people, body.assignee_id);
	const planlet = body.planlet_id ? project.planlet : null;
	const items = checklist as string[];
	const card = {
		...Object.fromEntries(given.map((name) => [name, body[name] ?? null])),
		...Object.fromEntries(
			['all_attachments', 'connected_issues', 'connected_risks', 'contributors'].map((name) => [name, []]),
		),
		access: 'write',
		assignee: user(assignee),
		assignee_id: assignee?.id ?? null,
		board_column_order: column_id,
		board_id: board.id,
		board_name: board.name,
		checklist: items.length
			? { id: id + 500_000, items: items.map((title, order) => ({ id: order + 1, title, done: false, order })) }
			: null,
		column_first_updated: created_time,
		column_id,
		column_last_updated: created_time,
		comment_count: 0,
		created_time,
		creator: user(byId(people, project.owner_id)),
		dependencies: { predecessors: 0, predecessors_done: 0, successors: 0, successors_done: 0 },
		direct_url: `https://service.projectplace.com/#direct/card/${id}`,
		display_order: id * 1000,
		id,
		is_blocked: is_blocked === 1,
		is_blocked_reason: block_reason,
		is_done: column_id === board.progresses.length - 1,
		is_template: false,
		local_id: id - 30_000,
		planlet: planlet && { ...planlet, wbs_id: '1' },
		planlet_id: planlet?.id ?? null,
		progress: { id: column_id },
		project: {
			id: project.id,
			is_team_member_plus: false,
			is_team_member_plus_plan: null,
			name: project.name,
			override_tm_plus_time_reporting: false,
			type: 'classic',
		},
	};
	cards.push(card);
	return card;
}

/** A person as cards show one. */
export function user(one: Named | undefined): Named | null {
	return one ? Object.assign({ id: one.id, name: one.name }, { type: 'User' }) : null;
}

function fill(holdings: Holdings, project_id: number, { files, folders }: WorldFolder, parent: number): void {
	const { nodes } = holdings;
	files.forEach(({ name, content, mediaType }) => addNode(nodes, project_id, parent, name, content, mediaType));
	folders.forEach((folder) => fill(holdings, project_id, folder, addNode(nodes, project_id, parent, folder.name).id));
}

/** A document, or without content a folder. Archives have ids of their own range; everything in them counts from 50,001. */
export function addNode(
	nodes: Node[],
	project_id: number,
	parent: number,
	file_name: string,
	content?: Uint8Array,
	media?: string,
): Node {
	const id = (nodes.findLast(({ type }) => type !== 'Container')?.id ?? 50_000) + 1;
	const node: Node = {
		id,
		project_id,
		parent,
		type: content ? 'Document' : 'Folder',
		file_name,
		content,
		media,
		version: 1,
	};
	nodes.push(node);
	return node;
}
