import * as vscode from 'vscode';
import type { Services } from './commands/services.ts';
import type { Store } from './core/accounts.ts';
import type { SecretsPort } from './core/credentialStore.ts';
import type { Log } from './core/provider.ts';
import type { Transfer } from './core/transfer.ts';
import { lazyFileSystem } from './files/lazyFileSystem.ts';
import { propertyScheme } from './files/propertyUri.ts';
import { documentScheme } from './files/uri.ts';
import { LazyAuthentication } from './host/lazyAuthentication.ts';
import type { Secrets } from './host/secrets.ts';
import { lazyDragAndDrop } from './views/lazyDragAndDrop.ts';
import { LazyTree } from './views/lazyTree.ts';
import type { Node, TreeContext } from './views/node.ts';
import { pageTypes } from './views/pageTypes.ts';

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
	readonly texts: InstanceType<Parts['TextProperties']>;
	readonly transferList: InstanceType<Parts['TransferList']>;
	readonly myCards: InstanceType<Parts['MyCards']>;
	/** VS Code's own accounts, by the id they are declared under. */
	readonly authentications: ReadonlyMap<string, InstanceType<Parts['Authentication']>>;
}

/** What was registered before there was anything behind it. */
interface Fronts {
	readonly lines: LazyTree<Node>;
	readonly transferLines: LazyTree<Transfer>;
	readonly view: Services['view'];
	readonly myCardLines: LazyTree<Node>;
	readonly myCardsView: Services['view'];
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
	const lines = new LazyTree<Node>(async () => (await whole()).services.tree);
	const transferLines = new LazyTree<Transfer>(async () => (await whole()).transferList);
	const myCardLines = new LazyTree<Node>(async () => (await whole()).myCards);
	const dragAndDropController = lazyDragAndDrop(async () => {
		const { parts, services } = await whole();
		return new parts.DragAndDrop(services);
	});
	const fronts: Fronts = {
		lines,
		transferLines,
		myCardLines,
		myCardsView: vscode.window.createTreeView('boardwalk.myCards', {
			treeDataProvider: myCardLines,
			canSelectMany: true,
		}),
		view: vscode.window.createTreeView('boardwalk.tree', {
			treeDataProvider: lines,
			showCollapseAll: true,
			canSelectMany: true,
			dragAndDropController,
		}),
		authentications: new Map(
			authentication.map(({ id }) => [id, new LazyAuthentication(async () => authenticationOf(await whole(), id))]),
		),
	};
	context.subscriptions.push(
		lines,
		fronts.view,
		dragAndDropController,
		transferLines,
		myCardLines,
		fronts.myCardsView,
		...Object.values(pageTypes).map((kind) =>
			vscode.window.registerWebviewPanelSerializer(kind, {
				deserializeWebviewPanel: async (panel, kept) => (await whole()).services.pages.restore(panel, kept),
			}),
		),
		vscode.window.registerTreeDataProvider('boardwalk.transfers', transferLines),
		vscode.workspace.registerFileSystemProvider(
			documentScheme,
			lazyFileSystem(async () => (await whole()).documents),
			{
				isCaseSensitive: true,
			},
		),
		vscode.workspace.registerFileSystemProvider(
			propertyScheme,
			lazyFileSystem(async () => (await whole()).texts),
			{ isCaseSensitive: true },
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
	const changesLog = new parts.ChangesLog();
	const sessions = sessionsOf(parts, accounts, practice, log, changesLog);
	const signInIo: Services['signInIo'] = ({ label }) => ({ fetch: globalThis.fetch, log: parts.logOf(log, label) });
	const alive = () => vscode.commands.executeCommand('setContext', 'boardwalk.alive', true);
	const handshakes = new parts.Handshakes(secrets, windows, alive);
	const workspace = storeIn(context.workspaceState);
	const records = recordsIn(parts, context);
	const places = new parts.Places(accounts, sessions, workspace);
	const transfers = new parts.Transfers(
		parts.performer({
			accounts,
			sessions,
			records,
			onUploaded: (account, container) => places.changed(account, container),
		}),
		workspace,
	);
	const boards = new parts.LiveBoards(sessions);
	const state = storeIn(context.globalState);
	const arrangements = new parts.ArrangementStore(state);
	const filters = new parts.FilterStore(state);
	const treeContext: TreeContext = {
		accounts,
		sessions,
		boards,
		arrangements,
		filters,
		openPages: new Map(),
		now: () => new Date(),
	};
	const icons = vscode.Uri.joinPath(context.extensionUri, 'dist', 'icons');
	const myCards = new parts.MyCardLines(treeContext);
	const services: Services = {
		providers: parts.providers,
		accounts,
		sessions,
		practice,
		windows,
		handshakes,
		browserSignIns: new parts.BrowserSignIns(handshakes, signInIo),
		signInIo,
		transfers,
		places,
		boards,
		arrangements,
		filters,
		changes: new parts.Changes(),
		changesLog,
		known: new parts.KnownCards(workspace),
		myCards,
		workspace,
		tree: new parts.Tree(treeContext, icons),
		// Pages run commands, which open pages.
		get pages() {
			return pages;
		},
		get jobs() {
			return jobs;
		},
		view: fronts.view,
		myCardsView: fronts.myCardsView,
		log,
		report: parts.reporter(log),
	};
	const pages = new parts.Pages(services, context.extensionUri);
	const jobs = new parts.Jobs(services, context.extensionUri, records);
	const documents = new parts.DocumentFileSystem(services);
	const texts = new parts.TextProperties(services);
	const shownCards = new parts.MyCards(myCards, fronts.myCardsView, icons);
	const transferList = new parts.TransferList(transfers);
	const authentications = authenticationsOf(parts, services);
	context.subscriptions.push(
		log,
		windows,
		accounts,
		{ dispose: () => void practice.dispose() },
		documents,
		texts,
		pages,
		jobs,
		places,
		transferList,
		changesLog,
		boards,
		arrangements,
		filters,
		services.changes,
		services.known,
		myCards,
		shownCards,
		...followed(fronts.transferLines, transferList),
		...followed(fronts.myCardLines, shownCards),
		parts.registerCardLinks(services.known),
		parts.registerTodoActions(),
		...[...authentications].map(([id, made]) => authenticationOf(fronts, id).follow(made)),
		...listening(services, fronts, context.secrets),
	);
	void lookBack(parts, services, secrets);
	if (practice.wanted && accounts.list().length === 0) {
		void vscode.commands.executeCommand('boardwalk.addPracticeAccounts');
	}
	return { parts, services, secrets, context, documents, texts, transferList, myCards: shownCards, authentications };
}

function storeIn(memento: vscode.Memento): Store {
	return { get: (key) => memento.get(key), set: (key, value) => memento.update(key, value) };
}

/** What is kept, and the other windows that keep the same. */
function keeping(parts: Parts, context: vscode.ExtensionContext, log: Log) {
	const state = storeIn(context.globalState);
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
	{ Sessions, providers, logOf, receive, send }: Parts,
	accounts: Services['accounts'],
	practice: Services['practice'],
	log: Services['log'],
	changesLog: Services['changesLog'],
): Services['sessions'] {
	return new Sessions({
		accounts,
		providers,
		io: (account) => ({
			fetch: globalThis.fetch,
			send,
			receive,
			log: logOf(log, account.name),
			setting: (name) => vscode.workspace.getConfiguration('boardwalk').get<string>(`${account.provider}.${name}`),
		}),
		practice: (_account, provider, signal) => practice.signIn(provider, signal),
		onSent: (entry) => changesLog.note(entry),
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
function listening(services: Services, { lines, view }: Fronts, secrets: vscode.SecretStorage): vscode.Disposable[] {
	const { accounts, sessions, handshakes, tree, transfers, places, boards, known, changes } = services;
	const { arrangements, filters, myCards } = services;
	return [
		tree,
		...followed(lines, tree),
		transfers,
		transfers.onDidChange((changed) => changed ?? noteTransfers(transfers)),
		accounts.onDidChange(() => forgetTransfers(services)),
		places.onDidChange(({ account, container }) => tree.refreshContainer(account, container)),
		boards.onDidChange(({ live, touched }) => tree.redrawBoard(live, touched)),
		boards.onDidChange(({ live }) => known.note(live.account, live.workspace, live.board, live.allShown())),
		boards.onDidLoad((live) => known.note(live.account, live.workspace, live.board, live.allShown())),
		changes.onDidChange(() => myCards.refresh()),
		arrangements.onDidChange(({ account, board }) => {
			boards
				.list()
				.filter((live) => live.account.id === account && live.board.id === board)
				.forEach((live) => tree.redrawBoard(live, undefined));
		}),
		filters.onDidChange((id) => tree.refresh(tree.roots.find(({ account }) => account?.id === id))),
		accounts.onDidChange(() => forgetBoards(services)),
		view.onDidExpandElement(({ element }) => tree.noteOpen(element, true)),
		view.onDidCollapseElement(({ element }) => tree.noteOpen(element, false)),
		secrets.onDidChange(() => accounts.check()),
		accounts.onDidChange(() => void handshakes.forget((id) => accounts.get(id) === undefined)),
		vscode.workspace.onDidChangeConfiguration((event) => {
			if (event.affectsConfiguration('boardwalk')) {
				accounts.list().forEach(({ id }) => sessions.reopen(id));
				tree.redrawAccounts();
				myCards.refresh();
			}
		}),
	];
}

function followed<Line>(lines: LazyTree<Line>, tree: vscode.TreeDataProvider<Line>): readonly vscode.Disposable[] {
	const following = lines.follow(tree);
	return following ? [following] : [];
}

/** The view of transfers is there while there are any. */
function noteTransfers(transfers: Services['transfers']): void {
	void vscode.commands.executeCommand('setContext', 'boardwalk.transfers', transfers.list().length > 0);
}

/** What goes up and down for an account goes with it. */
function forgetTransfers({ transfers, accounts }: Services): void {
	transfers.forget((id) => accounts.get(id) === undefined);
}

/** What is known of the boards and cards of an account goes with it. */
function forgetBoards({ accounts, boards, changes, known, arrangements, filters, pages, jobs }: Services): void {
	const isGone = (id: string): boolean => accounts.get(id) === undefined;
	[boards, changes, pages, jobs].forEach((one) => one.sweep(isGone));
	[known, arrangements, filters].forEach((one) => one.forget(isGone));
}

/** What an earlier window has left: a sign-in that waits, or credentials that the system did not keep. */
async function lookBack(parts: Parts, services: Services, secrets: Secrets): Promise<void> {
	forgetTransfers(services);
	noteTransfers(services.transfers);
	try {
		// Each window of a browser sees its secrets as they were when it was opened, which proves nothing.
		if (vscode.env.uiKind === vscode.UIKind.Desktop && (await secrets.wereLost())) {
			await parts.sayLost();
		}
		await parts.resumeSignIns(services);
		// Not awaited: it waits for the person.
		void parts.resumeJobs(services).catch((error: unknown) => services.report(error));
	} catch (error) {
		services.report(error);
	}
}

/** Remembers half-written files, where there is a disk to write them to. */
function recordsIn(parts: Parts, context: vscode.ExtensionContext) {
	const folder = IS_WEB ? undefined : folderOf(context);
	const records = folder === undefined ? undefined : new parts.PartRecords(`${folder}/parts`);
	void records?.sweep();
	return records;
}

/** Where windows on this computer can meet: undefined in the browser, which has no folders. */
function folderOf({ globalStorageUri }: vscode.ExtensionContext): string | undefined {
	return globalStorageUri.scheme === 'file' ? globalStorageUri.fsPath : undefined;
}

/** The sandbox that `npm start` runs beside this window. */
function sandboxGiven(): string | undefined {
	return IS_WEB ? undefined : process.env['BOARDWALK_SANDBOX'];
}
