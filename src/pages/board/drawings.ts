import type { LaneView } from '../protocol.ts';
import type { LaneDrawing } from './laneParts.ts';
import type { Metrics } from './metrics.ts';
import { gapOf } from './places.ts';
import type { BoardState } from './state.ts';
import type { Range } from './windowing.ts';

const none: ReadonlySet<string> = new Set();

/** What each lane is drawn from. Sets that do not concern a lane are left out of it, so that it need not be drawn anew. */
export function drawingsOf(state: BoardState, metrics: Metrics, near: Range): readonly LaneDrawing[] {
	const { spot, lifted, liftedLane, lanes } = state;
	return lanes.map((lane, at) => {
		const current = spot?.lane === lane.id;
		const has = (ids: ReadonlySet<string>) => (lane.cards.some(({ id }) => ids.has(id)) ? ids : none);
		return {
			lane,
			metrics,
			near: at >= near.first && at < near.end,
			current,
			selected: has(state.selection.ids),
			lifted: has(lifted?.ids ?? none),
			isLifted: liftedLane?.lane === lane.id,
			...(current && spot.card !== undefined && { card: spot.card }),
			...(current && spot.head && { head: true }),
			...(lifted?.place?.lane === lane.id && { gap: shownGap(lane, lifted.ids, lifted.place.index) }),
			...edgeOf(state, at),
		};
	});
}

function shownGap(lane: LaneView, lifted: ReadonlySet<string>, index: number): number | 'whole' {
	return lane.drop === 'into' ? 'whole' : gapOf(lane, lifted, index);
}

/** The side of a lane at which the lifted lane would come to stand. */
function edgeOf({ liftedLane, lanes }: BoardState, at: number): { readonly edge?: 'left' | 'right' } {
	if (liftedLane?.index === undefined) return {};
	const from = lanes.findIndex(({ id }) => id === liftedLane.lane);
	if (at !== liftedLane.index || at === from) return {};
	return { edge: liftedLane.index < from ? 'left' : 'right' };
}
