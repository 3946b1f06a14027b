import * as vscode from 'vscode';
import type { Services } from './commands/services.ts';
import type { SecretsPort } from './core/accounts.ts';
import type { Send } from './core/provider.ts';
import { lazyFileSystem } from './files/lazyFileSystem.ts';
import { documentScheme } from './files/uri.ts';
import { LazyTree } from './views/lazyTree.ts';
import type { TreeContext } from './views/node.ts';

/** The extension once it is needed. Tests in the extension host get it from `activate`; nobody else gets anything. */
export interface Inside {
	readonly services: Services;
	readonly secrets: SecretsPort;
}

interface Whole extends Inside {
	readonly parts: typeof import('./parts.ts');
	readonly documents: InstanceType<typeof import('./parts.ts').DocumentFileSystem>;
}

/** Tells the editor what there is; the rest is built when it is first asked for. Makes no request. */
export function activate(context: vscode.ExtensionContext): Promise<Inside> | undefined {
	let building: Promise<Whole> | undefined;
	const whole = (): Promise<Whole> => (building ??= build(context, lines, view));
	const lines = new LazyTree(async () => (await whole()).services.tree);
	const view = vscode.window.createTreeView('boardwalk.tree', { treeDataProvider: lines, showCollapseAll: true });
	context.subscriptions.push(
		lines,
		view,
		vscode.workspace.registerFileSystemProvider(
			documentScheme,
			lazyFileSystem(async () => (await whole()).documents),
			{
				isCaseSensitive: true,
				isReadonly: new vscode.MarkdownString(
					vscode.l10n.t('Documents are opened to be read. Upload a new version to change one.'),
				),
			},
		),
		...declaredCommands(context).map((id) =>
			vscode.commands.registerCommand(id, async (...args: unknown[]) => {
				const { parts, services } = await whole();
				return parts.runCommand(services, id, args);
			}),
		),
	);
	return context.extensionMode === vscode.ExtensionMode.Test ? whole() : undefined;
}

function declaredCommands({ extension }: vscode.ExtensionContext): string[] {
	const { contributes } = extension.packageJSON as { contributes: { commands: { command: string }[] } };
	return contributes.commands.map(({ command }) => command);
}

/** Puts everything together; here alone views and vendors meet. */
async function build(context: vscode.ExtensionContext, lines: LazyTree, view: Services['view']): Promise<Whole> {
	const parts = await import('./parts.ts');
	const { Accounts, DocumentFileSystem, logOf, Practice, providers, reporter, Sessions, secretsIn, Tree } = parts;
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
	const documents = new DocumentFileSystem(accounts, sessions);
	const services: Services = { providers, accounts, sessions, practice, tree, view, log, report: reporter(log) };
	context.subscriptions.push(
		log,
		accounts,
		{ dispose: () => void practice.dispose() },
		tree,
		lines.follow(tree),
		documents,
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
	return { parts, services, secrets, documents };
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
