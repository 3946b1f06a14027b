import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../scripts/lib/rig.mjs';
import { type Theme, themes } from './themes.ts';

const built = join(import.meta.dirname, '../../dist/pages');
const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

type PageName = 'board' | 'card' | 'form';

export interface PageOptions {
	readonly theme?: Theme;
	readonly size?: { width: number; height: number };
	/** What the page hears when it says that it is ready. */
	readonly hears?: readonly unknown[];
	/** What an earlier page has kept. */
	readonly kept?: unknown;
}

/** A page of ours in a plain browser, under the policy and in the surroundings that the editor gives it. */
export interface PageRig {
	readonly page: Page;
	/** Tells the page something, as the editor does. */
	tell(message: unknown): Promise<void>;
	/** Everything the page has told so far, of one type. */
	told(type: string): Promise<readonly Record<string, unknown>[]>;
	/** The first that the page tells of one type; waits for it. Everything told so far is forgotten then. */
	hears(type: string): Promise<Record<string, unknown>>;
	/** What the page has had the editor keep. */
	kept(): Promise<unknown>;
	/** What was refused by the policy, and errors that nothing caught. */
	complaints(): Promise<readonly string[]>;
}

export interface Pages {
	readonly browser: Browser;
	readonly origin: string;
	open(name: PageName, options?: PageOptions): Promise<PageRig>;
	/** Serves a document of a test's own; returns its address. */
	serve(html: string): string;
	/** The address of one of our pages; what is told and kept is on its window. */
	address(name: PageName, options?: PageOptions): string;
	close(): Promise<void>;
}

/** What the rig puts on the page's window. */
interface Surroundings {
	told: Record<string, unknown>[];
	kept: unknown;
	complaints: string[];
}

export async function openPages(): Promise<Pages> {
	const documents = new Map<string, string>();
	const server = await listen(documents);
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const browser = await launchChromium();
	const serve = (html: string) => {
		const path = `/${documents.size}.html`;
		documents.set(path, html);
		return origin + path;
	};
	const address = (name: PageName, options: PageOptions = {}) => serve(markup(name, options, origin));
	return {
		browser,
		origin,
		serve,
		address,
		open: async (name, options = {}) => {
			const page = await browser.newPage({ viewport: options.size ?? { width: 1280, height: 800 } });
			page.setDefaultTimeout(10_000);
			await page.goto(address(name, options));
			return rigOf(page);
		},
		close: async () => {
			await browser.close();
			server.close();
		},
	};
}

function rigOf(page: Page): PageRig {
	return {
		page,
		tell: (message) => page.evaluate((data) => window.postMessage(data, '*'), message),
		told: (type) =>
			page.evaluate((one) => (window as never as Surroundings).told.filter((each) => each['type'] === one), type),
		hears: async (type) => {
			const found = await page.waitForFunction((one) => {
				const { told } = window as never as Surroundings;
				const message = told.find((each) => each['type'] === one);
				if (message) told.length = 0;
				return message;
			}, type);
			return (await found.jsonValue()) as Record<string, unknown>;
		},
		kept: () => page.evaluate(() => (window as never as Surroundings).kept),
		complaints: () => page.evaluate(() => (window as never as Surroundings).complaints),
	};
}

/** What the editor wraps around a page: its variables, its own sheet, and the means to talk. */
function markup(name: PageName, { theme = 'dark', hears = [], kept }: PageOptions, origin: string): string {
	const nonce = randomBytes(16).toString('hex');
	const { bodyClass, variables } = themes[theme];
	const policy = [
		`default-src 'none'; script-src 'nonce-${nonce}'; style-src ${origin} 'nonce-${nonce}'`,
		`font-src ${origin}; img-src ${origin}`,
	].join('; ');
	const start = JSON.stringify({ page: name, texts: {}, language: 'en' }).replaceAll('"', '&quot;');
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${name}</title>
<style nonce="${nonce}">
html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
body { overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground); margin: 0; padding: 0 20px; }
</style>
<link id="vscode-codicon-stylesheet" rel="stylesheet" href="/codicon.css" nonce="${nonce}">
</head>
<body class="${bodyClass}" data-start="${start}">
<script nonce="${nonce}">(${surround.toString()})(${inScript({ variables, hears, kept })})</script>
<script nonce="${nonce}" src="/${name}.js"></script>
</body>
</html>`;
}

function inScript(data: unknown): string {
	return JSON.stringify(data).replaceAll('<', '\\u003c');
}

/** Runs in the page, before its own script. */
function surround(given: { variables: Record<string, string>; hears: readonly unknown[]; kept: unknown }): void {
	const here = window as never as Surroundings & { acquireVsCodeApi: unknown };
	for (const [name, value] of Object.entries(given.variables)) document.documentElement.style.setProperty(name, value);
	here.told = [];
	here.kept = given.kept;
	here.complaints = [];
	document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
		here.complaints.push(`${violatedDirective} refused ${blockedURI} of ${sourceFile}`),
	);
	window.addEventListener('error', ({ message }) => here.complaints.push(message));
	window.addEventListener('unhandledrejection', ({ reason }) => here.complaints.push(String(reason)));
	here.acquireVsCodeApi = () => ({
		postMessage: (message: Record<string, unknown>) => {
			here.told.push(message);
			if (message['type'] === 'ready') for (const each of given.hears) window.postMessage(each, '*');
		},
		setState: (state: unknown) => {
			here.kept = state;
		},
		getState: () => here.kept,
	});
}

async function listen(documents: ReadonlyMap<string, string>): Promise<Server> {
	const server = createServer((request, response) => {
		const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
		const document = documents.get(path);
		if (document !== undefined) {
			response.setHeader('Content-Type', 'text/html; charset=utf-8');
			response.end(document);
			return;
		}
		response.setHeader('Content-Type', types[extname(path)] ?? 'application/octet-stream');
		readFile(join(built, path)).then(
			(content) => response.end(content),
			() => response.writeHead(404).end(),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return server;
}
