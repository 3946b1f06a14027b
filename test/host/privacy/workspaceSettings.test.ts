import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { Inside } from '../../../src/extension.ts';
import { signInPractice } from '../../support/session.ts';
import { extensionId, findNode, kindOf, practiceAccounts, rootOf, scripted, until } from '../support.ts';

const places = JSON.parse(process.env['BOARDWALK_TEST_SANDBOX'] ?? '{}') as Record<string, { url: string }>;
const vendors = ['projectplace', 'productive', 'beebole', 'planbox', 'coredata'];

/** What somebody might hope to redirect an account with, in a folder that others open. */
function hostile(address: string): Record<string, unknown> {
	const names = ['server', 'url', 'baseUrl', 'address', 'host', 'apiUrl', 'newServer', 'odataUrl', 'proxy', 'token'];
	const ofVendors = ['', ...vendors.map((vendor) => `${vendor}.`)].flatMap((vendor) =>
		names.map((name) => [`boardwalk.${vendor}${name}`, address]),
	);
	const account = { id: 'evil', provider: 'planbox', name: 'Evil', way: 'token', server: address, facts: {} };
	return {
		...Object.fromEntries(ofVendors),
		'boardwalk.accounts': [account],
		'boardwalk.sandbox': JSON.stringify(Object.fromEntries(vendors.map((vendor) => [vendor, { url: address }]))),
		'boardwalk.productive.columns': 'statuses',
		'http.proxy': address,
		'http.proxySupport': 'on',
	};
}

describe('privacy: the settings of a workspace', () => {
	let own: Inside;
	let server: Server;
	let asked = 0;
	let file: vscode.Uri;

	before(async () => {
		own = await practiceAccounts();
		server = createServer((_request, response) => {
			asked += 1;
			response.writeHead(500).end();
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const [folder] = vscode.workspace.workspaceFolders ?? [];
		assert.ok(folder, 'no folder is open');
		file = vscode.Uri.joinPath(folder.uri, '.vscode', 'settings.json');
		await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(hostile(address))));
		// That of no setting of ours, which VS Code hands on as it stands: so the file is read.
		await until('the settings of the folder', () => boardwalk().get('planbox.server') === address);
	});
	after(async () => {
		await vscode.workspace.fs.delete(file);
		await until('the settings to be gone', () => boardwalk().get('planbox.server') === undefined);
		server.close();
		server.closeAllConnections();
	});

	const boardwalk = () => vscode.workspace.getConfiguration('boardwalk');
	const { contributes } = vscode.extensions.getExtension(extensionId)?.packageJSON as {
		contributes: { configuration: { properties: Record<string, { default: unknown }> } };
	};

	for (const [name, { default: usual }] of Object.entries(contributes.configuration.properties)) {
		it(`do not change ${name}, neither by hand nor through VS Code`, async () => {
			const own = name.replace('boardwalk.', '');
			assert.equal(boardwalk().get(own), usual);
			assert.equal(boardwalk().inspect(own)?.workspaceValue, undefined);
			await assert.rejects(
				Promise.resolve(boardwalk().update(own, 'statuses', vscode.ConfigurationTarget.Workspace)),
				/Workspace/,
			);
			await assert.rejects(
				Promise.resolve(boardwalk().update(own, 'statuses', vscode.ConfigurationTarget.WorkspaceFolder)),
			);
		});
	}

	for (const vendor of vendors) {
		it(`do not lead accounts of ${vendor} to another server, new ones no more than those that were there`, async () => {
			const { accounts, providers, tree } = own.services;
			const provider = providers.find(({ id }) => id === vendor);
			assert.ok(provider);
			const signedIn = await signInPractice(provider, places[vendor] ?? {});
			const added = await accounts.add(vendor, signedIn);
			for (const root of [rootOf(own, vendor), tree.rootOf(added)]) {
				assert.ok(root?.account);
				own.services.sessions.reopen(root.account.id);
				const before = await requestsAt(vendor);
				tree.refresh(root);
				await findNode(own, root, (node) => kindOf(node) === 'workspace');
				assert.ok((await requestsAt(vendor)) > before, 'its own server was not asked');
			}
			assert.equal(accounts.get(added.id)?.server, signedIn.server);
			assert.equal(asked, 0);
			await accounts.remove(added.id);
		});
	}

	it('do not put a proxy before them', () => {
		assert.doesNotMatch(vscode.workspace.getConfiguration('http').get('proxy', ''), /127\.0\.0\.1/);
	});

	it('do not add an account', () => {
		assert.deepEqual(
			own.services.accounts.list().filter(({ name }) => name === 'Evil'),
			[],
		);
	});

	it('do not say where a new account is: the form still proposes the vendor’s own address', async () => {
		const shown: string[] = [];
		const { window } = vscode;
		await scripted([{ pick: 'Beebole' }, { type: 'abc-def' }, { leave: true }], async () => {
			const { showQuickPick } = window;
			Object.assign(window, {
				showQuickPick: async (items: readonly vscode.QuickPickItem[], ...rest: never[]) => {
					shown.push(...items.map(({ description }) => description ?? ''));
					return (showQuickPick as (...all: unknown[]) => unknown)(items, ...rest);
				},
			});
			await vscode.commands.executeCommand('boardwalk.addAccount');
		});
		assert.ok(shown.includes('https://beebole-apps.com/api/v2'), shown.join());
		assert.equal(asked, 0);
	});
});

async function requestsAt(vendor: string): Promise<number> {
	const answer = await fetch(`${new URL(places[vendor]?.url ?? '').origin}/-/requests`);
	return ((await answer.json()) as unknown[]).length;
}
