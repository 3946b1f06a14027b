import assert from 'node:assert/strict';
import { productive } from '../../src/providers/productive/index.ts';
import type { FaultKind } from '../../src/sandbox/faults.ts';
import { triedFaults } from '../support/triedFaults.ts';
import { type BoardPage, openBoard, shown } from './rig/boardPage.ts';
import { type CardPage, cardPageOf } from './rig/cardPage.ts';
import { control } from './rig/consent.ts';
import { openForm } from './rig/formPage.ts';
import { boardAtVendor, type VendorBoard } from './rig/vendorBoard.ts';
import { openWindow, type Window } from './rig/window.ts';

/** After these the write is done, a moment later. */
const passing: readonly FaultKind[] = ['slow', '429', '429-date'];
/** An answer that is waited for as long as any. */
const patience = 45_000;

describe('the board in the window, when a write goes wrong', function () {
	this.timeout(120_000);
	let window: Window;
	let vendor: VendorBoard;
	let board: BoardPage;
	let card: CardPage;

	before(async () => {
		window = await openWindow({ size: { width: 1600, height: 1500 } });
		vendor = await boardAtVendor(window, productive, ['Accessibility review', 'Delivery']);
		await window.openView();
		board = await openBoard(window, vendor);
		card = cardPageOf(window);
	});
	after(() => window?.close());
	afterEach(async () => {
		await control({ url: vendor.origin } as never, 'faults');
		await window.run('Notifications: Clear All Notifications');
	});

	/** The next request of a method meets the fault. */
	const strike = (kind: FaultKind, method: string) =>
		control({ url: vendor.origin } as never, 'faults', { pattern: `${method} `, kind, times: 1 });
	/** What fails is said. */
	const told = async (kind: FaultKind) => {
		if (!passing.includes(kind)) {
			const toast = window.page.locator('.notifications-toasts .notification-list-item .codicon-error').first();
			await toast.waitFor({ timeout: patience });
		}
	};

	for (const kind of triedFaults) {
		it(`a move that meets “${kind}” leaves page, tree and vendor alike`, async () => {
			const { Backlog = [], Review = [] } = await board.agree();
			const [from, to] = Backlog.length > Review.length ? ['Backlog', 'Review'] : ['Review', 'Backlog'];
			await strike(kind, 'PATCH');
			await board.drag(board.lane(from).locator('[role=option]').first(), to, 0);
			await told(kind);
			const after = await board.agree();
			if (passing.includes(kind)) assert.notDeepEqual(after, { ...after, Backlog, Review });
		});
	}

	for (const kind of triedFaults) {
		it(`a new title that meets “${kind}” leaves page, tree and vendor alike`, async () => {
			await board.agree();
			await board.lane('Doing').locator('[role=option]').first().click();
			await board.press('F2');
			await window.page.locator('.quick-input-widget:visible').filter({ hasText: 'Rename card' }).waitFor();
			await strike(kind, 'PATCH');
			await window.type(`Renamed against ${kind}`);
			await told(kind);
			if (passing.includes(kind)) await board.card(`Renamed against ${kind}`, 'Doing').waitFor();
			await board.agree();
		});
	}

	for (const kind of triedFaults) {
		it(`a new card that meets “${kind}” leaves page, tree and vendor alike`, async () => {
			await board.frame.getByRole('button', { name: 'New task in Done' }).click();
			const form = await openForm(window, 'New task in Done');
			await form.field('Title').fill(`Made against ${kind}`);
			await strike(kind, 'POST');
			await form.send();
			if (passing.includes(kind)) {
				await board.card(`Made against ${kind}`, 'Done').waitFor();
			} else {
				// The page says what was wrong and keeps all that was typed.
				await form.frame.locator('#refusal').waitFor({ timeout: patience });
				assert.equal(await form.field('Title').inputValue(), `Made against ${kind}`);
				await form.leave();
			}
			await board.agree();
		});
	}

	for (const kind of triedFaults) {
		it(`a deletion that meets “${kind}” leaves page, tree and vendor alike`, async () => {
			const { Review = [], Backlog = [] } = await board.agree();
			await board
				.lane(Review.length > 0 ? 'Review' : Backlog.length > 0 ? 'Backlog' : 'Done')
				.locator('[role=option]')
				.first()
				.click();
			await board.press('Delete');
			await strike(kind, 'DELETE');
			await window.confirm('Delete');
			// Nothing is read from the answer to a deletion: it is done.
			if (kind !== 'malformed') await told(kind);
			await board.agree();
		});
	}

	describe('on a card’s page', () => {
		let title: string;

		before(async () => {
			title = (await board.agree())['Doing']?.at(-1) ?? '';
			await board.lane('Doing').locator('[role=option]').last().dblclick();
			await card.shown(title);
		});

		for (const kind of triedFaults) {
			it(`a comment that meets “${kind}” leaves page and vendor alike`, async () => {
				await card.field('New comment').fill(`Said against ${kind}.`);
				await strike(kind, 'POST');
				await card.button('Comment').click();
				await told(kind);
				if (passing.includes(kind)) await card.frame.getByText(`Said against ${kind}.`, { exact: true }).waitFor();
				await card.shown(title);
				assert.deepEqual(await card.comments(), await vendor.comments(title));
			});
		}

		for (const kind of triedFaults) {
			it(`a save that meets “${kind}” leaves card, board, tree and vendor alike`, async () => {
				await card.field('Title').fill(`Saved against ${kind}`);
				await strike(kind, 'PATCH');
				await card.button('Save').click();
				await told(kind);
				if (passing.includes(kind)) await card.saved();
				await window.page.locator('.tab').filter({ hasText: vendor.path[2] }).click();
				await shown(board, vendor);
				const { Doing = [] } = await board.agree();
				title = Doing.at(-1) ?? '';
				await window.page.locator('.tab').filter({ hasText: title }).click();
				await card.shown(title);
			});
		}
	});
});
