import { t } from '@vscode/l10n';
import { TooManyRequests } from '../../core/errors.ts';
import { budgetDay, nextBudgetDay, budget as whole } from './unverified.ts';

interface Share {
	readonly left: number;
	readonly of: number;
}

/**
 * How much of the day's requests and bytes this session has used. Beebole stops a user who goes beyond, and says neither
 * how much is left nor when it goes on, so we count and stop first.
 */
export class Budget {
	#account: string;
	#day = '';
	#requests = 0;
	#bytes = 0;
	#stoppedUntil = 0;

	constructor(account: string) {
		this.#account = account;
	}

	/** The budget of one person at one server, which an account that is opened anew, as after a change of its name, goes on using. */
	static of(server: string, identity: string, account: string): Budget {
		const key = `${server} ${identity}`;
		const budget = budgets.get(key) ?? new Budget(account);
		budget.#account = account;
		budgets.set(key, budget);
		return budget;
	}

	/** The same fetch, counted, and refused where nothing is left. */
	counted(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
		return async (input, init) => {
			this.#refuseBeyond(Date.now());
			const request = new Request(input, init);
			const sent = await request.clone().arrayBuffer();
			this.#requests += 1;
			this.#bytes += sent.byteLength;
			const { status, statusText, headers, body } = await fetch(request);
			const received = body && (await new Response(body).arrayBuffer());
			this.#bytes += received?.byteLength ?? 0;
			if (status === 429 && !headers.has('retry-after')) {
				this.stop();
			}
			return new Response(received, { status, statusText, headers });
		};
	}

	/** Beebole itself said that the day's budget is used up. */
	stop(): Date {
		const until = nextBudgetDay(Date.now());
		this.#stoppedUntil = until.getTime();
		return until;
	}

	/** Lets the next request ask Beebole again, as after the person refreshed. */
	resume(): void {
		this.#stoppedUntil = 0;
	}

	used(): { readonly requests: number; readonly bytes: number } {
		this.#turnDay(Date.now());
		return { requests: this.#requests, bytes: this.#bytes };
	}

	/** What is left of the day, and when the next one begins. */
	left(): {
		readonly requests: Share;
		readonly bytes: Share;
		readonly until: Date;
		/** Whether Beebole itself said that nothing is left. */
		readonly stopped: boolean;
	} {
		const now = Date.now();
		const { requests, bytes } = this.used();
		return {
			requests: { left: Math.max(0, whole.requests - requests), of: whole.requests },
			bytes: { left: Math.max(0, whole.bytes - bytes), of: whole.bytes },
			until: nextBudgetDay(now),
			stopped: now < this.#stoppedUntil,
		};
	}

	#refuseBeyond(now: number): void {
		this.#turnDay(now);
		if (now < this.#stoppedUntil || this.#requests >= whole.requests || this.#bytes >= whole.bytes) {
			throw new TooManyRequests(
				t('Beebole takes no more requests from {0} today. Its daily limit begins anew tomorrow.', this.#account),
				nextBudgetDay(now),
			);
		}
	}

	#turnDay(now: number): void {
		const day = budgetDay(now);
		if (day !== this.#day) {
			this.#day = day;
			this.#requests = 0;
			this.#bytes = 0;
		}
	}
}

const budgets = new Map<string, Budget>();
