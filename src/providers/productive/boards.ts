import { t } from '@vscode/l10n';
import type { Board, Card, Column, Workspace } from '../../core/model.ts';
import type { Page } from '../../core/page.ts';
import type { Boards, ColumnRenaming } from '../../core/provider.ts';
import { paged } from '../../http/pages.ts';
import type { Shared } from '../../http/shared.ts';
import type { Client, Listed, TaskQuery } from './client.ts';
import { linkedId } from './document.ts';
import { byCategory, byPlacement, toBoard, toCard, toColumn } from './mapping.ts';

/** What stands for columns; the person's setting `columns`. */
export type ColumnsAre = 'taskLists' | 'statuses';

export function boards(client: Client, shared: Shared, columnsAre: ColumnsAre, organization: string): Boards {
	return {
		list: (workspace, signal) =>
			shared.get(`folders ${workspace.id}`, (each) => listBoards(client, workspace, each), signal),
		columns: (board, signal) =>
			columnsAre === 'statuses'
				? statusColumns(client, shared, board, signal)
				: shared.get(`task lists ${board.id}`, (each) => listColumns(client, board, each), signal),
		cards: (column, signal) =>
			shared.get(
				`cards ${column.boardId} ${column.id}`,
				(each) => listCards(client, column, queryOf(column, columnsAre), organization, each),
				signal,
			),
	};
}

function listBoards(client: Client, workspace: Workspace, signal: AbortSignal): Promise<Page<Board>> {
	return paged(async (at, each) => {
		const { data, total, next } = await client.folders(workspace.id, Number(at ?? 1), each);
		return { items: [...data].sort(byPlacement).map((folder) => toBoard(folder, workspace)), total, next };
	}, signal);
}

async function listColumns(client: Client, board: Board, signal: AbortSignal): Promise<readonly Column[]> {
	const lists = await all((at) => client.taskLists(board.id, at, signal));
	return lists.sort(byPlacement).map((list) => ({ ...toColumn(list, board), renamable: true }));
}

/** A workflow's statuses serve all its projects, so all its folders share one request. */
async function statusColumns(
	client: Client,
	shared: Shared,
	board: Board,
	signal: AbortSignal,
): Promise<readonly Column[]> {
	const workflow = await workflowOf(client, shared, board, signal);
	if (workflow === undefined) {
		return [];
	}
	const statuses = await shared.get(
		`statuses ${workflow}`,
		(each) => all((at) => client.statuses(workflow, at, each)),
		signal,
	);
	const note = t('A status of the workflow, which other folders and projects use too.');
	return [...statuses].sort(byCategory).map((status) => ({ ...toColumn(status, board), note }));
}

async function workflowOf(
	client: Client,
	shared: Shared,
	{ extra, workspaceId }: Board,
	signal: AbortSignal,
): Promise<string | undefined> {
	const known = extra?.['workflow'];
	if (typeof known === 'string') {
		return known;
	}
	const { data } = await shared.get(`project ${workspaceId}`, (each) => client.project(workspaceId, each), signal);
	return linkedId(data, 'workflow');
}

/** A task list shows its open tasks, as in the vendor's own list; among statuses the closed ones have columns. */
function queryOf({ id, boardId }: Column, columnsAre: ColumnsAre): TaskQuery {
	return columnsAre === 'statuses' ? { folder: boardId, status: id } : { taskList: id, open: true };
}

function listCards(
	client: Client,
	column: Column,
	query: TaskQuery,
	organization: string,
	signal: AbortSignal,
): Promise<Page<Card>> {
	return paged(async (at, each) => {
		const { data, related, total, next } = await client.tasks(query, Number(at ?? 1), each);
		const place = { boardId: column.boardId, columnId: column.id };
		return { items: data.map((task) => toCard(task, related, place, organization)), total, next };
	}, signal);
}

async function all<T>(ask: (page: number) => Promise<Listed<T>>): Promise<T[]> {
	const found: T[] = [];
	for (let at: number | undefined = 1; at !== undefined; ) {
		const { data, next }: Listed<T> = await ask(at);
		found.push(...data);
		at = next;
	}
	return found;
}

/** Task lists alone: a status belongs to every project of its workflow, and is renamed in the vendor's settings. */
export function taskListRenaming(client: Client, shared: Shared): ColumnRenaming {
	return {
		async rename(column, name, signal) {
			const { data } = await client.renameTaskList(column.id, name, signal);
			shared.clear();
			return { ...column, name: data.attributes.name };
		},
	};
}
