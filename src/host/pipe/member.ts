import { randomUUID } from 'node:crypto';
import { Emitter } from '../../core/event.ts';
import { abortable } from '../../core/waiting.ts';
import { type Lock, LockTable } from './lockTable.ts';
import { RecentTexts, type Seen, type Text } from './recentTexts.ts';
import type { Wire } from './sealedLines.ts';

/**
 * What goes over a connection. The leader greets; the member gives it the texts that it lacks and only then says what it
 * holds: so no name that it left reaches the next window before the texts that belong to it.
 */
export type Note = Welcome | Text | Join | Want | Leave | Granted;

interface Welcome {
	readonly is: 'welcome';
	readonly id: string;
	readonly seen: Seen;
}

interface Join {
	readonly is: 'join';
	readonly id: string;
	readonly seen: Seen;
	readonly held: readonly Lock[];
	readonly waiting: readonly Lock[];
}

interface Want {
	readonly is: 'want';
	readonly lock: Lock;
}

interface Leave {
	readonly is: 'leave';
	readonly ticket: number;
}

interface Granted {
	readonly is: 'granted';
	readonly ticket: number;
}

interface Wanted {
	readonly lock: Lock;
	held: boolean;
	start(): void;
}

/** One window among the others: what it says and hears, holds and waits for, whoever leads. */
export class Member {
	readonly #id = randomUUID();
	readonly #texts = new RecentTexts(this.#id);
	readonly #received = new Emitter<string>();
	readonly onText = this.#received.event;
	/** By ticket. */
	readonly #wants = new Map<number, Wanted>();
	#tickets = 0;
	/** All connections, with the id of the other end; '' until it has joined. */
	readonly #wires = new Map<Wire, string>();
	#leader: Wire | undefined;
	/** Where this window grants: as the leader, or alone. */
	#table: LockTable | undefined;

	get holds(): boolean {
		return this.#locks(true).length > 0;
	}

	get grants(): boolean {
		return this.#table !== undefined;
	}

	send(text: string): void {
		// Whoever joins later gets it from the recent ones.
		this.#spread(this.#texts.make(text));
	}

	async exclusively<T>(name: string, run: () => Promise<T>, signal: AbortSignal): Promise<T> {
		signal.throwIfAborted();
		const { promise, resolve } = Promise.withResolvers<void>();
		const lock: Lock = { name, owner: this.#id, ticket: ++this.#tickets, pid: process.pid };
		this.#wants.set(lock.ticket, { lock, held: false, start: resolve });
		this.#ask({ is: 'want', lock });
		try {
			await abortable(promise, signal);
			return await run();
		} finally {
			this.#wants.delete(lock.ticket);
			this.#ask({ is: 'leave', ticket: lock.ticket });
		}
	}

	/** Decides from now on who has which name. See `LockTable`. */
	grant(inherited: readonly Lock[], record: (held: readonly Lock[]) => boolean): void {
		const granted = ({ owner, ticket }: Lock): void => {
			if (owner === this.#id) return this.#start(ticket);
			const [wire] = [...this.#wires].find(([, id]) => id === owner) ?? [];
			wire?.send({ is: 'granted', ticket } satisfies Note);
		};
		this.#table?.dispose();
		this.#table = new LockTable(inherited, { record, granted });
		this.#table.join(this.#id, this.#locks(true), this.#locks(false));
	}

	/** Leaves the decision to another. What this window holds it goes on holding. */
	resign(): void {
		this.#table?.dispose();
		this.#table = undefined;
	}

	/** As the leader, greets one who may become a member. */
	welcome(wire: Wire): void {
		this.#wires.set(wire, '');
		wire.send({ is: 'welcome', id: this.#id, seen: this.#texts.seen } satisfies Note);
	}

	hear(wire: Wire, note: Note): void {
		switch (note.is) {
			case 'text':
				return this.#pass(wire, note);
			case 'welcome':
				return this.#join(wire, note);
			case 'granted':
				return this.#start(note.ticket);
			case 'join':
				this.#exchange(wire, note.id, note.seen);
				return this.#table?.join(note.id, note.held, note.waiting);
			case 'want':
				return this.#table?.want(note.lock);
			case 'leave':
				return this.#table?.leave(this.#wires.get(wire) ?? '', note.ticket);
		}
	}

	/** A connection ended, and what its owner held is free. Returns whether it had joined. */
	lose(wire: Wire): boolean {
		const id = this.#wires.get(wire);
		this.#wires.delete(wire);
		if (id) this.#table?.leave(id);
		if (wire === this.#leader) this.#leader = undefined;
		return Boolean(id);
	}

	/** Ends all connections. Nobody loses what they hold by it. */
	hangUp(): void {
		const wires = [...this.#wires.keys()];
		this.#wires.clear();
		this.#leader = undefined;
		wires.forEach((wire) => wire.close());
	}

	dispose(): void {
		this.hangUp();
		this.resign();
	}

	/** Becomes a member of the one who greets. */
	#join(wire: Wire, { id, seen }: Welcome): void {
		this.resign();
		this.#leader = wire;
		this.#exchange(wire, id, seen);
		const [held, waiting] = [this.#locks(true), this.#locks(false)];
		wire.send({ is: 'join', id: this.#id, seen: this.#texts.seen, held, waiting } satisfies Note);
	}

	/** Gives the other end what it lacks; from now on it gets every text. */
	#exchange(wire: Wire, id: string, seen: Seen): void {
		this.#texts.missing(seen).forEach((text) => wire.send(text));
		this.#wires.set(wire, id);
	}

	#pass(wire: Wire, text: Text): void {
		if (this.#texts.take(text)) {
			this.#spread(text, wire);
			if (this.#texts.concerns(text)) this.#received.fire(text.text);
		}
	}

	#spread(text: Text, except?: Wire): void {
		for (const [wire, id] of this.#wires) {
			if (id && wire !== except) wire.send(text);
		}
	}

	#ask(note: Want | Leave): void {
		if (!this.#table) {
			// Without a leader too: the next one hears it from `#join`.
			this.#leader?.send(note);
		} else if (note.is === 'want') {
			this.#table.want(note.lock);
		} else {
			this.#table.leave(this.#id, note.ticket);
		}
	}

	#start(ticket: number): void {
		const wanted = this.#wants.get(ticket);
		if (wanted) {
			wanted.held = true;
			wanted.start();
		}
	}

	#locks(held: boolean): readonly Lock[] {
		return [...this.#wants.values()].filter((wanted) => wanted.held === held).map(({ lock }) => lock);
	}
}
