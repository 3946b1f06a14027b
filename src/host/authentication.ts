import * as vscode from 'vscode';
import type { Account, Accounts } from '../core/accounts.ts';
import type { Log, Provider } from '../core/provider.ts';
import type { Sessions } from '../core/sessions.ts';

/** What the accounts of one vendor are made of for VS Code's own Accounts menu. */
export interface AuthenticationOptions {
	readonly provider: Provider;
	readonly accounts: Accounts;
	readonly sessions: Sessions;
	readonly log: Log;
	/** Asks the person to sign in; empty where they left. */
	readonly signIn: () => Promise<readonly Account[]>;
}

/**
 * The accounts of one vendor as VS Code's sessions: signing out in the Accounts menu signs out here, and other extensions
 * get a session when the person has trusted them there. Practice accounts are nobody's business.
 */
export class Authentication implements vscode.AuthenticationProvider {
	readonly #options: AuthenticationOptions;
	readonly #changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
	readonly onDidChangeSessions = this.#changed.event;
	#known: readonly Account[];

	constructor(options: AuthenticationOptions) {
		this.#options = options;
		this.#known = this.#accounts();
		options.accounts.onDidChange(() => this.#tell());
	}

	async getSessions(
		scopes: readonly string[] | undefined,
		{ account: wanted }: vscode.AuthenticationProviderSessionOptions = {},
	): Promise<vscode.AuthenticationSession[]> {
		const asked = this.#accounts().filter(({ id }) => !wanted || wanted.id === id);
		const sessions = await Promise.all(asked.map((account) => this.#session(account, scopes)));
		return sessions.filter((session) => session !== undefined);
	}

	async createSession(scopes: readonly string[]): Promise<vscode.AuthenticationSession> {
		const [account] = await this.#options.signIn();
		const session = account && (await this.#session(account, scopes));
		if (!session) {
			throw new vscode.CancellationError();
		}
		return session;
	}

	async removeSession(id: string): Promise<void> {
		await this.#options.accounts.remove(id);
	}

	dispose(): void {
		this.#changed.dispose();
	}

	#accounts(): readonly Account[] {
		const { accounts, provider } = this.#options;
		return accounts.list().filter((account) => account.provider === provider.id && !account.practice);
	}

	/** Undefined for an account that has nothing to show now: it must sign in again, or its vendor is out of reach. */
	async #session(account: Account, scopes: readonly string[] = []): Promise<vscode.AuthenticationSession | undefined> {
		const { sessions, log } = this.#options;
		const { signal } = new AbortController();
		try {
			const session = await sessions.ready(account, signal);
			return withToken(account, await session.accessToken(signal), scopes);
		} catch (error) {
			log.warn(`${account.name} has no session to give`, error);
			return undefined;
		}
	}

	#tell(): void {
		const before = new Map(this.#known.map((account) => [account.id, account]));
		this.#known = this.#accounts();
		const now = new Set(this.#known.map(({ id }) => id));
		const added = this.#known.filter(({ id }) => !before.has(id));
		const removed = [...before.values()].filter(({ id }) => !now.has(id));
		const changed = this.#known.filter(
			(account) => before.has(account.id) && JSON.stringify(before.get(account.id)) !== JSON.stringify(account),
		);
		if (added.length + removed.length + changed.length > 0) {
			// Whoever wants a token asks for it, and is then asked for the person's consent.
			const told = (account: Account) => withToken(account, '', []);
			this.#changed.fire({ added: added.map(told), removed: removed.map(told), changed: changed.map(told) });
		}
	}
}

function withToken(
	{ id, name }: Account,
	accessToken: string,
	scopes: readonly string[],
): vscode.AuthenticationSession {
	return { id, accessToken, account: { id, label: name }, scopes };
}
