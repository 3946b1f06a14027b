import type { Operations, Related } from '../../core/operations.ts';
import type { ColumnsAre } from './boards.ts';
import type { Place } from './creation.ts';
import { folderOperations } from './folderOperations.ts';
import { projectCopying } from './projectCopying.ts';
import { projectOperations } from './projectOperations.ts';
import { archivedTaskLists, taskListOperations } from './taskLists.ts';
import { workflowChange } from './workflowChange.ts';
import { workflowMapping } from './workflowMapping.ts';

/** What stands for columns is a thing of its own only where those are task lists. */
export function operations(place: Place, columnsAre: ColumnsAre): Operations {
	const { edit, archive, restore, remove } = projectOperations(place);
	return {
		workspace: [edit, projectCopying(place), workflowChange(place), workflowMapping(place), archive, restore, remove],
		board: folderOperations(place),
		...(columnsAre === 'taskLists' ? { column: taskListOperations(place) } : {}),
	};
}

export function related(place: Place): Related {
	return { board: [archivedTaskLists(place)] };
}
