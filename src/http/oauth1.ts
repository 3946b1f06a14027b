import { t } from '@vscode/l10n';
import OAuth from 'oauth-1.0a';
import { SignInNeeded } from '../core/errors.ts';
import type { Log } from '../core/provider.ts';
import { base64 } from './base64.ts';
import { isRefusedSignIn, unexpected } from './failures.ts';
import { type Explanation, looksLikeWebPage, type Names, type Reply } from './reply.ts';
import { Http } from './request.ts';
import { startAgain } from './startAgain.ts';

export interface OAuth1Secrets {
	readonly consumerKey: string;
	readonly consumerSecret: string;
	/** Absent where a temporary token is asked for. */
	readonly token?: string;
	readonly tokenSecret?: string;
}

type Parameters = Readonly<Record<string, string | number>>;

/**
 * Puts an OAuth 1.0a signature (HMAC-SHA1, in the Authorization header) on the request and returns it. The query is
 * signed, and so is the body of a form; every other body stays unread, which a copy of the request would not ensure.
 * `more` are further `oauth_…` parameters.
 */
export async function signOAuth1(request: Request, secrets: OAuth1Secrets, more: Parameters = {}): Promise<Request> {
	const parameters = {
		...more,
		oauth_consumer_key: secrets.consumerKey,
		...(secrets.token !== undefined && { oauth_token: secrets.token }),
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
	parameters: Parameters,
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

/** Where the three steps of a person's sign-in are asked for, and by which application. */
export interface OAuth1Place {
	readonly server: string;
	readonly names: Names;
	readonly fetch: typeof globalThis.fetch;
	readonly log: Log;
	readonly consumerKey: string;
	readonly consumerSecret: string;
}

export interface OAuth1Token {
	readonly token: string;
	readonly tokenSecret: string;
}

/**
 * Asks for the temporary token that a person then allows on a page of the vendor's. Throws `SignInNeeded` where the vendor
 * does not take the application's key and secret, and `UnexpectedReply` where it does not confirm the callback.
 */
export async function requestToken(
	place: OAuth1Place,
	{ path, callback }: { readonly path: string; readonly callback: string },
	signal: AbortSignal,
): Promise<OAuth1Token> {
	const { names } = place;
	const refused = t('{0} did not accept the key and the secret of the application.', names.vendor);
	const reply = await ask(place, path, {}, { oauth_callback: callback }, refused, signal);
	if (reply.get('oauth_callback_confirmed') !== 'true') {
		throw unexpected(names, new Error(`${path}: the callback is not confirmed`));
	}
	return readOAuth1Token(reply, path, names);
}

/** Exchanges an allowed temporary token. Throws `SignInNeeded` where the vendor does not take it or its verifier. */
export async function accessTokenFor(
	place: OAuth1Place,
	step: OAuth1Token & { readonly path: string; readonly verifier: string },
	signal: AbortSignal,
): Promise<OAuth1Token> {
	const { path, token, tokenSecret, verifier } = step;
	const refused = t('{0} says this code is wrong, was used already or is too old. Start again.', place.names.vendor);
	const reply = await ask(place, path, { token, tokenSecret }, { oauth_verifier: verifier }, refused, signal);
	return readOAuth1Token(reply, path, place.names);
}

/** One step, which is taken once. */
async function ask(
	{ server, names, fetch, log, consumerKey, consumerSecret }: OAuth1Place,
	path: string,
	token: Partial<OAuth1Token>,
	more: Parameters,
	refused: string,
	signal: AbortSignal,
): Promise<URLSearchParams> {
	const authorize = (request: Request) => signOAuth1(request, { consumerKey, consumerSecret, ...token }, more);
	const explain = (reply: Reply): Explanation | undefined =>
		reply.status === 400 && !looksLikeWebPage(reply) ? { kind: 'signIn' } : undefined;
	const http = new Http({ base: server, names, fetch, log, authorize, explain });
	try {
		const { body } = await http.reply({ method: 'POST', path, once: true, signsIn: true }, signal);
		return new URLSearchParams(typeof body === 'string' ? body : '');
	} catch (failure) {
		signal.throwIfAborted();
		throw isRefusedSignIn(failure) ? new SignInNeeded(refused, failure) : startAgain(failure, names);
	}
}

function readOAuth1Token(reply: URLSearchParams, path: string, names: Names): OAuth1Token {
	const [token, tokenSecret] = [reply.get('oauth_token'), reply.get('oauth_token_secret')];
	if (!token || !tokenSecret) {
		throw unexpected(names, new Error(`${path}: the answer lacks a token or its secret`));
	}
	return { token, tokenSecret };
}
