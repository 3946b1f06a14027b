import { t } from '@vscode/l10n';
import OAuth from 'oauth-1.0a';
import { type AuthorizationServer, type Client, processClientCredentialsResponse } from 'oauth4webapi';
import { UnexpectedReply } from '../core/errors.ts';
import type { Log, Send } from '../core/provider.ts';
import { type Explanation, Http, type Names, type Reply } from './request.ts';
import { Shared } from './shared.ts';

export interface OAuth1Secrets {
	readonly consumerKey: string;
	readonly consumerSecret: string;
	readonly token: string;
	readonly tokenSecret: string;
}

/**
 * Puts an OAuth 1.0a signature (HMAC-SHA1, in the Authorization header) on the request and returns it. The query is
 * signed, and so is the body of a form; every other body stays unread, which a copy of the request would not ensure.
 */
export async function signOAuth1(request: Request, secrets: OAuth1Secrets): Promise<Request> {
	const parameters = {
		oauth_consumer_key: secrets.consumerKey,
		oauth_token: secrets.token,
		oauth_signature_method: 'HMAC-SHA1',
		oauth_timestamp: Math.floor(Date.now() / 1000),
		oauth_nonce: crypto.randomUUID().replaceAll('-', ''),
		oauth_version: '1.0',
	};
	const oauth_signature = await oauth1Signature(request, secrets, parameters);
	request.headers.set('authorization', signerOf(secrets).toHeader({ ...parameters, oauth_signature }).Authorization);
	return request;
}

/** The signature of a request under given `oauth_…` parameters. */
export async function oauth1Signature(
	request: Request,
	secrets: OAuth1Secrets,
	parameters: Readonly<Record<string, string | number>>,
): Promise<string> {
	const { origin, pathname, searchParams } = new URL(request.url);
	const values = [...searchParams, ...(isForm(request) ? new URLSearchParams(await request.clone().text()) : [])];
	// The package knows its own parameters by type and takes any by value. It writes into what it is given.
	const own = { ...parameters } as unknown as OAuth.Data;
	const signed = { method: request.method, url: origin + pathname, data: gathered(values) };
	const signer = signerOf(secrets);
	return hmacSha1(signer.getSigningKey(secrets.tokenSecret), signer.getBaseString(signed, own));
}

function signerOf({ consumerKey, consumerSecret }: OAuth1Secrets): OAuth {
	return new OAuth({
		consumer: { key: consumerKey, secret: consumerSecret },
		signature_method: 'HMAC-SHA1',
		// Asked for by the constructor and never called: Web Crypto only signs asynchronously.
		hash_function: () => '',
	});
}

function isForm({ headers }: Request): boolean {
	return /^application\/x-www-form-urlencoded\b/i.test(headers.get('content-type') ?? '');
}

/** Every value under its name; names that come more than once have them all in a list. */
function gathered(values: readonly (readonly [string, string])[]): Record<string, string | string[]> {
	const byName = Map.groupBy(values, ([name]) => name);
	return Object.fromEntries(
		[...byName].map(([name, pairs]) => [
			name,
			pairs.length === 1 ? (pairs[0]?.[1] ?? '') : pairs.map(([, value]) => value),
		]),
	);
}

async function hmacSha1(key: string, text: string): Promise<string> {
	const utf8 = new TextEncoder();
	const algorithm = { name: 'HMAC', hash: 'SHA-1' };
	const imported = await crypto.subtle.importKey('raw', utf8.encode(key), algorithm, false, ['sign']);
	return base64(new Uint8Array(await crypto.subtle.sign('HMAC', imported, utf8.encode(text))));
}

