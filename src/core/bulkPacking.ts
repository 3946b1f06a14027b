import type { BulkRow } from './bulk.ts';
import type { Choice } from './model.ts';

/** The rows of a job in the form in which they are written down. */

export type BulkState = 'waiting' | 'running' | 'done' | 'failed' | 'skipped' | 'unknown';

/** A row of a job, as it stands. */
export interface SheetRow {
	/** With the choice as the person made it. */
	readonly row: BulkRow;
	readonly ticked: boolean;
	/** Absent until the job begins, and for good where the row was not ticked then. */
	readonly state?: BulkState;
	/** What was done, or why it was not. */
	readonly detail?: string;
}

/** A row as it was gathered. */
export function newRow(row: BulkRow): SheetRow {
	return { row, ticked: !row.isOff };
}

export type Counts = Readonly<Record<BulkState, number>> & {
	/** Rows that take part. */
	readonly total: number;
};

export function countsOf(rows: readonly SheetRow[]): Counts {
	const counts = { waiting: 0, running: 0, done: 0, failed: 0, skipped: 0, unknown: 0, total: 0 };
	for (const { state } of rows) {
		if (state) {
			counts[state] += 1;
			counts.total += 1;
		}
	}
	return counts;
}

/** What of the rows never changes. Hundreds of rows may offer the same hundreds of choices: each is written once. */
export interface PackedRows {
	readonly choices: readonly Choice[];
	/** Places in `choices`. */
	readonly lists: readonly (readonly number[])[];
	readonly rows: readonly PackedRow[];
}

interface PackedRow extends Omit<BulkRow, 'choice'> {
	readonly choice?: { readonly label: string; readonly list: number };
}

/** What of a row changes; written often, so its names are short. */
export interface PackedStanding {
	readonly state?: BulkState;
	readonly detail?: string;
	readonly off?: true;
	readonly choice?: string;
}

/** Signs of a detail that are kept. */
const longestDetail = 400;

export function packRows(rows: readonly SheetRow[]): PackedRows {
	const choices = new Pool<Choice>();
	const lists = new Pool<readonly number[]>();
	const packed = rows.map(({ row: { choice, ...row } }): PackedRow => {
		if (!choice) {
			return row;
		}
		const list = choice.choices.map((one) => choices.place(one));
		return { ...row, choice: { label: choice.label, list: lists.place(list) } };
	});
	return { choices: choices.all, lists: lists.all, rows: packed };
}

export function packStanding({ row, ticked, state, detail }: SheetRow): PackedStanding {
	return {
		...(state && { state }),
		...(detail !== undefined && { detail: detail.slice(0, longestDetail) }),
		...(!ticked && { off: true }),
		...(row.choice && { choice: row.choice.value }),
	};
}

/** The rows as they were; both lists in the same order. */
export function unpackRows({ choices, lists, rows }: PackedRows, standing: readonly PackedStanding[]): SheetRow[] {
	const whole = lists.map((list) => list.flatMap((at) => choices[at] ?? []));
	return rows.map(({ choice, ...row }, index) => {
		const { state, detail, off, choice: value = '' } = standing[index] ?? {};
		return {
			row: choice ? { ...row, choice: { label: choice.label, choices: whole[choice.list] ?? [], value } } : row,
			ticked: !off,
			state,
			detail,
		};
	});
}

/** Things, each once, found again by what they say. */
class Pool<T> {
	readonly #places = new Map<string, number>();
	readonly all: T[] = [];

	place(thing: T): number {
		const key = JSON.stringify(thing);
		const known = this.#places.get(key);
		if (known !== undefined) {
			return known;
		}
		this.#places.set(key, this.all.length);
		return this.all.push(thing) - 1;
	}
}
