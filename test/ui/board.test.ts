import assert from 'node:assert/strict';
import { coredata } from '../../src/providers/coredata/index.ts';
import { planbox } from '../../src/providers/planbox/index.ts';
import { productive } from '../../src/providers/productive/index.ts';
import { projectplace } from '../../src/providers/projectplace/index.ts';
import { type BoardPage, boardPageOf, openBoard, openColumns, shown } from './rig/boardPage.ts';
import { openForm } from './rig/formPage.ts';
import { inOrder } from './rig/inOrder.ts';
import { boardAtVendor, type VendorBoard } from './rig/vendorBoard.ts';
import { openWindow, type Window } from './rig/window.ts';

const large = { size: { width: 1600, height: 1500 } };

describe('the board in the window, with the mouse', () => {
	let window: Window;
	let vendor: VendorBoard;
	let board: BoardPage;

	before(async () => {
		window = await openWindow(large);
		vendor = await boardAtVendor(window, productive, ['Accessibility review', 'Delivery']);
		await window.openView();
		board = await openBoard(window, vendor);
	});
	after(() => window?.close());

	it('shows what the tree and the vendor have', async () => {
		const { Backlog, Doing, Done } = await board.agree();
		assert.deepEqual(Backlog, ['Label every switch', 'Find a second supplier', 'Find a second supplier']);
		assert.deepEqual(Doing, ['Write the tender', 'Translate the safety sheet']);
		assert.deepEqual(Done, []);
	});

	it('takes a card elsewhere in its column', async () => {
		await board.drag(board.card('Label every switch', 'Backlog'), 'Backlog', 2);
		const { Backlog } = await board.agree();
		assert.deepEqual(Backlog, ['Find a second supplier', 'Label every switch', 'Find a second supplier']);
	});

	it('takes a card to a place of another column', async () => {
		await board.drag(board.card('Label every switch', 'Backlog'), 'Doing', 1);
		const { Doing } = await board.agree();
		assert.deepEqual(Doing, ['Write the tender', 'Label every switch', 'Translate the safety sheet']);
	});

	it('takes two selected cards at once, in their order', async () => {
		await board.card('Collect feedback from the pilot').click();
		await board.card('Test the booking form on a phone').click({ modifiers: ['Control'] });
		await board.drag(board.card('Test the booking form on a phone'), 'Done', 0);
		const { Done } = await board.agree();
		assert.deepEqual(Done, ['Collect feedback from the pilot', 'Test the booking form on a phone']);
	});

	it('takes the last change back with its button', async () => {
		await board.frame.getByRole('button', { name: '2 cards moved to Done' }).click();
		await board.card('Test the booking form on a phone', 'Review').waitFor();
		const { Review, Done } = await board.agree();
		assert.deepEqual(Done, []);
		assert.deepEqual(Review, [
			'Collect feedback from the pilot',
			'Archive last year’s minutes',
			'Sækja um leyfi',
			'Write the tender',
			'Test the booking form on a phone',
			'Sækja um leyfi',
		]);
	});

	it('makes a new card in a column', async () => {
		await board.frame.getByRole('button', { name: 'New task in Done' }).click();
		await makeCard(window);
		await board.card('Paint the handrail', 'Done').waitFor();
		assert.deepEqual((await board.agree())['Done'], ['Paint the handrail']);
	});

	it('renames a card by its menu', async () => {
		await board.menu(board.card('Paint the handrail'), 'Rename Card…');
		await window.type('Paint both handrails');
		await board.card('Paint both handrails', 'Done').waitFor();
		assert.deepEqual((await board.agree())['Done'], ['Paint both handrails']);
	});

	it('shows only what matches the filter, in the tree as well, and moves that', async () => {
		const filter = board.frame.getByRole('textbox', { name: 'Filter by text' });
		await filter.fill('tender');
		await board.card('Translate the safety sheet').waitFor({ state: 'detached' });
		const matching = { Backlog: [], Doing: ['Write the tender'], Review: ['Write the tender'], Done: [] };
		assert.deepEqual(await board.lists(), matching);
		await openColumns(window, vendor);
		assert.deepEqual(await board.inTree(), matching);
		await board.drag(board.card('Write the tender', 'Doing'), 'Review', 1);
		await filter.fill('');
		await board.card('Translate the safety sheet').waitFor();
		const { Doing } = await board.agree();
		assert.deepEqual(Doing, ['Label every switch', 'Translate the safety sheet']);
	});

	it('puts a column elsewhere', async () => {
		const done = board.lane('Done').locator('.handle');
		await done.dragTo(board.lane('Backlog'), { targetPosition: { x: 5, y: 60 } });
		await board.agree();
		assert.deepEqual(await vendor.columns(), ['Done', 'Backlog', 'Doing', 'Review']);
		assert.deepEqual(Object.keys(await board.lists()), await vendor.columns());
	});

	it('shows what others did when it is loaded again', async () => {
		await vendor.move('Sækja um leyfi', 'Done');
		await board.frame.getByRole('button', { name: 'Reload' }).click();
		await board.card('Sækja um leyfi', 'Done').waitFor();
		await openColumns(window, vendor);
		assert.deepEqual((await board.agree())['Done'], ['Paint both handrails', 'Sækja um leyfi']);
	});

	it('opens a card', async () => {
		await board.card('Label every switch').dblclick();
		await window.webview().getByRole('heading', { level: 1, name: 'Label every switch' }).waitFor();
	});

	it('asks for the files to attach to an opened card', async () => {
		await window.webview().getByRole('button', { name: 'Attach Files…' }).click();
		await window.page
			.locator('.quick-input-widget:visible')
			.filter({ hasText: /attach/i })
			.waitFor();
		await board.press('Escape');
	});
});

