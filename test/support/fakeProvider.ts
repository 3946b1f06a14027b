import { type Account, Accounts, type Store } from '../../src/core/accounts.ts';
import { ArrangementStore } from '../../src/core/arrangementStore.ts';
import type { SecretsPort } from '../../src/core/credentialStore.ts';
import { FilterStore } from '../../src/core/filterStore.ts';
import { LiveBoards } from '../../src/core/liveBoards.ts';
import type { Provider, Session, SignedIn } from '../../src/core/provider.ts';
import { Sessions } from '../../src/core/sessions.ts';
import { aloneLink, type Link, Windows } from '../../src/core/windows.ts';
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
			accessToken: async () => 's3cret',
			findings: async () => [],
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

/** A secrets store in memory, with what is kept where one can look at it. */
export function memorySecrets(secrets = new Map<string, string>()) {
	const port: SecretsPort = {
		getPassword: async (service, account) => secrets.get(`${service}/${account}`) ?? null,
		setPassword: async (service, account, password) => void secrets.set(`${service}/${account}`, password),
		deletePassword: async (service, account) => secrets.delete(`${service}/${account}`),
		findCredentials: async (service) =>
			[...secrets]
				.filter(([key]) => key.startsWith(`${service}/`))
				.map(([key, password]) => ({ account: key.slice(service.length + 1), password })),
	};
	return { port, secrets };
}

/** The windows of an editor as one of them sees them; alone without a link. */
export function windowsOn(link: Link = aloneLink()): Windows {
	return new Windows(link, collectingLog([]), { patience: 20 });
}

/** A store in memory. */
export function memoryStore(kept = new Map<string, unknown>()): Store {
	return {
		get: (key) => kept.get(key),
		set: async (key, value) => void kept.set(key, JSON.parse(JSON.stringify(value))),
	};
}

/** Accounts in memory, with what is kept where one can look at it. */
export function memoryAccounts(windows: Windows = windowsOn()) {
	const kept = new Map<string, unknown>();
	const store = memoryStore(kept);
	const { port, secrets } = memorySecrets();
	return { accounts: new Accounts(store, port, windows), kept, secrets };
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
	const boards = new LiveBoards(sessions);
	const arrangements = new ArrangementStore({ get: () => undefined, set: async () => undefined });
	const filters = new FilterStore(memoryStore());
	const now = () => new Date('2026-11-16T12:00:00');
	return { context: { accounts, sessions, boards, arrangements, filters, openPages: new Map(), now }, account };
}
