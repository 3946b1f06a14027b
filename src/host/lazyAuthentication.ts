import * as vscode from 'vscode';

/** VS Code's own accounts of one vendor, put together when somebody asks for them. */
export class LazyAuthentication implements vscode.AuthenticationProvider {
	readonly #load: () => Promise<vscode.AuthenticationProvider>;
	readonly #changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
	readonly onDidChangeSessions = this.#changed.event;

	constructor(load: () => Promise<vscode.AuthenticationProvider>) {
		this.#load = load;
	}

	/** Tells of what has changed in the provider that was made. */
	follow(made: vscode.AuthenticationProvider): vscode.Disposable {
		return made.onDidChangeSessions((change) => this.#changed.fire(change));
	}

	async getSessions(
		scopes: readonly string[] | undefined,
		options: vscode.AuthenticationProviderSessionOptions,
	): Promise<vscode.AuthenticationSession[]> {
		return (await this.#load()).getSessions(scopes, options);
	}

	async createSession(
		scopes: readonly string[],
		options: vscode.AuthenticationProviderSessionOptions,
	): Promise<vscode.AuthenticationSession> {
		return (await this.#load()).createSession(scopes, options);
	}

	async removeSession(id: string): Promise<void> {
		await (await this.#load()).removeSession(id);
	}

	dispose(): void {
		this.#changed.dispose();
	}
}
