import type { CardView, LaneView } from '../protocol.ts';

/** Sizes in pixels by which the board is laid out; every card of a board has the same. */
export interface Metrics {
	/** Height of a line of text. */
	readonly line: number;
	readonly card: number;
	/** From the top of a card to the top of the next. */
	readonly stride: number;
	readonly lane: number;
	/** From the left of a lane to the left of the next. */
	readonly laneStride: number;
	readonly shows: CardLines;
}

/** Which lines the cards of a board have besides their title. */
export interface CardLines {
	readonly top: boolean;
	readonly labels: boolean;
	readonly dates: boolean;
	readonly people: boolean;
}

const gap = 6;
const laneGap = 10;
const titleLines = 2;
/** A card's edges and the room inside them. */
const frame = 14;
const laneWidthInLines = 15;

export function metricsFor(line: number, lanes: readonly LaneView[]): Metrics {
	const shows = linesOf(lanes);
	const lines = titleLines + Object.values(shows).filter(Boolean).length;
	const card = lines * line + frame;
	const lane = laneWidthInLines * line;
	return { line, card, stride: card + gap, lane, laneStride: lane + laneGap, shows };
}

/** The height of a line in the page's font, by a text that is measured. */
export function lineHeightIn(probe: HTMLElement): number {
	return Math.ceil(probe.getBoundingClientRect().height) + 2;
}

function linesOf(lanes: readonly LaneView[]): CardLines {
	const some = (has: (card: CardView) => boolean) => lanes.some(({ cards }) => cards.some(has));
	return {
		top: some(({ key, status }) => Boolean(key || status)),
		labels: some(({ labels }) => Boolean(labels?.length)),
		dates: some(({ due, blocked }) => Boolean(due) || blocked !== undefined),
		people: some(({ assignees, progress, comments }) => Boolean(assignees || progress || comments)),
	};
}
