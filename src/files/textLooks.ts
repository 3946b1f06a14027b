import type { Uri } from 'vscode';
import { snapshotUri } from './propertyUri.ts';
import { type TextBase, type TextBases, textDigest } from './textBases.ts';
import type { FoundText } from './textSaving.ts';

/** A text as it stood at the vendor. */
export interface Look extends TextBase {
	readonly text: string;
	/** When it was read, in milliseconds since 1970. */
	readonly read: number;
}

/** Milliseconds for which a text that was read counts as that of now. */
const fresh = 3_000;

/** How the texts of this window stood when they were read last. */
export class TextLooks {
	readonly #bases: TextBases;
	readonly #onOther: (uri: Uri) => void;
	readonly #looks = new Map<string, Look>();
	readonly #reading = new Map<string, Promise<Look>>();

	/** `onOther` is told of a text that turns out to say something else than before. */
	constructor(bases: TextBases, onOther: (uri: Uri) => void) {
		this.#bases = bases;
		this.#onOther = onOther;
	}

	get(uri: Uri): Look | undefined {
		return this.#looks.get(uri.toString());
	}

	/**
	 * The text as it stands now. A `recent` one will do where it was read a moment ago or is being read, for an editor asks for
	 * a file's facts several times and then for the file.
	 */
	look(found: FoundText, which: 'now' | 'recent', signal: AbortSignal): Promise<Look> {
		const key = found.uri.toString();
		const known = this.get(found.uri);
		if (which === 'recent' && known && Date.now() - known.read < fresh) {
			return Promise.resolve(known);
		}
		const reading =
			(which === 'recent' ? this.#reading.get(key) : undefined) ??
			this.#read(found, signal).finally(() => this.#reading.delete(key));
		this.#reading.set(key, reading);
		return reading;
	}

	/** Keeps a text as that of now: as old as what was known of it, if it says the same. */
	async take({ uri, property }: FoundText, text: string): Promise<Look> {
		const digest = await textDigest(property.fileName, text);
		const read = Date.now();
		const before = this.get(uri) ?? this.#bases.get(uri.toString());
		const mtime = before?.digest === digest ? before.mtime : laterThan(before, read);
		return this.#put(uri, { text, digest, mtime, read, size: new TextEncoder().encode(text).length });
	}

	/** The same for what a person compares an editor's text with, so that it is what the question was about. */
	takeSnapshot(uri: Uri, look: Look): Look {
		return this.#put(snapshotUri(uri), look);
	}

	/** The same text as something that an editor has not taken yet. */
	renew(uri: Uri, look: Look): void {
		this.#put(uri, { ...look, mtime: laterThan(look, Date.now()) });
		this.#onOther(uri);
	}

	async #read(found: FoundText, signal: AbortSignal): Promise<Look> {
		return this.take(found, await found.property.read(found.board, signal));
	}

	#put(uri: Uri, look: Look): Look {
		const before = this.get(uri);
		this.#looks.set(uri.toString(), look);
		if (before && before.digest !== look.digest) {
			this.#onOther(uri);
		}
		return look;
	}
}

function laterThan(before: TextBase | undefined, now: number): number {
	return Math.max(now, (before?.mtime ?? 0) + 1);
}
