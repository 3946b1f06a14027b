import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Http, type HttpOptions } from '../../src/http/request.ts';
import { collectingLog } from '../support/session.ts';

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

export interface Got {
	readonly method: string;
	readonly url: string;
	readonly headers: IncomingMessage['headers'];
	readonly body: string;
}

/** A server on loopback that gives prepared answers in turn, the last one for ever. */
export interface Opponent {
	readonly base: string;
	readonly got: readonly Got[];
	readonly log: readonly string[];
	/** Resolves when so many requests have arrived. */
	arrived(count: number): Promise<void>;
	answers(...answers: Answer[]): void;
	http(options?: Partial<HttpOptions>): Http;
	close(): Promise<void>;
}

export async function startOpponent(): Promise<Opponent> {
	const got: Got[] = [];
	const log: string[] = [];
	const waiting: { count: number; resolve: () => void }[] = [];
	let prepared: Answer[] = [json({})];
	const server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (chunk: string) => {
			body += chunk;
		});
		request.on('end', () => {
			got.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
			waiting.filter(({ count }) => got.length >= count).forEach(({ resolve }) => resolve());
			const answer = prepared.length > 1 ? prepared.shift() : prepared[0];
			answer?.(response, request);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		base,
		got,
		log,
		arrived: (count) => new Promise((resolve) => (got.length >= count ? resolve() : waiting.push({ count, resolve }))),
		answers: (...answers) => {
			prepared = answers;
		},
		http: (options) =>
			new Http({
				base,
				names: { vendor: 'Acme', account: 'My work' },
				fetch: globalThis.fetch,
				log: collectingLog(log),
				...options,
			}),
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

export function status(code: number, headers: Record<string, string> = {}, body = ''): Answer {
	return (response) => void response.writeHead(code, headers).end(body);
}

export function json(value: unknown, code = 200): Answer {
	return status(code, { 'content-type': 'application/json' }, JSON.stringify(value));
}

/** The head, half of the body, and then the connection breaks. */
export const cutOff: Answer = (response) => {
	response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{"name": "Ha');
	setImmediate(() => response.destroy());
};

/** The connection breaks before anything came. */
export const hangUp: Answer = (response) => void response.destroy();

/** Nothing ever comes. */
export const silence: Answer = () => undefined;

/** Everything about an error that the log would hold. */
export function wordsOf(error: unknown): string {
	const words: string[] = [];
	for (let at: unknown = error; at instanceof Error; at = at.cause) {
		words.push(`${at.name}: ${at.message}`);
	}
	return words.join('\n');
}
