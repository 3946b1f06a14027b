import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** A file's name and what it holds. */
export type Content = readonly [name: string, text: string];

/** Every file in a folder and beneath it. */
export function filesBeneath(folder: string): Content[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => statSync(join(folder, name)).isFile())
		.map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
}

/** Every file in a zip file. */
export function filesInZip(file: string): Content[] {
	const zip = readFileSync(file);
	const files: Content[] = [];
	const end = zip.lastIndexOf('PK\x05\x06');
	// The central directory: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12
	for (let at = zip.readUInt32LE(end + 16); zip.readUInt32LE(at) === 0x02014b50; ) {
		const nameLength = zip.readUInt16LE(at + 28);
		const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
		const local = zip.readUInt32LE(at + 42);
		const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
		const packed = zip.subarray(from, from + zip.readUInt32LE(at + 20));
		const isPacked = zip.readUInt16LE(at + 10) !== 0;
		files.push([name, (isPacked ? inflateRawSync(packed) : packed).toString('utf8')]);
		at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
	}
	return files;
}
