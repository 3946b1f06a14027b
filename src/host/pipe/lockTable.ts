/** That a window wants a name to itself, or has it. */
export interface Lock {
	readonly name: string;
	readonly owner: string;
	/** Tells apart what one owner asked for. */
	readonly ticket: number;
	/** The owner's process. */
	readonly pid: number;
}

export interface Surroundings {
	/** Keeps what is held now, before anyone hears of it. False where this table is no longer the one that counts. */
	record(held: readonly Lock[]): boolean;
	granted(lock: Lock): void;
}

/** Milliseconds for which a holder that lives may stay away after its leader was lost. */
const absence = 10_000;
const checkEvery = 100;

/** Who has which name, and who waits for it. Grants in the order of asking. */
export class LockTable {
	readonly #around: Surroundings;
	#held: readonly Lock[];
	#waiting: readonly Lock[] = [];
	#recorded = '';
	/** Owners of inherited locks who have not come yet. */
	readonly #absent: Set<string>;
	readonly #patientUntil = Date.now() + absence;
	readonly #clock: NodeJS.Timeout | undefined;

	/**
	 * `inherited` is what the last leader had granted. Each owner keeps that until it comes and says itself what it still
	 * holds, or its process ends. A fixed wait would not be safe: a busy machine can keep a window from coming for seconds.
	 */
	constructor(inherited: readonly Lock[], around: Surroundings) {
		this.#around = around;
		this.#held = inherited.filter(({ pid }) => isAlive(pid));
		this.#absent = new Set(this.#held.map(({ owner }) => owner));
		this.#clock = this.#absent.size > 0 ? setInterval(() => this.#dropLost(), checkEvery).unref() : undefined;
	}

	/** What an owner holds and wants by its own word; whatever was known of it before is forgotten. */
	join(owner: string, held: readonly Lock[], waiting: readonly Lock[]): void {
		this.#absent.delete(owner);
		this.#held = [...this.#held.filter((lock) => lock.owner !== owner), ...held];
		this.#waiting = [...this.#waiting.filter((lock) => lock.owner !== owner), ...waiting];
		this.#settle();
	}

	want(lock: Lock): void {
		this.#waiting = [...this.#waiting, lock];
		this.#settle();
	}

	/** Gives one lock up, or all of the owner's, whether held or waited for. */
	leave(owner: string, ticket?: number): void {
		const stays = (lock: Lock): boolean => lock.owner !== owner || (ticket !== undefined && lock.ticket !== ticket);
		this.#held = this.#held.filter(stays);
		this.#waiting = this.#waiting.filter(stays);
		this.#settle();
	}

	dispose(): void {
		clearInterval(this.#clock);
	}

	#dropLost(): void {
		const late = Date.now() > this.#patientUntil;
		const lost = this.#held.filter(({ owner, pid }) => this.#absent.has(owner) && (late || !isAlive(pid)));
		lost.forEach(({ owner }) => {
			this.#absent.delete(owner);
			this.leave(owner);
		});
		if (this.#absent.size === 0) clearInterval(this.#clock);
	}

	#settle(): void {
		const taken = new Set(this.#held.map(({ name }) => name));
		const granted = this.#waiting.filter(({ name }) => !taken.has(name) && taken.add(name));
		this.#waiting = this.#waiting.filter((lock) => !granted.includes(lock));
		this.#held = [...this.#held, ...granted];
		const now = JSON.stringify(this.#held);
		if (now !== this.#recorded && this.#around.record(this.#held)) {
			this.#recorded = now;
			granted.forEach((lock) => this.#around.granted(lock));
		}
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
