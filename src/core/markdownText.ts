/**
 * A text of others as Markdown that shows it and nothing else: one line, no markup, no formula, no link, no sign that turns
 * the direction of reading. Addresses keep their dots, so that they can be read where nothing draws the Markdown.
 */
export function markdownText(text: string): string {
	return (
		text
			.replaceAll(/[\p{Cc}\s]+/gu, ' ')
			.replaceAll(/\p{Bidi_Control}/gu, '')
			.trim()
			.replaceAll(/[\\`*_[\]<>#$~@]|&(?=#?\w+;)/g, '\\$&')
			.replaceAll(/:(?=\/\/)/g, '\\:')
			.replaceAll('//', '\\/\\/')
			// At the beginning of a line these would make a list, a rule or a heading.
			.replace(/^[-+=]/, '\\$&')
			.replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
	);
}
