import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import {
	hostAside,
	launchChromium,
	out,
	removeFolder,
	type Sandbox,
	startPackaged,
	startSandbox,
	temporaryFolder,
} from '../../../scripts/lib/rig.mjs';
import { type AccountsMenu, accountsMenuOf } from './accountsMenu.ts';
import { type Dialogs, dialogsOf } from './dialogs.ts';
import { type Tree, treeOf } from './tree.ts';

export interface WindowOptions {
	/** The folder that is open in the window; an empty one when left out. */
	readonly folder?: string;
	/** Added to the extension host's environment; undefined takes a variable out. */
	readonly env?: Record<string, string | undefined>;
	readonly settings?: Record<string, unknown>;
	/**
	 * Serves the sandbox at an address that the browser's host opens as it is. It would lead one at 127.0.0.1 through its own
	 * server, which mixes up an address inside the query; vendors' addresses are never led like that.
	 */
	readonly sandboxAside?: boolean;
	/** Whether the five practice accounts are there (they are, unless this is false). */
	readonly sandbox?: boolean;
	/** The package to install; ours when left out. */
	readonly vsix?: string;
	/** Folders of further extensions, packed and installed beside it. */
	readonly others?: readonly string[];
	readonly size?: { width: number; height: number };
}

/** A real VS Code with the packaged extension, driven as a person would. */
export interface Window extends Dialogs, Tree {
	readonly accountsMenu: AccountsMenu;
	readonly page: Page;
	readonly context: BrowserContext;
	readonly sandbox: Sandbox | undefined;
	/** Opens the view container with this title from the activity bar. */
	openView(title?: string): Promise<void>;
	/** The document inside the webview that is open. */
	webview(): ReturnType<Page['frameLocator']>;
	/** Another window of the same editor: a second tab with an extension host of its own over the same stored state. */
	another(): Promise<Window>;
	/** Turns to another window for a moment, and waits until the editor has written down what holds this text. */
	written(text: string): Promise<void>;
	/** Opens the page anew: a fresh extension host over the same stored state. */
	reload(): Promise<void>;
	/** Writes out/screenshots/NAME.png and returns its path. */
	screenshot(name: string): Promise<string>;
	close(): Promise<void>;
}

export async function openWindow(options: WindowOptions = {}): Promise<Window> {
	const closing = new AsyncDisposableStack();
	try {
		return await open(options, closing);
	} catch (error) {
		await closing.disposeAsync();
		throw error;
	}
}

async function open(options: WindowOptions, closing: AsyncDisposableStack): Promise<Window> {
	const data = closing.adopt(temporaryFolder('window'), removeFolder);
	const sandbox =
		options.sandbox === false
			? undefined
			: await startSandbox(options.sandboxAside ? ['--host', await hostAside()] : []);
	closing.defer(async () => sandbox?.stop());
	const server = await startPackaged({
		data,
		env: { BOARDWALK_SANDBOX: sandbox?.line, ...options.env },
		settings: options.settings,
		file: options.vsix,
		others: options.others,
	});
	closing.defer(() => server.stop());
	const browser = closing.adopt(await launchChromium(), (it) => it.close());
	const context = await browser.newContext({ viewport: options.size ?? { width: 1400, height: 900 } });
	// As code-server does it, whose front this server lacks: the half of a key without which the page keeps no secrets.
	const half = Buffer.alloc(32, 7);
	await context.route('**/mint-key', (route) => route.fulfill({ body: half }));
	const address = server.url({ folder: options.folder ?? emptyFolder(data) });
	const inTab = async (close: (page: Page) => Promise<void>): Promise<Window> => {
		const page = await context.newPage();
		page.setDefaultTimeout(30_000);
		await page.goto(address);
		await workbench(page);
		const another = () => inTab((own) => own.close());
		return { ...driver(page), context, sandbox, another, close: () => close(page) };
	};
	return inTab(() => closing.disposeAsync());
}

function driver(page: Page) {
	return {
		page,
		...dialogsOf(page),
		...treeOf(page),
		accountsMenu: accountsMenuOf(page),
		openView: async (title = 'Boardwalk') => {
			const item = page.locator(`.activitybar .action-label[aria-label^="${title}"]`);
			await item.waitFor();
			// A click on the item of an open view closes it, and one that is being restored is not open yet.
			for (let tries = 1; !(await shows(page, title, tries * 1500)); tries++) {
				if (tries > 4) throw new Error(`The view '${title}' does not open`);
				await item.click();
			}
		},
		webview: () => page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame'),
		written: async (text: string) => {
			// An editor in the browser writes down what its tabs hold when its window loses the focus, else once a minute.
			await page.evaluate(() => {
				document.hasFocus = () => false;
				window.dispatchEvent(new Event('blur'));
			});
			await page.waitForFunction(isStored, text);
			// It goes on writing for a moment, and what a reload interrupts is lost.
			await delay(1500);
		},
		reload: async () => {
			await page.reload();
			await workbench(page);
		},
		screenshot: async (name: string) => {
			const folder = join(out, 'screenshots');
			mkdirSync(folder, { recursive: true });
			const path = join(folder, `${name}.png`);
			await page.screenshot({ path });
			return path;
		},
	};
}

/** Waits for the workbench, and closes the side bar on the right where the chat opens by itself. */
async function workbench(page: Page): Promise<void> {
	await page.locator('.monaco-workbench .activitybar .action-label').first().waitFor({ timeout: 60_000 });
	await page.locator('.monaco-workbench #workbench\\.parts\\.statusbar').waitFor();
	const chat = page.locator('#workbench\\.parts\\.auxiliarybar:visible');
	if (await chat.count()) await page.keyboard.press('Control+Alt+B');
}

/** Whether any of the page's databases holds a text. Runs in the page. */
async function isStored(text: string): Promise<boolean> {
	const answer = <T>(asked: IDBRequest<T>) =>
		new Promise<T>((resolve, reject) => {
			asked.addEventListener('success', () => resolve(asked.result));
			asked.addEventListener('error', () => reject(asked.error));
		});
	for (const { name = '' } of await indexedDB.databases()) {
		const database = await answer(indexedDB.open(name));
		const tables = [...database.objectStoreNames].map((table) =>
			answer<unknown[]>(database.transaction(table).objectStore(table).getAll()),
		);
		const values = (await Promise.all(tables)).flat();
		database.close();
		if (values.some((value) => typeof value === 'string' && value.includes(text))) return true;
	}
	return false;
}

function shows(page: Page, title: string, within: number): Promise<boolean> {
	const heading = page.locator('.part.sidebar .title-label:visible', { hasText: title });
	return heading.waitFor({ timeout: within }).then(
		() => true,
		() => false,
	);
}

function emptyFolder(data: string): string {
	const folder = join(data, 'workspace');
	mkdirSync(folder, { recursive: true });
	return folder;
}
