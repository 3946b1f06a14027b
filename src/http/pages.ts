import type { Page } from '../core/page.ts';

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
