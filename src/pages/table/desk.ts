import type { FromTablePage } from '../tableProtocol.ts';
import type { TableState } from './tableState.ts';

/** What the parts of the page share. */
export interface Desk {
	readonly state: TableState;
	tell(message: FromTablePage): void;
	/** Has it read out. */
	say(text: string): void;
	/** Draws anew, and with `focus` goes to the cell that the keyboard is on. */
	draw(focus?: 'focus'): void;
	/** How many rows are seen at once. */
	readonly rowsSeen: number;
}
