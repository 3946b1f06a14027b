import { t } from '@vscode/l10n';
import type { SecretsPort } from './credentialStore.ts';
import { SignInEnded } from './errors.ts';
import type { Values } from './form.ts';
import type { BrowserReturn, Visit } from './provider.ts';
import { withoutSecrets } from './redaction.ts';
import { abortable } from './waiting.ts';
import type { Windows } from './windows.ts';

/** One sign-in that waits for the browser. Plain data: a window that is opened anew goes on with it. */
export interface Attempt {
	readonly id: string;
	/** The provider's id, and its name for messages. */
	readonly provider: string;
	readonly vendor: string;
	/** The id of the way. */
	readonly way: string;
	readonly returning: BrowserReturn;
	readonly values: Values;
	readonly visit: Visit;
	/** The account that signs in again; absent for a new one. */
	readonly account?: string;
	/** Milliseconds since the epoch; afterwards nobody waits for it any more. */
	readonly until: number;
}

/** What the vendor added to the address it sent the browser back to. */
export type Answer = Readonly<Record<string, string>>;

/** Milliseconds a person has for the vendor's page. */
const patience = 300_000;
const service = 'boardwalk.handshake';
const subject = { answer: 'handshake.answer', waiting: 'handshake.waiting', used: 'handshake.used' };

interface Waiting {
	readonly attempt: Attempt;
	settle(answer: Answer): void;
	/** Ends the wait as if the person had given up. */
	leave(): void;
}

/**
 * The sign-ins that wait for the browser. Each answer belongs to one attempt, by a value nobody can guess; it may arrive in
 * any window and settles the attempt in the one that asked. An attempt takes one answer and is forgotten with it.
 */
export class Handshakes {
	readonly #secrets: SecretsPort;
	readonly #windows: Windows;
	readonly #waiting = new Map<string, Waiting>();
	/** The ties that were answered, so that a page used twice is told from one that nobody knows. */
	readonly #used = new Set<string>();

