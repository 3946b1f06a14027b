import assert from 'node:assert/strict';
import { vendors } from '../../src/sandbox/index.ts';
import type { ServerOptions } from '../../src/sandbox/server.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';

describe('A sandbox that another process controls', () => {
	let server: TestVendor;
	const start = async (vendor = 'projectplace', options?: ServerOptions): Promise<void> => {
		server = await startVendor(vendor, options);
	};
	afterEach(() => server.close());

	const ask = (path: string) => fetch(`${String(server.address.url)}${path}`);
	const send = (path: string, body: unknown, method = 'POST') =>
		fetch(`${String(server.address.url)}${path}`, { method, body: JSON.stringify(body) });
	const requests = async () => (await ask('/-/requests')).json();

	it('lists what was asked on every vendor’s port, and nothing about itself', async () => {
		for (const vendor of Object.keys(vendors)) {
			await start(vendor);
			const { origin } = new URL(String(server.address.url));
			const list = async () => (await fetch(`${origin}/-/requests`)).json();
			assert.deepEqual(await list(), []);
			const { status } = await fetch(`${origin}/nothing?of=it`, { method: 'PUT' });
			assert.deepEqual(await list(), [{ method: 'PUT', path: '/nothing?of=it', status }], vendor);
			await server.close();
		}
	});

	it('takes faults and ends them, and is struck by none', async () => {
		await start();
		assert.equal((await send('/-/faults', { pattern: 'GET /1/account', kind: '503', times: 1 })).status, 204);
		assert.deepEqual([(await ask('/1/account')).status, (await ask('/1/account')).status], [503, 401]);
		await send('/-/faults', { pattern: '*', kind: '500' });
		assert.equal((await ask('/1/account')).status, 500);
		assert.equal((await send('/-/faults', undefined, 'DELETE')).status, 204);
		assert.equal((await ask('/1/account')).status, 401);
		assert.equal(((await requests()) as unknown[]).length, 4);
	});

	it('moves the clock on, whichever clock it was given', async () => {
		const at = 1_900_000_000_000;
		await start('projectplace', { clock: () => at });
		const { clientId, clientSecret } = server.address.clientCredentials as Record<string, string>;
		const body = new URLSearchParams({
			grant_type: 'client_credentials',
			client_id: clientId ?? '',
			client_secret: clientSecret ?? '',
		});
		const url = String(server.address.url);
		const { access_token } = (await (await fetch(`${url}/oauth2/access_token`, { method: 'POST', body })).json()) as {
			access_token: string;
		};
		const account = () => fetch(`${url}/1/account`, { headers: { authorization: `Bearer ${access_token}` } });
		assert.equal((await send('/-/clock', { forward: 2_591_999_000 })).status, 204);
		assert.equal((await account()).status, 200);
		await send('/-/clock', { forward: 1_000 });
		assert.equal((await account()).status, 401);
	});

	it('refuses what it does not understand', async () => {
		await start();
		for (const fault of [
			{},
			{ pattern: '*' },
			{ pattern: '*', kind: 'odd' },
			{ pattern: '*', kind: '500', times: 0 },
		]) {
			assert.equal((await send('/-/faults', fault)).status, 400);
		}
		for (const clock of [{}, { forward: 'soon' }, { forward: -1 }, []]) {
			assert.equal((await send('/-/clock', clock)).status, 400);
		}
		assert.equal((await fetch(`${String(server.address.url)}/-/faults`, { method: 'POST', body: '{' })).status, 400);
		assert.equal((await ask('/-/other')).status, 404);
	});
});
