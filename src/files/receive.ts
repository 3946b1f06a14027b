import type { IncomingMessage } from 'node:http';
import { ask, decoded, headersOf } from './disk/answer.ts';
import { bodyStream } from './disk/bodyStream.ts';
import { type Pieces, parsedPieces, socketPieces } from './disk/pieces.ts';

/** Milliseconds without a byte. */
const patience = 60_000;
/** Bytes from which on a body is worth the way past the parser. */
const large = 1024 * 1024;

/** `fetch` for content, at a third of its cost. Sends no body and follows no redirect. */
export const receive: typeof globalThis.fetch = async (input, init) => {
	const { url, method, headers, signal } = new Request(input, init);
	return toResponse(await ask(url, { method, headers: Object.fromEntries(headers), signal, patience }));
};

const bodiless = new Set([204, 205, 304]);

function toResponse(answer: IncomingMessage): Response {
	const { statusCode: status = 0, statusMessage: statusText } = answer;
	const headers = headersOf(answer);
	if (bodiless.has(status)) {
		answer.resume();
		return new Response(null, { status, statusText, headers });
	}
	return new Response(bodyStream(piecesOf(answer, headers)), { status, statusText, headers });
}

function piecesOf(answer: IncomingMessage, headers: Headers): Pieces {
	const length = Number(headers.get('content-length') ?? 0);
	const isPlain = !headers.has('transfer-encoding') && !headers.has('content-encoding') && !answer.complete;
	return isPlain && length >= large ? socketPieces(answer, length) : parsedPieces(decoded(answer));
}
