import type { Credentials, Secrets } from '../../src/core/provider.ts';

/** One account's secrets as several windows share them, with the lock over all of them. */
export class SharedSecrets {
	stored: Secrets;
	/** Every state that was stored, oldest first. */
	readonly history: Secrets[] = [];
	#turn: Promise<unknown> = Promise.resolve();

	constructor(secrets: Secrets) {
		this.stored = secrets;
		this.history.push(secrets);
	}

	put(secrets: Secrets): void {
		this.stored = secrets;
		this.history.push(secrets);
	}

	/** What one window sees of it. `dead` and `broken` make that window's writes fail; the dead one reads nothing either. */
	window(state: { dead?: boolean; broken?: boolean } = {}): Credentials {
		const alive = (): void => {
			if (state.dead) {
				throw new Error('this window is gone');
			}
		};
		return {
			read: async () => {
				alive();
				return { ...this.stored };
			},
			replace: async (next) => {
				// Slow, as a system's own store may be.
				await ticks(3);
				alive();
				if (state.broken) {
					throw new Error('the store is locked');
				}
				this.put({ ...next });
			},
			exclusively: async (run, signal) => {
				const before = this.#turn;
				const { promise, resolve } = Promise.withResolvers<void>();
				this.#turn = before.then(() => promise);
				try {
					await before;
					signal.throwIfAborted();
					alive();
					return await run();
				} finally {
					resolve();
				}
			},
		};
	}
}

/** Lets others go first, so many times. */
export async function ticks(count: number): Promise<void> {
	for (let at = 0; at < count; at += 1) {
		await new Promise((resolve) => setImmediate(resolve));
	}
}
