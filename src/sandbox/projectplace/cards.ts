import type { Api, Asked } from './api.ts';
import { insistKnown } from './boards.ts';
import { type Body, byId, checked, found, insist, isRemove, type Shape } from './checks.ts';
import { type Board, type Card, type Project, user } from './holdings.ts';

/** A card with the board and the workspace it is in. */
export interface Placed {
	readonly card: Card;
	readonly board: Board;
	readonly project: Project;
}

/** One card: reading, changing, moving, the trashcan and back. */
export function cardCalls({ call, holdings, projectOf, boardOf, accessTo, stamp }: Api) {
	const { people, boards, cards } = holdings;
	/** Where cards in the trashcan come from. */
	const trash = new Map<Card, number>();

	const cardOf = (asked: Asked, id: unknown = asked.id): Placed => {
		const card = found(cards, id, 'CARD');
		insist(card.board_id !== nowhere, 'NOT_FOUND_CARD', 404);
		const board = found(boards, card.board_id, 'BOARD');
		return { card, board, project: projectOf(asked, board.project_id) };
	};
	const writableOf = (asked: Asked, id?: unknown): Placed => {
		const placed = cardOf(asked, id);
		insist(accessTo(asked, placed.project.id) === 'write', 'ACCESS_DENIED', 403);
		return placed;
	};
	const shown = (asked: Asked, { card, board, project }: Placed): object => ({
		...card,
		access: accessTo(asked, project.id),
		label_name: byId(board.labels, card.label_id)?.name ?? null,
	});

	call('GET /1/cards/:id', (asked) => shown(asked, cardOf(asked)));
	call(
		'PUT /1/cards/:id',
		(asked) => {
			const placed = writableOf(asked);
			const { card, board, project } = placed;
			const { body } = asked;
			insistKnown(body, { label_id: board.labels, assignee_id: people, planlet_id: [project.planlet] });
			const helpers = ((body.contributor_ids ?? []) as unknown[]).map((id) => byId(people, id));
			insist(
				helpers.every((one) => one !== undefined),
				'INVALID_CONTRIBUTOR_IDS',
			);
			Object.assign(card, changesOf(body), {
				...('assignee_id' in body && assigned(isRemove(body.assignee_id) ? undefined : byId(people, body.assignee_id))),
				...('contributor_ids' in body && { contributors: helpers.map(user) }),
				...('planlet_id' in body && inActivity(isRemove(body.planlet_id) ? null : project)),
			});
			return shown(asked, placed);
		},
		changes,
	);
	call('DELETE /1/cards/:id', (asked) => {
		const { card } = writableOf(asked);
		trash.set(card, card.board_id);
		Object.assign(card, { board_id: nowhere });
		return {};
	});
	call(
		'POST /1/projects/:id/trashcan',
		(asked) => {
			const project = projectOf(asked, asked.id);
			insist(accessTo(asked, project.id) === 'write', 'ACCESS_DENIED', 403);
			insist(asked.body.action === 'restore', 'UNKNOWN_ACTION');
			const items = (asked.body.items as unknown[]).map((item) => checked(item, { id: 'id', type: 'text' }));
			insist(
				items.every(({ type }) => type === 'card'),
				'INVALID_ITEMS',
			);
			const restore = (id: unknown): boolean => {
				const card = byId(cards, id);
				const board = card && byId(boards, trash.get(card));
				return Boolean(
					board?.project_id === project.id && card && Object.assign(card, { board_id: board.id }) && trash.delete(card),
				);
			};
			const done = items.map(({ id }) => ({ id: String(id), restored: restore(id) }));
			return {
				succeeded: done.filter(({ restored }) => restored).map(({ id }) => id),
				failed: done.filter(({ restored }) => !restored).map(({ id }) => id),
			};
		},
		{ action: 'text', items: 'list' },
	);
	call(
		'POST /1/boards/:id/move-cards',
		(asked) => {
			const board = boardOf(asked);
			const { card_ids, column_id, after_card } = asked.body;
			const moved = (card_ids as unknown[]).map((id) => writableOf(asked, id));
			insist(moved.length > 0, 'INVALID_CARD_IDS');
			insist(
				moved.every((one) => one.board === board),
				'NOT_FOUND_CARD',
				404,
			);
			insist(byId(board.progresses, column_id), 'INVALID_COLUMN_ID');
			const swimlane = checked(asked.body.swimlane, { type: 'text', value: 'idOrNull' });
			insist(swimlane.type === 'planlet_id', 'INVALID_SWIMLANE');
			const project = projectOf(asked, board.project_id);
			insist(swimlane.value === null || byId([project.planlet], swimlane.value), 'INVALID_SWIMLANE');
			const column = cards
				.filter((card) => card.board_id === board.id && card.column_id === column_id)
				.filter((card) => !moved.some((one) => one.card === card))
				.toSorted((a, b) => Number(a.display_order) - Number(b.display_order));
			const before = byId(column, after_card);
			insist(after_card === null || before, 'INVALID_AFTER_CARD');
			const orders = between(column, before, moved.length);
			moved.forEach(({ card }, at) =>
				Object.assign(card, inActivity(swimlane.value === null ? null : project), {
					...(card.column_id !== column_id && { column_last_updated: stamp() }),
					column_id,
					progress: { id: column_id },
					is_done: column_id === board.progresses.at(-1)?.id,
					display_order: orders[at],
				}),
			);
			return {};
		},
		{ card_ids: 'ids', column_id: 'row', after_card: 'idOrNull', swimlane: 'object' },
	);
	return { cardOf, writableOf };
}

