import type { Board, Hit, Workspace } from '../../core/model.ts';
import { allItems, itemsOf } from '../../core/page.ts';
import type { Search } from '../../core/provider.ts';
import { foldText } from '../../core/search.ts';
import type { Client } from './client.ts';
import type { Data } from './data.ts';
import { toCard } from './mapping.ts';
import { columnOf, labelOf, toColumn } from './statuses.ts';

interface Looking {
	readonly client: Client;
	readonly data: Data;
	readonly matches: (...texts: readonly (string | null | undefined)[]) => boolean;
	readonly workspaces: ReadonlyMap<string, Workspace>;
	/** The projects that were met so far. */
	readonly boards: Map<string, Board>;
	readonly signal: AbortSignal;
}

/**
 * CoreData's API finds only beginnings of titles, so this reads its two lists of everything, a hundred at a time, where
 * walking would ask for the tasks of each project.
 */
export function search(client: Client, data: Data): Search {
	return async function* (text, signal) {
		const wanted = foldText(text);
		const matches: Looking['matches'] = (...texts) => texts.some((one) => one && foldText(one).includes(wanted));
		const workspaces = new Map((await allItems(await data.workspaces(signal), signal)).map((one) => [one.id, one]));
		for (const workspace of workspaces.values()) {
			if (matches(workspace.name)) {
				yield { workspace };
			}
		}
		const looking: Looking = { client, data, matches, workspaces, boards: new Map(), signal };
		yield* amongProjects(looking);
		yield* amongTasks(looking);
	};
}

async function* amongProjects({ client, data, matches, workspaces, boards, signal }: Looking): AsyncGenerator<Hit> {
	for await (const project of itemsOf(await client.projects(signal), signal)) {
		const [board] = await data.toBoards([project], signal);
		const workspace = workspaces.get(project.space.id);
		if (board && workspace) {
			boards.set(board.id, board);
			if (matches(board.name, project.identifier)) {
				yield { workspace, board };
			}
		}
	}
}

async function* amongTasks({ client, data, matches, workspaces, boards, signal }: Looking): AsyncGenerator<Hit> {
	for await (const task of itemsOf(await client.tasks(signal), signal)) {
		const board = boards.get(task.project?.id ?? '');
		const workspace = board && workspaces.get(board.workspaceId);
		if (board && workspace && matches(task.title)) {
			const lists = await data.valueLists([task.status], signal);
			const column = toColumn(columnOf(task, lists), { boardId: board.id, workspaceId: workspace.id }, lists);
			const card = toCard(task, board.id, column.id, task.status ? labelOf(task.status, lists) : undefined);
			yield { workspace, board, column, card };
		}
	}
}
