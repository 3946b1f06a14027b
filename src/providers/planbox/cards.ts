import { t } from '@vscode/l10n';
import { afterChange, checkTaken, checkValues, mergedChanges } from '../../core/cardEdits.ts';
import { type CardDetail, type CardMoving, type Cards, cardField } from '../../core/cards.ts';
import { Refused } from '../../core/errors.ts';
import type { Values } from '../../core/form.ts';
import type { Card, Column, Comment, Fact } from '../../core/model.ts';
import { onePage } from '../../core/page.ts';
import { documentsOf } from './attachments.ts';
import { vendor } from './auth.ts';
import { actionOf, checkTags, itemFields, toArguments, valuesOf } from './cardFields.ts';
import { checklist, itemsOf } from './checklist.ts';
import type { Making } from './creation.ts';
import { changing, checkWritable } from './itemChanges.ts';
import { itemForm, whyNoItem } from './itemCreation.ts';
import { toCard } from './mapping.ts';
import { mine } from './mine.ts';
import type { WholeStoryWire } from './replies.ts';
import { inProgress, type TaskChange, taskChanges, timerWarning } from './tasksInProgress.ts';
import { whyNoMoveTo } from './timeframes.ts';
import { commentText, withZone } from './unverified.ts';

/** Items as cards. Planbox has no call that removes an item, comments on one, or puts a file onto one. */
export function cards(making: Making): Cards {
	return {
		look: (card, signal) => look(card, making, signal),
		me: async (signal) => (await making.data.me(signal)).id,
		mine: (signal) => mine(making, signal),
		creation: { whyNot: whyNoItem, form: (column) => itemForm(column, making) },
		editing: {
			fields: (card) => itemFields(card, making),
			edit: (card, values, signal) => edit(card, values, making, signal),
			completion: async (card, isDone) => completion(card, isDone),
			reopens: false,
			warning: timerWarning,
		},
		moving: moving(making),
		comments: { list: async (card, signal) => onePage(await comments(card, making, signal)) },
		checklist: checklist(making),
	};
}

async function look(card: Card, making: Making, signal: AbortSignal): Promise<CardDetail> {
	const story = await making.client.story(card.id, signal);
	return {
		card: await cardOf(story, card, making, signal),
		values: valuesOf(story),
		checklist: itemsOf(story),
		attachments: documentsOf(story, making.server),
		facts: toFacts(story),
	};
}

/** An item as a card, with what is known of the right to change it where the item does not say. */
async function cardOf(
	story: WholeStoryWire,
	{ readOnly }: Pick<Card, 'readOnly'>,
	{ data, server }: Making,
	signal: AbortSignal,
): Promise<Card> {
	const card = toCard(story, await data.people(story.product_id, signal), server);
	return readOnly === undefined ? card : { readOnly, ...card };
}

function toFacts({ type, importance, points, value, note, created_on, completed_on }: WholeStoryWire): readonly Fact[] {
	const words = [undefined, t('Nice to have'), t('Low'), t('Normal'), t('High'), t('Critical')];
	const facts: readonly (readonly [string, string | undefined])[] = [
		[t('Type'), type],
		[t('Importance'), words[importance ?? 0]],
		[t('Points'), points ? String(points) : undefined],
		[t('Value'), value ? String(value) : undefined],
		[t('Note'), note],
		[t('Created'), dayText(created_on)],
		[t('Completed'), dayText(completed_on)],
	];
	return facts.flatMap(([label, said]) => (said === undefined ? [] : [{ label, value: said }]));
}

function dayText(time: string | undefined): string | undefined {
	const date = new Date(withZone(time ?? ''));
	return Number.isNaN(date.getTime())
		? undefined
		: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' }).format(date);
}