/** No board has this id, so that no list holds what has it. */
const nowhere = 0;

const changes: Shape = {
	title: '?text',
	description: '?string',
	estimate: '?numberOrRemove',
	label_id: '?idOrRemove',
	assignee_id: '?idOrRemove',
	contributor_ids: '?ids',
	// From here on the reference says only that they are likely.
	due_date: '?dayOrRemove',
	start_date: '?dayOrRemove',
	is_blocked: '?bit',
	block_reason: '?string',
	planlet_id: '?idOrRemove',
};

/** Members that are kept as they come, but for the word that clears. */
const kept: Readonly<Record<string, (value: unknown) => unknown>> = {
	title: String,
	description: String,
	estimate: Number,
	label_id: Number,
	due_date: String,
	start_date: String,
};

function changesOf(body: Body): Body {
	const plain = Object.entries(kept)
		.filter(([name]) => name in body)
		.map(([name, as]) => [name, name !== 'title' && isRemove(body[name]) ? null : as(body[name])]);
	return {
		...Object.fromEntries(plain),
		...('is_blocked' in body && { is_blocked: body.is_blocked === 1 }),
		...('block_reason' in body && { is_blocked_reason: body.block_reason || null }),
	};
}

function assigned(person: Parameters<typeof user>[0]): object {
	return { assignee: user(person), assignee_id: person?.id ?? null };
}

function inActivity(project: Project | null): object {
	return project
		? { planlet: { ...project.planlet, wbs_id: '1' }, planlet_id: project.planlet.id }
		: { planlet: null, planlet_id: null };
}

/** So many places right behind a card, or first; the other cards keep theirs. */
function between(column: readonly Card[], before: Card | undefined, count: number): number[] {
	const next = Number(column[before ? column.indexOf(before) + 1 : 0]?.display_order ?? Number.NaN);
	const start = before ? Number(before.display_order) : (Number.isNaN(next) ? 1000 : next) - 1000 * (count + 1);
	const end = Number.isNaN(next) ? start + 1000 * (count + 1) : next;
	return Array.from({ length: count }, (_, at) => start + ((end - start) * (at + 1)) / (count + 1));
}
