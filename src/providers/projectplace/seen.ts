import { allItems } from '../../core/page.ts';
import { paged } from '../../http/pages.ts';
import type { Days, SeenWire } from './accountCalls.ts';
import type { Client } from './client.ts';

/** Milliseconds. */
const day = 86_400_000;
/** The range of days is closed, so the search has to begin somewhere: where the published example lets it begin. */
const reach = 1825;
export const longestDays = reach - 1;

/** The days on which those signed in last who have been away for so many days; days are ProjectPlace's, in UTC. */
export function quietDays(days: number): Days {
	const now = Date.now();
	return { from: dayOf(now - reach * day), to: dayOf(now - days * day) };
}

/** The day of a sign-in and its neighbours, because it is not said when the days of the server end. */
export function daysAround(time: number): Days {
	return { from: dayOf(time - day), to: dayOf(time + day) };
}

export function daysSince(time: number): number {
	return Math.floor((Date.now() - time) / day);
}

function dayOf(time: number): string {
	return new Date(time).toISOString().slice(0, 10);
}

/** Somebody and the milliseconds since 1970 at which they signed in last. */
export interface Seen {
	readonly person: SeenWire;
	readonly at: number;
}

/**
 * Everybody who signed in last within these days, over all pages, each once: a list that changes while it is read may show
 * somebody twice. Whoever comes without a time, or with one after these days, is left out: nobody is taken for inactive
 * because a server did not heed the range.
 */
export async function everybodySeen(client: Client, days: Days, signal: AbortSignal): Promise<readonly Seen[]> {
	const page = await paged((row, later) => client.ofAccount.lastSeen(days, Number(row ?? 0), later), signal);
	const people = new Map((await allItems(page, signal)).map((person) => [person.userid, person]));
	const end = Date.parse(days.to) + day;
	return [...people.values()].flatMap((person) => {
		const at = Number(person.last_login ?? Number.NaN);
		return at > 0 && at < end ? [{ person, at }] : [];
	});
}
