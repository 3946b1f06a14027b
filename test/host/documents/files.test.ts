import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { safeFileName } from '../../../src/core/fileName.ts';
import type { Node } from '../../../src/views/node.ts';
import type { ContainerNode, DocumentNode } from '../../../src/views/nodes/container.ts';
import { findNode, kindOf, practiceAccounts, rootOf, scripted, until } from '../support.ts';
import {
	archivesOf,
	bytesOf,
	closeEditors,
	documentNode,
	fs,
	inTrouble,
	read,
	signal,
	textAtVendor,
	uriOf,
	type WithFiles,
	writableFolder,
} from './support.ts';

const vendors = ['projectplace', 'productive', 'planbox', 'coredata'];
const { File, Directory } = vscode.FileType;

describe('documents as files', () => {
	let own: WithFiles;

	before(async () => {
		own = (await practiceAccounts()) as WithFiles;
	});
	afterEach(closeEditors);

	const childrenOf = async (node: Node) =>
		(await own.services.tree.getChildren(node)).filter((child) => 'container' in child || 'document' in child);
	const fails = (run: Thenable<unknown>, code: string) => assert.rejects(() => Promise.resolve(run), { code });

	for (const vendor of vendors) {
		describe(`of ${vendor}`, () => {
			let folder: ContainerNode;

			before(async () => {
				const holds = (node: Node) => 'container' in node;
				const archive = await findNode(own, rootOf(own, vendor), holds);
				const filled = async (node: Node) => (await childrenOf(node)).length > 0;
				folder = ((await filled(archive)) ? archive : (await documentNode(own, vendor)).parent) as ContainerNode;
			});

			it('are listed as the tree shows them', async () => {
				own.services.tree.refresh(folder);
				const listed = await fs.readDirectory(uriOf(own, folder));
				const shown = await childrenOf(folder);
				const documents = shown.flatMap((node) => (kindOf(node) === 'document' ? [node as DocumentNode] : []));
				assert.equal(listed.filter(([, type]) => type === File).length, documents.length);
				const pages = documents.filter(({ document }) => document.hasEntries).length;
				assert.equal(listed.length, shown.length + pages);
				for (const { document } of documents) {
					assert.ok(
						listed.some(([name]) => name === safeFileName(document.fileName)),
						document.fileName,
					);
				}
				assert.equal(new Set(listed.map(([name]) => name.toLowerCase())).size, listed.length);
			});

			it('are found from the account down, each name on its own', async () => {
				const uri = uriOf(own, folder);
				const names = uri.path.split('/').slice(1);
				let at = uri.with({ path: '/' });
				for (const name of names) {
					const entries = await fs.readDirectory(at);
					assert.ok(
						entries.some(([one, type]) => one === name && type === Directory),
						`${name} is not in ${at.path}: ${entries.map(([one]) => one).join(', ')}`,
					);
					at = vscode.Uri.joinPath(at, name);
				}
				assert.equal((await fs.stat(at)).type, Directory);
			});

			it('are read byte for byte', async () => {
				const node = await documentNode(own, vendor);
				const { stream } = await (await archivesOf(own, node.account)).read(node.document, signal);
				const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
				assert.deepEqual(new Uint8Array(await fs.readFile(uriOf(own, node))), bytes);
				assert.equal((await fs.stat(uriOf(own, node))).type, File);
			});

			it('fail with the exact error', async () => {
				const uri = uriOf(own, folder);
				const document = uriOf(own, await documentNode(own, vendor));
				const none = vscode.Uri.joinPath(uri, 'There is none.txt');
				// The editor’s own writing would make the folders first.
				const write = (to: vscode.Uri) =>
					own.documents.writeFile(to, bytesOf('x'), { create: true, overwrite: true }) as Promise<void>;
				await fails(fs.stat(none), 'FileNotFound');
				await fails(fs.readFile(none), 'FileNotFound');
				await fails(fs.readDirectory(none), 'FileNotFound');
				await fails(fs.delete(none, { useTrash: false }), 'FileNotFound');
				await fails(fs.readFile(uri), 'FileIsADirectory');
				await fails(fs.writeFile(uri, bytesOf('x')), 'FileIsADirectory');
				await fails(fs.readDirectory(document), 'FileNotADirectory');
				await fails(fs.stat(vscode.Uri.joinPath(document, 'beneath')), 'FileNotFound');
				await fails(fs.stat(uri.with({ authority: 'nobody' })), 'FileNotFound');
				await fails(write(vscode.Uri.joinPath(none, 'x.txt')), 'FileNotFound');
				await fails(write(vscode.Uri.joinPath(document, 'x.txt')), 'FileNotADirectory');
				await fails(write(uri.with({ path: '/New at the top.txt' })), 'NoPermissions');
			});

			it('are unavailable while the server is, which is said in words', async () => {
				const document = uriOf(own, await documentNode(own, vendor));
				await inTrouble(folder.account, 'drop', () =>
					assert.rejects(() => Promise.resolve(fs.readFile(document)), { code: 'Unavailable', message: /\w+ .*\w+\./ }),
				);
			}).timeout(60_000);
		});
	}

	for (const vendor of ['projectplace', 'coredata']) {
		describe(`put to ${vendor}`, () => {
			let folder: ContainerNode;
			const fresh = (name = 'Neu') =>
				vscode.Uri.joinPath(uriOf(own, folder), `${name} ${randomUUID().slice(0, 8)}.txt`);
			const write = (uri: vscode.Uri, create: boolean, overwrite: boolean) =>
				own.documents.writeFile(uri, bytesOf('text'), { create, overwrite }) as Promise<void>;

			before(async () => {
				folder = await writableFolder(own, vendor);
			});

			it('are made only where that is meant, and replaced only where that is meant', async () => {
				const uri = fresh();
				await fails(write(uri, false, true), 'FileNotFound');
				await write(uri, true, false);
				assert.equal(await read(uri), 'text');
				await fails(write(uri, true, false), 'FileExists');
				await write(uri, false, true);
				await write(uri, true, true);
			});

			it('keep the exact characters of their names', async () => {
				const name = `con ${randomUUID().slice(0, 8)}: ä?\u00a0#1.txt`;
				const uri = vscode.Uri.joinPath(uriOf(own, folder), name);
				await fs.writeFile(uri, bytesOf('exact'));
				assert.equal(await textAtVendor(own, folder, name), 'exact');
				assert.equal(await read(uri), 'exact');
				assert.ok((await fs.readDirectory(uriOf(own, folder))).some(([one]) => one === name));
			});

			it('tell the editor what changed', async () => {
				const told: string[] = [];
				const listening = own.documents.onDidChangeFile((events) =>
					told.push(...events.map(({ type, uri }) => `${vscode.FileChangeType[type]} ${uri.path.split('/').at(-1)}`)),
				);
				const uri = fresh();
				await fs.writeFile(uri, bytesOf('x'));
				listening.dispose();
				assert.ok(told.includes(`Created ${uri.path.split('/').at(-1)}`), told.join());
			});

			it('can’t be moved to another folder, which is said in words', async () => {
				const uri = fresh();
				await fs.writeFile(uri, bytesOf('x'));
				const elsewhere = vscode.Uri.joinPath(uriOf(own, folder), '..', 'moved.txt');
				await assert.rejects(() => Promise.resolve(own.documents.rename(uri, elsewhere, { overwrite: false })), {
					code: 'NoPermissions',
					message: /can’t be moved/,
				});
				assert.equal(await read(uri), 'x');
			});
		});
	}

	it('of CoreData are deleted, and folders are made in it', async () => {
		const folder = await writableFolder(own, 'coredata');
		const made = vscode.Uri.joinPath(uriOf(own, folder), `Ordner ${randomUUID().slice(0, 8)}`);
		await fs.createDirectory(made);
		assert.deepEqual(await fs.readDirectory(made), []);
		await fails(own.documents.createDirectory(made) as Promise<void>, 'FileExists');
		const inner = vscode.Uri.joinPath(made, 'inner.txt');
		await fs.writeFile(inner, bytesOf('x'));
		assert.deepEqual(await fs.readDirectory(made), [['inner.txt', File]]);
		await fs.delete(inner, { useTrash: false });
		await fails(fs.stat(inner), 'FileNotFound');
		assert.deepEqual(await fs.readDirectory(made), []);
		await fails(fs.delete(made, { recursive: true, useTrash: false }), 'NoPermissions');
	});

	it('of Productive are pages that are made as folders, renamed and deleted', async () => {
		const page = await documentNode(own, 'productive');
		const archive = page.parent as Node;
		const made = vscode.Uri.joinPath(uriOf(own, archive), `Seite ${randomUUID().slice(0, 8)}`);
		await fs.createDirectory(made);
		const names = (await fs.readDirectory(uriOf(own, archive))).map(([name]) => name);
		const name = made.path.split('/').at(-1) ?? '';
		assert.ok(names.includes(name) && names.includes(`${name}.md`), names.join());
		const file = made.with({ path: `${made.path}.md` });
		const renamed = made.with({ path: `${made.path} neu.md` });
		await fs.rename(file, renamed, { overwrite: false });
		await fails(fs.stat(file), 'FileNotFound');
		assert.equal((await fs.stat(renamed)).type, File);
		await fs.delete(renamed, { useTrash: false });
		await fails(fs.stat(renamed), 'FileNotFound');
	});

	it('that can’t be saved say why, at the editor and to whoever writes', async () => {
		const node = await documentNode(own, 'projectplace', 'README.md');
		const uri = uriOf(own, node);
		assert.equal((await fs.stat(uri)).permissions, vscode.FilePermission.Readonly);
		await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
		await until('the reason', () => /ProjectPlace keeps no versions/.test(own.documents.status.reason ?? ''));
		await assert.rejects(
			() => Promise.resolve(own.documents.writeFile(uri, bytesOf('x'), { create: false, overwrite: true })),
			{
				code: 'NoPermissions',
				message: /ProjectPlace keeps no versions/,
			},
		);
		const planbox = uriOf(own, await documentNode(own, 'planbox'));
		assert.equal((await fs.stat(planbox)).permissions, vscode.FilePermission.Readonly);
	});

	it('are compared with a file and found by name through commands', async () => {
		const node = await documentNode(own, 'projectplace', 'README.md');
		const file = vscode.Uri.joinPath(own.context.globalStorageUri, 'compare.md');
		await fs.writeFile(file, bytesOf('mine'));
		await scripted([{ files: [file] }], () => vscode.commands.executeCommand('boardwalk.compareWithFile', node));
		const isDiff = ({ input }: vscode.Tab) => input instanceof vscode.TabInputTextDiff;
		assert.ok(vscode.window.tabGroups.all.some((group) => group.tabs.some(isDiff)));
		await scripted([{ pick: 'README.md' }], () =>
			vscode.commands.executeCommand('boardwalk.findDocument', node.parent),
		);
		await until('the document', () => vscode.window.activeTextEditor?.document.uri.path.endsWith('README.md'));
	});

	it('are deleted by command after a question that says what becomes of them', async () => {
		const folder = await writableFolder(own, 'coredata');
		const name = `Weg ${randomUUID().slice(0, 8)}.txt`;
		const uri = vscode.Uri.joinPath(uriOf(own, folder), name);
		await fs.writeFile(uri, bytesOf('x'));
		own.services.tree.refresh(folder);
		const find = async () => (await childrenOf(folder)).find((node) => node.item().label === name);
		const node = await find();
		assert.ok(node && kindOf(node) === 'document');
		const remove = () => vscode.commands.executeCommand('boardwalk.deleteDocument', node, [node]);
		await scripted([{ press: undefined }], remove);
		assert.equal(await read(uri), 'x');
		const { said } = await scripted([{ press: 'Delete' }], remove);
		assert.match(said.join('\n'), /CoreData describes no way to get a deleted file back/);
		await fails(fs.stat(uri), 'FileNotFound');
		assert.equal(await find(), undefined);
	});

	it('are compared with an earlier version', async () => {
		const page = await documentNode(own, 'productive');
		const uri = uriOf(own, page);
		const before = await read(uri);
		await fs.writeFile(uri, bytesOf(`${before.trimEnd()}\n\nA line for the next version.\n`));
		const { versions } = await archivesOf(own, page.account);
		const { items } = (await versions?.list(page.document, signal)) ?? { items: [] };
		assert.ok(items[0]);
		await scripted([{ pick: items[0].name }], () =>
			vscode.commands.executeCommand('boardwalk.compareWithVersion', page),
		);
		const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ input }) => input));
		const diff = tabs.find((input) => input instanceof vscode.TabInputTextDiff);
		assert.ok(diff);
		assert.equal(diff.modified.toString(), uri.toString());
		assert.doesNotMatch(await read(diff.original), /A line for the next version/);
		assert.equal((await fs.stat(diff.original)).permissions, vscode.FilePermission.Readonly);
	});

	it('get folders and other names through commands, whose boxes say what is wrong', async () => {
		const archive = (await documentNode(own, 'productive')).parent as Node;
		const name = `Befehl ${randomUUID().slice(0, 8)}`;
		const { said } = await scripted([{ type: ' ' }, { type: 'a/b' }, { type: name }], () =>
			vscode.commands.executeCommand('boardwalk.createFolder', archive),
		);
		assert.match(said.join(), /A name is needed\..*can’t hold a slash/);
		const page = (await childrenOf(archive)).find((node) => node.item().label === name);
		assert.ok(page);
		await scripted([{ type: `${name} neu.md` }], () =>
			vscode.commands.executeCommand('boardwalk.renameDocument', page),
		);
		assert.ok((await childrenOf(archive)).some((node) => node.item().label === `${name} neu`));
	});
});