function base64(bytes: Uint8Array): string {
	return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

export interface ClientCredentials {
	readonly clientId: string;
	readonly clientSecret: string;
}

export interface TokenOptions {
	/** The address whose `tokenPath` gives tokens. */
	readonly server: string;
	readonly tokenPath: string;
	readonly names: Names;
	readonly fetch: typeof globalThis.fetch;
	readonly log: Log;
	/** Asked anew for each token, so that renewed credentials count. */
	readonly credentials: () => Promise<ClientCredentials>;
	/** Milliseconds since the epoch; the real clock without it. */
	readonly clock?: () => number;
}

interface Token {
	readonly value: string;
	/** Milliseconds since the epoch from which on it is no longer used. */
	readonly until: number;
}

/** Seconds a token lives where the reply does not say. */
const usualLife = 2_592_000;
/** Seconds before its end from which on a token is no longer used. */
const reserve = 300;

/**
 * The token of OAuth 2's client credentials: asked for with the first request, once for all who wait, and again shortly
 * before it ends or after the server has refused it.
 */
export class ClientCredentialsToken {
	readonly #options: TokenOptions;
	readonly #shared = new Shared();
	/** Counts the tokens, so that of several askers who find one stale the first alone asks for the next. */
	#number = 0;
	#refused: string | undefined;

	constructor(options: TokenOptions) {
		this.#options = options;
	}

	async authorize(request: Request, signal: AbortSignal): Promise<Request> {
		request.headers.set('authorization', bearer(await this.#current(signal)));
		return request;
	}

	/** For `Http.renew`: whether there is a token that was not refused. */
	async renew(signal: AbortSignal): Promise<boolean> {
		return bearer(await this.#current(signal)) !== this.#refused;
	}

	/** The same transport, which notices when a server refuses the token that a request carried. */
	watchFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
		return async (input, init) => {
			const request = new Request(input, init);
			const response = await fetch(request);
			this.#notice(response.status, request.headers);
			return response;
		};
	}

	/** The same for uploads. */
	watchSend(send: Send): Send {
		return async (request) => {
			const reply = await send(request);
			this.#notice(reply.status, new Headers(request.headers));
			return reply;
		};
	}

	#notice(status: number, headers: Headers): void {
		if (status === 401) {
			this.#refused = headers.get('authorization') ?? undefined;
		}
	}

	async #current(signal: AbortSignal): Promise<Token> {
		const number = this.#number;
		const token = await this.#get(number, signal);
		if (bearer(token) !== this.#refused && this.#now() < token.until) {
			return token;
		}
		if (this.#number === number) {
			this.#shared.clear();
			this.#number += 1;
		}
		return this.#get(this.#number, signal);
	}

	#get(number: number, signal: AbortSignal): Promise<Token> {
		return this.#shared.get(String(number), (shared) => this.#ask(shared), signal);
	}

	async #ask(signal: AbortSignal): Promise<Token> {
		const { server, tokenPath, names, fetch, log, credentials } = this.#options;
		const { clientId, clientSecret } = await credentials();
		const http = new Http({ base: server, names, fetch, log, explain: explainTokenFailure });
		const { body } = await http.reply(
			{
				method: 'POST',
				path: tokenPath,
				form: { grant_type: 'client_credentials' },
				// As typed: form-encoding them first, as RFC 6749 has it, makes servers refuse an id with a hyphen.
				headers: { authorization: `Basic ${base64(new TextEncoder().encode(`${clientId}:${clientSecret}`))}` },
				reads: true,
			},
			signal,
		);
		const { value, life } = await readToken(body, { server, clientId, names });
		return { value, until: this.#now() + Math.max(life - reserve, life / 2) * 1000 };
	}

	#now(): number {
		return (this.#options.clock ?? Date.now)();
	}
}

function bearer({ value }: Token): string {
	return `Bearer ${value}`;
}

/** Reads a token reply. Throws `UnexpectedReply` that says what is wrong with it. */
async function readToken(
	body: unknown,
	{ server, clientId, names }: { server: string; clientId: string; names: Names },
): Promise<{ value: string; life: number }> {
	const as: AuthorizationServer = { issuer: server };
	const client: Client = { client_id: clientId };
	const { vendor, account } = names;
	if (typeof body !== 'object' || body === null) {
		throw new UnexpectedReply(t('{0} answered the sign-in of {1} with something that is not JSON.', vendor, account));
	}
	const reply = normalised(body);
	if (typeof reply.access_token !== 'string' || reply.access_token === '') {
		throw new UnexpectedReply(t('{0} answered the sign-in of {1} without an access token.', vendor, account));
	}
	try {
		const checked = await processClientCredentialsResponse(as, client, Response.json(reply));
		return { value: checked.access_token, life: checked.expires_in ?? usualLife };
	} catch (error) {
		// The library's error carries the reply, and with it the token: only its words may reach the log.
		const words = error instanceof Error ? error.message : 'unknown';
		throw new UnexpectedReply(
			t('{0} answered the sign-in of {1} in a form Boardwalk does not know.', vendor, account),
			new Error(words),
		);
	}
}

/** The reply as RFC 6749 has it: `expires` is read as `expires_in`, and a missing type means bearer. */
function normalised(body: object): Record<string, unknown> {
	const { expires, ...reply } = body as Record<string, unknown>;
	return { ...reply, token_type: reply.token_type ?? 'bearer', expires_in: reply.expires_in ?? expires ?? undefined };
}

/** OAuth's own words for a refusal; a refused client or grant is a refused sign-in, whatever the status. */
function explainTokenFailure({ status, body }: Reply): Explanation | undefined {
	if (status < 400 || status >= 500 || typeof body !== 'object' || body === null || !('error' in body)) {
		return undefined;
	}
	if (['invalid_client', 'invalid_grant', 'unauthorized_client'].includes(String(body.error))) {
		return { kind: 'signIn' };
	}
	const reason = 'error_description' in body ? body.error_description : body.error;
	return { kind: status === 429 ? 'tooMany' : 'refused', reason: String(reason) };
}
