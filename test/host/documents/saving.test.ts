import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ContainerNode } from '../../../src/views/nodes/container.ts';
import { practiceAccounts, until } from '../support.ts';
import {
	answering,
	archivesOf,
	bytesOf,
	closeEditors,
	documentNode,
	fs,
	inTrouble,
	read,
	saveElsewhere,
	textAtVendor,
	type,
	uriOf,
	type WithFiles,
	writableFolder,
} from './support.ts';

const keptEarlier = { projectplace: true, coredata: false };

describe('documents saved from an editor', () => {
	let own: WithFiles;

	before(async () => {
		own = (await practiceAccounts()) as WithFiles;
	});
	afterEach(closeEditors);

	for (const vendor of ['projectplace', 'coredata'] as const) {
		describe(`at ${vendor}`, () => {
			let folder: ContainerNode;
			let uri: vscode.Uri;
			let name: string;
			let document: vscode.TextDocument;

			before(async () => {
				folder = await writableFolder(own, vendor);
			});
			beforeEach(async () => {
				name = `Notiz ü ${randomUUID().slice(0, 8)}.txt`;
				uri = vscode.Uri.joinPath(uriOf(own, folder), name);
				await fs.writeFile(uri, bytesOf('first\n'));
				document = await vscode.workspace.openTextDocument(uri);
				await vscode.window.showTextDocument(document);
			});

			const server = () => textAtVendor(own, folder, name);
			const overwrite = keptEarlier[vendor] ? 'Overwrite as New Version' : 'Overwrite';

			async function changeElsewhere(text: string): Promise<void> {
				const archives = await archivesOf(own, folder.account);
				const { items } = await archives.entries(folder.container, new AbortController().signal);
				const found = items.find((entry) => entry.name === name);
				assert.ok(found?.kind === 'document');
				await saveElsewhere(own, folder.account, folder.container, found, text);
			}

			it('arrive, again and again, without a question', async () => {
				for (const text of ['second\n', 'third\n', '']) {
					await type(document, text);
					const asked = await answering([], async () => assert.ok(await document.save()));
					assert.deepEqual(asked, []);
					assert.equal(await server(), text);
				}
			});

			it('stop over a change at the server and keep the editor’s text where nothing is chosen', async () => {
				await changeElsewhere('theirs, and longer\n');
				await type(document, 'mine\n');
				const asked = await answering([undefined], async () => assert.equal(await document.save(), false));
				assert.match(asked.join(), /was changed at the server since you opened it/);
				assert.match(asked.join(), keptEarlier[vendor] ? /stays as an earlier version/ : /is lost/);
				assert.ok(document.isDirty);
				assert.equal(document.getText(), 'mine\n');
				assert.equal(await server(), 'theirs, and longer\n');
			});

			it('overwrite a change at the server where that is chosen', async () => {
				await changeElsewhere('theirs\n');
				await type(document, 'mine\n');
				await answering([overwrite], async () => assert.ok(await document.save()));
				assert.equal(await server(), 'mine\n');
				await type(document, 'mine again\n');
				assert.deepEqual(await answering([], async () => assert.ok(await document.save())), []);
			});

			it('show the server’s text beside the editor’s and ask again', async () => {
				await changeElsewhere('theirs\n');
				await type(document, 'mine\n');
				await answering(['Compare', overwrite], async () => assert.ok(await document.save()));
				const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ input }) => input));
				const diff = tabs.find((input) => input instanceof vscode.TabInputTextDiff);
				assert.equal(diff?.modified.toString(), uri.toString());
				assert.ok(diff && diff.original.query !== '');
			});

			it('put a copy beside, and the editor takes the server’s text', async () => {
				await changeElsewhere('theirs\n');
				await type(document, 'mine\n');
				const copy = `Kopie von ${name}`;
				const steps = [{ type: ' ' }, { type: 'a/b' }, { type: name }, { type: copy }];
				await answering(['Save a Copy…'], async () => assert.ok(await document.save()), steps);
				assert.equal(await server(), 'theirs\n');
				assert.equal(await textAtVendor(own, folder, copy), 'mine\n');
				await until('the server’s text', () => !document.isDirty && document.getText() === 'theirs\n');
			});

			if (vendor === 'coredata') {
				it('ask what becomes of a text whose document is gone', async () => {
					const archives = await archivesOf(own, folder.account);
					const { removal } = archives;
					assert.ok(removal);
					const { items } = await archives.entries(folder.container, new AbortController().signal);
					const entry = items.find((one) => one.name === name);
					assert.ok(entry);
					await type(document, 'mine\n');
					await removal.remove(entry, new AbortController().signal);
					const asked = await answering([undefined], async () => assert.equal(await document.save(), false));
					assert.match(asked.join(), /is not at the server any more/);
					assert.ok(document.isDirty);
				});
			}

			it('stay in the editor where the server does not answer, and arrive later', async () => {
				await type(document, 'mine\n');
				await inTrouble(folder.account, 'drop', async () => {
					await answering([], async () => assert.equal(await document.save(), false));
				});
				assert.ok(document.isDirty);
				assert.equal(await server(), 'first\n');
				assert.ok(await document.save());
				assert.equal(await server(), 'mine\n');
			}).timeout(60_000);

			it('ask before they replace something that was never opened', async () => {
				const archives = await archivesOf(own, folder.account);
				const other = vscode.Uri.joinPath(uriOf(own, folder), `Other ${name}`);
				const prepared = await archives.uploading!.prepare(folder.container, new AbortController().signal);
				const file = { name: `Other ${name}`, size: 6, mediaType: 'text/plain' };
				await archives.uploading!.upload(
					prepared,
					{
						...file,
						async *content() {
							yield bytesOf('theirs');
						},
					},
					new AbortController().signal,
				);
				own.services.places.changed(folder.account, folder.container);
				const refused = await answering([undefined], () =>
					assert.rejects(() => Promise.resolve(fs.writeFile(other, bytesOf('mine')))),
				);
				assert.match(refused.join(), /was not opened here before/);
				assert.equal(await read(other), 'theirs');
			});
		});
	}

	it('of Productive keep what was not edited', async () => {
		const page = await documentNode(own, 'productive');
		const uri = uriOf(own, page);
		const before = await read(uri);
		assert.equal((await fs.stat(uri)).permissions, undefined, `${page.document.name} can be saved`);
		const document = await vscode.workspace.openTextDocument(uri);
		await type(document, `${before.trimEnd()}\n\nAdded from here.\n`);
		assert.ok(await document.save());
		assert.match(await read(uri), /Added from here\./);
		await type(document, `${document.getText().trimEnd()}\n\nAnd once more.\n`);
		assert.deepEqual(await answering([], async () => assert.ok(await document.save())), []);
	});
});
