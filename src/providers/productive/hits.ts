import type { Hit } from '../../core/model.ts';
import type { ColumnsAre } from './boards.ts';
import type { Listed } from './client.ts';
import { folder, project, status, type TaskWire, taskList, toBoard, toCard, toColumn, toWorkspace } from './mapping.ts';

/** A task with its way; nothing where its project is not visible. */
export function toHit(
	task: TaskWire,
	{ related }: Listed<TaskWire>,
	columnsAre: ColumnsAre,
	organizationId: string,
): Hit[] {
	const within = related(task, 'project', project);
	const list = related(task, 'task_list', taskList);
	const above = related(list, 'folder', folder) ?? related(list, 'board', folder);
	if (!within) {
		return [];
	}
	const workspace = toWorkspace(within, related, organizationId);
	const board = above && toBoard(above, workspace);
	const columnWire = columnsAre === 'statuses' ? related(task, 'workflow_status', status) : list;
	const column = board && columnWire && toColumn(columnWire, board);
	const card = toCard(
		task,
		related,
		{ boardId: board?.id ?? '', columnId: column?.id ?? '', extra: { project: within.id } },
		organizationId,
	);
	return [{ workspace, board, column, card }];
}
