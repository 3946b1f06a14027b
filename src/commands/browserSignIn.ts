import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ChoiceField, Values } from '../core/form.ts';
import {
	type Answer,
	type Attempt,
	answerPasted,
	attemptEnd,
	checkPasted,
	type Handshakes,
} from '../core/handshakes.ts';
import type { BrowserReturn, BrowserWay, Provider, SignedIn, SignInIo } from '../core/provider.ts';
import { askText } from '../host/ask.ts';
import { addressFor, hearAgain, openPage, openReturn, returnsHere } from '../host/signInReturn.ts';

/** One sign-in as it is asked for. */
export interface Request {
	readonly provider: Provider;
	readonly way: BrowserWay;
	readonly values: Values;
	/** The account that signs in again. */
	readonly account?: string;
}

type Tell = (message: string) => void;

interface Shown {
	readonly attempt: Attempt;
	/** Aborted when it waits no more. */
	readonly over: AbortSignal;
}

const returningId = 'returning';
const signingIn = 'boardwalk.signingIn';

/** Asks how the browser is to come back, with the address that must be registered at the vendor for it. */
export function returningField(way: BrowserWay, remembered: string | undefined): ChoiceField {
	const returns = returnsHere(way);
	const initial = returns.find((one) => one === remembered) ?? returns[0];
	const choices = returns.map((value) => ({ value, label: wordsFor(value), detail: addressFor(value, way) }));
	return {
		kind: 'choice',
		id: returningId,
		label: t('How the browser comes back'),
		help: t('The address must be registered with the application whose keys you typed.'),
		initial,
		initialLabel: initial && wordsFor(initial),
		choices: async () => ({ items: choices }),
	};
}

function wordsFor(returning: BrowserReturn): string {
	switch (returning) {
		case 'editor':
			return t('By itself, into this editor');
		case 'loopback':
			return t('By itself, to this computer');
		case 'paste':
			return t('By hand: you copy the address of the last page');
	}
}

/** The sign-ins of this window that wait for the browser, and what a person can do meanwhile. */
export class BrowserSignIns {
	readonly #handshakes: Handshakes;
	readonly #io: (provider: Provider) => SignInIo;
	readonly #shown = new Map<string, Shown>();

	constructor(handshakes: Handshakes, io: (provider: Provider) => SignInIo) {
		this.#handshakes = handshakes;
		this.#io = io;
	}

	/** Opens the vendor's page, waits for the browser to come back and exchanges what it brings. Stores nothing lasting. */
	async signIn(request: Request, signal: AbortSignal, tell: Tell): Promise<readonly SignedIn[]> {
		const { provider, way, values, account } = request;
		const returning = (values[returningId] as BrowserReturn | undefined) ?? 'paste';
		const back = await openReturn(way, returning, (answer) => this.#handshakes.take(answer, signal));
		try {
			const visit = await way.begin(values, back.redirect, this.#io(provider), signal);
			const attempt: Attempt = {
				id: crypto.randomUUID(),
				provider: provider.id,
				vendor: provider.label,
				way: way.id,
				returning,
				values,
				visit,
				account,
				until: attemptEnd(),
			};
			return await this.#complete(attempt, request, signal, tell, () => openPage(visit.page));
		} finally {
			back.dispose();
		}
	}

	/** Goes on with an attempt whose window was opened anew. */
	async resume(attempt: Attempt, request: Request, signal: AbortSignal, tell: Tell): Promise<readonly SignedIn[]> {
		const back =
			attempt.returning === 'loopback'
				? await openReturn(request.way, 'loopback', (answer) => this.#handshakes.take(answer, signal))
				: undefined;
		try {
			return await this.#complete(attempt, request, signal, tell, () => hearAgain(attempt.visit.redirect));
		} finally {
			back?.dispose();
		}
	}

	/** Opens the page of a waiting sign-in once more: the one named, or the last one. */
	async openAgain(id: unknown): Promise<void> {
		const page = this.#find(id)?.attempt.visit.page;
		if (page) {
			await openPage(page);
		}
	}

	/** Copies the address that must be registered at the vendor for the browser to come back. */
	async copyRedirect(id: unknown): Promise<void> {
		const redirect = this.#find(id)?.attempt.visit.redirect;
		if (redirect) {
			await vscode.env.clipboard.writeText(redirect);
		}
	}

	/** Asks for what the browser shows at the end, where it can't come back by itself. */
	async paste(id: unknown): Promise<void> {
		const shown = this.#find(id);
		if (!shown) {
			return;
		}
		const { visit, vendor } = shown.attempt;
		const answer = await askText({
			title: t('Sign in to {0}', vendor),
			prompt: t(
				'Allow Boardwalk in the browser. It then goes to a page that may not open, which is fine: copy that page’s address and paste it here.',
			),
			signal: shown.over,
			check: (text) => checkPasted(text, visit),
		});
		const pasted = answer.kind === 'value' ? answerPasted(answer.value, visit) : undefined;
		if (pasted) {
			await this.#handshakes.take(pasted, new AbortController().signal);
		}
	}

	/** An answer that the editor was opened with. */
	take(answer: Answer): Promise<void> {
		return this.#handshakes.take(answer, new AbortController().signal);
	}

	async #complete(
		attempt: Attempt,
		{ provider, way, values }: Request,
		signal: AbortSignal,
		tell: Tell,
		open: () => Promise<void>,
	): Promise<readonly SignedIn[]> {
		const proof = await this.#wait(attempt, signal, tell, open);
		tell(t('Finishing…'));
		const found = await way.finish(attempt.visit, values, proof, this.#io(provider), signal);
		return found.map((one) => ({ ...one, facts: { ...one.facts, [returningId]: attempt.returning } }));
	}

	async #wait(attempt: Attempt, signal: AbortSignal, tell: Tell, open: () => Promise<void>): Promise<string> {
		const over = new AbortController();
		const proof = this.#handshakes.proof(attempt, AbortSignal.any([signal, over.signal]));
		// Awaited below, but where opening the page fails.
		proof.catch(() => undefined);
		this.#shown.set(attempt.id, { attempt, over: over.signal });
		this.#tellEditor();
		try {
			tell(waitingFor(attempt));
			await Promise.race([proof, open()]);
			if (attempt.returning === 'paste') {
				void vscode.commands.executeCommand('boardwalk.pasteSignInCode', attempt.id);
			}
			return await proof;
		} finally {
			over.abort();
			this.#shown.delete(attempt.id);
			this.#tellEditor();
		}
	}

	/** The palette offers what can be done with a waiting sign-in while there is one. */
	#tellEditor(): void {
		void vscode.commands.executeCommand('setContext', signingIn, this.#shown.size > 0);
	}

	#find(id: unknown): Shown | undefined {
		return this.#shown.get(String(id)) ?? [...this.#shown.values()].at(-1);
	}
}

/** With links: a progress notification has no buttons but its own "Cancel". */
function waitingFor({ id, until }: Attempt): string {
	const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(until);
	const link = (label: string, command: string) =>
		`[${label}](command:${command}?${encodeURIComponent(JSON.stringify([id]))} "${label}")`;
	const again = link(t('Open the page again'), 'boardwalk.openSignInPage');
	const paste = link(t('Paste the code instead'), 'boardwalk.pasteSignInCode');
	return `${t('waiting for the browser until {0}.', time)} ${again} · ${paste}`;
}
