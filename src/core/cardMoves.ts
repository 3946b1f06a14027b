import { t } from '@vscode/l10n';
import { atTheEnd, standsAfter } from './boardChange.ts';
import type { CardMoving } from './cards.ts';
import { cardsOf, changedSince, required, unnoted, type Writing } from './cardWrites.ts';
import { LocalFailure, ProviderError } from './errors.ts';
import { type LiveBoard, NotSent } from './liveBoard.ts';
import type { Card, Column } from './model.ts';

/**
 * Moves cards of a board into a column, in the given order, behind the card `after`. All are shown there at once and sent
 * one after the other; after the first that fails the others go back unsent, and the failure is thrown.
 */
export async function moveCards(
	writing: Writing,
	live: LiveBoard,
	cards: readonly Card[],
	to: Column,
	after: string | undefined,
	signal: AbortSignal,
): Promise<void> {
	const { account } = live;
	const moving = required((await cardsOf(writing, account, signal)).moving, account);
	refuseImpossible(moving, cards, to);
	const columns = await live.columns(signal);
	if (after === atTheEnd) {
		// Which card is the last is not known of a column that nobody has opened.
		await live.cards(to, signal);
	}
	const from = new Map(cards.map((card) => [card, placeOf(live, card, columns)]));
	const first = standing(live, to, after, cards);
	const sending: Sending = { live, moving, to, isOver: false, moved: [], signal };
	const moves = cards.map((card, at) => moveCard(sending, card, cards[at - 1]?.id ?? first, cards));
	const ends = await Promise.allSettled(moves);
	if (sending.moved.length > 0) {
		const moved = sending.moved.map(({ card, now }) => ({ card: now, from: from.get(card) }));
		noteMove(writing, live, moved, to);
		if (moving.places !== 'any') {
			await live.confirm([to.id], signal);
		}
	}
	throwFirst(ends, signal);
}

/** Cards on their way into one column. */
interface Sending {
	readonly live: LiveBoard;
	readonly moving: CardMoving;
	readonly to: Column;
	readonly signal: AbortSignal;
	readonly moved: { readonly card: Card; readonly now: Card }[];
	/** One has failed: no more are sent. */
	isOver: boolean;
}

function moveCard(sending: Sending, card: Card, after: string | undefined, all: readonly Card[]): Promise<void> {
	const { live, moving, to, signal } = sending;
	const change = { kind: 'place', cards: [card], columnId: to.id, after } as const;
	return live.change(change, async () => {
		if (sending.isOver || signal.aborted) {
			throw new NotSent();
		}
		const behind = reachable(live, to, after, all);
		try {
			const now = await moving.move(live.knownCard(card.id) ?? card, to, behind, signal);
			sending.moved.push({ card, now });
			return { ...change, cards: [{ ...now, columnId: to.id }], after: behind };
		} catch (error) {
			sending.isOver = true;
			throw error;
		}
	});
}

/** Behind which of the cards that stay it is, where the card that was named is itself one of those being moved. */
function standing(live: LiveBoard, to: Column, after: string | undefined, moved: readonly Card[]): string | undefined {
	const isMoved = (id: string | undefined) => moved.some((card) => card.id === id);
	if (!isMoved(after)) {
		return after;
	}
	const shown = live.shown(to.id) ?? [];
	const before = shown.slice(
		0,
		shown.findIndex(({ id }) => id === after),
	);
	return before.findLast(({ id }) => !isMoved(id))?.id;
}

/** The card to stand behind as the vendor has it: what is shown there may be on its way still, or have failed to get there. */
function reachable(
	live: LiveBoard,
	{ id: columnId }: Column,
	after: string | undefined,
	moved: readonly Card[],
): string | undefined {
	const known = live.known(columnId);
	const isThere = after !== atTheEnd && (!known || known.some(({ id }) => id === after));
	return after === undefined || isThere
		? after
		: known?.findLast(({ id }) => moved.every((card) => card.id !== id))?.id;
}

/** Where a card stands. */
interface Place {
	readonly column: Column | undefined;
	readonly after: string | undefined;
}

function placeOf(live: LiveBoard, { id, columnId }: Card, columns: readonly Column[]): Place {
	return {
		column: columns.find((column) => column.id === columnId),
		after: standsAfter(live.shown(columnId) ?? [], id),
	};
}

interface Moved {
	readonly card: Card;
	readonly from: Place | undefined;
}

function noteMove(writing: Writing, live: LiveBoard, moved: readonly Moved[], to: Column): void {
	const [first] = moved;
	const label =
		moved.length === 1 && first
			? t('“{0}” moved to {1}', first.card.title, to.name)
			: t('{0} cards moved to {1}', moved.length, to.name);
	const left = [...moved];
	const undo = async (signal: AbortSignal): Promise<void> => {
		for (let one = left[0]; one; one = left[0]) {
			await moveBack(writing, live, one, to, signal);
			// What is back already stays out of another try.
			left.shift();
		}
	};
	writing.changes.note({ account: live.account, label, undo });
}

/** Throws `LocalFailure` where the card is not where it was put; only the vendor knows what others did. */
async function moveBack(
	writing: Writing,
	live: LiveBoard,
	{ card, from }: Moved,
	to: Column,
	signal: AbortSignal,
): Promise<void> {
	const { card: now } = await (await cardsOf(writing, live.account, signal)).look(card, signal);
	if (now.columnId !== to.id || !from?.column) {
		throw changedSince(now);
	}
	await live.cards(from.column, signal);
	await moveCards({ ...writing, changes: unnoted }, live, [now], from.column, from.after, signal);
}

/** Puts a column of a board elsewhere among the others. */
export async function moveColumn(
	writing: Writing,
	live: LiveBoard,
	column: Column,
	after: Column | undefined,
	signal: AbortSignal,
): Promise<void> {
	const { account } = live;
	const session = await writing.sessions.ready(account, signal);
	const ordering = required(session.columnOrdering, account);
	const columns = await live.columns(signal);
	const before = columns[columns.findIndex(({ id }) => id === column.id) - 1];
	try {
		await ordering.move(column, after, signal);
	} catch (error) {
		session.forget();
		throw error;
	} finally {
		live.columnsChanged();
	}
	writing.changes.note({
		account,
		label: t('{0} moved', column.name),
		undo: (each) => moveColumn({ ...writing, changes: unnoted }, live, column, before, each),
	});
}

function refuseImpossible(moving: CardMoving, cards: readonly Card[], to: Column): void {
	for (const card of cards) {
		const why = card.readOnly ?? moving.whyNot?.(card, to);
		if (why) {
			throw new LocalFailure(why);
		}
	}
}

function throwFirst(ends: readonly PromiseSettledResult<void>[], signal: AbortSignal): void {
	const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as Error] : []));
	const told =
		failures.find((error) => error instanceof ProviderError) ?? failures.find((error) => !(error instanceof NotSent));
	if (told) {
		throw told;
	}
	if (failures.length > 0) {
		signal.throwIfAborted();
	}
}
