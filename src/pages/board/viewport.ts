import type { Kept } from './kept.ts';
import type { LaneElement } from './laneElement.ts';
import type { Metrics } from './metrics.ts';
import { gapOf } from './places.ts';
import type { BoardState } from './state.ts';
import { type Range, rangeSeen, scrolledTo } from './windowing.ts';

const spareLanes = 3;

/** What of the board is seen, and how something comes to be seen. */
export class Viewport {
	readonly #board: HTMLElement;
	readonly #state: BoardState;
	#left = 0;
	#width = window.innerWidth;

	constructor(board: HTMLElement, state: BoardState) {
		this.#board = board;
		this.#state = state;
	}

	/** The element that scrolls sideways. */
	get scroller(): HTMLElement | null {
		return this.#board.querySelector('.lanes');
	}

	get laneElements(): readonly LaneElement[] {
		return [...this.#board.querySelectorAll<LaneElement>('boardwalk-lane')];
	}

	laneElement(id: string | undefined): LaneElement | undefined {
		return this.laneElements.find((lane) => lane.dataset['lane'] === id);
	}

	/** The lanes that are seen or nearly so. */
	near({ laneStride }: Metrics): Range {
		return rangeSeen(this.#state.lanes.length, laneStride, { from: this.#left, size: this.#width }, spareLanes);
	}

	/** Looks how far the board is scrolled; true where other lanes are seen than before. */
	look(metrics: Metrics): boolean {
		const before = this.near(metrics);
		this.#left = this.scroller?.scrollLeft ?? 0;
		this.#width = window.innerWidth;
		const { first, end } = this.near(metrics);
		return first !== before.first || end !== before.end;
	}

	revealLane(index: number, { laneStride }: Metrics): void {
		const { scroller } = this;
		if (!scroller || index < 0) return;
		const stretch = { from: index * laneStride, size: laneStride };
		const left = scrolledTo(stretch, scroller.scrollLeft, scroller.clientWidth);
		if (left !== scroller.scrollLeft) scroller.scrollLeft = left;
	}

	/** Scrolls to the card, list or head that the keyboard is to be on. */
	revealSpot(metrics: Metrics): void {
		const { spot, lanes } = this.#state;
		const lane = this.#state.lane(spot?.lane);
		if (!lane) return;
		this.revealLane(lanes.indexOf(lane), metrics);
		const index = lane.cards.findIndex(({ id }) => id === spot?.card);
		if (index >= 0) this.laneElement(lane.id)?.reveal(index);
	}

	/** Scrolls to the place where something is lifted to. */
	revealPlace(metrics: Metrics): void {
		const { lifted, liftedLane, lanes } = this.#state;
		if (liftedLane?.index !== undefined) this.revealLane(liftedLane.index, metrics);
		const lane = this.#state.lane(lifted?.place?.lane);
		if (!lane || !lifted?.place) return;
		this.revealLane(lanes.indexOf(lane), metrics);
		const gap = gapOf(lane, lifted.ids, lifted.place.index);
		this.laneElement(lane.id)?.reveal(Math.max(0, gap - 1), metrics.line);
	}

	/** Moves the keyboard there. */
	focusSpot(): void {
		const { spot } = this.#state;
		if (!spot) return;
		const selector = spot.head ? '[data-head]' : spot.card === undefined ? '.list' : '.card[tabindex="0"]';
		this.laneElement(spot.lane)?.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
	}

	restore({ left, tops }: Kept): void {
		for (const lane of this.laneElements) {
			const top = tops[lane.dataset['lane'] ?? ''];
			if (top) lane.scrollToTop(top);
		}
		if (left && this.scroller) this.scroller.scrollLeft = left;
	}

	get kept(): Kept {
		const tops = Object.fromEntries(this.laneElements.map((lane) => [lane.dataset['lane'] ?? '', lane.top]));
		const hadFocus = this.scroller?.contains(document.activeElement) ?? false;
		return { left: this.#left, tops, spot: this.#state.spot, hadFocus };
	}
}

/** Whether something is a card, a list or the head of a lane, and not one of the buttons there. */
export function isSpot(target: unknown): boolean {
	return target instanceof Element && target.matches('[data-card], .list, [data-head]');
}
