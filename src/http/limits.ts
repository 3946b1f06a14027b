import PQueue from 'p-queue';
import type { Limit } from './request.ts';

/** A vendor's limit: so many requests within so many milliseconds, in any window of that length. */
export interface Window {
	readonly requests: number;
	readonly milliseconds: number;
}

/**
 * Makes requests wait for their turn: at most `atOnce` under way, and no window exceeded. Each account has its own, so
 * that one that waits never holds up another.
 */
export function limited(atOnce: number, ...windows: readonly Window[]): Limit {
	const queues = [
		new PQueue({ concurrency: atOnce }),
		...windows.map(
			({ requests, milliseconds }) => new PQueue({ interval: milliseconds, intervalCap: requests, strict: true }),
		),
	];
	return (run, signal) =>
		queues.reduceRight<() => Promise<unknown>>((next, queue) => () => queue.add(next, { signal }), run)() as ReturnType<
			typeof run
		>;
}
