import assert from 'node:assert/strict';
import { SignInNeeded } from '../../src/core/errors.ts';
import type { Finding } from '../../src/core/finding.ts';
import type { Session } from '../../src/core/provider.ts';
import { accountChecks, type Examined } from '../../src/host/accountChecks.ts';
import { runChecks } from '../../src/host/checks.ts';
import { signal } from '../support/session.ts';

const rights: Finding = { about: 'Rights', state: 'good', message: 'It can write.', personal: ['Ada'] };

function examined(over: Partial<Examined> = {}): Examined {
	return {
		name: 'Acme',
		vendor: 'Fakeboard',
		server: 'https://fake.example/v2',
		credentials: { read: async () => ({ token: 's3cret' }) },
		refused: false,
		session: async () => ({ findings: async () => [rights] }) as unknown as Session,
		...over,
	};
}

async function look(over: Partial<Examined> = {}): Promise<ReadonlyMap<string, Finding>> {
	const { first, last } = accountChecks(examined(over));
	const findings = await runChecks([...first, ...last], { timeLimit: 5_000 }, signal());
	return new Map(findings.map((finding) => [finding.about, finding]));
}

describe('An account under examination', () => {
	for (const [server, state, message] of [
		['https://fake.example/v2', 'good', /go to https:\/\/fake\.example\/v2, which is secured/],
		['http://127.0.0.1:4000', 'good', /do not leave this computer/],
		['http://[::1]:4000', 'good', /do not leave this computer/],
		['http://fake.example', 'bad', /unsecured/],
		['ftp://127.0.0.1', 'bad', /unsecured/],
		['nonsense', 'bad', /no address/],
	] as const) {
		it(`at ${server} has an address that is ${state}`, async () => {
			const finding = (await look({ server })).get('Server address');
			assert.equal(finding?.state, state);
			assert.match(finding?.message ?? '', message);
			assert.equal(finding?.next !== undefined, state === 'bad');
		});
	}

	it('names its server as nothing for strangers', async () => {
		const personal = (await look({ server: 'https://acme.fake.example:8443/v2' })).get('Server address')?.personal;
		assert.deepEqual(personal, ['acme.fake.example:8443', 'acme.fake.example']);
	});

	it('has its credentials', async () => {
		const finding = (await look()).get('Stored credentials');
		assert.equal(finding?.state, 'good');
		assert.doesNotMatch(JSON.stringify([...(await look()).values()]), /s3cret/);
	});

	it('has none any more', async () => {
		const read = () => Promise.reject(new SignInNeeded('The credentials of Acme are not on this computer.'));
		const finding = (await look({ credentials: { read } })).get('Stored credentials');
		assert.equal(finding?.state, 'bad');
		assert.equal(finding?.message, 'The credentials of Acme are not on this computer.');
		assert.match(finding?.next ?? '', /Sign In Again/);
	});

	it('has credentials that the vendor refused', async () => {
		const finding = (await look({ refused: true })).get('Stored credentials');
		assert.equal(finding?.state, 'bad');
		assert.match(finding?.message ?? '', /Fakeboard refused them/);
		assert.match(finding?.next ?? '', /Sign In Again/);
	});

	it('is told of a keyring that cannot be read', async () => {
		const read = () => Promise.reject(new Error('Cannot unlock the keyring'));
		const finding = (await look({ credentials: { read } })).get('Stored credentials');
		assert.equal(finding?.state, 'bad');
		assert.match(finding?.message ?? '', /could not be read: Cannot unlock the keyring/);
		assert.match(finding?.next ?? '', /Unlock/);
	});

	it('has what its vendor finds, whose messages may name it', async () => {
		assert.deepEqual((await look()).get('Rights'), { ...rights, personal: ['Ada', 'Acme'] });
	});

	it('keeps its other findings when the vendor’s own fail', async () => {
		const session = () => Promise.reject(new SignInNeeded('Fakeboard did not accept the token.'));
		const findings = await look({ session });
		assert.equal(findings.get('Rights and limits')?.message, 'Fakeboard did not accept the token.');
		assert.equal(findings.get('Server address')?.state, 'good');
	});

	it('has a redirect address only where somebody signs in with a browser', async () => {
		assert.equal((await look()).has('Redirect address'), false);
		const redirect = async () => 'vscode://boardwalk-tools.boardwalk/signed-in';
		const finding = (await look({ redirect })).get('Redirect address');
		assert.match(finding?.message ?? '', /back to vscode:\/\/boardwalk-tools\.boardwalk\/signed-in after/);
	});

	it('shows no value of a redirect address that lets others in', async () => {
		const redirect = async () => 'https://desk.acme.example/callback?vscode-reqid=7&tkn=s3cret-tkn&vscode-scheme=x';
		const finding = (await look({ redirect })).get('Redirect address');
		assert.match(finding?.message ?? '', /callback\?vscode-reqid=7&tkn=…&vscode-scheme=x after/);
		assert.deepEqual(finding?.personal, ['desk.acme.example']);
	});
});
