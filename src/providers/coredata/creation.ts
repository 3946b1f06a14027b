import { t } from '@vscode/l10n';
import { ProviderError, Refused } from '../../core/errors.ts';
import { type Field, type Form, listOf, textOf, type Values } from '../../core/form.ts';
import type { Board, Choice, Workspace } from '../../core/model.ts';
import { mapPage, onePage, type Page } from '../../core/page.ts';
import type { Client } from './client.ts';
import type { Data } from './data.ts';
import { toChoice, userChoice } from './mapping.ts';
import { entryLabel, inOrder } from './statuses.ts';

/**
 * A new project in a space. The fields carry the vendor's own names, so that its problems find them. Left out are the
 * properties whose values CoreData lists nowhere: `aspects`, `fileplan`, `sub_project_of`.
 * https://docs.wise.is/cored/projects
 */
export function projectForm(space: Workspace, client: Client, data: Data, forget: () => void): Form<Board> {
	const form = fields(space, client, data);
	return {
		title: t('New project in {0}', space.name),
		submitLabel: t('Create project'),
		fields: form,
		async submit(values, signal) {
			const id = await client.createProject(toBody(space, values), signal).catch((error: unknown) => {
				throw error instanceof Refused ? ofForm(error, form) : error;
			});
			forget();
			return readBack(id, space, values, client, data, signal);
		},
	};
}

/** The new project as it is now. It exists whatever becomes of this question, so no failure may look as if it did not. */
async function readBack(
	id: string,
	space: Workspace,
	values: Values,
	client: Client,
	data: Data,
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
		if (error instanceof ProviderError) {
			return made;
		}
		throw error;
	}
}

function fields({ id }: Workspace, client: Client, data: Data): readonly Field[] {
	const users = async (_: Values, signal: AbortSignal): Promise<Page<Choice>> =>
		mapPage(await client.users(signal), userChoice);
	return [
		{ kind: 'text', id: 'title', label: t('Title'), required: true },
		{ kind: 'text', id: 'description', label: t('Description') },
		{ kind: 'date', id: 'due_date', label: t('Due date') },
		{ kind: 'choice', id: 'responsible_users', label: t('Responsible people'), many: true, choices: users },
		{
			kind: 'choice',
			id: 'template',
			label: t('Template'),
			choices: async (_, signal) => mapPage(await client.templatesOfSpace(id, signal), toChoice),
			none: t('This space has no project templates.'),
		},
		{
			kind: 'choice',
			id: 'status',
			label: t('Status'),
			choices: async (_, signal) => statuses(data, signal),
			none: t('CoreData does not show its list of statuses.'),
		},
		{ kind: 'text', id: 'status_message', label: t('Status message') },
		{ kind: 'text', id: 'tags', label: t('Tags'), help: t('Separate tags with commas.') },
		{
			kind: 'choice',
			id: 'contacts',
			label: t('Contacts'),
			many: true,
			choices: async (_, signal) => mapPage(await client.contacts(signal), toChoice),
			none: t('There are no contacts in this CoreData.'),
		},
		{ kind: 'choice', id: 'associated_users', label: t('Associated people'), many: true, choices: users },
	];
}

async function statuses(data: Data, signal: AbortSignal): Promise<Page<Choice>> {
	const entries = (await data.valueList('project_status', signal)) ?? [];
	return onePage(inOrder(entries).map((entry) => ({ value: entry.name, label: entryLabel(entry) })));
}

function toBody(space: Workspace, values: Values): Readonly<Record<string, unknown>> {
	const single = ['title', 'description', 'due_date', 'template', 'status', 'status_message'].map((id) => [
		id,
		textOf(values, id),
	]);
	const lists = ['responsible_users', 'contacts', 'associated_users'].map((id) => [id, orNothing(listOf(values, id))]);
	return {
		space: space.id,
		...Object.fromEntries([...single, ...lists]),
		tags: orNothing(tagsOf(textOf(values, 'tags'))),
	};
}

function tagsOf(text = ''): readonly string[] {
	return [
		...new Set(
			text
				.split(',')
				.map((tag) => tag.trim())
				.filter(Boolean),
		),
	];
}

/** What is left empty is not sent at all. */
function orNothing<T>(items: readonly T[]): readonly T[] | undefined {
	return items.length > 0 ? items : undefined;
}

/** The same refusal with only those problems beside a field that the form has. */
function ofForm({ message, problems, cause }: Refused, form: readonly Field[]): Refused {
	const known = new Set(form.map(({ id }) => id));
	const placed = problems.map((problem) =>
		problem.field !== undefined && known.has(problem.field) ? problem : { message: problem.message },
	);
	return new Refused(message, placed, cause);
}
