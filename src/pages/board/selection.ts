import type { LaneView } from '../protocol.ts';
import { laneOf } from './roving.ts';

/** The cards that commands and drags are for. `anchor` is where a stretch of them starts. */
export interface Selection {
	readonly ids: ReadonlySet<string>;
	readonly anchor?: string;
}

export const nothingSelected: Selection = { ids: new Set() };

export function only(id: string): Selection {
	return { ids: new Set([id]), anchor: id };
}

export function toggled({ ids }: Selection, id: string): Selection {
	const next = new Set(ids);
	if (!next.delete(id)) next.add(id);
	return { ids: next, anchor: id };
}

/** Everything between the anchor and a card of the same lane; the card alone where the anchor is elsewhere. */
export function stretched(lanes: readonly LaneView[], { anchor }: Selection, id: string): Selection {
	const cards = laneOf(lanes, id)?.cards ?? [];
	const [from, to] = [anchor, id].map((each) => cards.findIndex((card) => card.id === each));
	if (from === undefined || to === undefined || from < 0 || anchor === undefined) return only(id);
	const part = cards.slice(Math.min(from, to), Math.max(from, to) + 1);
	return { ids: new Set(part.map((card) => card.id)), anchor };
}

/** Of a selection, what is still there. */
export function keptSelection(lanes: readonly LaneView[], { ids, anchor }: Selection): Selection {
	const here = new Set(lanes.flatMap(({ cards }) => cards.map(({ id }) => id)));
	const left = new Set([...ids].filter((id) => here.has(id)));
	return { ids: left, ...(anchor !== undefined && here.has(anchor) && { anchor }) };
}

/** The selected cards as they stand on the board, lane after lane. */
export function inOrder(lanes: readonly LaneView[], { ids }: Selection): readonly LaneView['cards'][number][] {
	return lanes.flatMap(({ cards }) => cards.filter(({ id }) => ids.has(id)));
}
