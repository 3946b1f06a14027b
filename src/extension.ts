import * as vscode from 'vscode';
import type { Services } from './commands/services.ts';
import type { SecretsPort } from './core/credentialStore.ts';
import type { Log, Send } from './core/provider.ts';
import { lazyFileSystem } from './files/lazyFileSystem.ts';
import { documentScheme } from './files/uri.ts';
import { LazyAuthentication } from './host/lazyAuthentication.ts';
import type { Secrets } from './host/secrets.ts';
import { LazyTree } from './views/lazyTree.ts';
import type { TreeContext } from './views/node.ts';

/** The extension once it is needed. Tests in the extension host get it from `activate`; nobody else gets anything. */
export interface Inside {
	readonly services: Services;
	readonly secrets: SecretsPort;
	/** Where everything else is kept and logged. */
	readonly context: vscode.ExtensionContext;
}

type Parts = typeof import('./parts.ts');

interface Whole extends Inside {
	readonly parts: Parts;
	readonly documents: InstanceType<Parts['DocumentFileSystem']>;
	/** VS Code's own accounts, by the id they are declared under. */
	readonly authentications: ReadonlyMap<string, InstanceType<Parts['Authentication']>>;
}

/** What was registered before there was anything behind it. */
interface Fronts {
	readonly lines: LazyTree;
	readonly view: Services['view'];
	readonly authentications: ReadonlyMap<string, LazyAuthentication>;
}

interface Declared {
	readonly commands: readonly { readonly command: string }[];
	readonly authentication: readonly { readonly id: string; readonly label: string }[];
}

/** Tells the editor what there is; the rest is built when it is first asked for. Makes no request. */
export function activate(context: vscode.ExtensionContext): Promise<Inside> | undefined {
	let building: Promise<Whole> | undefined;
	const whole = (): Promise<Whole> => (building ??= build(context, fronts));
	const { commands, authentication } = declaredBy(context);
	const lines = new LazyTree(async () => (await whole()).services.tree);
	const fronts: Fronts = {
		lines,
		view: vscode.window.createTreeView('boardwalk.tree', { treeDataProvider: lines, showCollapseAll: true }),
		authentications: new Map(
			authentication.map(({ id }) => [id, new LazyAuthentication(async () => authenticationOf(await whole(), id))]),
		),
	};
	context.subscriptions.push(
		lines,
		fronts.view,
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
		vscode.window.registerUriHandler({
			handleUri: async ({ query }) => {
				const { parts, services } = await whole();
				return parts.takeSignInAnswer(services, query);
			},
		}),
		...authentication.map(({ id, label }) =>
			vscode.authentication.registerAuthenticationProvider(id, label, authenticationOf(fronts, id), {
				supportsMultipleAccounts: true,
			}),
		),
		...commands.map(({ command }) =>
			vscode.commands.registerCommand(command, async (...args: unknown[]) => {
				const { parts, services } = await whole();
				return parts.runCommand(services, command, args);
			}),
		),
	);
	return context.extensionMode === vscode.ExtensionMode.Test ? whole() : undefined;
}

function declaredBy({ extension }: vscode.ExtensionContext): Declared {
	return (extension.packageJSON as { contributes: Declared }).contributes;
}

function authenticationOf<T>({ authentications }: { authentications: ReadonlyMap<string, T> }, id: string): T {
	const found = authentications.get(id);
	if (!found) {
		throw new Error(`no accounts are declared as ${id}`);
	}
	return found;
}

