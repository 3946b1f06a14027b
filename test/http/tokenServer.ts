import type { Secrets } from '../../src/core/provider.ts';
import { ticks } from './sharedSecrets.ts';

/** What may happen to a request for new tokens. */
export const renewalFaults = [
	'nothingListens',
	'cutBefore',
	'cutAfter',
	'cutAndLate',
	'500',
	'502after',
	'503',
	'429',
	'proxyPage',
	'proxyPage401',
	'407',
	'malformed',
	'noToken',
] as const;
export type RenewalFault = (typeof renewalFaults)[number];

interface Pair {
	readonly access: string;
	readonly refresh: string;
	readonly until: number;
}

const day = 86_400_000;

/** A vendor with rotating refresh tokens: the use of one ends it and the access token that came with it. */
export class TokenServer {
	readonly client = { clientId: 'the-application', clientSecret: 's3cret-of-the-application' };
	now = 1_700_000_000_000;
	/** Milliseconds an access token lives. */
	life = 30 * day;
	/** What happens to the next requests for tokens, in turn. */
	readonly faults: RenewalFault[] = [];
	/** What the next requests to the API get from somebody else. */
	readonly pages: (200 | 401 | 403)[] = [];
	/** How often each refresh token was shown. */
	readonly shown = new Map<string, number>();
	/** Refresh tokens that were shown after they had been used up. */
	readonly usedTwice: string[] = [];
	/** Refresh tokens that were shown and not answered. */
	readonly unanswered = new Set<string>();
	/** Called when a renewal has done its work, before its answer is on its way. */
	onRotated: () => void = () => undefined;
	/** Turns of the event loop that an answer takes. */
	delay = 1;
	#pair: Pair | undefined;
	#number = 0;
	readonly #used = new Set<string>();
	#late: { readonly at: number; readonly refresh: string } | undefined;

	get renewals(): number {
		return [...this.shown.values()].reduce((sum, count) => sum + count, 0);
	}

	/** A fresh sign-in. */
	signIn(): Secrets {
		const pair = this.#issue();
		return { ...this.client, ...this.secretsOf(pair) };
	}

	secretsOf({ access, refresh, until }: Pair): Secrets {
		const renewFrom = String(until - Math.max(this.life / 10, 300_000));
		return { accessToken: access, refreshToken: refresh, until: String(until), renewFrom };
	}

	takes(access: string | undefined): boolean {
		this.#workLate();
		return this.#pair?.access === access && this.now < this.#pair!.until;
	}

	hasUsed(refresh: string | undefined): boolean {
		return this.#used.has(refresh ?? '');
	}

	/** Somebody else uses the refresh token, as a window on another computer would. */
	rotateElsewhere(): Secrets {
		this.#used.add(this.#pair?.refresh ?? '');
		return this.signIn();
	}

	revoke(): void {
		this.#pair = undefined;
	}

	readonly fetch: typeof globalThis.fetch = async (input, init) => {
		const request = new Request(input, init);
		await ticks(this.delay);
		return new URL(request.url).pathname === '/token' ? this.#renewal(request) : this.#answer(request);
	};

	#answer(request: Request): Response {
		const page = this.pages.shift();
		if (page !== undefined) {
			return webPage(page);
		}
		const token = request.headers.get('authorization')?.replace('Bearer ', '');
		return this.takes(token)
			? Response.json({ name: 'Harbour' })
			: Response.json({ error_code: 'NO' }, { status: 401 });
	}

	async #renewal(request: Request): Promise<Response> {
		const form = new URLSearchParams(await request.text());
		const refresh = form.get('refresh_token') ?? '';
		const fault = this.faults.shift();
		switch (fault) {
			case 'nothingListens':
				throw broken('ECONNREFUSED');
			case 'proxyPage':
				return webPage(200);
			case 'proxyPage401':
				return webPage(401);
			case '407':
				return new Response('', { status: 407 });
			case '503':
				return new Response('', { status: 503 });
			case '429':
				return new Response('', { status: 429 });
			default:
				return this.#seen(refresh, form, fault);
		}
	}

	/** From here on the server itself has the refresh token. */
	#seen(refresh: string, form: URLSearchParams, fault: RenewalFault | undefined): Response {
		this.#workLate();
		this.shown.set(refresh, (this.shown.get(refresh) ?? 0) + 1);
		if (this.#used.has(refresh)) {
			this.usedTwice.push(refresh);
		}
		if (fault) {
			this.unanswered.add(refresh);
		}
		switch (fault) {
			case 'cutBefore':
				throw broken('ECONNRESET');
			case '500':
				return new Response('', { status: 500 });
			case 'cutAndLate':
				this.#late = { at: this.now + 20_000, refresh };
				throw broken('ECONNRESET');
			default:
				break;
		}
		const wrong = this.#refusal(refresh, form);
		if (wrong) {
			return Response.json({ error: wrong }, { status: 400 });
		}
		const { access, refresh: next } = this.#rotate(refresh);
		this.onRotated();
		switch (fault) {
			case 'cutAfter':
				throw broken('ECONNRESET');
			case '502after':
				return webPage(502);
			case 'malformed':
				return new Response(`{"access_token": "${access}", "refr`, { headers: { 'content-type': 'application/json' } });
			case 'noToken':
				return Response.json({ token_type: 'bearer' });
			default:
				return Response.json({ access_token: access, refresh_token: next, expires_in: this.life / 1000 });
		}
	}

	#refusal(refresh: string, form: URLSearchParams): string | undefined {
		if (form.get('grant_type') !== 'refresh_token') {
			return 'unsupported_grant_type';
		}
		const { clientId, clientSecret } = this.client;
		if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
			return 'invalid_client';
		}
		return this.#pair?.refresh === refresh ? undefined : 'invalid_grant';
	}

	#rotate(refresh: string): Pair {
		this.#used.add(refresh);
		return this.#issue();
	}

	#issue(): Pair {
		this.#number += 1;
		const [access, refresh] = [`s3cret-access-${this.#number}`, `s3cret-refresh-${this.#number}`];
		this.#pair = { access, refresh, until: this.now + this.life };
		return this.#pair;
	}

	/** A request that was cut off may still be worked on. */
	#workLate(): void {
		if (this.#late && this.now >= this.#late.at) {
			if (this.#pair?.refresh === this.#late.refresh) {
				this.#rotate(this.#late.refresh);
			}
			this.#late = undefined;
		}
	}
}

function broken(code: string): TypeError {
	return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

function webPage(status: number): Response {
	const body = '<!doctype html><title>Sign in</title><h1>Network sign-in</h1>';
	return new Response(body, { status, headers: { 'content-type': 'text/html' } });
}
