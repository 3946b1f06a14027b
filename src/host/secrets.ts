import type { SecretStorage } from 'vscode';
import type { SecretsPort } from '../core/accounts.ts';

/** keytar's four calls on VS Code's SecretStorage. */
export function secretsIn(storage: SecretStorage): SecretsPort {
	const keyOf = (service: string, account: string) => `${service}/${account}`;
	return {
		getPassword: async (service, account) => (await storage.get(keyOf(service, account))) ?? null,
		setPassword: async (service, account, password) => storage.store(keyOf(service, account), password),
		deletePassword: async (service, account) => {
			const key = keyOf(service, account);
			const was = (await storage.get(key)) !== undefined;
			await storage.delete(key);
			return was;
		},
		findCredentials: async (service) => {
			const prefix = keyOf(service, '');
			const keys = (await storage.keys()).filter((key) => key.startsWith(prefix));
			const found = await Promise.all(
				keys.map(async (key) => ({ account: key.slice(prefix.length), password: await storage.get(key) })),
			);
			return found.flatMap(({ account, password }) => (password === undefined ? [] : [{ account, password }]));
		},
	};
}
