import type { Send } from '../core/provider.ts';
import { Shared } from '../core/shared.ts';
import { base64 } from './base64.ts';
import { type TokenVerdict, toBearer, watchedFetch, watchedSend } from './bearer.ts';
import { Http } from './request.ts';
import { explainTokenFailure, readTokens } from './tokenReply.ts';
import type { TokenPlace } from './tokenRequest.ts';

export interface ClientCredentials {
	readonly clientId: string;
	readonly clientSecret: string;
}

export interface TokenOptions extends TokenPlace {
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
		request.headers.set('authorization', toBearer(await this.value(signal)));
		return request;
	}

	/** The bare token. */
	async value(signal: AbortSignal): Promise<string> {
		return (await this.#current(signal)).value;
	}

	/** For `Http.renew`: whether there is a token that was not refused. */
	async renew(signal: AbortSignal): Promise<boolean> {
		return (await this.value(signal)) !== this.#refused;
	}

	/** The same transport, which notices when a server refuses the token that a request carried. */
	watchFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
		return watchedFetch(fetch, this);
	}

	/** The same for uploads. */
	watchSend(send: Send): Send {
		return watchedSend(send, this);
	}

	notice({ token, accepted }: TokenVerdict): void {
		if (!accepted) {
			this.#refused = token;
		}
	}

	now(): number {
		return (this.#options.clock ?? Date.now)();
	}

	async #current(signal: AbortSignal): Promise<Token> {
		const number = this.#number;
		const token = await this.#get(number, signal);
		if (token.value !== this.#refused && this.now() < token.until) {
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
		const http = new Http({
			base: server,
			names,
			fetch,
			log,
			explain: (reply) => explainTokenFailure(reply, [clientSecret]),
		});
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
		const { access, life } = await readTokens(body, { server, clientId, names });
		return { value: access, until: this.now() + Math.max(life - reserve, life / 2) * 1000 };
	}
}
