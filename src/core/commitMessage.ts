import { type CardWords, filledIn } from './branchName.ts';

const titlePlace = '{title}';

/**
 * A commit's message with a card named in it: the filled-in template where nothing is typed; else what is typed, its first
 * line in the title's place. The same message where the card is named already.
 */
export function withCard(template: string, words: CardWords, typed: string): string {
	if (typed.trim() === '') {
		return filledIn(template, words).trim() + typed;
	}
	const name = withoutTitle(template, words);
	if (name !== '' ? names(typed, name) : typed.includes(words.title)) {
		return typed;
	}
	if (!template.includes(titlePlace)) {
		return `${typed.trimEnd()}\n\n${filledIn(template, words).trim()}`;
	}
	if (name === '') {
		return `${typed.trimEnd()}\n\n${words.title}`;
	}
	const [first = '', ...rest] = typed.replace(/^\s+/, '').split('\n');
	return [filledIn(template, { ...words, title: first }), ...rest].join('\n');
}

/** What the template says besides the title, by which a message that has it is known. */
function withoutTitle(template: string, words: CardWords): string {
	const [before = '', ...after] = template.split(titlePlace);
	const parts = [before, ...after]
		.map((part) => filledIn(part, words).trim())
		.filter((part) => /[\p{L}\p{N}]/u.test(part));
	return parts[0] ?? '';
}

/** Whether a text stands in another by itself: `#12` is not in `#123`. */
function names(text: string, name: string): boolean {
	const literal = name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
	return new RegExp(`(?<![\\p{L}\\p{N}_#])${literal}(?![\\p{L}\\p{N}_])`, 'u').test(text);
}
