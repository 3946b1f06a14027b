import { t } from '@vscode/l10n';
import type { Creation } from '../../core/creation.ts';
import { type Field, textOf, type Values } from '../../core/form.ts';
import type { Card, Column } from '../../core/model.ts';
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
import { type CardPart, changing, find } from './cardPart.ts';
import { choice } from './choices.ts';
import { relatedIn } from './document.ts';
import { type TaskWire, toCard } from './mapping.ts';
import { forForm } from './refusals.ts';

/** Where statuses are the columns, the task list that every task needs is asked for. */
const listField = 'list';

export function cardCreation(part: CardPart): Creation<Column, Card> {
	return {
		form: (column) => ({
			title: t('New task in {0}', column.name),
			submitLabel: t('Create task'),
			fields: fieldsOf(part, column),
			submit: (values, signal) => forForm(taskFields, () => create(part, column, values, signal)),
		}),
	};
}

function fieldsOf(part: CardPart, column: Column): readonly Field[] {
	const project = async () => column.workspaceId;
	const place =
		part.columnsAre === 'statuses'
			? choice(
					listField,
					t('Task list'),
					(at, signal) => part.client.folders.taskLists(column.boardId, 1, at, signal),
					({ id, attributes }) => ({ value: id, label: attributes.name }),
					{ required: true, none: t('This folder has no task list yet. Add one in Productive first.') },
				)
			: statusField(part, project, { help: t('Left out, the task gets the project’s usual status.') });
	return [titleField(), place, descriptionField(), assigneeField(part), ...dateFields(), labelsField(part, project)];
}

async function create(part: CardPart, column: Column, values: Values, signal: AbortSignal): Promise<Card> {
	const given = Object.entries(values).filter(([id]) => textOf(values, id) !== undefined || Array.isArray(values[id]));
	const { attributes, relationships } = bodyOf(Object.fromEntries(given));
	const byStatus = part.columnsAre === 'statuses';
	const list = byStatus ? textOf(values, listField) : column.id;
	const status = byStatus ? { workflow_status: { data: { type: 'workflow_statuses', id: column.id } } } : {};
	const place = {
		project: { data: { type: 'projects', id: column.workspaceId } },
		task_list: { data: { type: 'task_lists', id: list } },
	};
	const at = { boardId: column.boardId, columnId: column.id };
	return changing(part, [at], async () => {
		const { data } = await part.client.tasks.create(attributes, { ...relationships, ...status, ...place }, signal);
		return made(part, data, column, signal);
	});
}

/** The answer tells neither who nor which status. It is there whatever becomes of the second question. */
async function made(part: CardPart, wire: TaskWire, column: Column, signal: AbortSignal): Promise<Card> {
	const place = { boardId: column.boardId, columnId: column.id, extra: { project: column.workspaceId } };
	try {
		return (await find(part, wire.id, place, signal)).card;
	} catch {
		return toCard(wire, relatedIn([]), place, part.organization);
	}
}
