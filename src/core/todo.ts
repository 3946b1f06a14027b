/** What a piece of code says about a card to be made of it; plain text. */
export interface CardText {
	/** One line; empty where nothing but a mark was there. */
	readonly title: string;
	/** The lines after it; empty where there are none. */
	readonly description: string;
}

const longestTitle = 120;
const marker = /(?<![\p{L}\p{N}_])(?:TODO|FIXME)(?![\p{L}\p{N}_])(?:\s*\([^)\n]*\))?\s*[:–—-]*\s*/u;
/** `#`, `--`, `;` and `%` begin a comment only before a space: `#include` and `--count` are code. */
const opening = /^\s*(?:\/\/[/!]?|\/\*+!?|<!--|\{-|\(\*|"""|'''|(?:#+|--+|;+|%+|\*|rem)(?=\s|$))\s?/i;
const closing = /\s*(?:\*+\/|--+>|-\}|\*\)|"""|''')\s*$/;

/** Whether a line holds a TODO or a FIXME. */
export function isTodo(line: string): boolean {
	return marker.test(line);
}

/** What a line with a TODO or a FIXME says; undefined where it holds none. */
export function todoText(line: string): CardText | undefined {
	const found = marker.exec(line);
	if (!found) {
		return undefined;
	}
	const after = withoutMarks(line.slice(found.index + found[0].length));
	const before = withoutMarks(line.slice(0, found.index)).replace(/[\s([{]+$/, '');
	return toCardText([/[\p{L}\p{N}]/u.test(after) ? after : before]);
}

/**
 * What a selection says: its first line that says something is the title, the rest the description. Marks of comments go
 * from every line that is a comment; code stays as it is.
 */
export function selectedText(text: string): CardText {
	const lines = text.split(/\r\n?|\n/).map((line) => (isComment(line) ? withoutMarks(line, 'end') : line));
	const first = lines.findIndex((line) => line.trim() !== '');
	const [title = '', ...rest] = lines.slice(Math.max(0, first));
	return toCardText([title.replace(marker, '').replace(closing, '').trim(), ...withoutMargin(rest)]);
}

/** Plain text as HTML that shows the same: paragraphs, lines, and the addresses in it as links. */
export function toHtml(text: string): string {
	return text
		.split(/\n{2,}/)
		.filter((paragraph) => paragraph.trim() !== '')
		.map((paragraph) => `<p>${paragraph.split('\n').map(htmlLine).join('<br>')}</p>`)
		.join('');
}

function htmlLine(line: string): string {
	const margin = /^[ \t]*/.exec(line)?.[0] ?? '';
	const text = escaped(line.slice(margin.length));
	const linked = text.replaceAll(/https?:\/\/[^\s<>"]+/g, (address) => `<a href="${address}">${address}</a>`);
	return '&nbsp;'.repeat(margin.replaceAll('\t', '    ').length) + linked;
}

function escaped(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}

/** A title that is too long is cut, and then stands whole in the description. */
function toCardText([first = '', ...rest]: readonly string[]): CardText {
	const signs = Array.from(first);
	const isLong = signs.length > longestTitle;
	const title = isLong
		? `${signs
				.slice(0, longestTitle - 1)
				.join('')
				.trimEnd()}…`
		: first;
	const description = [...(isLong ? [first] : []), ...rest].join('\n');
	return { title, description: description.replace(/^(?:[ \t]*\n)+/, '').trimEnd() };
}

/** Whether a line is nothing but a comment, or ends one. */
function isComment(line: string): boolean {
	return opening.test(line) || line.replace(closing, '') === '';
}

function withoutMarks(line: string, trim: 'both' | 'end' = 'both'): string {
	const bare = line.replace(opening, '').replace(closing, '');
	return trim === 'both' ? bare.trim() : bare.trimEnd();
}

/** Lines without the white space that all of them begin with. */
function withoutMargin(lines: readonly string[]): readonly string[] {
	const margins = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
	const margin = Math.min(...margins);
	return lines.map((line) => line.slice(Number.isFinite(margin) ? margin : 0));
}
