import assert from 'node:assert/strict';
import { strToU8, zipSync } from 'fflate';
import { InvalidInput } from '../../src/core/errors.ts';
import { type Cell, dayOfCell, readSheets, type Sheet } from '../../src/core/sheet.ts';
import { mostBytes } from '../../src/core/workbook.ts';
import { workbookOf } from '../support/workbook.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const cellsOf = ({ rows }: Sheet): readonly (readonly Cell[])[] => rows.map(({ cells }) => cells);

async function tableIn(content: Uint8Array | string): Promise<Sheet> {
	const [sheet] = await readSheets(typeof content === 'string' ? bytes(content) : content, 'file');
	assert.ok(sheet);
	return sheet;
}

/** Refused with one problem that names the field. */
async function refused(content: Uint8Array, words: RegExp): Promise<void> {
	await assert.rejects(readSheets(content, 'file'), (error) => {
		assert.ok(error instanceof InvalidInput);
		assert.deepEqual(
			error.problems.map(({ field }) => field),
			['file'],
		);
		assert.match(error.message, words);
		return true;
	});
}

describe('A workbook', () => {
	it('is read with all its sheets, their names and what is in the cells', async () => {
		const sheets = await readSheets(
			workbookOf([
				{
					name: 'Cards & more',
					rows: [
						['Title', 'Points', 'Done'],
						[' Größe ', 0.5, true],
						['Ends', undefined, false],
					],
				},
				{ name: 'Empty', rows: [] },
			]),
			'file',
		);
		assert.deepEqual(
			sheets.map(({ name }) => name),
			['Cards & more', 'Empty'],
		);
		assert.deepEqual(cellsOf(sheets[0]!), [
			['Title', 'Points', 'Done'],
			['Größe', 0.5, true],
			['Ends', undefined, false],
		]);
		assert.deepEqual(sheets[1]!.rows, []);
	});

	it('counts its lines as Excel shows them, across empty ones', async () => {
		const { rows } = await tableIn(workbookOf([{ name: 'A', rows: [['Title'], [], [], ['Fourth']] }]));
		assert.deepEqual(
			rows.filter(({ cells }) => cells[0] !== undefined).map(({ line, cells }) => [line, cells[0]]),
			[
				[1, 'Title'],
				[4, 'Fourth'],
			],
		);
	});

	it('gives days as days, whether they look like dates or like numbers, and from whichever year it counts', async () => {
		for (const [from1904, serial] of [
			[false, 46_112],
			[true, 44_650],
		] as const) {
			const sheet = await tableIn(
				workbookOf([{ name: 'A', rows: [[{ serial }, serial, serial + 0.75]] }], { from1904 }),
			);
			const [row] = sheet.rows;
			assert.ok(row?.cells[0] instanceof Date && typeof row.cells[1] === 'number');
			assert.deepEqual(
				row.cells.map((cell) => dayOfCell(cell, sheet)),
				['2026-03-31', '2026-03-31', '2026-03-31'],
			);
		}
	});

	it('is refused before it is unpacked where it would take too much, but not for the pictures in it', async () => {
		const large = new Uint8Array(mostBytes + 1_000_000);
		const rows = [['Title']];
		const packed = workbookOf([{ name: 'A', rows }], { more: { 'xl/worksheets/sheet9.xml': large } });
		assert.ok(packed.length < 100_000);
		await refused(packed, /takes 21 MB; the most that is read is 20 MB\./);
		const [sheet] = await readSheets(
			workbookOf([{ name: 'A', rows }], { more: { 'xl/media/image1.png': large } }),
			'file',
		);
		assert.deepEqual(cellsOf(sheet!), rows);
	});

	it('of many rows is read whole', async () => {
		const rows = Array.from({ length: 20_000 }, (_, at) => [`Card ${at}`, at]);
		const sheet = await tableIn(workbookOf([{ name: 'A', rows }]));
		assert.deepEqual(sheet.rows.at(-1), { line: 20_000, cells: ['Card 19999', 19_999] });
	});

	it('of the old kind, damaged, or of another program is refused', async () => {
		await refused(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), /\.xls\)/);
		await refused(workbookOf([{ name: 'A', rows: [['Title']] }]).slice(0, 300), /damaged/);
		await refused(zipSync({ 'word/document.xml': strToU8('<document/>') }), /damaged or of another kind/);
	});
});

describe('Separated values', () => {
	const rows = [
		['Title', 'Points'],
		['Größe', '0,5'],
	];

	for (const sign of [';', '\t', '|']) {
		it(`are read with ${JSON.stringify(sign)} between them`, async () => {
			assert.deepEqual(cellsOf(await tableIn(rows.map((row) => row.join(sign)).join('\r\n'))), rows);
		});
	}

	it('are read with commas between them, whatever their texts hold', async () => {
		const sheet = await tableIn('Title,Description\n"Order; check; send","a ""good"" one, at last"\n');
		assert.deepEqual(cellsOf(sheet).slice(0, 2), [
			['Title', 'Description'],
			['Order; check; send', 'a "good" one, at last'],
		]);
	});

	it('may name their sign in a line before', async () => {
		const sheet = await tableIn('sep=|\nTitle|a,b,c\nOne|2');
		assert.deepEqual(
			sheet.rows.map(({ line, cells }) => [line, ...cells]),
			[
				[2, 'Title', 'a,b,c'],
				[3, 'One', '2'],
			],
		);
	});

	it('count the lines of the file, also where values hold line breaks and lines are empty', async () => {
		const sheet = await tableIn('Title;Description\nOne;"first\nsecond\nthird"\n\nTwo;x');
		assert.deepEqual(
			sheet.rows.map(({ line, cells }) => [line, cells[0]]),
			[
				[1, 'Title'],
				[2, 'One'],
				[5, undefined],
				[6, 'Two'],
			],
		);
	});

	it('are read in UTF-8 with a mark, in UTF-16 and in the code page of Windows', async () => {
		const text = rows.map((row) => row.join(';')).join('\n');
		const codes = Array.from(text, (sign) => sign.charCodeAt(0));
		const utf16 = new Uint8Array(new Uint16Array([0xfeff, ...codes]).buffer);
		const windows = new Uint8Array(codes);
		for (const content of [bytes(`\uFEFF${text}`), utf16, windows]) {
			assert.deepEqual(cellsOf(await tableIn(content)), rows);
		}
	});

	it('with a quotation mark that is not closed are refused with the line', async () => {
		await refused(bytes('Title;Description\nOne;x\nTwo;"open\nThree;y'), /^Line 3: /);
		await refused(bytes('Title;Description\n"One" and a half;x'), /^Line 2: /);
	});

	it('are not made of what is no text', async () => {
		await refused(new Uint8Array([1, 0, 2, 0, 0, 3]), /no workbook/);
	});
});

describe('A day', () => {
	it('is written as 2026-03-31, with or without a time', () => {
		const days = [
			'2026-03-31',
			'2026-03-31T10:00:00Z',
			'2026-03-31 10:00',
			'2026-02-30',
			'31.03.2026',
			'soon',
			true,
			0,
			1e9,
		];
		assert.deepEqual(
			days.map((cell) => dayOfCell(cell, {})),
			['2026-03-31', '2026-03-31', '2026-03-31', ...Array.from({ length: 6 }, () => undefined)],
		);
	});
});
