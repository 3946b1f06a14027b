import { allItems, type Page } from '../core/page.ts';

/** What one request for a page of a list gave. */
export interface Batch<T> {
	readonly items: readonly T[];
	readonly total?: number;
	/** Where the next page begins; absent on the last one. */
	readonly next?: string | number;
}

/** A list whose pages are asked for one after another: `ask` gets undefined first and then each batch's own `next`. */
export async function paged<T>(
	ask: (at: string | number | undefined, signal: AbortSignal) => Promise<Batch<T>>,
	signal: AbortSignal,
	at?: string | number,
): Promise<Page<T>> {
	const { items, total, next } = await ask(at, signal);
	return { items, total, next: next === undefined ? undefined : (later) => paged(ask, later, next) };
}

/**
 * A whole list by offsets. Once its first page tells the total, the other pages are asked for side by side; the account's
 * limit decides how many at once. A list that tells no total is read page after page.
 */
export async function wholeList<T>(
	ask: (at: string | number | undefined, signal: AbortSignal) => Promise<Batch<T>>,
	signal: AbortSignal,
): Promise<readonly T[]> {
	const { items, total, next } = await ask(undefined, signal);
	if (next === undefined) {
		return items;
	}
	if (typeof next !== 'number' || total === undefined) {
		return [...items, ...(await allItems(await paged(ask, signal, next), signal))];
	}
	const offsets: number[] = [];
	for (let at = next; at < total; at += next) {
		offsets.push(at);
	}
	const others = await Promise.all(offsets.map((at) => ask(at, signal)));
	return [...items, ...others.flatMap((batch) => batch.items)];
}
