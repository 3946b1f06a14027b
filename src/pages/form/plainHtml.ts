/**
 * HTML that is nothing but paragraphs and line breaks as plain text, and back. A blank line stands between paragraphs.
 * Lossless: `plainOf(htmlOf(text))` is the text, and where `plainOf(html)` is a text, `htmlOf` of it draws the same
 * paragraphs and lines. All other HTML has no such text and is edited as what it is.
 */
export function plainOf(html: string): string | undefined {
	const paragraphs = paragraphsOf(html);
	const text = paragraphs?.join('\n\n');
	return text !== undefined && isSame(linesOf(text), paragraphs) ? text : undefined;
}

export function htmlOf(text: string): string {
	return linesOf(text.replaceAll(/\r\n?/g, '\n'))
		.map((paragraph) => `<p>${escaped(paragraph).replaceAll('\n', '<br>')}</p>`)
		.join('');
}

function linesOf(text: string): string[] {
	return text === '' ? [] : text.split('\n\n');
}

const edge = '[ \\t\\r\\n\\f]*';
const inParagraph = '(?:[^<\\r\\n]|<br ?/?>)*';
const onlyParagraphs = new RegExp(`^${edge}(?:<p>${inParagraph}</p>${edge})+$`, 'i');
const noParagraph = new RegExp(`^${inParagraph}$`, 'i');

/** The paragraphs, their breaks as line feeds; undefined where there is anything else. */
function paragraphsOf(html: string): string[] | undefined {
	if (onlyParagraphs.test(html)) {
		const texts = [...html.matchAll(/<p>(.*?)<\/p>/gis)].map(([, inner = '']) => lineText(inner));
		return whole(texts.length === 1 && texts[0] === '' ? [] : texts);
	}
	const bare = html.replaceAll(/^[ \t\r\n\f]+|[ \t\r\n\f]+$/g, '');
	return bare === '' ? [] : noParagraph.test(bare) ? whole([lineText(bare)]) : undefined;
}

function whole(texts: readonly (string | undefined)[]): string[] | undefined {
	return texts.every((text) => text !== undefined) ? [...texts] : undefined;
}

function lineText(html: string): string | undefined {
	return unescaped(html.replaceAll(/<br ?\/?>/gi, '\n'));
}

const names: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: '\u00a0',
};

/** Undefined where a sign is written in a way that is not known here, so that nothing is taken for what it is not. */
function unescaped(html: string): string | undefined {
	const strange = /&(?!(?:amp|lt|gt|quot|apos|nbsp);|#\d{1,7};|#x[\da-f]{1,6};)[a-z#]/i;
	if (strange.test(html)) {
		return undefined;
	}
	const signs = html.matchAll(/&(?:#x([\da-f]+)|#(\d+)|([a-z]+));/gi);
	const meanings = new Map([...signs].map(([sign, hex, decimal, name]) => [sign, signOf(hex, decimal, name)]));
	const known = [...meanings.values()].every((meaning) => meaning !== undefined);
	return known ? html.replaceAll(/&(?:#x?[\da-f]+|[a-z]+);/gi, (sign) => meanings.get(sign) ?? sign) : undefined;
}

function signOf(hex?: string, decimal?: string, name?: string): string | undefined {
	if (name !== undefined) {
		return names[name];
	}
	const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
	// Below and between stand signs that browsers read as others, or that no one can type.
	const readable = (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code < 0xd800) || (code > 0xdfff && code < 0xfffe);
	return readable || (code > 0xffff && code < 0x110000) ? String.fromCodePoint(code) : undefined;
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\u00a0', '&nbsp;');
}

function isSame(one: readonly string[], other: readonly string[] | undefined): boolean {
	return one.length === other?.length && one.every((text, at) => text === other[at]);
}
