import { retryTime } from '../../http/failures.ts';
import type { Window } from '../../http/limits.ts';
import { type Announced, announcedBy } from './unverified.ts';

/** https://developer.productive.io/guides/rate-limits: the first for each token, the second for the whole organization. */
export const windows = {
	token: { requests: 100, milliseconds: 10_000 },
	organization: { requests: 4_000, milliseconds: 1_800_000 },
} as const satisfies Readonly<Record<string, Window>>;

/** What a session has sent, counted here: Productive speaks of its limits only once one is used up. */
export class Usage {
	/** When requests were sent, the oldest first, as far back as the longest window reaches. */
	#sent: number[] = [];
	#announced: Announced | undefined;
	#until: Date | undefined;

	/** The same fetch, counted. */
	counted(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
		return async (input, init) => {
			const now = Date.now();
			this.#sent = [...this.#within(windows.organization, now), now];
			const response = await fetch(input, init);
			this.#announced = announcedBy(response.headers);
			this.#until = response.status === 429 ? retryTime(response) : undefined;
			return response;
		};
	}

	left(window: Window): number {
		return Math.max(0, window.requests - this.#within(window, Date.now()).length);
	}

	/** What the last answer itself said of its limit. */
	get announced(): Announced | undefined {
		return this.#announced;
	}

	/** Until when the last answer said that nothing more is taken; undefined where that is over. */
	get stoppedUntil(): Date | undefined {
		return this.#until && this.#until.getTime() > Date.now() ? this.#until : undefined;
	}

	#within({ milliseconds }: Window, now: number): number[] {
		const from = this.#sent.findIndex((at) => at > now - milliseconds);
		return from === -1 ? [] : this.#sent.slice(from);
	}
}
