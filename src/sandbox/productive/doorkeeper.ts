import { mediaType, Refusal, refusal } from './replies.ts';
import { organization } from './store.ts';

export const token = 'practice-productive-token';
/** Sees the same and changes nothing. */
export const readOnlyToken = 'practice-productive-read-only';

export function isToken(text: string | null): boolean {
	return text === token || text === readOnlyToken;
}

interface Limit {
	readonly limit: number;
	/** In seconds. */
	readonly period: number;
}

const limits = { token: { limit: 100, period: 10 }, organization: { limit: 4000, period: 1800 } };

/** Lets a request in or refuses it, and says which organization it is for. */
export function doorkeeper(clock: () => number): (request: Request) => number {
	const take = counting(clock);
	return ({ method, headers }) => {
		const who = headers.get('x-auth-token');
		const place = headers.get('x-organization-id');
		if (who === null || !isToken(who) || place === null) {
			throw refusal(401);
		}
		take(limits.token, who);
		if (![organization, organization + 1].map(String).includes(place) || (who === readOnlyToken && method !== 'GET')) {
			throw refusal(403);
		}
		take(limits.organization, place);
		if (headers.get('content-type') !== mediaType) {
			throw refusal(415);
		}
		return Number(place);
	};
}

/** Counts what each does within a window that begins with the first request. */
function counting(clock: () => number): (limit: Limit, who: string) => void {
	const used = new Map<string, { since: number; count: number }>();
	return ({ limit, period }, who) => {
		const known = used.get(who);
		const window = known && clock() < known.since + period * 1000 ? known : { since: clock(), count: 0 };
		window.count += 1;
		used.set(who, window);
		if (window.count > limit) {
			const error = { status: 429, title: 'Too many requests', detail: 'Slow down', limit, period };
			throw new Refusal(429, [error], {
				'x-ratelimit-reset': String(Math.ceil(window.since / 1000 + period - clock() / 1000)),
			});
		}
	};
}
