import type { Desk } from './desk.ts';
import type { Spot } from './roving.ts';
import { inOrder, stretched, toggled } from './selection.ts';

/** What the mouse does on the board, but for dragging. */
export class Pointing {
	readonly #desk: Desk;
	readonly #left: () => void;

	/** `left` is called when the keyboard goes from one thing on the board to another. */
	constructor(desk: Desk, left: () => void) {
		this.#desk = desk;
		this.#left = left;
	}

	/** The keyboard has come to something on the board, by whatever way. */
	readonly entered = ({ target }: Event): void => {
		const { state, draw } = this.#desk;
		const spot = spotOf(target);
		if (!spot) return this.#left();
		const isSame = spot.lane === state.spot?.lane && spot.card === state.spot.card && spot.head === state.spot.head;
		if (isSame) return;
		this.#left();
		state.spot = spot;
		draw();
	};

	/** The keyboard has left the board for something else of the page. */
	readonly exited = ({ currentTarget, relatedTarget }: FocusEvent): void => {
		if (relatedTarget instanceof Node && !(currentTarget as Node).contains(relatedTarget)) this.#left();
	};

	/** Right away, and not with the click: a drag that starts here takes what is selected. */
	readonly pressed = ({ target, button, ctrlKey, metaKey, shiftKey }: MouseEvent): void => {
		const spot = spotOf(target);
		if (button !== 0 || spot?.card === undefined) return;
		const { state, draw } = this.#desk;
		if (shiftKey) state.selection = stretched(state.lanes, state.selection, spot.card);
		else if (ctrlKey || metaKey) state.selection = toggled(state.selection, spot.card);
		else if (!state.selection.ids.has(spot.card)) state.goTo(spot);
		state.spot = spot;
		draw();
	};

	/** Of several selected cards, a click that became no drag leaves one. */
	readonly clicked = ({ target, ctrlKey, metaKey, shiftKey }: MouseEvent): void => {
		const spot = spotOf(target);
		if (spot?.card === undefined || ctrlKey || metaKey || shiftKey) return;
		this.#desk.state.goTo(spot);
		this.#desk.draw();
	};

	readonly opened = ({ target }: Event): void => {
		const card = spotOf(target)?.card;
		if (card !== undefined) this.#desk.tell({ type: 'open', card });
	};

	/** A menu is for what is selected; on another card, for that. */
	readonly asked = ({ target }: Event): void => {
		const { state, draw, tell } = this.#desk;
		const spot = spotOf(target);
		if (spot?.card === undefined) return;
		if (!state.selection.ids.has(spot.card)) {
			state.goTo(spot);
			draw();
		}
		tell({ type: 'menu', cards: inOrder(state.lanes, state.selection).map(({ id }) => id) });
	};
}

function spotOf(target: EventTarget | null): Spot | undefined {
	if (!(target instanceof Element)) return undefined;
	const lane = target.closest<HTMLElement>('[data-lane]')?.dataset['lane'];
	if (lane === undefined) return undefined;
	const card = target.closest<HTMLElement>('[data-card]')?.dataset['card'];
	if (card !== undefined) return { lane, card };
	if (target.closest('[data-head]')) return { lane, head: true };
	return target.matches('.list') ? { lane } : undefined;
}
