/** Milliseconds: what waits so long is a pause out of politeness, or one between two attempts. */
const pauses = { from: 200, to: 5000 };

/** Runs while pauses take no time worth waiting for; time-outs stay as they are. */
export async function hurried<T>(run: () => Promise<T>): Promise<T> {
	const real = globalThis.setTimeout;
	const short = (callback: () => void, milliseconds = 0, ...rest: unknown[]) =>
		real(callback, milliseconds >= pauses.from && milliseconds <= pauses.to ? 1 : milliseconds, ...rest);
	globalThis.setTimeout = Object.assign(short, real);
	try {
		return await run();
	} finally {
		globalThis.setTimeout = real;
	}
}
