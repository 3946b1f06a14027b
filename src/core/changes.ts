import { t } from '@vscode/l10n';
import type { Account } from './accounts.ts';
import { LocalFailure } from './errors.ts';
import { Emitter } from './event.ts';

/** A change that was made at a vendor from here. */
export interface Done {
	readonly account: Account;
	/** What was done, as one short sentence without a full stop. */
	readonly label: string;
	/** Takes it back. Throws `LocalFailure` where the thing was changed again since. */
	readonly undo?: (signal: AbortSignal) => Promise<void>;
	/** What happens at the vendor besides when it is taken back, as one sentence to be confirmed. */
	readonly warning?: string;
	/** Why it can't be taken back, in the user's language, where there is no `undo`. */
	readonly whyNot?: string;
}

/** How many changes are remembered. */
const mostDone = 20;

/** The last changes that were made at vendors, the newest last; each can be taken back once, as far as its vendor can. */
export class Changes {
	#done: readonly Done[] = [];
	/** Those being taken back now. */
	readonly #undoing = new Map<Done, Promise<void>>();
	readonly #changed = new Emitter<void>();
	readonly onDidChange = this.#changed.event;

	list(): readonly Done[] {
		return this.#done;
	}

	note(done: Done): void {
		this.#keep([...this.#done, done].slice(-mostDone));
	}

	/**
	 * Takes back one change. It stays in the list where that fails, so that it can be tried again; whoever asks while it is
	 * being taken back waits for the same.
	 */
	async undo(done: Done, signal: AbortSignal): Promise<void> {
		if (!done.undo) {
			throw new LocalFailure(done.whyNot ?? t('{0} can’t be taken back.', done.label));
		}
		if (!this.#done.includes(done)) {
			return;
		}
		const undoing = this.#undoing.get(done) ?? done.undo(signal).finally(() => this.#undoing.delete(done));
		this.#undoing.set(done, undoing);
		await undoing;
		this.#keep(this.#done.filter((one) => one !== done));
	}

	/** Forgets the changes of accounts that are gone. */
	sweep(isGone: (accountId: string) => boolean): void {
		this.#keep(this.#done.filter(({ account }) => !isGone(account.id)));
	}

	dispose(): void {
		this.#changed.dispose();
	}

	#keep(done: readonly Done[]): void {
		this.#done = done;
		this.#changed.fire();
	}
}
