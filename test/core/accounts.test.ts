import assert from 'node:assert/strict';
import { SignInNeeded } from '../../src/core/errors.ts';
import { memoryAccounts, signedIn } from '../support/fakeProvider.ts';

describe('accounts', () => {
	it('keeps secrets in the secrets store alone', async () => {
		const { accounts, kept, secrets } = memoryAccounts();
		await accounts.add('fake', signedIn());
		assert.ok(!JSON.stringify([...kept]).includes('s3cret'));
		assert.ok([...secrets.values()].join().includes('s3cret'));
	});

	it('gives a second account of the same label a name of its own', async () => {
		const { accounts } = memoryAccounts();
		await accounts.add('fake', signedIn());
		await accounts.add('fake', signedIn({ identity: 'acme/2' }));
		assert.deepEqual(
			accounts.list().map(({ name }) => name),
			['Acme', 'Acme (2)'],
		);
	});

	it('gives an account that is renamed to the name of another one a name of its own', async () => {
		const { accounts } = memoryAccounts();
		const first = await accounts.add('fake', signedIn());
		const second = await accounts.add('fake', signedIn({ identity: 'acme/2', label: 'Other' }));
		await accounts.rename(second.id, ' Acme ');
		await accounts.rename(first.id, 'Acme');
		assert.deepEqual(
			accounts.list().map(({ name }) => name),
			['Acme', 'Acme (2)'],
		);
	});

	it('recognises the same identity coming back and keeps its name and place', async () => {
		const { accounts } = memoryAccounts();
		const first = await accounts.add('fake', signedIn());
		await accounts.add('fake', signedIn({ identity: 'acme/2', label: 'Other' }));
		await accounts.rename(first.id, 'Mine');
		await accounts.add('fake', signedIn({ secrets: { token: 'fresh' } }));
		assert.deepEqual(
			accounts.list().map(({ name }) => name),
			['Mine', 'Other'],
		);
		assert.equal((await accounts.credentials(first).read())['token'], 'fresh');
	});

	it('does not confuse a practice account with a real one of the same identity', async () => {
		const { accounts } = memoryAccounts();
		await accounts.add('fake', signedIn());
		await accounts.add('fake', signedIn(), true);
		assert.equal(accounts.list().length, 2);
	});

	it('recognises a practice account although its sandbox listens elsewhere now', async () => {
		const { accounts } = memoryAccounts();
		await accounts.add('fake', signedIn({ server: 'http://127.0.0.1:1' }), true);
		await accounts.add('fake', signedIn({ server: 'http://127.0.0.1:2' }), true);
		assert.deepEqual(
			accounts.list().map(({ server }) => server),
			['http://127.0.0.1:2'],
		);
	});

	it('removes every secret with the account', async () => {
		const { accounts, secrets } = memoryAccounts();
		const account = await accounts.add('fake', signedIn());
		await accounts.remove(account.id);
		assert.equal(secrets.size, 0);
		assert.equal(accounts.list().length, 0);
	});

	it('moves an account up and down and stops at the ends', async () => {
		const { accounts } = memoryAccounts();
		const ids = [];
		for (const label of ['a', 'b', 'c']) {
			ids.push((await accounts.add('fake', signedIn({ identity: label, label }))).id);
		}
		await accounts.move(ids[2]!, -1);
		assert.deepEqual(
			accounts.list().map(({ name }) => name),
			['a', 'c', 'b'],
		);
		await accounts.move(ids[0]!, -1);
		assert.deepEqual(
			accounts.list().map(({ name }) => name),
			['a', 'c', 'b'],
		);
		await accounts.move(ids[0]!, 1);
		assert.deepEqual(
			accounts.list().map(({ name }) => name),
			['c', 'a', 'b'],
		);
	});

	it('asks to sign in again where the secrets are gone', async () => {
		const { accounts, secrets } = memoryAccounts();
		const account = await accounts.add('fake', signedIn());
		secrets.clear();
		await assert.rejects(accounts.credentials(account).read(), SignInNeeded);
	});

	it('are locked and unlocked, and tell whoever listens', async () => {
		const { accounts } = memoryAccounts();
		const account = await accounts.add('fake', signedIn());
		const other = await accounts.add('fake', signedIn({ identity: 'acme/2' }));
		let changes = 0;
		accounts.onDidChange(() => (changes += 1));
		await accounts.lock(account.id, true);
		assert.equal(accounts.get(account.id)?.locked, true);
		assert.equal(accounts.get(other.id)?.locked, undefined);
		await accounts.lock(account.id, false);
		assert.deepEqual(accounts.get(account.id), account, 'nothing is left of the lock');
		assert.equal(changes, 2);
	});

	it('stay locked when they are signed in again, either way, and renamed', async () => {
		const { accounts } = memoryAccounts();
		const { id } = await accounts.add('fake', signedIn());
		await accounts.lock(id, true);
		await accounts.add('fake', signedIn({ secrets: { token: 'fresh' } }));
		await accounts.renew(id, signedIn({ secrets: { token: 'fresher' } }));
		await accounts.rename(id, 'Mine');
		assert.equal(accounts.get(id)?.locked, true);
	});

	it('tells listeners of changes and of nothing else', async () => {
		const { accounts } = memoryAccounts();
		let changes = 0;
		accounts.onDidChange(() => (changes += 1));
		const account = await accounts.add('fake', signedIn());
		await accounts.rename(account.id, account.name);
		assert.equal(changes, 1);
	});
});
