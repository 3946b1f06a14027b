import { t } from '@vscode/l10n';
import { cardField } from '../../core/cards.ts';
import { type ChoiceField, type Field, listOf, textOf, type Values } from '../../core/form.ts';
import type { Choice } from '../../core/model.ts';
import { onePage, type Page } from '../../core/page.ts';
import type { CardPart } from './cardPart.ts';
import { personField } from './projectFields.ts';
import { statusesOf, workflowOf } from './workflow.ts';

/** What the vendor calls what the fields are about; for its problems. */
export const taskFields = {
	title: cardField.title,
	description: cardField.description,
	workflow_status: cardField.status,
	assignee: cardField.assignee,
	start_date: cardField.start,
	due_date: cardField.due,
	tag_list: cardField.labels,
	task_list: 'list',
};

/** How the project that people and statuses are looked up in is found when a field is reached. */
export type FindProject = (signal: AbortSignal) => Promise<string>;

export function titleField(): Field {
	return { kind: 'text', id: cardField.title, label: t('Title'), required: true };
}

export function descriptionField(): Field {
	return { kind: 'text', id: cardField.description, label: t('Description'), multiline: true, html: true };
}

export function dateFields(): readonly Field[] {
	return [
		{ kind: 'date', id: cardField.start, label: t('Start date') },
		{ kind: 'date', id: cardField.due, label: t('Due date') },
	];
}

export function assigneeField({ client }: CardPart): ChoiceField {
	return personField(client, cardField.assignee, t('Assignee'), 'managers');
}

export function statusField(part: CardPart, project: FindProject, more: Partial<ChoiceField>): ChoiceField {
	const choices = async (_: Values, signal: AbortSignal): Promise<Page<Choice>> => {
		const workflow = await workflowOf(part.client, part.shared, await project(signal), signal);
		const statuses = await statusesOf(part.client, part.shared, workflow, signal);
		return onePage(statuses.map(({ id, attributes }) => ({ value: id, label: attributes.name })));
	};
	return { kind: 'choice', id: cardField.status, label: t('Status'), choices, ...more };
}

/** The vendor has no list of its labels, so these are the ones that tasks of the project have. */
export function labelsField(part: CardPart, project: FindProject, own: readonly string[] = []): ChoiceField {
	const choices = async (_: Values, signal: AbortSignal): Promise<Page<Choice>> => {
		const { data } = await part.client.tasks.latest(await project(signal), signal);
		const labels = new Set([...own, ...data.flatMap(({ attributes }) => attributes.tag_list ?? [])]);
		return onePage([...labels].sort((a, b) => a.localeCompare(b)).map((label) => ({ value: label, label })));
	};
	return {
		kind: 'choice',
		id: cardField.labels,
		label: t('Labels'),
		many: true,
		choices,
		free: true,
		help: t('The labels that tasks of this project have; others can be typed.'),
		none: t('No task of this project has a label yet. Type the first one.'),
	};
}

/** What is written for the fields that were given; an empty value clears its field. */
export function bodyOf(values: Values): { readonly attributes: object; readonly relationships: object } {
	const given = (id: string) => values[id] !== undefined;
	const one = (id: string, type: string) => {
		const value = textOf(values, id);
		return { data: value === undefined ? null : { type, id: value } };
	};
	const { title, description, start, due, labels, assignee, status } = cardField;
	return {
		attributes: {
			...(given(title) ? { title: textOf(values, title) } : {}),
			...(given(description) ? { description: textOf(values, description) ?? '' } : {}),
			...(given(start) ? { start_date: textOf(values, start) ?? null } : {}),
			...(given(due) ? { due_date: textOf(values, due) ?? null } : {}),
			...(given(labels) ? { tag_list: listOf(values, labels) } : {}),
		},
		relationships: {
			...(given(status) ? { workflow_status: one(status, 'workflow_statuses') } : {}),
			...(given(assignee) ? { assignee: one(assignee, 'people') } : {}),
		},
	};
}
