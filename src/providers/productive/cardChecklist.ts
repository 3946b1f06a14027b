import { t } from '@vscode/l10n';
import type { Checklist } from '../../core/cards.ts';
import { InvalidInput, NotAllowed, Refused } from '../../core/errors.ts';
import type { Card, ChecklistItem } from '../../core/model.ts';
import { vendor } from './auth.ts';
import { type CardPart, changing, projectOf } from './cardPart.ts';
import { linkedId } from './document.ts';
import type { StatusWire } from './mapping.ts';
import type { TaskWholeWire } from './taskShapes.ts';
import { all, closing, statusesOf, workflowOf } from './workflow.ts';

/** The subtasks of a card, which are tasks of their own: one is done where its status closes it. */
export function checklist(part: CardPart): Checklist {
	const { tasks } = part.client;
	return {
		async set(card, item, to, signal) {
			demandTitle(to.title);
			const attributes = to.title === item.title ? {} : { title: to.title.trim() };
			const data = to.done === item.done ? undefined : await statusFor(part, card, item, to.done, signal);
			return changing(part, [card], async () => {
				await tasks.change(item.id, attributes, data ? { workflow_status: { data } } : {}, signal);
				const { data: now } = await tasks.one(item.id, signal);
				if ((now.attributes.closed ?? false) !== to.done || now.attributes.title !== to.title.trim()) {
					throw new Refused(t('{0} did not take this.', vendor));
				}
				return toItem(now, to.done ? item.extra?.['status'] : undefined);
			});
		},
		async add(card, title, signal) {
			demandTitle(title);
			const { data: parent } = await tasks.one(card.id, signal);
			const attributes = { title: title.trim(), parent_task_id: Number(card.id) };
			const to = (name: string, type: string) => ({ data: { type, id: linkedId(parent, name) } });
			const relationships = { project: to('project', 'projects'), task_list: to('task_list', 'task_lists') };
			return changing(part, [card], async () => {
				const { data } = await tasks.create(attributes, relationships, signal);
				return { id: data.id, title: data.attributes.title, done: data.attributes.closed ?? false };
			});
		},
		remove: (card, { id }, signal) => changing(part, [card], () => tasks.remove(id, signal)),
	};
}

export async function subtasksOf({ client }: CardPart, { id }: Card, signal: AbortSignal) {
	const found = await all((at) => client.tasks.subtasks(id, at, signal));
	return found.sort(byPlace).map((task) => toItem(task));
}

const placeOf = ({ attributes }: TaskWholeWire) => attributes.subtask_placement ?? Infinity;

function byPlace(a: TaskWholeWire, b: TaskWholeWire): number {
	const [one, other] = [placeOf(a), placeOf(b)];
	return one === other ? Number(a.id) - Number(b.id) : one - other;
}

/** `before` is the status that it had before it was closed here, to be given back. */
function toItem(task: TaskWholeWire, before?: string | number | boolean): ChecklistItem {
	const { title, closed } = task.attributes;
	const status = linkedId(task, 'workflow_status');
	return { id: task.id, title, done: closed ?? false, extra: { status, ...(before === undefined ? {} : { before }) } };
}

async function statusFor(part: CardPart, card: Card, item: ChecklistItem, done: boolean, signal: AbortSignal) {
	const workflow = await workflowOf(part.client, part.shared, await projectOf(part, card, signal), signal);
	const statuses = await statusesOf(part.client, part.shared, workflow, signal);
	const fitting = statuses.filter((status) => closes(status) === done);
	const status = fitting.find(({ id }) => id === item.extra?.['before']) ?? fitting[0];
	if (!status) {
		throw new NotAllowed(t('The workflow of this project has no status for that.'));
	}
	return { type: 'workflow_statuses', id: status.id };
}

const closes = ({ attributes }: StatusWire): boolean => attributes.category_id === closing;

function demandTitle(title: string): void {
	if (title.trim() === '') {
		throw new InvalidInput([{ message: t('A subtask needs a title.') }]);
	}
}
