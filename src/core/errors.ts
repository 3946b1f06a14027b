/**
 * Every failure that reaches a person: a message that is one sentence for them, a `cause` for the log, and one action as
 * data. `host/report.ts` alone shows them. A cancelled wait is no error: it throws the signal's reason and nobody is told.
 */
export abstract class ProviderError extends Error {
	/** What the person can do about it. */
	readonly action: ErrorAction;

	constructor(message: string, action: ErrorAction, cause?: unknown) {
		super(message, { cause });
		this.name = new.target.name;
		this.action = action;
	}
}

export type ErrorAction =
	| { readonly kind: 'signIn' }
	/** Do the same again; offered only where repeating can do no harm. */
	| { readonly kind: 'retry' }
	/** Look at how things stand now, because it is not known what became of a write. */
	| { readonly kind: 'refresh' }
	| { readonly kind: 'openInBrowser'; readonly url: string }
	| { readonly kind: 'showLog' };

/** The vendor refused the credentials. */
export class SignInNeeded extends ProviderError {
	constructor(message: string, cause?: unknown) {
		super(message, { kind: 'signIn' }, cause);
	}
}

/** A sign-in in the browser came to nothing; nothing was stored, and it can be started again. */
export class SignInEnded extends ProviderError {
	constructor(message: string, cause?: unknown) {
		super(message, { kind: 'retry' }, cause);
	}
}

/** The credentials are good, the right is missing. */
export class NotAllowed extends ProviderError {
	constructor(message: string, cause?: unknown, url?: string) {
		super(message, url ? { kind: 'openInBrowser', url } : { kind: 'showLog' }, cause);
	}
}

/** The thing is gone or not visible to this account. */
export class NotFound extends ProviderError {
	constructor(message: string, cause?: unknown) {
		super(message, { kind: 'refresh' }, cause);
	}
}

/** The vendor's limit is used up until a known point in time. */
export class TooManyRequests extends ProviderError {
	readonly until: Date | undefined;

	constructor(message: string, until: Date | undefined, cause?: unknown) {
		super(message, { kind: 'retry' }, cause);
		this.until = until;
	}
}

/** No answer, or a server's own failure, to something that changes nothing or is known not to have arrived. */
export class Unreachable extends ProviderError {
	constructor(message: string, cause?: unknown) {
		super(message, { kind: 'retry' }, cause);
	}
}

/** A write was sent and no verdict came back: it may have been done or not, so nobody repeats it unseen. */
export class OutcomeUnknown extends ProviderError {
	constructor(message: string, cause?: unknown) {
		super(message, { kind: 'refresh' }, cause);
	}
}

/** The answer is not what the vendor's API says: another server, a proxy's page, or a changed API. */
export class UnexpectedReply extends ProviderError {
	/** The path of what is wrong in a JSON reply, such as `data.3.attributes.name`, or `the whole reply`; undefined for others. */
	readonly place: string | undefined;

	constructor(message: string, cause?: unknown, place?: string) {
		super(message, { kind: 'showLog' }, cause);
		this.place = place;
	}
}

/** Something wrong with one field of what was asked; without a field, with the whole. */
export interface Problem {
	/** The `id` of a form's field. */
	readonly field?: string;
	/** One sentence in the user's language, or the vendor's own words. */
	readonly message: string;
}

/** The vendor understood the request and declined it, with reasons that may belong to fields of a form. */
export class Refused extends ProviderError {
	readonly problems: readonly Problem[];

	constructor(message: string, problems: readonly Problem[] = [], cause?: unknown) {
		super(message, { kind: 'showLog' }, cause);
		this.problems = problems;
	}
}

/** Input that was found wrong here, before anything was sent. */
export class InvalidInput extends ProviderError {
	readonly problems: readonly Problem[];

	constructor(problems: readonly Problem[]) {
		super(problems.map(({ message }) => message).join(' '), { kind: 'showLog' });
		this.problems = problems;
	}
}

/** Something on this machine stood in the way: a file that vanished, a folder where a file was meant. */
export class LocalFailure extends ProviderError {
	constructor(message: string, cause?: unknown) {
		super(message, { kind: 'showLog' }, cause);
	}
}

/** Whether an error only says that somebody cancelled. */
export function isCancellation(error: unknown): boolean {
	return error instanceof Error && error.name === 'AbortError';
}

const withoutTrace = [
	InvalidInput,
	LocalFailure,
	NotAllowed,
	NotFound,
	Refused,
	SignInNeeded,
	TooManyRequests,
	Unreachable,
] as const;

/** Whether the failure of a write proves that nothing was left at the vendor. */
export function leftNothing(error: unknown): boolean {
	return withoutTrace.some((kind) => error instanceof kind);
}
