import { idOf, keyOf, stateOf, type Thing, timeOf, wantedName } from './documentThings.ts';
import { freeName, nameKey, nameWithId } from './fileName.ts';
import type { Document, EntryContainer } from './model.ts';

/**
 * A path of the documents of one account and what it stands for. Once it stands for a thing it keeps doing so, whatever
 * else gets the same name, until that thing is gone or got another name here.
 */
export class Place {
	readonly above: Place | undefined;
	/** Absent on the account itself. */
	readonly #key: string | undefined;
	#name: string;
	#thing: Thing | undefined;
	#time = 0;
	#gone = false;
	readonly #beneath = new Map<string, Place>();
	/** Exact names, those of earlier included that nothing else has got. */
	readonly #named = new Map<string, Place>();
	readonly #keys = new Map<string, Place>();

	private constructor(above?: Place, thing?: Thing, name = '') {
		this.above = above;
		this.#key = thing && keyOf(thing);
		this.#thing = thing;
		this.#name = name;
		this.#time = timeOf(thing);
	}

	/** The top of an account's documents. */
	static top(): Place {
		return new Place();
	}

	get name(): string {
		return this.#name;
	}

	/** Starts with a slash; the account's own is the slash alone. */
	get path(): string {
		return this.above ? `${this.above.above ? this.above.path : ''}/${this.#name}` : '/';
	}

	/** As it was seen last; undefined for the account itself. */
	get thing(): Thing | undefined {
		return this.#thing;
	}

	get document(): Document | undefined {
		return this.#thing?.kind === 'document' ? this.#thing.document : undefined;
	}

	/** What documents are put into here; undefined on files and on what only holds archives. */
	get container(): EntryContainer | undefined {
		return this.#thing?.kind === 'container' ? this.#thing.container : undefined;
	}

	/** Milliseconds since 1970 at which the document changed, which is another whenever it was seen changed; else 0. */
	get time(): number {
		return this.#time;
	}

	/** Whether the thing was seen gone: the path may stand for another by now. */
	get isGone(): boolean {
		return this.#gone || (this.above?.isGone ?? false);
	}

	/** The things from the top down to this one. */
	get things(): readonly Thing[] {
		return [...(this.above?.things ?? []), ...(this.#thing ? [this.#thing] : [])];
	}

	get beneath(): readonly Place[] {
		return [...this.#beneath.values()];
	}

	/** What stands directly here under exactly this name; undefined where nothing is known that does. */
	at(name: string): Place | undefined {
		return this.#named.get(name) ?? this.beneath.find((place) => place.#otherName === name);
	}

	/** What stands for a thing directly here; made where nothing does. A name that is given is had exactly. */
	put(thing: Thing, name?: string): Place {
		const key = keyOf(thing);
		const known = this.#beneath.get(key);
		if (known) {
			const isOld = name === undefined && wantedName(thing) === wantedName(known.#thing ?? thing);
			known.see(thing);
			this.#nameAs(known, isOld ? known.#name : this.#choose(thing, known, name));
			return known;
		}
		const place = new Place(this, thing);
		this.#beneath.set(key, place);
		this.#nameAs(place, this.#choose(thing, place, name));
		return place;
	}

	/** All that stands directly here now: what is not among it is gone. */
	take(things: readonly Thing[]): readonly Place[] {
		const keys = new Set(things.map(keyOf));
		this.beneath.filter((place) => !place.#isAmong(keys)).forEach((place) => this.drop(place));
		things.forEach((thing) => this.put(thing));
		return this.beneath;
	}

	/** The thing is gone, and its name free for another. */
	drop(place: Place): void {
		place.#gone = true;
		this.#beneath.delete(place.#key ?? '');
		this.#forget(place);
	}

	/** Takes note of what the thing is now. */
	see(thing: Thing): void {
		const before = this.#thing;
		this.#thing = thing;
		if (stateOf(before) !== stateOf(thing)) {
			this.changed();
		}
	}

	/** The content is another now, even where the vendor's time does not say so. */
	changed(): void {
		const time = timeOf(this.#thing);
		this.#time = time > this.#time ? time : this.#time + 1;
	}

	/** The document has another name now, and the earlier one is free. */
	rename(document: Document, name: string): void {
		const { above } = this;
		if (above) {
			above.#forget(this);
			above.put({ kind: 'document', document }, name);
		}
	}

	/** A document that was a container stays one while it is there, for it may have been made to hold others. */
	#isAmong(keys: ReadonlySet<string>): boolean {
		const { container } = this;
		return keys.has(this.#key ?? '') || (container?.kind === 'document' && keys.has(documentKey(container)));
	}

	get #otherName(): string {
		return this.#thing ? nameWithId(wantedName(this.#thing), idOf(this.#thing)) : '';
	}

	#choose(thing: Thing, place: Place, exactly: string | undefined): string {
		const others = (found: Place | undefined) => found !== undefined && found !== place;
		const isTaken = (name: string) => others(this.#named.get(name)) || others(this.#keys.get(nameKey(name)));
		return exactly ?? freeName(wantedName(thing), idOf(thing), isTaken);
	}

	#nameAs(place: Place, name: string): void {
		place.#name = name;
		this.#named.set(name, place);
		this.#keys.set(nameKey(name), place);
	}

	#forget(place: Place): void {
		for (const names of [this.#named, this.#keys]) {
			[...names].filter(([, one]) => one === place).forEach(([name]) => names.delete(name));
		}
	}
}

function documentKey(document: Document): string {
	return keyOf({ kind: 'document', document });
}
