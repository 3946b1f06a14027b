import * as v from 'valibot';
import type { RichText } from '../../core/model.ts';
import { isLoopback } from '../../core/server.ts';
import type { Explanation } from '../../http/request.ts';

/**
 * What no public document states. Everything here was read from old clients or supposed; where the live service proves
 * one wrong, it is corrected here.
 */

/**
 * The new API's address beside a known old one. Documented are only the two public addresses; that another installation
 * follows the same pattern is supposed. Undefined where nothing can be derived.
 */
export function newApiBeside(server: string): string | undefined {
	const url = new URL(server);
	if (isLoopback(url)) {
		return `${url.origin}/b`;
	}
	const { hostname } = url;
	return /^(work|www)\./.test(hostname) ? `https://${hostname.replace(/^\w+\./, 'api.')}` : undefined;
}

/** How the new API is told who asks: seen in one client of 2020; that it takes the old API's token is supposed. */
export function newApiAuthorization(token: string): string {
	return `Token token=${token}`;
}

/**
 * What a refusal under status 200 is about. The old API has no codes for its errors and its sentences are not
 * documented, so this goes by words that are likely; what has none of them is an ordinary refusal.
 */
export function kindOfRefusal(words: string): Explanation['kind'] {
	if (/not found|does not exist/i.test(words)) {
		return 'notFound';
	}
	return /permission|not allowed|access denied|forbidden/i.test(words) ? 'notAllowed' : 'refused';
}

/** Whether a permission lets one add a project: the documents do not say that `write` is enough. */
export function mayAddProject(permission: unknown): boolean {
	return permission !== 'read';
}

/**
 * What leads an item into a status, by the status. Seen in one client of 2013; another finds the call under `/nik/`, as an
 * experiment, and a third found that a status follows from the item's tasks. So it is looked at afterwards.
 */
export const statusActions: Readonly<Record<string, string>> = {
	completed: 'complete',
	delivered: 'deliver',
	accepted: 'accept',
	rejected: 'reject',
	released: 'release',
};

/**
 * The arguments of `update_story` by our names. One client sends the first three; that the day goes the same way follows
 * from its name in items alone. What was sent is compared with the item afterwards.
 */
export const storyArguments: Readonly<Record<string, string>> = {
	title: 'name',
	description: 'description',
	labels: 'tags',
	due: 'due_on',
};

/** What takes a day away: how Planbox itself writes that there is none. */
export const noDay = '0000-00-00';

/** Points in time carry no zone, and nobody says whether they are the initiative's or Planbox's own. */
export function withZone(time: string): string {
	return `${time.replace(' ', 'T')}${time.includes(' ') ? 'Z' : ''}`;
}

/** The words of a comment; whether they may hold HTML, as descriptions do, nobody says. */
export function commentText(text: string): RichText {
	return /<\/?[a-z][^<>]*>/i.test(text) ? { html: text } : { text };
}

/** A comment. Only its text and date are known; who wrote it is read where it looks like everywhere else. */
export const commentWire = v.fallback(
	v.object({
		id: v.nullish(v.union([v.string(), v.number()])),
		text: v.nullish(v.string()),
		date: v.nullish(v.string()),
		resource_id: v.nullish(v.union([v.string(), v.number()])),
	}),
	{},
);

/** The id of an item in the answer to making one, whose form is not described: an item or a list of just it. */
export function idOfMade(content: unknown): string | undefined {
	const [made]: readonly unknown[] = Array.isArray(content) ? content : [content];
	const id = typeof made === 'object' && made !== null && 'id' in made ? made.id : undefined;
	return (typeof id === 'string' || typeof id === 'number') && id !== '' ? String(id) : undefined;
}

/**
 * A file of an item. No document describes one, so everything is optional, both spellings of the name are read, and
 * one of another form is listed without an address.
 */
export const fileWire = v.fallback(
	v.object({
		id: v.nullish(v.union([v.string(), v.number()])),
		name: v.nullish(v.string()),
		filename: v.nullish(v.string()),
		url: v.nullish(v.string()),
		size: v.nullish(v.union([v.string(), v.number()])),
	}),
	{},
);
export type FileWire = v.InferOutput<typeof fileWire>;
