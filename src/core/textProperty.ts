import type { Choice } from './model.ts';

/** A property of a thing that is worth an editor of its own, such as one in JSON. */
export interface TextProperty<Place> {
	readonly id: string;
	/** What it is called, such as “Aspects”. */
	readonly title: string;
	/** The name of the document it is edited as; its ending says in which language. */
	readonly fileName: string;
	/** The text as the vendor holds it now, laid out for reading. */
	read(place: Place, signal: AbortSignal): Promise<string>;
	/** What is wrong with a text, as one sentence; undefined where nothing is. Checked before anything is sent. */
	check(text: string): string | undefined;
	/** Puts `text` in the place of what is there. The caller has looked that nobody changed it since it was read. */
	save(place: Place, text: string, signal: AbortSignal): Promise<void>;
	/**
	 * What may stand at a place in the text, given by the keys that lead there: the keys of the object at `path`, or the values
	 * of what is at `path`. Asks the vendor where it must.
	 */
	completions?(
		place: Place,
		path: readonly (string | number)[],
		part: 'key' | 'value',
		signal: AbortSignal,
	): Promise<readonly Choice[]>;
}
