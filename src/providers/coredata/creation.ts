import { t } from '@vscode/l10n';
import { ProviderError } from '../../core/errors.ts';
import { type Form, textOf, type Values } from '../../core/form.ts';
import type { Board, Workspace } from '../../core/model.ts';
import { newBody, newProjectFields, type Projects } from './projectFields.ts';
import { ofForm } from './projectWrite.ts';

/** A new project in a space. https://docs.wise.is/cored/projects */
export function projectForm(space: Workspace, projects: Projects): Form<Board> {
	const { client, data } = projects;
	const fields = newProjectFields(space.id, projects);
	return {
		title: t('New project in {0}', space.name),
		submitLabel: t('Create project'),
		fields,
		async submit(values, signal) {
			try {
				const id = await client.createProject(newBody(space.id, values), signal);
				return await readBack(id, space, values, projects, signal);
			} catch (error) {
				throw ofForm(error, fields);
			} finally {
				data.forget();
			}
		},
	};
}

/** The new project as it is now. It exists whatever becomes of this question, so no failure may look as if it did not. */
async function readBack(
	id: string,
	space: Workspace,
	values: Values,
	{ client, data }: Projects,
	signal: AbortSignal,
): Promise<Board> {
	const made: Board = {
		id,
		workspaceId: space.id,
		name: textOf(values, 'title') ?? id,
		dueDate: textOf(values, 'due_date'),
	};
	try {
		const [board] = await data.toBoards([await client.project(id, signal)], signal);
		return board ?? made;
	} catch (error) {
		if (signal.aborted || error instanceof ProviderError) {
			return made;
		}
		throw error;
	}
}
