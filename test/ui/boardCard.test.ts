import assert from 'node:assert/strict';
import { projectplace } from '../../src/providers/projectplace/index.ts';
import { type BoardPage, boardPageOf, openBoard, openColumns, shown } from './rig/boardPage.ts';
import { type CardPage, cardPageOf } from './rig/cardPage.ts';
import { inOrder } from './rig/inOrder.ts';
import { boardAtVendor, type VendorBoard } from './rig/vendorBoard.ts';
import { openWindow, type Window } from './rig/window.ts';

const meanwhile = 'was changed at the vendor while you were editing it';

describe('a card of the board on its own page in the window', function () {
	inOrder();
	let window: Window;
	let vendor: VendorBoard;
	let board: BoardPage;
	let card: CardPage;

	before(async () => {
		window = await openWindow({ size: { width: 1600, height: 1500 } });
		vendor = await boardAtVendor(window, projectplace, ['Harbour renewal', 'Delivery']);
		await window.openView();
		board = await openBoard(window, vendor);
		card = cardPageOf(window);
		await board.card('Choose the typeface').dblclick();
		await card.shown('Choose the typeface');
	});
	after(() => window?.close());

	const tab = (title: string) => window.page.locator(`.tab[aria-label="${title}"]`);
	/** From the card's page to the board's, where the tree is compared as well, and back. */
	const boardAgrees = async (title: string) => {
		await tab('Delivery').click();
		await shown(board, vendor);
		await board.agree();
		await tab(title).click();
		await card.shown(title);
	};

	it('saves its title, its due date and its description at once', async () => {
		await card.field('Title').fill('Choose two typefaces');
		await card.field('Due date').fill('2027-01-15');
		await card.button('Edit Description').click();
		await card.field('Description').fill('<p>One for the quay, <strong>one</strong> for the web.</p>');
		await card.frame.getByText('3 changes are not saved.').waitFor();
		await card.button('Save').click();
		await card.saved();
		const { values } = await vendor.look('Choose two typefaces');
		assert.equal(values['due'], '2027-01-15');
		assert.equal(values['description'], '<p>One for the quay, <strong>one</strong> for the web.</p>');
		await tab('Choose two typefaces').waitFor();
		await boardAgrees('Choose two typefaces');
	});

	it('takes a comment', async () => {
		await card.field('New comment').fill('Grotesk, please.');
		await card.button('Comment').click();
		await card.frame.getByText('Grotesk, please.', { exact: true }).waitFor();
		assert.equal(await card.field('New comment').inputValue(), '');
		assert.ok((await vendor.comments('Choose two typefaces')).includes('Grotesk, please.'));
		assert.deepEqual(await card.comments(), await vendor.comments('Choose two typefaces'));
	});

	it('has items added and checked off', async () => {
		await card.field('New item').fill('Ask the printer');
		await card.button('Add').click();
		await card.frame.getByRole('checkbox', { name: 'Ask the printer' }).check();
		await card.frame.getByText(/1 of \d done/).waitFor();
		await card.shown('Choose two typefaces');
		const { checklist } = await vendor.look('Choose two typefaces');
		assert.equal(checklist?.find(({ title }) => title === 'Ask the printer')?.done, true);
		await boardAgrees('Choose two typefaces');
	});

	it('shows what somebody else changed meanwhile beside mine, and saves mine when told to', async () => {
		await card.field('Title').fill('Choose no typeface');
		await vendor.edit('Choose two typefaces', { title: 'Choose three typefaces' });
		await card.button('Save').click();
		await window.answer(meanwhile, 'Compare');
		const compared = window.page.locator('.monaco-editor .view-line');
		await compared.filter({ hasText: 'Choose no typeface' }).first().waitFor();
		await compared.filter({ hasText: 'Choose three typefaces' }).first().waitFor();
		await compared.filter({ hasText: 'Choose two typefaces' }).first().waitFor();
		await window.screenshot('board-conflict');
		await window.answer(meanwhile, 'Save Mine');
		await tab('Choose no typeface').click();
		await card.shown('Choose no typeface');
		await card.saved();
		assert.equal((await vendor.look('Choose no typeface')).card.title, 'Choose no typeface');
		await boardAgrees('Choose no typeface');
	});

	it('keeps theirs when told to, and what only I have changed is saved', async () => {
		await card.field('Title').fill('Mine');
		await card.field('Due date').fill('2027-02-01');
		await vendor.edit('Choose no typeface', { title: 'Theirs' });
		await card.button('Save').click();
		await window.answer(meanwhile, 'Compare');
		await window.page.locator('.monaco-editor .view-line').filter({ hasText: 'Theirs' }).first().waitFor();
		await window.answer(meanwhile, 'Keep Theirs');
		await tab('Theirs').waitFor();
		await tab('Theirs').click();
		await card.shown('Theirs');
		await card.saved();
		assert.equal((await vendor.look('Theirs')).values['due'], '2027-02-01');
		await boardAgrees('Theirs');
	});

	it('comes back after a reload of the window, with what was typed, and so does the board', async function () {
		// The editor in the browser writes down what a tab holds while its page goes away, and does not always get to it: then it
		// opens the tab as it was a little earlier.
		this.retries(3);
		await tab('Theirs').click();
		await card.shown('Theirs');
		await card.field('Title').fill('Typed and not saved');
		await card.field('New comment').fill('Half a tho');
		await window.openView('Explorer');
		await window.openView();
		await window.written('Typed and not saved');
		await window.reload();
		await card.shown('Theirs');
		assert.equal(await card.field('Title').inputValue(), 'Typed and not saved');
		assert.equal(await card.field('New comment').inputValue(), 'Half a tho');
		await card.frame.getByText('One change is not saved.').waitFor();
		await tab('Delivery').click();
		board = boardPageOf(window, vendor);
		await shown(board, vendor);
		await window.openView();
		await openColumns(window, vendor);
		await board.agree();
		await board.drag(board.card('Theirs'), 'Done', 0);
		assert.equal((await board.agree())['Done']?.[0], 'Theirs');
	});
});
