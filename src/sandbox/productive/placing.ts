import type { Input } from './input.ts';
import { asText, type Row } from './kinds.ts';
import { own } from './projects.ts';
import { blank, demandNone, isBlank, wrong } from './replies.ts';
import type { Store } from './store.ts';

const step = 10_000;

export interface Next {
	readonly row: Row;
	readonly before: boolean;
}

/** The one thing that something is to stand beside, which must be in the same place. */
export function demandPlace(store: Store, table: string, row: Row, input: Input, within: string): Next {
	const { move_before_id, move_after_id } = input;
	const before = !isBlank(move_before_id);
	const next = own(store, table, before ? move_before_id : move_after_id, row.organization_id ?? 0);
	const name = before ? 'move_before_id' : 'move_after_id';
	const both = before && !isBlank(move_after_id);
	demandNone([
		name,
		isBlank(input[name]) ? blank : wrong,
		both || !next || next === row || next[within] !== row[within],
	]);
	return { row: next as Row, before };
}

/** Puts a row midway between its new neighbours; where there is no room, all get new places. */
export function place(row: Row, { row: next, before }: Next, others: readonly Row[], field: string): void {
	const sorted = others.toSorted((a, b) => Number(a[field] ?? Infinity) - Number(b[field] ?? Infinity) || a.id - b.id);
	const at = sorted.indexOf(next) + (before ? 0 : 1);
	const low = at === 0 ? 0 : Number(sorted[at - 1]?.[field] ?? 0);
	const high = Number(sorted[at]?.[field] ?? low + 2 * step);
	const middle = Math.floor((low + high) / 2);
	if (middle > low && middle < high) {
		row[field] = middle;
	} else {
		sorted.toSpliced(at, 0, row).forEach((one, index) => (one[field] = (index + 1) * step));
	}
}

export function placeLast(row: Row, others: readonly Row[], field: string): void {
	row[field] = step + Math.max(0, ...others.map((one) => Number(asText(one[field] ?? 0))));
}
