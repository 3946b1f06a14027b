import { t } from '@vscode/l10n';
import { cardField } from '../../core/cards.ts';
import { InvalidInput } from '../../core/errors.ts';
import { type Field, listOf, textOf, type Values } from '../../core/form.ts';
import type { Card, Choice } from '../../core/model.ts';
import { onePage } from '../../core/page.ts';
import type { Making } from './creation.ts';
import { statusName, tagsOf } from './mapping.ts';
import type { WholeStoryWire } from './replies.ts';
import { inProgress, inProgressOf, tasksField } from './tasksInProgress.ts';
import { noDay, statusActions, storyArguments } from './unverified.ts';

/** What of an item a call can change. It has nobody assigned to it: its tasks have. */
export function itemFields(card: Card, making: Making): readonly Field[] {
	const { client, data } = making;
	const product = async (signal: AbortSignal) => (await client.story(card.id, signal)).product_id;
	return [
		{ kind: 'text', id: cardField.title, label: t('Name'), required: true },
		{ kind: 'text', id: cardField.description, label: t('Description'), multiline: true, html: true },
		{ kind: 'date', id: cardField.due, label: t('Due date') },
		labelsField(async (signal) => data.tags(await product(signal), signal)),
		{
			kind: 'choice',
			id: cardField.status,
			label: t('Status'),
			help: t('Planbox may work the status out again when the item’s tasks change.'),
			check: (status) => (typeof status === 'string' ? whyNoStatus(status) : noStatus()),
			choices: async (values) => onePage(statuses(textOf(values, cardField.status))),
		},
		tasksField(card, making),
	];
}

export function labelsField(tags: (signal: AbortSignal) => Promise<readonly string[]>): Field {
	return {
		kind: 'choice',
		id: cardField.labels,
		label: t('Tags'),
		many: true,
		free: true,
		help: t('The tags that items of this initiative have; others can be typed.'),
		// The vendor keeps them as one text with commas between.
		check: (tags) =>
			Array.isArray(tags) && tags.some((tag: string) => tag.includes(','))
				? t('A tag can’t have a comma in it.')
				: undefined,
		choices: async (_, signal) => onePage((await tags(signal)).map((tag) => ({ value: tag, label: tag }))),
		none: t('No item of this initiative has a tag yet. Type the first one.'),
	};
}

/** What an item can be led into, and what it is in now. */
function statuses(now: string | undefined): readonly Choice[] {
	const all = new Set([...(now === undefined ? [] : [now]), ...Object.keys(statusActions)]);
	return [...all].map((status) => ({ value: status, label: statusName(status) }));
}

export function valuesOf(story: WholeStoryWire): Values {
	const { name, description, due_on, tags, status } = story;
	return {
		title: name,
		description: description ?? '',
		due: due_on ?? '',
		labels: tagsOf(tags),
		status: status ?? '',
		[inProgress]: inProgressOf(story),
	};
}

/** Throws `InvalidInput` for a tag that Planbox would take apart. */
export function checkTags(values: Values): void {
	const bad = listOf(values, cardField.labels).find((tag) => tag.includes(','));
	if (bad !== undefined) {
		const message = t('Planbox separates tags with commas, so “{0}” can’t be one.', bad);
		throw new InvalidInput([{ field: cardField.labels, message }]);
	}
}

/** The arguments of `update_story`; a status is none of them. Undefined where nothing else is given. */
export function toArguments(values: Values): Readonly<Record<string, string>> | undefined {
	const given = Object.entries(values).flatMap(([id, value]) => {
		const name = storyArguments[id];
		return name === undefined ? [] : [[name, toArgument(id, value)] as const];
	});
	return given.length > 0 ? Object.fromEntries(given) : undefined;
}

function toArgument(id: string, value: Values[string]): string {
	if (Array.isArray(value)) {
		return value.join(',');
	}
	return id === cardField.due && value === '' ? noDay : typeof value === 'string' ? value : '';
}

/** What leads into a status. Throws `InvalidInput` where nothing does, or where what was given is none. */
export function actionOf(status: Values[string]): string {
	const action = Object.entries(statusActions).find(([one]) => one === status)?.[1];
	if (action === undefined) {
		throw new InvalidInput([{ field: cardField.status, message: noStatus() }]);
	}
	return action;
}

function whyNoStatus(status: string): string | undefined {
	return Object.hasOwn(statusActions, status) ? undefined : noStatus();
}

function noStatus(): string {
	return t('Planbox has no call that leads an item into this status.');
}
