import { t } from '@vscode/l10n';
import { InvalidInput } from './errors.ts';

/** A table that was made in another program. */
export interface Sheet {
	readonly name: string;
	/** Whether the days of this workbook are counted from 1904, as old ones of the Mac's are. */
	readonly from1904?: boolean;
	readonly rows: readonly SheetLine[];
}

export interface SheetLine {
	/** Where it begins in the file, from 1, as the program shows it that made the file. */
	readonly line: number;
	/** Texts are trimmed; an empty cell is undefined. A date stands at midnight in UTC. */
	readonly cells: readonly Cell[];
}

export type Cell = string | number | boolean | Date | undefined;

const dayMs = 86_400_000;
/** Days before 1970 of the day that a workbook calls 0. */
const zeroDay = { from1900: 25_569, from1904: 24_107 };
/** The last day that Excel knows: the end of the year 9999. */
const lastSerial = 2_958_465;

/**
 * The sheets of a workbook (`.xlsx`), or the one table of a file of separated values, told from its content. Throws
 * `InvalidInput` whose problem names `field` where the content can't be read, or would be too large when unpacked.
 */
export async function readSheets(content: Uint8Array, field: string): Promise<readonly Sheet[]> {
	const refuse = (message: string) => new InvalidInput([{ field, message }]);
	if (begins(content, [0xd0, 0xcf, 0x11, 0xe0])) {
		throw refuse(
			t('This is a workbook of the old kind (.xls), or one with a password. Save it as .xlsx without a password.'),
		);
	}
	return begins(content, [0x50, 0x4b]) ? sheetsOfWorkbook(content, refuse) : [await sheetOfText(content, refuse)];
}

/** The day that a cell holds, as `YYYY-MM-DD`; undefined where it holds none. Numbers are days as Excel counts them. */
export function dayOfCell(cell: Cell, { from1904 }: Pick<Sheet, 'from1904'>): string | undefined {
	if (typeof cell === 'number') {
		const isDay = cell >= 1 && cell < lastSerial + 1;
		const days = Math.floor(cell) - (from1904 ? zeroDay.from1904 : zeroDay.from1900);
		return isDay ? new Date(days * dayMs).toISOString().slice(0, 10) : undefined;
	}
	if (cell instanceof Date) {
		return Number.isNaN(cell.getTime()) ? undefined : cell.toISOString().slice(0, 10);
	}
	const written = typeof cell === 'string' ? /^\d{4}-\d{2}-\d{2}(?=$|[T ])/.exec(cell)?.[0] : undefined;
	const date = new Date(`${written}T00:00:00Z`);
	return written !== undefined && date.toJSON()?.startsWith(written) ? written : undefined;
}

type Refuse = (message: string) => InvalidInput;

async function sheetsOfWorkbook(content: Uint8Array, refuse: Refuse): Promise<readonly Sheet[]> {
	// Seldom needed, and large: a bundle of its own, which therefore throws no error of ours.
	const { mostBytes, readWorkbook } = await import('./workbook.ts');
	const read = await readWorkbook(content);
	if (read.sheets) {
		return read.sheets;
	}
	throw refuse(
		read.problem === 'tooLarge'
			? t(
					'Unpacked, this workbook takes {0}; the most that is read is {1}. Copy the rows into a workbook of their own.',
					megabytes(read.bytes),
					megabytes(mostBytes),
				)
			: t('This workbook can’t be read: it is damaged or of another kind. Save it anew as .xlsx.'),
	);
}

async function sheetOfText(content: Uint8Array, refuse: Refuse): Promise<Sheet> {
	const { readCsv } = await import('./csvSheet.ts');
	const read = readCsv(content);
	if (read.sheet) {
		return read.sheet;
	}
	throw refuse(
		read.problem === 'quotes'
			? t('Line {0}: a quotation mark is not closed, or stands inside a value without being doubled.', read.line)
			: t('This is no workbook and no text of separated values. Save it as .xlsx or .csv.'),
	);
}

function begins(content: Uint8Array, bytes: readonly number[]): boolean {
	return bytes.every((byte, at) => content[at] === byte);
}

function megabytes(bytes: number): string {
	const format = { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 } as const;
	return new Intl.NumberFormat(undefined, format).format(bytes / 1e6);
}
