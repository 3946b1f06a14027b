import assert from 'node:assert/strict';
import type { Inside } from '../../../src/extension.ts';
import { press } from '../../support/session.ts';
import type { KnownSecrets } from './knownSecrets.ts';

/** What the editor does with an address that opens it. */
interface Opened extends Inside {
	readonly parts: { takeSignInAnswer(services: Inside['services'], query: string): Promise<void> };
}

/** The browser's own: what goes through the editor's is written into the editor's log, each address in full. */
const { __vscodeOriginalFetch: fetch = globalThis.fetch } = globalThis as {
	__vscodeOriginalFetch?: typeof globalThis.fetch;
};

/** A person in front of the vendor's page, and the way back from it into the editor. */
export class Browser {
	readonly #own: Opened;
	readonly #secrets: KnownSecrets;
	/** What the last page led to. */
	query = new URLSearchParams();
	/** What a person copies from it. */
	copied = '';

	constructor(own: Inside, secrets: KnownSecrets) {
		this.#own = own as Opened;
		this.#secrets = secrets;
	}

	/** Registers the address that the page names, and presses a button. */
	async press(page: string, button: 'Allow' | 'Deny'): Promise<void> {
		await this.learnWaiting();
		const { origin, searchParams } = new URL(page);
		const redirect = searchParams.get('redirect_uri');
		if (redirect) {
			const body = new URLSearchParams({ redirect_uri: redirect });
			await fetch(`${origin}/settings/applications`, { method: 'POST', body });
		}
		const { location, query, text } = await press(page, button, fetch);
		const [, shown] = /<code>([^<]+)<\/code>/.exec(text) ?? [];
		this.query = query;
		this.copied = location ?? shown ?? '';
		this.#secrets.learn('the browser', { ...Object.fromEntries(query), verifier: shown });
	}

	/** Opens the editor with an answer, as its page in the browser does; `changes` are what somebody has tampered with. */
	async comeBack(changes: Readonly<Record<string, string>> = {}): Promise<void> {
		const answer = { ...Object.fromEntries(this.query), ...changes };
		this.#secrets.learn('the browser', answer);
		const query = Object.entries(answer).map(([name, value]) => `${name}=${value}`);
		await this.#own.parts.takeSignInAnswer(this.#own.services, query.join('&'));
	}

	/** Notes what is kept while sign-ins wait. */
	async learnWaiting(): Promise<void> {
		const waiting = await this.#own.secrets.findCredentials('boardwalk.handshake');
		assert.ok(waiting.length > 0, 'no sign-in waits');
		for (const { password } of waiting) {
			const attempt = JSON.parse(password) as { visit: { tie: { value: string } } };
			this.#secrets.add('a waiting sign-in: tie', attempt.visit.tie.value);
			this.#secrets.learn('a waiting sign-in', attempt);
		}
	}
}
