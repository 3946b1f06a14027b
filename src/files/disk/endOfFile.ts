import type { FileEnd } from '../../core/zipCheck.ts';

/** The last bytes of a file on the disk, at the most so many, and its length. */
export async function endOfFile(path: string, most: number): Promise<FileEnd> {
	const { open } = await import('node:fs/promises');
	await using file = await open(path);
	const { size } = await file.stat();
	const tail = new Uint8Array(Math.min(most, size));
	await file.read(tail, 0, tail.length, size - tail.length);
	return { tail, size };
}
