import { t } from '@vscode/l10n';
import {
	NotAllowed,
	NotFound,
	ProviderError,
	SignInNeeded,
	TooManyRequests,
	UnexpectedReply,
	Unreachable,
} from './errors.ts';
import type { Finding } from './finding.ts';

/** What every vendor's findings are called alike. Looked up when asked, once the language is known. */
export const headings = {
	get credentials() {
		return t('Credentials');
	},
	get actsAs() {
		return t('Acts as');
	},
	get rights() {
		return t('Rights');
	},
	get limit() {
		return t('Request limit');
	},
};

/**
 * The findings of one question, or the one finding that it failed. `personal` is what a message of the failure could
 * name, such as the account. Throws the signal's reason, and whatever is no `ProviderError`.
 */
export async function foundOr(
	about: string,
	ask: (signal: AbortSignal) => Promise<readonly Finding[]>,
	signal: AbortSignal,
	personal: readonly string[] = [],
): Promise<readonly Finding[]> {
	try {
		return await ask(signal);
	} catch (error) {
		signal.throwIfAborted();
		if (error instanceof ProviderError) {
			return [failedFinding(about, error, personal)];
		}
		throw error;
	}
}

export function failedFinding(about: string, error: ProviderError, personal: readonly string[] = []): Finding {
	const { message } = error;
	const named = personal.filter((part) => part !== '' && message.includes(part));
	return { about, state: 'bad', message, next: nextAfter(error), personal: named };
}

function nextAfter(error: ProviderError): string {
	if (error instanceof SignInNeeded) {
		return t('Sign in again.');
	}
	if (error instanceof TooManyRequests) {
		return t('Wait until the limit is free again, and check then.');
	}
	if (error instanceof NotAllowed || error instanceof NotFound) {
		return t('Ask an administrator of the account for the right to this.');
	}
	if (error instanceof Unreachable) {
		return t('Check the network, the proxy and the server address, and try again later.');
	}
	return error instanceof UnexpectedReply
		? t('Check the server address, and whether a proxy answers in its place.')
		: t('Look into the log for the cause.');
}

/** Who the vendor takes us for: names, addresses, an organisation; those that are not known are left out. */
export function actsAs(...parts: readonly (string | null | undefined)[]): Finding {
	const personal = parts.filter((part) => typeof part === 'string' && part !== '') as string[];
	return {
		about: headings.actsAs,
		state: 'good',
		message: t('Requests are made as {0}.', personal.join(', ')),
		personal,
	};
}

export function noKnownLimit(vendor: string): Finding {
	return { about: headings.limit, state: 'unknown', message: t('{0} publishes no limit of requests.', vendor) };
}

/** A point in time as people read it, with its day where that is not today. */
export function timeText(time: Date): string {
	const isToday = time.toDateString() === new Date().toDateString();
	const format: Intl.DateTimeFormatOptions = isToday
		? { timeStyle: 'medium' }
		: { dateStyle: 'medium', timeStyle: 'short' };
	return new Intl.DateTimeFormat(undefined, format).format(time);
}

/**
 * What became of the last change that the person made. Where a vendor does not tell what its credentials may do, and
 * nobody may try a write to find out, this is all there is to know.
 */
export class Changes {
	#last: 'taken' | 'refused' | undefined;

	/** Runs a change and remembers whether the vendor took it. */
	async watch<T>(run: () => Promise<T>): Promise<T> {
		try {
			const made = await run();
			this.#last = 'taken';
			return made;
		} catch (error) {
			if (error instanceof NotAllowed) {
				this.#last = 'refused';
			}
			throw error;
		}
	}

	forget(): void {
		this.#last = undefined;
	}

	/** The rights as far as known; `otherwise` says what is known before any change, and `next` how to get the right. */
	rights(vendor: string, otherwise: { readonly message: string; readonly next: string }): Finding {
		const about = headings.rights;
		if (this.#last === 'taken') {
			return { about, state: 'good', message: t('{0} took the last change made here.', vendor) };
		}
		return this.#last === 'refused'
			? {
					about,
					state: 'warning',
					message: t('{0} refused the last change made here: the right to it is missing.', vendor),
					next: otherwise.next,
				}
			: { about, state: 'unknown', ...otherwise };
	}
}
