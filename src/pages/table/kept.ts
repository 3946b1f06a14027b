import type { Sorting } from './order.ts';

/** What the person sees again when the window is loaded anew. */
export interface Kept {
	readonly filter: string;
	readonly sorting?: Sorting;
	readonly top: number;
	readonly left: number;
	readonly spot?: Spot;
	readonly hadFocus: boolean;
	/** Which folded lists were opened, and which open ones closed. */
	readonly folds: Readonly<Record<string, boolean>>;
}

/** A cell that the keyboard is on; without a row it is a head. */
export interface Spot {
	readonly row?: string;
	readonly column: string;
}

/** What an earlier page has kept; an earlier version may have kept something else. */
export function keptOf(state: unknown): Kept {
	const kept = (typeof state === 'object' && state !== null ? state : {}) as Partial<Kept>;
	return {
		filter: typeof kept.filter === 'string' ? kept.filter : '',
		sorting: kept.sorting,
		top: kept.top ?? 0,
		left: kept.left ?? 0,
		spot: kept.spot,
		hadFocus: kept.hadFocus ?? false,
		folds: kept.folds ?? {},
	};
}
