import './host/l10n.ts';
import * as vscode from 'vscode';
import { registerCommands } from './commands/index.ts';
import type { Services } from './commands/services.ts';
import { Accounts, type SecretsPort } from './core/accounts.ts';
import type { Send } from './core/provider.ts';
import { Sessions } from './core/sessions.ts';
import { DocumentFileSystem } from './files/documentFileSystem.ts';
import { logOf } from './host/log.ts';
import { Practice } from './host/practice.ts';
import { reporter } from './host/report.ts';
import { secretsIn } from './host/secrets.ts';
import { providers } from './providers/index.ts';
import type { TreeContext } from './views/node.ts';
import { Tree } from './views/tree.ts';

/** What tests in the extension host get from `activate`; nobody else gets anything. */
export interface Inside {
	readonly services: Services;
	readonly secrets: SecretsPort;
}

/** Builds everything and hands it to the editor. Makes no request. */
export function activate(context: vscode.ExtensionContext): Inside | undefined {
	const log = vscode.window.createOutputChannel('Boardwalk', { log: true });
	const secrets = secretsIn(context.secrets);
	const accounts = new Accounts(
		{ get: (key) => context.globalState.get(key), set: (key, value) => context.globalState.update(key, value) },
		secrets,
	);
	const practice = new Practice(sandboxGiven(), { fetch: globalThis.fetch, log: logOf(log, 'practice') });
	const sessions = new Sessions({
		accounts,
		providers,
		io: (account) => ({
			fetch: globalThis.fetch,
			send,
			log: logOf(log, account.name),
			setting: (name) => vscode.workspace.getConfiguration('boardwalk').get<string>(`${account.provider}.${name}`),
		}),
		practice: (_account, provider, signal) => practice.signIn(provider, signal),
	});
	const treeContext: TreeContext = { accounts, sessions, openPages: new Map(), now: () => new Date() };
	const tree = new Tree(treeContext, vscode.Uri.joinPath(context.extensionUri, 'dist', 'icons'));
	const view = vscode.window.createTreeView('boardwalk.tree', { treeDataProvider: tree, showCollapseAll: true });
	const documents = new DocumentFileSystem(accounts, sessions);
	const services: Services = { providers, accounts, sessions, practice, tree, view, log, report: reporter(log) };
	context.subscriptions.push(
		log,
		accounts,
		{ dispose: () => void practice.dispose() },
		tree,
		view,
		documents,
		documents.register(),
		registerCommands(services),
		vscode.workspace.onDidChangeConfiguration((event) => {
			if (event.affectsConfiguration('boardwalk')) {
				accounts.list().forEach(({ id }) => sessions.reopen(id));
				tree.redrawAccounts();
			}
		}),
	);
	if (practice.wanted && accounts.list().length === 0) {
		void vscode.commands.executeCommand('boardwalk.addPracticeAccounts');
	}
	return context.extensionMode === vscode.ExtensionMode.Test ? { services, secrets } : undefined;
}

/** The sandbox that `npm start` runs beside this window. */
function sandboxGiven(): string | undefined {
	return IS_WEB ? undefined : process.env['BOARDWALK_SANDBOX'];
}

/** Loaded with the first upload. In the web host there is only the editor's own fetch. */
const send: Send = async (request) => {
	if (IS_WEB) {
		const { url, method, headers, body, signal } = request;
		const pieces: BlobPart[] = [];
		for await (const piece of body) {
			pieces.push(piece.slice());
		}
		const response = await fetch(url, { method, headers, body: new Blob(pieces), signal });
		return { status: response.status, headers: response.headers, text: await response.text() };
	}
	return (await import('./files/upload.ts')).send(request);
};
