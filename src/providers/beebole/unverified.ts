/**
 * What nothing public says about Beebole's legacy API, each behind one name. The documentation is an archived page a
 * service kind: https://beebole.com/help/legacy/api
 */

/**
 * The page says "requests: 4000 requests/day" and "transfer volume: 2048KB/day" for each user. It does not say when a
 * day begins; we take midnight UTC.
 */
export function budgetDay(now: number): string {
	return new Date(now).toISOString().slice(0, 10);
}

export function nextBudgetDay(now: number): Date {
	return new Date(Date.parse(budgetDay(now)) + 86_400_000);
}

/** Nor what is counted as transferred, or how long a kilobyte is; we count the bodies of both directions. */
export const budget = { requests: 4_000, bytes: 2_048 * 1_024 };

/**
 * Nor what a refusal beyond the limits looks like. One public client expects 429 (sbordeyne/beebole, beebole/base.py);
 * every other failure comes as a message under 200, so this one may too. The message is matched for nothing else.
 */
export function isBudgetRefusal(status: number, message: string | undefined): boolean {
	return (
		status === 429 ||
		(status === 200 &&
			/\b(daily|requests?|transfer|volume|api) limit\b|\blimit of (requests|transfer)/i.test(message ?? ''))
	);
}

/**
 * The page names one failure under 200, `message`. A public client also looks for `error.message` (yciabaud/mcp-beebole,
 * src/beebole.ts).
 */
export function failureMessage(body: unknown): string | undefined {
	const { status, message, error } = (typeof body === 'object' && body !== null ? body : {}) as Failure;
	if (status !== 'error' && !error) {
		return undefined;
	}
	const words = message ?? error?.message;
	return typeof words === 'string' ? words : '';
}

interface Failure {
	readonly status?: unknown;
	readonly message?: unknown;
	readonly error?: { readonly message?: unknown } | null;
}

/**
 * External ids: the page says to "replace id with xid in all requests and responses" and shows it at the top level. We
 * take it to hold for nested references and in lists too, and for an entity without `xid` in the same list to keep `id`.
 */
const external = 'xid:';

export function toId({ id, xid }: { readonly id?: number; readonly xid?: string }): string {
	return xid === undefined ? String(id) : external + xid;
}

export function toRef(id: string): { readonly id: number } | { readonly xid: string } {
	return id.startsWith(external) ? { xid: id.slice(external.length) } : { id: Number(id) };
}

/** Rules for names are not documented; anything but white space is sent. */
export function isName(name: string): boolean {
	return name.trim() !== '';
}

/**
 * The sample of `project.update` sends name, start date and description together and does not say whether one may be left
 * out. One public client leaves out what did not change (sbordeyne/beebole, beebole/services/project.py), and so do we: what
 * another person changed at the same moment stays. Were all of them needed, they would be added here.
 */
export function projectUpdate<Changes extends object>(changes: Changes): Changes {
	return changes;
}
