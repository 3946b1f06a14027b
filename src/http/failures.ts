import { t } from '@vscode/l10n';
import {
	NotAllowed,
	NotFound,
	OutcomeUnknown,
	ProviderError,
	Refused,
	SignInNeeded,
	TooManyRequests,
	UnexpectedReply,
	Unreachable,
} from '../core/errors.ts';
import { Answered } from './noAnswer.ts';
import { type Explanation, looksLikeWebPage, type Names, type Reply } from './reply.ts';

interface Failure {
	readonly names: Names;
	/** Whether the request could have changed something. */
	readonly writes: boolean;
	readonly reply?: Reply;
	readonly explanation?: Explanation;
	readonly cause?: unknown;
}

/** The one place where a failed request becomes an error with a sentence for the person. */
export function toProviderError(failure: Failure): unknown {
	const { cause, reply } = failure;
	if (cause instanceof ProviderError) {
		return cause;
	}
	return reply ? fromReply(failure, reply) : fromNetwork(failure);
}

/** The place of what is wrong where that is everything; not shown to people. */
export const wholeReply = 'the whole reply';

/** `where` is a path in the reply, or says that all of it is a web page. */
export function unexpected(
	{ vendor, account }: Names,
	cause: unknown,
	where?: 'webPage' | { readonly place: string },
): UnexpectedReply {
	return where === 'webPage'
		? new UnexpectedReply(
				t(
					'The address of {1} answered with a web page instead of {0} data. Check the address, or a proxy that asks you to sign in.',
					vendor,
					account,
				),
				cause,
				wholeReply,
			)
		: new UnexpectedReply(
				t('{0} answered for {1} in a form Boardwalk does not know.', vendor, account),
				cause,
				where?.place,
			);
}

/** A change that was answered well, as far as the answer can be understood. */
export function unclear({ vendor, account }: Names, cause: unknown): OutcomeUnknown {
	return new OutcomeUnknown(
		t(
			'{0} answered the change for {1} in a form Boardwalk does not know, so it may have been made. Look before you repeat it.',
			vendor,
			account,
		),
		cause,
	);
}

function fromReply(failure: Failure, reply: Reply): ProviderError {
	const { names, explanation } = failure;
	const { vendor, account } = names;
	const cause = failure.cause ?? new Answered(`status ${reply.status}`);
	const reason = explanation?.reason;
	switch (explanation?.kind ?? kindOf(reply)) {
		case 'signIn':
			return new SignInNeeded(t('{0} did not accept the credentials of {1}.', vendor, account), cause);
		case 'notAllowed':
			return new NotAllowed(
				reason
					? t('{0} does not allow {1} to do this: {2}', vendor, account, sentence(reason))
					: t('{0} does not allow {1} to do this.', vendor, account),
				cause,
			);
		case 'notFound':
			return new NotFound(t('{0} does not have this any more, or {1} may not see it.', vendor, account), cause);
		case 'tooMany':
			return tooMany(names, explanation?.until ?? retryTime(reply), cause);
		case 'failed':
			return serverFailed(failure, reply, cause);
		case 'redirected':
			return new UnexpectedReply(
				t('The address of {1} sends on to another one. Use the final address of {0}.', vendor, account),
				cause,
			);
		case 'webPage':
			return unexpected(names, cause, 'webPage');
		case 'proxy':
			return new Unreachable(askedByProxy(vendor), cause);
		case 'refused':
			break;
	}
	return new Refused(
		reason
			? t('{0} declined: {1}', vendor, sentence(reason))
			: t('{0} declined the request (status {1}).', vendor, reply.status),
		explanation?.problems ?? [],
		cause,
	);
}

/** Whether an error says that the vendor refused the credentials, and not that they are missing or unfit on this side. */
export function isRefusedSignIn(error: unknown): boolean {
	return error instanceof SignInNeeded && error.cause instanceof Answered;
}

function askedByProxy(vendor: string): string {
	return t('The proxy between this computer and {0} asks for a sign-in of its own.', vendor);
}

function kindOf(reply: Reply): NonNullable<Explanation['kind']> | 'redirected' | 'webPage' | 'proxy' {
	const { status } = reply;
	switch (status) {
		case 401:
			return looksLikeWebPage(reply) ? 'webPage' : 'signIn';
		case 403:
			return looksLikeWebPage(reply) ? 'webPage' : 'notAllowed';
		case 407:
			return 'proxy';
		case 404:
		case 410:
			return 'notFound';
		case 429:
			return 'tooMany';
		default:
			if (status >= 500) {
				return 'failed';
			}
			return status >= 300 && status < 400 ? 'redirected' : 'refused';
	}
}

