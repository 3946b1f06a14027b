import { type Input, rename } from './input.ts';
import { type Kind, kinds, type Row } from './kinds.ts';
import { placeLast } from './placing.ts';
import { own, whole } from './projects.ts';
import { blank, demandNone, isBlank, wrong } from './replies.ts';
import type { Routes } from './routes.ts';
import type { Store } from './store.ts';

/** What may be written; everything else is refused. */
const writable = {
	folder: 'name project_id position hidden',
	folderChange: 'name position hidden',
	taskList: 'name project_id folder_id board_id position',
	taskListChange: 'name position',
} as const;

const { folders, boards, task_lists } = kinds as Record<'folders' | 'boards' | 'task_lists', Kind>;

/** Folders under both of their names, and task lists. Neither is ever deleted. */
export function addFolders(routes: Routes, store: Store, clock: () => number): void {
	for (const kind of [folders, boards]) {
		routes.creating(`/${kind.type}`, kind, writable.folder, (input, place) => createFolder(store, input, place));
		routes.changing(kind, '', writable.folderChange, (row, input) => {
			demandNone(hiddenWrong(input));
			rename(row, input, 'name');
		});
		addFiling(routes, kind, clock);
	}
	routes.creating('/task_lists', task_lists, writable.taskList, (input, place) => createTaskList(store, input, place));
	routes.changing(task_lists, '', writable.taskListChange, (row, input) => rename(row, input, 'name'));
	addFiling(routes, task_lists, clock);
}

function addFiling(routes: Routes, kind: Kind, clock: () => number): void {
	routes.changing(kind, '/archive', undefined, (row) => (row['archived_at'] ??= whole(clock())));
	routes.changing(kind, '/restore', undefined, (row) => (row['archived_at'] = null));
}

const hiddenWrong = ({ hidden }: Input) => ['hidden', wrong, hidden != null && typeof hidden !== 'boolean'] as const;

function createFolder(store: Store, { name, project_id, ...input }: Input, organization_id: number): Row {
	demandNone(
		['name', blank, isBlank(name)],
		['project', wrong, !own(store, 'projects', project_id, organization_id)],
		hiddenWrong(input),
	);
	const others = store.tables['folders'] ?? [];
	const row = store.add('folders', { ...input, name, project_id: Number(project_id), organization_id });
	placeLast(
		row,
		others.filter((one) => one !== row),
		'placement',
	);
	return row;
}

/** In a folder of the project, named by its new name or by its old one. */
function createTaskList(store: Store, input: Input, organization_id: number): Row {
	const { name, position = null, project_id } = input;
	const word = 'board_id' in input ? 'board' : 'folder';
	const folder = own(store, 'folders', input[`${word}_id`], organization_id);
	demandNone(
		['name', blank, isBlank(name)],
		['project', wrong, !own(store, 'projects', project_id, organization_id)],
		[word, wrong, folder?.['project_id'] !== Number(project_id)],
	);
	const row = store.add('task_lists', {
		name,
		position,
		organization_id,
		project_id: Number(project_id),
		folder_id: folder?.id,
		board_id: folder?.id,
	});
	const siblings = (store.tables['task_lists'] ?? []).filter(
		(one) => one !== row && one['folder_id'] === row['folder_id'],
	);
	placeLast(row, siblings, 'placement');
	return row;
}
