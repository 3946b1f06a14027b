import { t } from '@vscode/l10n';
import type { Comments } from '../../core/cards.ts';
import { InvalidInput, NotFound, OutcomeUnknown, Refused } from '../../core/errors.ts';
import type { Card, Comment } from '../../core/model.ts';
import { onePage } from '../../core/page.ts';
import { wholeList } from '../../http/pages.ts';
import { afterwards, type CardNeeds, changing } from './cardAccess.ts';
import type { Client } from './client.ts';
import { vendor } from './host.ts';
import type { CommentWire, ConversationWire } from './shapes.ts';
import { timeOf } from './times.ts';
import { authorOf, isSameComment } from './unverified.ts';

export function comments(needs: CardNeeds): Comments {
	const { client } = needs;
	return {
		list: async (card, signal) => onePage(await listed(client, card, signal)),
		async add(card, text, signal) {
			if (text.trim() === '') {
				throw new InvalidInput([{ message: t('A comment needs a text.') }]);
			}
			return changing(needs, card, async () => {
				await sendComment(client, card, text, signal);
				const all = await afterwards(() => listed(client, card, signal), signal);
				const made = all.findLast((one) => textOf(one).trim() === text.trim());
				if (!made) {
					throw new OutcomeUnknown(
						t('{0} took the comment but does not show it. Look before you write it again.', vendor),
					);
				}
				return made;
			});
		},
		remove: (card, comment, signal) => changing(needs, card, () => removeComment(client, card, comment, signal)),
	};
}

/** Version 1, and where the server does not know the call, version 3. The newest last. */
async function listed(client: Client, card: Card, signal: AbortSignal): Promise<Comment[]> {
	const all = await byVersion(
		client,
		card,
		async () => (await client.ofCards.comments(card.id, signal)).map(toComment),
		async () => (await conversation(client, card, signal)).map(fromConversation),
		signal,
	);
	return all.every(({ created }) => created !== undefined) ? all.toSorted(byAge) : all;
}

/** Times are full seconds; of two in one second the later has the higher id. */
function byAge(a: Comment, b: Comment): number {
	const byTime = String(a.created).localeCompare(String(b.created));
	return byTime === 0 ? a.id.localeCompare(b.id, 'en', { numeric: true }) : byTime;
}

function sendComment(client: Client, card: Card, text: string, signal: AbortSignal): Promise<void> {
	return byVersion(
		client,
		card,
		() => client.ofCards.addComment(card.id, text, signal),
		() => client.ofCards.addToConversation(card.id, text, signal),
		signal,
	);
}

/** A status of 404 says that the call or the card is unknown: the card is asked for, which throws where it is gone. */
async function byVersion<T>(
	client: Client,
	{ id }: Card,
	first: () => Promise<T>,
	third: () => Promise<T>,
	signal: AbortSignal,
): Promise<T> {
	try {
		return await first();
	} catch (error) {
		if (!(error instanceof NotFound)) {
			throw error;
		}
		await client.ofCards.get(id, signal);
		return third();
	}
}

/** Only version 3 removes. */
async function removeComment(client: Client, card: Card, comment: Comment, signal: AbortSignal): Promise<void> {
	const wanted = { id: comment.id, text: textOf(comment) };
	const known = await conversation(client, card, signal);
	if (!known.some((one) => isSameComment(one, wanted))) {
		throw new Refused(t('{0} does not offer to remove this comment here. Nothing was removed.', vendor));
	}
	await client.ofCards.removeFromConversation(card.id, comment.id, signal);
}

function conversation({ ofCards }: Client, { id }: Card, signal: AbortSignal): Promise<readonly ConversationWire[]> {
	return wholeList((at, each) => ofCards.conversation(id, Number(at ?? 0), each), signal);
}

/** One without an id has its place in the list for one, by which it can be shown and not removed. */
function toComment({ id, text, author, create_time }: CommentWire, place: number): Comment {
	return { id: id ?? `at ${place}`, text: { text }, author: authorOf(author), created: timeOf(create_time) };
}

function fromConversation({ id, text, created_by, created_at }: ConversationWire): Comment {
	return { id, text: { text }, author: authorOf(created_by), created: timeOf(created_at) };
}

function textOf({ text }: Comment): string {
	return 'text' in text ? text.text : text.html;
}
