import { HTTPError, type RetryOptions } from 'ky';
import { ProviderError } from '../core/errors.ts';
import { type Call, writes } from './call.ts';
import { retryTime } from './failures.ts';

/** Seconds of `Retry-After` that are waited for in silence; a longer one is reported as `TooManyRequests`. */
const longestSilentWait = 10;

/** When a call is sent again: reads twice, writes only after a 429, which a server gives before doing any work. */
export function retryOf(call: Call): RetryOptions {
	const safe = !writes(call);
	return {
		limit: call.once ? 0 : 2,
		methods: ['get', 'post', 'put', 'patch', 'delete'],
		statusCodes: safe ? [408, 429, 500, 502, 503, 504] : [429],
		afterStatusCodes: [429, 503],
		maxRetryAfter: longestSilentWait * 1000,
		shouldRetry: ({ error }) => mayRetry(error, safe),
	};
}

/** `undefined` leaves the decision to the list of statuses and the server's own timing. */
function mayRetry(error: Error, safe: boolean): boolean | undefined {
	if (error instanceof ProviderError) {
		// The limit or the authorisation spoke, not the server: asking again gives the same.
		return false;
	}
	if (error instanceof HTTPError) {
		const until = retryTime(error.response);
		return until && until.getTime() - Date.now() > longestSilentWait * 1000 ? false : undefined;
	}
	return safe;
}
