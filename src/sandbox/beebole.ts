import { Hono } from 'hono';
import { fill } from './beebole/fill.ts';
import { Declined, isRecord } from './beebole/rules.ts';
import { makeServices } from './beebole/services.ts';
import type { MakeVendor } from './vendor.ts';

/** Beebole's legacy API: one POST endpoint where `service` names the operation, and errors come under HTTP 200. */
export const beeboleSandbox: MakeVendor = (world, clock) => {
	const store = fill(world);
	const serve = makeServices(store, clock);
	const usage = new Map<string, Usage>();
	const app = new Hono();

	app.all('*', async ({ req }) => {
		const { pathname, search } = new URL(req.url);
		if (pathname !== path || search !== '') {
			return refusal(404, 'not found');
		}
		if (req.method !== 'POST') {
			return refusal(405, 'only POST');
		}
		const token = tokenOf(req.header('authorization'));
		const right = token && rights[token];
		if (!right) {
			return refusal(401, 'invalid API token');
		}
		if (right === 'off') {
			return refusal(403, 'API calls are disabled for this account');
		}
		const used = usageOf(usage, token, clock());
		if (used.requests >= budget.requests || used.bytes >= budget.bytes) {
			return refusal(429, 'daily API limit reached');
		}
		const sent = await req.text();
		const reply = JSON.stringify(answer(serve, sent, right === 'write'));
		used.requests += 1;
		used.bytes += bytesOf(sent) + bytesOf(reply);
		return json(200, reply);
	});

	return {
		app,
		address: (origin) => ({ url: origin + path, token: tokens.write }),
		state: {
			readOnly: { token: tokens.read },
			apiDisabled: { token: tokens.off },
			entities: store.entities,
			/** By token: what was used of the daily budget, and on which day. */
			usage,
		},
	};
};

interface Usage {
	readonly day: string;
	requests: number;
	bytes: number;
}

const path = '/api/v2';
const budget = { requests: 4_000, bytes: 2_048 * 1_024 };
/** A token has the rights of its person, and is worth nothing while the account has API calls switched off. */
const tokens = {
	write: '803b0000162432915ce2e7b25a022910925ab001',
	read: '803b0000162432915ce2e7b25a022910925ab002',
	off: '803b0000162432915ce2e7b25a022910925ab003',
};
const rights: Readonly<Record<string, string>> = Object.fromEntries(
	Object.entries(tokens).map(([right, token]) => [token, right]),
);

function answer(serve: ReturnType<typeof makeServices>, sent: string, mayWrite: boolean): object {
	try {
		const body = parse(sent);
		const { service, ...rest } = isRecord(body) ? body : {};
		return serve(typeof service === 'string' ? service : '', rest, mayWrite);
	} catch (error) {
		if (error instanceof Declined) {
			return { status: 'error', message: error.message };
		}
		throw error;
	}
}

function parse(sent: string): unknown {
	try {
		return JSON.parse(sent);
	} catch {
		throw new Declined('Invalid service request: not JSON');
	}
}

/** The token is the user's name; the password is always the letter x. */
function tokenOf(header: string | undefined): string | undefined {
	const [, encoded] = /^Basic ([\w+/]+=*)$/i.exec(header ?? '') ?? [];
	try {
		return /^([^:]+):x$/.exec(atob(encoded ?? ''))?.[1];
	} catch {
		return undefined;
	}
}

function usageOf(usage: Map<string, Usage>, token: string, now: number): Usage {
	const day = new Date(now).toISOString().slice(0, 10);
	const known = usage.get(token);
	const today = known?.day === day ? known : { day, requests: 0, bytes: 0 };
	usage.set(token, today);
	return today;
}

function refusal(status: number, message: string): Response {
	return json(status, JSON.stringify({ status: 'error', message }));
}

function json(status: number, body: string): Response {
	return new Response(body, { status, headers: { 'content-type': 'application/json; charset=utf-8' } });
}

function bytesOf(text: string): number {
	return new TextEncoder().encode(text).length;
}
