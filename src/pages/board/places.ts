import type { LaneView } from '../protocol.ts';

/** Where cards can go in a lane, while some of the board's cards are lifted. Pure. */

/** A place for cards: in a lane, before the card that has this index among those that stay. */
export interface Place {
	readonly lane: string;
	readonly index: number;
}

type Ids = ReadonlySet<string>;

/** The cards of a lane that are not lifted. */
export function staying(lane: LaneView, lifted: Ids): LaneView['cards'] {
	return lane.cards.filter(({ id }) => !lifted.has(id));
}

/** The indices that a lane takes cards at, in order; none where it takes no cards. */
export function indicesIn(lane: LaneView, lifted: Ids): readonly number[] {
	const count = staying(lane, lifted).length;
	const every = {
		any: () => Array.from({ length: count + 1 }, (_, index) => index),
		ends: () => (count === 0 ? [0] : [0, count]),
		into: () => [count],
	};
	return lane.drop ? every[lane.drop]() : [];
}

/** Of the places a lane offers, the one nearest to an index. */
export function nearest(lane: LaneView, lifted: Ids, wanted: number): Place | undefined {
	const [first, ...others] = indicesIn(lane, lifted);
	if (first === undefined) return undefined;
	const closer = (best: number, index: number) => (Math.abs(index - wanted) < Math.abs(best - wanted) ? index : best);
	return { lane: lane.id, index: others.reduce(closer, first) };
}

/** The place at a gap between the cards that are drawn: gap 0 is above the first. */
export function placeAtGap(lane: LaneView, lifted: Ids, gap: number): Place | undefined {
	return nearest(lane, lifted, lane.cards.slice(0, Math.max(0, gap)).filter(({ id }) => !lifted.has(id)).length);
}

/** The gap between drawn cards at which a place is shown. */
export function gapOf(lane: LaneView, lifted: Ids, index: number): number {
	const before = staying(lane, lifted)[index - 1];
	return before ? lane.cards.indexOf(before) + 1 : 0;
}

/** The card that dropped cards are to stand behind; undefined for first, and where a lane has no places. */
export function cardBefore(lane: LaneView, lifted: Ids, index: number): string | undefined {
	return lane.drop === 'into' ? undefined : staying(lane, lifted)[index - 1]?.id;
}

/** The lanes as they are when these cards stand at this place; their count is told by the editor. */
export function withMoved(lanes: readonly LaneView[], ids: readonly string[], place: Place): readonly LaneView[] {
	const moved = new Set(ids);
	const byId = new Map(lanes.flatMap(({ cards }) => cards.map((card) => [card.id, card] as const)));
	const cards = ids.flatMap((id) => byId.get(id) ?? []);
	return lanes.map((lane) => {
		const rest = staying(lane, moved);
		if (lane.id === place.lane) return { ...lane, cards: rest.toSpliced(place.index, 0, ...cards) };
		return rest.length === lane.cards.length ? lane : { ...lane, cards: rest };
	});
}

/** Whether a drop there would leave every card where it is. */
export function changesNothing(lanes: readonly LaneView[], ids: readonly string[], place: Place): boolean {
	const target = lanes.find(({ id }) => id === place.lane);
	if (!target) return true;
	const here = new Set(target.cards.map(({ id }) => id));
	if (!ids.every((id) => here.has(id))) return false;
	if (target.drop === 'into') return true;
	const [after] = withMoved([target], ids, place);
	return after?.cards.every(({ id }, at) => id === target.cards[at]?.id) ?? true;
}
