import { Dice } from './dice.ts';

const blockSize = 1024 * 1024;

/**
 * A document too large to be held in memory: its bytes are made when they are asked for, and always the same. Blocks of
 * noise that begin with their number, so that none can stand in the place of another.
 */
export function largeContent(size: number): ReadableStream<Uint8Array<ArrayBuffer>> {
	const noise = noiseBlock();
	let at = 0;
	return new ReadableStream(
		{
			pull(controller) {
				if (at >= size) {
					return controller.close();
				}
				const block = noise.slice(0, Math.min(blockSize, size - at));
				if (block.length >= 8) {
					new DataView(block.buffer).setFloat64(0, at / blockSize);
				}
				at += block.length;
				controller.enqueue(block);
			},
		},
		{ highWaterMark: 4 },
	);
}

function noiseBlock(): Uint8Array<ArrayBuffer> {
	const dice = new Dice(11);
	const noise = Uint8Array.from({ length: 4_093 }, () => dice.below(256));
	const block = new Uint8Array(blockSize);
	for (let at = 0; at < blockSize; at += noise.length) {
		block.set(noise.subarray(0, blockSize - at), at);
	}
	return block;
}

/** Bytes of a request from which on what it carries is counted and not kept. */
export const mostKept = 64 * 1024 * 1024;

/** A file that came as the only part of a form, by its head and its length. */
export interface CountedFile {
	readonly field: string;
	readonly name: string;
	readonly media: string;
	readonly size: number;
}

/** Counts the file in a form and holds no more of it than both ends. Undefined where the form is not whole. */
export async function countedFile(
	body: ReadableStream<Uint8Array>,
	boundary: string,
): Promise<CountedFile | undefined> {
	let [first, last, length] = ['', '', 0];
	for await (const piece of body as unknown as AsyncIterable<Uint8Array>) {
		length += piece.length;
		first += first.length < edge ? signs(piece.subarray(0, edge)) : '';
		last = (last + signs(piece.subarray(-edge))).slice(-edge);
	}
	const head = first.slice(0, first.indexOf('\r\n\r\n') + 4);
	const text = new TextDecoder().decode(Uint8Array.from(head, (sign) => sign.charCodeAt(0)));
	const [, field, name] = /name="(.*)"; filename="(.*)"/.exec(text) ?? [];
	const end = last.lastIndexOf(`\r\n--${boundary}--`);
	return field === undefined || name === undefined || end === -1
		? undefined
		: {
				field,
				name,
				media: /^content-type: (\S+)/im.exec(text)?.[1] ?? '',
				size: length - head.length - last.length + end,
			};
}

const edge = 4096;

/** A sign a byte. */
function signs(bytes: Uint8Array): string {
	return String.fromCharCode(...bytes);
}
