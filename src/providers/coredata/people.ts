import { t } from '@vscode/l10n';
import { InvalidInput } from '../../core/errors.ts';
import { type ChoiceField, type Form, isEmpty, listOf } from '../../core/form.ts';
import type { Board } from '../../core/model.ts';
import {
	bareForm,
	type Operation,
	type Outcome,
	type RelatedItem,
	type RelatedList,
	type RelatedPlace,
} from '../../core/operations.ts';
import { onePage, type Page, without } from '../../core/page.ts';
import { nameOf } from './mapping.ts';
import { changeProject } from './projectChange.ts';
import { type Projects, peopleField } from './projectFields.ts';
import { ofForm } from './projectWrite.ts';
import type { WholeProjectWire } from './replies.ts';

const roles = ['responsible_users', 'associated_users', 'connected_users'] as const;
type Role = (typeof roles)[number];

/** Who is responsible for a project or associated with it, and whom CoreData calls connected. */
export function people(projects: Projects): RelatedList<Board> {
	return {
		id: 'people',
		name: t('People'),
		icon: 'person',
		none: t('Nobody is responsible for this project or associated with it.'),
		list: (board, signal) => list(board, projects, signal),
		operations: [{ id: 'add', title: t('Add people'), begin: (board, signal) => beginAdding(board, projects, signal) }],
		itemOperations: [removal(projects)],
	};
}

async function list({ id }: Board, { client, data }: Projects, signal: AbortSignal): Promise<Page<RelatedItem>> {
	const project = await client.project(id, signal);
	const nameless = roles.some((role) => project[role]?.some((user) => nameOf(user) === user.username));
	const names = nameless ? await data.people(signal) : new Map<string, string>();
	const items = roles.flatMap((role) =>
		shownIn(role, project).map((user): RelatedItem => {
			const { username } = user;
			const name = nameOf(user) === username ? (names.get(username) ?? username) : nameOf(user);
			return { id: `${role}/${username}`, name, description: roleName(role), extra: { role, username } };
		}),
	);
	return onePage(items);
}

/** Everybody connected who is not there in another role. */
function shownIn(role: Role, project: WholeProjectWire) {
	const others = roles.filter((other) => role === 'connected_users' && other !== role);
	const named = new Set(others.flatMap((other) => project[other] ?? []).map(({ username }) => username));
	return (project[role] ?? []).filter(({ username }) => !named.has(username));
}

function roleName(role: Role): string {
	switch (role) {
		case 'responsible_users':
			return t('Responsible');
		case 'associated_users':
			return t('Associated');
		case 'connected_users':
			return t('Connected');
	}
}

async function beginAdding({ id }: Board, projects: Projects, signal: AbortSignal): Promise<Form<Outcome>> {
	const project = await projects.client.project(id, signal);
	const { title } = project;
	const fields = [
		adding('responsible_users', t('Responsible people'), project, projects),
		adding('associated_users', t('Associated people'), project, projects),
	];
	return {
		title: t('Add people to {0}', title),
		submitLabel: t('Add people'),
		fields,
		async submit(values, signal) {
			const given = fields.map((field) => [field.id, listOf(values, field.id)] as const);
			const wanted = Object.fromEntries(given.filter(([, names]) => !isEmpty(names) && names.length > 0));
			if (Object.keys(wanted).length === 0) {
				throw new InvalidInput([{ field: 'responsible_users', message: t('Choose at least one person.') }]);
			}
			try {
				const sent = await changeProject(id, { wanted, shown: {} }, projects, signal);
				return {
					message: isNothing(sent)
						? t('Somebody else added them to {0} already.', title)
						: t('The people were added to {0}.', title),
				};
			} catch (error) {
				throw ofForm(error, fields);
			}
		},
	};
}

function adding(
	role: 'responsible_users' | 'associated_users',
	label: string,
	project: WholeProjectWire,
	{ client }: Projects,
): ChoiceField {
	const there = new Set(project[role]?.map(({ username }) => username));
	const field = peopleField(role, label, client);
	return {
		...field,
		choices: async (...asked) => without(await field.choices(...asked), ({ value }) => there.has(value)),
		none: t('Everybody is there already.'),
	};
}

function removal(projects: Projects): Operation<RelatedPlace<Board>> {
	return {
		id: 'remove',
		title: t('Remove person'),
		whyNot: ({ item }) =>
			item.extra?.['role'] === 'connected_users'
				? t('CoreData’s manual names no way to change who is connected.')
				: undefined,
		begin: async ({ place, item }) => {
			const { role = '', username = '' } = item.extra ?? {};
			const change = { wanted: { [String(role)]: [] }, shown: { [String(role)]: [String(username)] } };
			const remove = async (signal: AbortSignal): Promise<Outcome> => {
				const sent = await changeProject(place.id, change, projects, signal).catch((error: unknown) => {
					throw ofForm(error, []);
				});
				return {
					message: isNothing(sent)
						? t('{0} was not on the list of {1} any more: somebody else had removed them.', item.name, place.name)
						: t('{0} was removed from {1}.', item.name, place.name),
				};
			};
			return bareForm(t('Remove {0}', item.name), remove, {
				question: t('Remove {0} ({1}) from {2}?', item.name, item.description ?? '', place.name),
				button: t('Remove'),
			});
		},
	};
}

function isNothing(sent: object): boolean {
	return Object.keys(sent).length === 0;
}
