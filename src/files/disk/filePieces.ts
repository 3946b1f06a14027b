import type { FileHandle } from 'node:fs/promises';

/** Bytes that are read at once. */
const pieceSize = 512 * 1024;

/**
 * A file of this computer's disk, piece by piece: the next is read while one is used. A piece is good until the one after
 * it is asked for; its memory is used again, where a stream of Node's would leave 60 MB to be collected.
 */
export async function* filePieces(path: string): AsyncGenerator<Uint8Array> {
	const { open } = await import('node:fs/promises');
	const file = await open(path);
	let reading = readInto(file, Buffer.allocUnsafeSlow(pieceSize));
	let spare = Buffer.allocUnsafeSlow(pieceSize);
	try {
		for (let read = await reading; read.length > 0; read = await reading) {
			reading = readInto(file, spare);
			yield read.buffer.subarray(0, read.length);
			spare = read.buffer;
		}
	} finally {
		await reading.catch(() => undefined);
		await file.close();
	}
}

interface Read {
	readonly buffer: Buffer<ArrayBuffer>;
	readonly length: number;
}

function readInto(file: FileHandle, buffer: Buffer<ArrayBuffer>): Promise<Read> {
	const reading = file.read(buffer, 0, buffer.length).then(({ bytesRead }) => ({ buffer, length: bytesRead }));
	reading.catch(() => undefined); // Whoever asks for the piece is told.
	return reading;
}
