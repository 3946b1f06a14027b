import * as vscode from 'vscode';
import type { Account, Accounts } from '../core/accounts.ts';
import { SignInNeeded } from '../core/errors.ts';
import type { Log, Provider } from '../core/provider.ts';
import type { Sessions } from '../core/sessions.ts';

/** What the accounts of one vendor are made of for VS Code's own Accounts menu. */
export interface AuthenticationOptions {
	readonly provider: Provider;
	readonly accounts: Accounts;
	readonly sessions: Sessions;
	readonly log: Log;
	/** Asks the person to sign in, or to sign in again to this account; empty where they left. */
	readonly signIn: (account?: Account) => Promise<readonly Account[]>;
}

/** An account as it was last told of. */
interface Told {
	readonly account: Account;
	readonly refused: boolean;
}

/**
 * The accounts of one vendor as VS Code's sessions: signing out in the Accounts menu signs out here, and other extensions
 * get a session when the person has trusted them there. Practice accounts are nobody's business.
 */
export class Authentication implements vscode.AuthenticationProvider {
	readonly #options: AuthenticationOptions;
	readonly #changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
	readonly onDidChangeSessions = this.#changed.event;
	readonly #listening: { dispose(): void };
	#told: ReadonlyMap<string, Told>;

	constructor(options: AuthenticationOptions) {
		this.#options = options;
		this.#told = this.#now();
		this.#listening = options.accounts.onDidChange(() => this.#tell());
	}

	/**
	 * With scopes, which no vendor here knows: the sessions that can be used. Without, VS Code itself asks who is signed in,
	 * for its menu and to sign somebody out: that is every account, and no vendor is asked for a token.
	 *
	 * Throws where the only accounts are out of reach, which must not look like nobody being signed in.
	 */
	async getSessions(
		scopes: readonly string[] | undefined,
		{ account: wanted }: vscode.AuthenticationProviderSessionOptions = {},
	): Promise<vscode.AuthenticationSession[]> {
		const asked = this.#accounts().filter(({ id }) => !wanted || wanted.id === id);
		return scopes ? this.#usable(asked, scopes) : asked.map(withoutToken);
	}

	async createSession(
		scopes: readonly string[],
		{ account: wanted }: vscode.AuthenticationProviderSessionOptions = {},
	): Promise<vscode.AuthenticationSession> {
		const [account] = await this.#options.signIn(this.#accounts().find(({ id }) => id === wanted?.id));
		if (!account) {
			throw new vscode.CancellationError();
		}
		return this.#session(account, scopes);
	}

	async removeSession(id: string): Promise<void> {
		if (this.#told.has(id)) {
			await this.#options.accounts.remove(id);
		}
	}

	dispose(): void {
		this.#listening.dispose();
		this.#changed.dispose();
	}

	#accounts(): readonly Account[] {
		const { accounts, provider } = this.#options;
		return accounts.list().filter((account) => account.provider === provider.id && !account.practice);
	}

	/** Those whose vendor gives a token. One that must sign in again has no session; one out of reach holds up nobody. */
	async #usable(asked: readonly Account[], scopes: readonly string[]): Promise<vscode.AuthenticationSession[]> {
		const { accounts, log } = this.#options;
		const signedIn = asked.filter(({ id }) => !accounts.isRefused(id));
		const outcomes = await Promise.allSettled(signedIn.map((account) => this.#session(account, scopes)));
		const usable: vscode.AuthenticationSession[] = [];
		let trouble: Error | undefined;
		for (const [index, outcome] of outcomes.entries()) {
			if (outcome.status === 'fulfilled') {
				usable.push(outcome.value);
			} else {
				const reason: unknown = outcome.reason;
				log.warn(`${signedIn[index]?.name} has no session to give`, reason);
				trouble ??= reason instanceof Error && !(reason instanceof SignInNeeded) ? reason : undefined;
			}
		}
		if (usable.length === 0 && trouble) {
			throw trouble;
		}
		return usable;
	}

	async #session(account: Account, scopes: readonly string[]): Promise<vscode.AuthenticationSession> {
		const { signal } = new AbortController();
		const session = await this.#options.sessions.ready(account, signal);
		return { ...withoutToken(account), accessToken: await session.accessToken(signal), scopes };
	}

	#now(): ReadonlyMap<string, Told> {
		const { accounts } = this.#options;
		return new Map(
			this.#accounts().map((account) => [account.id, { account, refused: accounts.isRefused(account.id) }]),
		);
	}

	/** Tells without tokens: whoever wants one asks for it, and is then asked for the person's consent. */
	#tell(): void {
		const before = this.#told;
		const now = this.#now();
		this.#told = now;
		const old = [...before.values()].map(({ account }) => account);
		const added = [...now.values()].filter(({ account }) => !before.has(account.id));
		const changed = [...now].filter(([id, told]) => before.has(id) && !isSame(before.get(id), told));
		// VS Code's menu goes by names: a changed account is added to it, so that the old name must be taken out.
		const removed = old.filter(({ id, name }) => now.get(id)?.account.name !== name);
		if (added.length + removed.length + changed.length > 0) {
			this.#changed.fire({
				added: added.map(({ account }) => withoutToken(account)),
				removed: removed.map(withoutToken),
				changed: changed.map(([, { account }]) => withoutToken(account)),
			});
		}
	}
}

function isSame(one: Told | undefined, other: Told): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

function withoutToken({ id, name }: Account): vscode.AuthenticationSession {
	return { id, accessToken: '', account: { id, label: name }, scopes: [] };
}
