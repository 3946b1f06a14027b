import { t } from '@vscode/l10n';
import { type ChoiceField, type Field, type TextField, textOf, type Values } from '../../core/form.ts';
import type { Choice } from '../../core/model.ts';
import { mapPage, onePage, type Page, without } from '../../core/page.ts';
import { checkAspects } from './aspects.ts';
import type { Client } from './client.ts';
import type { Data } from './data.ts';
import { nameOf, toChoice, userChoice } from './mapping.ts';
import { programmes, tagsOfSpace } from './projectChoices.ts';
import type { WholeProjectWire } from './replies.ts';
import { entryLabel, familyOf, inOrder } from './statuses.ts';
import { noDate, richText } from './unverified.ts';

export interface Projects {
	readonly client: Client;
	readonly data: Data;
}

/** A project that is edited, with what its ids are called. */
export interface Held {
	readonly project: WholeProjectWire;
	readonly status: Choice | undefined;
	readonly template: Choice | undefined;
}

/** Every documented property of a new project. The fields carry the vendor's own names, so that its problems find them. */
export function newProjectFields(space: string, projects: Projects): readonly Field[] {
	return [
		...commonFields(space, projects),
		text('tags', t('Tags'), { help: t('Separate tags with commas.') }),
		contactsField(projects),
		text('aspects', t('Aspects'), {
			multiline: true,
			placeholder: '{ "url": { "url": "https://example.net" } }',
			help: t('A JSON object of the aspects that the template has.'),
			check: (value) => checkAspects(typeof value === 'string' ? value : ''),
		}),
		{
			kind: 'choice',
			id: 'sub_project_of',
			label: t('Part of the programmes'),
			many: true,
			choices: (_, signal) => programmes(projects.client, signal),
			none: t('There is no project of the type Programme in this CoreData.'),
		},
	];
}

/**
 * What of a project can be changed. Its aspects, contacts and tasks are edited at their own places. Left out are the
 * properties that no answer shows as they were written: `space`, whose change the manual leaves open, and
 * `sub_project_of`, of which replacing the list would drop what nobody saw.
 */
export function projectFields(held: Held, projects: Projects): readonly Field[] {
	const { project } = held;
	return [
		...commonFields(project.space.id, projects, held),
		{
			kind: 'choice',
			id: 'tags',
			label: t('Tags'),
			many: true,
			free: true,
			initial: project.tags ?? [],
			help: t('The tags that projects of this space have; others can be typed.'),
			choices: (_, signal) => tagsOfSpace(project, projects.client, signal),
			none: t('No project of this space has a tag yet. Type the first one.'),
		},
	];
}

function commonFields(space: string, { client, data }: Projects, held?: Held): readonly Field[] {
	const was = held?.project;
	return [
		text('title', t('Title'), { required: true, initial: was?.title }),
		text('description', t('Description'), {
			multiline: true,
			initial: was?.description ?? undefined,
			html: was?.description ? 'html' in richText(was.description) : undefined,
		}),
		{ kind: 'date', id: 'due_date', label: t('Due date'), initial: was?.due_date ?? undefined },
		peopleField('responsible_users', t('Responsible people'), client, was?.responsible_users ?? undefined),
		peopleField('associated_users', t('Associated people'), client, was?.associated_users ?? undefined),
		{
			kind: 'choice',
			id: 'template',
			label: t('Template'),
			// No document says how to take a template away.
			required: Boolean(was?.template),
			initial: was?.template ?? undefined,
			initialLabel: held?.template?.label,
			choices: async (_, signal) =>
				heldFirst(held?.template, mapPage(await client.templatesOfSpace(space, signal), toChoice)),
			none: t('This space has no project templates.'),
		},
		{
			kind: 'choice',
			id: 'status',
			label: t('Status'),
			required: Boolean(was?.status),
			initial: was?.status ?? undefined,
			initialLabel: held?.status?.label,
			choices: async (_, signal) => heldFirst(held?.status, await statuses(was?.status, data, signal)),
			none: t('CoreData does not show its list of statuses.'),
		},
		text('status_message', t('Status message'), { initial: was?.status_message ?? undefined }),
		text('fileplan', t('File plan category'), {
			initial: was?.fileplan ?? undefined,
			help: was?.fileplan_title
				? t('The id of a category, now that of “{0}”. CoreData’s API does not list them.', was.fileplan_title)
				: t('The id of a category, which CoreData’s API does not list.'),
		}),
	];
}

