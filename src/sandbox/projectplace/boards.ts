import { type Api, type Asked, drop } from './api.ts';
import { byId, found, insist, type Shape } from './checks.ts';
import { addBoard, addCard, type Named } from './holdings.ts';

export function boardCalls({ call, holdings, projectOf, seen, boardOf, stamp, sees }: Api): void {
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
	// Newest first, so that nobody takes the order of the reply for the order on the board.
	call('GET /1/boards/:id/cards', (asked) => {
		const { id } = boardOf(asked);
		return cards.filter(({ board_id }) => board_id === id).reverse();
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
			const known = {
				column_id: board.progresses,
				label_id: board.labels,
				assignee_id: people,
				planlet_id: [project.planlet],
			};
			for (const [name, things] of Object.entries<readonly Named[]>(known)) {
				insist(body[name] === undefined || byId(things, body[name]), `INVALID_${name.toUpperCase()}`);
			}
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
