import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { TableRow } from '../../src/pages/tableProtocol.ts';
import { openTableRig, type TableRig } from './tableRig.ts';
import { ownerOf, rowOf, runningOf, states, tableOf } from './tableSample.ts';

describe('The page of a job over many things', function () {
	this.timeout(60_000);
	let rig: TableRig;
	let page: Page;

	before(async () => {
		rig = await openTableRig();
		({ page } = rig);
	});
	after(() => rig.close());
	afterEach(async () => assert.deepEqual(await rig.complaints(), []));

	const button = (name: string | RegExp) => page.getByRole('button', { name });
	const filter = (text: string) => page.getByRole('textbox', { name: 'Filter rows' }).fill(text);
	const counts = (text: string) => page.locator('.counts').filter({ hasText: text }).waitFor();
	const keys = (...at: readonly number[]) => at.map((one) => `row-${one}`);
	const unticked = (count: number, of: Partial<TableRow> = {}) =>
		tableOf(count, { rows: Array.from({ length: count }, (_, at) => rowOf(at, { ticked: false, ...of })) });
	const head = (name: string) => page.getByRole('columnheader', { name });
	const sort = (name: string) => head(name).getByRole('button').click();

	describe('shows', () => {
		it('a table with heads, rows and what a screen reader needs to know of both', async () => {
			await rig.open(tableOf(3));
			const grid = page.getByRole('grid', { name: 'Remove inactive people' });
			assert.equal(await grid.getAttribute('aria-rowcount'), '4');
			assert.equal(await grid.getAttribute('aria-colcount'), '4');
			await page.getByRole('rowheader', { name: 'Ann Chandler 1' }).waitFor();
			await page.getByRole('checkbox', { name: 'Ann Chandler 1', exact: true, checked: true }).waitFor();
			assert.equal(await rig.row(1).getAttribute('aria-rowindex'), '3');
			assert.equal(await head('Days away').getAttribute('aria-sort'), 'none');
			await page.getByText('Harbour renewal · Demo account').waitFor();
			await page.locator('.status', { hasText: '3 people would be removed.' }).waitFor();
			await counts('3 of 3 ticked.');
		});

		it('a warning beside its row, ties it to the tick, and says it in full for the row that the keyboard is on', async () => {
			await rig.open(tableOf(2, { rows: [ownerOf(0), rowOf(1)] }));
			const { warning = '' } = ownerOf(0);
			await rig.row(0).getByRole('gridcell', { name: warning }).waitFor();
			const described = await rig.box(0).getAttribute('aria-describedby');
			assert.equal((await page.locator(`#${described}`).innerText()).trim(), warning);
			assert.equal(await rig.row(0).locator('.sign.warning').count(), 1);
			await rig.box(0).focus();
			await page.locator('.about', { hasText: `Ann Chandler 0 – ${warning}` }).waitFor();
		});

		it('what was left out, folded up, with the reasons', async () => {
			await rig.open(tableOf(1, { leftOut: [{ label: 'Old pier', reason: 'It can’t be read.' }] }));
			assert.equal(await page.getByText('It can’t be read.').isVisible(), false);
			await page.getByText('One left out').click();
			await page.getByText('It can’t be read.').waitFor();
		});

		it('that it gathers, with a bar, and cancels', async () => {
			const buttons = [{ id: 'cancel', label: 'Cancel' }] as const;
			await rig.open(tableOf(0, { phase: 'gathering', status: 'Looked at 12 boards.', buttons }));
			await page.getByRole('progressbar', { name: 'Gathering' }).waitFor();
			await rig.said('Looked at 12 boards.');
			assert.equal(await page.getByRole('grid').count(), 0);
			await button('Cancel').click();
			assert.deepEqual(await rig.hears('press'), { type: 'press', button: 'cancel' });
		});

		it('that there is nothing to do', async () => {
			await rig.open(tableOf(0));
			await page.getByText('There is nothing to do.').waitFor();
		});

		it('notices with what can be done, and failures until they are closed', async () => {
			const action = { label: 'Unlock', id: 'unlock' } as const;
			await rig.open(tableOf(1, { notices: [{ text: 'This account is locked.', severity: 'warning', action }] }));
			await button('Unlock').click();
			assert.deepEqual(await rig.hears('notice'), { type: 'notice', id: 'unlock' });
			await rig.tell({ type: 'say', text: 'The file could not be written.', isFailure: true });
			await rig.said('The file could not be written.');
			await button('Close').click();
			await page.locator('.said').waitFor({ state: 'detached' });
		});
	});

	describe('ticks', () => {
		it('a row by a click, at once, and tells it', async () => {
			await rig.open(tableOf(4));
			await rig.box(1).click();
			assert.deepEqual(await rig.hears('tick'), { type: 'tick', keys: keys(1), ticked: false });
			assert.equal(await rig.box(1).isChecked(), false);
			await counts('3 of 4 ticked.');
			await rig
				.row(1)
				.locator('.tick')
				.click({ position: { x: 2, y: 2 } });
			assert.deepEqual(await rig.hears('tick'), { type: 'tick', keys: keys(1), ticked: true });
			assert.equal(await rig.box(1).isChecked(), true);
		});

		it('a range with Shift, as the row that was ticked before it, in the order that is seen', async () => {
			await rig.open(unticked(12));
			await rig.box(2).click();
			await rig.hears('tick');
			await rig.box(5).click({ modifiers: ['Shift'] });
			assert.deepEqual(await rig.hears('tick'), { type: 'tick', keys: keys(3, 4, 5), ticked: true });
			await rig.said('4 of 12 ticked.');
			await rig.box(4).click();
			await rig.hears('tick');
			await rig
				.row(1)
				.getByRole('rowheader')
				.click({ modifiers: ['Shift'] });
			assert.deepEqual((await rig.hears('tick')).keys, keys(2, 3));
			await sort('Name');
			await sort('Name');
			await rig.box(9).click();
			await rig.hears('tick');
			await rig.box(6).click({ modifiers: ['Shift'] });
			assert.deepEqual(await rig.hears('tick'), { type: 'tick', keys: keys(8, 7, 6), ticked: true });
		});

		it('all from the head and back, half a tick in between', async () => {
			await rig.open(tableOf(3));
			const all = page.getByRole('checkbox', { name: 'Tick all 3 rows' });
			assert.equal(await all.isChecked(), true);
			await rig.box(0).click();
			await rig.hears('tick');
			assert.equal(await all.evaluate((box: HTMLInputElement) => box.indeterminate), true);
			await all.click();
			assert.deepEqual(await rig.hears('tick'), { type: 'tick', keys: keys(0), ticked: true });
			assert.equal(await all.isChecked(), true);
			await all.click();
			assert.deepEqual((await rig.hears('tick')).keys, keys(0, 1, 2));
			assert.equal(await all.isChecked(), false);
			await counts('0 of 3 ticked.');
		});

		it('only what the filter shows, and says what it hides', async () => {
			await rig.open(tableOf(20));
			await filter('quay');
			await counts('20 of 20 ticked. 4 of 20 shown. 16 ticked rows are hidden by the filter.');
			await page.getByRole('checkbox', { name: 'Tick all 4 rows that match the filter' }).click();
			assert.deepEqual(await rig.hears('tick'), { type: 'tick', keys: keys(1, 6, 11, 16), ticked: false });
			await button('Tick the 4 Shown').first().click();
			assert.deepEqual(await rig.hears('tick'), { type: 'tick', keys: keys(1, 6, 11, 16), ticked: true });
			await button('Untick the 4 Shown').click();
			assert.deepEqual((await rig.hears('tick')).ticked, false);
			await filter('');
			await counts('16 of 20 ticked.');
		});

		it('as the editor tells it', async () => {
			await rig.open(tableOf(3));
			const { buttons } = tableOf(0);
			await rig.tell({ type: 'rows', rows: [{ key: 'row-1', ticked: false }], status: '2 people.', buttons });
			assert.equal(await rig.box(1).isChecked(), false);
			await page.locator('.status', { hasText: '2 people.' }).waitFor();
			assert.equal(await page.getByRole('status').textContent(), '3 people would be removed.');
			await rig.tell({ type: 'table', table: tableOf(3, { status: 'The list is new.' }) });
			await rig.said('The list is new.');
			await rig.box(1).click();
			await rig.hears('tick');
			await counts('2 of 3 ticked.');
		});

		it('nothing any more while it runs', async () => {
			await rig.open(runningOf(3));
			assert.equal(await page.getByRole('checkbox').count(), 0);
			await rig
				.row(1)
				.getByRole('rowheader')
				.click({ modifiers: ['Shift'] });
			await rig.press('Space', 'Control+a', 'Shift+ArrowDown');
			assert.deepEqual(await rig.told('tick'), []);
		});
	});

	describe('filters and sorts', () => {
		it('by all words, in any column, and says how much is left', async () => {
			await rig.open(tableOf(24));
			await filter('CRANE 22');
			assert.deepEqual(await rig.names(), ['Ann Chandler 22']);
			await rig.said('1 of 24 shown.');
			await filter('nobody');
			await page.getByText('No row matches “nobody”.').waitFor();
			await page.getByRole('textbox', { name: 'Filter rows' }).press('Escape');
			assert.equal((await rig.names()).length, 24);
		});

		it('upwards, downwards and as gathered, and says so', async () => {
			await rig.open(tableOf(12));
			await sort('Name');
			assert.equal(await head('Name').getAttribute('aria-sort'), 'ascending');
			assert.deepEqual((await rig.names()).slice(0, 3), ['Ann Chandler 0', 'Ann Chandler 1', 'Ann Chandler 2']);
			await rig.said('Sorted by Name, upwards.');
			await sort('Name');
			assert.equal(await head('Name').getAttribute('aria-sort'), 'descending');
			assert.deepEqual((await rig.names()).slice(0, 2), ['Ann Chandler 11', 'Ann Chandler 10']);
			await sort('Name');
			assert.equal(await head('Name').getAttribute('aria-sort'), 'none');
			await rig.said('In the order in which it was gathered.');
		});

		it('numbers by their size, as people of that language write them, and what is empty last', async () => {
			const days = ['1.000,5', '', '−3', '20', '1.000,25'];
			const rows = days.map((text, at) => rowOf(at, { cells: { name: text || 'none', days: text } }));
			await rig.open(tableOf(0, { rows }), { language: 'de' });
			await sort('Days away');
			assert.deepEqual(await rig.names(), ['−3', '20', '1.000,25', '1.000,5', 'none']);
			await sort('Days away');
			assert.deepEqual(await rig.names(), ['1.000,5', '1.000,25', '20', '−3', 'none']);
		});

		it('without moving a row while it is ticked', async () => {
			await rig.open(tableOf(6));
			await sort('Team');
			const before = await rig.names();
			await rig.box(3).click();
			await rig.hears('tick');
			assert.deepEqual(await rig.names(), before);
		});

		it('and finds all of it again when the window is loaded anew', async () => {
			await rig.open(tableOf(600));
			await filter('ann');
			await sort('Name');
			await sort('Name');
			await page.locator('.scroller').evaluate((element) => element.scrollTo({ top: 5000 }));
			await page.waitForFunction(() => {
				const { kept } = window as never as { kept?: { page?: { top?: number } } };
				return kept?.page?.top === 5000;
			});
			const [kept, names] = [await rig.kept(), await rig.names()];
			await rig.open(tableOf(600), { kept });
			await page.getByRole('rowheader', { name: names.at(10) ?? '', exact: true }).waitFor();
			assert.equal(await page.locator('.scroller').evaluate(({ scrollTop }) => scrollTop), 5000);
			assert.equal(await head('Name').getAttribute('aria-sort'), 'descending');
			assert.equal(await page.getByRole('textbox', { name: 'Filter rows' }).inputValue(), 'ann');
		});

		it('bears with anything that an earlier version has kept', async () => {
			await rig.open(tableOf(3), {
				kept: { filter: 3, sorting: { column: 'gone' }, spot: { row: 'gone' }, folds: null },
			});
			assert.equal((await rig.names()).length, 3);
			await rig.box(0).click();
			assert.deepEqual((await rig.hears('tick')).keys, keys(0));
		});
	});

	describe('has for some rows a choice', () => {
		const table = () => tableOf(0, { rows: [rowOf(0), ownerOf(1), ownerOf(2), ownerOf(3, { ticked: false })] });

		it('that is told at once', async () => {
			await rig.open(table());
			const choice = page.getByRole('combobox', { name: 'New owner for Ann Chandler 1' });
			await choice.focus();
			await choice.selectOption('Person 7');
			assert.deepEqual(await rig.hears('choose'), { type: 'choose', keys: keys(1), value: 'p7' });
			assert.equal(await choice.inputValue(), 'p7');
			assert.equal(await rig.row(0).getByRole('combobox').count(), 0);
		});

		it('for all ticked rows at once, where they have it', async () => {
			const few = { label: 'New owner', choices: [{ value: 'p0', label: 'Person 0' }], value: 'p0' };
			await rig.open(tableOf(0, { rows: [...table().rows, ownerOf(4, { choice: few })] }));
			await page.getByLabel('New owner for all that are ticked and shown').selectOption('Person 5');
			assert.deepEqual(await rig.told('choose'), []);
			await button('Set').click();
			assert.deepEqual(await rig.hears('choose'), { type: 'choose', keys: keys(1, 2), value: 'p5' });
			await rig.said('Set for 2 of 4 ticked rows. The others do not offer it.');
		});

		it('by keyboard, in and out again', async () => {
			await rig.open(table());
			await rig.box(1).focus();
			await rig.press('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
			assert.equal(await rig.focused(), 'row-1 choice td');
			await rig.press('Enter');
			assert.equal(await rig.focused(), 'row-1 choice select');
			await rig.press('ArrowDown', 'Escape');
			assert.equal(await rig.focused(), 'row-1 choice td');
			await rig.press('ArrowDown');
			assert.equal(await rig.focused(), 'row-2 choice td');
		});

		it('to read alone while it runs', async () => {
			await rig.open(runningOf(0, { rows: [ownerOf(1, { state: states.running })] }));
			assert.equal(await page.getByRole('combobox').count(), 0);
			await page.getByRole('gridcell', { name: 'Person 0' }).waitFor();
		});
	});
});
