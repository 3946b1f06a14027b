import { t } from '@vscode/l10n';
import type { Account } from '../core/accounts.ts';
import { type Arrangement, arrange, isPlain, type Lane, labelsOf } from '../core/arrangement.ts';
import { dateText } from '../core/due.ts';
import type { LiveBoard } from '../core/liveBoard.ts';
import type { Card, Column } from '../core/model.ts';
import type { Levels, Session } from '../core/provider.ts';
import type { BoardView, CardView, LaneView, Notice } from '../pages/protocol.ts';
import { cardWords } from './cardAbilities.ts';
import { cardSpoken, failureText, isOverdue, numberText, present } from './format.ts';

/** What a board's page is drawn from. */
export interface BoardFacts {
	readonly account: Account;
	readonly live: LiveBoard;
	readonly session: Session;
	readonly levels: Levels;
	readonly arrangement: Arrangement;
	/** Undefined until they were asked for. */
	readonly columns: readonly Column[] | undefined;
	/** Columns whose cards could not be loaded, by their ids, and the board itself as `board`. */
	readonly failures: ReadonlyMap<string, unknown>;
	readonly me: string | undefined;
	readonly now: Date;
	/** What would be taken back next. */
	readonly undo: string | undefined;
}

/** A board as its page draws it. Pure. */
export function toBoardView(facts: BoardFacts): BoardView {
	const { live, account, levels, arrangement } = facts;
	const { board, workspace } = live;
	return {
		title: board.name,
		place: present(workspace.name, account.name).join(' · '),
		archived: board.archived,
		lanes: toLaneViews(facts),
		arrangement,
		labels: labelsOf(shownCards(facts)),
		can: toCan(facts),
		notices: noticesOf(facts),
		words: { card: levels.card?.one ?? '', cards: levels.card?.many ?? '', column: levels.column?.one ?? '' },
	};
}

export function toCan({ me, undo }: BoardFacts): BoardView['can'] {
	return { mine: me !== undefined, undo };
}

/** The lanes, or those of them that are columns named by `only`. */
export function toLaneViews(facts: BoardFacts, only?: ReadonlySet<string>): readonly LaneView[] {
	const { live, arrangement, columns = [], me, now } = facts;
	const loaded = columns.map((column) => ({ column, cards: live.shown(column.id) ?? [] }));
	const lanes = arrange(loaded, arrangement, { me, now });
	const draw = drawer(facts);
	return lanes.filter(({ id }) => !only || only.has(id)).map((lane) => toLaneView(facts, lane, draw));
}

function toLaneView(facts: BoardFacts, lane: Lane, draw: (card: Card) => CardView): LaneView {
	const { session, live, failures } = facts;
	const { column } = lane;
	const failure = column && failures.get(column.id);
	return {
		id: lane.id,
		name: lane.name,
		count: countText(lane, live),
		note: column?.note,
		cards: lane.cards.map(draw),
		loading: column !== undefined && failure === undefined && live.shown(column.id) === undefined,
		hasMore: column !== undefined && live.hasMore(column.id),
		failure: failure === undefined ? undefined : { message: failureText(failure), action: t('Try again') },
		canCreate: column !== undefined && mayCreate(session, column),
		drop: column && dropOf(facts),
		movable: column !== undefined && session.columnOrdering !== undefined && isPlain(facts.arrangement),
	};
}

function mayCreate({ cards }: Session, column: Column): boolean {
	return cards?.creation !== undefined && cards.creation.whyNot?.(column) === undefined;
}

function countText({ column, cards, total }: Lane, live: LiveBoard): string {
	const all = (column && live.total(column.id)) ?? total;
	const more = column && live.hasMore(column.id) && live.total(column.id) === undefined ? '+' : '';
	return cards.length === all
		? numberText(all) + more
		: t('{0} of {1}', numberText(cards.length), numberText(all) + more);
}

/** In an order of our own, a place among others means nothing to the vendor. */
function dropOf({ session, arrangement }: BoardFacts): LaneView['drop'] {
	const { moving } = session.cards ?? {};
	if (!moving) {
		return undefined;
	}
	return arrangement.sort !== 'vendor' || moving.places === 'none' ? 'into' : moving.places;
}

/** Draws cards, formatting each date once. */
function drawer({ session, live, arrangement, now }: BoardFacts): (card: Card) => CardView {
	const { pending } = live;
	const dates = new Map<string, string>();
	const dateOf = (date: string): string => {
		const known = dates.get(date) ?? dateText(date);
		dates.set(date, known);
		return known;
	};
	const isMovable = session.cards?.moving !== undefined && arrangement.group === 'column';
	return (card) => ({
		id: card.id,
		key: card.key,
		title: card.title,
		assignees: card.assignees?.join(', '),
		due: card.dueDate === undefined ? undefined : { text: dateOf(card.dueDate), overdue: isOverdue(card, now) },
		labels: card.labels,
		status: card.status,
		done: card.done,
		blocked: card.blocked,
		progress: card.progress,
		comments: card.comments,
		movable: isMovable && card.readOnly === undefined,
		pending: pending.has(card.id) || undefined,
		spoken: cardSpoken(card, now, dateOf),
		context: cardWords(session, card).join(' '),
	});
}

function noticesOf({ live, account, failures, arrangement, columns = [] }: BoardFacts): readonly Notice[] {
	const failed = failures.get('board');
	const lacking = !isPlain(arrangement) && columns.some(({ id }) => live.hasMore(id));
	const notices: (Notice | false)[] = [
		failed !== undefined && {
			text: failureText(failed),
			severity: 'error',
			action: { label: t('Try again'), id: 'reload' },
		},
		live.isDoubtful && {
			text: t('The last change had no answer, so this board may differ from the vendor’s.'),
			severity: 'warning',
			action: { label: t('Load again'), id: 'reload' },
		},
		account.locked === true && {
			text: t('{0} is locked against changes.', account.name),
			severity: 'info',
			action: { label: t('Unlock'), id: 'unlock' },
		},
		lacking && {
			text: t('Not all cards are loaded yet, so some that match may be missing.'),
			severity: 'info',
			action: { label: t('Load all'), id: 'loadAll' },
		},
	];
	return notices.filter((notice) => notice !== false);
}

function* shownCards({ live, columns = [] }: BoardFacts): Generator<Card> {
	for (const { id } of columns) {
		yield* live.shown(id) ?? [];
	}
}
