import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Account } from '../../../src/core/accounts.ts';
import type { Values } from '../../../src/core/form.ts';
import type { TypedWay } from '../../../src/core/provider.ts';
import type { Inside } from '../../../src/extension.ts';
import type { TableRow, TableView, ToTablePage } from '../../../src/pages/tableProtocol.ts';
import type { Holdings } from '../../../src/sandbox/projectplace/holdings.ts';
import { projectplaceSandbox } from '../../../src/sandbox/projectplace.ts';
import { type Served, type ServedRequest, serveVendor } from '../../../src/sandbox/server.ts';
import type { Node } from '../../../src/views/node.ts';
import { FakePanel } from '../cards/support.ts';
import { childLabelled, practiceAccounts, type Script, type Step, scripted, until } from '../support.ts';

const signal = new AbortController().signal;

export const run = (steps: readonly Step[], command: string, ...args: unknown[]): Promise<Script> =>
	scripted(steps, () => vscode.commands.executeCommand(`boardwalk.${command}`, ...args));

/** Asking for lists goes by POST as well. */
const asks = /oauth2|^\/1\/account\/people$|^\/2\/account\/projects$/;
const isWrite = ({ method, path }: ServedRequest): boolean => method !== 'GET' && !asks.test(path);

/**
 * A robot's account at a ProjectPlace of the tests' own, which may be emptied: it is served by this process, so that what it
 * holds can be looked into and prepared. Nothing of it is left behind.
 */
export class Quay {
	readonly own: Inside;
	readonly served: Served;
	readonly account: Account;
	readonly folder: string;

	private constructor(own: Inside, served: Served, account: Account) {
		this.own = own;
		this.served = served;
		this.account = account;
		this.folder = join(tmpdir(), `boardwalk-${randomUUID()}`);
		mkdirSync(this.folder);
	}

	static async open(): Promise<Quay> {
		const own = await practiceAccounts();
		const served = await serveVendor(projectplaceSandbox);
		const { providers, accounts, signInIo } = own.services;
		const provider = providers.find(({ id }) => id === 'projectplace');
		const way = provider?.signInWays.find(({ id }) => id === 'clientCredentials') as TypedWay | undefined;
		assert.ok(provider && way);
		const values = { server: String(served.address['url']), ...(served.address['clientCredentials'] as Values) };
		const [signedIn] = await way.signIn(values, signInIo(provider), signal);
		assert.ok(signedIn);
		return new Quay(own, served, await accounts.add('projectplace', signedIn));
	}

	async close(): Promise<void> {
		await this.own.services.accounts.remove(this.account.id);
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		await this.served.close();
		rmSync(this.folder, { recursive: true, force: true });
	}

	get root(): Node {
		const root = this.own.services.tree.rootOf(this.account);
		assert.ok(root, 'the account has no line');
		return root;
	}

	/** What ProjectPlace holds. */
	get held(): Holdings {
		return this.served.state as unknown as Holdings;
	}

	/** What was sent that could have changed something. */
	get writes(): readonly string[] {
		return this.served.requests.filter(isWrite).map(({ method, path }) => `${method} ${path}`);
	}

	/** What was sent while something ran that could have changed something. */
	async writesWhile(what: () => PromiseLike<unknown>): Promise<readonly string[]> {
		const before = this.writes.length;
		await what();
		return this.writes.slice(before);
	}

	workspace(name = 'Harbour renewal'): Promise<Node> {
		return childLabelled(this.own, this.root, name);
	}

	async board(name = 'Delivery', workspace?: string): Promise<Node> {
		return childLabelled(this.own, await this.workspace(workspace), name);
	}

	fileAt(name: string, content: string | Uint8Array): vscode.Uri {
		const path = join(this.folder, name);
		writeFileSync(path, content);
		return vscode.Uri.file(path);
	}

	at(name: string): vscode.Uri {
		return vscode.Uri.file(join(this.folder, name));
	}

	/** An empty folder. */
	newFolder(): vscode.Uri {
		const uri = this.at(randomUUID());
		mkdirSync(uri.fsPath);
		return uri;
	}

	/** Gathers a job and shows its table. */
	async gathered(command: string, node: Node, ...steps: readonly Step[]): Promise<JobPage> {
		const { page, said } = await this.begun(command, node, ...steps);
		assert.ok(page, `no table was shown; it said: ${said.join(' | ')}`);
		return page;
	}

