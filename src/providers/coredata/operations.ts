import { t } from '@vscode/l10n';
import { changedValues, type Field, type Form, initialValues, type Values } from '../../core/form.ts';
import type { Board } from '../../core/model.ts';
import { bareForm, type Operation, type Outcome } from '../../core/operations.ts';
import { templateOf } from './aspects.ts';
import { toChoice } from './mapping.ts';
import { changeProject, Overtaken } from './projectChange.ts';
import { type Held, type Projects, projectFields } from './projectFields.ts';
import { ofForm, sendRemoval } from './projectWrite.ts';
import { labelOf } from './statuses.ts';

/** What can be done with a project as a whole. https://docs.wise.is/cored/projects */
export function projectOperations(projects: Projects): readonly Operation<Board>[] {
	return [
		{ id: 'edit', title: t('Edit project'), begin: (board, signal) => beginEdit(board, projects, signal) },
		{ id: 'delete', title: t('Delete project'), begin: (board, signal) => beginRemoval(board, projects, signal) },
	];
}

async function beginEdit({ id }: Board, projects: Projects, signal: AbortSignal): Promise<Form<Outcome>> {
	const held = await heldOf(id, projects, signal);
	const { title } = held.project;
	const fields = projectFields(held, projects);
	/** What others were found to have made of a value, and the person was told. */
	let told: Values = {};
	return {
		title: t('Edit {0}', title),
		submitLabel: t('Save project'),
		fields,
		prefilled: true,
		async submit(values, signal) {
			const wanted = { ...picked(values, Object.keys(told)), ...changedValues(fields, values) };
			const shown = { ...initialValues(fields), ...told };
			try {
				const sent = await changeProject(id, { wanted: cleared(wanted, fields), shown }, projects, signal);
				return { message: outcomeOf(sent, title) };
			} catch (error) {
				told = error instanceof Overtaken ? { ...told, ...error.now } : told;
				throw ofForm(error, fields);
			}
		},
	};
}

async function heldOf(id: string, { client, data }: Projects, signal: AbortSignal): Promise<Held> {
	const project = await client.project(id, signal);
	const { status } = project;
	const [lists, template] = await Promise.all([data.valueLists([status], signal), templateOf(project, client, signal)]);
	return {
		project,
		status: status ? { value: status, label: labelOf(status, lists) } : undefined,
		template: project.template ? toChoice(template ?? { id: project.template, title: project.template }) : undefined,
	};
}

function picked(values: Values, ids: readonly string[]): Values {
	return Object.fromEntries(ids.map((id) => [id, values[id]]));
}

/** A field that was emptied holds nothing at all for some forms; the vendor is told an empty text or an empty list. */
function cleared(values: Values, fields: readonly Field[]): Values {
	const isMany = (id: string) => fields.some((field) => field.id === id && field.kind === 'choice' && field.many);
	return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, value ?? (isMany(id) ? [] : '')]));
}

function outcomeOf({ title: renamed, ...others }: Values, title: string): string {
	if (typeof renamed === 'string') {
		return t('{0} was saved and is now called {1}.', title, renamed);
	}
	return Object.keys(others).length > 0
		? t('{0} was saved.', title)
		: t('{0} is as it should be already: nothing was sent.', title);
}

async function beginRemoval({ id }: Board, projects: Projects, signal: AbortSignal): Promise<Form<Outcome>> {
	const { client, data } = projects;
	const { title } = await client.project(id, signal);
	const remove = async (signal: AbortSignal): Promise<Outcome> => {
		await sendRemoval(id, client, data, signal).catch((error: unknown) => {
			throw ofForm(error, []);
		});
		return { message: t('{0} was deleted.', title) };
	};
	return bareForm(t('Delete {0}', title), remove, {
		question: t('Delete {0}?', title),
		detail: t(
			'CoreData describes no way to get a deleted project back, nor what becomes of its tasks and files. Count on losing them all.',
		),
		button: t('Delete'),
		word: title,
	});
}
