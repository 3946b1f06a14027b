import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { RowChange } from '../../src/pages/tableProtocol.ts';
import { seriousFindings } from './axe.ts';
import { openTableRig, type TableRig } from './tableRig.ts';
import { ownerOf, previewButtons, resultOf, rowOf, runningOf, states, tableOf } from './tableSample.ts';
import { type Theme, themes } from './themes.ts';

describe('The page of a job that runs', function () {
	this.timeout(60_000);
	let rig: TableRig;
	let page: Page;

	before(async () => {
		rig = await openTableRig();
		({ page } = rig);
	});
	after(() => rig.close());
	afterEach(async () => assert.deepEqual(await rig.complaints(), []));

	const button = (name: string) => page.getByRole('button', { name, exact: true });
	const rows = () => page.locator('[data-row]').count();
	const buttons = [{ id: 'cancel', label: 'Cancel' }] as const;
	const settle = (settled: number, total: number, rows: readonly RowChange[] = []) =>
		rig.tell({ type: 'rows', rows, status: `${settled} of ${total} done.`, progress: { settled, total }, buttons });

	describe('before', () => {
		it('has buttons that tell, one of them for Enter', async () => {
			await rig.open(tableOf(3));
			for (const [name, id] of [
				['Dry Run', 'dryRun'],
				['Start…', 'start'],
				['Save as CSV', 'savePreview'],
			] as const) {
				await button(name).click();
				assert.deepEqual(await rig.hears('press'), { type: 'press', button: id });
			}
			await rig.box(1).focus();
			await rig.press('Enter');
			assert.deepEqual(await rig.hears('press'), { type: 'press', button: 'start' });
			await page.getByRole('textbox', { name: 'Filter rows' }).focus();
			await rig.press('Enter');
			await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').focus();
			await rig.press('Enter');
			await button('Save as CSV').focus();
			await rig.press('Enter');
			assert.deepEqual(await rig.told('press'), [{ type: 'press', button: 'savePreview' }]);
		});

		it('does not press what is disabled', async () => {
			const off = previewButtons.map((each) => ({ ...each, disabled: true }));
			await rig.open(tableOf(3, { buttons: off }));
			await button('Start…').click({ force: true });
			await rig.box(1).focus();
			await rig.press('Enter');
			assert.deepEqual(await rig.told('press'), []);
		});

		it('shows what a dry run has found, until something else is done', async () => {
			await rig.open(tableOf(3));
			const lines = ['Ann Chandler 0 would be removed.', 'Ann Chandler 1 would be removed.'];
			await rig.tell({ type: 'dryRun', title: 'Nothing was sent. 2 people would be removed.', lines });
			await rig.said('Nothing was sent. 2 people would be removed.');
			const list = page.getByRole('list', { name: 'Nothing was sent.' });
			assert.deepEqual(await list.getByRole('listitem').allInnerTexts(), lines);
			await rig.box(2).click();
			await list.waitFor({ state: 'detached' });
			await rig.tell({ type: 'dryRun', title: 'Nothing was sent.', lines });
			await button('Close').click();
			await list.waitFor({ state: 'detached' });
			assert.match(await rig.focused(), /^row-2 tick/u);
		});
	});

	describe('while it runs', () => {
		it('says of every row how it stands, in words and with a sign', async () => {
			const kinds = Object.values(states);
			await rig.open(runningOf(0, { rows: kinds.map((state, at) => rowOf(at, { state })) }));
			for (const [at, { kind, label, detail }] of kinds.entries()) {
				const cell = rig.row(at).locator('[data-column="state"]');
				assert.equal((await cell.innerText()).trim(), detail ? `${label}: ${detail}` : label);
				assert.equal(await cell.locator(`.sign.${kind} .codicon`).count(), 1);
			}
			await rig.open(runningOf(0, { rows: [rowOf(0, { ticked: false })] }));
			assert.equal(await rig.row(0).locator('[data-column="state"]').innerText(), 'not ticked');
		});

		it('shows how far it is in a bar and in numbers, and cancels', async () => {
			await rig.open(runningOf(8));
			await rig.tell({
				type: 'rows',
				rows: [
					{ key: 'row-0', state: states.done },
					{ key: 'row-1', state: states.failed },
				],
				status: '2 of 8 done, one failed.',
				progress: { settled: 2, total: 8 },
				buttons,
			});
			const bar = page.getByRole('progressbar', { name: 'Progress' });
			assert.equal(await bar.getAttribute('aria-valuenow'), '2');
			assert.equal(await bar.getAttribute('aria-valuemax'), '8');
			assert.equal(await bar.getAttribute('aria-valuetext'), '2 of 8 (25%)');
			await page.getByText('2 of 8 (25%)').waitFor();
			await rig.row(1).getByText('failed: The server had a problem.').waitFor();
			await button('Cancel').click();
			assert.deepEqual(await rig.hears('press'), { type: 'press', button: 'cancel' });
		});

		it('is read out by quarters alone', async () => {
			await rig.open(runningOf(100));
			await rig.said('0 of 100 done.');
			const heard: (string | null)[] = [];
			for (const settled of [10, 24, 25, 40, 75, 76]) {
				await settle(settled, 100);
				heard.push(await page.getByRole('status').textContent());
			}
			const [zero, quarter, three] = ['0 of 100 done.', '25 of 100 done.', '75 of 100 done.'];
			assert.deepEqual(heard, [zero, zero, quarter, quarter, three, three]);
			await page.locator('.status', { hasText: '76 of 100 done.' }).waitFor();
		});

		it('lets rows come to what is filtered for and sorted by, and the keyboard stays on its row', async () => {
			await rig.open(runningOf(40));
			await page.getByRole('columnheader', { name: 'State' }).getByRole('button').click();
			await rig.row(2).getByRole('rowheader').click();
			await settle(1, 40, [{ key: 'row-2', state: { kind: 'done', label: 'zzz' } }]);
			assert.equal((await rig.names()).at(-1), 'Ann Chandler 2');
			assert.equal(await rig.focused(), 'row-2 cell name th');
			await page.getByRole('textbox', { name: 'Filter rows' }).fill('failed');
			assert.equal(await rows(), 0);
			await settle(2, 40, [{ key: 'row-3', state: states.failed }]);
			assert.deepEqual(await rig.names(), ['Ann Chandler 3']);
		});

		it('keeps the keyboard when boxes and buttons go', async () => {
			await rig.open(tableOf(5));
			await rig.box(3).focus();
			await rig.tell({ type: 'table', table: runningOf(5) });
			assert.equal(await rig.focused(), 'row-3 state td');
			await rig.open(tableOf(5));
			await button('Start…').focus();
			await rig.tell({ type: 'table', table: runningOf(5) });
			assert.equal(await page.locator('.status:focus').count(), 1);
			await rig.press('Tab');
			assert.equal(await page.locator('[data-button="cancel"]:focus').count(), 1);
		});
	});

	describe('at its end', () => {
		it('shows the lists with reasons, what was done folded up, and the rows below', async () => {
			await rig.open(resultOf(8));
			await rig.said('Finished: some failed.');
			for (const [title, reason] of [
				['Failed (2)', 'The server had a problem.'],
				['Skipped (2)', 'Is gone already.'],
				['Nobody knows (2)', 'The answer was lost.'],
			] as const) {
				const list = page.locator('details', { hasText: title });
				await page.getByRole('heading', { name: title }).waitFor();
				assert.equal(await list.getByRole('listitem').count(), 2);
				await list.getByText(reason).first().waitFor();
			}
			const done = page.locator('[data-fold="done"]');
			assert.equal(await done.getByRole('listitem').count(), 0);
			await page.getByText('Done (2)').click();
			await done.getByText('Ann Chandler 4').waitFor();
			assert.equal(await rows(), 8);
		});

		it('retries and saves a report, but not by an Enter too many', async () => {
			await rig.open(resultOf(4));
			await rig.row(1).getByRole('rowheader').click();
			await rig.press('Enter');
			assert.deepEqual(await rig.told('press'), []);
			await button('Retry Failed').click();
			assert.deepEqual(await rig.hears('press'), { type: 'press', button: 'retry' });
			await button('Save Report').click();
			assert.deepEqual(await rig.hears('press'), { type: 'press', button: 'saveReport' });
		});

		it('remembers which lists were opened', async () => {
			await rig.open(resultOf(8));
			await page.getByText('Done (2)').click();
			await page.getByText('Failed (2)').click();
			await page.waitForFunction(() => {
				const { kept } = window as never as { kept?: { page?: { folds?: Record<string, boolean> } } };
				return kept?.page?.folds?.['done'] === true && kept.page.folds['failed'] === false;
			});
			await rig.open(resultOf(8), { kept: await rig.kept() });
			assert.equal(await page.locator('[data-fold="done"]').getAttribute('open'), '');
			assert.equal(await page.locator('[data-fold="failed"]').getAttribute('open'), null);
		});
	});

	describe('with 5,000 rows', () => {
		it('draws only those that are seen, wherever it is scrolled, as high as all', async () => {
			await rig.open(tableOf(5000));
			assert.ok((await rows()) < 60, `${await rows()} rows`);
			const scroller = page.locator('.scroller');
			const { height, row } = await scroller.evaluate((element) => ({
				height: element.scrollHeight,
				row: element.querySelector('[data-row]')?.getBoundingClientRect().height ?? 0,
			}));
			assert.ok(Math.abs(height - 5001 * row) < 2, `${height} for rows of ${row}`);
			for (const at of [1234, 4321, 17]) {
				await scroller.evaluate((element, top) => element.scrollTo({ top }), at * row);
				await rig.row(at).waitFor();
				assert.ok((await rows()) < 60);
				const top = await rig.row(at).evaluate((element) => {
					const above = element.closest('.scroller')?.getBoundingClientRect().top ?? 0;
					return element.getBoundingClientRect().top - above;
				});
				assert.ok(Math.abs(top - row) < 2, `row ${at} is ${top} below the top`);
			}
		});

		it('ticks all of them, and ranges of what is not drawn', async () => {
			await rig.open(tableOf(5000));
			await button('Untick All').click();
			assert.equal((await rig.hears('tick')).keys.length, 5000);
			await rig.said('0 of 5,000 ticked.');
			await rig.box(1).click();
			await rig.hears('tick');
			await rig.press('Control+End');
			assert.equal(await rig.focused(), 'row-4999 cell days td');
			await rig.press('Shift+Space');
			assert.equal((await rig.hears('tick')).keys.length, 4998);
			await rig.said('4,999 of 5,000 ticked.');
		});

		it('keeps the row that has the keyboard when it is scrolled away', async () => {
			await rig.open(tableOf(5000));
			await rig.box(3).focus();
			await page.locator('.scroller').evaluate((element) => element.scrollTo({ top: 50_000 }));
			await rig.row(1800).waitFor();
			assert.equal(await rig.focused(), 'row-3 tick input');
			await rig.press('ArrowDown');
			assert.equal(await rig.focused(), 'row-4 tick input');
			assert.ok(await rig.row(4).evaluate((element) => element.getBoundingClientRect().top > 0));
		});

		it('lists as many results', async () => {
			await rig.open(resultOf(5000));
			assert.equal(await page.locator('[data-fold="failed"] li').count(), 1250);
			assert.ok((await rows()) < 60);
		});
	});

	describe('by keyboard', () => {
		it('goes through cells, rows and heads, and is one stop on the way with Tab', async () => {
			await rig.open(tableOf(100));
			await button('Untick All').focus();
			await rig.press('Tab');
			const steps: readonly (readonly [string, string])[] = [
				['', 'row-0 tick input'],
				['ArrowDown', 'row-1 tick input'],
				['ArrowRight', 'row-1 cell name th'],
				['End', 'row-1 cell days td'],
				['ArrowRight', 'row-1 cell days td'],
				['ArrowUp', 'row-0 cell days td'],
				['ArrowUp', 'head cell days button'],
				['ArrowUp', 'head cell days button'],
				['Home', 'head tick input'],
				['ArrowDown', 'row-0 tick input'],
				['Control+End', 'row-99 cell days td'],
				['ArrowDown', 'row-99 cell days td'],
				['Control+Home', 'row-0 tick input'],
			];
			for (const [key, where] of steps) {
				if (key) await rig.press(key);
				assert.equal(await rig.focused(), where, key);
			}
			await rig.press('PageDown');
			const [, far] = /^row-(\d+) tick/u.exec(await rig.focused()) ?? [];
			assert.ok(Number(far) > 3, far);
			await rig.press('PageUp', 'Shift+Tab');
			assert.equal(await page.getByRole('button', { name: 'Untick All' }).and(page.locator(':focus')).count(), 1);
		});

		it('ticks with Space, from anywhere in the row, and ranges with Shift', async () => {
			await rig.open(tableOf(30));
			await rig.box(2).focus();
			await rig.press('Space');
			assert.deepEqual(await rig.hears('tick'), { type: 'tick', keys: ['row-2'], ticked: false });
			await rig.press('ArrowRight', 'ArrowDown', 'ArrowDown', 'Shift+Space');
			assert.deepEqual(await rig.hears('tick'), { type: 'tick', keys: ['row-3', 'row-4'], ticked: false });
			await rig.press('Shift+ArrowDown');
			assert.deepEqual(await rig.hears('tick'), { type: 'tick', keys: ['row-5'], ticked: false });
			await rig.said('Ann Chandler 5: not ticked.');
			assert.equal(await rig.focused(), 'row-5 cell name th');
			await rig.press('Control+a');
			assert.equal((await rig.hears('tick')).keys.length, 4);
		});

		it('ticks all and sorts in the heads, and stays there', async () => {
			await rig.open(tableOf(30));
			await rig.box(0).focus();
			await rig.press('ArrowUp', 'Space');
			assert.equal((await rig.hears('tick')).keys.length, 30);
			await rig.press('ArrowRight', 'Enter', 'Enter');
			assert.equal(await rig.focused(), 'head cell name button');
			await rig.said('Sorted by Name, downwards.');
			assert.equal((await rig.names())[0], 'Ann Chandler 29');
		});

		it('goes on where the filter leaves something', async () => {
			await rig.open(tableOf(30));
			await rig.box(7).focus();
			await page.getByRole('textbox', { name: 'Filter rows' }).fill('tide');
			await page.getByRole('checkbox').and(page.locator('[data-row] [tabindex="0"]')).focus();
			assert.match(await rig.focused(), /^row-\d+ tick input$/u);
		});
	});

	for (const theme of Object.keys(themes) as Theme[]) {
		it(`has nothing that axe finds serious, theme ${theme}`, async () => {
			const notices = (['info', 'warning', 'error'] as const).map((severity) => ({ text: severity, severity }));
			const leftOut = [{ label: 'Old pier', reason: 'It can’t be read.' }];
			const size = { width: 1100, height: 1000 };
			const preview = tableOf(0, { rows: [ownerOf(0), ...tableOf(40).rows.slice(1)], notices, leftOut });
			await rig.open(preview, { theme, size });
			await page.getByText('One left out').click();
			await page.getByText('Keys', { exact: true }).click();
			await rig.tell({ type: 'dryRun', title: 'Nothing was sent.', lines: ['One', 'Two'] });
			await rig.tell({ type: 'say', text: 'It was refused.', isFailure: true });
			await rig.box(0).focus();
			assert.deepEqual(await seriousFindings(page, `the preview in theme ${theme}`), []);

			const rows = Object.values(states).map((state, at) => rowOf(at, { state }));
			await rig.open(runningOf(0, { rows, progress: { settled: 4, total: 6 } }), { theme, size });
			assert.deepEqual(await seriousFindings(page, `running in theme ${theme}`), []);

			await rig.open(resultOf(12), { theme, size });
			assert.deepEqual(await seriousFindings(page, `the result in theme ${theme}`), []);

			await rig.open(tableOf(0, { phase: 'gathering', buttons: [] }), { theme, size });
			assert.deepEqual(await seriousFindings(page, `gathering in theme ${theme}`), []);
		});
	}
});
