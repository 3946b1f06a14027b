/** Bytes a file name may have on every common file system. */
const longest = 240;
/** Signs of an ending, its dot included; what is longer is part of the name. */
const longestEnding = 16;
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(\.|$)/i;
/** Signs that show nothing or turn the direction of others, such as those that make "exe.txt" out of "txt.exe". */
const unseen = /[\p{Cf}\u115F\u1160\u3164\uFFA0]/gu;
/** Joiners between letters that are not ASCII: scripts and emoji need them there. */
const joiner = /(?<=[^\p{ASCII}\p{Cf}])[\u200C\u200D](?=[^\p{ASCII}\p{Cf}])/u;

/**
 * A file name that every file system takes, as near to the given one as can be: the last part of a path, without
 * forbidden or unseen signs, trailing dots or a device's name, cut before its ending where it is too long.
 */
export function safeFileName(name: string): string {
	return legalName(name.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '', 'document');
}

/** The same for a name that is no path, where a slash is a sign like others. */
export function safeFolderName(name: string): string {
	return legalName(name.replaceAll(/[/\\]/g, '_'), 'folder');
}

/** Names that are the same in a folder of some file system have the same key: it knows neither case nor composition. */
export function nameKey(name: string): string {
	return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/** A safe name as it is where it is free; else with ` (id)` before its ending, and a number besides where even that is taken. */
export function freeName(name: string, id: string, isTaken: (name: string) => boolean): string {
	let free = name;
	for (let number = 1; isTaken(free); number += 1) {
		free = nameWithId(name, number === 1 ? id : `${id} ${number}`);
	}
	return free;
}

/** The name that a thing gets where its own is another's. */
export function nameWithId(name: string, id: string): string {
	const sign = id.replaceAll(/[^\p{L}\p{N}.-]+/gu, ' ').trim();
	return shortened(name, ` (${Array.from(sign).slice(-40).join('')})`);
}

/** A safe name for each thing of one folder, all of them distinct, in the order of the things. */
export function distinctNames(
	things: readonly { readonly id: string; readonly name: string }[],
	isTaken: (name: string) => boolean = () => false,
): readonly string[] {
	const taken = new Set<string>();
	return things.map(({ id, name }) => {
		const free = freeName(safeFileName(name), id, (one) => taken.has(nameKey(one)) || isTaken(one));
		taken.add(nameKey(free));
		return free;
	});
}

function legalName(name: string, none: string): string {
	const legal = name
		.normalize('NFC')
		.replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}<>:"|?*]/gu, '_')
		.replaceAll(unseen, (sign, at: number, whole: string) => (isJoining(whole, at) ? sign : ''))
		.replaceAll(/\s+/g, ' ');
	const trimmed = withoutEdges(legal);
	return shortened(reserved.test(trimmed) ? `_${trimmed}` : trimmed || none);
}

function isJoining(name: string, at: number): boolean {
	const before = Array.from(name.slice(0, at)).at(-1) ?? '';
	return joiner.test(before + Array.from(name.slice(at)).slice(0, 2).join(''));
}

/** No file system that must be served takes dots or spaces at the end; some hide what begins with a space. */
function withoutEdges(name: string): string {
	return name.trim().replace(/[. ]+$/, '');
}

function shortened(name: string, added = ''): string {
	const dot = name.lastIndexOf('.');
	const ending = dot > 0 && name.length - dot <= longestEnding ? name.slice(dot) : '';
	const room = longest - bytesOf(added + ending);
	const stem = name.slice(0, name.length - ending.length);
	if (bytesOf(stem) <= room) {
		return stem + added + ending;
	}
	const signs = Array.from(stem);
	for (let bytes = bytesOf(stem); bytes > room; ) {
		bytes -= bytesOf(signs.pop() ?? '');
	}
	return withoutEdges(signs.join('')) + added + ending;
}

function bytesOf(text: string): number {
	return new TextEncoder().encode(text).length;
}
