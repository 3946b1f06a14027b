import { t } from '@vscode/l10n';
import type { Desk } from './desk.ts';
import { nextSorting } from './order.ts';
import { countText, numberText } from './words.ts';

/** What people do to rows: ticking, choosing, sorting. All of it is shown at once and told to the editor. */

/** Turns the tick of a row, or with `range` gives all from the one ticked last up to it the tick of that one. */
export function turn(desk: Desk, key: string, range: boolean): void {
	const { state } = desk;
	const from = state.position(state.anchor);
	const to = state.position(key);
	const anchor = state.at(from);
	if (!range || !anchor || anchor.key === key) return turnOne(desk, key);
	const between = state.shown.slice(Math.min(from, to), Math.max(from, to) + 1);
	tickAll(
		desk,
		between.map((row) => row.key),
		anchor.ticked,
	);
	state.anchor = key;
}

/** Gives the row the same tick as another one has. */
export function tickLike(desk: Desk, key: string, other: string): void {
	const row = desk.state.row(other);
	if (!row) return;
	set(desk, [key], row.ticked);
	desk.state.anchor = key;
	desk.say(row.ticked ? t('{0}: ticked.', nameOf(desk, key)) : t('{0}: not ticked.', nameOf(desk, key)));
}

/** Ticks or unticks what is shown, and nothing that the filter hides. */
export function tickShown(desk: Desk, ticked: boolean): void {
	tickAll(
		desk,
		desk.state.shown.map(({ key }) => key),
		ticked,
	);
}

/** Ticks what is shown where something of it is not, else unticks it. */
export function turnShown(desk: Desk): void {
	tickShown(
		desk,
		desk.state.shown.some(({ ticked }) => !ticked),
	);
}

export function choose(desk: Desk, key: string, value: string): void {
	const keys = desk.state.choose([key], value);
	if (keys.length > 0) desk.tell({ type: 'choose', keys, value });
	desk.draw();
}

/** Chooses the same for all rows that are ticked and shown and can have it. */
export function chooseForTicked(desk: Desk): void {
	const { state } = desk;
	const value = state.commonChoice;
	const ticked = state.shown.filter((row) => row.ticked);
	const able = ticked.filter(({ choice }) => choice?.choices.some((one) => one.value === value));
	const keys = state.choose(
		able.map(({ key }) => key),
		value,
	);
	if (keys.length > 0) desk.tell({ type: 'choose', keys, value });
	const others = ticked.length - able.length;
	const set = t('Set for {0} of {1} ticked rows.', numberText(able.length), numberText(ticked.length));
	desk.say(others > 0 ? `${set} ${t('The others do not offer it.')}` : set);
	desk.draw();
}

export function sortBy(desk: Desk, id: string, label: string): void {
	const { state } = desk;
	const sorting = nextSorting(state.sorting, id);
	state.arrange(state.filter, sorting);
	if (!sorting) desk.say(t('In the order in which it was gathered.'));
	else desk.say(sorting.descending ? t('Sorted by {0}, downwards.', label) : t('Sorted by {0}, upwards.', label));
	desk.draw();
}

function turnOne(desk: Desk, key: string): void {
	const row = desk.state.row(key);
	if (!row) return;
	set(desk, [key], !row.ticked);
	desk.state.anchor = key;
}

function tickAll(desk: Desk, keys: readonly string[], ticked: boolean): void {
	set(desk, keys, ticked);
	desk.say(countText(desk.state));
}

function set(desk: Desk, keys: readonly string[], ticked: boolean): void {
	const changed = desk.state.tick(keys, ticked);
	if (changed.length > 0) desk.tell({ type: 'tick', keys: changed, ticked });
	desk.draw();
}

function nameOf({ state }: Desk, key: string): string {
	return state.row(key)?.label ?? '';
}
