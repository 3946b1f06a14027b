/** What `--grep TEXT` selects: titles that hold TEXT as it stands, or match it as a regular expression. */
export function pattern(text) {
	const literal = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	try {
		return new RegExp(`${literal}|${text}`);
	} catch {
		return new RegExp(literal);
	}
}
