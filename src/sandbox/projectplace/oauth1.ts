import type { Context } from 'hono';
import { decoded, insist, parted, queryOf } from './checks.ts';

/** An application's key and secret, and those of its token where there is one already. */
export interface Keys {
	readonly applicationKey: string;
	readonly applicationSecret: string;
	readonly accessTokenKey?: string;
	readonly accessTokenSecret?: string;
}

type Parameters = Readonly<Record<string, string>>;

/** Finds out which of the signers signed a request; `more` is the one parameter that it must have besides the usual. */
export type Verify = <Signer extends { readonly oauth1: Keys }>(
	c: Context,
	signers: readonly Signer[],
	more?: string,
) => Promise<{ signer: Signer; given: Parameters }>;

/** Seconds that a signature's time may be off. */
const leeway = 300;
const usual = ['consumer_key', 'token', 'signature_method', 'timestamp', 'nonce', 'version', 'signature'];

export function signatures(clock: () => number): Verify {
	const nonces = new Map<string, number>();
	return async (c, signers, more) => {
		const [scheme, header] = parted(c.req.header('authorization') ?? '', ' ');
		insist(scheme === 'OAuth', 'AUTHENTICATION_REQUIRED', 401);
		const given = parametersOf(header);
		const { oauth_consumer_key, oauth_token, oauth_timestamp = '', oauth_nonce, oauth_signature } = given;
		const signer = signers.find(
			({ oauth1 }) => oauth1.applicationKey === oauth_consumer_key && oauth1.accessTokenKey === oauth_token,
		);
		const isKnown = given.oauth_signature_method === 'HMAC-SHA1' && given.oauth_version === '1.0';
		insist(signer && isKnown && isComplete(given, more), 'INVALID_OAUTH_PARAMETERS', 401);
		const seconds = clock() / 1000;
		const isInTime = /^\d+$/.test(oauth_timestamp) && Math.abs(seconds - Number(oauth_timestamp)) <= leeway;
		insist(isInTime, 'INVALID_TIMESTAMP', 401);
		const { applicationSecret, accessTokenSecret = '' } = signer.oauth1;
		const key = `${encode(applicationSecret)}&${encode(accessTokenSecret)}`;
		insist(oauth_signature === (await hmac(key, await baseString(c, given))), 'INVALID_SIGNATURE', 401);
		const nonce = [oauth_consumer_key, oauth_token, oauth_timestamp, oauth_nonce].join(' ');
		insist(oauth_nonce && !nonces.has(nonce), 'INVALID_NONCE', 401);
		nonces.forEach((time, old) => time < seconds - leeway && nonces.delete(old));
		nonces.set(nonce, Number(oauth_timestamp));
		return { signer, given };
	};
}

function isComplete(given: Parameters, more: string | undefined): boolean {
	const allowed = ['realm', ...usual.map((name) => `oauth_${name}`), more];
	return Object.keys(given).every((name) => allowed.includes(name)) && (!more || Boolean(given[more]));
}

function parametersOf(header: string): Parameters {
	const parts = header.split(/\s*,\s*/).map((part) => /^(\w+)="([^"]*)"$/.exec(part));
	const given = Object.fromEntries(parts.map((part) => [part?.[1], decodeURIComponent(part?.[2] ?? '')]));
	const isSound = parts.every(Boolean) && Object.keys(given).length === parts.length;
	insist(isSound, 'INVALID_OAUTH_PARAMETERS', 401);
	return given;
}

/** RFC 5849, 3.4.1. */
async function baseString(c: Context, given: Parameters): Promise<string> {
	const url = new URL(c.req.url);
	const parameters = [
		...decoded(queryOf(c)),
		...(isForm(c) ? decoded(await c.req.text()) : []),
		...Object.entries(given),
	]
		.filter(([name]) => name !== 'oauth_signature' && name !== 'realm')
		.map((pair) => pair.map(encode))
		.sort(([a = '', x = ''], [b = '', y = '']) => compare(a, b) || compare(x, y))
		.map((pair) => pair.join('='));
	return [c.req.method, url.origin + url.pathname, parameters.join('&')].map(encode).join('&');
}

async function hmac(key: string, text: string): Promise<string> {
	const utf8 = new TextEncoder();
	const imported = await crypto.subtle.importKey('raw', utf8.encode(key), { name: 'HMAC', hash: 'SHA-1' }, false, [
		'sign',
	]);
	return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.sign('HMAC', imported, utf8.encode(text)))));
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

export const encode = (text: string): string =>
	encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

export const isType = (c: Context, type: string): boolean =>
	(c.req.header('content-type') ?? '').split(';')[0] === type;
export const isForm = (c: Context): boolean => isType(c, 'application/x-www-form-urlencoded');
