import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Inside } from '../../../src/extension.ts';
import type { CardPageView } from '../../../src/pages/protocol.ts';
import { findNode, kindOf, practiceAccounts, rootOf, scripted, until } from '../support.ts';
import { type Desk, deskAt, FakePanel, openBoard, pageLines, run, signal, vendors, withoutCards } from './support.ts';

const tabsOf = (kind: string) =>
	vscode.window.tabGroups.all
		.flatMap(({ tabs }) => tabs)
		.filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(`boardwalk.${kind}`));

/** What the editor would keep of a page over a reload. */
function keptBy({ webview }: FakePanel): { readonly address: unknown; readonly page: unknown } {
	const text = /data-start="([^"]*)"/.exec(webview.html)?.[1]?.replaceAll('&quot;', '"').replaceAll('&lt;', '<');
	return { address: JSON.parse(text?.replaceAll('&amp;', '&') ?? '{}').address, page: undefined };
}

describe('board: pages of boards and cards', function () {
	this.timeout(60_000);
	let own: Inside;

	before(async () => {
		own = await practiceAccounts();
	});

	for (const vendor of vendors) {
		describe(`at ${vendor}`, () => {
			let desk: Desk;
			let title: string;

			before(async () => {
				desk = await deskAt(own, vendor);
				title = `Seite ü ${randomUUID().slice(0, 8)}`;
				await desk.put(title);
			});
			afterEach(async () => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

			it('open as a tab named for what they show, and once only', async () => {
				const { length } = [...tabsOf('board'), ...tabsOf('card')];
				assert.equal(length, 0);
				await run([], 'openBoard', await desk.line());
				await run([], 'openBoard', await desk.line());
				await run([], 'openCard', await desk.card(title));
				await run([], 'openCard', await desk.card(title));
				await until('both tabs', () => tabsOf('board').length === 1 && tabsOf('card').length === 1);
				assert.equal(tabsOf('board')[0]?.label, desk.node.board.name);
				assert.equal(tabsOf('card')[0]?.label, title);
			});

			it('show a board as the tree does', async () => {
				const panel = await openBoard(desk);
				assert.deepEqual(pageLines(panel), await desk.lines());
				panel.dispose();
			});

			it('come back after a reload with what the editor has kept, and show the same', async () => {
				const first = await openBoard(desk);
				const panel = new FakePanel();
				const kept = keptBy(first);
				first.dispose();
				await own.services.pages.restore(panel.asPanel, JSON.parse(JSON.stringify(kept)));
				panel.say({ type: 'ready' });
				await until('the board', () => pageLines(panel)?.some(([, titles]) => titles.includes(title)));
				assert.deepEqual(pageLines(panel), await desk.lines());
				panel.dispose();
			});

			it('move a card as it is dropped on the page, which the tree shows too', async () => {
				const panel = await openBoard(desk);
				const { card } = await desk.card(title);
				panel.say({ type: 'move', cards: [card.id], lane: desk.to.id });
				await until('the move', async () => (await desk.atServer(title))?.columnId === desk.to.id);
				await until('the page', () => own.services.changes.list().at(-1)?.label.includes(title));
				await until('the same', async () => JSON.stringify(pageLines(panel)) === JSON.stringify(await desk.lines()));
				await desk.assertAgrees();
				panel.say({ type: 'command', id: 'undo', cards: [] });
				await until('the move back', async () => (await desk.atServer(title))?.columnId === desk.from.id);
				panel.dispose();
			});

			it('save a card’s field from its own page, and bring a restored card up to date', async () => {
				const { card } = await desk.card(title);
				const panel = new FakePanel();
				const { workspace, board } = desk.live;
				const address = { account: desk.account.id, card, workspace, board };
				await own.services.pages.restore(panel.asPanel, JSON.parse(JSON.stringify({ address })));
				panel.say({ type: 'ready' });
				const shown = await until('the card', () => cardOn(panel));
				assert.equal(shown.title, title);
				const next = `Andere ü ${randomUUID().slice(0, 8)}`;
				panel.say({ type: 'save', values: { title: next } });
				await until('the new title', () => cardOn(panel)?.title === next);
				assert.ok(await desk.atServer(next));
				assert.equal(panel.title, next);
				await desk.card(next);
				title = next;
				panel.dispose();
			});
		});
	}

	it('attach a file from a card’s page', async () => {
		const desk = await deskAt(own, 'productive');
		const [line] = await desk.put(`Mit Anhang ${randomUUID().slice(0, 8)}`);
		const panel = new FakePanel();
		const { workspace, board } = desk.live;
		const address = { account: desk.account.id, card: line!.card, workspace, board };
		await own.services.pages.restore(panel.asPanel, { address });
		panel.say({ type: 'ready' });
		await until('the card', () => cardOn(panel));
		const file = join(await mkdtemp(join(tmpdir(), 'boardwalk-')), 'Plan.txt');
		await writeFile(file, 'a plan');
		await scripted([{ files: [vscode.Uri.file(file)] }], async () => {
			panel.say({ type: 'attach' });
			await until('the file', async () => {
				const { attachments } = await (await desk.elsewhere()).cards!.look(line!.card, signal);
				return attachments?.some(({ fileName }) => fileName === 'Plan.txt');
			});
		});
		panel.dispose();
	});

	it('are closed where their account is gone, or where nothing says what they were', async () => {
		for (const kept of [
			undefined,
			{},
			{ address: { account: 'nobody', board: {}, workspace: {} } },
			{ address: 'x' },
		]) {
			const panel = new FakePanel();
			await own.services.pages.restore(panel.asPanel, kept);
			assert.ok(panel.isDisposed, JSON.stringify(kept));
		}
	});

	it('say in words where a vendor shows nothing of a single card', async () => {
		const card = await findNode(own, rootOf(own, 'projectplace'), (node) => kindOf(node) === 'card');
		const { said } = await withoutCards(own, () => run([], 'openCard', card));
		assert.match(said.join(), /can’t be done in .+\.$/);
		assert.equal(tabsOf('card').length, 0);
	});
});

function cardOn({ told }: FakePanel): CardPageView | undefined {
	const messages = told as readonly { readonly type: string; readonly card?: CardPageView }[];
	return messages.findLast(({ type }) => type === 'card')?.card;
}
