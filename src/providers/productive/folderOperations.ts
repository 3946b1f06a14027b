import { t } from '@vscode/l10n';
import { type Field, textOf, type Values } from '../../core/form.ts';
import type { Board } from '../../core/model.ts';
import type { Operation } from '../../core/operations.ts';
import type { Place } from './creation.ts';
import { editForm } from './editing.ts';
import { type Filing, filing } from './filing.ts';
import type { FolderWire } from './mapping.ts';
import { writing } from './writing.ts';

/** Nothing deletes a folder. */
export function folderOperations(place: Place): readonly Operation<Board>[] {
	const file = ({ id }: Board, operation: Filing, signal: AbortSignal) =>
		place.client.folders.file(id, operation, signal);
	return [
		folderEditing(place),
		filing(place, 'archive', () => t('Archive folder'), file),
		filing(place, 'restore', () => t('Restore folder'), file),
	];
}

function folderEditing(place: Place): Operation<Board> {
	const { folders } = place.client;
	return {
		id: 'edit',
		get title() {
			return t('Edit folder');
		},
		begin: ({ id, name }, signal) =>
			editForm(
				{
					title: t('Edit {0}', name),
					name,
					fields: fieldsOf,
					read: async (each) => valuesOf((await folders.one(id, each)).data),
					send: async (values, each) => valuesOf((await writing(place, () => folders.change(id, values, each))).data),
				},
				signal,
			),
	};
}

/** Servers of the time when folders were boards do not all say whether one is hidden. */
function valuesOf({ attributes: { name, hidden } }: FolderWire): Values {
	return { name, ...(typeof hidden === 'boolean' ? { hidden } : {}) };
}

function fieldsOf(now: Values): readonly Field[] {
	const { hidden } = now;
	const title: Field = { kind: 'text', id: 'name', label: t('Name'), required: true, initial: textOf(now, 'name') };
	return typeof hidden === 'boolean'
		? [title, { kind: 'flag', id: 'hidden', label: t('Hidden in Productive'), initial: hidden }]
		: [title];
}
