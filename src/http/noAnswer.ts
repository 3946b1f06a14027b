import { HTTPError, NetworkError } from 'ky';

/** The network failed before a whole answer was there. */
export class NoAnswer extends Error {
	constructor(message: string, cause: unknown) {
		super(message, { cause });
		this.name = 'NoAnswer';
	}
}

/** No whole answer came within so many milliseconds. */
export class TimedOut extends Error {
	constructor(milliseconds: number) {
		super(`no answer within ${milliseconds / 1000} s`);
		this.name = 'TimedOut';
	}
}

/** A server has spoken: the cause of an error that a reply became, and of none that arose on this side. */
export class Answered extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'Answered';
	}
}

/** What goes to the log as the cause. ky's own words quote the whole address, and a query may hold a secret. */
export function withoutAddress(error: unknown): unknown {
	if (error instanceof HTTPError) {
		return new Answered(`${lineOf(error.request)} was answered with status ${error.response.status}`);
	}
	return error instanceof NetworkError
		? new NoAnswer(`${lineOf(error.request)} got no whole answer`, error.cause)
		: error;
}

/** How the log names a request: without its host and query. */
export function lineOf({ method, url }: Request): string {
	return `${method} ${new URL(url).pathname}`;
}
