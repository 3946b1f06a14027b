import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalFailure, SignInEnded } from '../../src/core/errors.ts';
import type { Answer } from '../../src/core/handshakes.ts';
import { listen } from '../../src/host/loopback.ts';

describe('the page that the browser comes back to on this computer', () => {
	let stop: (() => void) | undefined;
	let port: number;
	const taken: Answer[] = [];
	const take = async (answer: Answer): Promise<void> => {
		taken.push(answer);
		if (answer['state'] !== 'mine') {
			throw new SignInEnded('Belongs to <nobody>.');
		}
	};
	const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);

	beforeEach(async () => {
		taken.length = 0;
		port = await freePort();
		stop = await listen(take, port);
	});
	afterEach(() => stop?.());

	it('takes the answer and says that one can go back', async () => {
		const page = await (await get('/signed-in?code=a%2Bb&state=mine')).text();
		assert.deepEqual(taken, [{ code: 'a+b', state: 'mine' }]);
		assert.match(page, /You can close this page and go back to the editor/);
	});

	it('says why an answer was of no use, as text', async () => {
		const page = await (await get('/signed-in?code=x&state=guessed')).text();
		assert.match(page, /Belongs to &#60;nobody&#62;\./);
	});

	it('answers nothing else: no other path, no other method, no other name of this computer', async () => {
		assert.equal((await get('/')).status, 404);
		assert.equal((await get('/signed-in', { method: 'POST' })).status, 404);
		assert.equal((await fetch(`http://localhost:${port}/signed-in?state=mine`)).status, 404);
		assert.deepEqual(taken, []);
	});

	it('keeps the answer’s address from the next page', async () => {
		const { headers } = await get('/signed-in?code=x&state=mine');
		assert.equal(headers.get('referrer-policy'), 'no-referrer');
	});

	it('ends with the wait', async () => {
		stop?.();
		await assert.rejects(get('/signed-in?state=mine'));
	});

	it('says which port another program has, and what to do', async () => {
		await assert.rejects(
			listen(take, port),
			(error) => error instanceof LocalFailure && error.message.includes(String(port)) && /Paste/.test(error.message),
		);
	});
});

async function freePort(): Promise<number> {
	const server: Server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
