import type { LaneView } from '../protocol.ts';

/** Where the keyboard is on the board, and where it goes from there. Pure. */

/** A card of a lane; or the lane itself: its head where `head` is set, else its list, which has no cards then. */
export interface Spot {
	readonly lane: string;
	readonly card?: string;
	readonly head?: boolean;
}

export interface Step {
	readonly lanes?: number;
	/** Cards down; Infinity for the last one. */
	readonly cards?: number;
}

/** The spot that many lanes and cards away, as far as the board goes. */
export function stepFrom(lanes: readonly LaneView[], spot: Spot, step: Step): Spot | undefined {
	const at = lanes.findIndex(({ id }) => id === spot.lane);
	const lane = lanes[clamp(at + (step.lanes ?? 0), lanes.length)];
	if (at < 0 || !lane) return undefined;
	const index = lanes[at]?.cards.findIndex(({ id }) => id === spot.card) ?? -1;
	if (step.lanes) return spot.head && lane.movable ? { lane: lane.id, head: true } : spotIn(lane, index);
	if (spot.head) return (step.cards ?? 0) > 0 ? spotIn(lane, 0) : spot;
	if (index <= 0 && (step.cards ?? 0) === -1 && lane.movable) return { lane: lane.id, head: true };
	return spotIn(lane, index + (step.cards ?? 0));
}

/** The card of a lane nearest to an index; the lane's list where it is empty. */
export function spotIn(lane: LaneView, index: number): Spot {
	const card = lane.cards[clamp(index, lane.cards.length)];
	return card ? { lane: lane.id, card: card.id } : { lane: lane.id };
}

/** The same card in lanes that have changed, wherever it is now; else what stands in its place. */
export function keptSpot(
	before: readonly LaneView[],
	now: readonly LaneView[],
	spot: Spot | undefined,
): Spot | undefined {
	const first = now[0];
	if (!first) return undefined;
	if (!spot) return spotIn(now.find(({ cards }) => cards.length > 0) ?? first, 0);
	const holder = spot.card ? laneOf(now, spot.card) : undefined;
	if (holder) return { lane: holder.id, card: spot.card };
	const lane = now.find(({ id }) => id === spot.lane);
	if (lane && spot.head && lane.movable) return spot;
	const old = before.find(({ id }) => id === spot.lane);
	const index = Math.max(0, old?.cards.findIndex(({ id }) => id === spot.card) ?? 0);
	return spotIn(lane ?? now[clamp(old ? before.indexOf(old) : 0, now.length)] ?? first, index);
}

export function laneOf(lanes: readonly LaneView[], card: string): LaneView | undefined {
	return lanes.find(({ cards }) => cards.some(({ id }) => id === card));
}

function clamp(index: number, length: number): number {
	return Math.max(0, Math.min(length - 1, index));
}
