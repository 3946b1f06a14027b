import type { Pieces } from './pieces.ts';

/** Bytes that wait here before the connection is told to wait. */
const mostWaiting = 512 * 1024;

/** The pieces of an answer as a byte stream: what it hands out belongs to its reader alone. */
export function bodyStream(pieces: Pieces): ReadableStream<Uint8Array<ArrayBuffer>> {
	return new ReadableStream(new Body(pieces), { highWaterMark: mostWaiting });
}

class Body implements UnderlyingByteSource {
	readonly type = 'bytes';
	readonly #pieces: Pieces;
	#ended = false;
	#failure: Error | undefined;

	constructor(pieces: Pieces) {
		this.#pieces = pieces;
	}

	start(controller: ReadableByteStreamController): void {
		this.#pieces.start(
			(piece) => this.#take(piece, controller),
			(error) => this.#end(error, controller),
		);
	}

	pull(controller: ReadableByteStreamController): void {
		if (this.#failure) {
			this.#failBehind(this.#failure, controller);
		} else {
			this.#pieces.resume();
		}
	}

	cancel(): void {
		this.#ended = true;
		this.#pieces.destroy();
	}

	#take(piece: Uint8Array, controller: ReadableByteStreamController): void {
		if (this.#ended || piece.length === 0) {
			return;
		}
		controller.enqueue(alone(piece));
		if ((controller.desiredSize ?? 0) <= 0) {
			this.#pieces.pause();
		}
	}

	#end(error: Error | undefined, controller: ReadableByteStreamController): void {
		if (this.#ended) {
			return;
		}
		this.#ended = true;
		if (error) {
			this.#failure = error;
			this.#failBehind(error, controller);
		} else {
			controller.close();
			// Who waits with a buffer of their own is told only by this.
			controller.byobRequest?.respond(0);
		}
	}

	/** Once nothing waits any more: a stream that fails drops what it holds. */
	#failBehind(error: Error, controller: ReadableByteStreamController): void {
		if (controller.desiredSize === mostWaiting) {
			controller.error(error);
		}
	}
}

/** A piece whose memory is nobody else's: the stream takes a whole buffer over, and many a piece shares one with others. */
function alone(piece: Uint8Array): Uint8Array<ArrayBuffer> {
	const { buffer, byteLength } = piece;
	try {
		if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) {
			return new Uint8Array(buffer.transfer());
		}
	} catch {
		// Node keeps some buffers for itself and does not let them go.
	}
	return new Uint8Array(piece);
}
