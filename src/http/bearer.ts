import type { Send } from '../core/provider.ts';
import { looksLikeWebPage, refusesCredentials } from './reply.ts';

/** What an answer says about the bearer token that its request carried. */
export interface TokenVerdict {
	readonly token: string;
	readonly accepted: boolean;
	/** Milliseconds since the epoch when the request went out. */
	readonly sent: number;
}

/** Told of every answer that says something, before whoever asked gets it. */
export interface TokenWatcher {
	notice(verdict: TokenVerdict, signal: AbortSignal): void | Promise<void>;
	now(): number;
}

export function toBearer(token: string): string {
	return `Bearer ${token}`;
}

/** The same transport, whose answers are watched. */
export function watchedFetch(fetch: typeof globalThis.fetch, watcher: TokenWatcher): typeof globalThis.fetch {
	return async (input, init) => {
		const request = new Request(input, init);
		const sent = watcher.now();
		const response = await fetch(request);
		const accepted = verdictOf(response.status, response.headers);
		await tell(watcher, request.headers, accepted, sent, request.signal);
		return response;
	};
}

/** The same for uploads. */
export function watchedSend(send: Send, watcher: TokenWatcher): Send {
	return async (request) => {
		const sent = watcher.now();
		const reply = await send(request);
		await tell(watcher, new Headers(request.headers), verdictOf(reply.status, reply.headers), sent, request.signal);
		return reply;
	};
}

async function tell(
	watcher: TokenWatcher,
	headers: Headers,
	accepted: boolean | undefined,
	sent: number,
	signal: AbortSignal,
): Promise<void> {
	const [, token] = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '') ?? [];
	if (token !== undefined && accepted !== undefined) {
		await watcher.notice({ token, accepted, sent }, signal);
	}
}

/** By the head alone, because the body may be a stream: a web page, good or bad, may be a proxy's. */
function verdictOf(status: number, headers: Headers): boolean | undefined {
	const reply = { status, headers, body: '<' };
	if (refusesCredentials(reply, 'Bearer')) {
		return false;
	}
	return status >= 200 && status < 300 && !looksLikeWebPage(reply) ? true : undefined;
}