describe('the board in the window, by keyboard alone', function () {
	// Each goes on from where the one before has left the focus.
	inOrder();
	let window: Window;
	let vendor: VendorBoard;
	let board: BoardPage;

	before(async () => {
		window = await openWindow(large);
		vendor = await boardAtVendor(window, productive, ['Accessibility review', 'Delivery']);
		await window.openView();
		await openColumns(window, vendor);
		board = boardPageOf(window, vendor);
	});
	after(() => window?.close());

	/** Goes on with a key until the focus is on what a screen reader calls so. */
	const until = async (key: string, name: RegExp) => {
		for (let presses = 0; !name.test(await board.focused()); presses++) {
			assert.ok(presses < 40, `${key} does not lead to ${name}, but to ${await board.focused()}`);
			await board.press(key);
		}
	};

	it('opens from its line in the tree', async () => {
		await window.page.keyboard.press('Control+0');
		await window.goTo(...vendor.path);
		await window.page.keyboard.press('Shift+F10');
		await window.page.locator('.monaco-menu .action-label[aria-label="Open Board"]').waitFor();
		await board.press('ArrowDown', 'Enter');
		await shown(board, vendor);
		await until('Tab', /^Label every switch/);
		await board.agree();
	});

	it('goes from card to card with arrows', async () => {
		await board.press('ArrowDown');
		assert.match(await board.focused(), /^Find a second supplier/);
		await board.press('ArrowRight');
		assert.match(await board.focused(), /^Translate the safety sheet/);
		await board.press('Home', 'ArrowLeft');
		assert.match(await board.focused(), /^Label every switch/);
	});

	it('lifts a card, says where it would go, and drops it there', async () => {
		await board.press('Space');
		await board.said(/Label every switch lifted from Backlog, 1 of 3\. Arrow keys choose the place/);
		await board.press('ArrowDown');
		await board.said('Backlog, 2 of 3.');
		await board.press('ArrowRight');
		await board.said('Doing, 2 of 3.');
		await board.press('Space');
		await board.said('Label every switch dropped into Doing, 2 of 3.');
		const { Doing } = await board.agree();
		assert.deepEqual(Doing, ['Write the tender', 'Label every switch', 'Translate the safety sheet']);
		assert.match(await board.focused(), /^Label every switch/);
	});

	it('puts a lifted card back with Escape, and the vendor hears nothing', async () => {
		const [before, writes] = [await vendor.lists(), await vendor.writes()];
		await board.press('Space', 'ArrowRight', 'ArrowDown');
		await board.said('Review, 3 of 7.');
		await board.press('Escape');
		await board.said('Label every switch put back.');
		assert.deepEqual(await board.agree(), before);
		assert.equal(await vendor.writes(), writes);
		assert.match(await board.focused(), /^Label every switch/);
	});

	it('takes several cards that were selected with Shift', async () => {
		await board.press('ArrowRight', 'Home', 'Shift+ArrowDown', 'Space');
		await board.said(/2 tasks lifted from Review/);
		await board.press('ArrowRight', 'Enter');
		await board.said(/2 tasks dropped into Done/);
		const { Done } = await board.agree();
		assert.deepEqual(Done, ['Collect feedback from the pilot', 'Archive last year’s minutes']);
	});

	it('takes the last change back with Ctrl+Z', async () => {
		await board.press('Control+Z');
		await board.card('Archive last year’s minutes', 'Review').waitFor();
		const { Done, Review } = await board.agree();
		assert.deepEqual(Done, []);
		assert.deepEqual(Review?.slice(0, 2), ['Collect feedback from the pilot', 'Archive last year’s minutes']);
	});

	it('lifts a column and puts it elsewhere', async () => {
		await until('ArrowUp', /^Review$/);
		await board.press('ArrowRight', 'Space');
		await board.said(/Done lifted, 4 of 4\./);
		await board.press('ArrowLeft', 'ArrowLeft');
		await board.said('2 of 4.');
		await board.press('Space');
		await board.said('Done dropped, 2 of 4.');
		await board.agree();
		assert.deepEqual(await vendor.columns(), ['Backlog', 'Done', 'Doing', 'Review']);
		assert.deepEqual(Object.keys(await board.lists()), await vendor.columns());
		assert.equal(await board.focused(), 'Done');
	});

	it('makes, renames and deletes a card', async () => {
		await board.press('n');
		await makeCard(window);
		await board.card('Paint the handrail', 'Done').waitFor();
		await board.agree();
		await board.gotFocus(/^Paint the handrail/);
		await board.press('F2');
		await window.type('Paint both handrails');
		await board.card('Paint both handrails', 'Done').waitFor();
		await board.agree();
		await board.gotFocus(/^Paint both handrails/);
		await board.press('Delete');
		await window.page.locator('.monaco-dialog-box').waitFor();
		await board.press('Enter');
		await board.card('Paint both handrails').waitFor({ state: 'detached' });
		assert.deepEqual((await board.agree())['Done'], []);
	});

	it('opens a card', async () => {
		await until('ArrowLeft', /^(Find|Label|Write)/);
		await board.press('Enter');
		await window.webview().getByRole('heading', { level: 2, name: 'Details' }).waitFor();
	});
});

