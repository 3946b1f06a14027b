import { type Branch, failedBranches } from './documentWalk.ts';
import { safeFileName } from './fileName.ts';
import type { EntryContainer } from './model.ts';

/** What stands in an archive or a folder as a JSON text: always the same for the same, so that two can be compared. */

/** Two spaces deep, the keys in their order, ending with a line break. */
export function listingText(branch: Branch): string {
	return `${JSON.stringify(sorted(toListing(branch)), undefined, 2)}\n`;
}

/** The vendor's own form of the name, without the colons that Windows does not take; `now` as the clock on the wall. */
export function listingName({ kind, id, workspaceId }: EntryContainer, now: Date): string {
	const two = (number: number) => String(number).padStart(2, '0');
	const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
	const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('-');
	return safeFileName(`${(kind === 'archive' && workspaceId) || id}-${day}T${time}.json`);
}

/** How many folders the listing lacks in whole or in part, and the first one's failure. */
export function lackOf(branch: Branch): { readonly count: number; readonly first?: Error } {
	const failed = failedBranches(branch);
	return { count: failed.length, first: failed[0]?.failure };
}

/** All that the vendor says. Left out: what only its provider reads, and why we hold something for read-only. */
function toListing({ container, entries, below, failure }: Branch): Readonly<Record<string, unknown>> {
	return {
		...facts(container),
		entries: entries.map((entry) => {
			const inner = below.get(entry);
			return inner ? toListing(inner) : facts(entry);
		}),
		...(failure && { failure: failure.message }),
	};
}

function facts(container: EntryContainer): Readonly<Record<string, unknown>> {
	return Object.fromEntries(Object.entries(container).filter(([key]) => key !== 'extra' && key !== 'readOnly'));
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) {
		return value.map(sorted);
	}
	if (typeof value !== 'object' || value === null) {
		return value;
	}
	const pairs = Object.entries(value).map(([key, one]) => [key, sorted(one)] as const);
	return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}
