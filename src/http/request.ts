import ky, { HTTPError, type Options } from 'ky';
import * as v from 'valibot';
import type { ProviderError } from '../core/errors.ts';
import type { Log, Send, SendRequest } from '../core/provider.ts';
import { addressOf, type Call, changes, writes } from './call.ts';
import { watched } from './changeWatch.ts';
import { isRefusedSignIn, toProviderError, unclear, unexpected, wholeReply } from './failures.ts';
import type { Multipart, Parts } from './multipart.ts';
import { lineOf, TimedOut, withoutAddress } from './noAnswer.ts';
import { toSearchParams } from './query.ts';
import {
	type Explanation,
	isPage,
	looksLikeWebPage,
	type Names,
	parse,
	Replies,
	type Reply,
	refusesCredentials,
	schemeOf,
} from './reply.ts';
import { retryOf } from './retry.ts';
import { ShownCredentials } from './shownCredentials.ts';

export type { Call } from './call.ts';
export type { Query } from './query.ts';
export type { Explanation, Names, Reply } from './reply.ts';

export interface HttpOptions {
	/** Where every path is appended; without a trailing slash. */
	readonly base: string;
	readonly names: Names;
	readonly fetch: typeof globalThis.fetch;
	/** For content that is read as a stream; `fetch` without it. */
	readonly receive?: typeof globalThis.fetch;
	readonly log: Log;
	/** Headers that every request carries. */
	readonly headers?: Readonly<Record<string, string>>;
	/** Puts the credentials on one attempt; called anew for each, so that signatures and tokens are fresh. */
	authorize?(request: Request, signal: AbortSignal): Request | Promise<Request>;
	/** Called once after a 401; true when there are new credentials and the request may be sent again. */
	renew?(signal: AbortSignal): Promise<boolean>;
	/**
	 * Told by every answer that shows whether the server takes the credentials: a 2xx that the vendor does not explain as a
	 * failure, or its own refusal after renewing them. What a proxy says in its place shows nothing.
	 */
	onVerdict?(accepted: boolean): void;
	/** Makes each attempt wait for its turn within the vendor's limits. */
	readonly limit?: Limit;
	/** Reads the vendor's own words for a failure; called for every JSON reply, so that errors under 200 are seen too. */
	explain?(reply: Reply): Explanation | undefined;
}