describe('the board in the window, where the vendor', () => {
	let window: Window;

	before(async () => {
		window = await openWindow(large);
		await window.openView();
	});
	after(() => window?.close());

	it('lets cards have any place: they stand where they were dropped', async () => {
		const vendor = await boardAtVendor(window, projectplace, ['Harbour renewal', 'Delivery']);
		const board = await openBoard(window, vendor);
		await board.drag(board.card('Choose the typeface'), 'Review', 1);
		const { Doing, Review } = await board.agree();
		assert.deepEqual(Doing, []);
		assert.deepEqual(Review, ['Talk to the fire brigade', 'Choose the typeface', 'Texte für die Startseite schreiben']);
		await window.collapse(...vendor.path);
	});

	it('knows two ends only: they go to the nearer one', async () => {
		const vendor = await boardAtVendor(window, planbox, ['Harbour renewal', 'Design']);
		const board = await openBoard(window, vendor);
		const { Current = [], Next } = await board.agree();
		await board.drag(board.card('Move the backup to the new site', 'Backlog'), 'Current', 0);
		assert.deepEqual((await board.agree())['Current'], ['Move the backup to the new site', ...Current]);
		await board.drag(board.card('Move the backup to the new site', 'Current'), 'Next', 2);
		assert.deepEqual((await board.agree())['Next'], [...(Next ?? []), 'Move the backup to the new site']);
		await window.collapse(...vendor.path);
	});

	it('orders by itself: they go into the column', async () => {
		const vendor = await boardAtVendor(window, coredata, ['Harbour renewal', 'Risks']);
		const board = await openBoard(window, vendor);
		await board.drag(board.card('Choose the typeface', 'Pending'), 'In review', 0);
		const { Pending, 'In review': inReview } = await board.agree();
		assert.deepEqual(Pending, ['Label every switch', 'Archive last year’s minutes']);
		assert.deepEqual(inReview, ['Choose the typeface']);
	});
});

async function makeCard(window: Window): Promise<void> {
	const form = await openForm(window, 'New task in Done');
	await form.field('Title').fill('Paint the handrail');
	await form.send();
	await form.closed();
}
