import assert from 'node:assert/strict';
import { CredentialStore } from '../../src/core/credentialStore.ts';
import { SignInNeeded } from '../../src/core/errors.ts';
import { memorySecrets, windowsOn } from '../support/fakeProvider.ts';
import { linkedWindows } from '../support/links.ts';

/** Two windows of a browser: each has a secrets store of its own, as tabs do. */
function twoWindows() {
	return linkedWindows(2).map((windows) => new CredentialStore(memorySecrets().port, windows)) as [
		CredentialStore,
		CredentialStore,
	];
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the store of credentials', () => {
	it('gives another window what was kept in the first, although it has a secrets store of its own', async () => {
		const [first, second] = twoWindows();
		await first.put('a', { token: 'one' });
		await settled();
		assert.equal((await second.read('a', 'Acme'))['token'], 'one');
	});

	it('gives another window renewed secrets', async () => {
		const [first, second] = twoWindows();
		await first.put('a', { token: 'one' });
		await first.replace('a', { ...(await first.read('a', 'Acme')), token: 'two' });
		await settled();
		assert.equal((await second.read('a', 'Acme'))['token'], 'two');
	});

	it('takes the secrets from every window at sign-out', async () => {
		const [first, second] = twoWindows();
		await first.put('a', { token: 'one' });
		await settled();
		await first.remove('a');
		await settled();
		await assert.rejects(second.read('a', 'Acme'), SignInNeeded);
	});

	it('does not bring back an account that was signed out while its token was being renewed', async () => {
		const store = new CredentialStore(memorySecrets().port, windowsOn());
		await store.put('a', { token: 'one' });
		const read = await store.read('a', 'Acme');
		await store.remove('a');
		await store.replace('a', { ...read, token: 'two' });
		await assert.rejects(store.read('a', 'Acme'), SignInNeeded);
	});

	it('does not overwrite a fresh sign-in with a token that was renewed from the old one', async () => {
		const store = new CredentialStore(memorySecrets().port, windowsOn());
		await store.put('a', { token: 'old' });
		const read = await store.read('a', 'Acme');
		await store.put('a', { token: 'signed in again' });
		await store.replace('a', { ...read, token: 'renewed from old' });
		assert.equal((await store.read('a', 'Acme'))['token'], 'signed in again');
	});

	it('does not let an older window’s news overwrite newer secrets', async () => {
		const [windows, other] = linkedWindows(2);
		const store = new CredentialStore(memorySecrets().port, windows!);
		await store.put('a', { token: 'new' });
		other!.tell('secrets', { id: 'a', kept: { serial: 1, lineage: 'x', secrets: { token: 'old' } } });
		await settled();
		assert.equal((await store.read('a', 'Acme'))['token'], 'new');
	});

	it('says whose credentials are missing', async () => {
		const store = new CredentialStore(memorySecrets().port, windowsOn());
		await assert.rejects(store.read('a', 'Acme'), /Acme are not on this computer/);
	});
});
