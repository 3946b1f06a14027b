import { type Account, Accounts } from '../../src/core/accounts.ts';
import type { Provider, Session, SignedIn } from '../../src/core/provider.ts';
import { Sessions } from '../../src/core/sessions.ts';
import type { TreeContext } from '../../src/views/node.ts';
import { collectingLog } from './session.ts';

/** A vendor of a few lines: the parts a test wants and nothing else. */
export function fakeProvider(session: Partial<Session>, levels: Partial<Provider['levels']> = {}): Provider {
	return {
		id: 'fake',
		label: 'Fakeboard',
		levels: {
			workspace: { one: 'space', many: 'spaces' },
			board: { one: 'wall', many: 'walls' },
			column: { one: 'lane', many: 'lanes' },
			card: { one: 'note', many: 'notes' },
			...levels,
		},
		signInWays: [],
		open: () => ({
			workspaces: async () => ({ items: [] }),
			accountInfo: async () => [],
			forget: () => undefined,
			...session,
		}),
	};
}

export function signedIn(over: Partial<SignedIn> = {}): SignedIn {
	return {
		way: 'token',
		label: 'Acme',
		identity: 'acme/1',
		server: 'https://fake.example',
		facts: {},
		secrets: { token: 's3cret' },
		...over,
	};
}

/** Accounts in memory, with what is kept where one can look at it. */
export function memoryAccounts() {
	const kept = new Map<string, unknown>();
	const secrets = new Map<string, string>();
	const accounts = new Accounts(
		{
			get: (key) => kept.get(key),
			set: async (key, value) => void kept.set(key, JSON.parse(JSON.stringify(value))),
		},
		{
			getPassword: async (service, account) => secrets.get(`${service}/${account}`) ?? null,
			setPassword: async (service, account, password) => void secrets.set(`${service}/${account}`, password),
			deletePassword: async (service, account) => secrets.delete(`${service}/${account}`),
			findCredentials: async (service) =>
				[...secrets]
					.filter(([key]) => key.startsWith(`${service}/`))
					.map(([key, password]) => ({ account: key.slice(service.length + 1), password })),
		},
	);
	return { accounts, kept, secrets };
}

/** A tree context with one account of one provider. */
export async function fakeTree(provider: Provider): Promise<{ context: TreeContext; account: Account }> {
	const { accounts } = memoryAccounts();
	const sessions = new Sessions({
		accounts,
		providers: [provider],
		io: () => ({
			fetch: globalThis.fetch,
			send: async () => ({ status: 500, headers: new Headers(), text: '' }),
			log: collectingLog([]),
			setting: () => undefined,
		}),
		practice: async () => signedIn(),
	});
	const account = await accounts.add(provider.id, signedIn());
	return { context: { accounts, sessions, openPages: new Map(), now: () => new Date('2026-11-16T12:00:00') }, account };
}
