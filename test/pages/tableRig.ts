import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from '../../scripts/lib/rig.mjs';
import type { FromTablePage, TableView, ToTablePage } from '../../src/pages/tableProtocol.ts';
import { type Theme, themes } from './themes.ts';

const origin = 'https://table.test';
const codicons = 'node_modules/@vscode/codicons/dist';

interface Options {
	readonly theme?: Theme;
	readonly language?: string;
	/** What an earlier page has kept. */
	readonly kept?: unknown;
	readonly size?: { readonly width: number; readonly height: number };
}

type Told<Type extends FromTablePage['type']> = Extract<FromTablePage, { type: Type }>;

/** The table's page in a plain browser, under the policy that the editor gives it. */
export interface TableRig {
	readonly page: Page;
	open(table: TableView, options?: Options): Promise<void>;
	tell(message: ToTablePage): Promise<void>;
	/** Everything the page has told so far, of one type. */
	told<Type extends FromTablePage['type']>(type: Type): Promise<Told<Type>[]>;
	/** The first that the page tells of one type; waits for it. Everything told so far is forgotten then. */
	hears<Type extends FromTablePage['type']>(type: Type): Promise<Told<Type>>;
	/** What the page has had the editor keep. */
	kept(): Promise<Record<string, unknown>>;
	/** What was refused by the policy, and errors that nothing caught. */
	complaints(): Promise<readonly string[]>;
	row(at: number): Locator;
	box(at: number): Locator;
	/** Waits until something is read out. */
	said(text: string | RegExp): Promise<void>;
	press(...keys: readonly string[]): Promise<void>;
	/** The row and the column that the keyboard is on, and what has it there. */
	focused(): Promise<string>;
	/** The names in the rows that are drawn, from top to bottom. */
	names(): Promise<readonly string[]>;
	close(): Promise<void>;
}

/** What the rig puts on the page's window. */
interface Surroundings {
	told: { readonly type: string }[];
	kept: { page?: Record<string, unknown> } | undefined;
	complaints: string[];
}

export async function openTableRig(): Promise<TableRig> {
	const [browser, script] = await Promise.all([launchChromium(), bundled()]);
	const page = await browser.newPage();
	page.setDefaultTimeout(10_000);
	const served = { markup: '' };
	await serve(page, script, served);
	return rigOf(browser, page, served);
}

function rigOf(browser: Browser, page: Page, served: { markup: string }): TableRig {
	const rig: TableRig = {
		page,
		async open(table, options = {}) {
			served.markup = markup(options);
			await page.setViewportSize(options.size ?? { width: 1100, height: 700 });
			await page.goto(`${origin}/`);
			await rig.hears('ready');
			await rig.tell({ type: 'table', table });
			await page.getByRole('heading', { level: 1 }).waitFor();
		},
		/** It is heard before this ends, and drawn. */
		tell: (message) =>
			page.evaluate(async (data) => {
				const heard = new Promise((resolve) => window.addEventListener('message', resolve, { once: true }));
				window.postMessage(data, '*');
				await heard;
				await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
			}, message),
		told: (type) =>
			page.evaluate((one) => (window as never as Surroundings).told.filter((each) => each.type === one), type) as never,
		hears: async (type) => {
			const found = await page.waitForFunction((one) => {
				const { told } = window as never as Surroundings;
				const message = told.find((each) => each.type === one);
				if (message) told.length = 0;
				return message;
			}, type);
			return (await found.jsonValue()) as never;
		},
		kept: () => page.evaluate(() => (window as never as Surroundings).kept?.page ?? {}),
		complaints: () => page.evaluate(() => (window as never as Surroundings).complaints),
		row: (at) => page.locator(`[data-row="row-${at}"]`),
		box: (at) => rig.row(at).getByRole('checkbox'),
		said: (text) => page.getByRole('status').filter({ hasText: text }).waitFor({ state: 'attached' }),
		press: async (...keys) => {
			for (const key of keys) await page.keyboard.press(key);
		},
		focused: () =>
			page.evaluate(async () => {
				await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
				const element = document.activeElement;
				const row = element?.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? 'head';
				const column = element?.closest<HTMLElement>('[data-column]')?.dataset['column'];
				return column === undefined ? String(element?.localName) : `${row} ${column} ${element?.localName}`;
			}),
		names: () =>
			page
				.locator('[data-column="cell name"][role="rowheader"]')
				.evaluateAll((cells) => cells.map((one) => one.textContent)),
		close: () => browser.close(),
	};
	return rig;
}

async function bundled(): Promise<string> {
	const { outputFiles } = await build({
		entryPoints: ['src/pages/table/main.ts'],
		bundle: true,
		minify: true,
		write: false,
		format: 'iife',
		platform: 'browser',
		target: 'es2024',
		mainFields: ['module:es2019', 'browser', 'module', 'main'],
		legalComments: 'none',
	});
	return outputFiles[0]?.text ?? '';
}

async function serve(page: Page, script: string, served: { readonly markup: string }): Promise<void> {
	const font = readFileSync(`${codicons}/codicon.ttf`);
	const sheet = readFileSync(`${codicons}/codicon.css`);
	await page.route('**/*', (route) => {
		const { pathname } = new URL(route.request().url());
		if (pathname === '/') return route.fulfill({ contentType: 'text/html; charset=utf-8', body: served.markup });
		if (pathname === '/table.js') return route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: script });
		if (pathname === '/codicon.css') return route.fulfill({ contentType: 'text/css', body: sheet });
		if (pathname === '/codicon.ttf') return route.fulfill({ contentType: 'font/ttf', body: font });
		return route.fulfill({ status: 404 });
	});
}

function markup({ theme = 'dark', language = 'en', kept }: Options): string {
	const nonce = randomBytes(16).toString('hex');
	const { bodyClass, variables } = themes[theme];
	const policy = [
		`default-src 'none'; script-src 'nonce-${nonce}'; style-src ${origin} 'nonce-${nonce}'`,
		`font-src ${origin}; img-src ${origin}`,
	].join('; ');
	const start = JSON.stringify({ page: 'table', texts: {}, language }).replaceAll('"', '&quot;');
	const given = JSON.stringify({ variables, kept: kept && { page: kept } });
	return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>Table</title>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="${nonce}">body { background-color: transparent; color: var(--vscode-editor-foreground); margin: 0; padding: 0 20px; }</style>
<link id="vscode-codicon-stylesheet" rel="stylesheet" href="/codicon.css" nonce="${nonce}"></head>
<body class="${bodyClass}" data-start="${start}"><script nonce="${nonce}">(${surround.toString()})(${given})</script>
<script nonce="${nonce}" src="/table.js"></script></body></html>`;
}

/** Runs in the page, before its own script. */
function surround(given: { variables: Record<string, string>; kept?: { page?: Record<string, unknown> } }): void {
	const here = window as never as Surroundings & { acquireVsCodeApi: unknown };
	for (const [name, value] of Object.entries(given.variables)) document.documentElement.style.setProperty(name, value);
	here.told = [];
	here.kept = given.kept;
	here.complaints = [];
	document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
		here.complaints.push(`${violatedDirective} refused ${blockedURI}`),
	);
	window.addEventListener('error', ({ message }) => here.complaints.push(message));
	window.addEventListener('unhandledrejection', ({ reason }) => here.complaints.push(String(reason)));
	here.acquireVsCodeApi = () => ({
		postMessage: (message: { type: string }) => here.told.push(structuredClone(message)),
		setState: (state: Surroundings['kept']) => {
			here.kept = state;
		},
		getState: () => here.kept,
	});
}
