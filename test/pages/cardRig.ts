import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import { build } from 'esbuild';
import type { Locator, Page } from 'playwright-core';
import { launchChromium } from '../../scripts/lib/rig.mjs';
import type { CardPageView, FromCardPage, ToCardPage } from '../../src/pages/protocol.ts';
import { type Theme, themes } from './themes.ts';

const origin = 'https://card.test';
const axeSource = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const sentinel = `${origin}/sentinel`;
const codicons = 'node_modules/@vscode/codicons/dist';

/** The card's page in a plain browser, under the policy that the editor gives it. */
export interface CardRig {
	readonly page: Page;
	/** Everything that asked for the network, and everything that ran or broke that should not have. */
	readonly requests: readonly string[];
	readonly trouble: readonly string[];
	open(options?: { card?: CardPageView; texts?: Record<string, string>; unprotected?: boolean }): Promise<void>;
	/** Everything that the page has begun to load by now has been asked for. */
	settle(): Promise<void>;
	tell(message: ToCardPage): Promise<void>;
	/** What the page has told so far, of one type. */
	told<Type extends FromCardPage['type']>(type: Type): Promise<Extract<FromCardPage, { type: Type }>[]>;
	/** The next message of that type, waited for if it is still to come. */
	next<Type extends FromCardPage['type']>(type: Type, count?: number): Promise<Extract<FromCardPage, { type: Type }>>;
	field(label: string): Locator;
	focused(): Promise<string>;
	/** Puts a theme on, of the editor's own. */
	dress(theme: Theme): Promise<void>;
	/** Throws with what axe finds serious or worse. */
	requireAccessible(when: string): Promise<void>;
	close(): Promise<void>;
}

export async function openCardRig(): Promise<CardRig> {
	const [browser, script] = await Promise.all([launchChromium(), bundled()]);
	const page = await browser.newPage({ viewport: { width: 900, height: 1000 } });
	const requests: string[] = [];
	const trouble: string[] = [];
	let markup = '';
	let opened = 0;
	page.on('pageerror', (error) => trouble.push(String(error)));
	page.on('dialog', (dialog) => {
		trouble.push(`dialog: ${dialog.message()}`);
		void dialog.dismiss();
	});
	await page.route('**/*', async (route) => {
		const url = route.request().url();
		const files: Record<string, { contentType: string; body: string | Buffer }> = {
			[`${origin}/`]: { contentType: 'text/html; charset=utf-8', body: markup },
			[`${origin}/card.js`]: { contentType: 'text/javascript; charset=utf-8', body: script },
			[`${origin}/codicon.css`]: { contentType: 'text/css', body: readFileSync(`${codicons}/codicon.css`) },
		};
		const file = files[url];
		if (file) {
			return route.fulfill(file);
		}
		if (url.startsWith(`${origin}/codicon.ttf`)) {
			return route.fulfill({ contentType: 'font/ttf', body: readFileSync(`${codicons}/codicon.ttf`) });
		}
		if (url !== sentinel) {
			requests.push(url);
		}
		return route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' });
	});
	const rig: CardRig = {
		page,
		requests,
		trouble,
		async open({ card, texts = {}, unprotected = false } = {}) {
			opened += 1;
			markup = pageMarkup(texts, unprotected, `kept-${opened}`);
			requests.length = 0;
			trouble.length = 0;
			await page.goto(`${origin}/`);
			await rig.next('ready');
			if (card) {
				await rig.tell({ type: 'card', card });
			}
		},
		settle: () =>
			page.evaluate(async (src) => {
				await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
				const image = new Image();
				image.src = src;
				await image.decode().catch(() => undefined);
			}, sentinel),
		/** A message is heard, and what it changes is drawn, before this ends. */
		tell: (message) =>
			page.evaluate(async (data) => {
				const heard = new Promise((resolve) => window.addEventListener('message', resolve, { once: true }));
				window.postMessage(data, '*');
				await heard;
				await (document.querySelector('boardwalk-card') as unknown as { updateComplete: Promise<unknown> })
					.updateComplete;
			}, message),
		told: (type) =>
			page.evaluate((wanted) => (window as never as Told).told.filter((one) => one.type === wanted), type) as never,
		async next(type, count = 1) {
			await page.waitForFunction(
				([wanted, least]) => (window as never as Told).told.filter((one) => one.type === wanted).length >= least,
				[type, count] as const,
			);
			return (await rig.told(type))[count - 1] as never;
		},
		field: (label) => page.getByLabel(label, { exact: false }).and(page.locator('input, textarea')),
		focused: () => page.evaluate(() => document.activeElement?.id ?? ''),
		dress: (theme) =>
			page.evaluate(({ bodyClass, variables }) => {
				document.body.className = bodyClass;
				for (const [name, value] of Object.entries(variables)) {
					document.documentElement.style.setProperty(name, value);
				}
			}, themes[theme]),
		async requireAccessible(when) {
			await page.evaluate(axeSource);
			const found = await page.evaluate(async () => {
				const { violations } = await (window as never as { axe: { run(): Promise<AxeResults> } }).axe.run();
				return violations
					.filter(({ impact }) => impact === 'serious' || impact === 'critical')
					.map(
						({ id, nodes }) =>
							`${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`,
					);
			});
			assert.deepEqual(found, [], when);
		},
		close: () => browser.close(),
	};
	return rig;
}

interface Told {
	readonly told: { readonly type: string }[];
}

async function bundled(): Promise<string> {
	const { outputFiles } = await build({
		entryPoints: ['src/pages/card/main.ts'],
		bundle: true,
		minify: true,
		write: false,
		format: 'esm',
		platform: 'browser',
		target: 'es2024',
		legalComments: 'none',
	});
	return outputFiles[0]?.text ?? '';
}

/** What was kept lives on in the session, as the editor keeps it over a reload of the window. */
const fakeEditor = (key: string) => `window.told = [];
window.acquireVsCodeApi = () => ({
	postMessage: (message) => window.told.push(structuredClone(message)),
	setState: (state) => sessionStorage.setItem('${key}', JSON.stringify(state)),
	getState: () => JSON.parse(sessionStorage.getItem('${key}') ?? 'null') ?? undefined,
});`;

function pageMarkup(texts: Record<string, string>, unprotected: boolean, key: string): string {
	const start = JSON.stringify({ page: 'card', texts, language: 'en' }).replaceAll('"', '&quot;');
	const policy = [
		"default-src 'none'",
		"script-src 'nonce-n0'",
		`style-src ${origin} 'nonce-n0'`,
		`font-src ${origin}`,
		`img-src ${origin}`,
	].join('; ');
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Card</title>
${unprotected ? '' : `<meta http-equiv="Content-Security-Policy" content="${policy}">`}
<link rel="stylesheet" id="vscode-codicon-stylesheet" nonce="n0" href="${origin}/codicon.css"><style nonce="n0">body { background-color: transparent; color: var(--vscode-editor-foreground); margin: 0; padding: 0 20px; }</style></head>
<body class="vscode-dark" data-start="${start}"><script nonce="n0">${fakeEditor(key)}</script>
<script type="module" nonce="n0" src="${origin}/card.js"></script></body></html>`;
}