function text(id: string, label: string, more: Partial<TextField> = {}): TextField {
	return { ...more, kind: 'text', id, label };
}

type Person = NonNullable<WholeProjectWire['associated_users']>[number];

export function peopleField(
	id: 'responsible_users' | 'associated_users',
	label: string,
	client: Client,
	held: readonly Person[] = [],
): ChoiceField {
	return {
		kind: 'choice',
		id,
		label,
		many: true,
		initial: held.map(({ username }) => username),
		initialLabel: held.length > 0 ? held.map(nameOf).join(', ') : undefined,
		choices: async (_, signal) => heldFirst(held.map(userChoice), mapPage(await client.users(signal), userChoice)),
		none: t('CoreData lists no people.'),
	};
}

export function contactsField({ client }: Projects): ChoiceField {
	return {
		kind: 'choice',
		id: 'contacts',
		label: t('Contacts'),
		many: true,
		choices: async (_, signal) => mapPage(await client.contacts(signal), toChoice),
		none: t('There are no contacts in this CoreData.'),
	};
}

/** The statuses of the list that the project's own is from; new projects follow the documented one. */
async function statuses(now: string | null | undefined, data: Data, signal: AbortSignal): Promise<Page<Choice>> {
	const entries = (await data.valueList(familyOf(now ?? '') || 'project_status', signal)) ?? [];
	return onePage(inOrder(entries).map((entry) => ({ value: entry.name, label: entryLabel(entry) })));
}

/** What was chosen stands first, so that it can be seen and kept even where the vendor no longer offers it. */
function heldFirst(held: Choice | readonly Choice[] | undefined, page: Page<Choice>): Page<Choice> {
	const first = held === undefined ? [] : [held].flat();
	if (first.length === 0) {
		return page;
	}
	const others = without(page, ({ value }) => first.some((one) => one.value === value));
	return { ...others, items: [...first, ...others.items] };
}

/** What a project holds of what can be written, by the vendor's names and in the form in which it is written. */
export function valuesOf(project: WholeProjectWire): Values {
	const names = (people: WholeProjectWire['associated_users']) => (people ?? []).map(({ username }) => username);
	return {
		title: project.title,
		description: project.description ?? '',
		due_date: project.due_date ?? '',
		responsible_users: names(project.responsible_users),
		associated_users: names(project.associated_users),
		contacts: project.contacts ?? [],
		template: project.template ?? '',
		status: project.status ?? '',
		status_message: project.status_message ?? '',
		fileplan: project.fileplan ?? '',
		tags: project.tags ?? [],
	};
}

/** Changed values as they are sent. */
export function changeBody(values: Values): Readonly<Record<string, unknown>> {
	return values.due_date === '' ? { ...values, due_date: noDate } : values;
}

/** A new project as it is sent: what is left empty is not sent at all. */
export function newBody(space: string, values: Values): Readonly<Record<string, unknown>> {
	const { tags: _, aspects: __, ...others } = values;
	const given = Object.entries(others).flatMap(([id, value]) => {
		const sent = Array.isArray(value) ? value : textOf(values, id);
		return sent?.length ? [[id, sent] as const] : [];
	});
	const tags = tagsOf(textOf(values, 'tags'));
	const aspects = textOf(values, 'aspects');
	return {
		space,
		...Object.fromEntries(given),
		...(tags.length > 0 && { tags }),
		...(aspects !== undefined && { aspects: JSON.parse(aspects) as unknown }),
	};
}

function tagsOf(typed = ''): readonly string[] {
	const tags = typed.split(',').map((tag) => tag.trim());
	return [...new Set(tags.filter(Boolean))];
}
