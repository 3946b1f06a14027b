import { t } from '@vscode/l10n';
import { InvalidInput, NotAllowed, Refused } from '../../core/errors.ts';
import { type Form, textOf, type Values } from '../../core/form.ts';
import type { Board, Choice, Workspace } from '../../core/model.ts';
import { onePage } from '../../core/page.ts';
import type { Names } from '../../http/request.ts';
import type { Client } from './client.ts';
import type { Data } from './data.ts';
import { toBoard, toWorkspace } from './mapping.ts';
import type { NewApi, NewInitiative } from './newApi.ts';
import type { ProductWire, ProjectWire } from './replies.ts';
import { mayAddProject } from './unverified.ts';

export interface Making {
	readonly client: Client;
	readonly data: Data;
	readonly server: string;
	readonly names: Names;
}

/** Planbox's own limit; the call that says so does not say what happens to a longer one. */
const longestAlias = 10;

export function projectForm(workspace: Workspace, { client, data, server, names }: Making): Form<Board> {
	if (!mayAddProject(workspace.extra?.['permission'])) {
		throw new NotAllowed(
			t('{0} may only read the initiative {1}, so it cannot add a project.', names.account, workspace.name),
			undefined,
			workspace.webUrl,
		);
	}
	return {
		title: t('New project in {0}', workspace.name),
		submitLabel: t('Create project'),
		fields: [
			{ kind: 'text', id: 'name', label: t('Name'), required: true },
			{ kind: 'text', id: 'alias', label: t('Short name'), maxLength: longestAlias, help: t('Up to 10 characters.') },
			{
				kind: 'choice',
				id: 'from',
				label: t('Copy members and roles from'),
				help: t('Without it, you are the only member at first.'),
				none: t('This initiative has no project to copy from.'),
				choices: async (_, signal) => onePage((await data.projects(workspace.id, signal)).map(toChoice)),
			},
		],
		async submit(values, signal) {
			const form = {
				product_id: workspace.id,
				name: textOf(values, 'name'),
				alias: textOf(values, 'alias'),
				from_project_id: textOf(values, 'from'),
			};
			const made = await client.addProject(form, signal);
			data.forget();
			return toBoard(made, workspace, server);
		},
	};
}

function toChoice({ id, name, alias }: ProjectWire): Choice {
	return { value: id, label: name, detail: alias };
}

export function initiativeForm(api: NewApi, { data, server }: Making): Form<Workspace> {
	return {
		title: t('New initiative'),
		submitLabel: t('Create initiative'),
		fields: [
			{ kind: 'text', id: 'name', label: t('Name'), required: true },
			{ kind: 'flag', id: 'template', label: t('As a template'), help: t('Boardwalk does not list templates.') },
			{ kind: 'text', id: 'projectName', label: t('Name of a first project') },
			{
				kind: 'text',
				id: 'projectAlias',
				label: t('Short name of the first project'),
				maxLength: longestAlias,
				help: t('Up to 10 characters.'),
			},
			{
				kind: 'choice',
				id: 'organization',
				label: t('Organization'),
				help: t('Without it, the organization of your first initiative.'),
				none: t('Planbox tells the organization only by its initiatives, and you have none yet.'),
				choices: async (_, signal) => onePage(organizations(await data.products(signal))),
			},
		],
		async submit(values, signal) {
			const wanted = toInitiative(values);
			const organization = textOf(values, 'organization') ?? organizations(await data.products(signal))[0]?.value;
			if (organization === undefined) {
				throw unknownOrganization();
			}
			const { id, name, description } = await api.createInitiative(organization, wanted, signal);
			data.forget();
			return toWorkspace({ id, name, description, organization_id: organization }, server);
		},
	};
}

function unknownOrganization(): Refused {
	const message = t(
		'Planbox tells the organization only by its initiatives, and you have none yet. Create the first one on the web.',
	);
	return new Refused(message, [{ field: 'organization', message }]);
}

/** Organizations have no name that could be asked for, so their initiatives tell them apart. */
function organizations(products: readonly ProductWire[]): readonly Choice[] {
	const known = Map.groupBy(products, ({ organization_id: id }) => id ?? undefined);
	return [...known].flatMap(([id, its]) =>
		id === undefined
			? []
			: [{ value: id, label: t('Organization {0}', id), detail: its.map(({ name }) => name).join(', ') }],
	);
}

function toInitiative(values: Values): NewInitiative {
	return { name: textOf(values, 'name') ?? '', template: values['template'] === true, projects: firstProject(values) };
}

/** Its two fields belong together; neither can say so by itself, as one of them is filled in first. */
function firstProject(values: Values): NewInitiative['projects'] {
	const [name, alias] = [textOf(values, 'projectName'), textOf(values, 'projectAlias')];
	if (name !== undefined && alias !== undefined) {
		return [{ name, alias }];
	}
	if (name !== undefined) {
		throw new InvalidInput([{ field: 'projectAlias', message: t('A first project needs a short name too.') }]);
	}
	if (alias !== undefined) {
		throw new InvalidInput([{ field: 'projectName', message: t('A first project needs a name too.') }]);
	}
	return undefined;
}
