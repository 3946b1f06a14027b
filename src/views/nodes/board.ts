import { t } from '@vscode/l10n';
import type { Account } from '../../core/accounts.ts';
import { arrange, arrangementText, isPlain, type Lane } from '../../core/arrangement.ts';
import { dateText } from '../../core/due.ts';
import type { LiveBoard } from '../../core/liveBoard.ts';
import type { Board, Workspace } from '../../core/model.ts';
import { bound } from '../../core/operations.ts';
import { onePage, type Page } from '../../core/page.ts';
import type { Session } from '../../core/provider.ts';
import { link, present, shortText } from '../format.ts';
import { jobWords } from '../jobAbilities.ts';
import { nothingHere, pagedList } from '../list.ts';
import { type List, type Node, nodeId, type Tooltip, type TreeContext } from '../node.ts';
import { operationWords } from '../operationAbilities.ts';
import { columnNode, laneNode } from './column.ts';
import { containerNode } from './container.ts';
import { relatedLists } from './related.ts';

export interface BoardNode extends Node {
	readonly kind: 'board';
	readonly account: Account;
	readonly board: Board;
	readonly workspace: Pick<Workspace, 'id' | 'name'>;
	readonly live: LiveBoard;
	/** The columns, or what the cards are grouped by. */
	readonly lanes: List;
}

export function boardNode(
	context: TreeContext,
	parent: Node & { account: Account },
	board: Board,
	workspace: Pick<Workspace, 'id' | 'name'>,
): BoardNode {
	const { board: level } = context.sessions.provider(parent.account).levels;
	const word = level?.one ?? '';
	const { account } = parent;
	const live = context.boards.of(account, workspace, board);
	const session = context.sessions.peek(account);
	const node: Omit<BoardNode, 'lanes'> = {
		kind: 'board',
		id: nodeId(parent, 'b', board.id),
		parent,
		account,
		board,
		workspace,
		live,
		thing: board,
		operations: (each) => bound(each.operations?.board, board),
		lists: [],
		item: () => ({
			label: board.name,
			description: present(
				board.archived && t('archived'),
				board.status,
				arrangementText(context.arrangements.get(account.id, board.id)),
			).join(' · '),
			icon: { codicon: board.archived ? 'archive' : 'project' },
			spoken: board.archived ? t('{0} {1}, archived', word, board.name) : `${word} ${board.name}`,
			context: ['board', ...link(board), ...abilities(session, board)],
		}),
		tooltip: () => tooltip(board, word),
	};
	const lanes = lanesOf(context, node);
	return Object.assign(node, {
		lanes,
		lists: [
			...archivesOf(context, node),
			...relatedLists(context, node, board, ({ related }) => related?.board),
			lanes,
		],
	});
}

function abilities(session: Session, board: Board): string[] {
	return [
		...jobWords(session, 'board'),
		...(session.webhooks ? ['webhooks'] : []),
		...(mayCreateColumn(session, board) ? ['newColumn'] : []),
		...(session.boardTexts?.length ? ['texts'] : []),
		...operationWords(bound(session.operations?.board, board)),
	];
}

function mayCreateColumn({ columnCreation }: Session, board: Board): boolean {
	return columnCreation !== undefined && !board.archived && columnCreation.whyNot?.(board) === undefined;
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

type Parent = Omit<BoardNode, 'lanes'>;

function lanesOf(context: TreeContext, parent: Parent): List {
	const { account, live } = parent;
	const { column } = context.sessions.provider(account).levels;
	return pagedList<Lane>({
		parent,
		key: 'columns',
		empty: nothingHere(column?.many ?? t('columns')),
		load: (signal) => loadLanes(context, parent, signal),
		toNode: (lane) =>
			lane.column
				? columnNode(context, parent, live, lane.column, isLazy(context, parent) ? undefined : lane)
				: laneNode(context, parent, live, lane),
	});
}

/** Whether the columns are as at the vendor: then each loads its cards when it is opened. */
function isLazy({ arrangements }: TreeContext, { account, board }: Parent): boolean {
	return isPlain(arrangements.get(account.id, board.id));
}

async function loadLanes(context: TreeContext, parent: Parent, signal: AbortSignal): Promise<Page<Lane>> {
	const { account, board, live } = parent;
	const columns = await live.columns(signal);
	if (isLazy(context, parent)) {
		return onePage(columns.map((column) => ({ id: column.id, name: column.name, column, cards: [], total: 0 })));
	}
	const { cards } = await context.sessions.ready(account, signal);
	const [me, loaded] = await Promise.all([
		cards?.me?.(signal),
		Promise.all(columns.map(async (column) => ({ column, cards: await live.allCards(column, signal) }))),
	]);
	return onePage(arrange(loaded, context.arrangements.get(account.id, board.id), { me, now: context.now() }));
}

function archivesOf(context: TreeContext, parent: Parent): List[] {
	const { account, board } = parent;
	const { openPages, sessions } = context;
	if (!sessions.peek(account).archives?.ofBoard) {
		return [];
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
	return [archives];
}
