import { type Api, type Asked, drop } from './api.ts';
import { type Body, byId, found, insist, isRemove, type Shape } from './checks.ts';
import { addBoard, addCard, type Named } from './holdings.ts';

export function boardCalls({ call, holdings, projectOf, seen, boardOf, stamp, sees, accessTo }: Api): void {
	const { people, projects, boards, cards, webhooks } = holdings;

	call('GET /1/projects/:id/boards', (asked) => {
		const { id } = projectOf(asked, asked.id);
		return boards.filter(({ project_id }) => project_id === id);
	});
	call(
		'POST /1/projects/:id/boards/create-new',
		(asked) => {
			const { name, description } = asked.body as { name: string; description?: string };
			return addBoard(holdings, projectOf(asked, asked.id), { name, columns: newColumns, cards: [] }, description);
		},
		{ name: 'text', description: '?string' },
	);
	call('GET /1/boards/:id', boardOf);
	call('GET /1/boards/:id/properties', (asked) => {
		const { id, name, labels, progresses } = boardOf(asked);
		return { id, name, labels, progresses };
	});
	call('GET /1/boards/:id/planlets', (asked) => {
		const { id, project_id } = boardOf(asked);
		return { [id]: [{ ...projectOf(asked, project_id).planlet, achieved: false }] };
	});
	const membersOf = (asked: Asked, project_id: number) => {
		const { id, members } = projectOf(asked, project_id);
		const here = boards.filter((board) => board.project_id === id).map((board) => board.id);
		const assigned = cards.filter(({ board_id }) => here.includes(board_id)).map(({ assignee_id }) => assignee_id);
		const all = new Set<unknown>([...members, ...assigned]);
		return people.filter((person) => all.has(person.id));
	};
	call(
		'GET /1/projects/:id/members',
		(asked) => membersOf(asked, Number(asked.id)).map(({ id, name, email }) => ({ id, name, email, role: 'member' })),
		undefined,
		{ member_params: '?text' },
	);
	call('GET /2/boards/:id/people-with-access', (asked) => ({
		access: membersOf(asked, boardOf(asked).project_id).map(({ id }) => id),
	}));
	// Newest first, so that nobody takes the order of the reply for the order on the board.
	call('GET /1/boards/:id/cards', (asked) => {
		const { id, project_id } = boardOf(asked);
		const access = accessTo(asked, project_id);
		return cards
			.filter(({ board_id }) => board_id === id)
			.map((card) => ({ ...card, access }))
			.reverse();
	});
	call(
		'POST /1/boards/:id/statuses/:progress/properties',
		(asked) => Object.assign(found(boardOf(asked).progresses, asked.more.progress, 'STATUS'), asked.body),
		{ name: 'text' },
	);
	call(
		'POST /1/projects/:id/cards/create-new',
		(asked) => {
			const { body } = asked;
			const project = projectOf(asked, asked.id);
			const board = seen(asked, boards, body.board_id, 'BOARD');
			insist(board.project_id === project.id, 'NOT_FOUND_BOARD', 404);
			insist(accessTo(asked, project.id) === 'write', 'ACCESS_DENIED', 403);
			insistKnown(body, {
				column_id: board.progresses,
				label_id: board.labels,
				assignee_id: people,
				planlet_id: [project.planlet],
			});
			return addCard(holdings, project, board, body, stamp());
		},
		newCard,
	);

	const shown = ({ principal }: Asked) =>
		webhooks.filter(({ project_id }) => sees(principal, found(projects, project_id, 'PROJECT')));
	call('GET /1/webhooks/list', shown);
	call(
		'POST /1/webhooks',
		(asked) => {
			const { artifact_type, artifact_id, event_type, project_id } = asked.body;
			insist(artifact_type === 'board', 'INVALID_ARTIFACT_TYPE');
			insist(String(event_type) === knownEvent, 'INVALID_EVENT_TYPE');
			const board = seen(asked, boards, artifact_id, 'BOARD');
			insist(String(project_id) === String(board.project_id), 'INVALID_PROJECT_ID');
			const made = { id: (webhooks.at(-1)?.id ?? 54) + 1, ...asked.body, artifact_id: board.id };
			webhooks.push(made);
			return made;
		},
		{ artifact_type: 'text', artifact_id: 'id', event_type: 'texts', project_id: 'id', webhook: 'web' },
	);
	call(
		'PUT /1/webhooks/:id/update',
		(asked) => {
			insist(String(asked.body.event_type) === knownEvent, 'INVALID_EVENT_TYPE');
			return Object.assign(found(shown(asked), asked.id, 'WEBHOOK'), asked.body);
		},
		{ event_type: 'texts', webhook: 'web' },
	);
	call('DELETE /1/webhooks/:id', (asked) => {
		const gone = found(shown(asked), asked.id, 'WEBHOOK');
		drop(webhooks, (one) => one === gone);
		return asked.c.body(null, 200);
	});
}

/** Each member that is there, and does not clear, must be the id of one of its things. */
export function insistKnown(body: Body, known: Readonly<Record<string, readonly Named[]>>): void {
	for (const [name, things] of Object.entries(known)) {
		const value = body[name];
		insist(value === undefined || isRemove(value) || byId(things, value), `INVALID_${name.toUpperCase()}`);
	}
}

const knownEvent = 'card_status_change';
/** Nobody says with which columns a board begins. */
const newColumns = ['Planned', 'In progress', 'Done'];
const newCard: Shape = {
	title: 'text',
	board_id: 'id',
	column_id: '?row',
	description: '?string',
	due_date: '?day',
	assignee_id: '?id',
	label_id: '?row',
	estimate: '?number',
	estimated_time: '?number',
	planlet_id: '?id',
	is_blocked: '?bit',
	block_reason: '?string',
	checklist: '?texts',
};
