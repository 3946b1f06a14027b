import { t } from '@vscode/l10n';
import type { Creation } from '../../core/creation.ts';
import { textOf } from '../../core/form.ts';
import type { Board, Column } from '../../core/model.ts';
import {
	bareForm,
	type Operation,
	type RelatedItem,
	type RelatedList,
	type RelatedPlace,
} from '../../core/operations.ts';
import type { Page } from '../../core/page.ts';
import { paged } from '../../http/pages.ts';
import type { Place } from './creation.ts';
import { filing, isFiled } from './filing.ts';
import { byPlacement, toColumn } from './mapping.ts';
import { forForm } from './refusals.ts';
import { writing } from './writing.ts';

export function taskListCreation(place: Place): Creation<Board, Column> {
	return {
		form: (board) => ({
			title: t('New task list in {0}', board.name),
			submitLabel: t('Create task list'),
			fields: [{ kind: 'text', id: 'name', label: t('Name'), required: true }],
			submit: (values, signal) =>
				forForm({ name: 'name' }, async () => {
					const name = textOf(values, 'name') ?? '';
					const { folders } = place.client;
					const { data } = await writing(place, () =>
						folders.createTaskList(name, board.workspaceId, board.id, signal),
					);
					return { ...toColumn(data, board), renamable: true };
				}),
		}),
	};
}

/** Nothing deletes a task list, and it gets another name where its column does. */
export function taskListOperations(place: Place): readonly Operation<Column>[] {
	return [
		filing(
			place,
			'archive',
			() => t('Archive task list'),
			({ id }, operation, signal) => place.client.folders.fileTaskList(id, operation, signal),
		),
	];
}

/** A board shows only the task lists in use. */
export function archivedTaskLists(place: Place): RelatedList<Board> {
	return {
		id: 'archivedTaskLists',
		get name() {
			return t('Archived task lists');
		},
		icon: 'archive',
		get none() {
			return t('No task list of this folder is archived.');
		},
		list: (board, signal) => list(place, board, signal),
		itemOperations: [restoring(place)],
	};
}

function list({ client }: Place, board: Board, signal: AbortSignal): Promise<Page<RelatedItem>> {
	return paged(async (at, each) => {
		const { data, total, next } = await client.folders.taskLists(board.id, 2, Number(at ?? 1), each);
		return {
			items: [...data].sort(byPlacement).map(({ id, attributes }) => ({ id, name: attributes.name })),
			total,
			next,
		};
	}, signal);
}

function restoring(place: Place): Operation<RelatedPlace<Board>> {
	return {
		id: 'restore',
		get title() {
			return t('Restore task list');
		},
		begin: async ({ item: { id, name } }) =>
			bareForm(t('Restore task list'), async (signal) => {
				await writing(place, () => place.client.folders.fileTaskList(id, 'restore', signal));
				return { message: isFiled('restore', name) };
			}),
	};
}
