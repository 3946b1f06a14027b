import type { Hit } from '../../core/model.ts';
import type { Page } from '../../core/page.ts';
import type { Tasks } from './cardFields.ts';
import { turned } from './data.ts';
import { toCard } from './mapping.ts';
import type { WholeTaskWire } from './replies.ts';
import { columnOf, labelOf, toColumn, type ValueLists } from './statuses.ts';
import { isOver } from './unverified.ts';

/**
 * What this person is responsible for and is not over. Every task names its project and space, so the way to it costs no
 * request.
 */
export async function mine({ client, data }: Tasks, signal: AbortSignal): Promise<Page<Hit>> {
	const me = await data.me(signal);
	// The vendor's total counts what is over too.
	const { total: _, ...page } = await client.tasksOfUser(me, signal);
	return turned(
		page,
		async (tasks, signal) => {
			const its = tasks.filter((task) => isToDo(task, me));
			const lists = await data.valueLists(
				its.map(({ status }) => status),
				signal,
			);
			return its.map((task) => toHit(task, lists));
		},
		signal,
	);
}

/** No document says what a user's tasks are: those one made may be among them. */
function isToDo({ responsible_users, status }: WholeTaskWire, me: string): boolean {
	return !isOver(status ?? '') && (responsible_users ?? []).some(({ username }) => username === me);
}

function toHit(task: WholeTaskWire, lists: ValueLists): Hit {
	const { project, space, status } = task;
	const place = { boardId: project.id, workspaceId: space.id };
	const column = toColumn(columnOf(task, lists), place, lists);
	return {
		workspace: { id: space.id, name: space.title || space.id },
		board: {
			id: project.id,
			workspaceId: space.id,
			name: project.title || project.id,
			extra: { identifier: project.identifier || undefined },
		},
		column,
		card: toCard(task, project.id, column.id, status ? labelOf(status, lists) : undefined),
	};
}
