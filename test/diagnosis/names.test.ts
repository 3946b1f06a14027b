import assert from 'node:assert/strict';
import { nameFindings } from '../../src/host/nodeDiagnosis.ts';
import type { Route } from '../../src/host/proxy.ts';

const system: Route = { kind: 'system' };
const server = new URL('https://api.fake.invalid/v2');
const failure = (code: string) => () => Promise.reject(Object.assign(new Error(`getaddrinfo ${code}`), { code }));

describe('The name of a server', () => {
	it('leads to addresses, each named once', async () => {
		const asked: string[] = [];
		const [finding] = await nameFindings(server, system, async (hostname) => {
			asked.push(hostname);
			return [{ address: '192.0.2.1' }, { address: '2001:db8::1' }, { address: '192.0.2.1' }];
		});
		assert.deepEqual(asked, ['api.fake.invalid']);
		assert.equal(finding?.state, 'good');
		assert.match(finding?.message ?? '', /leads to 192\.0\.2\.1, 2001:db8::1 \(found after \d+ milliseconds?\)/);
	});

	it('is not looked up where it is a number', async () => {
		for (const address of ['http://127.0.0.1:4000', 'https://[2001:db8::1]']) {
			const [finding] = await nameFindings(new URL(address), system, failure('EBADNAME'));
			assert.equal(finding?.state, 'good', address);
		}
	});

	it('is unknown, with what to look at', async () => {
		const [finding] = await nameFindings(server, system, failure('ENOTFOUND'));
		assert.equal(finding?.state, 'bad');
		assert.match(finding?.message ?? '', /No address was found for api\.fake\.invalid \(ENOTFOUND\)/);
		assert.match(finding?.next ?? '', /spelling/);
		assert.deepEqual(finding?.personal, ['api.fake.invalid']);
	});

	it('is not answered for', async () => {
		const [finding] = await nameFindings(server, system, failure('EAI_AGAIN'));
		assert.match(finding?.next ?? '', /DNS service does not answer/);
	});

	it('need not be known here where a proxy looks it up', async () => {
		const route: Route = { kind: 'proxy', proxy: new URL('http://proxy.example'), source: 'http.proxy' };
		const [finding] = await nameFindings(server, route, failure('ENOTFOUND'));
		assert.equal(finding?.state, 'unknown');
		assert.match(finding?.message ?? '', /the proxy looks the name up/);
	});
});
