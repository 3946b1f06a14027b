import { abortable } from './waiting.ts';

interface Wait<T> {
	readonly promise: Promise<T>;
	readonly abort: AbortController;
	waiting: number;
	settled: boolean;
}

/** Answers kept at the most, so that a walk through a large account does not fill the memory. */
const mostAnswers = 500;

/**
 * Answers that several askers share: one request in flight per key, its answer kept until `clear`. Each asker leaves by
 * its own signal; the request itself is given up when the last one has left. A failure is kept by nobody.
 */
export class Shared {
	readonly #answers = new Map<string, { value: unknown }>();
	readonly #waits = new Map<string, Wait<unknown>>();

	/** `key` must name the question and its type: two questions never share a key. */
	async get<T>(key: string, ask: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
		signal.throwIfAborted();
		const known = this.#answers.get(key);
		if (known) {
			return known.value as T;
		}
		const wait = (this.#waits.get(key) ?? this.#begin(key, ask)) as Wait<T>;
		wait.waiting += 1;
		try {
			return await abortable(wait.promise, signal);
		} finally {
			wait.waiting -= 1;
			if (wait.waiting === 0 && !wait.settled) {
				this.#giveUp(key, wait);
			}
		}
	}

	/** Forgets the answer to one question, as after a write that changed it. */
	delete(key: string): void {
		this.#answers.delete(key);
		this.#waits.delete(key);
	}

	/** Forgets every answer; requests in flight answer those who wait and are not kept. */
	clear(): void {
		this.#answers.clear();
		this.#waits.clear();
	}

	#begin<T>(key: string, ask: (signal: AbortSignal) => Promise<T>): Wait<T> {
		const abort = new AbortController();
		const wait: Wait<T> = { promise: ask(abort.signal), abort, waiting: 0, settled: false };
		this.#waits.set(key, wait);
		const settle = (): boolean => {
			wait.settled = true;
			return this.#drop(key, wait);
		};
		wait.promise.then(
			(value) => settle() && this.#keep(key, value),
			() => settle(),
		);
		return wait;
	}

	#keep(key: string, value: unknown): void {
		const [oldest] = this.#answers.keys();
		if (oldest !== undefined && this.#answers.size >= mostAnswers) {
			this.#answers.delete(oldest);
		}
		this.#answers.set(key, { value });
	}

	/** Whoever asks next must not join a request that was given up. */
	#giveUp(key: string, wait: Wait<unknown>): void {
		this.#drop(key, wait);
		wait.abort.abort();
	}

	#drop(key: string, wait: Wait<unknown>): boolean {
		return this.#waits.get(key) === wait && this.#waits.delete(key);
	}
}
