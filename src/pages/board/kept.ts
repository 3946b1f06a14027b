import type { Spot } from './roving.ts';

/** Where on a board the person was; outlives the page. */
export interface Kept {
	/** Pixels scrolled to the right. */
	readonly left: number;
	/** Pixels each lane was scrolled down. */
	readonly tops: Readonly<Record<string, number>>;
	readonly spot?: Spot;
	readonly hadFocus: boolean;
}

/** What an earlier page has kept; an earlier version may have kept something else. */
export function keptOf(state: unknown): Kept {
	const kept = (typeof state === 'object' && state !== null ? state : {}) as Partial<Kept>;
	return { left: kept.left ?? 0, tops: kept.tops ?? {}, spot: kept.spot, hadFocus: kept.hadFocus ?? false };
}
