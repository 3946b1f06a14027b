import type { Provider, Session, SessionIo, SignedIn } from '../../src/core/provider.ts';
import { memoryCredentials } from '../support/session.ts';

/** A reply as it came, and the request it came to. */
export interface Recorded {
	readonly request: string;
	readonly status: number;
	readonly headers: readonly (readonly [string, string])[];
	readonly text: string;
}

/** What makes a recorded reply another one; the same one where it returns undefined. */
export type Spoil = (at: number) => { readonly text: string; readonly contentType?: string } | undefined;

/** A question asked too much: a reply sent the session round in circles. */
export class Endless extends Error {}

/** Something was asked that the recording does not know, with an id that came from a spoilt reply. */
export class Unasked extends Error {}

const statusesWithoutBody = new Set([204, 205, 304]);

/** Sends over the network, and notes every reply that is text. */
export function recordingFetch(fetch: typeof globalThis.fetch, into: Recorded[]): typeof globalThis.fetch {
	return async (input, init) => {
		const request = new Request(input, init);
		const line = await lineOf(request);
		const response = await fetch(request);
		const text = await response.clone().text();
		into.push({ request: line, status: response.status, headers: [...response.headers], text });
		return response;
	};
}

/**
 * Answers from a recording, without the network; the same request again gets the next reply that was recorded for it. What only
 * a spoilt reply made a session ask is answered from `elsewhere`, as it was when another question was asked.
 */
export function replayingFetch(
	recorded: readonly Recorded[],
	spoil: Spoil,
	elsewhere: readonly Recorded[] = [],
): typeof globalThis.fetch {
	const used = new Map<string, number>();
	let asked = 0;
	return async (input, init) => {
		const line = await lineOf(new Request(input, init));
		asked += 1;
		if (asked > 20 + recorded.length * 3) {
			throw new Endless(`${asked} requests, the last one ${line}`);
		}
		const all = recorded.flatMap((one, at) => (one.request === line ? [at] : []));
		const turn = used.get(line) ?? 0;
		used.set(line, turn + 1);
		const at = all[Math.min(turn, all.length - 1)];
		const reply = at === undefined ? elsewhere.find(({ request }) => request === line) : recorded[at];
		if (!reply) {
			throw new Unasked(line);
		}
		const { text = reply.text, contentType } = (at === undefined ? undefined : spoil(at)) ?? {};
		const headers = new Headers(reply.headers.map(([name, value]) => [name, value]));
		headers.delete('content-length');
		if (contentType) {
			headers.set('content-type', contentType);
		}
		return new Response(statusesWithoutBody.has(reply.status) ? null : text, { status: reply.status, headers });
	};
}

async function lineOf(request: Request): Promise<string> {
	return `${request.method} ${request.url} ${await request.clone().text()}`.trimEnd();
}

let sessions = 0;

/** A new session that remembers nothing, of another person each time: what a person may ask for in a day is counted beyond it. */
export function sessionOver(provider: Provider, account: SignedIn, fetch: typeof globalThis.fetch): Session {
	const io: SessionIo = {
		fetch,
		send: () => Promise.reject(new Error('nothing is uploaded here')),
		log: { debug: () => undefined, warn: () => undefined },
		accountName: account.label,
		setting: () => undefined,
		credentials: memoryCredentials(account.secrets),
		onVerdict: () => undefined,
	};
	sessions += 1;
	return provider.open({ ...account, identity: `${account.identity} ${sessions}` }, io);
}
