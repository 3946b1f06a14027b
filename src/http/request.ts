import ky, { HTTPError, type Options } from 'ky';
import * as v from 'valibot';
import { ProviderError } from '../core/errors.ts';
import type { Log, Send } from '../core/provider.ts';
import { retryTime, toProviderError, unexpected } from './failures.ts';
import type { Multipart } from './multipart.ts';
import { lineOf, TimedOut, withoutAddress } from './noAnswer.ts';
import { type Query, toSearchParams } from './query.ts';
import { type Explanation, looksLikeWebPage, type Names, parse, Replies, type Reply } from './reply.ts';

export type { Query } from './query.ts';
export type { Explanation, Names, Reply } from './reply.ts';

export interface HttpOptions {
	/** Where every path is appended; without a trailing slash. */
	readonly base: string;
	readonly names: Names;
	readonly fetch: typeof globalThis.fetch;
	readonly log: Log;
	/** Headers that every request carries. */
	readonly headers?: Readonly<Record<string, string>>;
	/** Puts the credentials on one attempt; called anew for each, so that signatures and tokens are fresh. */
	authorize?(request: Request, signal: AbortSignal): Request | Promise<Request>;
	/** Called once after a 401; true when there are new credentials and the request may be sent again. */
	renew?(signal: AbortSignal): Promise<boolean>;
	/** Makes each attempt wait for its turn within the vendor's limits. */
	readonly limit?: Limit;
	/** Reads the vendor's own words for a failure; called for every JSON reply, so that errors under 200 are seen too. */
	explain?(reply: Reply): Explanation | undefined;
}

export type Limit = <T>(run: () => Promise<T>, signal: AbortSignal) => Promise<T>;

export interface Call {
	readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	readonly path: string;
	/** `undefined` leaves a parameter out; a list repeats it. */
	readonly query?: Query;
	readonly json?: unknown;
	readonly form?: Query;
	readonly headers?: Readonly<Record<string, string>>;
	/** A POST that only asks, and may therefore be repeated. */
	readonly reads?: boolean;
}

/** Milliseconds one attempt may take until its whole answer is there. */
const attemptTimeout = 30_000;
/** Seconds of `Retry-After` that are waited for in silence; a longer one is reported as `TooManyRequests`. */
const longestSilentWait = 10;

/**
 * JSON over HTTP for providers: limits, authorisation per attempt, time-outs, retry where repeating is safe, and every
 * failure as one of `core/errors.ts`. Reads are retried twice; a write is retried only after a 429, which a server gives
 * before doing any work.
 */
export class Http {
	readonly #options: HttpOptions;
	readonly #replies = new Replies();

	constructor(options: HttpOptions) {
		this.#options = options;
	}

	/** Asks and checks the reply's shape. Throws `UnexpectedReply` with the place where it differs. */
	async json<const Schema extends v.GenericSchema>(
		call: Call,
		shape: Schema,
		signal: AbortSignal,
	): Promise<v.InferOutput<Schema>> {
		const { body } = await this.reply(call, signal);
		const checked = v.safeParse(shape, body);
		if (!checked.success) {
			const [issue] = checked.issues;
			const place = v.getDotPath(issue) ?? 'the whole reply';
			throw unexpected(this.#options.names, new Error(`${call.path}: ${place}: ${issue.message}`));
		}
		return checked.output;
	}

	/** Sends and returns status, headers and body of a 2xx reply, whatever the body holds. */
	async reply(call: Call, signal: AbortSignal): Promise<Reply> {
		return this.#guard(call, signal, async () => {
			const reply = await this.#replies.read(
				await this.#withRenewal(call, signal, { buffered: true, anonymous: false }),
			);
			const explanation = this.#options.explain?.(reply);
			if (explanation) {
				throw toProviderError({ names: this.#options.names, writes: writes(call), reply, explanation });
			}
			if (looksLikeWebPage(reply)) {
				throw unexpected(this.#options.names, new Error(`${call.path}: a web page came instead of data`), 'webPage');
			}
			return reply;
		});
	}

	/**
	 * Asks for content that is read as a stream. Redirects are handed back, not followed: a signed address must not see our
	 * credentials. Only the start of the answer is timed; the stream ends with the signal.
	 */
	async stream(call: Call & { readonly anonymous?: boolean }, signal: AbortSignal): Promise<Response> {
		return this.#guard(call, signal, () =>
			this.#withRenewal(call, signal, { buffered: false, anonymous: call.anonymous ?? false }),
		);
	}

