import type { TableRow } from '../tableProtocol.ts';
import type { GridColumn } from './columns.ts';

/** Which rows are shown and in which order. Pure. */

export interface Sorting {
	readonly column: string;
	readonly descending: boolean;
}

/** The indices of the rows that match all words of the filter, sorted; as they were gathered where nothing sorts. */
export function orderOf(
	rows: readonly TableRow[],
	columns: readonly GridColumn[],
	filter: string,
	sorting: Sorting | undefined,
	language: string,
): readonly number[] {
	const words = folded(filter).split(/\s+/u).filter(Boolean);
	const matches = (row: TableRow) => {
		const text = folded([row.label, ...columns.map((column) => column.text(row))].join('\n'));
		return words.every((word) => text.includes(word));
	};
	const shown = rows.flatMap((row, index) => (words.length === 0 || matches(row) ? [index] : []));
	const column = columns.find(({ id }) => id === sorting?.column);
	return column && sorting ? sorted(shown, rows, column, sorting.descending, language) : shown;
}

/** The sorting after one more press on the head of a column: upwards, downwards, as gathered. */
export function nextSorting(sorting: Sorting | undefined, column: string): Sorting | undefined {
	if (sorting?.column !== column) return { column, descending: false };
	return sorting.descending ? undefined : { column, descending: true };
}

/** Reads numbers as people of that language write them; undefined where there is none. */
export function numberReader(language: string): (text: string) => number | undefined {
	const parts = new Intl.NumberFormat(language).formatToParts(12_345.6);
	const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
	return (text) => {
		const plain = text.replaceAll(decimal, '\n').replace(/[\s.,’'_]/gu, (sign) => (sign === '\n' ? '.' : ''));
		const found = /[-−]?\d+(\.\d+)?/u.exec(plain);
		return found ? Number(found[0].replace('−', '-')) : undefined;
	};
}

interface Key {
	readonly index: number;
	readonly text: string;
	readonly number: number | undefined;
}

/** Empty ones are last in both directions; equal ones stay in the order in which they were gathered. */
function sorted(
	shown: readonly number[],
	rows: readonly TableRow[],
	column: GridColumn,
	descending: boolean,
	language: string,
): readonly number[] {
	const words = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
	const read = column.isNumber ? numberReader(language) : () => undefined;
	const direction = descending ? -1 : 1;
	const keys = shown.map((index): Key => {
		const row = rows[index];
		const text = row ? column.text(row) : '';
		return { index, text, number: read(text) };
	});
	const isEmpty = ({ text, number }: Key) => (column.isNumber ? number === undefined : text === '');
	const compared = (a: Key, b: Key) =>
		a.number !== undefined && b.number !== undefined ? a.number - b.number : words.compare(a.text, b.text);
	keys.sort((a, b) => Number(isEmpty(a)) - Number(isEmpty(b)) || direction * compared(a, b) || a.index - b.index);
	return keys.map(({ index }) => index);
}

function folded(text: string): string {
	return text.toLocaleLowerCase();
}
