import { t } from '@vscode/l10n';
import type { CardMoving, ColumnOrdering } from '../../core/cards.ts';
import { NotAllowed, OutcomeUnknown, Refused } from '../../core/errors.ts';
import type { Card, Column } from '../../core/model.ts';
import { vendor } from './auth.ts';
import { queryOf, taskListsKey } from './boards.ts';
import { type CardPart, changing, findAgain } from './cardPart.ts';
import { byPlacement } from './mapping.ts';
import type { Neighbour } from './taskClient.ts';
import { withoutSorting } from './unverified.ts';
import { all } from './workflow.ts';

/** Among statuses, what stands where belongs to the task lists behind them, so no place can be asked for there. */
export function cardMoving(part: CardPart): CardMoving {
	const byStatus = part.columnsAre === 'statuses';
	const whyNot = (card: Card, to: Column) => (byStatus ? noStatus(card, to) : noList(card, to));
	return {
		places: byStatus ? 'none' : 'any',
		whyNot,
		async move(card, to, after, signal) {
			const reason = whyNot(card, to);
			if (reason !== undefined) {
				throw new NotAllowed(reason);
			}
			const goal = { boardId: to.boardId, columnId: to.id };
			return changing(part, [card, goal], async () => {
				await (byStatus ? toStatus(part, card, to, signal) : toPlace(part, card, to, after, signal));
				return arrived(part, card, to, signal);
			});
		},
	};
}

function noList({ extra }: Card, to: Column): string | undefined {
	const project = extra?.['project'];
	return typeof project === 'string' && project !== to.workspaceId
		? t('A task stays in its project: the statuses of another project may be others.')
		: undefined;
}

function noStatus({ boardId }: Card, to: Column): string | undefined {
	return boardId === to.boardId
		? undefined
		: t(
				'A task goes to another folder by its task list. Let the settings show task lists as columns to move it there.',
			);
}

async function toStatus({ client }: CardPart, card: Card, to: Column, signal: AbortSignal): Promise<void> {
	if (card.columnId !== to.id) {
		const workflow_status = { data: { type: 'workflow_statuses', id: to.id } };
		await client.tasks.change(card.id, {}, { workflow_status }, signal);
	}
}

/** Up to two writes: into the list, then to its place. What has to be known for the second is asked before the first. */
async function toPlace(
	part: CardPart,
	card: Card,
	to: Column,
	after: string | undefined,
	signal: AbortSignal,
): Promise<void> {
	const next: Neighbour | undefined = after === undefined ? await first(part, card, to, signal) : { after };
	const moves = card.columnId !== to.id;
	if (moves) {
		const task_list = { data: { type: 'task_lists', id: to.id } };
		await part.client.tasks.change(card.id, next ? withoutSorting : {}, { task_list }, signal);
	}
	if (next) {
		await reposition(part, card, next, moves ? to : undefined, signal);
	}
}

async function first(
	{ client }: CardPart,
	card: Card,
	to: Column,
	signal: AbortSignal,
): Promise<Neighbour | undefined> {
	const { data } = await client.tasks.list(queryOf(to, 'taskLists'), 1, signal, 2);
	const before = data.find(({ id }) => id !== card.id)?.id;
	return before === undefined ? undefined : { before };
}

/** `moved` is the list that the task was put into right before. */
async function reposition(
	{ client }: CardPart,
	card: Card,
	next: Neighbour,
	moved: Column | undefined,
	signal: AbortSignal,
): Promise<void> {
	try {
		await client.tasks.reposition(card.id, next, signal);
	} catch (error) {
		signal.throwIfAborted();
		throw moved
			? new OutcomeUnknown(
					t(
						'“{0}” is in {1} now, but it is not certain that Productive put it at its place there.',
						card.title,
						moved.name,
					),
					error,
				)
			: error;
	}
}

async function arrived(part: CardPart, card: Card, to: Column, signal: AbortSignal): Promise<Card> {
	const { card: now } = await findAgain(part, card.id, { boardId: to.boardId, columnId: to.id }, signal);
	if (now.columnId !== to.id) {
		throw new Refused(t('{0} did not move “{1}” to {2}.', vendor, card.title, to.name));
	}
	return now;
}

/** Task lists alone: statuses are put into order in the vendor's settings, for all projects that use them. */
export function columnOrdering({ client, shared }: CardPart): ColumnOrdering {
	return {
		async move(column, after, signal) {
			const next = after ? { after: after.id } : await firstList(client, column, signal);
			if (!next || after?.id === column.id) {
				return;
			}
			try {
				await client.folders.repositionTaskList(column.id, next, signal);
			} finally {
				shared.delete(taskListsKey(column.boardId));
			}
		},
	};
}

async function firstList(
	client: CardPart['client'],
	{ id, boardId }: Column,
	signal: AbortSignal,
): Promise<Neighbour | undefined> {
	const lists = await all((at) => client.folders.taskLists(boardId, 1, at, signal));
	const before = lists.sort(byPlacement)[0]?.id;
	return before === undefined || before === id ? undefined : { before };
}
