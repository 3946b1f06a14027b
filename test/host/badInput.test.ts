import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { Inside } from '../../src/extension.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { findNode, kindOf, practiceAccounts, type Script, type Step, scripted, until } from './support.ts';

const add = (...steps: Step[]): Promise<Script> =>
	scripted(steps, () => vscode.commands.executeCommand('boardwalk.addAccount'));

/** A sandbox of this test's own, whose vendors can be made to fail. */
describe('bad input', () => {
	let own: Inside;
	let sandbox: Sandbox;
	let place: { url: string; clientCredentials: { clientId: string; clientSecret: string } };
	let readOnly: { clientId: string; clientSecret: string };

	before(async () => {
		own = await practiceAccounts();
		sandbox = await startSandbox();
		place = sandbox.addresses['projectplace'] as typeof place;
		readOnly = sandbox.served['projectplace']?.state['readOnly'] as typeof readOnly;
	});
	after(() => sandbox.close());

	const robot = ({ clientId, clientSecret }: typeof readOnly): Step[] => [
		{ pick: 'ProjectPlace' },
		{ pick: 'OAuth 2' },
		{ type: clientId },
		{ type: clientSecret },
	];
	const serverIs = (url: string): Step[] => [{ pick: 'Server address' }, { type: url }];
	const accounts = () => own.services.accounts.list().length;

	it('refuses a wrong key with a sentence and keeps what was typed for another try', async () => {
		const before = accounts();
		const wrong = { ...place.clientCredentials, clientSecret: 'wr0ng-s3cret' };
		const { said } = await add(...robot(wrong), ...serverIs(place.url), { pick: 'Sign in' }, { leave: true });
		assert.match(said.join('\n'), /ProjectPlace did not accept the credentials/);
		assert.doesNotMatch(said.join('\n'), /wr0ng/);
		assert.equal(accounts(), before);
	});

	it('takes the right key in the same dialogue after a wrong one', async () => {
		const before = accounts();
		const wrong = { ...place.clientCredentials, clientSecret: 'wrong' };
		await add(
			...robot(wrong),
			...serverIs(place.url),
			{ pick: 'Sign in' },
			{ pick: 'Client secret' },
			{ type: place.clientCredentials.clientSecret },
			{ pick: 'Sign in' },
		);
		assert.equal(accounts(), before + 1);
		await own.services.accounts.remove(own.services.accounts.list().at(-1)?.id ?? '');
	});

	it('refuses an address that is not https before anything is sent', async () => {
		const { said } = await add(
			...robot(place.clientCredentials),
			{ pick: 'Server address' },
			{ type: 'http://projects.example.com' },
			{ leave: true },
			{ leave: true },
		);
		assert.match(said.join('\n'), /start with https/);
	});

	it('says that nothing answers at a wrong address', async () => {
		const { said } = await add(
			...robot(place.clientCredentials),
			...serverIs('http://127.0.0.1:9'),
			{ pick: 'Sign in' },
			{ leave: true },
		);
		assert.match(said.join('\n'), /could not be reached/);
	});

	it('says that an address answers with a web page', async () => {
		const server = createServer((_request, response) =>
			response.setHeader('content-type', 'text/html').end('<!doctype html><h1>Welcome</h1>'),
		);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const { said } = await add(
			...robot(place.clientCredentials),
			...serverIs(url),
			{ pick: 'Sign in' },
			{ leave: true },
		);
		server.close();
		assert.match(said.join('\n'), /answered with a web page/);
	});

	describe('with a robot that may only read', () => {
		before(async () => {
			await add(...robot(readOnly), ...serverIs(place.url), { pick: 'Sign in' });
		});
		after(() => own.services.accounts.remove(own.services.accounts.list().at(-1)?.id ?? ''));

		const root = () => own.services.tree.roots.at(-1)!;

		it('still shows the tree', async () => {
			const card = await findNode(own, root(), (node) => kindOf(node) === 'card');
			assert.notEqual(card.item().label, '');
		});

		it('says that renaming a column is not allowed, and nothing has changed', async () => {
			const column = await findNode(own, root(), (node) => kindOf(node) === 'column');
			const { said } = await scripted([{ type: 'Mine now' }], () =>
				vscode.commands.executeCommand('boardwalk.renameColumn', column),
			);
			assert.match(said.join('\n'), /does not allow/);
			own.services.tree.refresh(root());
			const again = await findNode(own, root(), (node) => kindOf(node) === 'column');
			assert.equal(again.item().label, column.item().label);
		});

		it('says that uploading is not allowed before a byte is sent', async () => {
			const folder = await findNode(own, root(), (node) => kindOf(node) === 'archive');
			const requests = sandbox.served['projectplace']?.requests ?? [];
			const before = requests.length;
			const file = vscode.Uri.joinPath(
				vscode.extensions.getExtension('boardwalk-tools.boardwalk')!.extensionUri,
				'package.json',
			);
			const { said } = await scripted([{ files: [file] }], () =>
				vscode.commands.executeCommand('boardwalk.uploadDocuments', folder),
			);
			assert.match(said.join('\n'), /may read|does not allow/);
			assert.deepEqual(
				requests.slice(before).filter(({ path }) => path.includes('upload')),
				[],
			);
		});
	});

	it('shows a vendor’s failure as a line of the tree with its reason, and gets over it with “Try again”', async () => {
		await add(...robot(place.clientCredentials), ...serverIs(place.url), { pick: 'Sign in' });
		const served = sandbox.served['projectplace']!;
		served.faults.add({ pattern: '*', kind: '500' });
		const root = own.services.tree.roots.at(-1)!;
		const [failure] = await own.services.tree.getChildren(root);
		assert.match(failure!.item().label, /has a problem of its own \(status 500\)/);
		served.faults.clear();
		await vscode.commands.executeCommand('boardwalk.retry', failure);
		await until('the workspaces', async () =>
			(await own.services.tree.getChildren(root)).some((node) => kindOf(node) === 'workspace'),
		);
		await own.services.accounts.remove(root.account?.id ?? '');
	});
});
