import type { Secrets } from '../core/provider.ts';
import type { Tokens } from './tokenReply.ts';

/** What is kept of a token reply, beside `clientId` and `clientSecret`. Times are milliseconds since the epoch, in decimal. */
export type TokenSecrets = {
	readonly accessToken: string;
	/** Serves once; its use ends the access token too. */
	readonly refreshToken: string;
	/** The end of the access token. */
	readonly until: string;
	/** From when on it is renewed although it is still good. */
	readonly renewFrom: string;
};

/** Seconds at the end of a token's life that are for renewing it, at the least. */
const reserve = 300;

export function toSecrets({ access, life }: Tokens, refreshToken: string, now: number): TokenSecrets {
	// Of a life shorter than the reserve, half is for use.
	const forRenewing = Math.min(Math.max(life / 10, reserve), life / 2);
	const at = (seconds: number) => String(Math.round(now + seconds * 1000));
	return { accessToken: access, refreshToken, until: at(life), renewFrom: at(life - forRenewing) };
}

/** Whether both hold the same pair of tokens. */
export function isSame(one: Secrets, other: Secrets): boolean {
	return one.accessToken === other.accessToken && one.refreshToken === other.refreshToken;
}

export function tokenIn({ accessToken = '' }: Secrets): string {
	return accessToken;
}

/** The end of the access token; 0 where it is not known, so that it counts as past. */
export function endOf({ until }: Secrets): number {
	return Number(until) || 0;
}

export function renewFrom(secrets: Secrets): number {
	return Number(secrets.renewFrom) || endOf(secrets) - reserve * 1000;
}

/** The mark of a refresh token that went out and is not answered yet: when that was. */
export function marked(secrets: Secrets, now: number): Secrets {
	return { ...secrets, asked: String(now) };
}

export function unmarked(secrets: Secrets): Secrets {
	return Object.fromEntries(Object.entries(secrets).filter(([name]) => name !== 'asked'));
}
