import { t } from '@vscode/l10n';
import { type CardEditing, cardField } from '../../core/cards.ts';
import { InvalidInput, type Problem, Refused } from '../../core/errors.ts';
import { type Field, listOf, problemsOf, textOf, type Values } from '../../core/form.ts';
import type { Card } from '../../core/model.ts';
import { vendor } from './auth.ts';
import {
	assigneeField,
	bodyOf,
	dateFields,
	descriptionField,
	labelsField,
	statusField,
	taskFields,
	titleField,
} from './cardFields.ts';
import { type CardPart, changing, find, findAgain, projectOf } from './cardPart.ts';
import { linkedId } from './document.ts';
import { withLabels } from './mentions.ts';
import { forForm } from './refusals.ts';
import type { TaskWholeWire } from './taskShapes.ts';
import { closing, statusesOf, workflowOf } from './workflow.ts';

export function cardEditing(part: CardPart): CardEditing {
	const fields = (card: Card) => fieldsOf(part, card);
	return {
		fields,
		async edit(card, values, signal) {
			demandGood(fields(card), values);
			return edit(part, card, values, signal);
		},
		completion: (card, isDone, signal) => completion(part, card, isDone, signal),
	};
}

/** The first status of the workflow that closes a task, or the first one that does not. */
async function completion(
	part: CardPart,
	card: Card,
	isDone: boolean,
	signal: AbortSignal,
): Promise<Values | undefined> {
	const workflow = await workflowOf(part.client, part.shared, await projectOf(part, card, signal), signal);
	const statuses = await statusesOf(part.client, part.shared, workflow, signal);
	const status = statuses.find(({ attributes }) => (attributes.category_id === closing) === isDone);
	return status && { [cardField.status]: status.id };
}

function fieldsOf(part: CardPart, card: Card): readonly Field[] {
	const project = (signal: AbortSignal) => projectOf(part, card, signal);
	return [
		titleField(),
		statusField(part, project, { required: true }),
		assigneeField(part),
		...dateFields(),
		labelsField(part, project, card.labels),
		descriptionField(),
	];
}

/** Before anything is sent: a value of a field that is not there would be lost in silence. */
function demandGood(fields: readonly Field[], values: Values): void {
	const given = Object.keys(values).filter((id) => values[id] !== undefined);
	const stray = given.filter((id) => !fields.some((field) => field.id === id));
	const problems = [
		...problemsOf(
			fields.filter(({ id }) => given.includes(id)),
			values,
		),
		...stray.map((field) => ({ field, message: t('A task of Productive has no field “{0}”.', field) })),
	];
	if (problems.length > 0) {
		throw new InvalidInput(problems);
	}
}

/** What the fields hold; the description as it is kept, so that mentions survive a change. */
export function valuesOf(task: TaskWholeWire): Values {
	const { title, description, start_date, due_date, tag_list } = task.attributes;
	return {
		[cardField.title]: title,
		[cardField.status]: linkedId(task, 'workflow_status') ?? '',
		[cardField.assignee]: linkedId(task, 'assignee') ?? '',
		[cardField.start]: start_date ?? '',
		[cardField.due]: due_date ?? '',
		[cardField.labels]: tag_list ?? [],
		[cardField.description]: description ?? '',
	};
}

async function edit(part: CardPart, card: Card, values: Values, signal: AbortSignal): Promise<Card> {
	const { attributes, relationships } = bodyOf(values);
	if (Object.keys({ ...attributes, ...relationships }).length === 0) {
		return (await find(part, card.id, card, signal)).card;
	}
	const status = textOf(values, cardField.status);
	const goal = part.columnsAre === 'statuses' && status !== undefined ? [{ ...card, columnId: status }] : [];
	return changing(part, [card, ...goal], async () => {
		await forForm(taskFields, () => part.client.tasks.change(card.id, attributes, relationships, signal));
		const after = await findAgain(part, card.id, card, signal);
		demandTaken(card, values, valuesOf(after.data));
		return after.card;
	});
}

/** The vendor leaves out in silence what it does not know; what it only writes another way, it has taken. */
function demandTaken(before: Card, sent: Values, after: Values): void {
	const problems = Object.keys(after)
		.filter((id) => sent[id] !== undefined && !isTaken(id, before, sent, after))
		.map((field): Problem => ({ field, message: t('{0} did not take this.', vendor) }));
	if (problems.length > 0) {
		throw new Refused(t('{0} did not take everything that was changed on “{1}”.', vendor, before.title), problems);
	}
}

function isTaken(id: string, before: Card, sent: Values, after: Values): boolean {
	const text = (values: Values) => (textOf(values, id) ?? '').replaceAll(/\s+/g, ' ');
	if (id === cardField.labels) {
		const now = listOf(after, id);
		return isSame(now, listOf(sent, id)) || !isSame(now, before.labels ?? []);
	}
	if (id === cardField.description && text(sent) !== text(after)) {
		const { description } = before;
		const old = description && 'html' in description ? description.html : '';
		const now = after[id];
		return typeof now === 'string' && withLabels(now) !== old;
	}
	return text(sent) === text(after);
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
	const sorted = (words: readonly string[]) => JSON.stringify([...words].sort());
	return sorted(some) === sorted(others);
}
