import { t } from '@vscode/l10n';
import type { Creation } from '../../core/creation.ts';
import { InvalidInput } from '../../core/errors.ts';
import { type Field, textOf, type Values } from '../../core/form.ts';
import type { Board, Workspace } from '../../core/model.ts';
import { onePage } from '../../core/page.ts';
import { choice } from './choices.ts';
import type { Client } from './client.ts';
import { personName, toBoard, toWorkspace } from './mapping.ts';
import { forForm } from './refusals.ts';
import { mayManage } from './unverified.ts';

const internal = '1';
const forClient = '2';

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
			choices: async () =>
				onePage([
					{ value: forClient, label: t('Client project') },
					{ value: internal, label: t('Internal project') },
				]),
		},
		choice(
			'company',
			t('Client'),
			(at, signal) => client.companies(at, signal),
			({ id, attributes }) => ({ value: id, label: attributes.name }),
			{
				help: t('Needed for a client project; left out for an internal one.'),
				none: t('There is no client yet. Add one in Productive first.'),
			},
		),
		choice(
			'manager',
			t('Project manager'),
			(at, signal) => client.people(at, signal),
			(one) =>
				mayManage(one.attributes)
					? { value: one.id, label: personName(one), detail: one.attributes.email ?? undefined }
					: undefined,
			{ required: true, initial: person },
		),
		choice(
			'workflow',
			t('Workflow'),
			(at, signal) => client.workflows(at, signal),
			({ id, attributes }) => (attributes.archived_at ? undefined : { value: id, label: attributes.name }),
			{ required: true, help: t('The statuses its tasks go through.') },
		),
	];
}

async function createProject(
	{ client, organization, changed }: Place,
	values: Values,
	signal: AbortSignal,
): Promise<Workspace> {
	const type = textOf(values, 'type');
	const company = type === internal ? undefined : textOf(values, 'company');
	const workflow = textOf(values, 'workflow');
	if (type === forClient && company === undefined) {
		throw new InvalidInput([{ field: 'company', message: t('A client project needs a client.') }]);
	}
	const relationships = {
		...relation('company', 'companies', company),
		...relation('project_manager', 'people', textOf(values, 'manager')),
		...relation('workflow', 'workflows', workflow),
	};
	const { data, related } = await client.createProject(
		{ name: textOf(values, 'name'), project_type_id: Number(type) },
		relationships,
		signal,
	);
	changed();
	return { ...toWorkspace(data, related, organization), extra: { workflow } };
}

function relation(name: string, type: string, id: string | undefined) {
	return id === undefined ? {} : { [name]: { data: { type, id } } };
}

export function folderCreation({ client, changed }: Place): Creation<Workspace, Board> {
	return {
		form: (workspace) => ({
			title: t('New folder in {0}', workspace.name),
			submitLabel: t('Create folder'),
			fields: [{ kind: 'text', id: 'name', label: t('Name'), required: true }],
			submit: (values, signal) =>
				forForm({ name: 'name' }, async () => {
					const { data } = await client.createFolder(textOf(values, 'name') ?? '', workspace.id, signal);
					changed();
					return toBoard(data, workspace);
				}),
		}),
	};
}