export type Limit = <T>(run: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** Milliseconds one attempt may take until its whole answer is there. */
const attemptTimeout = 30_000;

/** How one call is sent. */
interface How {
	/** Whether its body is read whole, inside the attempt. */
	readonly buffered: boolean;
	/** Whether it goes out without credentials. */
	readonly anonymous: boolean;
}

/**
 * JSON over HTTP for providers: limits, authorisation per attempt, time-outs, retry where repeating is safe, and every
 * failure as one of `core/errors.ts`. Reads are retried twice; a write is retried only after a 429, which a server gives
 * before doing any work.
 */
export class Http {
	readonly #options: HttpOptions;
	readonly #replies = new Replies();
	readonly #shown = new ShownCredentials();
	/** What the credentials were last sent under, to tell the vendor's refusal from a proxy's. */
	#scheme: string | undefined;

	constructor(options: HttpOptions) {
		this.#options = options;
	}

	/**
	 * Asks and checks the reply's shape. Where it differs, throws with the place: `UnexpectedReply`, or after a write, which may
	 * have been done, `OutcomeUnknown`.
	 */
	async json<const Schema extends v.GenericSchema>(
		call: Call,
		shape: Schema,
		signal: AbortSignal,
	): Promise<v.InferOutput<Schema>> {
		const { body } = await this.reply(call, signal);
		const checked = v.safeParse(shape, body);
		if (!checked.success) {
			const [issue] = checked.issues;
			throw this.unfit(call, v.getDotPath(issue) ?? wholeReply, issue.message);
		}
		return checked.output;
	}

	/** What a reply comes to that was found wrong at a place. */
	unfit(call: Call, place: string, why: string): ProviderError {
		const cause = new Error(`${call.path}: ${place}: ${why}`);
		return changes(call) ? unclear(this.#options.names, cause) : unexpected(this.#options.names, cause, { place });
	}

	/** Sends and returns status, headers and body of a 2xx reply, whatever the body holds. */
	async reply(call: Call, signal: AbortSignal): Promise<Reply> {
		const how = { buffered: true, anonymous: false };
		return this.#guard(call, signal, how, async () => {
			const reply = this.#checked(call, await this.#replies.read(await this.#withRenewal(call, signal, how)));
			this.#options.onVerdict?.(true);
			return reply;
		});
	}

	/**
	 * Asks for content that is read as a stream. Redirects are handed back, not followed: a signed address must not see our
	 * credentials. Only the start of the answer is timed; the stream ends with the signal.
	 */
	async stream(call: Call & { readonly anonymous?: boolean }, signal: AbortSignal): Promise<Response> {
		const how = { buffered: false, anonymous: call.anonymous ?? false };
		return this.#guard(call, signal, how, async () => {
			const response = await this.#withRenewal(call, signal, how);
			if (response.ok && !how.anonymous && !isPage(response.headers)) {
				this.#options.onVerdict?.(true);
			}
			return response;
		});
	}

	/**
	 * Sends a file, once: with the credentials of this account, through the transport that does not hold it in memory. A
	 * 401 comes before any work, so after renewing the credentials it is sent a second time.
	 */
	async upload(
		call: Pick<Call, 'path' | 'query' | 'headers'> & { readonly method?: 'POST' | 'PUT' },
		body: () => Multipart,
		send: Send,
		signal: AbortSignal,
	): Promise<Reply> {
		const sent = { ...call, method: call.method ?? 'POST' };
		return this.#guard(sent, signal, { buffered: true, anonymous: false }, async () => {
			let reply = await this.#sendOnce(sent, body(), send, signal);
			if (refusesCredentials(reply, this.#scheme) && (await this.#options.renew?.(signal))) {
				reply = await this.#sendOnce(sent, body(), send, signal);
			}
			this.#checked(sent, reply);
			this.#options.onVerdict?.(true);
			return reply;
		});
	}

	async #sendOnce(
		call: Call & Pick<SendRequest, 'method'>,
		{ headers, body, length, parts }: Multipart,
		send: Send,
		signal: AbortSignal,
	): Promise<Reply> {
		const { method } = call;
		const url = this.url(call);
		const request = new Request(url, {
			method,
			headers: { accept: 'application/json', ...this.#options.headers, ...call.headers, ...headers },
		});
		const authorised = await this.#authorised(request, signal);
		const sent = { url: authorised.url, method, headers: Object.fromEntries(authorised.headers), body, length, signal };
		const run = () => watched(this.#sending(call, url, parts), () => send(sent));
		const { status, headers: answered, text } = await (this.#options.limit ? this.#options.limit(run, signal) : run());
		this.#options.log.debug(`${method} ${new URL(url).pathname} ${status} (${length} bytes)`);
		return { status, headers: answered, body: parse(text) };
	}

	async #withRenewal(call: Call, signal: AbortSignal, how: How): Promise<Response> {
		try {
			return await this.#send(call, signal, how);
		} catch (error) {
			const refused =
				error instanceof HTTPError && !how.anonymous && refusesCredentials(this.#replyOf(error), this.#scheme);
			if (refused && (await this.#options.renew?.(signal))) {
				return this.#send(call, signal, how);
			}
			throw error;
		}
	}

	/** The reply, unless it is one of the failures that come under a good status or through an upload. */
	#checked(call: Call, reply: Reply): Reply {
		const explanation = this.#explained(reply);
		if (explanation || reply.status >= 300) {
			throw toProviderError({ names: this.#options.names, writes: writes(call), reply, explanation });
		}
		if (looksLikeWebPage(reply)) {
			throw unexpected(this.#options.names, new Error(`${call.path}: a web page came instead of data`), 'webPage');
		}
		return reply;
	}

	async #guard<T>(call: Call, signal: AbortSignal, how: How, run: () => Promise<T>): Promise<T> {
		try {
			return await run();
		} catch (error) {
			signal.throwIfAborted();
			const failure = this.#asProviderError(call, error);
			if (!how.anonymous && isRefusedSignIn(failure)) {
				this.#options.onVerdict?.(false);
			}
			throw failure;
		}
	}

	#asProviderError(call: Call, error: unknown): unknown {
		const failed = { names: this.#options.names, writes: writes(call), cause: withoutAddress(error) };
		if (error instanceof HTTPError) {
			const reply = this.#replyOf(error);
			return toProviderError({ ...failed, reply, explanation: this.#explained(reply) });
		}
		return toProviderError(failed);
	}

	#replyOf({ response, data }: HTTPError): Reply {
		return { status: response.status, headers: response.headers, body: data };
	}

	/** A vendor's words without the credentials that it was shown. */
	discreet(words: string): string {
		return this.#shown.hiddenIn(words);
	}

	/** What the vendor says about a reply, and where it refuses the credentials, that. */
	#explained(reply: Reply): Explanation | undefined {
		const explanation = this.#hidden(this.#options.explain?.(reply));
		const refused = explanation?.kind === undefined && refusesCredentials(reply, this.#scheme);
		return refused ? { ...explanation, kind: 'signIn' } : explanation;
	}

	#hidden(explanation: Explanation | undefined): Explanation | undefined {
		const { reason, problems } = explanation ?? {};
		return (
			explanation && {
				...explanation,
				reason: reason && this.discreet(reason),
				problems: problems?.map((problem) => ({ ...problem, message: this.discreet(problem.message) })),
			}
		);
	}

	#send(call: Call, signal: AbortSignal, how: How): Promise<Response> {
		const method = call.method ?? 'GET';
		const own = how.anonymous ? undefined : this.#options.headers;
		const headers = { accept: 'application/json', ...own, ...call.headers };
		const options: Options = {
			method,
			signal,
			headers,
			redirect: 'manual',
			timeout: false,
			// A redirect is an answer to a request for content and never one to a request for data.
			throwHttpErrors: (status) => (how.buffered ? true : status >= 400),
			retry: retryOf(call),
			fetch: async (input, init) => this.#attempt(call, new Request(input, init), signal, how),
		};
		if (call.json !== undefined) {
			options.body = JSON.stringify(call.json);
			options.headers = { 'content-type': 'application/json', ...headers };
		} else if (call.form) {
			options.body = toSearchParams(call.form);
		}
		return ky(this.url(call), options);
	}

	/** The full address of a call. */
	url(call: Pick<Call, 'path' | 'query'>): string {
		return addressOf(this.#options.base, call);
	}

	async #attempt(call: Call, request: Request, signal: AbortSignal, how: How): Promise<Response> {
		const run = async () => {
			// Not timed: renewing credentials may take its time, and a request that is not sent yet has no unknown outcome.
			const authorised = how.anonymous ? request : await this.#authorised(request, signal);
			const started = Date.now();
			const patience = new AbortController();
			const timer = setTimeout(() => patience.abort(new TimedOut(attemptTimeout)), attemptTimeout);
			try {
				const timed = new Request(authorised, { signal: AbortSignal.any([signal, patience.signal]) });
				const { fetch, receive = fetch } = this.#options;
				return await watched(this.#sending(call, request.url), async () => {
					const response = await (how.buffered ? fetch : receive)(timed);
					this.#options.log.debug(`${lineOf(request)} ${response.status} ${Date.now() - started} ms`);
					return how.buffered ? this.#replies.buffer(response) : response;
				});
			} finally {
				clearTimeout(timer);
			}
		};
		return this.#options.limit ? this.#options.limit(run, signal) : run();
	}

	#sending(call: Call, url: string, parts?: Parts) {
		const { names, log } = this.#options;
		const authorised = this.#options.authorize !== undefined;
		const hide = (text: string) => this.discreet(text);
		return { call, url, parts, authorised, names, log, hide };
	}

	async #authorised(request: Request, signal: AbortSignal): Promise<Request> {
		try {
			const authorised = await this.#shown.noting(
				request,
				async (each) => (await this.#options.authorize?.(each, signal)) ?? each,
			);
			this.#scheme = schemeOf(authorised.headers.get('authorization'));
			return authorised;
		} catch (error) {
			throw error instanceof TypeError && /header|ByteString/i.test(error.message) ? this.#unfitCredentials() : error;
		}
	}

	/** What cannot stand in a header is no credential of any vendor; the platform's own words would quote it. */
	#unfitCredentials(): unknown {
		const reply: Reply = { status: 401, headers: new Headers(), body: undefined };
		const cause = new Error('the credentials hold characters that cannot stand in a header');
		return toProviderError({ names: this.#options.names, writes: false, reply, cause });
	}
}
