import { t } from '@vscode/l10n';
import { textOf } from '../../core/form.ts';
import type { Workspace } from '../../core/model.ts';
import { bareForm, type Operation } from '../../core/operations.ts';
import type { Place } from './creation.ts';
import { editForm } from './editing.ts';
import { type Filing, filing } from './filing.ts';
import { writing } from './writing.ts';

/** Everything but what has a form of its own. */
export function projectOperations(place: Place) {
	const file = ({ id }: Workspace, operation: Filing, signal: AbortSignal) =>
		place.client.projects.file(id, operation, signal);
	return {
		edit: projectEditing(place),
		archive: filing(place, 'archive', () => t('Archive project'), file),
		restore: filing(place, 'restore', () => t('Restore project'), file),
		remove: projectRemoval(place),
	};
}

/**
 * The name alone: of all that a project holds nothing else is documented to change this way, and a workflow is taken and
 * left as it was.
 */
function projectEditing(place: Place): Operation<Workspace> {
	return {
		id: 'edit',
		get title() {
			return t('Edit project');
		},
		begin: ({ id, name }, signal) =>
			editForm(
				{
					title: t('Edit {0}', name),
					name,
					fields: (now) => [
						{ kind: 'text', id: 'name', label: t('Name'), required: true, initial: textOf(now, 'name') },
					],
					async read(each) {
						const { data } = await place.client.projects.one(id, each);
						return { name: data.attributes.name };
					},
					async send(values, each) {
						const { data } = await writing(place, () => place.client.projects.change(id, values, each));
						return { name: data.attributes.name };
					},
				},
				signal,
			),
	};
}

function projectRemoval(place: Place): Operation<Workspace> {
	return {
		id: 'delete',
		get title() {
			return t('Delete project');
		},
		begin: async ({ id, name }) =>
			bareForm(
				t('Delete {0}', name),
				async (signal) => {
					await writing(place, () => place.client.projects.remove(id, signal));
					return { message: t('{0} was deleted.', name) };
				},
				{
					question: t('Delete {0}?', name),
					detail: t(
						'Productive deletes the project with its folders, task lists, tasks and pages. Boardwalk can’t bring it back.',
					),
					button: t('Delete'),
					word: name,
				},
			),
	};
}
