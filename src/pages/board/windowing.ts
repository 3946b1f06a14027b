/** Which of many things of one size have to be drawn. Pure. */

/** From `first` up to, but without, `end`. */
export interface Range {
	readonly first: number;
	readonly end: number;
}

/** What is seen of `count` things, each `stride` pixels after the one before, and `spare` more on both sides. */
export function rangeSeen(
	count: number,
	stride: number,
	seen: { readonly from: number; readonly size: number },
	spare: number,
): Range {
	const first = Math.max(0, Math.min(count - 1, Math.floor(seen.from / stride)) - spare);
	const end = Math.min(count, Math.ceil((seen.from + seen.size) / stride) + spare);
	return { first, end: Math.max(first, end) };
}

/** How far a list must be scrolled so that a stretch of it is seen; as it is where it is seen already. */
export function scrolledTo(
	stretch: { readonly from: number; readonly size: number },
	top: number,
	size: number,
): number {
	if (stretch.from < top) return stretch.from;
	return Math.max(top, Math.min(stretch.from, stretch.from + stretch.size - size));
}
