import { t } from '@vscode/l10n';
import { afterChange } from '../../core/cardEdits.ts';
import { OutcomeUnknown, Refused } from '../../core/errors.ts';
import { type Field, type Form, textOf, type Values } from '../../core/form.ts';
import type { Choice, Workspace } from '../../core/model.ts';
import { onePage } from '../../core/page.ts';
import { checkFields, type Making } from './creation.ts';
import { toWorkspace } from './mapping.ts';
import type { NewApi, NewInitiative } from './newApi.ts';
import { type NewProject, projectsOf, whyNoProjects } from './projectLines.ts';
import type { ProductWire } from './replies.ts';

/** A new initiative with its projects, by the one call that is documented of the new API. */
export function initiativeForm(api: NewApi, making: Making): Form<Workspace> {
	const fields = fieldsOf(making);
	return {
		title: t('New initiative'),
		submitLabel: t('Create initiative'),
		fields,
		async submit(values, signal) {
			checkFields(fields, values);
			return create(values, api, making, signal);
		},
	};
}

function fieldsOf({ data }: Making): readonly Field[] {
	return [
		{ kind: 'text', id: 'name', label: t('Name'), required: true },
		{ kind: 'flag', id: 'template', label: t('As a template'), help: t('Boardwalk does not list templates.') },
		{
			kind: 'text',
			id: 'projects',
			label: t('Projects'),
			multiline: true,
			placeholder: t('Ticket gates, GATES'),
			help: t('A project a line: its name, a comma, and its short name of up to 10 characters.'),
			check: (text) => (typeof text === 'string' ? whyNoProjects(text) : undefined),
		},
		{
			kind: 'choice',
			id: 'organization_id',
			label: t('Organization'),
			help: t('Without it, the organization of your first initiative. Only its owners and admins may do this.'),
			none: t('Planbox tells the organization only by its initiatives, and you have none yet.'),
			choices: async (_, signal) => onePage(organizations(await data.products(signal))),
		},
	];
}

async function create(values: Values, api: NewApi, making: Making, signal: AbortSignal): Promise<Workspace> {
	const { data, server } = making;
	const organization = textOf(values, 'organization_id') ?? organizations(await data.products(signal))[0]?.value;
	if (organization === undefined) {
		throw unknownOrganization();
	}
	const wanted = toInitiative(values);
	// It may have been made also where the answer was lost.
	const { id, name, description } = await api
		.createInitiative(organization, wanted, signal)
		.finally(() => data.forget());
	const known = toWorkspace({ id, name, description, organization_id: organization }, server);
	return afterChange(() => readBack(known, wanted.projects ?? [], making, signal), known, signal).then(checkProjects);
}

/** The initiative as the old API shows it, and the names of projects that it does not list there. */
interface ReadBack extends Workspace {
	readonly missing?: readonly string[];
}

async function readBack(
	{ id }: Workspace,
	wanted: readonly NewProject[],
	{ client, server }: Making,
	signal: AbortSignal,
): Promise<ReadBack> {
	const [product, projects] = await Promise.all([client.product(id, signal), client.projects(id, signal)]);
	const isThere = ({ name, alias }: NewProject) => projects.some((one) => one.name === name && one.alias === alias);
	return { ...toWorkspace(product, server), missing: wanted.filter((one) => !isThere(one)).map(({ name }) => name) };
}

/** Nobody must think that all is there, nor that nothing is. */
function checkProjects({ missing = [], ...workspace }: ReadBack): Workspace {
	if (missing.length > 0) {
		throw new OutcomeUnknown(
			t(
				'Planbox created the initiative “{0}” and does not list these projects in it: {1}. Look before you add them.',
				workspace.name,
				new Intl.ListFormat(undefined, { type: 'unit' }).format(missing),
			),
		);
	}
	return workspace;
}

function unknownOrganization(): Refused {
	const message = t(
		'Planbox tells the organization only by its initiatives, and you have none yet. Create the first one on the web.',
	);
	return new Refused(message, [{ field: 'organization_id', message }]);
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
	const projects = projectsOf(textOf(values, 'projects') ?? '');
	const template = values['template'] === true;
	return { name: textOf(values, 'name') ?? '', template, ...(projects.length > 0 && { projects }) };
}
