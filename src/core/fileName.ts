/** Bytes a file name may have on every common file system. */
const longest = 240;
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A file name that every file system takes, as near to the given one as can be: the last part of a path, without
 * forbidden characters, trailing dots or a device's name, cut in its middle where it is too long.
 */
export function safeFileName(name: string): string {
	const last = name.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
	const legal = last
		.normalize('NFC')
		.replaceAll(/[\p{Cc}<>:"|?*]/gu, '_')
		.trim()
		.replace(/[. ]+$/, '');
	const free = reserved.test(legal) ? `_${legal}` : legal;
	return shortened(free === '' || /^\.+$/.test(free) ? 'document' : free);
}

function shortened(name: string): string {
	const encoder = new TextEncoder();
	const dot = name.lastIndexOf('.');
	const ending = dot > 0 && name.length - dot <= 16 ? name.slice(dot) : '';
	const signs = Array.from(name.slice(0, name.length - ending.length));
	while (encoder.encode(signs.join('') + ending).length > longest) {
		signs.pop();
	}
	return signs.join('') + ending;
}
