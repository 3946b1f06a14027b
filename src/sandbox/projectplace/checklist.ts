import type { Api, Asked } from './api.ts';
import type { Placed } from './cards.ts';
import { found, type Shape } from './checks.ts';
import type { Card } from './holdings.ts';

interface Item {
	readonly id: number;
	readonly title: string;
	readonly done: boolean;
	readonly order: number;
}

/** The calls on one item have a slash at their end, the one that adds has none. */
export function checklistCalls({ call }: Api, writableOf: (asked: Asked) => Placed): void {
	// Those that came with a card count from 1 on each.
	let lastItem = 900_000;

	call(
		'POST /1/cards/:id/checklist',
		(asked) => {
			const { card } = writableOf(asked);
			const items = itemsOf(card);
			lastItem += 1;
			const order = Math.max(-1, ...items.map((item) => item.order)) + 1;
			return keep(card, [...items, { id: lastItem, title: String(asked.body.title), done: false, order }]);
		},
		{ title: 'text' },
	);
	call(
		'PUT /1/cards/:id/checklist/:item/',
		(asked) => {
			const { card } = writableOf(asked);
			const items = itemsOf(card);
			const item = found(items, asked.more.item, 'CHECKLIST_ITEM');
			return keep(
				card,
				items.map((one) => (one === item ? { ...one, ...asked.body } : one)),
			);
		},
		itemShape,
	);
	call('DELETE /1/cards/:id/checklist/:item/', (asked) => {
		const { card } = writableOf(asked);
		const items = itemsOf(card);
		const item = found(items, asked.more.item, 'CHECKLIST_ITEM');
		return keep(
			card,
			items.filter((one) => one !== item),
		);
	});
}

const itemShape: Shape = { title: 'text', done: 'flag' };

function itemsOf({ checklist }: Card): readonly Item[] {
	return (checklist as { readonly items: readonly Item[] } | null)?.items ?? [];
}

function keep(card: Card, items: readonly Item[]): Card {
	return Object.assign(card, { checklist: items.length > 0 ? { id: card.id + 500_000, items } : null });
}
