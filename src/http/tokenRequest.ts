import { Unreachable } from '../core/errors.ts';
import type { Log } from '../core/provider.ts';
import { looksLikeWebPage } from './reply.ts';
import { Http, type Names, type Reply } from './request.ts';
import { explainTokenFailure, oauthError, readTokens, type Tokens } from './tokenReply.ts';

/** Where tokens are asked for. */
export interface TokenPlace {
	/** The address whose `tokenPath` gives tokens. */
	readonly server: string;
	readonly tokenPath: string;
	readonly names: Names;
	readonly fetch: typeof globalThis.fetch;
	readonly log: Log;
}

/** A code or a refresh token is shown with who shows it; all of it goes into the form. */
export interface Grant {
	readonly client_id: string;
	readonly client_secret: string;
	readonly grant_type: 'authorization_code' | 'refresh_token';
	readonly [name: string]: string;
}

export type TokenAnswer =
	| { readonly tokens: Tokens }
	| {
			readonly failure: unknown;
			/**
			 * What became of the code or refresh token, which serves once: the server is known not to have taken it up, it has
			 * refused it, or nobody knows.
			 */
			readonly grant: 'spared' | 'refused' | 'unknown';
			/** OAuth's own word for the refusal. */
			readonly word?: string;
	  };

/** Shows a grant, once. Throws only where the signal is aborted. */
export async function askForTokens(place: TokenPlace, form: Grant, signal: AbortSignal): Promise<TokenAnswer> {
	const { server, tokenPath, names, fetch, log } = place;
	let reply: Reply | undefined;
	const explain = (given: Reply) => {
		reply = given;
		return explainTokenFailure(given, Object.values(form));
	};
	const http = new Http({ base: server, names, fetch, log, explain });
	try {
		const { body } = await http.reply({ method: 'POST', path: tokenPath, form, once: true, signsIn: true }, signal);
		return { tokens: await readTokens(body, { server, clientId: form.client_id, names }) };
	} catch (failure) {
		signal.throwIfAborted();
		return { failure, grant: fateOf(failure, reply), word: reply && oauthError(reply) };
	}
}

function fateOf(failure: unknown, reply: Reply | undefined): 'spared' | 'refused' | 'unknown' {
	if (!reply) {
		// A write is only called unreachable where it is known not to have arrived.
		return failure instanceof Unreachable ? 'spared' : 'unknown';
	}
	const word = oauthError(reply);
	if (word !== undefined) {
		return word === 'invalid_grant' ? 'refused' : 'spared';
	}
	return isBeforeAnyWork(reply) ? 'spared' : 'unknown';
}

/** Refusals that come before the grant is looked at, and what others say in the server's place. */
function isBeforeAnyWork(reply: Reply): boolean {
	const { status } = reply;
	const isRedirect = status >= 300 && status < 400;
	// A page that reports a failure, such as 502, may stand before a server that has done its work.
	return [407, 429, 503].includes(status) || isRedirect || (status < 500 && looksLikeWebPage(reply));
}
