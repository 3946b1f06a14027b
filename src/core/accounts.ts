import { CredentialStore, type SecretsPort } from './credentialStore.ts';
import { Emitter } from './event.ts';
import type { Credentials, Secrets, SignedIn } from './provider.ts';
import type { Windows } from './windows.ts';

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
	/** The person wants nothing at the vendor changed from here. */
	readonly locked?: boolean;
}

/** Small lasting values. */
export interface Store {
	get(key: string): unknown;
	set(key: string, value: unknown): PromiseLike<void>;
}

/** All that is kept of the accounts outside the secrets store. */
interface Kept {
	readonly accounts: readonly Account[];
	/** The ids of those whose credentials the vendor refused. */
	readonly refused: readonly string[];
}

const storeKey = 'accounts';
const subject = 'accounts';

/** Which accounts exist, in the person's order; the same in every window. */
export class Accounts {
	readonly #store: Store;
	readonly #credentials: CredentialStore;
	readonly #windows: Windows;
	readonly #changed = new Emitter<void>();
	/** What the listeners were last told of. */
	#known: string;
	readonly onDidChange = this.#changed.event;

	constructor(store: Store, secrets: SecretsPort, windows: Windows) {
		this.#store = store;
		this.#credentials = new CredentialStore(secrets, windows);
		this.#windows = windows;
		this.#known = JSON.stringify(this.#kept());
		windows.onTold(subject, (content) => void this.#keep(content as Kept));
	}

	list(): readonly Account[] {
		return this.#kept().accounts;
	}

	get(id: string): Account | undefined {
		return this.list().find((account) => account.id === id);
	}

	/** Whether the vendor refused the account's credentials since it was last signed in. */
	isRefused(id: string): boolean {
		return this.#kept().refused.includes(id);
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
			name: old?.name ?? freeName(label, this.list()),
			...(practice && { practice }),
			...(old?.locked && { locked: true }),
		};
		await this.#signedIn(account, secrets);
		return account;
	}

	/** Gives an account that is here other credentials, as after signing in again. */
	async renew(id: string, { way, identity, server, facts, secrets }: SignedIn): Promise<void> {
		const account = this.get(id);
		if (account) {
			await this.#signedIn({ ...account, way, identity, server, facts }, secrets);
		}
	}

	/** A name that another account has gets a number: VS Code's own menu knows accounts by their names alone. */
	async rename(id: string, name: string): Promise<void> {
		const others = this.list().filter((account) => account.id !== id);
		const free = freeName(name.trim(), others);
		await this.#change(this.list().map((account) => (account.id === id ? { ...account, name: free } : account)));
	}

	/** Forbids or allows to change anything at the vendor, in every window. */
	async lock(id: string, locked: boolean): Promise<void> {
		const lock = locked ? true : undefined;
		await this.#change(this.list().map((account) => (account.id === id ? { ...account, locked: lock } : account)));
	}

	/** Forgets an account and its secrets. */
	async remove(id: string): Promise<void> {
		await this.#credentials.remove(id);
		await this.#change(this.list().filter((account) => account.id !== id));
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
		await this.#change(accounts);
	}

	/** Takes note of whether the vendor took an account's credentials. They stay where they are either way. */
	judge(id: string, accepted: boolean): void {
		if (this.get(id) && this.isRefused(id) === accepted) {
			void this.#change(this.list(), accepted ? this.#without(id) : [...this.#kept().refused, id]);
		}
	}

	/** The secrets of an account, read anew each time. */
	credentials({ id, name }: Account): Credentials {
		return {
			read: () => this.#credentials.read(id, name),
			replace: (next) => this.#credentials.replace(id, next),
			exclusively: (run, signal) => this.#credentials.exclusively(id, run, signal),
		};
	}

	/** Looks whether another window has changed something without being heard here. */
	check(): void {
		const now = JSON.stringify(this.#kept());
		if (now !== this.#known) {
			this.#known = now;
			this.#changed.fire();
		}
	}

	dispose(): void {
		this.#changed.dispose();
	}

	/** Secrets first: an account without them could only fail. */
	async #signedIn(account: Account, secrets: Secrets): Promise<void> {
		await this.#credentials.put(account.id, secrets);
		const isHere = this.get(account.id) !== undefined;
		const accounts = isHere
			? this.list().map((one) => (one.id === account.id ? account : one))
			: [...this.list(), account];
		await this.#change(accounts, this.#without(account.id));
	}

	#without(id: string): readonly string[] {
		return this.#kept().refused.filter((one) => one !== id);
	}

	#kept(): Kept {
		const kept = this.#store.get(storeKey) as Partial<Kept> | undefined;
		return { accounts: kept?.accounts ?? [], refused: kept?.refused ?? [] };
	}

	async #change(accounts: readonly Account[], refused: readonly string[] = this.#kept().refused): Promise<void> {
		const kept = { accounts, refused: refused.filter((id) => accounts.some((account) => account.id === id)) };
		this.#windows.tell(subject, kept);
		await this.#keep(kept);
	}

	async #keep(kept: Kept): Promise<void> {
		await this.#store.set(storeKey, kept);
		this.check();
	}
}

function freeName(wanted: string, others: readonly Account[]): string {
	const taken = new Set(others.map(({ name }) => name));
	let name = wanted;
	for (let number = 2; taken.has(name); number += 1) {
		name = `${wanted} (${number})`;
	}
	return name;
}

/** A practice account is the same one wherever its sandbox listens today. */
function isSame(account: Account, provider: string, { identity, server }: SignedIn, practice: boolean): boolean {
	return (
		account.provider === provider &&
		Boolean(account.practice) === practice &&
		(practice || (account.identity === identity && account.server === server))
	);
}
