import { nextLink } from './unverified.ts';

/** A reply that is not what a table looks like. */
export class MalformedFeed extends Error {}

const [quote, comma, colon, backslash] = [0x22, 0x2c, 0x3a, 0x5c];
const [open, close, openList, closeList] = [0x7b, 0x7d, 0x5b, 0x5d];
/** What may stand between: the four kinds of white space, and the mark that some servers put before everything. */
const blanks = new Set([0x20, 0x09, 0x0a, 0x0d]);
const mark = new Set([0xef, 0xbb, 0xbf]);
/** Bytes that the name of a member or a link may have. */
const longest = 65_536;

/** Finds the rows in one reply, piece by piece, and the link to the next one, wherever in the reply it stands. */
export class FeedScanner {
	/** Whether rows have come, in this reply or before it. */
	hasRows: boolean;
	/** Where the next reply is. */
	next: string | undefined;
	#at: 'start' | 'member' | 'name' | 'value' | 'rows' | 'other' | 'end' = 'start';
	#isFirstRow = true;
	#isThere = false;
	#name = '';
	#kept: Uint8Array[] = [];
	#keptLength = 0;
	#depth = 0;
	#inText = false;
	#isEscaped = false;

	constructor(hasRows: boolean) {
		this.hasRows = hasRows;
	}

	/** The bytes of rows in a piece. Throws `MalformedFeed`. */
	*read(piece: Uint8Array): Generator<Uint8Array, void> {
		for (let at = 0; at < piece.length; ) {
			const from = this.#at === 'rows' || this.#at === 'name' || this.#at === 'other' ? at : this.#start(piece, at);
			if (from === piece.length) {
				return;
			}
			at = this.#at === 'rows' ? yield* this.#rows(piece, from) : this.#step(piece, from);
		}
	}

	/** Throws where the reply is not at its end. */
	end(): void {
		if (this.#at !== 'end') {
			throw new Error('a table ended in the middle');
		}
		if (!this.#isThere) {
			throw new MalformedFeed('a table has no list of rows');
		}
	}

	/** Where the next sign stands that is no blank. */
	#start(piece: Uint8Array, from: number): number {
		let at = from;
		while (at < piece.length && (blanks.has(piece[at] ?? 0) || (this.#at === 'start' && mark.has(piece[at] ?? 0)))) {
			at += 1;
		}
		return at;
	}

	/** Takes what stands there, and says where to go on. */
	#step(piece: Uint8Array, at: number): number {
		const sign = piece[at] ?? 0;
		switch (this.#at) {
			case 'start':
				this.#expect(sign === open, 'does not begin with an object');
				this.#at = 'member';
				return at + 1;
			case 'member':
				this.#at = sign === close ? 'end' : sign === comma ? 'member' : 'name';
				return this.#at === 'name' ? at : at + 1;
			case 'name':
				return this.#keep(piece, at, [colon, colon], (name) => {
					this.#name = String(name);
					this.#at = 'value';
					return 1;
				});
			case 'value':
				return this.#begin(sign, at);
			case 'other':
				return this.#keep(piece, at, [comma, close], (value) => {
					this.next = this.#name === nextLink && typeof value === 'string' && value ? value : this.next;
					this.#at = 'member';
					return 0;
				});
			default:
				throw new MalformedFeed('a table goes on behind its end');
		}
	}

	#begin(sign: number, at: number): number {
		if (this.#name !== 'value') {
			this.#at = 'other';
			return at;
		}
		this.#expect(sign === openList && !this.#isThere, 'has rows that are no list');
		this.#isThere = true;
		this.#at = 'rows';
		return at + 1;
	}

	*#rows(piece: Uint8Array, from: number): Generator<Uint8Array, number> {
		const at = this.#isFirstRow ? this.#start(piece, from) : from;
		const until = this.#until(piece, at, closeList);
		if (until > at) {
			if (this.#isFirstRow && this.hasRows) {
				yield Uint8Array.of(comma);
			}
			this.#isFirstRow = false;
			this.hasRows = true;
			yield piece.subarray(at, until);
		}
		if (until === piece.length) {
			return until;
		}
		this.#at = 'member';
		return until + 1;
	}

	/** Keeps a name or a link until its end; `done` gets its value and says how many signs behind it are taken as well. */
	#keep(
		piece: Uint8Array,
		at: number,
		[end, other]: readonly [number, number],
		done: (value: unknown) => number,
	): number {
		const until = this.#until(piece, at, end, other);
		if (this.#at === 'name' || this.#name === nextLink) {
			this.#keptLength += until - at;
			this.#expect(this.#keptLength <= longest, 'has a member of an unlikely length');
			this.#kept.push(piece.slice(at, until));
		}
		if (until === piece.length) {
			return until;
		}
		const value = this.#keptLength > 0 ? parsed(this.#kept) : undefined;
		this.#kept = [];
		this.#keptLength = 0;
		return until + done(value);
	}

	/** Where one of two signs stands outside of texts, lists and objects that begin here; the piece's length if nowhere. */
	#until(piece: Uint8Array, from: number, end: number, other = end): number {
		let [at, depth] = [from, this.#depth];
		while (at < piece.length) {
			at = this.#inText ? this.#behindText(piece, at) : at;
			const sign = this.#inText ? undefined : piece[at];
			if (sign === undefined || (depth === 0 && (sign === end || sign === other))) {
				break;
			}
			this.#inText = sign === quote;
			depth += sign === open || sign === openList ? 1 : sign === close || sign === closeList ? -1 : 0;
			this.#expect(depth >= 0, 'closes what it did not open');
			at += 1;
		}
		this.#depth = depth;
		return at;
	}

	/** Where a text is over, behind its quotation mark; the piece's length where it goes on. */
	#behindText(piece: Uint8Array, from: number): number {
		let isEscaped = this.#isEscaped;
		for (let at = from; at < piece.length; at += 1) {
			const sign = piece[at];
			if (!isEscaped && sign === quote) {
				this.#inText = false;
				this.#isEscaped = false;
				return at + 1;
			}
			isEscaped = !isEscaped && sign === backslash;
		}
		this.#isEscaped = isEscaped;
		return piece.length;
	}

	#expect(holds: boolean, what: string): asserts holds {
		if (!holds) {
			throw new MalformedFeed(`a table ${what}`);
		}
	}
}

function parsed(pieces: readonly Uint8Array[]): unknown {
	const utf8 = new TextDecoder();
	const text = pieces.map((piece) => utf8.decode(piece, { stream: true })).join('') + utf8.decode();
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new MalformedFeed('a table has a member that is no JSON', { cause });
	}
}
