import type { Account } from '../../core/accounts.ts';
import type { Column } from '../../core/model.ts';
import { numberText } from '../format.ts';
import { nothingHere, pagedList } from '../list.ts';
import { type Node, nodeId, type TreeContext } from '../node.ts';
import { cardNode } from './card.ts';

export interface ColumnNode extends Node {
	readonly kind: 'column';
	readonly account: Account;
	readonly column: Column;
}

export function columnNode(context: TreeContext, parent: Node & { account: Account }, column: Column): ColumnNode {
	const { account } = parent;
	const { levels } = context.sessions.provider(account);
	const session = context.sessions.peek(account);
	const word = levels.column?.one ?? '';
	const node: ColumnNode = {
		kind: 'column',
		id: nodeId(parent, 'c', column.id),
		parent,
		account,
		column,
		thing: column,
		lists: [],
		item: () => ({
			label: column.name,
			description: column.count === undefined ? undefined : numberText(column.count),
			icon: { codicon: 'list-unordered' },
			spoken: `${word} ${column.name}`,
			context: ['column', ...(session.columnRenaming && column.renamable ? ['rename'] : [])],
		}),
		tooltip: () => ({ title: column.name, facts: [word], text: column.note ?? levels.column?.note }),
	};
	const cards = pagedList({
		parent: node,
		key: 'cards',
		openPages: context.openPages,
		empty: nothingHere(levels.card?.many ?? ''),
		load: async (signal) =>
			(await context.sessions.ready(account, signal)).boards?.cards(column, signal) ?? { items: [] },
		toNode: (card) => cardNode(context, node, card),
	});
	return Object.assign(node, { lists: [cards] });
}
