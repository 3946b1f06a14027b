import { t } from '@vscode/l10n';
import { OutcomeUnknown, Unreachable } from '../core/errors.ts';
import type { Credentials, Secrets, Send } from '../core/provider.ts';
import { abortable } from '../core/waiting.ts';
import { type TokenVerdict, toBearer, watchedFetch, watchedSend } from './bearer.ts';
import { KeptSecrets } from './keptSecrets.ts';
import type { Names } from './reply.ts';
import { askForTokens, type TokenAnswer, type TokenPlace } from './tokenRequest.ts';
import { endOf, isSame, marked, renewFrom, tokenIn, toSecrets, unmarked } from './tokenSecrets.ts';

export { exchangeCode } from './codeExchange.ts';

export interface RenewedTokenOptions extends TokenPlace {
	/** Of `TokenSecrets` with `clientId` and `clientSecret`. */
	readonly credentials: Credentials;
	/** Milliseconds since the epoch; the real clock without it. */
	readonly clock?: () => number;
}

/** Milliseconds between two attempts to renew a token that is still good. */
const pause = 60_000;
/**
 * Milliseconds after the end of an attempt without an answer until the access token is taken as a witness: the server may
 * still be working on the attempt.
 */
const settling = 60_000;

/** An attempt of unknown outcome, from when on this window knows that it is over. */
interface Doubt {
	readonly about: Secrets;
	readonly since: number;
}

/**
 * An OAuth 2 access token and the refresh token, good for one use, that renews it; shared with the other windows through
 * the stored secrets.
 *
 * A refresh token whose use the server has not answered may be used up, and showing it again could end everything. So the
 * secrets are marked before it goes out, and while they are, it is not shown again. The mark goes away with an answer, or
 * once a later request with the old access token is accepted: renewing would have ended that.
 */
export class RenewedToken {
	readonly #options: RenewedTokenOptions;
	readonly #kept: KeptSecrets;
	/** Renewals under way in this window, by the access token that each replaces. */
	readonly #renewals = new Map<string, Promise<Secrets>>();
	/** Access tokens that the vendor refused when they were last sent. */
	readonly #refused = new Set<string>();
	/** Until when a token that is still good is not renewed. */
	#resting = 0;
	#doubt: Doubt | undefined;

	constructor(options: RenewedTokenOptions) {
		this.#options = options;
		this.#kept = new KeptSecrets(options.credentials, options.log);
	}

	async authorize(request: Request, signal: AbortSignal): Promise<Request> {
		request.headers.set('authorization', toBearer(await this.value(signal)));
		return request;
	}

