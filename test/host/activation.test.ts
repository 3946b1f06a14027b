import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { secretsService } from '../../src/core/credentialStore.ts';
import { extensionId, inside, practiceAccounts } from './support.ts';

describe('activation', () => {
	it('is put off until somebody opens the view or runs a command', () => {
		assert.equal(vscode.extensions.getExtension(extensionId)?.isActive, false);
	});

	it('registers every command that the manifest declares', async () => {
		await inside();
		const { contributes } = vscode.extensions.getExtension(extensionId)?.packageJSON as {
			contributes: { commands: { command: string }[] };
		};
		const registered = new Set(await vscode.commands.getCommands(true));
		assert.deepEqual(
			contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command)),
			[],
		);
	});

	it('keeps a secret in SecretStorage, finds it and forgets it', async () => {
		const { secrets } = await inside();
		await secrets.setPassword('test', 'me', 'p@ss wörd');
		assert.equal(await secrets.getPassword('test', 'me'), 'p@ss wörd');
		assert.deepEqual(await secrets.findCredentials('test'), [{ account: 'me', password: 'p@ss wörd' }]);
		assert.equal(await secrets.deletePassword('test', 'me'), true);
		assert.equal(await secrets.getPassword('test', 'me'), null);
		assert.equal(await secrets.deletePassword('test', 'me'), false);
	});

	it('adds the five practice accounts where a sandbox runs beside the window', async () => {
		const { services } = await practiceAccounts();
		assert.deepEqual(
			services.accounts.list().map(({ provider }) => provider),
			['projectplace', 'productive', 'beebole', 'planbox', 'coredata'],
		);
	});

	it('keeps an account’s secrets in SecretStorage and nowhere in the settings or its own list', async () => {
		const { services, secrets } = await practiceAccounts();
		for (const account of services.accounts.list()) {
			const kept = await secrets.getPassword(secretsService, account.id);
			assert.ok(kept);
			for (const secret of Object.values(JSON.parse(kept) as Record<string, string>)) {
				assert.ok(!JSON.stringify(services.accounts.list()).includes(secret), account.provider);
			}
		}
	});
});
