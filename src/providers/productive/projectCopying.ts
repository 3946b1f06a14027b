import { t } from '@vscode/l10n';
import { Refused } from '../../core/errors.ts';
import { type ChoiceField, type Field, type Form, textOf, type Values } from '../../core/form.ts';
import type { Choice, Workspace } from '../../core/model.ts';
import type { Operation, Outcome } from '../../core/operations.ts';
import { mapPage, type Page } from '../../core/page.ts';
import type { Query } from '../../http/request.ts';
import type { Place } from './creation.ts';
import { linkedId, type Related } from './document.ts';
import { company, type ProjectWholeWire, toWorkspace } from './mapping.ts';
import { asId, companyField, forClient, internal, noCompany, projectTypes } from './projectFields.ts';
import { projects } from './projects.ts';
import { ownFields } from './refusals.ts';
import { withTemplates } from './unverified.ts';
import { writing } from './writing.ts';

/** What is copied along, and whether the vendor's own example takes it. */
const switches: Readonly<Record<string, boolean>> = {
	copy_project_members: true,
	copy_boards: true,
	copy_task_lists: true,
	copy_tasks: true,
	copy_task_comments: false,
	copy_task_subscribers: false,
	copy_assignees: false,
	copy_tags: false,
	copy_estimate: true,
	copy_views: true,
	copy_budgets: false,
	copy_as_template: false,
};

/** A new project, or a template for projects, made after another project or template. */
export function projectCopying(place: Place): Operation<Workspace> {
	return {
		id: 'copy',
		get title() {
			return t('Copy project');
		},
		begin: (project, signal) => copyForm(place, project, signal),
	};
}

async function copyForm(place: Place, project: Workspace, signal: AbortSignal): Promise<Form<Outcome>> {
	const { data, related } = await place.client.projects.one(project.id, signal);
	const fields = fieldsOf(place, data, related);
	return {
		title: t('Copy {0}', data.attributes.name),
		submitLabel: t('Copy project'),
		fields,
		submit: (values, each) => ownFields(fields, () => copy(place, values, each)),
	};
}

function fieldsOf(place: Place, data: ProjectWholeWire, related: Related): readonly Field[] {
	const { name, description, project_type_id, public_access } = data.attributes;
	const client = related(data, 'company', company);
	const open: Field = {
		kind: 'flag',
		id: 'public_access',
		label: t('Public access'),
		initial: public_access ?? undefined,
		help: t('What Productive itself calls public access.'),
	};
	return [
		sourceField(place, data),
		{ kind: 'text', id: 'name', label: t('Name'), required: true, initial: t('Copy of {0}', name) },
		{
			kind: 'choice',
			id: 'project_type_id',
			label: t('Type'),
			required: true,
			initial: String(project_type_id ?? forClient),
			choices: projectTypes,
		},
		companyField(place.client, 'company_id', {
			initial: linkedId(data, 'company'),
			initialLabel: client?.attributes.name,
		}),
		{
			kind: 'text',
			id: 'description',
			label: t('Description'),
			multiline: true,
			initial: description ?? undefined,
		},
		// Later servers do not say whether a project is open, and then nothing is said to them about it.
		...(typeof public_access === 'boolean' ? [open] : []),
		...Object.entries(switches).map(
			([id, initial]): Field => ({ kind: 'flag', id, label: switchLabels()[id] ?? id, initial }),
		),
	];
}

function sourceField({ client, organization }: Place, { id, attributes }: ProjectWholeWire): ChoiceField {
	const ask = (filters: Query, signal: AbortSignal) => projects(client, filters, organization, signal);
	return {
		kind: 'choice',
		id: 'template_id',
		label: t('Copied from'),
		required: true,
		initial: id,
		initialLabel: attributes.name,
		help: t('A project, or a project template.'),
		async choices(_, signal): Promise<Page<Choice>> {
			try {
				return mapPage(await ask(withTemplates, signal), toChoice);
			} catch (error) {
				if (error instanceof Refused) {
					return mapPage(await ask({}, signal), toChoice);
				}
				throw error;
			}
		},
	};
}

function toChoice({ id, name, group, archived }: Workspace): Choice {
	return { value: id, label: name, detail: archived ? t('archived') : group };
}

function switchLabels(): Readonly<Record<string, string>> {
	return {
		copy_project_members: t('Copy the members'),
		copy_boards: t('Copy the folders'),
		copy_task_lists: t('Copy the task lists'),
		copy_tasks: t('Copy the tasks'),
		copy_task_comments: t('Copy the comments on tasks'),
		copy_task_subscribers: t('Copy the subscribers of tasks'),
		copy_assignees: t('Copy the assignees of tasks'),
		copy_tags: t('Copy the labels of tasks'),
		copy_estimate: t('Copy the estimates of tasks'),
		copy_views: t('Copy the views'),
		copy_budgets: t('Copy the budgets'),
		copy_as_template: t('Make it a project template'),
	};
}

async function copy(place: Place, values: Values, signal: AbortSignal): Promise<Outcome> {
	const type = textOf(values, 'project_type_id');
	const company_id = type === internal ? undefined : textOf(values, 'company_id');
	if (type === forClient && company_id === undefined) {
		throw noCompany('company_id');
	}
	const attributes = {
		name: textOf(values, 'name'),
		description: textOf(values, 'description'),
		template_id: asId(textOf(values, 'template_id')),
		company_id: asId(company_id),
		project_type_id: asId(type),
		...flagsOf(values),
	};
	const { data, related } = await writing(place, () => place.client.projects.copy(attributes, signal));
	return { message: madeOf(data), made: { workspace: toWorkspace(data, related, place.organization) } };
}

/** Those that were given: which of them a server takes for granted is documented for none but the public access. */
function flagsOf(values: Values): object {
	const given = ['public_access', ...Object.keys(switches)].filter((id) => typeof values[id] === 'boolean');
	return Object.fromEntries(given.map((id) => [id, values[id]]));
}

/** In the first documents a copy is complete at once; later it became a job that goes on. */
function madeOf({ attributes: { name, template, duplication_status } }: ProjectWholeWire): string {
	switch (duplication_status) {
		case 'in_progress':
			return t('{0} was made, and Productive is still copying into it.', name);
		case 'failed':
			return t('{0} was made, but Productive says that copying into it failed.', name);
		default:
			return template ? t('The project template {0} was made.', name) : t('{0} was made.', name);
	}
}
