import { t } from '@vscode/l10n';
import type { Creation } from '../../core/creation.ts';
import { type Field, textOf, type Values } from '../../core/form.ts';
import type { Board, Workspace } from '../../core/model.ts';
import { choice } from './choices.ts';
import type { Client } from './client.ts';
import { toBoard, toWorkspace } from './mapping.ts';
import { companyField, forClient, internal, noCompany, personField, projectTypes } from './projectFields.ts';
import { forForm } from './refusals.ts';
import { writing } from './writing.ts';

/** What the vendor calls what the fields are about. */
const projectFields = {
	name: 'name',
	project_type: 'type',
	company: 'company',
	project_manager: 'manager',
	workflow: 'workflow',
};

export interface Place {
	readonly client: Client;
	readonly organization: string;
	/** The signed-in person, who is proposed as the manager. */
	readonly person: string | undefined;
	/** Called when something was made and what is remembered is old. */
	readonly changed: () => void;
}

export function projectCreation(place: Place): Creation<void, Workspace> {
	return {
		form: () => ({
			title: t('New project'),
			submitLabel: t('Create project'),
			fields: fieldsOf(place),
			submit: (values, signal) => forForm(projectFields, () => createProject(place, values, signal)),
		}),
	};
}

function fieldsOf({ client, person }: Place): readonly Field[] {
	return [
		{ kind: 'text', id: 'name', label: t('Name'), required: true },
		{
			kind: 'choice',
			id: 'type',
			label: t('Type'),
			required: true,
			initial: forClient,
			choices: projectTypes,
		},
		companyField(client, 'company'),
		personField(client, 'manager', t('Project manager'), 'managers', { required: true, initial: person }),
		choice(
			'workflow',
			t('Workflow'),
			(at, signal) => client.workflows(at, signal),
			({ id, attributes }) => (attributes.archived_at ? undefined : { value: id, label: attributes.name }),
			{ required: true, help: t('The statuses its tasks go through.') },
		),
	];
}

async function createProject(place: Place, values: Values, signal: AbortSignal): Promise<Workspace> {
	const type = textOf(values, 'type');
	const company = type === internal ? undefined : textOf(values, 'company');
	const workflow = textOf(values, 'workflow');
	if (type === forClient && company === undefined) {
		throw noCompany('company');
	}
	const relationships = {
		...relation('company', 'companies', company),
		...relation('project_manager', 'people', textOf(values, 'manager')),
		...relation('workflow', 'workflows', workflow),
	};
	const attributes = { name: textOf(values, 'name'), project_type_id: Number(type) };
	const { data, related } = await writing(place, () => place.client.projects.create(attributes, relationships, signal));
	return { ...toWorkspace(data, related, place.organization), extra: { workflow } };
}

function relation(name: string, type: string, id: string | undefined) {
	return id === undefined ? {} : { [name]: { data: { type, id } } };
}

export function folderCreation(place: Place): Creation<Workspace, Board> {
	return {
		form: (workspace) => ({
			title: t('New folder in {0}', workspace.name),
			submitLabel: t('Create folder'),
			fields: [{ kind: 'text', id: 'name', label: t('Name'), required: true }],
			submit: (values, signal) =>
				forForm({ name: 'name' }, async () => {
					const name = textOf(values, 'name') ?? '';
					const { data } = await writing(place, () => place.client.folders.create(name, workspace.id, signal));
					return toBoard(data, workspace);
				}),
		}),
	};
}
