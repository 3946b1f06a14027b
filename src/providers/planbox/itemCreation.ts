import { t } from '@vscode/l10n';
import { afterChange, checkValues, givenValues } from '../../core/cardEdits.ts';
import { cardField } from '../../core/cards.ts';
import { NotAllowed, OutcomeUnknown, Refused } from '../../core/errors.ts';
import { type Field, type Form, listOf, textOf, type Values } from '../../core/form.ts';
import type { Card, Choice, Column } from '../../core/model.ts';
import { onePage } from '../../core/page.ts';
import { checkTags, labelsField } from './cardFields.ts';
import type { Making } from './creation.ts';
import { toCard, whyReadOnly } from './mapping.ts';
import type { ProjectWire } from './replies.ts';
import { whyNoItemIn } from './timeframes.ts';
import { idOfMade } from './unverified.ts';

/** What Planbox shows as where an item came from; at most 20 characters. */
const source = 'Boardwalk';

/**
 * A new item by the only call that is documented: the one for other programs, which takes the initiative's own token in
 * the place of a person's and finds the project by its short name. Throws `NotAllowed` where it is known before that this
 * account is not shown the token.
 */
export function itemForm(column: Column, making: Making): Form<Card> {
	const why = whyNoItem(column);
	if (why !== undefined) {
		throw new NotAllowed(why);
	}
	const fields = fieldsOf(column, making);
	return {
		title: t('New item in {0}', column.name),
		submitLabel: t('Create item'),
		fields,
		helpUrl: 'https://agilehelp.planbox.com/support/solutions/articles/35000043371-third-party-integrations',
		async submit(values, signal) {
			checkValues([...fields], { title: '', description: '', ...values });
			checkTags(values);
			return create(column, givenValues(values), making, signal);
		},
	};
}

/** Known before where this account is not shown the token, may only read, or the column takes no new items. */
export function whyNoItem({ id, extra: { permission, association } = {} }: Column): string | undefined {
	const why = whyReadOnly({ permission, association }) ?? whyNoItemIn(id);
	return why ?? (permission === undefined || permission === 'admin' ? undefined : onlyAdmins());
}

function onlyAdmins(): string {
	return t('Planbox lets only the admins of an initiative create items from other programs.');
}

function fieldsOf({ workspaceId }: Column, { data }: Making): readonly Field[] {
	return [
		{ kind: 'text', id: cardField.title, label: t('Name'), required: true },
		{
			kind: 'text',
			id: cardField.description,
			label: t('Description'),
			required: true,
			multiline: true,
			html: true,
			help: t('Planbox takes no item without one from another program.'),
		},
		{ kind: 'date', id: cardField.due, label: t('Due date') },
		{
			kind: 'choice',
			id: cardField.assignee,
			label: t('Assigned to'),
			choices: async (_, signal) => onePage(await people(workspaceId, data, signal)),
			none: t('Planbox shows no people of this initiative.'),
		},
		labelsField((signal) => data.tags(workspaceId, signal)),
	];
}

async function people(product: string, data: Making['data'], signal: AbortSignal): Promise<readonly Choice[]> {
	const all = await data.resources(product, signal);
	return all.flatMap(({ id, name, email }) => (email ? [{ value: id, label: name ?? email, detail: email }] : []));
}

async function create(column: Column, values: Values, making: Making, signal: AbortSignal): Promise<Card> {
	const { client, data } = making;
	const { workspaceId, boardId, id: timeframe } = column;
	const form = {
		source,
		creator_email: await ownEmail(making, signal),
		name: textOf(values, cardField.title),
		description: textOf(values, cardField.description),
		assignee_email: await emailOf(textOf(values, cardField.assignee), workspaceId, data, signal),
		timeframe,
		project_alias: await aliasOf(column, making, signal),
		tags: listOf(values, cardField.labels).join(',') || undefined,
		due_on: textOf(values, cardField.due),
	};
	const token = await client.initiativeToken(workspaceId, signal);
	if (token === undefined) {
		throw new NotAllowed(onlyAdmins());
	}
	const answered = await client
		.createStory(token, form, signal)
		.catch((error: unknown) => {
			throw error instanceof Refused ? switchedOff(error) : error;
		})
		.finally(() => data.forgetItems(workspaceId));
	const title = form.name ?? '';
	const id = idOfMade(answered);
	const made = id === undefined ? undefined : { id, boardId, columnId: timeframe, title };
	return made ? readBack(made, column, making, signal) : lookedUp(column, title, making, signal);
}

/** Planbox's refusals have no codes, so the likeliest reason stands beside its own words. */
function switchedOff(cause: Refused): Refused {
	const hint = t('An admin of the initiative must have switched on its third-party integration.');
	return new Refused(`${cause.message} ${hint}`, [], cause);
}

async function ownEmail({ data }: Making, signal: AbortSignal): Promise<string> {
	const { email } = await data.me(signal);
	if (email === undefined) {
		throw new Refused(t('Planbox does not tell the e-mail address of this account, which a new item needs.'));
	}
	return email;
}

async function emailOf(
	person: string | undefined,
	product: string,
	data: Making['data'],
	signal: AbortSignal,
): Promise<string | undefined> {
	const email = person && (await data.resources(product, signal)).find(({ id }) => id === person)?.email;
	if (person !== undefined && !email) {
		const message = t('Planbox does not tell the e-mail address of this person, which a new item needs.');
		throw new Refused(message, [{ field: cardField.assignee, message }]);
	}
	return email || undefined;
}

/** The short name, which alone tells Planbox the project: it must be there, and be this project's only. */
async function aliasOf({ boardId, workspaceId }: Column, { data }: Making, signal: AbortSignal): Promise<string> {
	const projects = await data.projects(workspaceId, signal);
	const project = projects.find(({ id }) => id === boardId);
	const alias = project?.alias;
	if (alias === undefined) {
		throw new Refused(t('Planbox finds the project of a new item by its short name, and this project has none.'));
	}
	const sharesAlias = (one: ProjectWire) => one !== project && one.alias?.toLowerCase() === alias.toLowerCase();
	if (projects.some(sharesAlias)) {
		throw new Refused(
			t('Planbox finds the project of a new item by its short name, and several projects have “{0}”.', alias),
		);
	}
	return alias;
}

function readBack(made: Card, { workspaceId }: Column, making: Making, signal: AbortSignal): Promise<Card> {
	const { client, data, server } = making;
	const read = async () => toCard(await client.story(made.id, signal), await data.people(workspaceId, signal), server);
	return afterChange(read, made, signal);
}

/** Where the answer names no item: the newest of this name, where it was to be. */
async function lookedUp(column: Column, title: string, { data }: Making, signal: AbortSignal): Promise<Card> {
	const { cards } = await data.items(column.workspaceId, signal);
	const found = (cards.get(column.boardId) ?? [])
		.filter((card) => card.title === title && card.columnId === column.id)
		.sort((a, b) => Number(b.id) - Number(a.id));
	if (!found[0]) {
		throw new OutcomeUnknown(t('Planbox took the new item and does not list it. Look before you create it again.'));
	}
	return found[0];
}
