import { t } from '@vscode/l10n';
import type { Comments } from '../../core/cards.ts';
import { InvalidInput, ProviderError, Refused } from '../../core/errors.ts';
import type { Card, Comment } from '../../core/model.ts';
import { allItems, onePage } from '../../core/page.ts';
import type { Tasks } from './cardFields.ts';
import type { CommentWire } from './replies.ts';
import { lastSegment, richText, withZone } from './unverified.ts';

/** The comments on a task. No client changes or deletes one. */
export function comments(tasks: Tasks): Comments {
	return {
		list: async (card, signal) => onePage(await listComments(card, tasks, signal)),
		add: (card, text, signal) => addComment(card, text, tasks, signal),
	};
}

/** A project, a task or a file: all are commented alike. */
type Commented = Pick<Card, 'id'>;

/** The newest last. */
export async function listComments(
	{ id }: Commented,
	{ client, data }: Tasks,
	signal: AbortSignal,
): Promise<readonly Comment[]> {
	const found = await client
		.comments(id, signal)
		.catch((error: unknown) => {
			if (error instanceof Refused) {
				return client.comments(undefined, signal); // The filter is not documented, the list is.
			}
			throw error;
		})
		.then((page) => allItems(page, signal));
	const its = found
		.filter(({ doc_id }) => doc_id === id)
		.sort((a, b) => Number((a.time ?? '') > (b.time ?? '')) - Number((a.time ?? '') < (b.time ?? '')));
	const people = its.length > 0 ? await data.people(signal) : new Map<string, string>();
	return its.map((comment) => toComment(comment, people));
}

function toComment({ id, author, text, time }: CommentWire, people: ReadonlyMap<string, string>): Comment {
	const user = lastSegment(author ?? '');
	return {
		id,
		text: richText(text),
		author: user === undefined ? undefined : (people.get(user) ?? decoded(user)),
		created: time ? withZone(time) : undefined,
	};
}

function decoded(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}

export async function addComment(card: Commented, text: string, tasks: Tasks, signal: AbortSignal): Promise<Comment> {
	if (text.trim() === '') {
		throw new InvalidInput([{ message: t('A comment needs a text.') }]);
	}
	const id = await tasks.client.createComment({ text, doc_id: card.id }, signal);
	// The comment stands whatever becomes of this question, and must not be sent a second time because of it.
	try {
		return await readBack(id, card, text, tasks, signal);
	} catch (error) {
		if (signal.aborted || error instanceof ProviderError) {
			return { id: id ?? 'new', text: { text } };
		}
		throw error;
	}
}

async function readBack(
	id: string | undefined,
	card: Commented,
	text: string,
	tasks: Tasks,
	signal: AbortSignal,
): Promise<Comment> {
	if (id !== undefined) {
		const made = await tasks.client.comment(id, signal);
		return toComment(made, await tasks.data.people(signal));
	}
	const all = await listComments(card, tasks, signal);
	const same = all.findLast((comment) => ('text' in comment.text ? comment.text.text : comment.text.html) === text);
	return same ?? { id: 'new', text: { text } };
}
