import type { Account, Accounts } from './accounts.ts';
import type { Provider, Session, SessionIo, SignedIn } from './provider.ts';

export interface SessionsOptions {
	readonly accounts: Accounts;
	readonly providers: readonly Provider[];
	/** What a session of this account works with, but for its credentials. */
	readonly io: (account: Account) => Omit<SessionIo, 'credentials' | 'accountName'>;
	/** Signs a practice account in at the sandbox that runs now. */
	readonly practice: (account: Account, provider: Provider, signal: AbortSignal) => Promise<SignedIn>;
}

interface Opened {
	readonly account: Account;
	readonly session: Session;
}

/** One session for each account, opened when it is first needed and again when the account has changed. */
export class Sessions {
	readonly #options: SessionsOptions;
	readonly #opened = new Map<string, Opened>();
	readonly #practised = new Map<string, Promise<void>>();

	constructor(options: SessionsOptions) {
		this.#options = options;
	}

	provider(account: Account): Provider {
		const provider = this.#options.providers.find(({ id }) => id === account.provider);
		if (!provider) {
			throw new Error(`no provider is called ${account.provider}`);
		}
		return provider;
	}

	/** The session as it is, to see which parts it has. No request may be made with it; `ready` gives the one for that. */
	peek(account: Account): Session {
		const opened = this.#opened.get(account.id);
		if (opened && sameOpening(opened.account, account)) {
			return opened.session;
		}
		const { accounts, io } = this.#options;
		const session = this.provider(account).open(
			{ ...account, label: account.name, secrets: {} },
			{ ...io(account), accountName: account.name, credentials: accounts.credentials(account) },
		);
		this.#opened.set(account.id, { account, session });
		return session;
	}

	/** The session to work with. */
	async ready(account: Account, signal: AbortSignal): Promise<Session> {
		if (account.practice) {
			await this.#practise(account, signal);
		}
		return this.peek(this.#options.accounts.get(account.id) ?? account);
	}

	/** Opens an account's session anew the next time, as after a changed setting. */
	reopen(id: string): void {
		this.#opened.delete(id);
	}

	/** Once in each window: the sandbox of the last run is gone, and with it the address and the tokens. */
	#practise(account: Account, signal: AbortSignal): Promise<void> {
		const known = this.#practised.get(account.id);
		if (known) {
			return known;
		}
		const { accounts, practice } = this.#options;
		const renewing = practice(account, this.provider(account), signal).then((signedIn) =>
			accounts.renew(account.id, signedIn),
		);
		this.#practised.set(account.id, renewing);
		renewing.catch(() => this.#practised.delete(account.id));
		return renewing;
	}
}

/** Whether a session opened for one state of an account serves the other. */
function sameOpening(a: Account, b: Account): boolean {
	return a === b || JSON.stringify(a) === JSON.stringify(b);
}
