import assert from 'node:assert/strict';
import type { SheetRow } from '../../src/core/bulkPacking.ts';
import {
	dryRunLines,
	outcomeLists,
	previewCsv,
	type Reported,
	reportCsv,
	reportText,
} from '../../src/core/bulkReport.ts';

const row = (key: string, over: Partial<SheetRow> = {}): SheetRow => ({
	row: { key, label: `Board ${key}`, cells: { from: 'To do', to: 'Doing' }, item: {} },
	ticked: true,
	...over,
});

const reported: Reported = {
	title: 'Give columns one name',
	columns: [
		{ id: 'from', label: 'Column' },
		{ id: 'to', label: 'New name' },
	],
	rows: [
		row('a', { state: 'done', detail: 'renamed' }),
		row('b', { state: 'failed', detail: 'No, you may not.' }),
		row('c', { state: 'skipped', detail: 'It has that name.' }),
		row('d', { ticked: false }),
		row('e', { state: 'unknown', detail: 'No answer came.' }),
		row('f', { state: 'waiting' }),
	],
	skipped: [{ label: 'Harbour', reason: 'It can’t be read.' }],
};

describe('the report of a job', () => {
	it('lists what was done, what failed and what was skipped, each with its reason', () => {
		const lists = outcomeLists(reported).map(({ title, items }) => [title, items.map(({ detail }) => detail)]);
		assert.deepEqual(lists, [
			['Done (1)', ['renamed']],
			['Failed (1)', ['No, you may not.']],
			['Outcome unknown (1)', ['No answer came.']],
			['Not begun (1)', [undefined]],
			['Skipped (3)', ['It has that name.', 'Unticked.', 'It can’t be read.']],
		]);
	});

	it('has a line in the CSV for everything that was looked at', () => {
		const lines = reportCsv(reported).slice(1).trimEnd().split('\r\n');
		assert.equal(lines[0], 'Result,Name,Column,New name,Choice,Remark');
		assert.equal(lines[2], 'Failed,Board b,To do,Doing,,"No, you may not."');
		assert.equal(lines.at(-1), 'Skipped,Harbour,,,,It can’t be read.');
		assert.equal(lines.length, 1 + reported.rows.length + 1);
	});

	it('begins with the mark by which Excel knows UTF-8', () => {
		assert.equal(reportCsv(reported).charCodeAt(0), 0xfeff);
	});

	it('lets no text of others become a formula', () => {
		const evil = row('x', { state: 'failed', detail: '=HYPERLINK("https://evil.example")' });
		const named: SheetRow = { ...evil, row: { ...evil.row, label: '@SUM(A1)', cells: { from: '+1', to: '-1' } } };
		const [, line = ''] = reportCsv({ ...reported, rows: [named], skipped: [] }).split('\r\n');
		assert.equal(line, `Failed,"'@SUM(A1)","'+1","'-1",,"'=HYPERLINK(""https://evil.example"")"`);
	});

	it('reads as a text, one line a thing', () => {
		const text = reportText({ ...reported, skipped: [] }, new Date('2026-11-22T12:00:00'));
		assert.match(text, /^Give columns one name\nNovember 22, 2026/);
		assert.match(text, /\n\nFailed \(1\)\n {2}Board b – No, you may not\.\n/);
	});

	it('gives the preview as CSV with ticks and choices', () => {
		const choice = { label: 'Heir', choices: [{ value: '2', label: 'Bo' }], value: '2' };
		const rows = reported.rows
			.slice(3, 4)
			.map((one) => ({ ...one, row: { ...one.row, choice, warning: 'It heads two.' } }));
		const [head, line] = previewCsv({ ...reported, rows })
			.slice(1)
			.split('\r\n');
		assert.equal(head, 'Ticked,Name,Column,New name,Heir,Remark');
		assert.equal(line, 'no,Board d,To do,Doing,Bo,It heads two.');
	});

	it('says in a dry run what would be done with each ticked row', () => {
		const lines = dryRunLines({ ...reported, rows: reported.rows.slice(2, 4) });
		assert.deepEqual(lines, ['Board c · Column: To do · New name: Doing']);
	});
});
