import { t } from '@vscode/l10n';
import { cardField } from '../../core/cards.ts';
import { Refused } from '../../core/errors.ts';
import type { Field, Values } from '../../core/form.ts';
import type { Card, Choice } from '../../core/model.ts';
import { mapPage, onePage } from '../../core/page.ts';
import type { Client } from './client.ts';
import type { Data } from './data.ts';
import { statusOf, userChoice } from './mapping.ts';
import type { WholeTaskWire } from './replies.ts';
import { entryLabel, familyOf, inOrder, type Place } from './statuses.ts';
import { noDate, taskProperties } from './unverified.ts';

export interface Tasks {
	readonly client: Client;
	readonly data: Data;
}

/** What can be said of a task that is new; its status is the column it is made in. */
export function newTaskFields(place: Place, { client, data }: Tasks): readonly Field[] {
	return [
		{ kind: 'text', id: cardField.title, label: t('Title'), required: true },
		{ kind: 'text', id: cardField.description, label: t('Description'), multiline: true },
		{ kind: 'date', id: cardField.due, label: t('Due date') },
		{
			kind: 'choice',
			id: cardField.assignee,
			label: t('Responsible people'),
			many: true,
			choices: async (_, signal) => mapPage(await client.users(signal), userChoice),
		},
		{
			kind: 'choice',
			id: cardField.labels,
			label: t('Tags'),
			many: true,
			free: true,
			help: t('The tags that tasks of this project have; others can be typed.'),
			choices: async (_, signal) =>
				onePage((await data.tags(place, signal)).map((tag) => ({ value: tag, label: tag }))),
			none: t('No task of this project has a tag yet. Type the first one.'),
		},
		{ kind: 'text', id: 'statusMessage', label: t('Status message') },
	];
}

export function taskFields(card: Card, tasks: Tasks): readonly Field[] {
	const html = card.description !== undefined && 'html' in card.description;
	const fields = newTaskFields({ boardId: card.boardId, workspaceId: '' }, tasks);
	return [
		...fields.map((field): Field => (field.kind === 'text' && field.multiline ? { ...field, html } : field)),
		{
			kind: 'choice',
			id: cardField.status,
			label: t('Status'),
			required: true,
			choices: async (_, signal) => onePage(await statuses(card, tasks.data, signal)),
			none: t('CoreData does not show its list of statuses.'),
		},
	];
}

/** The statuses of the list that the task's own is from: each type of task follows one list. */
async function statuses(card: Card, data: Data, signal: AbortSignal): Promise<readonly Choice[]> {
	const entries = (await data.valueList(familyOf(statusOf(card)) || 'task_status', signal)) ?? [];
	return inOrder(entries).map((entry) => ({ value: entry.name, label: entryLabel(entry) }));
}

export function valuesOf(task: WholeTaskWire): Values {
	return {
		title: task.title,
		description: task.description ?? '',
		due: task.due_date ?? '',
		assignee: (task.responsible_users ?? []).map(({ username }) => username),
		labels: task.tags ?? [],
		status: task.status ?? '',
		statusMessage: task.status_message ?? '',
	};
}

export function toBody(values: Values): Readonly<Record<string, unknown>> {
	const properties = Object.entries(values).map(([id, value]) => [
		taskProperties[id] ?? id,
		id === cardField.due && value === '' ? noDate : value,
	]);
	return Object.fromEntries(properties);
}

/** A refusal with CoreData's names of properties turned into those of our fields. */
export function inOurNames(error: unknown): unknown {
	if (!(error instanceof Refused)) {
		return error;
	}
	const fields = new Map(Object.entries(taskProperties).map(([id, property]) => [property, id]));
	const problems = error.problems.map(({ field = '', message }) => ({ field: fields.get(field), message }));
	return new Refused(error.message, problems, error.cause);
}
