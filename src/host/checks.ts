import { t } from '@vscode/l10n';
import { durationText } from '../core/duration.ts';
import type { Finding } from '../core/finding.ts';
import { abortable } from '../core/waiting.ts';

/** One thing to look at. */
export interface Check {
	/** The heading of the finding where the check itself fails. */
	readonly about: string;
	/** Looks, and changes nothing. What it throws becomes a finding. */
	run(signal: AbortSignal): Promise<readonly Finding[]>;
}

export interface CheckOptions {
	/** Milliseconds that one check may take. */
	readonly timeLimit: number;
	/** Told after each check how many of 100 parts it was. */
	readonly advance?: (part: number) => void;
}

/** Runs all checks at once, each for itself: one that fails or hangs hides no other. Throws the signal's reason alone. */
export async function runChecks(
	checks: readonly Check[],
	{ timeLimit, advance }: CheckOptions,
	signal: AbortSignal,
): Promise<readonly Finding[]> {
	const found = await Promise.all(
		checks.map(async (check) => {
			const findings = await runCheck(check, timeLimit, signal);
			advance?.(100 / checks.length);
			return findings;
		}),
	);
	return found.flat();
}

async function runCheck(check: Check, timeLimit: number, signal: AbortSignal): Promise<readonly Finding[]> {
	try {
		return await limited(timeLimit, signal, (each) => check.run(each));
	} catch (error) {
		signal.throwIfAborted();
		return [failure(check.about, error, timeLimit)];
	}
}

/** Runs something that may hang. Throws an error called `TimedOut` when the time is up, even where the signal is ignored. */
export async function limited<T>(
	timeLimit: number,
	signal: AbortSignal,
	run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const patience = new AbortController();
	const timer = setTimeout(() => {
		patience.abort(Object.assign(new Error(`nothing within ${timeLimit} ms`), { name: 'TimedOut' }));
	}, timeLimit);
	const either = AbortSignal.any([signal, patience.signal]);
	try {
		return await abortable(run(either), either);
	} finally {
		clearTimeout(timer);
	}
}

function failure(about: string, error: unknown, timeLimit: number): Finding {
	if (error instanceof Error && error.name === 'TimedOut') {
		return {
			about,
			state: 'bad',
			message: t('Nothing came within {0}.', durationText(timeLimit)),
			next: t('Check the network, a VPN and the proxy, and check the connection again.'),
		};
	}
	return isSentence(error)
		? { about, state: 'bad', message: error.message, next: nextAfter(error.action.kind) }
		: {
				about,
				state: 'warning',
				message: t('This could not be checked: {0}', wordsOf(error)),
				next: t('Check the connection again. If it stays so, send the report to your support.'),
			};
}

/** An error of `core/errors.ts`. This file is bundled apart, where its classes are others than those of who threw it. */
function isSentence(error: unknown): error is Error & { readonly action: { readonly kind: string } } {
	return error instanceof Error && 'action' in error && typeof error.action === 'object' && error.action !== null;
}

function nextAfter(kind: string): string {
	switch (kind) {
		case 'signIn':
			return signInAgain();
		case 'retry':
		case 'refresh':
			return t('Wait a little, and check the connection again.');
		default:
			return t('Look into the log, where the cause stands: “Boardwalk: Show Log”.');
	}
}

/** Where the credentials are the trouble. */
export function signInAgain(): string {
	return t('Choose “Sign In Again…” in the menu of the account. Its name and place stay.');
}

/** What a system says of its failure: a word for the expert, where it has one. */
export function wordsOf(error: unknown): string {
	if (!(error instanceof Error)) {
		return String(error);
	}
	return codeOf(error) ?? error.message;
}

/** The system's word for a failure, such as ECONNREFUSED, wherever in its causes it stands. */
export function codeOf(error: unknown): string | undefined {
	for (const one of causes(error)) {
		if ('code' in one && typeof one.code === 'string') {
			return one.code;
		}
	}
	return undefined;
}

/** An error, what caused it, and so on; where several attempts failed, the first of them. */
export function causes(error: unknown): readonly Error[] {
	const found: Error[] = [];
	for (let at = error; at instanceof Error && found.length < 8; ) {
		found.push(at);
		at = at.cause ?? ('errors' in at && Array.isArray(at.errors) ? at.errors[0] : undefined);
	}
	return found;
}
