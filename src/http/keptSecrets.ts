import type { Credentials, Log, Secrets } from '../core/provider.ts';
import { isSame, unmarked } from './tokenSecrets.ts';

/**
 * The stored secrets as one window changes them: never over others than those a change came from, and never losing the
 * only good ones where they cannot be stored. Whatever writes belongs within `credentials.exclusively`.
 */
export class KeptSecrets {
	readonly #credentials: Credentials;
	readonly #log: Log;
	#unstored: { readonly over: Secrets; readonly secrets: Secrets } | undefined;

	constructor(credentials: Credentials, log: Log) {
		this.#credentials = credentials;
		this.#log = log;
	}

	/** Whether the newest secrets are only held here, because the store did not take them. */
	get isBehind(): boolean {
		return this.#unstored !== undefined;
	}

	/** What is stored, or what could not be stored over it. */
	async read(): Promise<Secrets> {
		const stored = await this.#credentials.read();
		return this.#unstored && isSame(stored, this.#unstored.over) ? this.#unstored.secrets : stored;
	}

	/** The same, after storing what could not be stored before. */
	async catchUp(): Promise<Secrets> {
		const stored = await this.#credentials.read();
		if (this.#unstored && isSame(stored, this.#unstored.over)) {
			return this.keep(stored, this.#unstored.secrets);
		}
		this.#unstored = undefined;
		return stored;
	}

	/** Stores new tokens. From now on they are the only good ones, so a store that fails does not end them. */
	async keep(over: Secrets, secrets: Secrets): Promise<Secrets> {
		this.#unstored = { over, secrets };
		try {
			const stored = await this.replace(over, secrets);
			if (!isSame(stored, over)) {
				this.#unstored = undefined;
				return stored;
			}
		} catch (error) {
			this.#log.warn('a renewed access token could not be stored yet', error);
		}
		return secrets;
	}

	/** Returns what is stored then: where somebody signed in anew meanwhile, their secrets stay. */
	async replace(over: Secrets, next: Secrets): Promise<Secrets> {
		const stored = await this.#credentials.read();
		if (!isSame(stored, over)) {
			return stored;
		}
		await this.#credentials.replace(next);
		return this.#credentials.read();
	}

	/** Takes this very mark away. A mark that stays costs a renewal, and nothing else. */
	async unmark(asking: Secrets): Promise<void> {
		try {
			const stored = await this.#credentials.read();
			if (isSame(stored, asking) && stored.asked === asking.asked) {
				await this.#credentials.replace(unmarked(stored));
			}
		} catch (error) {
			this.#log.warn('the outcome of renewing an access token could not be stored', error);
		}
	}
}
