import * as v from 'valibot';
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
