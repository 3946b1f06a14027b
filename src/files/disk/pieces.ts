import type { IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';

/** Where the bytes of an answer come from, piece by piece. */
export interface Pieces {
	/** Begins. Each piece is given away; `end` says what went wrong if anything did, and counts only the first time. */
	start(piece: (bytes: Uint8Array) => void, end: (error?: Error) => void): void;
	pause(): void;
	resume(): void;
	/** Gives up the connection. */
	destroy(): void;
}

/** By Node's own parser. */
export function parsedPieces(body: Readable): Pieces {
	return {
		start(piece, end) {
			body.on('data', piece).once('end', () => end());
			body.on('error', end).once('close', () => end(brokenOff()));
			if (body.destroyed) {
				end(body.errored ?? brokenOff());
			}
		},
		pause: () => void body.pause(),
		resume: () => void body.resume(),
		destroy: () => void body.destroy(),
	};
}

/**
 * From the socket itself, past Node's parser. That copies every piece of a body into memory of its own: whatever was built
 * upon it (`http`, node-fetch) brought 1 GiB at 0.7 to 0.8 of curl's speed, and at less than curl's even with nothing
 * written to the disk; this brings it at more than curl's. Only for a body that is so many plain bytes and the last of its
 * connection. What the parser has already is taken from it, and it gets nothing more: whatever carries the connection, a
 * proxy or TLS, hands its bytes out as they are.
 */
export function socketPieces(response: IncomingMessage, length: number): Pieces {
	const { socket } = response;
	socket.removeAllListeners('data').pause();
	// The parser will think that its body was cut off.
	response.on('error', () => undefined);
	const first = response.read() as Uint8Array | null;
	return counted(socket, first ?? new Uint8Array(), length);
}

function counted(socket: Duplex, first: Uint8Array, length: number): Pieces {
	let missing = length;
	return {
		start(piece, end) {
			const take = (bytes: Uint8Array): void => {
				if (bytes.length > missing) {
					end(failure('more came than was announced'));
					socket.destroy();
					return;
				}
				missing -= bytes.length;
				piece(bytes);
				if (missing === 0) {
					end();
					socket.destroy();
				}
			};
			socket.on('error', end).once('close', () => end(brokenOff()));
			take(first);
			socket.on('data', take);
			if (socket.destroyed) {
				end(brokenOff());
			}
		},
		pause: () => void socket.pause(),
		resume: () => void socket.resume(),
		destroy: () => void socket.destroy(),
	};
}

function brokenOff(): Error {
	return failure('the connection was closed before the whole body had come');
}

function failure(message: string): Error {
	return Object.assign(new Error(message), { code: 'ECONNRESET' });
}
