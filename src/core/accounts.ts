import { t } from '@vscode/l10n';
import { SignInNeeded } from './errors.ts';
import { Emitter } from './event.ts';
import type { Credentials, Secrets, SignedIn } from './provider.ts';

/** What is kept of an account outside the secrets store. */
export interface Account extends Omit<SignedIn, 'secrets' | 'label'> {
	/** Ours; stays the same through renaming and signing in again. */
	readonly id: string;
	/** The provider's id. */
	readonly provider: string;
	/** What the person calls it. */
	readonly name: string;
	/** Belongs to the sandbox: its address changes from run to run, so it signs in anew by itself. */
	readonly practice?: boolean;
}

/** Small lasting values. */
export interface Store {
	get(key: string): unknown;
	set(key: string, value: unknown): PromiseLike<void>;
}

/** Where secrets are kept: the four calls of `keytar`. */
export interface SecretsPort {
	getPassword(service: string, account: string): Promise<string | null>;
	setPassword(service: string, account: string, password: string): Promise<void>;
	/** False where there was none. */
	deletePassword(service: string, account: string): Promise<boolean>;
	findCredentials(service: string): Promise<readonly { readonly account: string; readonly password: string }[]>;
}

const storeKey = 'accounts';
/** The name all our secrets are kept under. */
export const secretsService = 'boardwalk';

/** Which accounts exist, in the person's order. */
export class Accounts {
	readonly #store: Store;
	readonly #secrets: SecretsPort;
	readonly #changed = new Emitter<void>();
	readonly onDidChange = this.#changed.event;

	constructor(store: Store, secrets: SecretsPort) {
		this.#store = store;
		this.#secrets = secrets;
	}

	list(): readonly Account[] {
		const kept = this.#store.get(storeKey);
		return Array.isArray(kept) ? (kept as readonly Account[]) : [];
	}

	get(id: string): Account | undefined {
		return this.list().find((account) => account.id === id);
	}

	/**
	 * Keeps a successful sign-in: as a new account, or, where the same identity at the same vendor is here already, with
	 * fresh credentials under its old name and in its old place.
	 */
	async add(provider: string, signedIn: SignedIn, practice = false): Promise<Account> {
		const { secrets, label, ...kept } = signedIn;
		const old = this.list().find((account) => isSame(account, provider, signedIn, practice));
		const account: Account = {
			...kept,
			id: old?.id ?? crypto.randomUUID(),
			provider,
			name: old?.name ?? this.#freeName(label),
			...(practice && { practice }),
		};
		// Secrets first: an account without them could only fail.
		await this.#secrets.setPassword(secretsService, account.id, JSON.stringify(secrets));
		await this.#keep(old ? this.list().map((one) => (one.id === old.id ? account : one)) : [...this.list(), account]);
		return account;
	}

	/** Gives an account that is here other credentials, as after signing in again. */
	async renew(id: string, signedIn: SignedIn): Promise<void> {
		const { secrets, label: _, ...kept } = signedIn;
		await this.#secrets.setPassword(secretsService, id, JSON.stringify(secrets));
		await this.#keep(this.list().map((account) => (account.id === id ? { ...account, ...kept } : account)));
	}

	async rename(id: string, name: string): Promise<void> {
		await this.#keep(this.list().map((account) => (account.id === id ? { ...account, name: name.trim() } : account)));
	}

	/** Forgets an account and its secrets. */
	async remove(id: string): Promise<void> {
		await this.#secrets.deletePassword(secretsService, id);
		await this.#keep(this.list().filter((account) => account.id !== id));
	}

	/** Moves an account up (-1) or down (1); at the end of the list nothing happens. */
	async move(id: string, by: -1 | 1): Promise<void> {
		const accounts = [...this.list()];
		const from = accounts.findIndex((account) => account.id === id);
		const [account] = accounts.splice(from, 1);
		if (from < 0 || !account || from + by < 0 || from + by > accounts.length) {
			return;
		}
		accounts.splice(from + by, 0, account);
		await this.#keep(accounts);
	}

	/** The secrets of an account, read anew each time. */
	credentials(account: Account): Credentials {
		return {
			read: async () => {
				const kept = await this.#secrets.getPassword(secretsService, account.id);
				if (kept === null) {
					throw new SignInNeeded(t('The credentials of {0} are not on this computer. Sign in again.', account.name));
				}
				return JSON.parse(kept) as Secrets;
			},
			replace: (next) => this.#secrets.setPassword(secretsService, account.id, JSON.stringify(next)),
		};
	}

	dispose(): void {
		this.#changed.dispose();
	}

	#freeName(label: string): string {
		const taken = new Set(this.list().map(({ name }) => name));
		let name = label;
		for (let number = 2; taken.has(name); number += 1) {
			name = `${label} (${number})`;
		}
		return name;
	}

	async #keep(accounts: readonly Account[]): Promise<void> {
		if (JSON.stringify(accounts) === JSON.stringify(this.list())) {
			return;
		}
		await this.#store.set(storeKey, accounts);
		this.#changed.fire();
	}
}

/** A practice account is the same one wherever its sandbox listens today. */
function isSame(account: Account, provider: string, { identity, server }: SignedIn, practice: boolean): boolean {
	return (
		account.provider === provider &&
		Boolean(account.practice) === practice &&
		(practice || (account.identity === identity && account.server === server))
	);
}
