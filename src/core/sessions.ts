import { t } from '@vscode/l10n';
import type { Account, Accounts } from './accounts.ts';
import { LocalFailure } from './errors.ts';
import type { Archives, Credentials, Provider, Session, SessionIo, SignedIn } from './provider.ts';

export interface SessionsOptions {
	readonly accounts: Accounts;
	readonly providers: readonly Provider[];
	/** What a session of this account works with, but for what the account itself gives. */
	readonly io: (account: Account) => Omit<SessionIo, 'credentials' | 'accountName' | 'onVerdict'>;
	/** Signs a practice account in at the sandbox that runs now. */
	readonly practice: (account: Account, provider: Provider, signal: AbortSignal) => Promise<SignedIn>;
}

interface Opened {
	readonly account: Account;
	readonly session: Session;
}

/** The documents of an account. Throws `LocalFailure` where its vendor has none. */
export async function archivesOf(
	sessions: Pick<Sessions, 'ready'>,
	account: Account,
	signal: AbortSignal,
): Promise<Archives> {
	const { archives } = await sessions.ready(account, signal);
	if (!archives) {
		throw new LocalFailure(t('{0} has no documents.', account.name));
	}
	return archives;
}

/** One session for each account, opened when it is first needed and again when the account has changed. */
export class Sessions {
	readonly #options: SessionsOptions;
	readonly #opened = new Map<string, Opened>();
	readonly #practising = new Map<string, Promise<void>>();
	/** Where this window's sandbox is; other windows have their own. */
	readonly #practised = new Map<string, SignedIn>();

	constructor(options: SessionsOptions) {
		this.#options = options;
		options.accounts.onDidChange(() => this.#forgetRemoved());
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
		const practised = this.#practised.get(account.id);
		const session = this.provider(account).open(
			{ ...account, ...practised, label: account.name, secrets: {} },
			{
				...io(account),
				accountName: account.name,
				credentials: practised ? keptHere(practised) : accounts.credentials(account),
				onVerdict: (accepted) => accounts.judge(account.id, accepted),
			},
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
		const known = this.#practising.get(account.id);
		if (known) {
			return known;
		}
		const signing = this.#options.practice(account, this.provider(account), signal).then((signedIn) => {
			this.#practised.set(account.id, signedIn);
			this.reopen(account.id);
		});
		this.#practising.set(account.id, signing);
		signing.catch(() => this.#practising.delete(account.id));
		return signing;
	}

	/** Everything that sessions remember of an account goes with it. */
	#forgetRemoved(): void {
		const { accounts } = this.#options;
		for (const [id, { session }] of this.#opened) {
			if (!accounts.get(id)) {
				session.forget();
				this.#opened.delete(id);
				this.#practising.delete(id);
				this.#practised.delete(id);
			}
		}
	}
}

/** Whether a session opened for one state of an account serves the other. */
function sameOpening(a: Account, b: Account): boolean {
	return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** The sandbox's credentials are worth keeping only as long as the sandbox. */
function keptHere({ secrets }: SignedIn): Credentials {
	let now = secrets;
	return {
		read: async () => now,
		replace: async (next) => {
			now = next;
		},
		exclusively: (run) => run(),
	};
}