	/**
	 * `alive` settles as long as there is a window around all this: a browser that loads its page anew leaves the old
	 * extension host running for hours, and what is behind no window must not take part.
	 */
	constructor(secrets: SecretsPort, windows: Windows, alive: () => PromiseLike<unknown> = async () => undefined) {
		this.#secrets = secrets;
		this.#windows = windows;
		windows.onAsked(subject.answer, async (content) => {
			await alive();
			return this.#settle(content as Answer);
		});
		windows.onAsked(subject.waiting, async (id) => {
			await alive();
			return this.#waiting.has(String(id)) ? true : undefined;
		});
		windows.onTold(subject.used, (tie) => void this.#used.add(String(tie)));
	}

	/**
	 * Waits for the proof that the vendor sends back. Throws `SignInEnded` where it says no, or nothing for five minutes, and
	 * the signal's reason where the person gives up.
	 */
	async proof(attempt: Attempt, signal: AbortSignal): Promise<string> {
		const { promise, resolve } = Promise.withResolvers<Answer>();
		const over = new AbortController();
		const clock = setTimeout(() => over.abort(ended(attempt.vendor)), attempt.until - Date.now());
		this.#waiting.set(attempt.id, { attempt, settle: resolve, leave: () => over.abort() });
		await this.#secrets.setPassword(service, attempt.id, JSON.stringify(attempt));
		try {
			const answer = await abortable(promise, AbortSignal.any([signal, over.signal]));
			this.#use(attempt.visit.tie.value);
			return proofIn(answer, attempt);
		} finally {
			clearTimeout(clock);
			this.#waiting.delete(attempt.id);
			await this.#secrets.deletePassword(service, attempt.id);
		}
	}

	/** Takes an answer to the window that waits for it. Throws `SignInEnded` where there is none. */
	async take(answer: Answer, signal: AbortSignal): Promise<void> {
		const taken = this.#settle(answer) ?? (await this.#windows.ask(subject.answer, answer, signal));
		if (!taken) {
			throw new SignInEnded(
				Object.values(answer).some((value) => this.#used.has(value))
					? t('This page was used for a sign-in already. Each page serves once; start again.')
					: t(
							'The browser came back with an answer that belongs to no sign-in that is waiting. It was ignored and nothing was stored.',
						),
			);
		}
	}

	/** The attempts of a window that is gone, for this one to go on with. Too old ones are forgotten. */
	async orphans(signal: AbortSignal): Promise<readonly Attempt[]> {
		const kept = await this.#secrets.findCredentials(service);
		const attempts = kept.map(({ password }) => JSON.parse(password) as Attempt);
		const orphans: Attempt[] = [];
		for (const attempt of attempts) {
			if (attempt.until <= Date.now()) {
				await this.#secrets.deletePassword(service, attempt.id);
			} else if (!this.#waiting.has(attempt.id) && !(await this.#windows.ask(subject.waiting, attempt.id, signal))) {
				orphans.push(attempt);
			}
		}
		return orphans;
	}

	/** Ends and forgets the attempts of accounts that are gone. */
	async forget(isGone: (account: string) => boolean): Promise<void> {
		const isOver = ({ account }: Attempt): boolean => account !== undefined && isGone(account);
		[...this.#waiting.values()].filter(({ attempt }) => isOver(attempt)).forEach((waiting) => waiting.leave());
		const kept = await this.#secrets.findCredentials(service);
		for (const { account } of kept.filter(({ password }) => isOver(JSON.parse(password) as Attempt))) {
			await this.#secrets.deletePassword(service, account);
		}
	}

	/** Settles the attempt that an answer belongs to, if it waits here. */
	#settle(answer: Answer): true | undefined {
		const found = [...this.#waiting.values()].find(({ attempt }) => belongs(answer, attempt.visit));
		found?.settle(answer);
		return found && true;
	}

	#use(tie: string): void {
		this.#used.add(tie);
		this.#windows.tell(subject.used, tie);
	}
}

/** When an attempt that starts now ends. */
export function attemptEnd(): number {
	return Date.now() + patience;
}

/** What is wrong with a pasted text, as one sentence; undefined where `proofPasted` can read it. */
export function checkPasted(text: string, visit: Visit): string | undefined {
	const answer = answerPasted(text, visit);
	if (!answer) {
		return t('Paste the whole address of the page, or the code in it.');
	}
	return belongs(answer, visit)
		? undefined
		: t('This address belongs to another sign-in. Paste the one that the page you opened last led to.');
}

/** A whole address, or the bare proof, as if the browser had brought it. */
export function answerPasted(text: string, { tie, proof }: Visit): Answer | undefined {
	const typed = text.trim();
	const url = /^[a-z][a-z\d+.-]*:\/\//i.test(typed) ? URL.parse(typed) : null;
	if (url) {
		const answer = Object.fromEntries(url.searchParams);
		return proof in answer || 'error' in answer ? answer : undefined;
	}
	return /^\S+$/.test(typed) ? { [tie.name]: tie.value, [proof]: decoded(typed) } : undefined;
}

/** A code out of an address stands there encoded. */
function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** The parameters in the query of an address that the editor has decoded already. */
export function answerIn(query: string): Answer {
	const pairs = query.split('&').map((pair) => {
		const [name = '', ...rest] = pair.split('=');
		return [name, rest.join('=')];
	});
	return Object.fromEntries(pairs) as Answer;
}

function belongs(answer: Answer, { tie }: Visit): boolean {
	return answer[tie.name] === tie.value;
}

function proofIn(answer: Answer, { vendor, visit }: Attempt): string {
	const { error, error_description: description } = answer;
	if (error === 'access_denied') {
		throw new SignInEnded(t('You did not let Boardwalk in at {0}. Nothing was stored.', vendor));
	}
	if (error !== undefined) {
		// Whoever says back the whole address names the tie and perhaps a code.
		const hide = withoutSecrets([visit.tie.value, answer[visit.proof] ?? '']);
		throw new SignInEnded(
			t(
				'{0} ended the sign-in: {1}. Nothing was stored.',
				vendor,
				wordsOf(description && hide(description)) || hide(error),
			),
			new Error(hide(error)),
		);
	}
	const proof = answer[visit.proof];
	if (!proof) {
		throw new SignInEnded(t('{0} sent the browser back without a code. Nothing was stored.', vendor));
	}
	return proof;
}

/** The end of a sentence of ours: the vendor's words without their own end, short. */
function wordsOf(description = ''): string {
	return description
		.replaceAll('+', ' ')
		.slice(0, 200)
		.replace(/[.\s]+$/, '');
}

function ended(vendor: string): SignInEnded {
	return new SignInEnded(t('No answer came from {0} in five minutes. Nothing was stored.', vendor));
}
