import { t } from '@vscode/l10n';
import type { JobIo } from '../../core/bulk.ts';
import { InvalidInput } from '../../core/errors.ts';
import { textOf, type Values } from '../../core/form.ts';
import { type Cell, readSheets, type Sheet, type SheetLine } from '../../core/sheet.ts';

export const importField = { file: 'file', sheet: 'sheet', board: 'board' } as const;

/** The headers of ProjectPlace's own example, in its order; files of people have these words in any language. */
export const headers = [
	'due date',
	'description',
	'assignee',
	'title',
	'label',
	'points',
	'estimated time',
	'blocked reason',
	'column',
	'checklist',
	'co-assignees',
	'activity',
	'board id',
] as const;

export type Header = (typeof headers)[number];

/** The cells of a row by their headers. */
export interface ImportRow {
	readonly line: number;
	readonly cells: Readonly<Partial<Record<Header, Exclude<Cell, undefined>>>>;
}

export interface ImportTable {
	/** The headers that are there, in the order of the sheet. */
	readonly headers: readonly Header[];
	readonly rows: readonly ImportRow[];
	readonly from1904: boolean;
	/** What was left out or is odd, in the user's language. */
	readonly remarks: readonly { readonly label: string; readonly reason: string }[];
}

/**
 * The rows of the file that was chosen. Throws `InvalidInput` where there is more than one sheet and none was named, or the
 * headers are not what an import needs.
 */
export async function readTable(io: JobIo, values: Values, hasBoard: boolean): Promise<ImportTable> {
	const content = await io.read(textOf(values, importField.file) ?? '');
	const sheets = await readSheets(content, importField.file);
	return tableOf(chosen(sheets, textOf(values, importField.sheet)), hasBoard);
}

/** Sheets without anything in them, as old programs add, need not be told apart. */
function chosen(sheets: readonly Sheet[], name: string | undefined): Sheet {
	const filled = sheets.filter(({ rows }) => rows.some(isFilled));
	const wanted = name?.toLowerCase();
	// A file of separated values has one table, which has no name.
	const named = wanted === undefined ? filled : sheets.filter((one) => [wanted, ''].includes(one.name.toLowerCase()));
	const [first] = named;
	if (first && named.length === 1) {
		return first;
	}
	if (filled.length === 0) {
		throw refusal(t('There is nothing in this file.'));
	}
	const names = sheets.map((one) => one.name).join(', ');
	const message =
		name === undefined
			? t('The workbook has several sheets. Write which one to read: {0}.', names)
			: t('The workbook has no sheet “{0}”. It has: {1}.', name, names);
	throw new InvalidInput([{ field: importField.sheet, message }]);
}

/** `hasBoard` says that rows need not name their board. */
export function tableOf(sheet: Sheet, hasBoard: boolean): ImportTable {
	const [head, ...rest] = sheet.rows;
	const rows = rest.filter(isFilled);
	const words = wordsOf(head, rows);
	const problems = problemsWith(words, hasBoard);
	if (problems.length > 0) {
		throw new InvalidInput(problems.map((message) => ({ field: importField.file, message })));
	}
	const places = new Map(words.map((word, at) => [toKnown(word), at]));
	const known = [...places.keys()].filter((header) => header !== undefined);
	const rowOf = ({ line, cells }: SheetLine): ImportRow => ({
		line,
		cells: Object.fromEntries(
			known.flatMap((header) => {
				const cell = cells[places.get(header) ?? -1];
				return cell === undefined ? [] : [[header, cell]];
			}),
		),
	});
	const read = rows.map(rowOf).filter(({ cells }) => Object.keys(cells).length > 0);
	return { headers: known, rows: read, from1904: sheet.from1904 ?? false, remarks: remarksOn(words) };
}

/** As they are written, up to the last that heads anything. */
function wordsOf(head: SheetLine | undefined, rows: readonly SheetLine[]): readonly string[] {
	const words = (head?.cells ?? []).map((cell) => (cell === undefined ? '' : String(cell).trim()));
	const widest = Math.max(0, ...rows.map(({ cells }) => cells.findLastIndex((cell) => cell !== undefined) + 1));
	const last = Math.max(words.findLastIndex((word) => word !== '') + 1, widest);
	return Array.from({ length: last }, (_, at) => words[at] ?? '');
}

function problemsWith(words: readonly string[], hasBoard: boolean): string[] {
	const empty = words.flatMap((word, at) => (word === '' ? [at + 1] : []));
	const known = words.map(toKnown).filter((header) => header !== undefined);
	const twice = new Set(known.filter((header, at) => known.indexOf(header) !== at));
	const most = headers.length;
	return [
		...(words.length > most ? [t('The first line has {0} headers; at most {1} are known.', words.length, most)] : []),
		...empty.map((position) => t('The header at position {0} of the first line is empty.', position)),
		...[...twice].map((header) => t('The header “{0}” is there twice.', header)),
		...(known.includes('title')
			? []
			: [t('The first line has no header “{0}”, without which there is no card.', 'Title')]),
		...(hasBoard || known.includes('board id')
			? []
			: [t('The first line has no header “{0}”. Add it, or choose a board for all rows.', 'Board id')]),
	];
}

function remarksOn(words: readonly string[]): ImportTable['remarks'] {
	const known = headers.map((header) => header.replace(/^./, (first) => first.toUpperCase())).join(', ');
	const unknown = words
		.filter((word) => toKnown(word) === undefined)
		.map((word) => ({
			label: t('Header “{0}”', word),
			reason: t('It is not read. What is read: {0}.', known),
		}));
	const few = {
		label: t('First line'),
		reason: t('It has only one header. If the file has more, another sign may stand between its values.'),
	};
	return words.length < 2 ? [...unknown, few] : unknown;
}

function toKnown(word: string): Header | undefined {
	const bare = word.toLowerCase().replaceAll(/\s+/g, ' ');
	return headers.find((header) => header === bare);
}

function isFilled({ cells }: SheetLine): boolean {
	return cells.some((cell) => cell !== undefined);
}

function refusal(message: string): InvalidInput {
	return new InvalidInput([{ field: importField.file, message }]);
}
