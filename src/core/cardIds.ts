/** A part of a text that may name a card; whether one is known by it is for `KnownCards` to say. */
export interface PossibleId {
	/** Where it begins and ends, in UTF-16 units of the text. */
	readonly start: number;
	readonly end: number;
	/** `#123`, a web address, or an id that says of itself that it is one. */
	readonly text: string;
}

/**
 * Each alternative begins where no word, path or entity goes on: `a#1`, `/#1`, `&#1;` and `owner/name#1` are others' ids.
 * An address comes first, so that what stands within it is not found by itself.
 */
const possible =
	/\bhttps?:\/\/[^\s<>"'`\\|{}^]+|(?<![\p{L}\p{N}_#&/.@-])#[\p{L}\p{N}]+(?:[-_][\p{L}\p{N}]+)*(?![\p{L}\p{N}_#]|[-.]\p{N}|-\p{L})|(?<![\p{L}\p{N}_-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\p{L}\p{N}_-])/giu;

const openers: Readonly<Record<string, string>> = { ')': '(', ']': '[' };

/** What in a text may name a card, in its order; nothing overlaps. Takes time in proportion to the text. */
export function possibleIds(text: string): readonly PossibleId[] {
	return Array.from(text.matchAll(possible), ({ 0: found, index }) => {
		const own = /^h/i.test(found) ? withoutSentence(found) : found;
		return { start: index, end: index + own.length, text: own };
	});
}

/** An address without the signs of the sentence or the brackets it stands in. */
function withoutSentence(address: string): string {
	let end = address.length;
	for (let last = address[end - 1]; last !== undefined; last = address[end - 1]) {
		const opener = openers[last];
		const isSentence = '.,;:!?*_~'.includes(last);
		if (!isSentence && (opener === undefined || count(address, opener, end) >= count(address, last, end))) {
			break;
		}
		end -= 1;
	}
	return address.slice(0, end);
}

function count(text: string, sign: string, end: number): number {
	return text.slice(0, end).split(sign).length - 1;
}
