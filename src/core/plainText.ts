import { Parser } from 'htmlparser2';
import type { RichText } from './model.ts';

/** A vendor's text without its markup, in lines that read well in a tooltip. */
export function plainText(rich: RichText): string {
	if ('text' in rich) {
		return rich.text.trim();
	}
	let text = '';
	const parser = new Parser({
		ontext: (piece) => {
			text += piece;
		},
		onopentagname: (name) => {
			text += /^(p|div|li|br|h\d|tr)$/.test(name) ? '\n' : '';
		},
	});
	parser.end(rich.html);
	return text.replaceAll(/\n{3,}/g, '\n\n').trim();
}
