import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import zlib from 'node:zlib';

interface Asked {
	readonly method: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly signal: AbortSignal;
	/** Milliseconds without a byte after which the connection counts as broken. */
	readonly patience: number;
}

/**
 * Asks over the editor's own HTTP, which knows its proxy settings and certificates. The connection serves once: half a
 * body may be left on it.
 */
export function ask(url: string, { method, headers, signal, patience }: Asked): Promise<IncomingMessage> {
	signal.throwIfAborted();
	const request = (url.startsWith('https:') ? https : http).request(url, {
		method,
		headers: { ...headers, 'accept-encoding': 'identity', connection: 'close' },
	});
	const leave = (): void => void request.destroy(signal.reason as Error);
	signal.addEventListener('abort', leave, { once: true });
	request.once('close', () => signal.removeEventListener('abort', leave));
	const silence = Object.assign(new Error(`nothing came for ${patience / 1000} s`), { code: 'ETIMEDOUT' });
	// Some servers promise to keep even a connection that was to be closed.
	request.shouldKeepAlive = false;
	request.setTimeout(patience, () => request.destroy(silence)).end();
	return answerTo(request);
}

function answerTo(request: ClientRequest): Promise<IncomingMessage> {
	return new Promise((resolve, reject) => {
		request.on('error', reject).once('response', (answer) => {
			// Such as more bytes than were announced, of which the answer itself would say nothing.
			request.on('error', (error) => answer.destroy(error));
			resolve(answer);
		});
	});
}

export function headersOf({ headersDistinct }: IncomingMessage): Headers {
	const headers = new Headers();
	for (const [name, values = []] of Object.entries(headersDistinct)) {
		values.forEach((value) => headers.append(name, value));
	}
	return headers;
}

/** Some servers compress what nobody asked them to. */
export function decoded(answer: IncomingMessage): Readable {
	switch (answer.headers['content-encoding']?.toLowerCase()) {
		case 'gzip':
		case 'x-gzip':
		case 'deflate':
			return pipeline(answer, zlib.createUnzip(), () => undefined);
		case 'br':
			return pipeline(answer, zlib.createBrotliDecompress(), () => undefined);
		default:
			return answer;
	}
}
