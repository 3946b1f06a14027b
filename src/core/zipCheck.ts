/** The last bytes of a file, and how long the whole of it is, where that is known. */
export interface FileEnd {
	readonly tail: Uint8Array;
	/** Bytes. */
	readonly size?: number;
}

/**
 * Whether a file is a zip that came to its end: the record that ends every zip stands at its very end, speaks of at least
 * one entry, and the directory of entries is where it says. Reads the end alone, for archives may be of many gigabytes;
 * 64 KiB of it are enough. What was cut off anywhere lacks that record, and where the size is known, what has a gap is found
 * too.
 */
export function isWholeZip({ tail, size }: FileEnd): boolean {
	const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
	const at = endRecordIn(view);
	const end = at === undefined ? undefined : endAt(view, at, size);
	return end !== undefined && end.entries > 0 && isDirectoryThere(view, end, size);
}

/** What the end of a zip says about its directory. */
interface End {
	readonly entries: number;
	/** Bytes of the directory, and where in the file it begins. */
	readonly length: number;
	readonly offset: number;
	/** Where in the tail the directory ends. */
	readonly until: number;
}

// PKWARE's APPNOTE.TXT, 4.3.12 to 4.3.16.
const record = { signature: 0x06054b50, length: 22 };
const record64 = { signature: 0x06064b50, length: 56 };
const locator64 = { signature: 0x07064b50, length: 20 };
const entrySignature = 0x02014b50;
/** What stands in a field whose value is in the record of zips over 4 GB. */
const elsewhere = { two: 0xffff, four: 0xffffffff };

/** Where the record begins: what follows it is its comment and nothing else. */
function endRecordIn(view: DataView): number | undefined {
	for (let at = view.byteLength - record.length; at >= 0; at -= 1) {
		const comment = view.byteLength - at - record.length;
		if (startsWith(view, at, record.signature) && view.getUint16(at + 20, true) === comment) {
			return at;
		}
	}
	return undefined;
}

/** Undefined where the zip is one part of several, or what its end points to is not there. */
function endAt(view: DataView, at: number, size: number | undefined): End | undefined {
	const [disk, directoryDisk] = [view.getUint16(at + 4, true), view.getUint16(at + 6, true)];
	const [here, entries] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
	const [length, offset] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
	if (startsWith(view, at - locator64.length, locator64.signature)) {
		return end64At(view, at - locator64.length, size);
	}
	const isElsewhere = entries === elsewhere.two || length === elsewhere.four || offset === elsewhere.four;
	const isOne = disk === 0 && directoryDisk === 0 && here === entries;
	return isOne && !isElsewhere ? { entries, length, offset, until: at } : undefined;
}

function end64At(view: DataView, locator: number, size: number | undefined): End | undefined {
	const start = size === undefined ? undefined : size - view.byteLength;
	// Without the size it is taken to have no data of other programs at its end, as is usual.
	const at =
		start === undefined ? locator - record64.length : Number(view.getBigUint64(locator + 8, true) - BigInt(start));
	if (!startsWith(view, at, record64.signature) || at + record64.length > locator) {
		return undefined;
	}
	const [disk, directoryDisk] = [view.getUint32(at + 16, true), view.getUint32(at + 20, true)];
	const [here, entries, length, offset] = [24, 32, 40, 48].map((each) => Number(view.getBigUint64(at + each, true)));
	const isOne = disk === 0 && directoryDisk === 0 && here === entries;
	return isOne && entries !== undefined && length !== undefined && offset !== undefined
		? { entries, length, offset, until: at }
		: undefined;
}

function isDirectoryThere(view: DataView, { length, offset, until }: End, size: number | undefined): boolean {
	const at = until - length;
	if (size !== undefined && offset !== size - view.byteLength + at) {
		return false;
	}
	// A directory of very many entries begins before the tail.
	return at < 0 ? size === undefined || size > view.byteLength : startsWith(view, at, entrySignature);
}

function startsWith(view: DataView, at: number, signature: number): boolean {
	return at >= 0 && at + 4 <= view.byteLength && view.getUint32(at, true) === signature;
}
