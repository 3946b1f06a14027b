import { t } from '@vscode/l10n';
import { type BulkJob, type BulkRow, type JobIo, Skipped } from './bulk.ts';
import type { BulkState } from './bulkPacking.ts';
import { isCancellation, leftNothing, ProviderError, SignInNeeded, TooManyRequests } from './errors.ts';
import type { Values } from './form.ts';

/** What became of a row. */
export interface End {
	readonly state: BulkState;
	readonly detail?: string;
	/** What it failed with, where that concerns more than this row. */
	readonly again?: TooManyRequests | SignInNeeded;
}

export interface Attempt {
	readonly job: BulkJob;
	readonly io: JobIo;
	readonly signal: AbortSignal;
	/** How the row stood before. */
	readonly was: BulkState;
	/** Whether it may have been done already. */
	readonly isDoubtful: boolean;
	/** Asks the vendor what became of it, and sends nothing. */
	readonly onlyAsks: boolean;
	readonly onUnexpected: (error: unknown) => void;
}

/** Does one row, unless it was done already, and says what became of it. Never rejects. */
export async function attempt(row: BulkRow, values: Values, how: Attempt): Promise<End> {
	const { job, io, signal, isDoubtful, onlyAsks } = how;
	try {
		if (isDoubtful && (await job.isDone?.(row, values, io, signal))) {
			return { state: 'done', detail: t('It had been done already.') };
		}
	} catch (error) {
		return notAsked(error, how);
	}
	if (onlyAsks) {
		return { state: 'failed', detail: t('It was not done.') };
	}
	try {
		return { state: 'done', detail: await job.run(row, values, io, signal) };
	} catch (error) {
		return notDone(error, row, values, how);
	}
}

/** Nothing was sent: what was unknown stays so, what was known to be undone failed. */
function notAsked(error: unknown, { was, signal, onUnexpected }: Attempt): End {
	if (signal.aborted || isCancellation(error)) {
		return { state: was };
	}
	return { state: was === 'unknown' ? 'unknown' : 'failed', detail: sentenceOf(error, onUnexpected), ...again(error) };
}

async function notDone(error: unknown, row: BulkRow, values: Values, how: Attempt): Promise<End> {
	const { signal, onUnexpected } = how;
	if (error instanceof Skipped) {
		return { state: 'skipped', detail: error.message };
	}
	if (leftNothing(error)) {
		return { state: 'failed', detail: sentenceOf(error, onUnexpected), ...again(error) };
	}
	const isCut = signal.aborted || isCancellation(error);
	return lookAfter(isCut ? t('It was cancelled in the middle.') : sentenceOf(error, onUnexpected), row, values, how);
}

/** It may have been done: the vendor is asked, where that is possible. */
async function lookAfter(detail: string, row: BulkRow, values: Values, how: Attempt): Promise<End> {
	const { job, io, signal } = how;
	try {
		const isDone = signal.aborted ? undefined : await job.isDone?.(row, values, io, signal);
		if (isDone === true) {
			return { state: 'done', detail: t('The answer did not come, but it was done.') };
		}
		return isDone === false
			? { state: 'failed', detail: `${detail} ${t('It was not done.')}` }
			: { state: 'unknown', detail };
	} catch {
		return { state: 'unknown', detail };
	}
}

function again(error: unknown): Pick<End, 'again'> {
	return error instanceof TooManyRequests || error instanceof SignInNeeded ? { again: error } : {};
}

function sentenceOf(error: unknown, onUnexpected: (error: unknown) => void): string {
	if (error instanceof ProviderError) {
		return error.message;
	}
	onUnexpected(error);
	return t('Something in Boardwalk went wrong. The log says more.');
}

/** Time, for tests to turn. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Throws the signal's reason. */
	wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const realClock: Clock = {
	now: () => Date.now(),
	wait: (milliseconds, signal) =>
		new Promise((resolve, reject) => {
			signal.throwIfAborted();
			const end = (): void => {
				clearTimeout(timer);
				signal.removeEventListener('abort', leave);
			};
			const leave = (): void => {
				end();
				reject(signal.reason);
			};
			const timer = setTimeout(
				() => {
					end();
					resolve();
				},
				Math.min(milliseconds, longestWait),
			);
			signal.addEventListener('abort', leave);
		}),
};

/** Milliseconds after which the clock is read again: no timer is longer than 24 days, and a computer may sleep. */
const longestWait = 60_000;
/** Milliseconds to wait where the vendor does not say how long. */
const usualWait = 30_000;

/** Where all rows of a job wait while the vendor's limit is used up. */
export class Gate {
	readonly #clock: Clock;
	readonly #signal: AbortSignal;
	#until = 0;

	constructor(clock: Clock, signal: AbortSignal) {
		this.#clock = clock;
		this.#signal = signal;
	}

	/** Waits until the vendor takes requests again. Throws the signal's reason. */
	async pass(): Promise<void> {
		this.#signal.throwIfAborted();
		for (let left = this.#left(); left > 0; left = this.#left()) {
			await this.#clock.wait(left, this.#signal);
		}
	}

	/** Lets nothing pass until then. Returns that as a sentence. */
	close(until: Date | undefined): string {
		this.#until = Math.max(this.#until, until?.getTime() ?? this.#clock.now() + usualWait);
		const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }).format(this.#until);
		return t('It waits until {0}, because the vendor’s limit is used up.', time);
	}

	#left(): number {
		return this.#until - this.#clock.now();
	}
}
