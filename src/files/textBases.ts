import type { Store } from '../core/accounts.ts';
import { digestOf } from '../core/wholeContent.ts';

/** What an editor of a text began with. */
export interface TextBase {
	/** Lower-case hex SHA-256 of what the text says, whatever its layout. */
	readonly digest: string;
	/** Milliseconds since 1970: since when the text is known to be this one. */
	readonly mtime: number;
	/** Bytes. */
	readonly size: number;
}

/**
 * How a text stands at the vendor before it is saved over. `unchanged`: as the editor read it. `same`: it says the new
 * already, as after a save whose answer was lost. `changed`: somebody changed it since. `unread`: it is not known what the
 * editor began with.
 */
export type TextStanding = 'unchanged' | 'same' | 'changed' | 'unread';

/** Compares digests: of what the editor began with, of what is there now, of what is to be saved. */
export function standingOfText(base: string | undefined, now: string, next: string): TextStanding {
	if (now === next) {
		return 'same';
	}
	if (base === undefined) {
		return 'unread';
	}
	return base === now ? 'unchanged' : 'changed';
}

/** A digest of what a text says. In JSON spaces and lines say nothing, and a vendor lays them out as it likes. */
export function textDigest(fileName: string, text: string): Promise<string> {
	return digestOf(new TextEncoder().encode(fileName.endsWith('.json') ? compact(text) : text));
}

function compact(text: string): string {
	try {
		return JSON.stringify(JSON.parse(text));
	} catch {
		return text;
	}
}

interface KeptBase extends TextBase {
	/** The address of the text. */
	readonly uri: string;
	/** The account's id. */
	readonly account: string;
}

const storeKey = 'texts';
const most = 100;

/** What editors of this workspace began with, the newest first, so that a save after a reload knows it still. */
export class TextBases {
	readonly #store: Store;
	#kept: readonly KeptBase[];

	constructor(store: Store) {
		this.#store = store;
		const kept = store.get(storeKey);
		this.#kept = Array.isArray(kept) ? (kept as KeptBase[]) : [];
	}

	get(uri: string): TextBase | undefined {
		return this.#kept.find((one) => one.uri === uri);
	}

	put(account: string, uri: string, { digest, mtime, size }: TextBase): void {
		const base = { uri, account, digest, mtime, size };
		if (JSON.stringify(this.#kept[0]) !== JSON.stringify(base)) {
			this.#keep([base, ...this.#kept.filter((one) => one.uri !== uri)].slice(0, most));
		}
	}

	dropAccounts(isGone: (account: string) => boolean): void {
		const rest = this.#kept.filter(({ account }) => !isGone(account));
		if (rest.length < this.#kept.length) {
			this.#keep(rest);
		}
	}

	#keep(kept: readonly KeptBase[]): void {
		this.#kept = kept;
		void this.#store.set(storeKey, kept);
	}
}
