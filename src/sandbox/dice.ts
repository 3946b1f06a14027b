/** Random choices that come out the same for the same seed (mulberry32). */
export class Dice {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** At least 0 and below 1. */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	}

	below(limit: number): number {
		return Math.floor(this.next() * limit);
	}

	between(least: number, most: number): number {
		return least + this.below(most - least + 1);
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(from: readonly T[]): T {
		const one = from[this.below(from.length)];
		if (one === undefined) {
			throw new RangeError('nothing to pick from');
		}
		return one;
	}

	/** A day as `YYYY-MM-DD`, so many days from the world's today, which is fixed so that the world never changes. */
	day(from: number, to: number): string {
		return new Date(worldToday + this.between(from, to) * 86_400_000).toISOString().slice(0, 10);
	}
}

export const worldToday = Date.UTC(2026, 10, 16);

/** The element at an index, beginning again after the last one. */
export function around<T>(list: readonly T[], index: number): T {
	const one = list[index % list.length];
	if (one === undefined) {
		throw new RangeError('an empty list');
	}
	return one;
}
