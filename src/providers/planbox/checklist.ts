import { t } from '@vscode/l10n';
import { afterChange } from '../../core/cardEdits.ts';
import type { Checklist } from '../../core/cards.ts';
import { InvalidInput, NotFound, Refused } from '../../core/errors.ts';
import type { Card, ChecklistItem } from '../../core/model.ts';
import { vendor } from './auth.ts';
import type { Making } from './creation.ts';
import { changing, checkWritable } from './itemChanges.ts';
import { isDone } from './mapping.ts';
import type { WholeStoryWire } from './replies.ts';

type TaskWire = NonNullable<WholeStoryWire['tasks']>[number];

/** The tasks of an item as its list to check off, in their order. */
export function itemsOf({ tasks }: WholeStoryWire): readonly ChecklistItem[] {
	return (tasks ?? []).map(toItem);
}

function toItem(task: TaskWire): ChecklistItem {
	return { id: task.id, title: task.name ?? task.id, done: isDone(task) };
}

/** No call gives a task another name or takes one away. */
export function checklist(making: Making): Checklist {
	return {
		set: (card, item, to, signal) => set(card, item, to, making, signal),
		add: (card, title, signal) => add(card, title, making, signal),
	};
}

/**
 * Completes a task or makes it pending again, and only where it is otherwise. Nothing is set to be in progress here: that
 * starts a timer, so it is a field of its own, which warns (`tasksInProgress.ts`).
 */
async function set(
	card: Card,
	item: ChecklistItem,
	{ title, done }: Pick<ChecklistItem, 'title' | 'done'>,
	making: Making,
	signal: AbortSignal,
): Promise<ChecklistItem> {
	checkWritable(card);
	if (title !== item.title) {
		throw new Refused(t('Planbox has no call that gives a task another name.'));
	}
	const before = await making.client.story(card.id, signal);
	const now = toItem(taskOf(before, item));
	if (now.done === done) {
		return now;
	}
	const form = { story_id: card.id, task_id: item.id, status: done ? 'completed' : 'pending' };
	await changing(before.product_id, making, () => making.client.updateTask(form, signal));
	return afterChange(() => setNow(card, item, done, making, signal), { ...now, done }, signal);
}

async function setNow(
	card: Card,
	item: ChecklistItem,
	done: boolean,
	{ client }: Making,
	signal: AbortSignal,
): Promise<ChecklistItem> {
	const after = toItem(taskOf(await client.story(card.id, signal), item));
	if (after.done !== done) {
		throw new Refused(t('{0} did not take this.', vendor));
	}
	return after;
}

function taskOf({ tasks }: WholeStoryWire, item: ChecklistItem): TaskWire {
	const task = tasks?.find(({ id }) => id === item.id);
	if (!task) {
		throw new NotFound(t('Planbox does not list the task “{0}” any more.', item.title));
	}
	return task;
}

async function add(card: Card, typed: string, making: Making, signal: AbortSignal): Promise<ChecklistItem> {
	checkWritable(card);
	const title = typed.trim();
	if (title === '') {
		throw new InvalidInput([{ message: t('A task needs a name.') }]);
	}
	const { client } = making;
	const before = await client.story(card.id, signal);
	const known = new Set(itemsOf(before).map(({ id }) => id));
	await changing(before.product_id, making, () => client.addTask({ story_id: card.id, name: title }, signal));
	const made: ChecklistItem = { id: 'new', title, done: false };
	const read = async () =>
		itemsOf(await client.story(card.id, signal)).find((one) => one.title === title && !known.has(one.id)) ?? made;
	return afterChange(read, made, signal);
}
