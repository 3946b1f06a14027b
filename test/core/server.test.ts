import assert from 'node:assert/strict';
import { problemOf } from '../../src/core/form.ts';
import { checkServer, isLoopback, normaliseServer, serverField } from '../../src/core/server.ts';

describe('A server address', () => {
	for (const [typed, normal] of [
		['https://api.example.com', 'https://api.example.com'],
		['  https://api.example.com/  ', 'https://api.example.com'],
		['https://api.example.com/v2//', 'https://api.example.com/v2'],
		['HTTPS://API.Example.com/Path', 'https://api.example.com/Path'],
		['api.example.com', 'https://api.example.com'],
		['api.example.com:8443/v2', 'https://api.example.com:8443/v2'],
		['https://api.example.com:443/', 'https://api.example.com'],
		['https://api.example.com/v2?key=1#top', 'https://api.example.com/v2'],
		['https://höfn.example', 'https://xn--hfn-sna.example'],
		['http://127.0.0.1:4000/api/', 'http://127.0.0.1:4000/api'],
		['http://localhost:4000', 'http://localhost:4000'],
		['http://[::1]:4000', 'http://[::1]:4000'],
		['http://127.9.8.7', 'http://127.9.8.7'],
	] as const) {
		it(`${JSON.stringify(typed)} is used as ${normal}`, () => {
			assert.equal(normaliseServer(typed), normal);
			assert.equal(checkServer(typed), undefined);
		});
	}

	for (const typed of [
		'',
		'   ',
		'http://api.example.com',
		'http://127.0.0.1.evil.example',
		'http://localhost.evil.example',
		'http://10.0.0.1',
		'ftp://api.example.com',
		'file:///etc/passwd',
		'javascript:alert(1)',
		'https:/api.example.com',
		'https:api.example.com',
		'http:',
		'https://',
		'https://ada:secret@api.example.com',
		'ada@api.example.com',
		'two words',
		'https://api.example.com:99999',
	]) {
		it(`${JSON.stringify(typed)} is refused with a sentence`, () => {
			assert.equal(normaliseServer(typed), undefined);
			assert.match(checkServer(typed) ?? '', /^The address .*\.$/);
		});
	}

	it('is normal after being made normal', () => {
		const once = normaliseServer('Api.Example.com/v2/');
		assert.ok(once);
		assert.equal(normaliseServer(once), once);
	});

	it('is on loopback by what its host is, not by how it begins', () => {
		assert.ok(isLoopback(new URL('http://127.1/')));
		assert.ok(!isLoopback(new URL('http://127.0.0.1.example/')));
		assert.ok(!isLoopback(new URL('http://notlocalhost/')));
	});

	it('has a field that proposes the vendor’s own and checks what was typed', () => {
		const field = serverField('https://api.example.com');
		assert.equal(field.id, 'server');
		assert.equal(field.initial, 'https://api.example.com');
		assert.equal(problemOf(field, { server: '' }), undefined);
		assert.equal(problemOf(field, { server: 'api.example.com' }), undefined);
		assert.equal(problemOf(field, { server: 'http://api.example.com' }), checkServer('http://api.example.com'));
	});
});
