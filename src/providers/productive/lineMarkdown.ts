import { codeMark } from './kinds.ts';
import { isCode } from './plainLine.ts';
import { type Plain, type PlainMark, sameMark } from './plainNode.ts';

/** Where a line of words stands: what begins a block must be kept from it in a paragraph, and breaks end a heading or a cell. */
type Place = 'paragraph' | 'heading' | 'cell';

/** A line of words as Markdown. */
export function lineMarkdown(parts: readonly Plain[], place: Place): string {
	const text = joined(pieces(parts, place));
	return place === 'paragraph'
		? text.split('\n').map(withoutStart).join('\n')
		: place === 'heading'
			? withoutEnd(text)
			: text;
}

/**
 * What would begin a list, a heading, a quotation, a fence, a rule or the address of a link, or underline what stands above.
 * A link can't be written otherwise, but a space before it is not seen.
 */
function withoutStart(line: string): string {
	return line
		.replace(/^\[(?:\\.|[^\\\]])*\]:/, (label) => `${number(' ')}${label}`)
		.replace(/^(\d{1,9})([.)])(?=\s|$)/, String.raw`$1\$2`)
		.replace(/^(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[-=:|](?=[-=:|\s]*$)|:(?=-))/, String.raw`\$&`);
}

/** Signs at the end of a heading would be its closing. */
function withoutEnd(line: string): string {
	return line.replace(/(^|\s)(#+)$/, String.raw`$1\$2`);
}

/** A piece of the text: words, or a sign around others that must stand against words on its inner side. */
type Piece = Words | { readonly sign: string; readonly opens: boolean };

interface Words {
	readonly words: string;
	/** Whether its letters can't be written otherwise. */
	readonly raw?: boolean;
}

const signs: Readonly<Record<string, string>> = { strong: '**', em: '_', strike: '~~' };

/** Of the marks of the first part, the one that reaches furthest goes around. */
function pieces(parts: readonly Plain[], place: Place): readonly Piece[] {
	const [first, ...rest] = parts;
	if (!first) {
		return [];
	}
	const reaches = (first.marks ?? [])
		.filter(({ kind }) => kind !== codeMark && !kind.startsWith('?'))
		.map((mark) => ({ mark, reach: reachOf(mark, parts) }));
	const furthest = reaches.reduce<(typeof reaches)[number] | undefined>(
		(best, one) => (best && best.reach > one.reach ? best : one),
		undefined,
	);
	if (!furthest) {
		return [...partPieces(first, rest[0], place), ...pieces(rest, place)];
	}
	const { mark, reach } = furthest;
	const within = pieces(
		parts.slice(0, reach).map((part) => without(part, mark)),
		place,
	);
	return [...around(mark, within), ...pieces(parts.slice(reach), place)];
}

function reachOf(mark: PlainMark, parts: readonly Plain[]): number {
	const end = parts.findIndex(({ marks = [] }) => !marks.some((one) => sameMark(one, mark)));
	return end === -1 ? parts.length : end;
}

function without(part: Plain, mark: PlainMark): Plain {
	return { ...part, marks: part.marks?.filter((one) => !sameMark(one, mark)) };
}

function around(mark: PlainMark, within: readonly Piece[]): readonly Piece[] {
	if (mark.kind === 'link') {
		return [raw('['), ...within, raw(`](${target(mark.href ?? '', mark.title)})`)];
	}
	const sign = signs[mark.kind] ?? '';
	return [{ sign, opens: true }, ...within, { sign, opens: false }];
}

const raw = (words: string): Piece => ({ words, raw: true });

function partPieces(part: Plain, next: Plain | undefined, place: Place): readonly Piece[] {
	switch (part.kind) {
		case 'text':
			return [isCode(part) ? raw(code(part.text ?? '')) : { words: literal(part.text ?? '', next !== undefined) }];
		case 'break':
			return [raw(place === 'paragraph' ? '\\\n' : '<br>')];
		case 'image': {
			const { src = '', alt = '', title } = part.attrs ?? {};
			return [
				raw(`![${literal(String(alt), false)}](${target(String(src), title === undefined ? title : String(title))})`),
			];
		}
		default:
			return [{ words: literal(part.text ?? (part.content ?? []).map(textIn).join(' '), next !== undefined) }];
	}
}

function textIn({ text, content = [] }: Plain): string {
	return text ?? content.map(textIn).join(' ');
}

/** Text of which Markdown reads nothing as its own. */
function literal(text: string, goesOn: boolean): string {
	const plain = text
		.replaceAll(/[\\`*_[\]<~]/g, String.raw`\$&`)
		.replaceAll(/&(?=#?\w+;)/g, String.raw`\&`)
		.replaceAll(/!(?=\\\[)/g, String.raw`\!`);
	return goesOn ? plain.replace(/!$/, String.raw`\!`) : plain;
}

function code(text: string): string {
	const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
	const lengths = new Set([...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
	const count = Array.from({ length: longest + 1 }, (_, at) => at + 1).find((length) => !lengths.has(length)) ?? 1;
	const pad = /^`|`$|^ .*[^ ].* $/.test(text) ? ' ' : '';
	return '`'.repeat(count) + pad + text + pad + '`'.repeat(count);
}

function target(address: string, title: string | undefined): string {
	const literalIn = (text: string, signs: RegExp) =>
		text.replaceAll(signs, String.raw`\$&`).replaceAll(/&(?=#?\w+;)/g, String.raw`\&`);
	const to = /^$|[\s<]|[^\x21-\uffff]/.test(address)
		? address === '' && title === undefined
			? ''
			: `<${literalIn(address, /[\\<>]/g)}>`
		: literalIn(address, /[\\()]/g);
	return title === undefined || title === '' ? to : `${to} "${literalIn(title, /[\\"]/g)}"`;
}

const isSpace = (sign: string) => /\s/.test(sign);
const isMark = (sign: string) => /[\p{P}\p{S}]/u.test(sign);
const isWord = (sign: string) => sign !== '' && !isSpace(sign) && !isMark(sign);

/**
 * A sign counts only where it stands against words on its inner side and not on its outer one. Where words stand on both
 * sides, or marks within and words without, the outer letter is written by its number, so that it looks like no word; and
 * so is a space on the inner side.
 */
function joined(all: readonly Piece[]): string {
	const signed = withinWords(all);
	const spaced = signed.map((piece, at) => withoutInnerSpaces(piece, signed[at - 1], signed[at + 1]));
	return spaced.map((piece, at) => withoutOuterLetters(spaced, piece, at)).join('');
}

/** Between letters only the star counts; it is taken where nothing else is near that it could be taken for. */
function withinWords(all: readonly Piece[]): readonly Piece[] {
	const done = [...all];
	all.forEach((piece, at) => {
		const end = opens(piece) && textOf(piece) === '_' ? at + 2 : -1;
		const [before, within, after] = [all[at - 1], all[at + 1], all[end + 1]];
		const isAlone = closes(all[end]) && [before, within, after].every((one) => !one || ('words' in one && !one.raw));
		const isAmongLetters = isWord(lastOf(textOf(before))) || isWord(firstOf(textOf(after)));
		if (isAlone && isAmongLetters && isWord(firstOf(textOf(within))) && isWord(lastOf(textOf(within)))) {
			done[at] = { sign: '*', opens: true };
			done[end] = { sign: '*', opens: false };
		}
	});
	return done;
}

const textOf = (piece: Piece | undefined) => (!piece ? '' : 'words' in piece ? piece.words : piece.sign);
const firstOf = (text: string) => Array.from(text.slice(0, 2)).at(0) ?? '';
const lastOf = (text: string) => Array.from(text.slice(-2)).at(-1) ?? '';
const opens = (piece: Piece | undefined) => piece !== undefined && 'sign' in piece && piece.opens;
const closes = (piece: Piece | undefined) => piece !== undefined && 'sign' in piece && !piece.opens;

function withoutInnerSpaces(piece: Piece, before: Piece | undefined, after: Piece | undefined): Piece {
	if ('sign' in piece || piece.raw) {
		return piece;
	}
	const { words } = piece;
	const isFirst = opens(before) && isSpace(firstOf(words));
	const isLast = closes(after) && isSpace(lastOf(words)) && !(isFirst && words.length === 1);
	return { words: numbered(words, isFirst, isLast) };
}

function withoutOuterLetters(all: readonly Piece[], piece: Piece, at: number): string {
	const words = textOf(piece);
	if ('sign' in piece || piece.raw) {
		return words;
	}
	const [before, after] = [all[at - 1], all[at + 1]];
	const isFirst = isWord(firstOf(words)) && closes(before) && disturbed(before, lastOf(textOf(all[at - 2])));
	const isLast = isWord(lastOf(words)) && opens(after) && disturbed(after, firstOf(textOf(all[at + 2])));
	return numbered(words, isFirst, isLast && !(isFirst && firstOf(words) === words));
}

/** Whether a letter outside keeps a sign from counting, with this on its inner side. */
function disturbed(sign: Piece | undefined, inner: string): boolean {
	return textOf(sign) === '_' || isMark(inner);
}

/** With its first or its last letter by its number. */
function numbered(words: string, isFirst: boolean, isLast: boolean): string {
	const [first, last] = [isFirst ? firstOf(words) : '', isLast ? lastOf(words) : ''];
	return number(first) + words.slice(first.length, words.length - last.length) + number(last);
}

function number(letter: string): string {
	return letter === '' ? '' : `&#${letter.codePointAt(0)};`;
}
