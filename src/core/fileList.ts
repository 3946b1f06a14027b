/** Lists of files as they come from the clipboard and from dragging. */

/** One file of such a list: by its address, or by a path of whatever computer the list was made on. */
export type Listed = { readonly uri: string } | { readonly path: string };

/** What some file managers write above the files they copy. */
const headings = /^(x-special\/(nautilus-clipboard|gnome-copied-files)|copy|cut)$/;

/** The files that a text names, one a line; undefined where any line is something else, or there is none. */
export function pastedFiles(text: string): readonly Listed[] | undefined {
	const lines = text
		.split(/\r\n|\r|\n/)
		.filter((line, index) => line.trim() !== '' && !(index < 2 && headings.test(line.trim())));
	const files = lines.map(toListed);
	return files.length > 0 && files.every((file) => file !== undefined) ? files : undefined;
}

/** The addresses in a `text/uri-list`. */
export function uriList(text: string): readonly string[] {
	return text
		.split(/\r\n|\r|\n/)
		.map((line) => line.trim())
		.filter((line) => line !== '' && !line.startsWith('#'));
}

function toListed(line: string): Listed | undefined {
	// Windows puts quotes around, and they are no part of a name there.
	const text = /^"([a-z]:\\[^"]*|\\\\[^"]*)"$/i.exec(line.trim())?.[1] ?? line;
	if (/^([a-z]:[\\/]|\\\\[^\\]|\/)/i.test(text)) {
		return { path: text };
	}
	const uri = text.trim();
	return /^(?!https?:)[a-z][a-z\d+.-]+:\/\S+$/i.test(uri) ? { uri } : undefined;
}