	/** Begins a job, which may be refused: then there is no page. */
	async begun(command: string, node: Node, ...steps: readonly Step[]): Promise<Script & { readonly page?: JobPage }> {
		const panel = new FakePanel();
		let script: Script | undefined;
		const shown = await withPanel(panel, async () => {
			script = await run(steps, command, node);
		});
		assert.ok(script);
		return { ...script, ...(shown && { page: new JobPage(this.own, panel) }) };
	}
}

/** Hands this panel over to whoever opens a tab meanwhile. Says whether somebody did. */
export async function withPanel(panel: FakePanel, what: () => PromiseLike<unknown>): Promise<boolean> {
	const window = vscode.window as unknown as Record<string, unknown>;
	const original = window['createWebviewPanel'];
	let shown = false;
	window['createWebviewPanel'] = () => {
		shown = true;
		return panel.asPanel;
	};
	try {
		await what();
	} finally {
		window['createWebviewPanel'] = original;
	}
	return shown;
}

/** The page of a job, of which only what is drawn is left out. */
export class JobPage {
	readonly own: Inside;
	readonly panel: FakePanel;

	constructor(own: Inside, panel: FakePanel) {
		this.own = own;
		this.panel = panel;
		assert.match(panel.webview.html, /table\.js/);
	}

	/** As a page that was just loaded would draw it. */
	get table(): TableView {
		this.panel.say({ type: 'ready' });
		const message = this.#told.findLast(({ type }) => type === 'table');
		assert.ok(message?.type === 'table');
		return message.table;
	}

	get buttons(): readonly string[] {
		return this.table.buttons.map(({ label }) => label);
	}

	/** What was told of a dry run. */
	get dryRun(): Extract<ToTablePage, { type: 'dryRun' }> {
		const message = this.#told.findLast(({ type }) => type === 'dryRun');
		assert.ok(message?.type === 'dryRun');
		return message;
	}

	get #told(): readonly ToTablePage[] {
		return this.panel.told as readonly ToTablePage[];
	}

	row(word: string): TableRow {
		const { rows } = this.table;
		const found = rows.find(({ label }) => label.includes(word));
		assert.ok(found, `${word} is not among ${rows.map(({ label }) => label).join(', ')}`);
		return found;
	}

	untick(word: string): void {
		this.panel.say({ type: 'tick', keys: [this.row(word).key], ticked: false });
	}

	/** The labels and remarks of a list at the end, by its kind; empty where there is no such list. */
	list(kind: 'done' | 'failed' | 'skipped' | 'unknown'): readonly { label: string; detail?: string }[] {
		return [...(this.table.result?.find((one) => one.kind === kind)?.items ?? [])];
	}

	labels(kind: 'done' | 'failed' | 'skipped' | 'unknown'): readonly string[] {
		return this.list(kind).map(({ label }) => label);
	}

	/** Presses a button, answers what it asks, and waits until nothing more is under way. */
	press(button: 'start' | 'goOn' | 'retry' | 'settle' | 'dryRun', ...steps: readonly Step[]): Promise<Script> {
		const { jobs } = this.own.services;
		const act = jobs.act.bind(jobs);
		let acted: Promise<unknown> | undefined;
		jobs.act = (one, what) => {
			const done = act(one, what);
			acted = done.catch(() => undefined);
			return done;
		};
		return scripted(steps, async () => {
			this.panel.say({ type: 'press', button });
			await acted;
		}).finally(() => Reflect.deleteProperty(jobs, 'act'));
	}

	/** Saves the rows or the report. */
	async save(button: 'savePreview' | 'saveReport', target: vscode.Uri): Promise<string> {
		await scripted([{ save: target }], async () => {
			this.panel.say({ type: 'press', button });
			await until('the file', () => exists(target));
		});
		return new TextDecoder().decode(await vscode.workspace.fs.readFile(target));
	}

	close(): void {
		this.panel.say({ type: 'press', button: 'close' });
		assert.ok(this.panel.isDisposed);
	}
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
	try {
		await vscode.workspace.fs.stat(uri);
		return true;
	} catch {
		return false;
	}
}
