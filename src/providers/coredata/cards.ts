import { t } from '@vscode/l10n';
import { afterChange, checkTaken, checkValues, givenValues, mergedChanges } from '../../core/cardEdits.ts';
import type { CardDetail, CardMoving, Cards } from '../../core/cards.ts';
import { Refused } from '../../core/errors.ts';
import { type Form, isEmpty, type Values } from '../../core/form.ts';
import type { Card, Column, Fact } from '../../core/model.ts';
import { vendor } from './auth.ts';
import { inOurNames, newTaskFields, type Tasks, taskFields, toBody, valuesOf } from './cardFields.ts';
import { comments } from './comments.ts';
import { statusOf, timeText, toCard } from './mapping.ts';
import { mine } from './mine.ts';
import type { WholeTaskWire } from './replies.ts';
import { columnOf, familyOf, inOrder, labelOf, other } from './statuses.ts';
import { isClosed, isOver } from './unverified.ts';

/** Tasks as cards. CoreData keeps no order of them, no files and no lists on them, and describes no way back from a deletion. */
export function cards(tasks: Tasks): Cards {
	const { client, data } = tasks;
	return {
		look: (card, signal) => look(card, tasks, signal),
		me: (signal) => data.me(signal),
		mine: (signal) => mine(tasks, signal),
		creation: { form: (column) => taskForm(column, tasks) },
		editing: {
			fields: (card) => taskFields(card, tasks),
			edit: (card, values, signal) => edit(card, values, tasks, signal),
			completion: (card, isDone, signal) => completion(card, isDone, tasks, signal),
		},
		moving: moving(tasks),
		removal: {
			kind: 'delete',
			effect: t('CoreData describes no way to get a deleted task back.'),
			remove: (card, signal) => changing(card, tasks, () => client.removeTask(card.id, signal)).then(() => undefined),
		},
		comments: comments(tasks),
	};
}

async function look(card: Card, { client, data }: Tasks, signal: AbortSignal): Promise<CardDetail> {
	const task = await client.task(card.id, signal);
	return { card: await cardOf(task, card, data, signal), values: valuesOf(task), facts: toFacts(task) };
}

async function cardOf(task: WholeTaskWire, known: Card, data: Tasks['data'], signal: AbortSignal): Promise<Card> {
	const lists = await data.valueLists([task.status], signal);
	const status = task.status ? labelOf(task.status, lists) : undefined;
	return toCard(task, task.project?.id || known.boardId, columnOf(task, lists), status);
}

function toFacts({ created, created_by, modified, modified_by }: WholeTaskWire): readonly Fact[] {
	const facts: readonly (readonly [string, string | null | undefined])[] = [
		[t('Created'), created && timeText(created)],
		[t('Created by'), created_by],
		[t('Changed'), modified && timeText(modified)],
		[t('Changed by'), modified_by],
	];
	return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

/**
 * Sends what differs from the task as it is at this moment: CoreData has nothing that would find a change in between, and
 * replaces lists whole.
 */
async function edit(card: Card, values: Values, tasks: Tasks, signal: AbortSignal): Promise<Card> {
	const { client, data } = tasks;
	checkValues(taskFields(card, tasks), values);
	const before = await client.task(card.id, signal);
	const was = valuesOf(before);
	const sent = mergedChanges(values, was, { assignee: card.assigneeIds, labels: card.labels });
	if (Object.keys(sent).length === 0) {
		return cardOf(before, card, data, signal);
	}
	const body = toBody(sent);
	await changing(card, tasks, () => client.updateTask(card.id, body, signal));
	return afterChange(
		async () => {
			const after = await client.task(card.id, signal);
			checkTaken(sent, was, valuesOf(after), vendor);
			return cardOf(after, card, data, signal);
		},
		{ ...card, ...shownBy(sent, card) },
		signal,
	);
}

/** Work is over at the statuses whose keys come with CoreData; where a list has none of them, only its people know. */
async function completion(
	card: Card,
	isDone: boolean,
	{ data }: Tasks,
	signal: AbortSignal,
): Promise<Values | undefined> {
	const entries = (await data.valueList(familyOf(statusOf(card)) || 'task_status', signal)) ?? [];
	const fit = inOrder(entries).filter(({ name }) => isOver(name) === isDone);
	const status = fit.find(({ name }) => isDone && isClosed(name)) ?? fit[0];
	return status && { status: status.name };
}

/** What a card shows of values that were taken, for want of the vendor's own answer. */
function shownBy(sent: Values, card: Card): Partial<Card> {
	const { title, due, labels, assignee, status } = sent;
	return {
		...(typeof title === 'string' && { title }),
		...(typeof due === 'string' && { dueDate: due || undefined }),
		...(Array.isArray(labels) && { labels: labels as readonly string[] }),
		...(Array.isArray(assignee) && { assigneeIds: assignee as readonly string[], assignees: assignee }),
		...(typeof status === 'string' && { columnId: status, status: undefined, extra: { ...card.extra, status } }),
	};
}

/** Runs a change and forgets the tasks of its project, even after a failure: it may have been made all the same. */
async function changing<T>({ boardId }: Pick<Card, 'boardId'>, { data }: Tasks, run: () => Promise<T>): Promise<T> {
	try {
		return await run();
	} catch (error) {
		throw inOurNames(error);
	} finally {
		data.forgetTasks(boardId);
	}
}

/** Moving is giving another status. CoreData orders tasks by no wish of anybody's. */
function moving(tasks: Tasks): CardMoving {
	return {
		places: 'none',
		whyNot,
		async move(card, to, _, signal) {
			const why = whyNot(card, to);
			if (why !== undefined) {
				throw new Refused(why);
			}
			return edit(card, to.id === other ? {} : { status: to.id }, tasks, signal);
		},
	};
}

function whyNot(card: Card, to: Column): string | undefined {
	if (to.boardId !== card.boardId) {
		return t('CoreData has no call that moves a task to another project.');
	}
	if (to.id === other) {
		return card.columnId === other ? undefined : noStatus();
	}
	const family = familyOf(statusOf(card));
	return family === '' || family === familyOf(to.id)
		? undefined
		: t('“{0}” is of a type of task with other statuses, and “{1}” is none of them.', card.title, to.name);
}

function noStatus(): string {
	return t('“Other” is no status of CoreData: tasks stand there because the list of statuses does not have theirs.');
}

/** A new task in a status. Its type is the one that CoreData gives; templates of tasks no document describes. */
function taskForm(column: Column, tasks: Tasks): Form<Card> {
	if (column.id === other) {
		throw new Refused(noStatus());
	}
	const { client, data } = tasks;
	const { boardId, id: columnId } = column;
	const fields = newTaskFields(column, tasks);
	return {
		title: t('New task in {0}', column.name),
		submitLabel: t('Create task'),
		fields,
		async submit(values, signal) {
			checkValues(fields, values);
			const given = Object.fromEntries(Object.entries(givenValues(values)).filter(([, value]) => !isEmpty(value)));
			const body = { project: boardId, status: columnId, ...toBody(given) };
			const id = await changing(column, tasks, () => client.createTask(body, signal));
			const made: Card = { id, boardId, columnId, title: '', ...shownBy(given, { id, boardId, columnId, title: '' }) };
			return afterChange(async () => cardOf(await client.task(id, signal), made, data, signal), made, signal);
		},
	};
}
