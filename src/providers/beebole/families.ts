import { t } from '@vscode/l10n';
import type { RelatedItem } from '../../core/operations.ts';
import { onePage } from '../../core/page.ts';
import { groupChoices, idsOf, keyed, peoplePage } from './choices.ts';
import { question } from './data.ts';
import { keyOf, type LinkFamily } from './links.ts';
import { inOrder } from './mapping.ts';
import type { Named, Person } from './replies.ts';
import { toId } from './unverified.ts';

/** People and groups that alone may use a place: its exclusive members. Not to be taken for its groups, which are labels. */
export const members: LinkFamily = {
	id: 'members',
	icon: 'organization',
	attach: 'attach_member',
	detach: 'detach_member',
	question: question.members,
	words: () => ({
		name: t('Exclusive members'),
		note: t('Where there are any, only these people and groups may use it.'),
		none: t('There are no exclusive members.'),
		add: t('Add member'),
		added: (place) => t('The member was added to {0}.', place),
		remove: t('Remove member'),
		question: (item, place) => t('Remove {0} from the exclusive members of {1}?', item, place),
		detail: t('The person or group itself stays in Beebole.'),
	}),
	async items(of, data, signal) {
		const { members, groups } = await data.members(of, signal);
		return [...byName(members).map(toPerson), ...byName(groups).map(toGroup)];
	},
	field: (of, data) => ({
		kind: 'choice',
		id: 'member',
		label: t('Person or group'),
		required: true,
		none: t('There is nobody left to choose from.'),
		async choices(_, signal) {
			const { members, groups } = await data.members(of, signal);
			const found = await groupChoices(idsOf(groups), data, signal);
			const people = await peoplePage(of.company, idsOf(members), data, signal);
			const page = keyed(people, 'person');
			return { ...page, items: [...keyed(onePage(found), 'group').items, ...page.items] };
		},
	}),
};

/** Projects alone have any; Beebole lists them under the name of members. */
export const managers: LinkFamily = {
	id: 'managers',
	icon: 'account',
	attach: 'attach_manager',
	detach: 'detach_manager',
	question: ({ id }) => question.managers(id),
	words: () => ({
		name: t('Project managers'),
		note: t('The people who manage this project.'),
		none: t('The project has no managers.'),
		add: t('Add project manager'),
		added: (place) => t('The project manager was added to {0}.', place),
		remove: t('Remove project manager'),
		question: (item, place) => t('Remove {0} from the managers of {1}?', item, place),
		detail: t('The person itself stays in Beebole.'),
	}),
	items: async ({ id }, data, signal) => inOrder(await data.managers(id, signal)).map(toManager),
	field: (of, data) => ({
		kind: 'choice',
		id: 'person',
		label: t('Person'),
		required: true,
		none: t('There is nobody left to choose from.'),
		choices: async (_, signal) =>
			keyed(await peoplePage(of.company, idsOf(await data.managers(of.id, signal)), data, signal), 'person'),
	}),
};

/** Labels, which may stand in a tree of their own. */
export const groups: LinkFamily = {
	id: 'groups',
	icon: 'tag',
	attach: 'add_group',
	detach: 'remove_group',
	question: question.groups,
	words: () => ({
		name: t('Groups'),
		note: t('Labels to report by. They let nobody in and keep nobody out.'),
		none: t('There are no groups here.'),
		add: t('Add group'),
		added: (place) => t('The group was added to {0}.', place),
		remove: t('Remove group'),
		question: (item, place) => t('Remove the group {0} from {1}?', item, place),
		detail: t('The group itself stays in Beebole, and on everything else that has it.'),
	}),
	async items(of, data, signal) {
		const found = await data.groups(of, signal);
		return byName(found).map((one) => ({ ...toGroup(one), icon: undefined, description: below(one.groups?.count) }));
	},
	field: (of, data) => ({
		kind: 'choice',
		id: 'group',
		label: t('Group'),
		required: true,
		none: t('There is no group left to choose from.'),
		choices: async (_, signal) =>
			keyed(onePage(await groupChoices(idsOf(await data.groups(of, signal)), data, signal)), 'group'),
	}),
};

function toPerson(one: Named): RelatedItem {
	return { id: keyOf({ kind: 'person', id: toId(one) }), name: one.name, icon: 'person' };
}

function toGroup(one: Named): RelatedItem {
	return { id: keyOf({ kind: 'group', id: toId(one) }), name: one.name, description: t('group'), icon: 'organization' };
}

function toManager(one: Person): RelatedItem {
	const said = [...(one.email ? [one.email] : []), ...(one.active ? [] : [t('inactive')])];
	return { ...toPerson(one), icon: undefined, description: said.join(' · ') || undefined };
}

function below(count = 0): string | undefined {
	return count > 0 ? t('groups below it: {0}', count) : undefined;
}

function byName<One extends { readonly name: string }>(ones: readonly One[]): One[] {
	return ones.toSorted((a, b) => a.name.localeCompare(b.name));
}
