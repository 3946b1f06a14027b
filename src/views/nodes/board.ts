import { t } from '@vscode/l10n';
import type { Account } from '../../core/accounts.ts';
import type { Board } from '../../core/model.ts';
import { dateText, link, present, shortText } from '../format.ts';
import { nothingHere, pagedList } from '../list.ts';
import { type List, type Node, nodeId, type Tooltip, type TreeContext } from '../node.ts';
import { columnNode } from './column.ts';
import { containerNode } from './container.ts';

export interface BoardNode extends Node {
	readonly kind: 'board';
	readonly account: Account;
	readonly board: Board;
}

export function boardNode(context: TreeContext, parent: Node & { account: Account }, board: Board): BoardNode {
	const { board: level } = context.sessions.provider(parent.account).levels;
	const word = level?.one ?? '';
	const node: BoardNode = {
		kind: 'board',
		id: nodeId(parent, 'b', board.id),
		parent,
		account: parent.account,
		board,
		thing: board,
		lists: [],
		item: () => ({
			label: board.name,
			description: present(board.archived && t('archived'), board.status).join(' · '),
			icon: { codicon: board.archived ? 'archive' : 'project' },
			spoken: board.archived ? t('{0} {1}, archived', word, board.name) : `${word} ${board.name}`,
			context: ['board', ...link(board)],
		}),
		tooltip: () => tooltip(board, word),
	};
	return Object.assign(node, { lists: listsOf(context, node) });
}

async function tooltip(board: Board, word: string): Promise<Tooltip> {
	return {
		title: board.name,
		facts: present(
			word,
			board.startDate && t('Starts {0}', dateText(board.startDate)),
			board.dueDate && t('Due {0}', dateText(board.dueDate)),
		),
		text: await shortText(board.description),
	};
}

function listsOf(context: TreeContext, parent: BoardNode): List[] {
	const { account, board } = parent;
	const { openPages, sessions } = context;
	const { column } = sessions.provider(account).levels;
	const columns = pagedList({
		parent,
		key: 'columns',
		openPages,
		empty: nothingHere(column?.many ?? t('columns')),
		load: async (signal) => ({
			items: (await (await sessions.ready(account, signal)).boards?.columns(board, signal)) ?? [],
		}),
		toNode: (one) => columnNode(context, parent, one),
	});
	if (!sessions.peek(account).archives?.ofBoard) {
		return [columns];
	}
	const archives = pagedList({
		parent,
		key: 'archives',
		openPages,
		load: async (signal) => ({
			items: (await (await sessions.ready(account, signal)).archives?.ofBoard?.(board, signal)) ?? [],
		}),
		toNode: (archive) => containerNode(context, parent, archive),
	});
	return [archives, columns];
}
