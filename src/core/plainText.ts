import type { RichText } from './model.ts';

/**
 * A vendor's text without its markup, in lines that read well in a tooltip: blocks and breaks become lines, list items
 * begin with a dash, several blank lines become one, and a mention becomes the name it mentions. The
 * parser of HTML and its tables are loaded with the first text that needs them.
 */
export async function plainText(rich: RichText): Promise<string> {
	const text =
		'text' in rich ? rich.text.replaceAll(/\r\n?/g, '\n') : (await import('./htmlText.ts')).htmlText(rich.html);
	return withNames(text)
		.replaceAll('\u00a0', ' ')
		.replaceAll(/[ \t]+$/gm, '')
		.replaceAll(/\n{3,}/g, '\n\n')
		.trim();
}

/** `@[{"label":"Ada",…}]`, in which a vendor keeps mentions and inline files, by what it shows for them. */
function withNames(text: string): string {
	return text.replaceAll(/@\[(\{.*?\})\]/gs, (whole, json: string) => nameIn(json) ?? whole);
}

function nameIn(json: string): string | undefined {
	try {
		const { label, name } = JSON.parse(json) as { readonly label?: unknown; readonly name?: unknown };
		return [label, name].find((one) => typeof one === 'string' && one !== '') as string | undefined;
	} catch {
		return undefined;
	}
}