/** Sends what differs from the item as it is at this moment: tags are one text, which is replaced whole. */
async function edit(card: Card, values: Values, making: Making, signal: AbortSignal): Promise<Card> {
	checkWritable(card);
	checkValues(itemFields(card, making), values);
	checkTags(values);
	const before = await making.client.story(card.id, signal);
	const was = valuesOf(before);
	const { [inProgress]: tasks, ...plain } = values;
	const changes = taskChanges(card, values, before);
	const sent = {
		...mergedChanges(plain, was, { labels: card.labels }),
		...(changes.length > 0 && { [inProgress]: tasks }),
	};
	if (Object.keys(sent).length === 0) {
		return cardOf(before, card, making, signal);
	}
	await changing(before.product_id, making, () => send(card.id, sent, changes, making, signal));
	const read = async () => {
		const after = await making.client.story(card.id, signal);
		checkTaken(sent, was, valuesOf(after), vendor);
		return cardOf(after, card, making, signal);
	};
	return afterChange(read, { ...card, ...shownBy(sent) }, signal);
}

/** Nothing is sent where the status is none that can be reached; it is the last of what is sent, as it follows from tasks too. */
async function send(
	id: string,
	values: Values,
	tasks: readonly TaskChange[],
	{ client }: Making,
	signal: AbortSignal,
): Promise<void> {
	const status = values[cardField.status];
	const action = status === undefined ? undefined : actionOf(status);
	const given = toArguments(values);
	if (given) {
		await client.updateStory({ story_id: id, ...given }, signal);
	}
	for (const { id: task_id, status: to } of tasks) {
		await client.updateTask({ story_id: id, task_id, status: to }, signal);
	}
	if (action !== undefined) {
		await client.updateStoryStatus({ story_id: id, action }, signal);
	}
}

/** Nothing leads a done item back. One that is done already keeps the status that somebody gave it, such as “Accepted”. */
function completion({ readOnly, done }: Card, isDone: boolean): Values | undefined {
	return isDone && !done && readOnly === undefined ? { [cardField.status]: 'completed' } : undefined;
}

/** What a card shows of values that were taken, for want of the vendor's own answer. */
function shownBy({ title, due, labels, description }: Values): Partial<Card> {
	return {
		...(typeof title === 'string' && { title }),
		...(typeof due === 'string' && { dueDate: due || undefined }),
		...(Array.isArray(labels) && { labels: labels as readonly string[] }),
		...(typeof description === 'string' && { description: description ? { html: description } : undefined }),
	};
}

/** An item goes to the top or the bottom of a timeframe, which all projects of the initiative share. */
function moving(making: Making): CardMoving {
	return {
		places: 'ends',
		whyNot,
		async move(card, to, after, signal) {
			const why = whyNot(card, to);
			if (why !== undefined) {
				throw new Refused(why);
			}
			const position = after === undefined ? 'top' : 'bottom';
			const form = { story_id: card.id, timeframe: to.id, position };
			await changing(to.workspaceId, making, () => making.client.moveStory(form, signal));
			return afterChange(() => moved(card, to, making, signal), { ...card, columnId: to.id }, signal);
		},
	};
}

async function moved(card: Card, to: Column, making: Making, signal: AbortSignal): Promise<Card> {
	const story = await making.client.story(card.id, signal);
	if (story.timeframe !== to.id) {
		throw new Refused(t('{0} did not take this.', vendor));
	}
	return cardOf(story, card, making, signal);
}

function whyNot(card: Card, to: Column): string | undefined {
	return (
		card.readOnly ??
		whyNoMoveTo(to.id) ??
		(to.boardId === card.boardId ? undefined : t('Planbox has no call that moves an item to another project.'))
	);
}

async function comments({ id }: Card, { client, data }: Making, signal: AbortSignal): Promise<readonly Comment[]> {
	const story = await client.story(id, signal);
	const said = (story.comments ?? []).filter(({ text }) => text);
	const people = said.some(({ resource_id }) => resource_id) ? await data.people(story.product_id, signal) : undefined;
	return said
		.map(({ id: own, text, date, resource_id }, at) => ({
			id: String(own ?? at),
			text: commentText(text ?? ''),
			author: people?.get(String(resource_id)),
			created: date ? withZone(date) : undefined,
		}))
		.sort((a, b) => Number((a.created ?? '') > (b.created ?? '')) - Number((a.created ?? '') < (b.created ?? '')));
}
