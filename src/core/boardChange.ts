import type { Card } from './model.ts';

/** The cards of a board by the ids of their columns, each in its order; only of columns that were loaded. */
export type CardLists = ReadonlyMap<string, readonly Card[]>;

/** A change to the cards of a board, as plain data. */
export type BoardChange =
	/** Cards put into a column, in this order, right behind the card `after`, or first where it is undefined. */
	| {
			readonly kind: 'place';
			readonly cards: readonly Card[];
			readonly columnId: string;
			readonly after: string | undefined;
	  }
	/** A card as it is from now on, where it stands, whichever column it names. */
	| { readonly kind: 'replace'; readonly card: Card }
	| { readonly kind: 'remove'; readonly card: Card };

/** Stands for "behind all others" in `after`. */
export const atTheEnd = '\u0000end';

/** The lists with one change made. Lists it does not touch stay the same objects. */
export function applied(lists: CardLists, change: BoardChange): CardLists {
	switch (change.kind) {
		case 'place':
			return placed(lists, change);
		case 'replace':
			return withList(lists, change.card, (cards, columnId) =>
				cards.map((card) => (card.id === change.card.id ? inColumn(change.card, columnId) : card)),
			);
		case 'remove':
			return withList(lists, change.card, (cards) => cards.filter(({ id }) => id !== change.card.id));
	}
}

/** Whether the lists tell where a change puts its cards: behind a card that is not in them may be anywhere. */
export function isPlaced(lists: CardLists, change: BoardChange): boolean {
	if (change.kind !== 'place' || change.after === undefined || change.after === atTheEnd) {
		return true;
	}
	const target = lists.get(change.columnId);
	return target === undefined || target.some(({ id }) => id === change.after);
}

/** The ids of the columns a change to these lists touches: where its cards go, are said to be and stand. */
export function touchedBy(change: BoardChange, lists: CardLists): readonly string[] {
	const cards = cardsOf(change);
	const said = cards.map(({ columnId }) => columnId);
	const stand = cards.flatMap((card) => columnOf(lists, card) ?? []);
	return [...new Set([...(change.kind === 'place' ? [change.columnId] : []), ...said, ...stand])];
}

/** The cards that a change is about. */
export function cardsOf(change: BoardChange): readonly Card[] {
	return change.kind === 'place' ? change.cards : [change.card];
}

/** Behind which card a card stands in its column; undefined for the first. */
export function standsAfter(cards: readonly Card[], id: string): string | undefined {
	const at = cards.findIndex((card) => card.id === id);
	return cards[at - 1]?.id;
}

function placed(lists: CardLists, { cards, columnId, after }: Extract<BoardChange, { kind: 'place' }>): CardLists {
	const moved = new Set(cards.map(({ id }) => id));
	const next = new Map(lists);
	for (const [id, list] of lists) {
		if (list.some((card) => moved.has(card.id))) {
			next.set(
				id,
				list.filter((card) => !moved.has(card.id)),
			);
		}
	}
	const target = next.get(columnId);
	if (target) {
		const behind = target.findIndex(({ id }) => id === after);
		// Behind a card that is not there, such as one of a page that was not loaded, is at the end of what is.
		const at = behind < 0 && after !== undefined ? target.length : behind + 1;
		const here = cards.map((card) => inColumn(card, columnId));
		next.set(columnId, [...target.slice(0, at), ...here, ...target.slice(at)]);
	}
	return next;
}

/** With the list changed in which a card stands; what a card says of its column may be older than a move of it. */
function withList(
	lists: CardLists,
	card: Card,
	change: (cards: readonly Card[], columnId: string) => readonly Card[],
): CardLists {
	const columnId = columnOf(lists, card);
	const list = columnId === undefined ? undefined : lists.get(columnId);
	return columnId !== undefined && list ? new Map(lists).set(columnId, change(list, columnId)) : lists;
}

function columnOf(lists: CardLists, { id }: Card): string | undefined {
	for (const [columnId, list] of lists) {
		if (list.some((card) => card.id === id)) {
			return columnId;
		}
	}
	return undefined;
}

function inColumn(card: Card, columnId: string): Card {
	return card.columnId === columnId ? card : { ...card, columnId };
}
