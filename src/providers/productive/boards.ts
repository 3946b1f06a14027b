import { t } from '@vscode/l10n';
import type { Board, Card, Column, Workspace } from '../../core/model.ts';
import type { Page } from '../../core/page.ts';
import type { Boards, ColumnRenaming } from '../../core/provider.ts';
import type { Shared } from '../../core/shared.ts';
import { paged } from '../../http/pages.ts';
import type { Client, TaskQuery } from './client.ts';
import { alike, byPlacement, toBoard, toCard, toColumn } from './mapping.ts';
import { pagedByStatus } from './statusPages.ts';
import { all, statusesOf, workflowOf } from './workflow.ts';

/** What stands for columns; the person's setting `columns`. */
export type ColumnsAre = 'taskLists' | 'statuses';

export function boards(client: Client, shared: Shared, columnsAre: ColumnsAre, organization: string): Boards {
	return {
		list: (workspace, signal) =>
			shared.get(`folders ${workspace.id}`, (each) => listBoards(client, workspace, each), signal),
		columns: (board, signal) =>
			columnsAre === 'statuses'
				? statusColumns(client, shared, board, signal)
				: shared.get(taskListsKey(board.id), (each) => listColumns(client, board, each), signal),
		cards: (column, signal) =>
			shared.get(
				cardsKey(column.boardId, column.id),
				(each) => listCards(client, column, queryOf(column, columnsAre), organization, each),
				signal,
			),
	};
}

/** Under what the cards of a column are remembered. */
export function cardsKey(board: string, column: string): string {
	return `cards ${board} ${column}`;
}

/** Under what the task lists of a folder are remembered. */
export function taskListsKey(board: string): string {
	return `task lists ${board}`;
}

/** Those in use, then archived ones. */
function listBoards(client: Client, workspace: Workspace, signal: AbortSignal): Promise<Page<Board>> {
	return pagedByStatus(async (status, at, each) => {
		const { data, next } = await client.folders.list(workspace.id, status, at, each);
		return { items: [...data].sort(byPlacement).map((folder) => toBoard(folder, workspace)), next };
	}, signal);
}

async function listColumns(client: Client, board: Board, signal: AbortSignal): Promise<readonly Column[]> {
	const lists = await all((at) => client.folders.taskLists(board.id, 1, at, signal));
	return lists.sort(byPlacement).map((list) => ({ ...toColumn(list, board), renamable: true }));
}

async function statusColumns(
	client: Client,
	shared: Shared,
	board: Board,
	signal: AbortSignal,
): Promise<readonly Column[]> {
	const known = board.extra?.['workflow'];
	const workflow = typeof known === 'string' ? known : await workflowOf(client, shared, board.workspaceId, signal);
	const note = t('A status of the workflow, which other folders and projects use too.');
	const statuses = await statusesOf(client, shared, workflow, signal);
	return statuses.map((status) => ({ ...toColumn(status, board), note }));
}

/** A task list shows its open tasks, as in the vendor's own list; among statuses the closed ones have columns. */
export function queryOf({ id, boardId }: Column, columnsAre: ColumnsAre): TaskQuery {
	return columnsAre === 'statuses' ? { folder: boardId, status: id } : { taskList: id, open: true };
}

function listCards(
	client: Client,
	column: Column,
	query: TaskQuery,
	organization: string,
	signal: AbortSignal,
): Promise<Page<Card>> {
	const place = { boardId: column.boardId, columnId: column.id, extra: { project: column.workspaceId } };
	const share = alike();
	return paged(async (at, each) => {
		const { data, related, total, next } = await client.tasks.list(query, Number(at ?? 1), each);
		return { items: data.map((task) => toCard(task, related, place, organization, share)), total, next };
	}, signal);
}

/** Task lists alone: a status belongs to every project of its workflow, and is renamed in the vendor's settings. */
export function taskListRenaming(client: Client, shared: Shared): ColumnRenaming {
	return {
		async rename(column, name, signal) {
			const { data } = await client.folders.renameTaskList(column.id, name, signal);
			shared.clear();
			return { ...column, name: data.attributes.name };
		},
	};
}
