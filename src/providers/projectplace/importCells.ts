import { t } from '@vscode/l10n';
import { type Cell, dayOfCell } from '../../core/sheet.ts';
import type { Header, ImportRow } from './importSheet.ts';

/** Something that a cell can name by its id or by what people call it. */
export interface Nameable {
	readonly id: string;
	readonly name: string;
	/** Another name, such as an e-mail address. */
	readonly also?: string;
}

const checklistSign = '##';

/** The one thing that a text names, or why there is none. An id goes before a name, and a name as written before others. */
export function named(
	text: string,
	among: readonly Nameable[],
	what: string,
):
	| { readonly found: Nameable; readonly problem?: undefined }
	| { readonly found?: undefined; readonly problem: string } {
	const folded = fold(text);
	const ways: ((one: Nameable) => boolean)[] = [
		({ id }) => id === text,
		({ name }) => name === text,
		({ name, also = '' }) => fold(name) === folded || fold(also) === folded,
	];
	const found = ways.map((is) => among.filter(is)).find(({ length }) => length > 0) ?? [];
	const [first] = found;
	if (first && found.length === 1) {
		return { found: first };
	}
	return {
		problem: first
			? t(
					'{0} “{1}” is not the only one of this name; write the id: {2}.',
					what,
					text,
					found.map(({ id }) => id).join(', '),
				)
			: t('{0} “{1}” is not there.', what, text),
	};
}

function fold(text: string): string {
	return text.normalize('NFC').trim().toLowerCase();
}

export function textIn(cell: Cell): string {
	return cell instanceof Date ? (dayOfCell(cell, {}) ?? '') : cell === undefined ? '' : String(cell).trim();
}

/** The cells of one row, and what is wrong with those that were looked at. */
export class Reading {
	readonly problems: string[] = [];
	readonly #row: ImportRow;
	readonly #from1904: boolean;

	constructor(row: ImportRow, from1904: boolean) {
		this.#row = row;
		this.#from1904 = from1904;
	}

	title(): string {
		const title = this.text('title');
		if (title === undefined) {
			this.#wrong(t('There is no title.'));
		}
		return title ?? '';
	}

	text(header: Header): string | undefined {
		return textIn(this.#row.cells[header]) || undefined;
	}

	one(header: Header, among: readonly Nameable[], what: string): Nameable | undefined {
		const text = this.text(header);
		return text === undefined ? undefined : this.#named(text, among, what);
	}

	people(among: readonly Nameable[]): readonly Nameable[] {
		const texts = separated(this.text('co-assignees') ?? '', among);
		const all = texts.flatMap((text) => this.#named(text, among, t('The co-assignee')) ?? []);
		return [...new Set(all)];
	}

	number(header: Header, what: string): number | undefined {
		const text = this.text(header);
		const value = text === undefined ? undefined : numberIn(text);
		if (text !== undefined && value === undefined) {
			this.#wrong(t('{0} “{1}” is no number.', what, text));
		}
		return value;
	}

	checklist(): readonly string[] {
		return itemsIn(this.text('checklist') ?? '');
	}

	day(): string | undefined {
		const cell = this.#row.cells['due date'];
		const day = dayOfCell(cell, { from1904: this.#from1904 });
		if (cell !== undefined && day === undefined) {
			this.#wrong(t('The due date “{0}” is no date such as 2026-03-31.', textIn(cell)));
		}
		return day;
	}

	#named(text: string, among: readonly Nameable[], what: string): Nameable | undefined {
		const { found, problem } = named(text, among, what);
		if (problem !== undefined) {
			this.#wrong(problem);
		}
		return found;
	}

	#wrong(problem: string): void {
		this.problems.push(t('Line {0}: {1}', this.#row.line, problem));
	}
}

/** People write decimals with a point or with a comma. */
function numberIn(text: string): number | undefined {
	const typed = text.replace(',', '.');
	return /^\d+(\.\d+)?$/.test(typed) ? Number(typed) : undefined;
}

function itemsIn(text: string): readonly string[] {
	return text
		.split(checklistSign)
		.map((item) => item.trim())
		.filter((item) => item !== '');
}

/** A comma may stand within a name. */
function separated(text: string, people: readonly Nameable[]): readonly string[] {
	const isOne = (part: string) => named(part.trim(), people, '').found !== undefined;
	const parts = text.split(/;|\n|##/).flatMap((part) => (isOne(part) ? part : part.split(',')));
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}
