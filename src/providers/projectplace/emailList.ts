import { t } from '@vscode/l10n';
import { InvalidInput } from '../../core/errors.ts';
import { type Cell, readSheets, type SheetLine } from '../../core/sheet.ts';

/** An address and the one that takes its place, both in lower case. */
export interface EmailChange {
	/** The line of the file, from 1. */
	readonly line: number;
	readonly existing: string;
	readonly next: string;
}

/** Bytes of a list; some hundred thousand people fit in. */
const largest = 20_000_000;
/** Lines that are named in one message. */
const mostNamed = 20;

/**
 * Reads a list of two columns without a heading. Throws `InvalidInput` with a problem of `field` that names the lines which
 * are wrong.
 */
export async function readEmailList(bytes: Uint8Array, field: string): Promise<readonly EmailChange[]> {
	if (bytes.length > largest) {
		throw wrong(field, [t('The file is larger than {0} MB, so it is no list of addresses.', largest / 1_000_000)]);
	}
	const [sheet, ...others] = await readSheets(bytes, field);
	if (others.length > 0) {
		throw wrong(field, [t('The workbook has several sheets. Save the one with the addresses as CSV.')]);
	}
	const lines = (sheet?.rows ?? []).map(toLine).filter(({ cells }) => cells.some(Boolean));
	if (lines.length === 0) {
		throw wrong(field, [t('There is nothing in the file.')]);
	}
	const changes = lines.map(toChange);
	const problems = [...lines.flatMap(problemsIn), ...repeated(changes)].sort((a, b) => a.line - b.line);
	if (problems.length > 0) {
		throw wrong(field, inWords(problems));
	}
	return changes;
}

/** A line with its texts; an empty one where a cell is empty. */
interface Line {
	readonly number: number;
	readonly cells: readonly string[];
}

/** What programs write behind the two columns without content is none. */
function toLine({ line, cells }: SheetLine): Line {
	const last = cells.findLastIndex((cell) => cell !== undefined);
	return { number: line, cells: cells.slice(0, Math.max(2, last + 1)).map(textOf) };
}

function textOf(cell: Cell): string {
	return cell instanceof Date ? cell.toISOString() : String(cell ?? '').trim();
}

function toChange({ number, cells }: Line): EmailChange {
	const [existing = '', next = ''] = cells.map((cell) => cell.toLowerCase());
	return { line: number, existing, next };
}

interface LineProblem {
	readonly line: number;
	readonly message: string;
}

function problemsIn({ number: line, cells }: Line): LineProblem[] {
	if (cells.length !== 2) {
		return [{ line, message: t('Line {0} must have 2 columns and has {1}.', line, cells.length) }];
	}
	if (line === 1 && !cells.some((cell) => cell.includes('@'))) {
		return [{ line, message: t('Line 1 looks like a heading; the list must begin with its first two addresses.') }];
	}
	const [existing = '', next = ''] = cells;
	if (isAddress(existing) && isAddress(next)) {
		return existing.toLowerCase() === next.toLowerCase()
			? [{ line, message: t('Line {0}: both addresses are the same.', line) }]
			: [];
	}
	const odd = [existing, next].filter((cell) => !isAddress(cell));
	return odd.map((cell) => ({
		line,
		message: cell
			? t('Line {0}: “{1}” is no e-mail address.', line, cell)
			: t('Line {0}: an address is missing.', line),
	}));
}

function isAddress(text: string): boolean {
	return /^[^\s@]+@[^\s@]+$/.test(text);
}

/** No two people can have one address, and nobody two new ones. */
function repeated(changes: readonly EmailChange[]): LineProblem[] {
	const sides = [({ existing }: EmailChange) => existing, ({ next }: EmailChange) => next];
	return sides.flatMap((side) =>
		[...Map.groupBy(changes, side)].flatMap(([address, [first, ...more]]) =>
			more.flatMap(({ line }) =>
				first && isAddress(address)
					? [{ line, message: t('Line {0}: “{1}” stands in line {2} already.', line, address, first.line) }]
					: [],
			),
		),
	);
}

function inWords(problems: readonly LineProblem[]): readonly string[] {
	const rest = problems.length - mostNamed;
	const named = problems.slice(0, mostNamed).map(({ message }) => message);
	return rest > 0 ? [...named, t('{0} more problems are not listed.', new Intl.NumberFormat().format(rest))] : named;
}

function wrong(field: string, messages: readonly string[]): InvalidInput {
	return new InvalidInput(messages.map((message) => ({ field, message })));
}
