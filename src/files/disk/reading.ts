/** Reads a stream to its end, a piece after the other. */
export interface Reading {
	/** Undefined at the end. A piece may be used until it is released. */
	next(): Promise<Uint8Array | undefined>;
	/** The piece is not needed any more. */
	release(piece: Uint8Array): void;
	/** Gives the stream up; whoever waits for a piece gets its end. */
	cancel(): void;
}

/**
 * What a byte stream hands out belongs to its reader alone, so its memory is freed as soon as it is released. Left to the
 * collector, the pieces of a large document grow by some 80 MB before it looks, and cold memory costs twice the time.
 */
export function readingOf(stream: ReadableStream<Uint8Array>): Reading {
	const isOurs = isByteStream(stream);
	const reader = stream.getReader();
	return {
		next: async () => (await reader.read()).value,
		release: ({ buffer }) => void (isOurs && buffer instanceof ArrayBuffer && buffer.transfer(0)),
		cancel: () => void reader.cancel().catch(() => undefined),
	};
}

function isByteStream(stream: ReadableStream): boolean {
	try {
		stream.getReader({ mode: 'byob' }).releaseLock();
		return true;
	} catch {
		return false;
	}
}
