import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Account } from '../../src/core/accounts.ts';
import { secretsService } from '../../src/core/credentialStore.ts';
import type { Values } from '../../src/core/form.ts';
import type { Inside } from '../../src/extension.ts';
import { documentUri } from '../../src/files/uri.ts';
import type { DocumentNode } from '../../src/views/nodes/container.ts';
import { findNode, practiceAccounts, type Step, scripted, until } from './support.ts';

type Addresses = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
type Changes = vscode.AuthenticationProviderAuthenticationSessionsChangeEvent;

const { signal } = new AbortController();
const productive = 'boardwalk-productive';
const projectplace = 'boardwalk-projectplace';

describe('the Accounts menu in the extension host', () => {
	/** More is in it than its type says: what VS Code itself asks for accounts. */
	let own: Inside & { readonly authentications: ReadonlyMap<string, vscode.AuthenticationProvider> };
	let addresses: Addresses;

	before(async () => {
		own = (await practiceAccounts()) as typeof own;
		addresses = JSON.parse(process.env['BOARDWALK_TEST_SANDBOX'] ?? '') as Addresses;
	});
	afterEach(async () => {
		await control('productive', 'faults', { method: 'DELETE' });
		for (const account of real()) {
			await own.services.accounts.remove(account.id);
		}
	});

	const real = () => own.services.accounts.list().filter(({ practice }) => !practice);
	const provider = (id: string) => own.authentications.get(id)!;
	const labels = async (id: string) => (await vscode.authentication.getAccounts(id)).map(({ label }) => label);

	/** Signs in with what the sandbox takes, as a person would with their own credentials. */
	async function signIn(vendor: string, values: Values): Promise<readonly Account[]> {
		const { providers, accounts, signInIo } = own.services;
		const at = providers.find(({ id }) => id === vendor)!;
		const way = at.signInWays.find((one) => 'signIn' in one)!;
		const kept: Account[] = [];
		for (const signedIn of await way.signIn(values, signInIo(at), signal)) {
			kept.push(await accounts.add(vendor, signedIn));
		}
		return kept;
	}

	/** Harbour Works and Quayside Studio, which one token opens. */
	async function twoOrganizations(): Promise<readonly [Account, Account]> {
		const { url, token, organizationId: first } = addresses['productive']!;
		const organization = async (id: number) => {
			const values = { server: String(url), token: String(token), organizationId: String(id) };
			return (await signIn('productive', values))[0]!;
		};
		return [await organization(Number(first)), await organization(Number(first) + 1)];
	}

	async function robot(): Promise<Account> {
		const { url, clientCredentials } = addresses['projectplace']!;
		const [account] = await signIn('projectplace', { server: String(url), ...(clientCredentials as Values) });
		return account!;
	}

	/** An account whose vendor cannot be reached. */
	function unreachable(): Promise<Account> {
		return own.services.accounts.add('projectplace', {
			way: 'clientCredentials',
			label: 'Far away',
			identity: '1/1',
			server: 'http://127.0.0.1:1',
			facts: {},
			secrets: { clientId: 'far', clientSecret: 'away' },
		});
	}

	async function control(vendor: string, what: string, init: RequestInit): Promise<void> {
		const answer = await fetch(new URL(`/-/${what}`, String(addresses[vendor]!['url'])), init);
		assert.ok(answer.ok, await answer.text());
	}

	/** Makes the vendor refuse the next request of the account, and the account ask. */
	async function refuse(account: Account): Promise<void> {
		await control('productive', 'faults', {
			method: 'POST',
			body: JSON.stringify({ pattern: 'GET *', kind: '401', times: 1 }),
		});
		const session = await own.services.sessions.ready(account, signal);
		session.forget();
		await assert.rejects(session.workspaces(signal), /did not accept the credentials of/);
	}

	/** What VS Code's own accounts hear while something runs. */
	async function heard(id: string, run: () => PromiseLike<unknown>): Promise<Changes> {
		const first = Promise.withResolvers<Changes>();
		const listening = provider(id).onDidChangeSessions(first.resolve);
		try {
			await run();
			return await first.promise;
		} finally {
			listening.dispose();
		}
	}

	const command = (steps: readonly Step[], name: string, ...args: unknown[]) =>
		scripted(steps, () => vscode.commands.executeCommand(`boardwalk.${name}`, ...args));
	const lineOf = (account: Account) => own.services.tree.rootOf(account);
	const named = (sessions: readonly vscode.AuthenticationSession[] | undefined) =>
		sessions?.map(({ account: { label } }) => label);

	it('holds the accounts with their names and ids', async () => {
		const [harbour, studio] = await twoOrganizations();
		const held = await vscode.authentication.getAccounts(productive);
		assert.deepEqual(
			held.map(({ id, label }) => ({ id, label })),
			[
				{ id: harbour.id, label: 'Harbour Works' },
				{ id: studio.id, label: 'Quayside Studio' },
			],
		);
	});

	it('holds no practice account', async () => {
		for (const { id } of own.services.providers) {
			assert.deepEqual(await vscode.authentication.getAccounts(`boardwalk-${id}`), []);
			assert.deepEqual(await provider(`boardwalk-${id}`).getSessions([], {}), []);
		}
	});

	it('holds no account of another vendor', async () => {
		await twoOrganizations();
		assert.deepEqual(await labels(projectplace), []);
	});

	it('gives each account its own session, for all of them and for one that was asked for', async () => {
		const [harbour, studio] = await twoOrganizations();
		const all = await provider(productive).getSessions(['read'], {});
		assert.deepEqual(
			all.map(({ id, account, scopes }) => ({ id, account: account.label, scopes })),
			[
				{ id: harbour.id, account: 'Harbour Works', scopes: ['read'] },
				{ id: studio.id, account: 'Quayside Studio', scopes: ['read'] },
			],
		);
		const one = await provider(productive).getSessions([], { account: { id: studio.id, label: studio.name } });
		assert.deepEqual(named(one), ['Quayside Studio']);
	});

	it('gives a token that the vendor takes', async () => {
		const [, studio] = await twoOrganizations();
		const [session] = await provider(productive).getSessions([], { account: { id: studio.id, label: studio.name } });
		const answer = await fetch(`${studio.server}/projects`, {
			headers: {
				'content-type': 'application/vnd.api+json',
				'x-auth-token': session!.accessToken,
				'x-organization-id': String(studio.facts['organizationId']),
			},
		});
		assert.equal(answer.status, 200);
	});

	it('gives a robot’s own token, not its secret', async () => {
		const { server } = await robot();
		const [session] = await provider(projectplace).getSessions([], {});
		const headers = { authorization: `Bearer ${session!.accessToken}` };
		assert.equal((await fetch(`${server}/1/account`, { headers })).status, 200);
	});

	it('asks no vendor for a token only to show who is signed in', async () => {
		await robot();
		const count = async () => {
			const answer = await fetch(new URL('/-/requests', String(addresses['projectplace']!['url'])));
			return ((await answer.json()) as unknown[]).length;
		};
		const before = await count();
		assert.deepEqual(await labels(projectplace), ['Quayside']);
		assert.equal(await count(), before);
	});

	it('gives nothing to an extension that the person has not allowed', async () => {
		await twoOrganizations();
		assert.equal(await vscode.authentication.getSession(productive, [], { silent: true }), undefined);
		await assert.rejects(
			async () => vscode.authentication.getSession(productive, [], { createIfNone: true }),
			/The extension '.*' wants to (access|sign in)/,
		);
	});

	it('tells the others of an account that comes, is renamed, and goes', async () => {
		const told: string[] = [];
		const listening = vscode.authentication.onDidChangeSessions(({ provider: { id } }) => told.push(id));
		let account: Account | undefined;
		const added = await heard(projectplace, async () => (account = await robot()));
		assert.deepEqual([named(added.added), named(added.removed), named(added.changed)], [['Quayside'], [], []]);

		const line = lineOf(account!);
		const renamed = await heard(projectplace, () => command([{ type: 'The harbour' }], 'renameAccount', line));
		assert.deepEqual(named(renamed.changed), ['The harbour']);
		assert.deepEqual(
			renamed.changed?.map(({ id }) => id),
			[account?.id],
		);

		const removed = await heard(projectplace, () => command([{ press: 'Sign out' }], 'signOut', lineOf(account!)));
		assert.deepEqual([named(removed.added), named(removed.removed), named(removed.changed)], [[], ['The harbour'], []]);
		assert.deepEqual(
			removed.removed?.map(({ accessToken }) => accessToken),
			[''],
		);
		await until('VS Code to tell', () => told.filter((id) => id === projectplace).length >= 3);
		listening.dispose();
	});

	it('takes the old name of a renamed account out of the menu', async () => {
		const [harbour] = await twoOrganizations();
		const { removed } = await heard(productive, () => own.services.accounts.rename(harbour.id, 'Hafen'));
		// VS Code adds a changed account under its new name and forgets the old one only when it is removed.
		assert.deepEqual(named(removed), ['Harbour Works']);
		assert.deepEqual(await labels(productive), ['Hafen', 'Quayside Studio']);
	});

	it('tells two accounts apart that a person wants to call the same', async () => {
		const [harbour, studio] = await twoOrganizations();
		await own.services.accounts.rename(studio.id, harbour.name);
		// VS Code knows accounts by their names: whoever signs out of one would leave both.
		assert.deepEqual(await labels(productive), ['Harbour Works', 'Harbour Works (2)']);
		await own.services.accounts.rename(harbour.id, harbour.name);
		assert.deepEqual(await labels(productive), ['Harbour Works', 'Harbour Works (2)']);
	});

	it('signs out here when the person signs out there, and leaves the other account', async () => {
		const [harbour, studio] = await twoOrganizations();
		const before = await own.secrets.findCredentials(secretsService);
		await vscode.commands.executeCommand('_signOutOfAccount', { providerId: productive, accountLabel: harbour.name });
		assert.deepEqual(await labels(productive), ['Quayside Studio']);
		assert.equal(lineOf(harbour), undefined);
		assert.ok(lineOf(studio));
		const left = await own.secrets.findCredentials(secretsService);
		assert.deepEqual(
			left.map(({ account }) => account).sort(),
			before
				.map(({ account }) => account)
				.filter((id) => id !== harbour.id)
				.sort(),
		);
	});

	it('has no session for an account whose vendor refuses it, and can still sign it out', async () => {
		const [harbour] = await twoOrganizations();
		const { changed } = await heard(productive, () => refuse(harbour));
		assert.deepEqual(named(changed), ['Harbour Works']);
		assert.deepEqual(named(await provider(productive).getSessions([], {})), ['Quayside Studio']);
		assert.deepEqual(await labels(productive), ['Harbour Works', 'Quayside Studio']);
		await vscode.commands.executeCommand('_signOutOfAccount', { providerId: productive, accountLabel: harbour.name });
		assert.equal(lineOf(harbour), undefined);
		assert.equal(await own.secrets.getPassword(secretsService, harbour.id), null);
	});

	it('has a session again after signing in again', async () => {
		const [harbour] = await twoOrganizations();
		await refuse(harbour);
		await twoOrganizations();
		const sessions = await provider(productive).getSessions([], {});
		assert.deepEqual(sessions.map(({ id, account }) => [id, account.label])[0], [harbour.id, 'Harbour Works']);
	});

	it('gives the other accounts while one vendor cannot be reached', async () => {
		await unreachable();
		await robot();
		assert.deepEqual(named(await provider(projectplace).getSessions([], {})), ['Quayside']);
		assert.deepEqual(await labels(projectplace), ['Far away', 'Quayside']);
	});

	it('does not take an unreachable vendor for nobody being signed in', async () => {
		const account = await unreachable();
		await assert.rejects(async () => provider(projectplace).getSessions([], {}), /could not be reached for Far away/);
		await assert.rejects(async () => vscode.authentication.getSession(projectplace, [], { silent: true }), /could not/);
		await vscode.commands.executeCommand('_signOutOfAccount', { providerId: projectplace, accountLabel: account.name });
		assert.equal(lineOf(account), undefined);
	});

	it('does not sign anybody out by an id that it does not know', async () => {
		await twoOrganizations();
		const practice = own.services.accounts.list().filter((account) => account.practice);
		await provider(productive).removeSession('nobody');
		await provider(productive).removeSession(practice.find((account) => account.provider === 'productive')!.id);
		assert.equal(own.services.accounts.list().length, practice.length + 2);
	});

	it('leaves no secret, no line and no answer of an account that was signed out', async () => {
		const account = await robot();
		const { services, secrets } = own;
		const found = await findNode(own, lineOf(account)!, (node) => node.item().label === 'README.md');
		const uri = documentUri(account.id, (found as DocumentNode).document);
		assert.ok((await vscode.workspace.fs.readFile(uri)).length > 0);
		const session = await services.sessions.ready(account, signal);
		await session.workspaces(signal);
		await services.accounts.remove(account.id);

		for (const service of [secretsService, 'boardwalk.handshake']) {
			const kept = await secrets.findCredentials(service);
			assert.ok(!JSON.stringify(kept).includes(account.id), service);
		}
		assert.equal(lineOf(account), undefined);
		await assert.rejects(services.accounts.credentials(account).read(), /not on this computer/);
		const again = await services.sessions.ready(account, signal);
		await assert.rejects(again.workspaces(signal), /not on this computer/);
		await assert.rejects(async () => vscode.workspace.fs.readFile(uri), { code: 'FileNotFound' });
	});
});