/** Puts everything together; here alone views and vendors meet. */
async function build(context: vscode.ExtensionContext, fronts: Fronts): Promise<Whole> {
	const parts = await import('./parts.ts');
	const log = vscode.window.createOutputChannel('Boardwalk', { log: true });
	const { secrets, windows, accounts } = keeping(parts, context, parts.logOf(log, 'Boardwalk'));
	const practice = new parts.Practice(sandboxGiven(), { fetch: globalThis.fetch, log: parts.logOf(log, 'practice') });
	const sessions = sessionsOf(parts, accounts, practice, log);
	const signInIo: Services['signInIo'] = ({ label }) => ({ fetch: globalThis.fetch, log: parts.logOf(log, label) });
	const alive = () => vscode.commands.executeCommand('setContext', 'boardwalk.alive', true);
	const handshakes = new parts.Handshakes(secrets, windows, alive);
	const treeContext: TreeContext = { accounts, sessions, openPages: new Map(), now: () => new Date() };
	const services: Services = {
		providers: parts.providers,
		accounts,
		sessions,
		practice,
		windows,
		handshakes,
		browserSignIns: new parts.BrowserSignIns(handshakes, signInIo),
		signInIo,
		tree: new parts.Tree(treeContext, vscode.Uri.joinPath(context.extensionUri, 'dist', 'icons')),
		view: fronts.view,
		log,
		report: parts.reporter(log),
	};
	const documents = new parts.DocumentFileSystem(accounts, sessions);
	const authentications = authenticationsOf(parts, services);
	context.subscriptions.push(
		log,
		windows,
		accounts,
		{ dispose: () => void practice.dispose() },
		documents,
		...[...authentications].map(([id, made]) => authenticationOf(fronts, id).follow(made)),
		...listening(services, fronts, context.secrets),
	);
	void lookBack(parts, services, secrets);
	if (practice.wanted && accounts.list().length === 0) {
		void vscode.commands.executeCommand('boardwalk.addPracticeAccounts');
	}
	return { parts, services, secrets, context, documents, authentications };
}

/** What is kept, and the other windows that keep the same. */
function keeping(parts: Parts, context: vscode.ExtensionContext, log: Log) {
	const state = {
		get: (key: string): unknown => context.globalState.get(key),
		set: (key: string, value: unknown) => context.globalState.update(key, value),
	};
	const secrets = parts.secretsIn({
		storage: context.secrets,
		state,
		window: vscode.env.sessionId,
		mayKeepHere: parts.mayKeepHere,
	});
	const windows = new parts.Windows(parts.openLink(folderOf(context), log), log);
	return { secrets, windows, accounts: new parts.Accounts(state, secrets, windows) };
}

function sessionsOf(
	{ Sessions, providers, logOf }: Parts,
	accounts: Services['accounts'],
	practice: Services['practice'],
	log: Services['log'],
): Services['sessions'] {
	return new Sessions({
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
}

function authenticationsOf(parts: Parts, services: Services): Whole['authentications'] {
	const { providers, accounts, sessions, log } = services;
	return new Map(
		providers.map((provider) => [
			`boardwalk-${provider.id}`,
			new parts.Authentication({
				provider,
				accounts,
				sessions,
				log: parts.logOf(log, provider.label),
				signIn: (account) => parts.signInFor(services, provider, account),
			}),
		]),
	);
}

/** What happens around us. */
function listening(
	{ accounts, sessions, handshakes, tree }: Services,
	{ lines, view }: Fronts,
	secrets: vscode.SecretStorage,
): vscode.Disposable[] {
	return [
		tree,
		lines.follow(tree),
		view.onDidExpandElement(({ element }) => tree.noteOpen(element, true)),
		view.onDidCollapseElement(({ element }) => tree.noteOpen(element, false)),
		secrets.onDidChange(() => accounts.check()),
		accounts.onDidChange(() => void handshakes.forget((id) => accounts.get(id) === undefined)),
		vscode.workspace.onDidChangeConfiguration((event) => {
			if (event.affectsConfiguration('boardwalk')) {
				accounts.list().forEach(({ id }) => sessions.reopen(id));
				tree.redrawAccounts();
			}
		}),
	];
}

/** What an earlier window has left: a sign-in that waits, or credentials that the system did not keep. */
async function lookBack(parts: Parts, services: Services, secrets: Secrets): Promise<void> {
	try {
		// Each window of a browser sees its secrets as they were when it was opened, which proves nothing.
		if (vscode.env.uiKind === vscode.UIKind.Desktop && (await secrets.wereLost())) {
			await parts.sayLost();
		}
		await parts.resumeSignIns(services);
	} catch (error) {
		services.report(error);
	}
}

/** Where windows on this computer can meet: undefined in the browser, which has no folders. */
function folderOf({ globalStorageUri }: vscode.ExtensionContext): string | undefined {
	return globalStorageUri.scheme === 'file' ? globalStorageUri.fsPath : undefined;
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
