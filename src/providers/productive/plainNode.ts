import { codeMark } from './kinds.ts';

/**
 * A node without spelling: two trees that say the same are equal as JSON. Attributes are those that Markdown can say, and
 * left out where they are the usual ones; paragraphs without text, spaces where a line begins or ends, and marks on spaces
 * around words are left out, because nobody sees them.
 */
export interface Plain {
	/** A kind of `kinds.ts`; `?` and the vendor's own name where Markdown has nothing like it. */
	readonly kind: string;
	readonly text?: string;
	readonly attrs?: Readonly<Record<string, string | number | boolean>>;
	readonly marks?: readonly PlainMark[];
	readonly content?: readonly Plain[];
}

export interface PlainMark {
	readonly kind: string;
	readonly href?: string;
	readonly title?: string;
}

/** Always with the members in the same order, and only those that say something. */
export function made(kind: string, { text, attrs, marks, content }: Omit<Plain, 'kind'>): Plain {
	const said = attrs && Object.keys(attrs).length > 0;
	return {
		kind,
		...(text === undefined ? {} : { text }),
		...(said ? { attrs } : {}),
		...(marks && marks.length > 0 ? { marks } : {}),
		...(content && content.length > 0 ? { content } : {}),
	};
}

export const sameMark = (a: PlainMark, b: PlainMark): boolean =>
	a.kind === b.kind && a.href === b.href && a.title === b.title;

/** The same for nodes that say the same. */
export const keyOf = (plain: Plain): string => JSON.stringify(plain);

/** What is said by leaving an attribute out. */
const usualAttributes: Readonly<Record<string, string | number | boolean>> = {
	start: 1,
	language: '',
	checked: false,
	src: '',
	alt: '',
	title: '',
};

export function unusual(attrs: NonNullable<Plain['attrs']>): NonNullable<Plain['attrs']> {
	return Object.fromEntries(Object.entries(attrs).filter(([name, value]) => value !== usualAttributes[name]));
}

/** From the outermost to the innermost. */
export const markKinds = ['link', 'strong', 'em', 'strike', codeMark];

export function sortedMarks(marks: readonly PlainMark[]): readonly PlainMark[] {
	const once = new Map(marks.map((mark) => [mark.kind, mark]));
	return [...once.values()].sort((a, b) => markKinds.indexOf(a.kind) - markKinds.indexOf(b.kind));
}
