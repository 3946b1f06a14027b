import type { Desk } from './desk.ts';
import type { Spot } from './kept.ts';
import { tickLike, tickShown, turn } from './ticking.ts';

/** Does what a key means in the table; true where it means something. */
export function pressed(desk: Desk, spot: Spot, event: KeyboardEvent): boolean {
	if (event.target instanceof HTMLSelectElement) return inChoice(desk, event);
	if (event.altKey) return false;
	const isMain = event.ctrlKey || event.metaKey;
	if (isMain && event.key.toLowerCase() === 'a') return tickEverything(desk);
	if (event.key === ' ') return space(desk, spot, event);
	if ((event.key === 'Enter' || event.key === 'F2') && spot.column === 'choice') return enterChoice(event);
	return move(desk, spot, event, isMain);
}

/** Arrows and letters are the choice's own; Escape and Enter go back to the cell. */
function inChoice(desk: Desk, { key, ctrlKey, altKey }: KeyboardEvent): boolean {
	if ((key !== 'Escape' && key !== 'Enter') || ctrlKey || altKey) return false;
	desk.draw('focus');
	return true;
}

function tickEverything(desk: Desk): boolean {
	if (desk.state.canTick) tickShown(desk, true);
	return desk.state.canTick;
}

/** In the head, Space is the box's or the button's own. */
function space(desk: Desk, { row }: Spot, { shiftKey, repeat }: KeyboardEvent): boolean {
	if (row === undefined) return false;
	if (desk.state.canTick && !repeat) turn(desk, row, shiftKey);
	return true;
}

function enterChoice({ target }: KeyboardEvent): boolean {
	const select = target instanceof Element ? target.querySelector('select') : null;
	select?.focus();
	return select !== null;
}

function move(desk: Desk, spot: Spot, event: KeyboardEvent, isMain: boolean): boolean {
	const next = target(desk, spot, event.key, isMain);
	if (!next) return false;
	const { state } = desk;
	state.spot = next;
	const isStep = event.key === 'ArrowDown' || event.key === 'ArrowUp';
	const carries = event.shiftKey && isStep && state.canTick;
	if (carries && next.row !== undefined && spot.row !== undefined && next.row !== spot.row) {
		tickLike(desk, next.row, spot.row);
	}
	desk.draw('focus');
	return true;
}

/** Where a key leads to; the head is the place before the first row. */
function target({ state, rowsSeen }: Desk, { row, column }: Spot, key: string, isMain: boolean): Spot | undefined {
	const place = state.position(row);
	const at = state.columns.findIndex(({ id }) => id === column);
	const inRow = (next: number): Spot => ({ row, column: state.columns[next]?.id ?? column });
	const inColumn = (next: number): Spot => ({
		row: state.at(Math.max(-1, Math.min(next, state.count - 1)))?.key,
		column,
	});
	const last = state.columns.length - 1;
	const keys: Readonly<Record<string, () => Spot>> = {
		ArrowDown: () => inColumn(place + 1),
		ArrowUp: () => inColumn(place - 1),
		PageDown: () => inColumn(place + rowsSeen),
		PageUp: () => inColumn(place < 0 ? place : Math.max(0, place - rowsSeen)),
		ArrowLeft: () => inRow(Math.max(0, at - 1)),
		ArrowRight: () => inRow(Math.min(last, at + 1)),
		Home: () => (isMain ? { ...inColumn(0), column: state.columns[0]?.id ?? column } : inRow(0)),
		End: () => (isMain ? { ...inColumn(state.count - 1), column: state.columns[last]?.id ?? column } : inRow(last)),
	};
	return keys[key]?.();
}
