import { t } from '@vscode/l10n';
import type { Account } from '../../core/accounts.ts';
import type { Lane } from '../../core/arrangement.ts';
import type { LiveBoard } from '../../core/liveBoard.ts';
import type { Column } from '../../core/model.ts';
import { bound } from '../../core/operations.ts';
import type { Session } from '../../core/provider.ts';
import { numberText } from '../format.ts';
import { fixedList, nothingHere, pagedList } from '../list.ts';
import { type List, type Node, nodeId, type TreeContext } from '../node.ts';
import { operationWords } from '../operationAbilities.ts';
import { cardNode } from './card.ts';
import { relatedLists } from './related.ts';

export interface ColumnNode extends Node {
	readonly kind: 'column';
	readonly account: Account;
	readonly column: Column;
	readonly live: LiveBoard;
}

/** What cards are grouped by where that is not their column. */
export interface LaneNode extends Node {
	readonly kind: 'lane';
	readonly account: Account;
	readonly live: LiveBoard;
}

type Parent = Node & { readonly account: Account };

/** A column, which loads its cards; with `lane`, only those that were chosen, in the order they were put in. */
export function columnNode(
	context: TreeContext,
	parent: Parent,
	live: LiveBoard,
	column: Column,
	lane?: Lane,
): ColumnNode {
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
		live,
		thing: column,
		operations: (each) => bound(each.operations?.column, column),
		lists: [],
		item: () => ({
			label: column.name,
			description: lane ? laneCount(lane) : column.count === undefined ? undefined : numberText(column.count),
			icon: { codicon: 'list-unordered' },
			spoken: `${word} ${column.name}`,
			context: [
				'column',
				...columnWords(session, column),
				...operationWords(bound(session.operations?.column, column)),
			],
		}),
		tooltip: () => ({ title: column.name, facts: [word], text: column.note ?? levels.column?.note }),
	};
	const cards = lane
		? cardsOf(context, node, lane)
		: pagedList({
				parent: node,
				key: 'cards',
				empty: nothingHere(levels.card?.many ?? ''),
				load: (signal) => live.cards(column, signal),
				toNode: (card) => cardNode(context, node, card),
			});
	const related = relatedLists(context, node, column, (each) => each.related?.column);
	return Object.assign(node, { lists: [...related, cards] });
}

/** What cards were grouped by: a person, a label, a date. */
export function laneNode(context: TreeContext, parent: Parent, live: LiveBoard, lane: Lane): LaneNode {
	const node: LaneNode = {
		kind: 'lane',
		id: nodeId(parent, 'g', lane.id),
		parent,
		account: parent.account,
		live,
		lists: [],
		item: () => ({
			label: lane.name,
			description: laneCount(lane),
			icon: { codicon: 'layers' },
			context: ['lane'],
		}),
	};
	return Object.assign(node, { lists: [cardsOf(context, node, lane)] });
}

function columnWords({ cards, columnOrdering, columnRenaming }: Session, column: Column): string[] {
	return [
		...(columnRenaming && column.renamable ? ['rename'] : []),
		...(cards?.creation && cards.creation.whyNot?.(column) === undefined ? ['newCard'] : []),
		...(columnOrdering ? ['moveColumn'] : []),
	];
}

function cardsOf(context: TreeContext, node: ColumnNode | LaneNode, { cards }: Lane): List {
	const nodes = cards.map((card) => cardNode(context, node, card));
	return fixedList(() => nodes);
}

function laneCount({ cards, total }: Lane): string {
	return cards.length === total ? numberText(total) : t('{0} of {1}', numberText(cards.length), numberText(total));
}
