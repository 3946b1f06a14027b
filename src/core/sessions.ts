import { t } from '@vscode/l10n';
import type { Account, Accounts } from './accounts.ts';
import type { Archives } from './archives.ts';
import { LocalFailure } from './errors.ts';
import type { Credentials, Log, Provider, Secrets, Session, SessionIo, SignedIn } from './provider.ts';
import { withoutWrites } from './readOnlySession.ts';
import { type SentEntry, withoutThese } from './sentLog.ts';

export interface SessionsOptions {
	readonly accounts: Accounts;
	readonly providers: readonly Provider[];
	/** What a session of this account works with, but for what the account itself gives. */
	readonly io: (account: Account) => Omit<SessionIo, 'credentials' | 'accountName' | 'onVerdict'>;
	/** Signs a practice account in at the sandbox that runs now. */
	readonly practice: (account: Account, provider: Provider, signal: AbortSignal) => Promise<SignedIn>;
	/** Told of everything that was sent and could have changed something. */
	readonly onSent?: (entry: SentEntry) => void;
}

interface Opened {
	readonly account: Account;
	readonly session: Session;
	/** The same for as long as the account is locked. */
	readonly reading: Session;
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

	/**
	 * The session as it is, to see which parts it has: those that write only where the account is not locked. No request may
	 * be made with it; `ready` gives the one for that.
	 */
	peek(account: Account): Session {
		const { session, reading } = this.#open(account);
		return this.#isLocked(account) ? reading : session;
	}

	#open(account: Account): Opened {
		const known = this.#opened.get(account.id);
		if (known && sameOpening(known.account, account)) {
			return known;
		}
		const { accounts, io } = this.#options;
		const practised = this.#practised.get(account.id);
		const { credentials, seen } = noticing(practised ? keptHere(practised) : accounts.credentials(account));
		const given = io(account);
		const session = this.provider(account).open(
			{ ...account, ...practised, label: account.name, secrets: {} },
			{
				...given,
				log: this.#watching(given.log, account, seen),
				accountName: account.name,
				credentials,
				onVerdict: (accepted) => accounts.judge(account.id, accepted),
			},
		);
		const opened = { account, session, reading: withoutWrites(session) };
		this.#opened.set(account.id, opened);
		return opened;
	}

	/** As the accounts say now: whoever holds an older state of the account must not get round the lock. */
	#isLocked(account: Account): boolean {
		return (this.#options.accounts.get(account.id) ?? account).locked ?? false;
	}

	#watching(log: Log, account: Account, secrets: ReadonlySet<string>): Log {
		return {
			debug: (message) => log.debug(message),
			warn: (message, cause) => log.warn(message, cause),
			changes: {
				mayWrite: () => !this.#isLocked(account),
				sent: (entry) => this.#options.onSent?.(withoutThese(entry, secrets)),
			},
		};
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

/** Whether a session opened for one state of an account serves the other: locking is no reason to load everything anew. */
function sameOpening(a: Account, b: Account): boolean {
	const text = (account: Account): string => JSON.stringify({ ...account, locked: undefined });
	return text(a) === text(b);
}

/** The same credentials, with every secret that a session has seen of them. */
function noticing(kept: Credentials): { readonly credentials: Credentials; readonly seen: ReadonlySet<string> } {
	const seen = new Set<string>();
	const notice = (secrets: Secrets): Secrets => {
		Object.values(secrets).forEach((secret) => seen.add(secret));
		return secrets;
	};
	return {
		seen,
		credentials: {
			read: async () => notice(await kept.read()),
			replace: (next) => kept.replace(notice(next)),
			exclusively: (run, signal) => kept.exclusively(run, signal),
		},
	};
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
