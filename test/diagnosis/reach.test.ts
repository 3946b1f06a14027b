import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Finding } from '../../src/core/finding.ts';
import { runChecks } from '../../src/host/checks.ts';
import { reachFindings } from '../../src/host/reach.ts';
import { signal } from '../support/session.ts';

describe('A request of the connection doctor', () => {
	let server: Server | undefined;
	const serve = async (listener: RequestListener): Promise<string> => {
		const made = createServer(listener);
		server = made;
		await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
		return `http://127.0.0.1:${(made.address() as AddressInfo).port}`;
	};
	const close = (): void => {
		server?.closeAllConnections();
		server?.close();
		server = undefined;
	};
	afterEach(close);

	const ask = async (address: string, fetch = globalThis.fetch): Promise<{ request: Finding; clock: Finding }> => {
		const [request, clock] = await reachFindings(address, fetch, signal());
		assert.ok(request && clock);
		return { request, clock };
	};
	const answered = (status: number, headers: Record<string, string> = {}, body = '') =>
		serve((_request, response) => response.writeHead(status, headers).end(body));

	it('carries no credentials and changes nothing', async () => {
		const asked: string[] = [];
		const address = await serve(({ method, url, headers }, response) => {
			asked.push(`${method} ${url} ${headers.authorization} ${headers.cookie}`);
			response.end();
		});
		await ask(`${address}/v2`);
		assert.deepEqual(asked, ['GET /v2 undefined undefined']);
	});

	for (const status of [200, 401, 403, 404, 405, 429]) {
		it(`that is answered with status ${status} has reached the server`, async () => {
			const { request } = await ask(await answered(status));
			assert.equal(request.state, 'good');
			assert.match(request.message, new RegExp(`status ${status}`));
		});
	}

	it('does not take an API’s page for "not found" for a proxy', async () => {
		const { request } = await ask(await answered(404, { 'content-type': 'text/html' }, '<html>not here</html>'));
		assert.equal(request.state, 'good');
	});

	for (const [what, status, headers] of [
		['a web page', 200, { 'content-type': 'text/html; charset=utf-8' }],
		['a way to another server', 302, { location: 'https://login.proxy.example/?url=x' }],
	] as const) {
		it(`that is answered with ${what} is not known to have reached the API`, async () => {
			const { request } = await ask(await answered(status, headers, '<html>Sign in</html>'));
			assert.equal(request.state, 'unknown');
			assert.match(request.message, /web page/);
			assert.match(request.next ?? '', /browser/);
		});
	}

	it('does not follow a redirect, and takes one within the server for an answer', async () => {
		const asked: unknown[] = [];
		const address = await serve(({ url }, response) => {
			asked.push(url);
			response.writeHead(301, { location: '/v2/' }).end();
		});
		const { request } = await ask(`${address}/v2`);
		assert.equal(request.state, 'good');
		assert.deepEqual(asked, ['/v2']);
	});

	for (const [status, state, message, next] of [
		[511, 'bad', /network wants you to sign in/, /browser/],
		[503, 'warning', /problem of its own \(status 503\)/, /Wait/],
	] as const) {
		it(`that is answered with status ${status} says what is in the way`, async () => {
			const { request } = await ask(await answered(status));
			assert.equal(request.state, state);
			assert.match(request.message, message);
			assert.match(request.next ?? '', next);
		});
	}

	it('that is answered by a proxy says so', async () => {
		// Node's own fetch hides this status; a browser's shows it.
		const { request } = await ask('https://x.invalid', async () => new Response('Sign in', { status: 407 }));
		assert.equal(request.state, 'bad');
		assert.match(request.message, /proxy .* password/);
		assert.match(request.next ?? '', /proxy/);
	});

	it('that a proxy stops at its door says so', async () => {
		const cause = new Error('Proxy response (407) !== 200 when HTTP Tunneling');
		const { request } = await ask('https://x.invalid', () => Promise.reject(new TypeError('fetch failed', { cause })));
		assert.match(request.message, /proxy .* password/);
	});

	it('finds nothing where nothing listens', async () => {
		const address = await answered(200);
		close();
		const { request, clock } = await ask(address);
		assert.equal(request.state, 'bad');
		assert.match(request.message, /nothing answers at its address \(ECONNREFUSED\)/);
		assert.ok(request.next);
		assert.equal(clock.state, 'unknown');
	});

	for (const [code, message] of [
		['ENOTFOUND', /name was not found/],
		['UND_ERR_CONNECT_TIMEOUT', /no answer came/],
		['SELF_SIGNED_CERT_IN_CHAIN', /certificate is not trusted/],
		['ECONNRESET', /not reached: ECONNRESET/],
	] as const) {
		it(`that fails with ${code} says it in words`, async () => {
			const cause = Object.assign(new Error('x'), { code });
			const { request } = await ask('https://x.invalid', () =>
				Promise.reject(new TypeError('fetch failed', { cause })),
			);
			assert.equal(request.state, 'bad');
			assert.match(request.message, message);
			assert.ok(request.next);
		});
	}

	it('that fails without a reason names the likely ones', async () => {
		const { request } = await ask('https://x.invalid', () => Promise.reject(new TypeError('Failed to fetch')));
		assert.match(request.message, /not reached: Failed to fetch\.$/);
		assert.match(request.next ?? '', /proxy .* browser/);
	});

	it('is given up where the server never answers', async () => {
		const address = await serve(() => undefined);
		const check = { about: 'Request', run: (each: AbortSignal) => reachFindings(address, globalThis.fetch, each) };
		const [finding, ...others] = await runChecks([check], { timeLimit: 50 }, signal());
		assert.equal(finding?.message, 'Nothing came within 50 milliseconds.');
		assert.equal(finding?.state, 'bad');
		assert.deepEqual(others, []);
	});

	const minutes = 60_000;
	for (const [off, state, message] of [
		[0, 'good', /agrees/],
		[-0.9 * minutes, 'good', /agrees/],
		[-4 * minutes, 'warning', /clock is 4 minutes ahead of the server’s\.$/],
		[3 * minutes, 'warning', /clock is 3 minutes behind the server’s\.$/],
		[
			-10 * minutes,
			'bad',
			/clock is 10 minutes ahead of the server’s\. Signed requests are refused from 5 minutes on\./,
		],
		[10 * minutes, 'bad', /clock is 10 minutes behind/],
	] as const) {
		it(`finds the clocks ${state} where the server’s is ${off / minutes} minutes off`, async () => {
			const date = new Date(Date.now() + off).toUTCString();
			const { clock } = await ask(await answered(401, { date }));
			assert.equal(clock.state, state);
			assert.match(clock.message, message);
			assert.equal(clock.next !== undefined, state !== 'good');
		});
	}

	it('allows for a copy that a cache gave', async () => {
		const date = new Date(Date.now() - 10 * minutes).toUTCString();
		const { clock } = await ask(await answered(200, { date, age: '600' }));
		assert.equal(clock.state, 'good');
	});

	it('knows nothing of a clock that the server does not tell', async () => {
		const address = await serve((_request, response) => {
			response.sendDate = false;
			response.end();
		});
		assert.equal((await ask(address)).clock.state, 'unknown');
	});
});