	/** The bare access token, renewed where it is time. */
	async value(signal: AbortSignal): Promise<string> {
		signal.throwIfAborted();
		const held = await this.#kept.read();
		const now = this.now();
		if (now >= endOf(held)) {
			return tokenIn(await this.#renewed(held, signal));
		}
		const isDue = now >= renewFrom(held) || this.#kept.isBehind;
		return isDue && now >= this.#resting ? this.#ahead(held, signal) : tokenIn(held);
	}

	/** For `Http.renew`: whether there is another token than the one that was refused. */
	async renew(signal: AbortSignal): Promise<boolean> {
		const held = await this.#kept.read();
		return !this.#refused.has(tokenIn(held)) || !isSame(await this.#renewed(held, signal), held);
	}

	/** Until when the access token is good; renewing it comes before that. */
	async until(): Promise<Date | undefined> {
		const end = endOf(await this.#kept.read());
		return end > 0 ? new Date(end) : undefined;
	}

	/** The same transport, which notices whether the vendor takes the token that a request carried. */
	watchFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
		return watchedFetch(fetch, this);
	}

	/** The same for uploads. */
	watchSend(send: Send): Send {
		return watchedSend(send, this);
	}

	async notice({ token, accepted, sent }: TokenVerdict, signal: AbortSignal): Promise<void> {
		if (!accepted) {
			this.#refused.add(token);
			return;
		}
		this.#refused.delete(token);
		if (this.#doubt && token === tokenIn(this.#doubt.about) && sent >= this.#doubt.since + settling) {
			await this.#endDoubt(this.#doubt, signal);
		}
	}

	now(): number {
		return (this.#options.clock ?? Date.now)();
	}

	/** While the old token is good, trouble with the new one is no trouble of the request. */
	async #ahead(held: Secrets, signal: AbortSignal): Promise<string> {
		let next = held;
		try {
			next = await this.#renewed(held, signal);
		} catch (error) {
			signal.throwIfAborted();
			this.#options.log.warn('renewing an access token ahead of time failed', error);
		}
		if (isSame(next, held)) {
			this.#resting = this.now() + pause;
		}
		return tokenIn(next);
	}

	/** The secrets that come after those held. Who waits leaves by the signal; the renewal itself goes on. */
	#renewed(held: Secrets, signal: AbortSignal): Promise<Secrets> {
		signal.throwIfAborted();
		const stale = tokenIn(held);
		let renewal = this.#renewals.get(stale);
		if (!renewal) {
			renewal = this.#options.credentials
				.exclusively(() => this.#renew(held), never())
				.finally(() => this.#renewals.delete(stale));
			this.#renewals.set(stale, renewal);
		}
		return abortable(renewal, signal);
	}

	async #renew(held: Secrets): Promise<Secrets> {
		const stored = await this.#kept.catchUp();
		if (this.#kept.isBehind || !isSame(stored, held) || !this.#isStale(stored)) {
			return stored;
		}
		if (stored.asked !== undefined) {
			this.#beginDoubt(stored);
			return stored;
		}
		const asking = await this.#kept.replace(stored, marked(stored, this.now()));
		return isSame(asking, stored) && asking.asked !== undefined ? this.#present(asking) : asking;
	}

	#isStale(secrets: Secrets): boolean {
		return this.now() >= renewFrom(secrets) || this.#refused.has(tokenIn(secrets));
	}

	/** The one place where a refresh token is shown to the server. */
	async #present(asking: Secrets): Promise<Secrets> {
		const { clientId = '', clientSecret = '', refreshToken = '' } = asking;
		const form = { client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken };
		const answer = await askForTokens(this.#options, { grant_type: 'refresh_token', ...form }, never());
		if ('failure' in answer) {
			return this.#failed(asking, answer);
		}
		const next = toSecrets(answer.tokens, answer.tokens.refresh ?? refreshToken, this.now());
		return this.#kept.keep(asking, { ...unmarked(asking), ...next });
	}

	async #failed(asking: Secrets, { grant, failure }: Extract<TokenAnswer, { failure: unknown }>): Promise<Secrets> {
		if (grant === 'spared') {
			await this.#kept.unmark(asking);
		} else {
			this.#beginDoubt(asking);
		}
		// Somebody beyond the reach of our lock may have used it, and have stored what came of that.
		const stored = grant === 'refused' ? await this.#options.credentials.read() : asking;
		if (isSame(stored, asking)) {
			throw explained(failure, this.#options.names);
		}
		return stored;
	}

	/** Within `exclusively`, where nobody is asking any more. */
	#beginDoubt(about: Secrets): void {
		const known = this.#doubt?.about;
		if (!known || known.asked !== about.asked || !isSame(known, about)) {
			this.#doubt = { about, since: this.now() };
		}
	}

	async #endDoubt(doubt: Doubt, signal: AbortSignal): Promise<void> {
		const { credentials, log } = this.#options;
		this.#doubt = undefined;
		try {
			await credentials.exclusively(() => this.#kept.unmark(doubt.about), signal);
		} catch (error) {
			this.#doubt = doubt;
			log.warn('an access token was accepted, but nobody could be told', error);
		}
	}
}

function explained(failure: unknown, { vendor, account }: Names): unknown {
	return failure instanceof OutcomeUnknown
		? new Unreachable(
				t('{0} gave no usable answer when the access of {1} was to be renewed.', vendor, account),
				failure,
			)
		: failure;
}

/** A renewal ends by its answer alone. */
function never(): AbortSignal {
	return new AbortController().signal;
}
