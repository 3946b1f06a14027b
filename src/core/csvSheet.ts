import papaparse from 'papaparse';
import type { Sheet, SheetLine } from './sheet.ts';

/** What became of reading separated values. Plain data: this may be loaded as a bundle of its own. */
export type CsvRead =
	| { readonly sheet: Sheet }
	| { readonly sheet?: undefined; readonly problem: 'quotes'; readonly line: number }
	| { readonly sheet?: undefined; readonly problem: 'binary' };

const separators = [',', ';', '\t', '|'] as const;

/**
 * Separated values as spreadsheet programs write them: in UTF-8, UTF-16 or the Windows code page of Western Europe, with the
 * separator that its first line has most of, or that a line such as `sep=;` names before it.
 */
export function readCsv(content: Uint8Array): CsvRead {
	const text = decoded(content)?.replaceAll(/\r\n?/g, '\n');
	if (text === undefined) {
		return { problem: 'binary' };
	}
	const named = /^sep=(.)\n/i.exec(text);
	const rest = named ? text.slice(named[0].length) : text;
	const { data, errors } = papaparse.parse<string[]>(rest, {
		delimiter: named?.[1] ?? separatorOf(rest),
		newline: '\n',
	});
	const rows = toRows(data, named ? 2 : 1);
	const wrong = errors.find(({ type }) => type === 'Quotes');
	if (wrong) {
		return { problem: 'quotes', line: rows[wrong.row ?? 0]?.line ?? rows.length };
	}
	return { sheet: { name: '', rows } };
}

/** A value may hold line breaks, so that a row may take several lines. */
function toRows(data: readonly string[][], first: number): SheetLine[] {
	let line = first;
	return data.map((values) => {
		const row = { line, cells: values.map((value) => value.trim() || undefined) };
		line += 1 + values.reduce((breaks, value) => breaks + value.split('\n').length - 1, 0);
		return row;
	});
}

/** Undefined where it is no text. */
function decoded(content: Uint8Array): string | undefined {
	const text = new TextDecoder(encodingOf(content)).decode(content);
	return text.includes('\0') ? undefined : text;
}

function encodingOf(content: Uint8Array): string {
	const [first, second] = content;
	if (first === 0xff && second === 0xfe) {
		return 'utf-16le';
	}
	if (first === 0xfe && second === 0xff) {
		return 'utf-16be';
	}
	return isUtf8(content) ? 'utf-8' : 'windows-1252';
}

function isUtf8(content: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(content);
		return true;
	} catch {
		return false;
	}
}

/** Looked for where headers stand: texts further down may hold any of them. */
function separatorOf(text: string): string {
	const [head = ''] = text.trimStart().split('\n', 1);
	const bare = head.replaceAll(/"[^"]*"/g, '');
	const counts = separators.map((sign) => ({ sign, count: bare.split(sign).length }));
	return counts.toSorted((a, b) => b.count - a.count)[0]?.sign ?? ',';
}
