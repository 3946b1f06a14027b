import { Readable } from 'node:stream';
import fetch from 'node-fetch';
import type { Send } from '../core/provider.ts';

export { receive } from './receive.ts';

/** Milliseconds without a piece going or an answer coming; enough for a server that looks through a large file first. */
const patience = 300_000;
/** Bytes that are handed on at once. */
const pieceSize = 512 * 1024;
/** One piece is with the network, one waits in the stream and one is being filled; one is spare. */
const buffersInUse = 4;

/**
 * Sends a body of known length piece by piece, from the same few buffers. Global fetch would hold the whole file in memory
 * (measured: 1.3 GB for a file of 1.2 GB), so this is node-fetch, in a bundle of its own that is loaded with the first
 * transfer. Fails with what the body fails with.
 */
export const send: Send = async ({ url, method, headers, body, length, signal }) => {
	const silence = new Silence(patience);
	const sending = new Sending(body, length, () => silence.broken());
	const pieces = Readable.from(sending.pieces(), { highWaterMark: 1 });
	try {
		const answer = await fetch(url, {
			method,
			// A connection that carried an upload is closed, or a server that answers early would break the next request on it.
			headers: { ...headers, 'content-length': String(length), connection: 'close' },
			body: pieces,
			redirect: 'manual',
			signal: AbortSignal.any([signal, silence.signal]),
		});
		const answered = new Headers();
		answer.headers.forEach((value, name) => answered.append(name, value));
		const reply = { status: answer.status, headers: answered, text: await answer.text() };
		if (reply.status < 300 && !sending.isComplete) {
			throw failure('EARLYANSWER', 'the server answered before it had the whole file');
		}
		return reply;
	} catch (error) {
		signal.throwIfAborted();
		throw sending.failure ?? (silence.signal.aborted ? silence.signal.reason : error);
	} finally {
		silence.end();
		pieces.destroy();
	}
};

class Sending {
	readonly #body: AsyncIterable<Uint8Array>;
	readonly #length: number;
	readonly #onPiece: () => void;
	readonly #buffers = Array.from({ length: buffersInUse }, () => Buffer.alloc(0));
	#sent = 0;
	/** What the body failed with. */
	failure: unknown;

	constructor(body: AsyncIterable<Uint8Array>, length: number, onPiece: () => void) {
		this.#body = body;
		this.#length = length;
		this.#onPiece = onPiece;
	}

	get isComplete(): boolean {
		return this.#sent === this.#length;
	}

	/** The body. The stream asks for a piece while the network still holds the one before: each is a copy that stays. */
	async *pieces(): AsyncGenerator<Uint8Array> {
		try {
			for await (const piece of this.#body) {
				for (let at = 0; at < piece.length; at += pieceSize) {
					yield this.#copied(piece.subarray(at, at + pieceSize));
				}
			}
			if (!this.isComplete) {
				throw failure('BODYLENGTH', 'the body has another length than was promised');
			}
		} catch (error) {
			this.failure = error;
			throw error;
		}
	}

	#copied(piece: Uint8Array): Uint8Array {
		this.#sent += piece.length;
		this.#onPiece();
		// Small pieces gather at the network by the dozen before it asks for none; only large ones hold it up at once.
		if (piece.length < pieceSize) {
			return piece.slice();
		}
		const oldest = this.#buffers.shift() ?? Buffer.alloc(0);
		const buffer = oldest.length < piece.length ? Buffer.allocUnsafeSlow(pieceSize) : oldest;
		this.#buffers.push(buffer);
		buffer.set(piece);
		return buffer.subarray(0, piece.length);
	}
}

/** Gives a connection up on which nothing has happened for so many milliseconds. */
class Silence {
	readonly #patience: number;
	readonly #controller = new AbortController();
	#timer: NodeJS.Timeout | undefined;

	constructor(milliseconds: number) {
		this.#patience = milliseconds;
		this.broken();
	}

	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	/** Something has happened. */
	broken(): void {
		clearTimeout(this.#timer);
		const reason = failure('ETIMEDOUT', `nothing came for ${this.#patience / 1000} s`);
		this.#timer = setTimeout(() => this.#controller.abort(reason), this.#patience);
	}

	end(): void {
		clearTimeout(this.#timer);
	}
}

function failure(code: string, message: string): Error {
	return Object.assign(new Error(message), { code });
}
