/**
 * One page of a list and the way to the next one.
 *
 * A page rather than an async iterator, because whoever draws a list must know whether more exists without asking for
 * it: "Load more…" stands under a list exactly when `next` is there.
 */
export interface Page<T> {
	readonly items: readonly T[];
	/** How many items the whole list holds, where the vendor says so. */
	readonly total?: number;
	/** Asks for the following page; absent on the last one. May be called again after a failure. */
	readonly next?: (signal: AbortSignal) => Promise<Page<T>>;
}

/** A list that arrived whole. */
export function onePage<T>(items: readonly T[]): Page<T> {
	return { items, total: items.length };
}

/** The same pages with every item turned into something else. */
export function mapPage<A, B>(page: Page<A>, turn: (item: A) => B): Page<B> {
	const { next } = page;
	return {
		items: page.items.map(turn),
		total: page.total,
		next: next && (async (signal) => mapPage(await next(signal), turn)),
	};
}

/** The same pages without the items that `is` names. */
export function without<T>({ items, next }: Page<T>, is: (item: T) => boolean): Page<T> {
	return {
		items: items.filter((item) => !is(item)),
		next: next && (async (signal) => without(await next(signal), is)),
	};
}

/** Every item of a list, page after page, asking for a page only when the items before it are used up. */
export async function* itemsOf<T>(first: Page<T>, signal: AbortSignal): AsyncGenerator<T, void> {
	for (let page: Page<T> | undefined = first; page; page = await page.next?.(signal)) {
		yield* page.items;
	}
}

/** The whole list. */
export async function allItems<T>(first: Page<T>, signal: AbortSignal): Promise<T[]> {
	const items: T[] = [];
	for (let page: Page<T> | undefined = first; page; page = await page.next?.(signal)) {
		// Not spread into one call: a list that arrives whole may hold more than a call takes arguments.
		for (const item of page.items) {
			items.push(item);
		}
	}
	return items;
}
