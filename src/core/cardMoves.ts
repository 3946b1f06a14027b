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
	const from = cards.map((card) => ({ card, after: standsAfter(live.shown(card.columnId) ?? [], card.id) }));
	const columns = await live.columns(signal);
	let failed = false;
	const moved: typeof from = [];
	const moves = from.map(({ card, after: before }, at) => {
		const behind = cards[at - 1]?.id ?? after;
		const change = { kind: 'place', cards: [card], columnId: to.id, after: behind } as const;
		return live.change(change, async () => {
			if (failed || signal.aborted) {
				throw new NotSent();
			}
			try {
				const now = await moving.move(card, to, behind === atTheEnd ? lastOf(live, to, cards) : behind, signal);
				moved.push({ card: now, after: before });
				return { ...change, cards: [{ ...now, columnId: to.id }] };
			} catch (error) {
				failed = true;
				throw error;
			}
		});
	});
	const ends = await Promise.allSettled(moves);
	if (moved.length > 0) {
		noteMove(writing, live, moved, { from: cards[0], to, columns, moving });
		if (moving.places !== 'any') {
			await live.lookAgain([to.id], signal);
		}
	}
	throwFirst(ends);
}

/** The last card of a column that is none of those being moved. */
function lastOf(live: LiveBoard, to: Column, cards: readonly Card[]): string | undefined {
	const moved = new Set(cards.map(({ id }) => id));
	return live.shown(to.id)?.findLast(({ id }) => !moved.has(id))?.id;
}

interface Move {
	readonly from: Card | undefined;
	readonly to: Column;
	readonly columns: readonly Column[];
	readonly moving: CardMoving;
}

function noteMove(
	writing: Writing,
	live: LiveBoard,
	moved: readonly { readonly card: Card; readonly after: string | undefined }[],
	{ from, to, columns }: Move,
): void {
	const back = columns.find(({ id }) => id === from?.columnId);
	const [first] = moved;
	const label =
		moved.length === 1 && first
			? t('“{0}” moved to {1}', first.card.title, to.name)
			: t('{0} cards moved to {1}', moved.length, to.name);
	const undo = async (signal: AbortSignal): Promise<void> => {
		for (const { card, after } of moved) {
			const now = live.card(card.id);
			if (!now || now.columnId !== to.id || !back) {
				throw changedSince(card);
			}
			await moveCards({ ...writing, changes: unnoted }, live, [now], back, after, signal);
		}
	};
	writing.changes.note({ account: live.account, label, undo });
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
	const { columnOrdering } = await writing.sessions.ready(account, signal);
	const columns = await live.columns(signal);
	const before = columns[columns.findIndex(({ id }) => id === column.id) - 1];
	await required(columnOrdering, account).move(column, after, signal);
	live.columnsChanged();
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

function throwFirst(ends: readonly PromiseSettledResult<void>[]): void {
	const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as Error] : []));
	const told =
		failures.find((error) => error instanceof ProviderError) ?? failures.find((error) => !(error instanceof NotSent));
	if (told) {
		throw told;
	}
}
