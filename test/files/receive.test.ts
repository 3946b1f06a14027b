import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http, { Agent, type ClientRequestArgs, createServer, type RequestListener, type Server } from 'node:http';
import https from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { receive, send } from '../../src/files/upload.ts';
import { signal } from '../support/session.ts';

const bytes = Uint8Array.from({ length: 3_000_000 }, (_, at) => at * 13);
const pem = (name: string) => readFileSync(new URL(`../diagnosis/certificates/${name}`, import.meta.url), 'utf8');

describe('The transport of content', () => {
	let server: Server;
	const serve = async (
		answer: RequestListener,
		make: (answer: RequestListener) => Server = createServer,
	): Promise<string> => {
		server = make(answer).listen(0, '127.0.0.1');
		await once(server, 'listening');
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	};
	const serveSecurely = async (answer: RequestListener): Promise<string> => {
		const [cert, key] = [pem('server.pem') + pem('ca.pem'), pem('server.key')];
		const url = await serve(answer, (listener) => https.createServer({ cert, key }, listener));
		return url.replace('http://127.0.0.1', 'https://localhost');
	};
	const trusting = async (run: () => Promise<void>): Promise<void> => {
		const { options } = https.globalAgent;
		options.ca = pem('ca.pem');
		try {
			await run();
		} finally {
			delete options.ca;
		}
	};
	afterEach(() => {
		server.closeAllConnections();
		server.close();
	});
	const whole = async (response: Response) => new Uint8Array(await response.arrayBuffer());

	for (const [what, answer] of [
		['of a known length', (_, to) => void to.writeHead(200, { 'content-length': bytes.length }).end(bytes)],
		['of an unknown length', (_, to) => void to.writeHead(200).end(bytes)],
		[
			'that nobody asked to compress',
			(_, to) => void to.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(bytes)),
		],
		[
			'that ends with its connection',
			(_, to) => void to.socket?.end(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), bytes])),
		],
	] as const satisfies readonly (readonly [string, RequestListener])[]) {
		it(`brings a body ${what} whole, whoever reads it`, async () => {
			const url = await serve(answer);
			assert.deepEqual(await whole(await receive(url)), bytes);
			const reader = (await receive(url)).body?.getReader({ mode: 'byob' });
			const pieces: Uint8Array[] = [];
			for (let buffer = new ArrayBuffer(100_000); ; ) {
				const { done, value } = (await reader?.read(new Uint8Array(buffer))) ?? { done: true };
				if (done || !value) {
					break;
				}
				pieces.push(value.slice());
				buffer = value.buffer;
			}
			assert.deepEqual(new Uint8Array(Buffer.concat(pieces)), bytes);
		});
	}

	for (const length of [100, bytes.length - 7]) {
		it(`does not take ${length} bytes for good behind which more come than were announced`, async () => {
			const url = await serve((_, { socket }) => {
				const head = `HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\n\r\n`;
				socket?.end(Buffer.concat([Buffer.from(head), bytes.subarray(0, length + 7)]));
			});
			await assert.rejects(async () => whole(await receive(url)), Error);
		});
	}

	it('takes a body whose head came alone', async () => {
		const url = await serve((_, to) => {
			to.writeHead(200, { 'content-length': bytes.length }).flushHeaders();
			setImmediate(() => to.end(bytes));
		});
		assert.deepEqual(await whole(await receive(url)), bytes);
	});

	it('takes one body after the other, large and small, from a server that keeps its connections', async () => {
		const url = await serve(({ url: at }, to) => {
			const body = at === '/' ? bytes : bytes.subarray(0, 10);
			to.writeHead(200, { 'content-length': body.length, connection: 'keep-alive' }).end(body);
		});
		for (const [place, length] of [
			['', bytes.length],
			['small', 10],
			['', bytes.length],
		] as const) {
			assert.deepEqual(await whole(await receive(url + place)), bytes.subarray(0, length));
		}
	});

	it('takes no head for a body', async () => {
		const url = await serve((_, to) => void to.writeHead(200, { 'content-length': bytes.length }).end());
		assert.equal((await whole(await receive(url, { method: 'HEAD' }))).length, 0);
	});

	it('takes a body through a proxy’s tunnel, which the agent of the host has dug', async () => {
		const url = await serve((_, to) => void to.writeHead(200, { 'content-length': bytes.length }).end(bytes));
		const proxy = createServer().on('connect', ({ url: target = '' }, near: Socket) => {
			const far = connect(Number(target.split(':')[1]), '127.0.0.1', () => {
				near.write('HTTP/1.1 200 OK\r\n\r\n');
				near.pipe(far).pipe(near);
			});
		});
		await once(proxy.listen(0, '127.0.0.1'), 'listening');
		const before = http.globalAgent;
		http.globalAgent = new TunnelAgent((proxy.address() as AddressInfo).port);
		try {
			assert.deepEqual(await whole(await receive(url)), bytes);
		} finally {
			http.globalAgent = before;
			proxy.close();
		}
	});

	it('takes a body over TLS', async () => {
		const url = await serveSecurely((_, to) => {
			to.writeHead(200, { 'content-length': bytes.length }).end(bytes);
		});
		await trusting(async () => assert.deepEqual(await whole(await receive(url)), bytes));
	});

	it('gives the reason of its signal where it is given up, before and while it comes', async () => {
		const url = await serve((_, to) => {
			to.writeHead(200, { 'content-length': 100 * bytes.length }).write(bytes);
		});
		const reason = new Error('enough');
		await assert.rejects(receive(url, { signal: AbortSignal.abort(reason) }), reason);
		const leaving = new AbortController();
		const reader = (await receive(url, { signal: leaving.signal })).body?.getReader();
		await reader?.read();
		leaving.abort(reason);
		await assert.rejects(async () => {
			while ((await reader?.read())?.done === false) {
				// What has come already is still handed out.
			}
		}, Error);
	});

	it('fails where less comes than was announced, behind what came', async () => {
		const url = await serve((_, to) => {
			to.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, 2_000_000), () => to.socket?.end());
		});
		let come = 0;
		await assert.rejects(
			async () => {
				for await (const piece of (await receive(url)).body as unknown as AsyncIterable<Uint8Array>) {
					come += piece.length;
				}
			},
			{ code: 'ECONNRESET' },
		);
		assert.equal(come, 2_000_000);
	});

	it('hands a redirect back, and an answer without a body', async () => {
		const url = await serve(({ url: at }, to) => {
			to.writeHead(at === '/' ? 302 : 204, { location: 'https://elsewhere.example/' }).end();
		});
		const redirect = await receive(url, { headers: { authorization: 'Bearer x' } });
		assert.deepEqual([redirect.status, redirect.headers.get('location')], [302, 'https://elsewhere.example/']);
		assert.equal((await receive(`${url}none`)).body, null);
	});

	it('reads no more than it needs while nobody reads', async () => {
		let sent = 0;
		const url = await serve((_, to) => {
			to.writeHead(200, { 'content-length': 100 * bytes.length });
			const more = (): void => {
				sent += bytes.length;
				to.write(bytes, more);
			};
			more();
		});
		const { body } = await receive(url);
		const reader = body?.getReader();
		await reader?.read();
		await new Promise((resolve) => {
			setImmediate(resolve);
		});
		await reader?.cancel();
		assert.ok(sent < 10 * bytes.length, String(sent));
	});

	it('does not take an answer for good that came before the whole file had left', async () => {
		const url = await serve((_, to) => void to.writeHead(200).end('{}'));
		const body = async function* () {
			yield new Uint8Array(1_000);
			await new Promise(() => undefined);
		};
		const request = { url, method: 'POST', headers: {}, body: body(), length: 2_000, signal: signal() } as const;
		await assert.rejects(send(request), { code: 'EARLYANSWER' });
	});

	it('gives a refusal that came before the whole file had left', async () => {
		const url = await serve((_, to) => void to.writeHead(413).end('too large'));
		const body = async function* () {
			yield new Uint8Array(1_000);
			await new Promise(() => undefined);
		};
		const reply = await send({ url, method: 'POST', headers: {}, body: body(), length: 2_000, signal: signal() });
		assert.deepEqual([reply.status, reply.text], [413, 'too large']);
	});

	describe('up', () => {
		const length = 9 * 1024 * 1024 + 5;
		const numbered = (at: number) => at * 31 + (at >> 16);
		/** Looks at every byte, and reads so slowly that pieces wait everywhere. */
		const reader =
			(wrong: number[]): RequestListener =>
			async (request, to) => {
				let at = 0;
				for await (const piece of request as AsyncIterable<Uint8Array>) {
					const wrongAt = piece.findIndex((byte, n) => byte !== (numbered(at + n) & 255));
					wrong.push(...(wrongAt === -1 ? [] : [at + wrongAt]));
					at += piece.length;
					await new Promise((resolve) => {
						setImmediate(resolve);
					});
				}
				to.writeHead(at === length ? 201 : 400).end();
			};
		/** Every piece in the same memory, as the contract allows. */
		const reusing = async function* (size: number) {
			const buffer = new Uint8Array(size);
			for (let at = 0; at < length; at += size) {
				const piece = buffer.subarray(0, Math.min(size, length - at));
				piece.forEach((_, n) => (piece[n] = numbered(at + n)));
				yield piece;
			}
		};
		const post = (url: string, body: AsyncIterable<Uint8Array>) =>
			send({ url, method: 'POST', headers: {}, body, length, signal: signal() });

		for (const size of [60_000, 512 * 1024, 3_000_000]) {
			it(`takes pieces of ${size} bytes from the same memory, plain and over TLS`, async () => {
				const wrong: number[] = [];
				const plain = await serve(reader(wrong));
				assert.equal((await post(plain, reusing(size))).status, 201);
				server.close();
				const secure = await serveSecurely(reader(wrong));
				await trusting(async () => assert.equal((await post(secure, reusing(size))).status, 201));
				assert.deepEqual(wrong, []);
			});
		}

		it('fails with what its body fails with, and leaves the body closed', async () => {
			const url = await serve(reader([]));
			let closed = false;
			const broken = async function* () {
				try {
					yield new Uint8Array(1000);
					throw new TypeError('the disk is gone');
				} finally {
					closed = true;
				}
			};
			await assert.rejects(post(url, broken()), { name: 'TypeError', message: 'the disk is gone' });
			assert.ok(closed);
		});

		it('does not end a body that is shorter or longer than was promised', async () => {
			const url = await serve(reader([]));
			for (const wrong of [length - 1, length + 1]) {
				const body = async function* () {
					yield new Uint8Array(wrong);
				};
				await assert.rejects(post(url, body()), { code: 'BODYLENGTH' });
			}
		});
	});
});

/** As the editor puts one in the place of the usual agent. */
class TunnelAgent extends Agent {
	readonly #proxy: number;

	constructor(proxy: number) {
		super();
		this.#proxy = proxy;
	}

	override createConnection(
		{ host, port }: ClientRequestArgs,
		made: (error: Error | null, socket: Duplex) => void,
	): undefined {
		const path = `${host}:${port}`;
		const request = http.request({ port: this.#proxy, method: 'CONNECT', path, agent: new Agent() });
		request.once('connect', (_, socket) => made(null, socket)).end();
	}
}
