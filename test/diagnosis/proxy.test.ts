import assert from 'node:assert/strict';
import { type ProxySettings, proxyFinding, proxySecrets, routeTo } from '../../src/host/proxy.ts';

const server = new URL('https://api.fake.example/v2');
const none: ProxySettings = { proxy: '', support: 'override', noProxy: [], fetchSupport: true, environment: {} };
const find = (over: Partial<ProxySettings>, url = server) => proxyFinding(url, { ...none, ...over });

describe('The proxy of a connection', () => {
	it('is the one that the setting names, before the environment', () => {
		const finding = find({
			proxy: 'http://proxy.acme.example:8080',
			environment: { HTTPS_PROXY: 'http://other.example' },
		});
		assert.equal(finding.state, 'good');
		assert.match(
			finding.message,
			/through the proxy http:\/\/proxy\.acme\.example:8080, which the setting http\.proxy names/,
		);
		assert.deepEqual(finding.personal, ['proxy.acme.example:8080', 'proxy.acme.example']);
	});

	for (const name of ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']) {
		it(`is the one that the environment names in ${name}`, () => {
			const { message } = find({ environment: { [name]: 'http://proxy.acme.example:3128' } });
			assert.match(message, new RegExp(`proxy\\.acme\\.example:3128, which the environment variable ${name} names`));
		});
	}

	it('is shown without the user and password in its address', () => {
		for (const over of [
			{ proxy: 'http://ada:pr0xy%2Fpass@proxy.example:8080' },
			{ environment: { https_proxy: 'http://ada:pr0xy%2Fpass@proxy.example:8080' } },
		]) {
			const finding = find(over);
			assert.match(finding.message, /http:\/\/proxy\.example:8080/);
			assert.doesNotMatch(JSON.stringify(finding), /ada|pr0xy/);
			assert.deepEqual(proxySecrets({ ...none, ...over }), ['pr0xy%2Fpass', 'pr0xy/pass']);
		}
	});

	it('is not known where the operating system decides', () => {
		const finding = find({});
		assert.equal(finding.state, 'unknown');
		assert.match(finding.message, /operating system/);
	});

	it('is none for this computer itself', () => {
		for (const address of ['http://127.0.0.1:4000', 'http://localhost:4000', 'http://[::1]:4000']) {
			assert.match(find({ proxy: 'http://proxy.example' }, new URL(address)).message, /on this computer/);
		}
	});

	for (const [entry, excepted] of [
		['api.fake.example', true],
		['fake.example', true],
		['.fake.example', true],
		['FAKE.example', true],
		['*', true],
		['fake.example:443', true],
		['fake.example:8443', false],
		['ake.example', false],
		['other.example', false],
		['', false],
	] as const) {
		it(`is ${excepted ? 'left out' : 'used'} with the exception ${JSON.stringify(entry)}`, () => {
			const route = routeTo(server, { ...none, proxy: 'http://proxy.example', noProxy: ['x.example', entry] });
			assert.equal(route.kind, excepted ? 'direct' : 'proxy');
			const given = { proxy: 'http://proxy.example', environment: { NO_PROXY: `x.example, ${entry}` } };
			assert.equal(routeTo(server, { ...none, ...given }).kind, excepted ? 'direct' : 'proxy');
		});
	}

	it('follows the exceptions of the setting alone where there are any', () => {
		const environment = { no_proxy: 'fake.example' };
		const over = { proxy: 'http://proxy.example', environment };
		assert.match(find(over).message, /the environment variable no_proxy makes an exception/);
		assert.match(find({ ...over, noProxy: ['x.example'] }).message, /through the proxy/);
	});

	it('is said to be switched off, with a warning where one is named', () => {
		const finding = find({ proxy: 'http://proxy.example', support: 'off' });
		assert.equal(finding.state, 'warning');
		assert.match(finding.message, /http\.proxySupport/);
		assert.match(finding.next ?? '', /http\.proxySupport/);
		assert.equal(find({ support: 'off' }).state, 'good');
		assert.match(
			find({ proxy: 'http://proxy.example', fetchSupport: false }).next ?? '',
			/http\.fetchAdditionalSupport/,
		);
	});

	it('is said to be unusable where VS Code does not understand its address', () => {
		for (const proxy of ['proxy.example:8080', 'ftp://proxy.example', '   x']) {
			const finding = find({ proxy });
			assert.equal(finding.state, 'warning', proxy);
			assert.match(finding.message, /the setting http\.proxy names, and leaves it out/);
			assert.match(finding.next ?? '', /http:\/\//);
			assert.doesNotMatch(finding.message, /proxy\.example/);
		}
	});
});
