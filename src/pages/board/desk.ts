import type { FromBoardPage } from '../protocol.ts';
import type { BoardState } from './state.ts';

/** What the parts of the board share. */
export interface Desk {
	readonly state: BoardState;
	readonly tell: (message: FromBoardPage) => void;
	/** Has it read out. */
	readonly say: (text: string) => void;
	/** Draws what has changed; with `focus`, the keyboard goes to the spot of the state and that is scrolled into view. */
	readonly draw: (focus?: 'focus') => void;
	/** Scrolls so that the place where something is lifted to is seen. */
	readonly showPlace: () => void;
	/** How many cards the lane with the keyboard shows at once. */
	readonly cardsSeen: number;
	/** Shows or hides what the keys do. */
	readonly toggleKeys: () => void;
}
