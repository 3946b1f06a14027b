import { t } from '@vscode/l10n';
import { InvalidInput } from '../../core/errors.ts';
import { type Form, listOf } from '../../core/form.ts';
import type { Board } from '../../core/model.ts';
import {
	bareForm,
	type Outcome,
	type RelatedItem,
	type RelatedList,
	type RelatedPlace,
} from '../../core/operations.ts';
import { mapPage, type Page, without } from '../../core/page.ts';
import type { Data } from './data.ts';
import { changeProject } from './projectChange.ts';
import { contactsField, type Projects } from './projectFields.ts';
import { ofForm } from './projectWrite.ts';

/** Names asked for at a time: each costs a request. */
const atOnce = 50;

/** The contacts of a project. CoreData takes the list as a whole only. https://docs.wise.is/cored/projects */
export function contacts(projects: Projects): RelatedList<Board> {
	const { client, data } = projects;
	return {
		id: 'contacts',
		name: t('Contacts'),
		icon: 'organization',
		none: t('This project has no contacts.'),
		list: async ({ id }, signal) => named((await client.project(id, signal)).contacts ?? [], data, signal),
		operations: [
			{ id: 'add', title: t('Add contacts'), begin: (board, signal) => beginAdding(board, projects, signal) },
		],
		itemOperations: [
			{ id: 'remove', title: t('Remove contact'), begin: async (where) => beginRemoving(where, projects) },
		],
	};
}

/** A contact's `identifier` is a national id number: of a contact, nothing but its name is read. */
async function named(ids: readonly string[], data: Data, signal: AbortSignal): Promise<Page<RelatedItem>> {
	const now = ids.slice(0, atOnce);
	const later = ids.slice(atOnce);
	const items = now.map(async (id): Promise<RelatedItem> => {
		const name = await data.contactName(id, signal);
		return name === undefined
			? { id, name: t('A contact that this account may not see'), description: id }
			: { id, name };
	});
	return {
		items: await Promise.all(items),
		next: later.length > 0 ? (signal) => named(later, data, signal) : undefined,
	};
}

async function beginAdding(board: Board, projects: Projects, signal: AbortSignal): Promise<Form<Outcome>> {
	const { title, contacts } = await projects.client.project(board.id, signal);
	const there = new Set(contacts);
	const names = new Map<string, string>();
	const all = contactsField(projects);
	const field = {
		...all,
		required: true,
		choices: async (...asked: Parameters<typeof all.choices>) =>
			mapPage(
				without(await all.choices(...asked), ({ value }) => there.has(value)),
				(choice) => (names.set(choice.value, choice.label), choice),
			),
		none: t('Every contact in this CoreData is one of this project already.'),
	};
	return {
		title: t('Add contacts to {0}', title),
		submitLabel: t('Add contacts'),
		fields: [field],
		async submit(values, signal) {
			const wanted = listOf(values, 'contacts');
			if (wanted.length === 0) {
				throw new InvalidInput([{ field: 'contacts', message: t('Choose at least one contact.') }]);
			}
			const sent = await changing(board.id, wanted, [], projects, signal, [field]);
			const said = new Intl.ListFormat().format(wanted.map((id) => names.get(id) ?? id));
			return {
				message: sent
					? t('Contacts of {0} now include {1}.', title, said)
					: t('Somebody else added {0} to {1} already.', said, title),
			};
		},
	};
}

function beginRemoving({ place, item }: RelatedPlace<Board>, projects: Projects): Form<Outcome> {
	const remove = async (signal: AbortSignal): Promise<Outcome> => {
		const sent = await changing(place.id, [], [item.id], projects, signal);
		return {
			message: sent
				? t('{0} is no longer a contact of {1}.', item.name, place.name)
				: t('{0} was no contact of {1} any more: somebody else had removed it.', item.name, place.name),
		};
	};
	return bareForm(t('Remove {0}', item.name), remove, {
		question: t('Remove {0} from the contacts of {1}?', item.name, place.name),
		detail: t('The contact itself stays in CoreData.'),
		button: t('Remove'),
	});
}

/** Whether anything had to be sent. */
async function changing(
	project: string,
	wanted: readonly string[],
	shown: readonly string[],
	projects: Projects,
	signal: AbortSignal,
	fields: Form<unknown>['fields'] = [],
): Promise<boolean> {
	const change = { wanted: { contacts: wanted }, shown: { contacts: shown } };
	const sent = await changeProject(project, change, projects, signal).catch((error: unknown) => {
		throw ofForm(error, fields);
	});
	return Object.keys(sent).length > 0;
}
