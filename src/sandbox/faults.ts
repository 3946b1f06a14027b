import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';

/** Trouble on demand, for any vendor: what the network and tired servers do, on the requests a pattern names. */
export type FaultKind = (typeof faultKinds)[number];

export const faultKinds = [
	'slow',
	'401',
	'403',
	'404',
	'429',
	'429-date',
	'500',
	'503',
	'cut',
	'drop',
	'stall',
	'malformed',
	'html',
] as const;

export interface Fault {
	/** Part of `METHOD /path`; `*` stands for anything. */
	readonly pattern: string;
	readonly kind: FaultKind;
	/** How many requests it strikes; all of them without it. */
	times?: number;
	/** Bytes of the answer before it is cut or stalls, or of the request before it is dropped; half of it, or all, without it. */
	readonly at?: number;
}

/** Milliseconds that a slow answer takes. */
const slowness = 3_000;
/** Seconds named in `Retry-After`. */
const retryAfter = 2;

/** What is written to where a fault leaves the ways of HTTP. */
export interface Connection {
	writeHead(status: number, headers: Record<string, string>): unknown;
	write(data: Uint8Array | string, written: () => void): unknown;
	destroy(): unknown;
}

export class Faults {
	readonly #faults: Fault[] = [];

	add(fault: Fault): void {
		this.#faults.push(fault);
	}

	clear(): void {
		this.#faults.length = 0;
	}

	/** Answers in the place of, or instead of, the vendor. The vendor still does its work where only the answer suffers. */
	async strike(request: Request, connection: Connection, answer: () => Promise<Response>): Promise<Response> {
		const fault = this.#take(`${request.method} ${new URL(request.url).pathname}`);
		if (!fault) {
			return answer();
		}
		switch (fault.kind) {
			case 'slow':
				await new Promise((resolve) => setTimeout(resolve, slowness));
				return answer();
			case 'cut':
				return begun(await answer(), connection, fault.at, () => connection.destroy());
			case 'stall':
				return begun(await answer(), connection, fault.at, () => undefined);
			case 'drop':
				return dropped(request, connection, fault.at);
			case 'malformed':
				await answer();
				return new Response('{"id": 12, "name": "Har', { headers: { 'content-type': 'application/json' } });
			case 'html':
				return new Response('<!doctype html><title>Sign in</title><h1>Network sign-in</h1>', {
					headers: { 'content-type': 'text/html' },
				});
			case '429':
				return new Response('', { status: 429, headers: { 'retry-after': String(retryAfter) } });
			case '429-date':
				return new Response('', {
					status: 429,
					headers: { 'retry-after': new Date(Date.now() + retryAfter * 1000).toUTCString() },
				});
			case '401':
			case '403':
			case '404':
			case '500':
			case '503':
				return new Response('', { status: Number(fault.kind) });
		}
	}

	#take(line: string): Fault | undefined {
		const fault = this.#faults.find(({ pattern, times }) => times !== 0 && matches(pattern, line));
		if (fault?.times !== undefined) {
			fault.times -= 1;
		}
		return fault;
	}
}

function matches(pattern: string, line: string): boolean {
	const escaped = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
	return new RegExp(escaped.join('.*')).test(line);
}

/** The right head and half of the body, or so many bytes of it. */
async function begun(
	response: Response,
	connection: Connection,
	at: number | undefined,
	onBegun: () => void,
): Promise<Response> {
	const whole = new Uint8Array(await response.arrayBuffer());
	const headers = new Headers(response.headers);
	headers.set('content-length', String(whole.length || 100));
	connection.writeHead(response.status === 204 ? 200 : response.status, Object.fromEntries(headers));
	// Not before the half is on its way, or a connection that breaks then would carry nothing at all.
	const sent = whole.length > 1 ? whole.subarray(0, at ?? whole.length / 2) : '{';
	connection.write(sent, onBegun);
	return RESPONSE_ALREADY_SENT;
}

/** Breaks the connection while the request is still coming; the vendor never sees it. */
async function dropped(request: Request, connection: Connection, at = Number.POSITIVE_INFINITY): Promise<Response> {
	let come = 0;
	for await (const piece of (request.body ?? []) as AsyncIterable<Uint8Array>) {
		come += piece.length;
		if (come >= at) {
			break;
		}
	}
	connection.destroy();
	return RESPONSE_ALREADY_SENT;
}

/** Reads `vendor:pattern:kind`; the pattern may itself hold colons. */
export function parseFault(text: string): { vendor: string } & Fault {
	const parts = text.split(':');
	const vendor = parts.shift() ?? '';
	const kind = parts.pop() ?? '';
	if (!isFaultKind(kind)) {
		throw new RangeError(`"${text}" is no fault: write vendor:pattern:kind with one of ${faultKinds.join(', ')}`);
	}
	return { vendor, pattern: parts.join(':') || '*', kind };
}

export function isFaultKind(kind: unknown): kind is FaultKind {
	return (faultKinds as readonly unknown[]).includes(kind);
}
