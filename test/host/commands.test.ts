import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Inside } from '../../src/extension.ts';
import type { Node } from '../../src/views/node.ts';
import {
	childLabelled,
	findNode,
	kindOf,
	practiceAccounts,
	rootOf,
	type Script,
	type Step,
	scripted,
	until,
} from './support.ts';

const run = (steps: readonly Step[], command: string, ...args: unknown[]): Promise<Script> =>
	scripted(steps, () => vscode.commands.executeCommand(`boardwalk.${command}`, ...args));

describe('the commands in a real window', () => {
	let own: Inside;
	let folder: string;

	before(async () => {
		own = await practiceAccounts();
		folder = join(tmpdir(), `boardwalk-${randomUUID()}`);
		await mkdir(folder, { recursive: true });
	});
	after(() => rm(folder, { recursive: true, force: true }));

	const workspaceOf = (vendor: string) => findNode(own, rootOf(own, vendor), (node) => kindOf(node) === 'workspace');
	const fileAt = async (name: string, content: string | Uint8Array) => {
		const path = join(folder, name);
		await writeFile(path, content);
		return vscode.Uri.file(path);
	};

	describe('create project', () => {
		it('makes a workspace at ProjectPlace with its owner chosen', async () => {
			await run(
				[
					{ pick: 'New workspace' },
					{ type: 'Pilot boat' },
					{ pick: 'Head administrator' },
					{ pick: 'Lindqvist' },
					{ pick: 'Create' },
				],
				'createProject',
				rootOf(own, 'projectplace'),
			);
			await childLabelled(own, rootOf(own, 'projectplace'), 'Pilot boat');
		});

		it('makes a board at ProjectPlace in a workspace', async () => {
			const workspace = await workspaceOf('projectplace');
			await run([{ type: 'Tides' }, { pick: 'Create' }], 'createProject', workspace);
			await findNode(own, rootOf(own, 'projectplace'), (node) => node.item().label === 'Tides');
		});

		it('makes a project at Productive with its manager, workflow and type', async () => {
			await run(
				[
					{ pick: 'New project' },
					{
						form: {
							name: 'Lighthouse',
							type: 'Client project',
							company: 'Port of Höfn',
							manager: 'Lindqvist',
							workflow: 'workflow',
						},
					},
				],
				'createProject',
				rootOf(own, 'productive'),
			);
			await childLabelled(own, rootOf(own, 'productive'), 'Lighthouse');
		});

		it('makes a project at Beebole in a company, with its start date', async () => {
			const company = await workspaceOf('beebole');
			await run(
				[{ type: 'Beacon' }, { pick: 'Start date' }, { type: '2026-12-01' }, { pick: 'Create' }],
				'createProject',
				company,
			);
			await findNode(own, rootOf(own, 'beebole'), (node) => node.item().label === 'Beacon');
		});

		it('makes a project at Planbox in an initiative, with its alias', async () => {
			const initiative = await workspaceOf('planbox');
			await run(
				[{ type: 'Gate app' }, { pick: 'Short name' }, { type: 'GATE' }, { pick: 'Create' }],
				'createProject',
				initiative,
			);
			await findNode(own, rootOf(own, 'planbox'), (node) => node.item().label === 'Gate app');
		});

		it('makes a project at CoreData in a space, with description, date and people', async () => {
			const space = await workspaceOf('coredata');
			await run(
				[
					{
						form: {
							Title: 'Quay lights',
							Description: 'Forty lamps',
							'Due date': '2027-03-31',
							'Responsible people': ['Lindqvist'],
						},
					},
				],
				'createProject',
				space,
			);
			await findNode(own, rootOf(own, 'coredata'), (node) => node.item().label === 'Quay lights');
		});

		it('does not send a form whose name is blank and says so beside the field', async () => {
			const { said } = await run(
				[{ pick: 'New workspace' }, { type: '   ' }, { type: 'Named after all' }, { leave: true }],
				'createProject',
				rootOf(own, 'projectplace'),
			);
			assert.match(said.join('\n'), /Name is needed\./);
		});
	});

	describe('rename column', () => {
		for (const vendor of ['projectplace', 'productive', 'beebole']) {
			it(`renames one at ${vendor}, and the tree shows the new name`, async () => {
				const column = await findNode(own, rootOf(own, vendor), (node) => node.item().context.includes('rename'));
				await run([{ type: `Geprüft ${vendor}` }], 'renameColumn', column);
				await until('the new name', async () =>
					(await own.services.tree.getChildren(column.parent)).find(
						(node) => node.item().label === `Geprüft ${vendor}`,
					),
				);
			});
		}

		for (const vendor of ['planbox', 'coredata']) {
			it(`is not offered at ${vendor}, whose columns are fixed`, async () => {
				const column = await findNode(own, rootOf(own, vendor), (node) => kindOf(node) === 'column');
				assert.ok(!column.item().context.includes('rename'));
			});
		}

		it('refuses a blank name beneath the box', async () => {
			const column = await findNode(own, rootOf(own, 'projectplace'), (node) => node.item().context.includes('rename'));
			const { said } = await run([{ type: ' ' }, { leave: true }], 'renameColumn', column);
			assert.match(said.join(), /A name is needed\./);
		});
	});

	describe('documents', () => {
		const containerOf = (vendor: string): Promise<Node> =>
			findNode(
				own,
				rootOf(own, vendor),
				(node) => node.item().context.includes('upload') && ['folder', 'document'].includes(kindOf(node)),
			);

		for (const vendor of ['projectplace', 'productive', 'coredata']) {
			it(`goes up to ${vendor} and comes back byte for byte`, async () => {
				const bytes = crypto.getRandomValues(new Uint8Array(40_000));
				const source = await fileAt(`Skizze ${vendor} ü.bin`, bytes);
				const container = await containerOf(vendor);
				const { said } = await run([{ files: [source] }], 'uploadDocuments', container);
				assert.match(said.join(), /was uploaded to/);
				const document = await childLabelled(own, container, `Skizze ${vendor} ü.bin`);
				const target = vscode.Uri.file(join(folder, `back ${vendor}.bin`));
				await run([{ save: target }], 'downloadDocument', document);
				assert.deepEqual(new Uint8Array(await readFile(target.fsPath)), bytes);
			});
		}

		it('goes up from the Explorer with a right click, after asking where to', async () => {
			const source = await fileAt('From the Explorer.txt', 'hello');
			const { said } = await run(
				[
					{ pick: 'ProjectPlace' },
					{ pick: 'Harbour renewal' },
					{ pick: 'Document' },
					{ pick: 'Pictures' },
					{ pick: 'Put it here' },
				],
				'uploadDocuments',
				source,
				[source],
			);
			assert.match(said.join(), /was uploaded to Pictures/);
		});

		it('opens in the editor', async () => {
			const document = await findNode(own, rootOf(own, 'projectplace'), (node) => node.item().label === 'README.md');
			await run([], 'openDocument', document);
			const editor = await until('the editor', () => vscode.window.activeTextEditor);
			assert.match(editor.document.getText(), /^# /);
			await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
		});
	});

	it('shows account information for each of the five', async () => {
		for (const root of own.services.tree.roots) {
			const { offered } = await run([{ leave: true }], 'showAccountInfo', root);
			assert.ok(offered.length > 2, root.item().label);
		}
	});

	it('finds cards by their text over all accounts', async () => {
		const { offered } = await run([{ type: 'ferry timetable' }, { pick: 'Plan the ferry timetable' }], 'search');
		assert.ok(offered.length > 0);
	});

	it('copies a thing’s id and its link', async () => {
		const card = await findNode(own, rootOf(own, 'projectplace'), (node) => kindOf(node) === 'card');
		await run([], 'copyId', card);
		assert.equal(await vscode.env.clipboard.readText(), card.thing?.id);
		await run([], 'copyLink', card);
		assert.equal(await vscode.env.clipboard.readText(), card.thing?.webUrl);
	});

	it('renames, moves and signs out an account, and brings it back', async () => {
		await run([{ type: 'Our time sheets' }], 'renameAccount', rootOf(own, 'beebole'));
		assert.equal(rootOf(own, 'beebole').item().label, 'Our time sheets');
		await run([], 'moveAccountUp', rootOf(own, 'beebole'));
		assert.deepEqual(
			own.services.accounts
				.list()
				.map(({ provider }) => provider)
				.slice(0, 2),
			['projectplace', 'beebole'],
		);
		await run([], 'moveAccountDown', rootOf(own, 'beebole'));
		const { id } = rootOf(own, 'beebole').account!;
		const { said } = await run([{ press: 'Sign out' }], 'signOut', rootOf(own, 'beebole'));
		assert.match(said.join(), /credentials are removed/);
		assert.equal(await own.secrets.getPassword('boardwalk', id), null);
		await run([], 'addPracticeAccounts');
		assert.equal(own.services.accounts.list().length, 5);
	});
});
