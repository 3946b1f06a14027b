import * as v from 'valibot';
import { parsed } from './tree.ts';

const mention = /@\[(\{.*?\})\]/g;

/** People and files mentioned in a text are stored as `@[{…}]`, with what they are called as `label`; in HTML, with its quotes. */
export function withLabels(text: string): string {
	return text.replaceAll(mention, (whole, json: string) => labelOf(json) ?? whole);
}

export function hasMention(text: string): boolean {
	return [...text.matchAll(mention)].some(([, json = '']) => labelOf(json) !== undefined);
}

function labelOf(json: string): string | undefined {
	const found = v.safeParse(v.object({ label: v.string() }), parsed(json.replaceAll('&quot;', '"')));
	return found.success ? found.output.label : undefined;
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Plain text as the vendor keeps texts; what looks like a mention stays what was typed. */
export function asHtml(text: string): string {
	return text
		.replaceAll(/[&<>"]/g, (sign) => signs[sign] ?? sign)
		.replaceAll('@[', '&#64;[')
		.replaceAll(/\r?\n/g, '<br>');
}
