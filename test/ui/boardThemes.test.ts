import assert from 'node:assert/strict';
import { productive } from '../../src/providers/productive/index.ts';
import { seriousFindings } from '../pages/axe.ts';
import { type BoardPage, frameOf, openBoard, shown } from './rig/boardPage.ts';
import { type CardPage, cardPageOf } from './rig/cardPage.ts';
import { boardAtVendor, type VendorBoard } from './rig/vendorBoard.ts';
import { openWindow, type Window } from './rig/window.ts';

/** By what the list of themes calls them, the class they give a page. */
const themes = {
	'Light Modern': 'vscode-light',
	'Dark Modern': 'vscode-dark',
	'Dark High Contrast': 'vscode-high-contrast',
	'Light High Contrast': 'vscode-high-contrast-light',
};
const task = 'Find a second supplier';

describe('the board and its cards in the window, in each theme', () => {
	let window: Window;
	let vendor: VendorBoard;
	let board: BoardPage;
	let card: CardPage;

	before(async () => {
		window = await openWindow();
		vendor = await boardAtVendor(window, productive, ['Accessibility review', 'Delivery']);
		await window.openView();
		board = await openBoard(window, vendor);
		card = cardPageOf(window);
		await board.card(task).dblclick();
		await card.shown(task);
	});
	after(() => window?.close());

	for (const [theme, bodyClass] of Object.entries(themes)) {
		const name = theme.toLowerCase().replaceAll(' ', '-');

		describe(theme, () => {
			before(async () => {
				await window.run('Preferences: Color Theme');
				await window.page.locator('.quick-input-widget:visible input').first().fill(theme);
				await window.pick(theme);
			});

			it('draws the board so that axe finds nothing serious', async () => {
				await window.page.locator('.tab').filter({ hasText: 'Delivery' }).click();
				await shown(board, vendor);
				await board.frame.locator(`body.${bodyClass}`).waitFor();
				await board.card(task).click();
				await board.card('Collect feedback from the pilot').hover();
				await window.screenshot(`board-${name}`);
				assert.deepEqual(await seriousFindings(await frameOf(window), `board, ${theme}`), []);
			});

			it('draws a card so that axe finds nothing serious', async () => {
				await window.page.locator('.tab').filter({ hasText: task }).click();
				await card.shown(task);
				await card.frame.locator(`body.${bodyClass}`).waitFor();
				await window.screenshot(`card-${name}`);
				assert.deepEqual(await seriousFindings(await frameOf(window), `card, ${theme}`), []);
			});
		});
	}
});
