/** A text on its way between windows. */
export interface Text {
	readonly is: 'text';
	/** The link that sent it, and how many it had sent before, so that one that arrives on two ways counts once. */
	readonly from: string;
	readonly place: number;
	/** Milliseconds since the epoch. */
	readonly at: number;
	readonly text: string;
}

/** How many texts of each link arrived. */
export type Seen = Readonly<Record<string, number>>;

/** Milliseconds for which a text may still be missing somewhere; losing a leader costs far less. */
const retention = 10_000;

/**
 * What was said lately. When the leader is lost, a text may have reached some windows and not others; all keep the last
 * seconds and give each new connection what it lacks.
 */
export class RecentTexts {
	readonly #id: string;
	readonly #opened = Date.now();
	readonly #seen = new Map<string, number>();
	#recent: readonly Text[] = [];

	constructor(id: string) {
		this.#id = id;
	}

	get seen(): Seen {
		return Object.fromEntries(this.#seen);
	}

	make(text: string): Text {
		const made: Text = {
			is: 'text',
			from: this.#id,
			place: (this.#seen.get(this.#id) ?? 0) + 1,
			at: Date.now(),
			text,
		};
		this.take(made);
		return made;
	}

	/** Whether it was not there yet; now it is. */
	take(text: Text): boolean {
		const fresh = text.place > (this.#seen.get(text.from) ?? 0);
		if (fresh) {
			this.#seen.set(text.from, text.place);
			this.#recent = [...this.#recent.filter(({ at }) => at > Date.now() - retention), text];
		}
		return fresh;
	}

	/** Whether it was said to this window: by another, and not before this one was there. */
	concerns({ from, at }: Text): boolean {
		return from !== this.#id && at >= this.#opened;
	}

	missing(seen: Seen): readonly Text[] {
		return this.#recent.filter(({ from, place }) => place > (seen[from] ?? 0));
	}
}