function tooMany({ vendor, account }: Names, until: Date | undefined, cause: unknown): TooManyRequests {
	const message = until
		? t('{0} takes no more requests from {1} until {2}.', vendor, account, timeText(until))
		: t('{0} takes no more requests from {1} for now.', vendor, account);
	return new TooManyRequests(message, until, cause);
}

function timeText(until: Date): string {
	const sameDay = until.toDateString() === new Date().toDateString();
	const format: Intl.DateTimeFormatOptions = sameDay
		? { timeStyle: 'medium' }
		: { dateStyle: 'medium', timeStyle: 'short' };
	return new Intl.DateTimeFormat(undefined, format).format(until);
}

/**
 * When a request may be sent again: what `Retry-After` (seconds or a date) or, beside a 429, `X-RateLimit-Reset` (seconds
 * from now, or seconds since 1970) names.
 */
export function retryTime({ status, headers }: Pick<Reply, 'status' | 'headers'>): Date | undefined {
	const text = (headers.get('retry-after') ?? (status === 429 ? headers.get('x-ratelimit-reset') : null))?.trim();
	if (!text) {
		return undefined;
	}
	const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
	const at = seconds === undefined ? Date.parse(text) : seconds * 1000 + (seconds < sinceEpoch ? Date.now() : 0);
	return Number.isNaN(at) ? undefined : new Date(at);
}

/** From here on a number of seconds is a point in time (2017) and not a wait (47 years). */
const sinceEpoch = 1_500_000_000;

function serverFailed({ names: { vendor, account }, writes }: Failure, reply: Reply, cause: unknown): ProviderError {
	return writes
		? new OutcomeUnknown(
				t(
					'{0} failed (status {1}) and did not say whether the change for {2} was made. Look before you repeat it.',
					vendor,
					reply.status,
					account,
				),
				cause,
			)
		: new Unreachable(
				t('{0} has a problem of its own (status {1}). {2} could not be read.', vendor, reply.status, account),
				cause,
			);
}

/** Failures before a connection stands: the request is known not to have arrived. */
const neverArrived = new Set([
	'ENOTFOUND',
	'EAI_AGAIN',
	'ECONNREFUSED',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'UND_ERR_CONNECT_TIMEOUT',
]);

function fromNetwork({ names: { vendor, account }, writes, cause }: Failure): unknown {
	if (isProxySignIn(cause)) {
		return new Unreachable(askedByProxy(vendor), cause);
	}
	const code = codeOf(cause);
	if (code === undefined) {
		return cause;
	}
	if (writes && !neverArrived.has(code) && !isCertificateTrouble(code)) {
		return new OutcomeUnknown(
			t(
				'The connection to {0} broke before it said whether the change for {1} was made. Look before you repeat it.',
				vendor,
				account,
			),
			cause,
		);
	}
	return new Unreachable(t('{0} could not be reached for {1}: {2}.', vendor, account, reasonOf(code)), cause);
}

function reasonOf(code: string): string {
	switch (code) {
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return t('the name of the server was not found');
		case 'ECONNREFUSED':
			return t('nothing answers at the address');
		case 'TimedOut':
		case 'UND_ERR_CONNECT_TIMEOUT':
		case 'UND_ERR_HEADERS_TIMEOUT':
		case 'UND_ERR_BODY_TIMEOUT':
			return t('no answer came in time');
		default:
			return isCertificateTrouble(code)
				? t('its certificate is not trusted on this computer')
				: t('the connection broke');
	}
}

/** A proxy's refusal to open a tunnel is no reply, only words of the transport's. */
function isProxySignIn(error: unknown): boolean {
	for (let at: unknown = error; at instanceof Error; at = at.cause) {
		if (/Proxy response \(407\)|PROXY_AUTH_(REQUESTED|UNSUPPORTED)/.test(at.message)) {
			return true;
		}
	}
	return false;
}

function isCertificateTrouble(code: string): boolean {
	return /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS/.test(code);
}

/** The system's word for a network failure; undefined for an error that has nothing to do with the network. */
function codeOf(error: unknown): string | undefined {
	for (let at: unknown = error; at instanceof Error; at = at.cause) {
		if ('code' in at && typeof at.code === 'string') {
			return at.code;
		}
		if (at.name === 'TimedOut') {
			return at.name;
		}
	}
	const isNetwork =
		error instanceof Error && (error.name === 'NoAnswer' || /fetch failed|terminated|network/i.test(error.message));
	return isNetwork ? 'network' : undefined;
}

/** A vendor's words as the end of a sentence of ours, cut where they are too long to read. */
export function sentence(words: string): string {
	const short = words.length > 300 ? `${words.slice(0, 299)}…` : words;
	return /[.!?…]$/.test(short) ? short : `${short}.`;
}
