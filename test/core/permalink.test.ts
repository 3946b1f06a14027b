import assert from 'node:assert/strict';
import { constantFrom, assert as forAll, property, tuple } from 'fast-check';
import { permalink } from '../../src/core/permalink.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
const lines = { commit, path: 'src/a b#c.ts', from: 3, to: 5 };
const link = (remote: string, over: Partial<typeof lines> = {}) => permalink(remote, { ...lines, ...over });

describe('the address of lines of code', () => {
	for (const [remote, address] of [
		['git@github.com:acme/sail.git', `https://github.com/acme/sail/blob/${commit}/src/a%20b%23c.ts#L3-L5`],
		['https://github.com/acme/sail', `https://github.com/acme/sail/blob/${commit}/src/a%20b%23c.ts#L3-L5`],
		[
			'ssh://git@ssh.github.com:443/acme/sail.git',
			`https://github.com/acme/sail/blob/${commit}/src/a%20b%23c.ts#L3-L5`,
		],
		[
			'git@github.acme.example:acme/sail.git',
			`https://github.acme.example/acme/sail/blob/${commit}/src/a%20b%23c.ts#L3-L5`,
		],
		['git@gitlab.com:acme/rig/sail.git', `https://gitlab.com/acme/rig/sail/-/blob/${commit}/src/a%20b%23c.ts#L3-5`],
		[
			'https://gitlab.acme.example:8443/a/b.git',
			`https://gitlab.acme.example:8443/a/b/-/blob/${commit}/src/a%20b%23c.ts#L3-5`,
		],
		[
			'ssh://git@gitlab.acme.example:2222/a/b.git',
			`https://gitlab.acme.example/a/b/-/blob/${commit}/src/a%20b%23c.ts#L3-5`,
		],
		['git@bitbucket.org:acme/sail.git', `https://bitbucket.org/acme/sail/src/${commit}/src/a%20b%23c.ts#lines-3:5`],
		[
			'https://codeberg.org/acme/sail.git',
			`https://codeberg.org/acme/sail/src/commit/${commit}/src/a%20b%23c.ts#L3-L5`,
		],
		[
			'http://gitea.local:3000/acme/sail.git',
			`http://gitea.local:3000/acme/sail/src/commit/${commit}/src/a%20b%23c.ts#L3-L5`,
		],
	] as const) {
		it(`is on the pages of ${remote}`, () => assert.equal(link(remote), address));
	}

	for (const remote of [
		'https://acme@dev.azure.com/acme/Sea%20project/_git/sail',
		'git@ssh.dev.azure.com:v3/acme/Sea%20project/sail',
		'ssh://git@ssh.dev.azure.com/v3/acme/Sea%20project/sail',
	]) {
		it(`has its lines in the query at ${remote}`, () => {
			const url = new URL(link(remote) ?? '');
			assert.equal(url.origin + url.pathname, 'https://dev.azure.com/acme/Sea%20project/_git/sail');
			assert.deepEqual(
				['path', 'version', 'line', 'lineEnd'].map((name) => url.searchParams.get(name)),
				['/src/a b#c.ts', `GC${commit}`, '3', '6'],
			);
		});
	}

	it('stays with an older host of the same', () => {
		assert.match(
			link('https://acme.visualstudio.com/DefaultCollection/sea/_git/sail') ?? '',
			/^https:\/\/acme\.visualstudio\.com\/DefaultCollection\/sea\/_git\/sail\?path=/,
		);
		assert.match(
			link('acme@vs-ssh.visualstudio.com:v3/acme/sea/sail') ?? '',
			/^https:\/\/dev\.azure\.com\/acme\/sea\/_git\/sail\?/,
		);
	});

	it('names a single line once', () => {
		assert.match(link('git@github.com:a/b', { from: 7, to: 7 }) ?? '', /#L7$/);
		assert.match(link('git@gitlab.com:a/b', { from: 7, to: 7 }) ?? '', /#L7$/);
		assert.match(link('git@bitbucket.org:a/b', { from: 7, to: 7 }) ?? '', /#lines-7$/);
	});

	it('asks for the text of what would be drawn without lines', () => {
		assert.match(link('git@github.com:a/b', { path: 'README.md' }) ?? '', /README\.md\?plain=1#L3-L5$/);
	});

	for (const remote of [
		'',
		'sail.git',
		'/srv/git/sail.git',
		'C:\\git\\sail',
		'C:/git/sail',
		'file:///srv/git/sail.git',
		'../sail',
		'git@sail.example:a/b.git',
		'https://github.com/acme',
		'https://github.com/a/b/c',
		'https://github.com/a/../../b',
		'git@evil.example/github.com:a/b',
		'https://dev.azure.com/acme',
		'javascript:alert(1)//github.com/a/b',
		'https://github.com/%E0%A4%A/b',
	]) {
		it(`is not known for ${JSON.stringify(remote)}`, () => assert.equal(link(remote), undefined));
	}

	it('is not known without a whole commit', () =>
		assert.equal(link('git@github.com:a/b', { commit: 'main' }), undefined));

	it('never holds what a remote has of names, passwords and tokens', () => {
		const secret = 's3cr3t';
		const users = [
			`${secret}@`,
			`ada:${secret}@`,
			`${secret}:x-oauth-basic@`,
			`oauth2:${secret}@`,
			`a%40b:${secret}%2F@`,
		];
		const places = [
			'github.com/a/b.git',
			'gitlab.com/a/b',
			'bitbucket.org/a/b',
			'dev.azure.com/a/b/_git/c',
			'codeberg.org/a/b',
		];
		const ends = ['', `?private_token=${secret}`, `#${secret}`];
		forAll(
			property(
				tuple(
					constantFrom('https', 'http', 'ssh'),
					constantFrom(...users),
					constantFrom(...places),
					constantFrom(...ends),
				),
				([scheme, user, place, end]) => {
					const address = link(`${scheme}://${user}${place}${end}`);
					assert.ok(address !== undefined && !address.includes(secret) && !address.includes('ada'), String(address));
					assert.equal(new URL(address).username, '');
				},
			),
			{ numRuns: 300 },
		);
		assert.doesNotMatch(link(`${secret}@github.com:a/b.git`) ?? secret, new RegExp(secret));
	});
});
