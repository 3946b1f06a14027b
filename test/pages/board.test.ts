import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { seriousFindings } from './axe.ts';
import { boardOf, cardOf, laneOf } from './boards.ts';
import { openPages, type PageOptions, type PageRig, type Pages } from './rig.ts';
import { type Theme, themes } from './themes.ts';

describe('The board’s page', function () {
	this.timeout(60_000);
	let pages: Pages;
	let rig: PageRig;
	let page: Page;

	before(async () => {
		pages = await openPages();
	});
	after(() => pages.close());
	afterEach(async () => {
		assert.deepEqual(await rig.complaints(), []);
		await page.close();
	});

	const open = async (board = boardOf(3, 12), options: PageOptions = {}) => {
		rig = await pages.open('board', { hears: [{ type: 'board', board }], ...options });
		({ page } = rig);
		await page.locator('.lanes').waitFor();
		await rig.hears('ready');
	};
	const card = (id: string) => page.locator(`[data-card="${id}"]`);
	const lane = (at: number) => page.locator(`[data-lane="lane-${at}"]`);
	const press = async (...keys: readonly string[]) => {
		for (const key of keys) await page.keyboard.press(key);
	};
	/** Waits until it is said. */
	const said = (text: string | RegExp) =>
		page.getByRole('status').filter({ hasText: text }).waitFor({ state: 'attached' });
	const isFocused = (locator: Locator) => locator.and(page.locator(':focus')).waitFor();
	const idsIn = (at: number) =>
		lane(at)
			.locator('[data-card]')
			.evaluateAll((cards) => cards.map((each) => (each as HTMLElement).dataset['card']));
	/** With the mouse, from the middle of one thing to a point of another. */
	const drag = async (from: Locator, to: Locator, position: { x: number; y: number }) => {
		await from.hover();
		await page.mouse.down();
		await to.hover({ position: { x: position.x + 5, y: position.y + 5 }, force: true });
		await to.hover({ position, force: true });
		await page.mouse.up();
	};

	it('draws columns with names and counts, and cards with all that is known of them', async () => {
		await open(boardOf(2, 3, { lanes: [laneOf(0, 3, { note: 'Limit 5.' }), laneOf(1, 1)] }));
		await page.getByRole('heading', { name: 'Delivery' }).waitFor();
		await page.getByRole('listbox', { name: 'Backlog, 3' }).waitFor();
		await page.getByText('Limit 5.').waitFor();
		const words = await card('0-0').innerText();
		for (const word of [
			'#0',
			'Started',
			'Order the pump 1.1',
			'Quay',
			'Overdue: 12 Mar 2026',
			'Blocked: Waits',
			'Ann Chandler',
			'0/4',
		])
			assert.ok(words.includes(word), `${word} in ${words}`);
		await page.getByRole('option', { name: 'Order the pump 1.1, Backlog.', exact: true }).waitFor();
		assert.deepEqual(JSON.parse((await card('0-0').getAttribute('data-vscode-context')) ?? ''), {
			webviewSection: 'card canMove canRename',
			card: '0-0',
			preventDefaultContextMenuItems: true,
		});
	});

	it('draws of 2,000 cards only those that are seen, and says how many there are', async () => {
		await open(boardOf(8, 250));
		assert.ok((await page.locator('[data-card]').count()) < 200);
		await card('0-0').focus();
		await press('End');
		await isFocused(card('0-249'));
		assert.equal(await card('0-249').getAttribute('aria-posinset'), '250');
		assert.equal(await card('0-249').getAttribute('aria-setsize'), '250');
		assert.ok((await page.locator('[data-card]').count()) < 200);
		for (let column = 1; column < 8; column++) await press('ArrowRight');
		await isFocused(card('7-249'));
		assert.ok((await page.locator('[data-card]').count()) < 200);
	});

	it('takes a card to another column with the mouse, and leaves it there until it hears more', async () => {
		await open();
		await drag(card('0-0'), card('1-1'), { x: 60, y: 8 });
		assert.deepEqual(await rig.hears('move'), { type: 'move', cards: ['0-0'], lane: 'lane-1', after: '1-0' });
		await isFocused(lane(1).locator('[data-card="0-0"]'));
		assert.deepEqual((await idsIn(1)).slice(0, 3), ['1-0', '0-0', '1-1']);
		await rig.tell({ type: 'lanes', lanes: [laneOf(1, 2)], can: { mine: true } });
		await isFocused(lane(0).locator('[data-card="0-0"]'));
	});

	it('takes several cards at once with the mouse, in their order, within a column', async () => {
		await open();
		await card('0-1').click();
		await card('0-0').click({ modifiers: ['Control'] });
		await drag(card('0-1'), card('0-3'), { x: 60, y: 100 });
		const move = await rig.hears('move');
		assert.deepEqual(move, { type: 'move', cards: ['0-0', '0-1'], lane: 'lane-0', after: '0-3' });
	});

	it('drops only at the ends of a column that has no other places, and anywhere in one that has none', async () => {
		await open(
			boardOf(0, 0, { lanes: [laneOf(0, 4), laneOf(1, 4, { drop: 'ends' }), laneOf(2, 4, { drop: 'into' })] }),
		);
		await drag(card('0-0'), card('1-2'), { x: 60, y: 90 });
		assert.deepEqual(await rig.hears('move'), { type: 'move', cards: ['0-0'], lane: 'lane-1', after: '1-3' });
		await drag(card('0-1'), card('2-1'), { x: 60, y: 20 });
		assert.deepEqual(await rig.hears('move'), { type: 'move', cards: ['0-1'], lane: 'lane-2' });
	});

	it('drops nothing into a column that takes none, and does not lift what can’t be moved', async () => {
		const still = laneOf(0, 2, { cards: [cardOf(0, 0, { movable: false }), cardOf(0, 1)] });
		await open(boardOf(0, 0, { lanes: [still, laneOf(1, 2, { drop: undefined })] }));
		await drag(card('0-1'), card('1-1'), { x: 60, y: 20 });
		await card('0-0').click();
		await press('Space');
		await said('Order the pump 1.1 can’t be moved.');
		await press('ArrowDown', 'Space', 'ArrowRight');
		await said('There is no place further in this direction.');
		assert.deepEqual(await rig.told('move'), []);
	});

	it('puts a column elsewhere with the mouse and with keys', async () => {
		await open();
		await drag(lane(0).locator('[data-head]'), lane(2), { x: 240, y: 100 });
		assert.deepEqual(await rig.hears('moveLane'), { type: 'moveLane', lane: 'lane-0', after: 'lane-2' });
		await rig.tell({ type: 'board', board: boardOf(3, 12) });
		await card('1-0').click();
		await press('ArrowUp');
		await isFocused(lane(1).locator('[data-head]'));
		await press('Space');
		await said(/^Ready lifted, 2 of 3\. Left and Right/);
		await press('ArrowLeft');
		await said('1 of 3.');
		await press('Enter');
		await said('Ready dropped, 1 of 3.');
		assert.deepEqual(await rig.hears('moveLane'), { type: 'moveLane', lane: 'lane-1' });
		await isFocused(lane(1).locator('[data-head]'));
	});

	it('lifts, moves and drops a card with keys, and says every step', async () => {
		await open();
		await card('0-2').focus();
		await press('Space');
		await said(/^Inspect crane 1\.3 lifted from Backlog, 3 of 12\. Arrow keys/);
		await press('ArrowDown');
		await said('Backlog, 4 of 12.');
		await press('ArrowRight');
		await said('Ready, 4 of 13.');
		await lane(1).locator('.mark').waitFor();
		await press('ArrowUp', 'Space');
		await said('Inspect crane 1.3 dropped into Ready, 3 of 13.');
		assert.deepEqual(await rig.hears('move'), { type: 'move', cards: ['0-2'], lane: 'lane-1', after: '1-1' });
		await isFocused(lane(1).locator('[data-card="0-2"]'));
	});

	it('puts everything back with Escape', async () => {
		await open();
		const before = await idsIn(0);
		await card('0-2').focus();
		await press('Space', 'ArrowDown', 'ArrowDown', 'Escape');
		await said('Inspect crane 1.3 put back.');
		await isFocused(card('0-2'));
		assert.deepEqual(await idsIn(0), before);
		assert.equal(await page.locator('.mark').count(), 0);
		assert.deepEqual(await rig.told('move'), []);
	});

	it('selects with Shift, Control and Ctrl+A, and lifts all that is selected', async () => {
		await open();
		await card('0-0').click();
		await press('Shift+ArrowDown', 'Shift+ArrowDown');
		assert.equal(await page.locator('[aria-selected="true"]').count(), 3);
		await press('Space');
		await said(/^3 cards lifted from Backlog, 3 of 12\./);
		await press('ArrowRight', 'Enter');
		const move = await rig.hears('move');
		assert.deepEqual(move['cards'], ['0-0', '0-1', '0-2']);
		await card('2-0').click();
		await press('Control+a');
		await lane(2).locator('[aria-selected="false"]').first().waitFor({ state: 'detached' });
		await press('Delete');
		assert.equal(((await rig.hears('command'))['cards'] as string[]).length, 12);
	});

	it('goes about with arrows, Home, End and pages, and has one stop for Tab', async () => {
		await open(boardOf(3, 40));
		await card('0-0').focus();
		await press('ArrowDown', 'ArrowRight');
		await isFocused(card('1-1'));
		await press('End');
		await isFocused(card('1-39'));
		await press('Home');
		await isFocused(card('1-0'));
		await press('PageDown');
		const far = Number(await page.locator(':focus').getAttribute('aria-posinset'));
		assert.ok(far > 3 && far < 20, `card ${far}`);
		assert.equal(await page.locator('[data-card][tabindex="0"]').count(), 1);
	});

	it('opens, renames, removes and makes cards with keys', async () => {
		await open();
		await card('1-0').click();
		await press('Enter');
		assert.deepEqual(await rig.hears('open'), { type: 'open', card: '1-0' });
		await press('F2');
		assert.deepEqual(await rig.hears('command'), { type: 'command', id: 'rename', cards: ['1-0'] });
		await press('n');
		assert.deepEqual(await rig.hears('create'), { type: 'create', lane: 'lane-1' });
		await card('1-0').dblclick();
		assert.deepEqual(await rig.hears('open'), { type: 'open', card: '1-0' });
		await press('?');
		await page.getByText('Goes to the name of the column, which Space lifts').waitFor();
	});

	it('keeps the keyboard on a card that moves, and on its neighbour where it vanishes', async () => {
		await open();
		await card('0-1').focus();
		const moved = laneOf(1, 2, { cards: [cardOf(0, 1), ...laneOf(1, 2).cards] });
		const rest = laneOf(0, 12).cards.filter(({ id }) => id !== '0-1');
		await rig.tell({ type: 'lanes', lanes: [laneOf(0, 11, { cards: rest }), moved], can: { mine: true } });
		await isFocused(lane(1).locator('[data-card="0-1"]'));
		await rig.tell({ type: 'lanes', lanes: [laneOf(1, 2)], can: { mine: true } });
		await isFocused(card('1-0'));
		await rig.tell({ type: 'lanes', lanes: [laneOf(1, 0)], can: { mine: true } });
		await isFocused(lane(1).getByRole('listbox'));
		await rig.tell({ type: 'focus', card: '2-11' });
		await isFocused(card('2-11'));
	});

	it('ends a lift whose card vanishes, and says so', async () => {
		await open();
		await card('0-1').focus();
		await press('Space', 'ArrowRight');
		await rig.tell({ type: 'lanes', lanes: [laneOf(0, 1)], can: { mine: true } });
		await said('What was lifted is gone.');
		await press('ArrowRight');
		await isFocused(card('1-0'));
	});

	it('keeps where the person was over a reload', async () => {
		const board = boardOf(8, 250);
		await open(board);
		await card('5-0').focus();
		await press('End');
		await isFocused(card('5-249'));
		const kept = await page.waitForFunction(() => {
			const { kept: all } = window as never as { kept?: { page?: { spot?: { card?: string }; tops: object } } };
			return all?.page?.spot?.card === '5-249' && Object.values(all.page.tops).some(Boolean) ? all : undefined;
		});
		const state = await kept.jsonValue();
		await page.close();
		await open(board, { kept: state });
		await isFocused(card('5-249'));
		await card('5-248').waitFor();
	});

	it('tells what is grouped, sorted and filtered by', async () => {
		await open();
		const arranged = async () => (await rig.hears('arrange'))['arrangement'];
		await page.getByLabel('Group by').selectOption('Assignee');
		assert.deepEqual(await arranged(), { group: 'assignee', sort: 'vendor', filter: {} });
		await page.getByLabel('Sort by').selectOption('Title');
		assert.deepEqual(await arranged(), { group: 'assignee', sort: 'title', filter: {} });
		await page.getByRole('button', { name: 'Mine' }).click();
		await page.getByRole('button', { name: 'Mine', pressed: true }).waitFor();
		assert.deepEqual(await arranged(), { group: 'assignee', sort: 'title', filter: { mine: true } });
		await page.getByRole('button', { name: 'Mine' }).click();
		assert.deepEqual(await arranged(), { group: 'assignee', sort: 'title', filter: {} });
		await page.getByRole('combobox', { name: 'Label', exact: true }).selectOption('Crane');
		assert.deepEqual(await arranged(), { group: 'assignee', sort: 'title', filter: { label: 'Crane' } });
		await page.getByRole('textbox', { name: 'Filter by text' }).pressSequentially('pump');
		const filter = { label: 'Crane', text: 'pump' };
		assert.deepEqual(await arranged(), { group: 'assignee', sort: 'title', filter });
	});

	it('tells the commands of the toolbar, and none where there is nothing to undo', async () => {
		await open();
		for (const [name, id] of [
			['Undo: move Order the pump', 'undo'],
			['Reload', 'reload'],
			['Board as Text', 'asText'],
		] as const) {
			await page.getByRole('button', { name }).click();
			assert.deepEqual(await rig.hears('command'), { type: 'command', id, cards: [] });
		}
		await rig.tell({ type: 'lanes', lanes: [], can: { mine: true } });
		await page.getByRole('button', { name: 'Nothing to undo' }).click({ force: true });
		assert.deepEqual(await rig.told('command'), []);
	});

	it('says what could not be loaded, with what can be done, in its column and above the board', async () => {
		const failure = { message: 'Planner did not answer.', action: 'Try Again' };
		const notice = {
			text: 'This account is locked.',
			severity: 'warning',
			action: { label: 'Unlock', id: 'unlock' },
		} as const;
		const lanes = [laneOf(0, 0, { failure }), laneOf(1, 2, { hasMore: true })];
		await open(boardOf(0, 0, { lanes, notices: [notice] }));
		await page.getByText('Planner did not answer.').waitFor();
		await page.getByRole('button', { name: 'Try Again' }).click();
		assert.deepEqual(await rig.hears('retry'), { type: 'retry', lane: 'lane-0' });
		await page.getByRole('button', { name: 'Load more' }).click();
		assert.deepEqual(await rig.hears('more'), { type: 'more', lane: 'lane-1' });
		await page.getByRole('button', { name: 'Unlock' }).click();
		assert.deepEqual(await rig.hears('notice'), { type: 'notice', id: 'unlock' });
		await page.getByRole('button', { name: 'New card in Ready' }).click();
		assert.deepEqual(await rig.hears('create'), { type: 'create', lane: 'lane-1' });
	});

	it('shows a failure until it is closed, and has it read out', async () => {
		await open();
		await rig.tell({ type: 'say', text: 'The card was put back: you may not move it.', isFailure: true });
		await said('The card was put back: you may not move it.');
		await page.locator('.said').waitFor();
		await page.getByRole('button', { name: 'Close' }).click();
		await page.locator('.said').waitFor({ state: 'detached' });
	});

	for (const theme of Object.keys(themes) as Theme[]) {
		it(`has nothing that axe finds serious, theme ${theme}`, async () => {
			const failure = { message: 'Planner did not answer.', action: 'Try Again' };
			const lanes = [laneOf(0, 30), laneOf(1, 3, { hasMore: true }), laneOf(2, 0, { failure })];
			const notices = (['info', 'warning', 'error'] as const).map((severity) => ({ text: severity, severity }));
			await open(boardOf(0, 0, { lanes, notices, archived: true }), { theme });
			await rig.tell({ type: 'say', text: 'It was refused.', isFailure: true });
			await page.locator('.said').waitFor();
			assert.deepEqual(await seriousFindings(page, `the board in theme ${theme}`), []);
			await card('0-0').click();
			await press('Shift+ArrowDown', 'Shift+ArrowDown', 'Space', 'ArrowRight', '?');
			await lane(1).locator('.mark').waitFor();
			assert.deepEqual(await seriousFindings(page, `cards lifted in theme ${theme}`), []);
		});
	}
});