	/**
	 * Sends a file, once: with the credentials of this account, through the transport that does not hold it in memory. A
	 * 401 comes before any work, so after renewing the credentials it is sent a second time.
	 */
	async upload(
		call: Pick<Call, 'path' | 'query' | 'headers'>,
		body: () => Multipart,
		send: Send,
		signal: AbortSignal,
	): Promise<Reply> {
		const post: Call = { ...call, method: 'POST' };
		return this.#guard(post, signal, async () => {
			let reply = await this.#sendOnce(post, body(), send, signal);
			if (reply.status === 401 && (await this.#options.renew?.(signal))) {
				reply = await this.#sendOnce(post, body(), send, signal);
			}
			const explanation = this.#options.explain?.(reply);
			if (explanation || reply.status >= 300) {
				throw toProviderError({ names: this.#options.names, writes: true, reply, explanation });
			}
			if (looksLikeWebPage(reply)) {
				throw unexpected(this.#options.names, new Error(`${call.path}: a web page came instead of data`), 'webPage');
			}
			return reply;
		});
	}

	async #sendOnce(call: Call, { headers, body, length }: Multipart, send: Send, signal: AbortSignal): Promise<Reply> {
		const url = this.url(call);
		const request = new Request(url, {
			method: 'POST',
			headers: { accept: 'application/json', ...this.#options.headers, ...call.headers, ...headers },
		});
		const authorised = await this.#authorised(request, signal);
		const run = () =>
			send({
				url: authorised.url,
				method: 'POST',
				headers: Object.fromEntries(authorised.headers),
				body,
				length,
				signal,
			});
		const { status, headers: answered, text } = await (this.#options.limit ? this.#options.limit(run, signal) : run());
		this.#options.log.debug(`POST ${new URL(url).pathname} ${status} (${length} bytes)`);
		return { status, headers: answered, body: parse(text) };
	}

	async #withRenewal(
		call: Call,
		signal: AbortSignal,
		how: { buffered: boolean; anonymous: boolean },
	): Promise<Response> {
		try {
			return await this.#send(call, signal, how);
		} catch (error) {
			const refused = error instanceof HTTPError && error.response.status === 401 && !how.anonymous;
			if (refused && (await this.#options.renew?.(signal))) {
				return this.#send(call, signal, how);
			}
			throw error;
		}
	}

	async #guard<T>(call: Call, signal: AbortSignal, run: () => Promise<T>): Promise<T> {
		try {
			return await run();
		} catch (error) {
			signal.throwIfAborted();
			throw await this.#asProviderError(call, error);
		}
	}

	async #asProviderError(call: Call, error: unknown): Promise<unknown> {
		const failed = { names: this.#options.names, writes: writes(call), cause: withoutAddress(error) };
		if (error instanceof HTTPError) {
			const reply: Reply = { status: error.response.status, headers: error.response.headers, body: error.data };
			return toProviderError({ ...failed, reply, explanation: this.#options.explain?.(reply) });
		}
		return toProviderError(failed);
	}

	#send(call: Call, signal: AbortSignal, how: { buffered: boolean; anonymous: boolean }): Promise<Response> {
		const method = call.method ?? 'GET';
		const safe = !writes(call);
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
			retry: {
				limit: 2,
				methods: ['get', 'post', 'put', 'patch', 'delete'],
				statusCodes: safe ? [408, 429, 500, 502, 503, 504] : [429],
				afterStatusCodes: [429, 503],
				maxRetryAfter: longestSilentWait * 1000,
				shouldRetry: ({ error }) => mayRetry(error, safe),
			},
			fetch: async (input, init) => this.#attempt(new Request(input, init), signal, how),
		};
		if (call.json !== undefined) {
			options.body = JSON.stringify(call.json);
			options.headers = { 'content-type': 'application/json', ...headers };
		} else if (call.form) {
			options.body = toSearchParams(call.form);
		}
		return ky(this.url(call), options);
	}

	/** The full address of a call: its path after the base, or the path itself where that is a full address. */
	url(call: Pick<Call, 'path' | 'query'>): string {
		const address = /^https?:\/\//.test(call.path) ? call.path : this.#options.base + call.path;
		const query = call.query ? toSearchParams(call.query).toString() : '';
		return query ? `${address}${address.includes('?') ? '&' : '?'}${query}` : address;
	}

	async #attempt(
		request: Request,
		signal: AbortSignal,
		how: { buffered: boolean; anonymous: boolean },
	): Promise<Response> {
		const run = async () => {
			const started = Date.now();
			const patience = new AbortController();
			const timer = setTimeout(() => patience.abort(new TimedOut(attemptTimeout)), attemptTimeout);
			try {
				const timed = new Request(request, { signal: AbortSignal.any([signal, patience.signal]) });
				const authorised = how.anonymous ? timed : await this.#authorised(timed, signal);
				const response = await this.#options.fetch(authorised);
				this.#options.log.debug(`${lineOf(request)} ${response.status} ${Date.now() - started} ms`);
				return how.buffered ? await this.#replies.buffer(response) : response;
			} finally {
				clearTimeout(timer);
			}
		};
		return this.#options.limit ? this.#options.limit(run, signal) : run();
	}

	async #authorised(request: Request, signal: AbortSignal): Promise<Request> {
		try {
			return (await this.#options.authorize?.(request, signal)) ?? request;
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

/** `undefined` leaves the decision to the list of statuses and the server's own timing. */
function mayRetry(error: Error, safe: boolean): boolean | undefined {
	if (error instanceof ProviderError) {
		// The limit or the authorisation spoke, not the server: asking again gives the same.
		return false;
	}
	if (error instanceof HTTPError) {
		const until = retryTime(error.response);
		return until && until.getTime() - Date.now() > longestSilentWait * 1000 ? false : undefined;
	}
	return safe;
}

function writes(call: Call): boolean {
	return (call.method ?? 'GET') !== 'GET' && !call.reads;
}
