import { codeMark } from './kinds.ts';
import { made, type Plain, sameMark } from './plainNode.ts';

/** The parts of a line as everybody would write them. */
export function lineOf(parts: readonly Plain[]): readonly Plain[] {
	return merged(trimmed(withoutMarkedSpaces(parts.flatMap(broken))));
}

/** A line's end within a text is a break. */
function broken(part: Plain): readonly Plain[] {
	if (part.kind !== 'text') {
		return [part];
	}
	const lines = (part.text ?? '').split(/\r\n?|\n/);
	const between = made('break', {});
	return lines.flatMap((text, at) => {
		const own = text === '' ? [] : [made('text', { text, marks: part.marks })];
		return at === 0 ? own : [between, ...own];
	});
}

const emphases = ['strong', 'em', 'strike'];
const marksWithout = ({ marks }: Plain, kind: string) => marks?.filter((mark) => mark.kind !== kind);
const has = ({ marks }: Plain, kind: string): boolean => marks?.some((mark) => mark.kind === kind) ?? false;
export const isCode = (part: Plain): boolean => has(part, codeMark);

/** Takes what stresses words off the spaces before the first and after the last of them. */
function withoutMarkedSpaces(parts: readonly Plain[]): readonly Plain[] {
	return emphases.reduce((all, kind) => unstressed(unstressed(all, kind, 'start'), kind, 'end'), parts);
}

function unstressed(parts: readonly Plain[], kind: string, side: 'start' | 'end'): readonly Plain[] {
	const ordered = side === 'start' ? parts : parts.toReversed();
	const done: Plain[] = [];
	let within = false;
	for (const part of ordered) {
		const split: readonly Plain[] = !within && has(part, kind) ? spacesOff(part, kind, side) : [part];
		done.push(...split);
		const last = split.at(-1);
		within = last !== undefined && has(last, kind);
	}
	return side === 'start' ? done : done.toReversed();
}

/** In the order of going through: the spaces first. */
function spacesOff(part: Plain, kind: string, side: 'start' | 'end'): readonly Plain[] {
	const { text = '' } = part;
	const words = side === 'start' ? text.trimStart() : text.trimEnd();
	if (part.kind !== 'text' || isCode(part) || words.length === text.length) {
		return [part];
	}
	const spaces = side === 'start' ? text.slice(0, text.length - words.length) : text.slice(words.length);
	const bare = made('text', { text: spaces, marks: marksWithout(part, kind) });
	return words === '' ? [bare] : [bare, made('text', { text: words, marks: part.marks })];
}

/** Without spaces and breaks at both ends, and without spaces around breaks. */
function trimmed(parts: readonly Plain[]): readonly Plain[] {
	const ahead = trimmedAhead(parts, 'trimStart');
	return trimmedAhead(ahead.toReversed(), 'trimEnd').toReversed();
}

function trimmedAhead(parts: readonly Plain[], trim: 'trimStart' | 'trimEnd'): readonly Plain[] {
	const done: Plain[] = [];
	let first = true;
	let begun = false;
	for (const part of parts) {
		const isText = part.kind === 'text' && !isCode(part);
		const text = isText && first ? (part.text ?? '')[trim]() : part.text;
		if ((isText && text === '') || (part.kind === 'break' && !begun)) {
			continue;
		}
		done.push(isText ? made('text', { text, marks: part.marks }) : part);
		first = part.kind === 'break';
		begun = true;
	}
	return done;
}

function merged(parts: readonly Plain[]): readonly Plain[] {
	const done: Plain[] = [];
	for (const part of parts) {
		const last = done.at(-1);
		if (last?.kind === 'text' && part.kind === 'text' && sameMarks(last, part)) {
			done[done.length - 1] = made('text', { text: `${last.text}${part.text}`, marks: part.marks });
		} else {
			done.push(part);
		}
	}
	return done;
}

function sameMarks({ marks: a = [] }: Plain, { marks: b = [] }: Plain): boolean {
	return a.length === b.length && a.every((mark, at) => sameMark(mark, b[at] ?? { kind: '' }));
}
