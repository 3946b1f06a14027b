import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { DragAndDrop } from '../../src/commands/dragAndDrop.ts';
import type { Document, EntryContainer } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { Inside } from '../../src/extension.ts';
import type { Node } from '../../src/views/node.ts';
import { signal } from '../support/session.ts';
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

describe('documents going up in a real window', () => {
	let own: Inside;
	let folder: string;
	/** A folder of ProjectPlace's, where a file of the same name becomes a new version. */
	let pictures: Node;
	let workspace: Node;

	before(async () => {
		own = await practiceAccounts();
		folder = await mkdtemp(join(tmpdir(), 'boardwalk-uploads-'));
		workspace = await childLabelled(own, rootOf(own, 'projectplace'), 'Harbour renewal');
		pictures = await findNode(own, workspace, (node) => node.item().label === 'Pictures');
	});
	after(() => rm(folder, { recursive: true, force: true }));

	/** A file on the disk, its folders made as needed; its name is its content. */
	const fileAt = async (path: string, content: string | Uint8Array = path) => {
		const whole = join(folder, path);
		await mkdir(dirname(whole), { recursive: true });
		await writeFile(whole, content);
		return vscode.Uri.file(whole);
	};
	const folderAt = (path: string) => vscode.Uri.file(join(folder, path));
	const archivesOf = async ({ account }: Node) => {
		assert.ok(account);
		const { archives } = await own.services.sessions.ready(account, signal());
		assert.ok(archives);
		return archives;
	};
	/** The documents of a place as the vendor has them now. */
	const documentsIn = async (node: Node): Promise<readonly Document[]> => {
		const container = (
			'container' in node ? node.container : (node as { document?: unknown }).document
		) as EntryContainer;
		own.services.sessions.peek(node.account!).forget();
		const entries = await allItems(await (await archivesOf(node)).entries(container, signal()), signal());
		return entries.filter((entry) => entry.kind === 'document');
	};
	const namesLike = async (node: Node, text: string) =>
		(await documentsIn(node)).map(({ name }) => name).filter((name) => name.includes(text));
	const textOf = async (node: Node, name: string): Promise<string> => {
		const document = (await documentsIn(node)).find((one) => one.name === name);
		assert.ok(document, `${name} is not there`);
		return new Response((await (await archivesOf(node)).read(document, signal())).stream).text();
	};
	const projectFiles = async () => {
		const archive = await findNode(own, rootOf(own, 'coredata'), (node) => kindOf(node) === 'board');
		return findNode(own, archive, (node) => kindOf(node) === 'archive');
	};

	describe('from the tree', () => {
		it('several at once, under their exact names, without a question', async () => {
			const names = ['Grüße 100%.txt', ' blank at both ends ', 'a#b?c&d.txt', 'U\u0308.txt', '日本.txt'];
			const files = await Promise.all(names.map((name) => fileAt(`exact/${name}`)));
			const { said } = await run([{ files }], 'uploadDocuments', pictures);
			assert.match(said.join(), /5 files were uploaded to Pictures/);
			const there = (await documentsIn(pictures)).map(({ name }) => name);
			assert.deepEqual(
				names.filter((name) => !there.includes(name)),
				[],
			);
			await childLabelled(own, pictures, '日本.txt');
		});

		it('an empty one too', async () => {
			await run([{ files: [await fileAt('nothing.txt', '')] }], 'uploadDocuments', pictures);
			assert.equal(await textOf(pictures, 'nothing.txt'), '');
		});

		it('never, where a file has vanished: it is named and nothing is sent', async () => {
			const there = await fileAt('beside the vanished.txt');
			const { said } = await run([{ files: [there, folderAt('gone.txt')] }], 'uploadDocuments', pictures);
			assert.match(said.join(), /gone\.txt is not there any more\./);
			assert.deepEqual(await namesLike(pictures, 'beside the vanished'), []);
		});

		it('never, where the dialogue is left', async () => {
			await run([{ leave: true }], 'uploadDocuments', pictures);
			await run([{ leave: true }], 'uploadFolder', pictures);
		});
	});

	describe('as folders', () => {
		it('with their structure where the vendor makes folders, after one question', async () => {
			await Promise.all([fileAt('Quay/plan.txt'), fileAt('Quay/Deep/er/lamp.txt'), mkdir(join(folder, 'Quay/None'))]);
			const archive = await projectFiles();
			const { said } = await run([{ files: [folderAt('Quay')] }, { press: 'Upload' }], 'uploadFolder', archive);
			assert.match(said.join('\n'), /Upload 2 files \(.+\) to Files – [^]*Folders that are made: 4\./);
			const made = await childLabelled(own, archive, 'Quay');
			assert.deepEqual(await namesLike(made, ''), ['plan.txt']);
			await childLabelled(own, made, 'None');
			const deepest = await childLabelled(own, await childLabelled(own, made, 'Deep'), 'er');
			assert.equal(await textOf(deepest, 'lamp.txt'), 'Quay/Deep/er/lamp.txt');
		});

		it('into the folders of an earlier time', async () => {
			await fileAt('Quay/later.txt');
			const archive = await projectFiles();
			await run([{ files: [folderAt('Quay')] }, { pick: 'Skip (all)' }], 'uploadFolder', archive);
			const folders = (await own.services.tree.getChildren(archive)).filter((node) => node.item().label === 'Quay');
			assert.equal(folders.length, 1);
			assert.deepEqual((await namesLike(folders[0]!, '')).sort(), ['later.txt', 'plan.txt']);
		});

		it('without them where the vendor makes none, if that is wanted', async () => {
			await Promise.all([fileAt('Flat/flat 1.txt'), fileAt('Flat/in/flat 2.txt')]);
			const { said } = await run(
				[{ files: [folderAt('Flat')] }, { pick: 'Put all files directly there' }],
				'uploadFolder',
				pictures,
			);
			assert.match(said.join(), /Flat, Flat\/in/);
			assert.deepEqual((await namesLike(pictures, 'flat ')).sort(), ['flat 1.txt', 'flat 2.txt']);
		});

		it('not at all where the vendor makes none and they are left out; the files beside them go up', async () => {
			const files = [await fileAt('alone.txt'), folderAt('Out')];
			await fileAt('Out/left out.txt');
			await run([{ files }, { pick: 'Leave these folders out' }], 'uploadDocuments', pictures);
			assert.deepEqual(await namesLike(pictures, 'alone'), ['alone.txt']);
			assert.deepEqual(await namesLike(pictures, 'left out'), []);
		});

		it('never, where one is empty and none can be made, or where nothing is in one that is there', async () => {
			await mkdir(join(folder, 'Hollow'));
			const first = await run([{ files: [folderAt('Hollow')] }], 'uploadFolder', pictures);
			assert.match(first.said.join(), /No folders can be made in “Pictures”\./);
			await mkdir(join(folder, 'Pictures'));
			const archive = await findNode(own, workspace, (node) => kindOf(node) === 'archive');
			const second = await run([{ files: [folderAt('Pictures')] }], 'uploadFolder', archive);
			assert.match(second.said.join(), /There are no files to upload\./);
		});

		it('of which links to folders are left out, which is said before', async () => {
			await fileAt('Linked/real.txt');
			await symlink(folder, join(folder, 'Linked/circle'));
			const archive = await projectFiles();
			const { said } = await run([{ files: [folderAt('Linked')] }, { press: undefined }], 'uploadFolder', archive);
			assert.match(said.join('\n'), /Links to folders and special files do not go up: circle\./);
			const labels = (await own.services.tree.getChildren(archive)).map((node) => node.item().label);
			assert.ok(!labels.includes('Linked'));
		});
	});

	describe('under a name that is there', () => {
		it('become a new version', async () => {
			const source = await fileAt('Version.txt', 'one');
			await run([{ files: [source] }], 'uploadDocuments', pictures);
			await fileAt('Version.txt', 'two');
			const { said } = await run([{ files: [source] }, { pick: 'New version' }], 'uploadDocuments', pictures);
			assert.match(said.join(), /Version\.txt is now version/);
			assert.deepEqual(await namesLike(pictures, 'Version'), ['Version.txt']);
			assert.equal(await textOf(pictures, 'Version.txt'), 'two');
		});

		it('stand beside the other under a free name', async () => {
			const source = await fileAt('Both.txt', 'one');
			await run([{ files: [source] }], 'uploadDocuments', pictures);
			await fileAt('Both.txt', 'two');
			await run([{ files: [source] }, { pick: 'Keep both' }], 'uploadDocuments', pictures);
			assert.deepEqual((await namesLike(pictures, 'Both')).sort(), ['Both (2).txt', 'Both.txt']);
			assert.equal(await textOf(pictures, 'Both.txt'), 'one');
			assert.equal(await textOf(pictures, 'Both (2).txt'), 'two');
		});

		it('stay here when they are skipped, and when the question is left', async () => {
			const source = await fileAt('Kept.txt', 'one');
			await run([{ files: [source] }], 'uploadDocuments', pictures);
			await fileAt('Kept.txt', 'two');
			const { said } = await run([{ files: [source] }, { pick: 'Skip' }], 'uploadDocuments', pictures);
			assert.match(said.join(), /No file was uploaded\./);
			await run([{ files: [source] }, { leave: true }], 'uploadDocuments', pictures);
			assert.equal(await textOf(pictures, 'Kept.txt'), 'one');
		});

		it('are decided about all together, or one by one', async () => {
			const names = ['Each 1.txt', 'Each 2.txt', 'Each 3.txt'];
			const write = (content: string) => Promise.all(names.map((name) => fileAt(name, content)));
			await run([{ files: await write('one') }], 'uploadDocuments', pictures);
			const all = await run(
				[{ files: await write('two') }, { pick: 'New version (all)' }],
				'uploadDocuments',
				pictures,
			);
			assert.match(all.said.join(), /3 files were uploaded/);
			assert.equal(await textOf(pictures, 'Each 3.txt'), 'two');
			await run(
				[
					{ files: await write('three') },
					{ pick: 'Decide one by one' },
					{ pick: 'New version' },
					{ pick: 'Keep both' },
					{ pick: 'Skip' },
				],
				'uploadDocuments',
				pictures,
			);
			assert.equal(await textOf(pictures, 'Each 1.txt'), 'three');
			assert.equal(await textOf(pictures, 'Each 2.txt'), 'two');
			assert.equal(await textOf(pictures, 'Each 2 (2).txt'), 'three');
			assert.equal(await textOf(pictures, 'Each 3.txt'), 'two');
		});

		it('take the place of a document’s content where two of a name could stand, which is said, or stand beside it', async () => {
			const archive = await projectFiles();
			const source = await fileAt('Lamp.txt', 'one');
			await run([{ files: [source] }], 'uploadDocuments', archive);
			await fileAt('Lamp.txt', 'two');
			const first = await run([{ files: [source] }, { pick: 'Replace' }], 'uploadDocuments', archive);
			assert.match(first.said.join(), /What is there is lost\./);
			assert.deepEqual(await namesLike(archive, 'Lamp'), ['Lamp.txt']);
			assert.equal(await textOf(archive, 'Lamp.txt'), 'two');
			await run([{ files: [source] }, { pick: 'Keep both' }], 'uploadDocuments', archive);
			assert.deepEqual(await namesLike(archive, 'Lamp'), ['Lamp.txt', 'Lamp.txt']);
		});

		it('that comes twice in what was chosen are a conflict with each other', async () => {
			const files = [await fileAt('x/Twin.txt', 'x'), await fileAt('y/Twin.txt', 'y')];
			const { offered } = await run([{ files }, { pick: 'Keep both' }], 'uploadDocuments', pictures);
			assert.ok(!offered.includes('New version'));
			assert.equal(await textOf(pictures, 'Twin.txt'), 'x');
			assert.equal(await textOf(pictures, 'Twin (2).txt'), 'y');
		});
	});

	describe('from the Explorer', () => {
		const toPictures: readonly Step[] = [
			{ pick: 'ProjectPlace' },
			{ pick: 'Harbour renewal' },
			{ pick: 'Document' },
			{ pick: 'Pictures' },
			{ pick: 'Put it here' },
		];
		const lastKey = 'lastUploadTarget';

		it('ask where to, and offer that place first the next time', async () => {
			await own.services.workspace.set(lastKey, undefined);
			const [first, second] = [await fileAt('Right click.txt'), await fileAt('Right click too.txt')];
			const { said } = await run(toPictures, 'uploadFiles', first, [first, second]);
			assert.match(said.join(), /2 files were uploaded to Pictures/);
			const third = await fileAt('Right click again.txt');
			const last = 'Pictures – Harbour renewal, ProjectPlace';
			const again = await run([{ pick: last }], 'uploadFiles', third, [third]);
			assert.equal(again.offered[0], last);
			assert.equal((await namesLike(pictures, 'Right click')).length, 3);
		});

		it('ask anew where the last place is gone, and say that it is', async () => {
			const { account } = workspace;
			assert.ok(account);
			const container = { kind: 'folder', id: '99999999', name: 'Gone' };
			await own.services.workspace.set(lastKey, { account: account.id, container, place: 'Gone – Harbour renewal' });
			const source = await fileAt('After all.txt');
			const { said } = await run([{ pick: 'Gone – Harbour renewal' }, ...toPictures], 'uploadFiles', source, [source]);
			assert.match(said.join(), /ProjectPlace/);
			assert.deepEqual(await namesLike(pictures, 'After all'), ['After all.txt']);
		});

		it('do not offer the last place of an account that was signed out', async () => {
			const container = { kind: 'folder', id: '1', name: 'Elsewhere' };
			await own.services.workspace.set(lastKey, { account: randomUUID(), container, place: 'Elsewhere' });
			const source = await fileAt('Nowhere.txt');
			const { offered } = await run([{ leave: true }], 'uploadFiles', source, [source]);
			assert.ok(offered.length > 1 && !offered.join().includes('Elsewhere'), offered.join());
		});

		it('take a folder of several, and not twice what is chosen with its folder', async () => {
			const inside = await fileAt('Chosen/inside.txt');
			const archive = await projectFiles();
			const place = `${archive.item().label} – ${archive.parent?.item().label}`;
			const { container } = archive as Node & { container: EntryContainer };
			await own.services.workspace.set(lastKey, { account: archive.account?.id, container, place });
			const both = [folderAt('Chosen'), inside];
			const { said } = await run([{ pick: place }, { press: 'Upload' }], 'uploadFiles', both[0], both);
			assert.match(said.join(), /Upload inside\.txt/);
			own.services.tree.refresh(archive);
			assert.deepEqual(await namesLike(await childLabelled(own, archive, 'Chosen'), ''), ['inside.txt']);
			assert.deepEqual(await namesLike(archive, 'inside'), []);
		});
	});

	describe('from a file system of another extension', () => {
		let virtual: vscode.Disposable;
		const at = (path: string) => vscode.Uri.from({ scheme: 'uploads-test', path });

		before(() => {
			virtual = vscode.workspace.registerFileSystemProvider('uploads-test', virtualFiles(), { isReadonly: true });
		});
		after(() => virtual.dispose());

		it('file by file and folder by folder', async () => {
			const archive = await projectFiles();
			await run([{ files: [at('/Virtual')] }, { press: 'Upload' }], 'uploadFolder', archive);
			assert.equal(await textOf(await childLabelled(own, archive, 'Virtual'), 'far.txt'), 'far away');
		});

		it('and name the one that can’t be read, while the others go up', async () => {
			const files = [at('/Virtual/far.txt'), at('/secret.txt')];
			const { said } = await run([{ files }], 'uploadDocuments', pictures);
			assert.match(said.join(), /secret\.txt could not be read\./);
			assert.deepEqual(await namesLike(pictures, 'far.txt'), ['far.txt']);
			assert.deepEqual(await namesLike(pictures, 'secret'), []);
		});

		it('and stop when they are cancelled, with nothing left at the vendor', async () => {
			const { transfers } = own.services;
			const mine = () => transfers.list().find(({ order }) => order.name === 'slow.txt');
			const running = run([{ files: [at('/slow.txt')] }], 'uploadDocuments', pictures);
			const { order } = await until('the transfer', () => (mine()?.state === 'running' ? mine() : undefined));
			transfers.cancel(order.id);
			await running;
			assert.equal(mine()?.state, 'cancelled');
			assert.deepEqual(await namesLike(pictures, 'slow'), []);
		});

		it('and send nothing of a folder that can’t be listed', async () => {
			const { said } = await run([{ files: [at('/Locked')] }], 'uploadFolder', pictures);
			assert.match(said.join(), /Locked could not be read\./);
		});
	});

	describe('by dropping', () => {
		let failures: string[];
		let dragging: DragAndDrop;

		before(() => {
			// The test's own copy of the class, with the window's services; failures are told to the test instead.
			const report = (error: unknown) => void failures.push(error instanceof Error ? error.message : String(error));
			dragging = new DragAndDrop({ ...own.services, report });
		});
		beforeEach(() => {
			failures = [];
		});
		after(() => dragging.dispose());

		const drop = (target: Node | undefined, items: readonly Item[], steps: readonly Step[] = []) => {
			const transfer = new vscode.DataTransfer();
			items.forEach(([type, item]) => transfer.set(type, item));
			return scripted(steps, () => dragging.handleDrop(target, transfer));
		};
		const list = (...uris: readonly (vscode.Uri | string)[]): Item => [
			'text/uri-list',
			new vscode.DataTransferItem(uris.map(String).join('\r\n')),
		];

		it('files of the Explorer on a folder', async () => {
			await drop(pictures, [list(await fileAt('Drop 1.txt'), await fileAt('Drop ü%.txt'))]);
			assert.deepEqual(failures, []);
			assert.deepEqual((await namesLike(pictures, 'Drop')).sort(), ['Drop 1.txt', 'Drop ü%.txt']);
			await childLabelled(own, pictures, 'Drop 1.txt');
		});

		it('files without an address, whose content is sent once and not kept', async () => {
			await drop(pictures, [fileItem('image/png', 'In #memory %.txt', async () => bytesOf('kept'))]);
			assert.deepEqual(failures, []);
			assert.equal(await textOf(pictures, 'In #memory %.txt'), 'kept');
			const order = own.services.transfers.list().at(-1)?.order;
			assert.ok(order?.kind === 'upload');
			await assert.rejects(async () => vscode.workspace.fs.readFile(vscode.Uri.parse(order.source)));
		});

		it('files without an address once more, when the first time was cancelled', async () => {
			const name = 'Dropped again.txt';
			const { transfers } = own.services;
			const mine = () => transfers.list().find(({ order }) => order.name === name);
			const cancelling = transfers.onDidChange(() => {
				const transfer = mine();
				if (transfer?.state === 'running') {
					transfers.cancel(transfer.order.id);
				}
			});
			await drop(pictures, [fileItem('text/plain', name, async () => bytesOf('again'))]);
			cancelling.dispose();
			const { order, state } = mine() ?? {};
			assert.equal(state, 'cancelled');
			assert.ok(order?.kind === 'upload');
			assert.deepEqual(await namesLike(pictures, name), []);
			await transfers.retry([order.id], signal());
			assert.equal(await textOf(pictures, name), 'again');
			await assert.rejects(async () => vscode.workspace.fs.readFile(vscode.Uri.parse(order.source)));
		});

		it('the same file given both ways once', async () => {
			const uri = await fileAt('Both ways.txt');
			await drop(pictures, [list(uri), fileItem('text/plain', 'Both ways.txt', async () => bytesOf(''), uri)]);
			assert.deepEqual(failures, []);
			assert.deepEqual(await namesLike(pictures, 'Both ways'), ['Both ways.txt']);
		});

		it('on a document puts them beside it', async () => {
			const document = await childLabelled(own, pictures, 'Site plan.png');
			await drop(document, [list(await fileAt('Beside.txt'))]);
			assert.deepEqual(failures, []);
			assert.deepEqual(await namesLike(pictures, 'Beside'), ['Beside.txt']);
		});

		it('on a workspace puts them into its documents, as its menu does', async () => {
			await drop(workspace, [list(await fileAt('Into the workspace.txt'))]);
			assert.deepEqual(failures, []);
			const archive = await findNode(own, workspace, (node) => kindOf(node) === 'archive');
			assert.deepEqual(await namesLike(archive, 'Into the workspace'), ['Into the workspace.txt']);
		});

		it('on a page puts them on it', async () => {
			const page = await findNode(
				own,
				rootOf(own, 'productive'),
				(node) => kindOf(node) === 'document' && node.item().context.includes('upload'),
			);
			await drop(page, [list(await fileAt('On a page.txt'))]);
			assert.deepEqual(failures, []);
			assert.deepEqual(await namesLike(page, 'On a page'), ['On a page.txt']);
		});

		it('on a card asks whether its project’s files are meant', async () => {
			const card = await findNode(own, rootOf(own, 'coredata'), (node) => kindOf(node) === 'card');
			const { said } = await drop(card, [list(await fileAt('On a card.txt'))], [{ press: 'Upload' }]);
			assert.deepEqual(failures, []);
			assert.match(said.join(), /Upload On a card\.txt \(.+\) to Files – /);
		});

		it('never where nothing can be put, which is one sentence', async () => {
			const file = await fileAt('Unwanted.txt');
			for (const vendor of ['beebole', 'planbox']) {
				await drop(rootOf(own, vendor), [list(file)]);
				assert.match(failures.join(), /^Documents can’t be put into “.+”\.$/);
				failures.length = 0;
			}
			await drop(undefined, [list(file)]);
			assert.match(failures.join(), /^Drop files on a folder/);
		});

		it('never for what is no file, for a folder that can’t be read, or for documents of the tree', async () => {
			await drop(pictures, [['text/plain', new vscode.DataTransferItem('hello')]]);
			await drop(pictures, [fileItem('', 'A folder', () => Promise.reject(new Error('no')))]);
			await drop(pictures, [list(vscode.Uri.from({ scheme: 'boardwalk', authority: 'a', path: '/b' }))]);
			assert.match(failures[0] ?? '', /Only files and folders can be dropped here\./);
			assert.match(failures[1] ?? '', /A folder could not be read\./);
			assert.match(failures[2] ?? '', /does not move or copy documents/);
		});

		it('and leave the tree by dragging, with an address each', async () => {
			const documents = [
				await childLabelled(own, pictures, 'Site plan.png'),
				await childLabelled(own, pictures, 'Höfnin.png'),
			];
			const transfer = new vscode.DataTransfer();
			dragging.handleDrag([...documents, pictures], transfer);
			const uris = ((await transfer.get('text/uri-list')?.asString()) ?? '')
				.split('\r\n')
				.map((uri) => vscode.Uri.parse(uri));
			assert.deepEqual(
				uris.map(({ scheme }) => scheme),
				['boardwalk', 'boardwalk'],
			);
			assert.ok((await vscode.workspace.fs.readFile(uris[1]!)).length > 0);
			const none = new vscode.DataTransfer();
			dragging.handleDrag([pictures], none);
			assert.equal(none.get('text/uri-list'), undefined);
		});
	});

	describe('by pasting', () => {
		const paste = async (text: string, target: Node | undefined, steps: readonly Step[] = []) => {
			await vscode.env.clipboard.writeText(text);
			return run(steps, 'pasteFiles', target);
		};

		it('the files whose paths the clipboard holds', async () => {
			const [path, uri] = [await fileAt('Pasted by path.txt'), await fileAt('Pasted by address.txt')];
			await paste(`${path.fsPath}\n${uri.toString()}\n`, pictures);
			assert.equal((await namesLike(pictures, 'Pasted by')).length, 2);
		});

		it('never for another text, or for a path that leads nowhere', async () => {
			const other = await paste('Please send the plan.', pictures);
			assert.match(other.said.join(), /The clipboard names no files\./);
			const nowhere = await paste(join(folder, 'nowhere.txt'), pictures);
			assert.match(nowhere.said.join(), /nowhere\.txt is not there any more\./);
		});

		it('never for an address that is none', async () => {
			const { said } = await paste('file:////a', pictures);
			assert.match(said.join(), /file:\/\/\/\/a is no address of a file\./);
		});

		it('after asking where to when no line is selected', async () => {
			const { fsPath } = await fileAt('Pasted nowhere.txt');
			const { offered } = await paste(fsPath, undefined, [{ leave: true }]);
			await until('the places', () => offered.length > 0);
			assert.deepEqual(await namesLike(pictures, 'Pasted nowhere'), []);
		});
	});
});

type Item = readonly [type: string, item: vscode.DataTransferItem];

/** Only the editor itself makes items that hold files. */
function fileItem(type: string, name: string, data: () => Promise<Uint8Array>, uri?: vscode.Uri): Item {
	const item = new vscode.DataTransferItem('');
	item.asFile = () => ({ name, uri, data });
	return [type || 'application/octet-stream', item];
}

function bytesOf(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

/** A folder with a file, a folder that can't be listed, a file that can't be read and one whose reading never ends. */
function virtualFiles(): vscode.FileSystemProvider {
	const far = bytesOf('far away');
	const refuse = (uri: vscode.Uri): never => {
		throw vscode.FileSystemError.NoPermissions(uri);
	};
	const isFolder = (path: string) => path === '/Virtual' || path === '/Locked';
	return {
		onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
		watch: () => new vscode.Disposable(() => undefined),
		stat: ({ path }) => ({
			type: isFolder(path) ? vscode.FileType.Directory : vscode.FileType.File,
			ctime: 0,
			mtime: 0,
			size: far.length,
		}),
		readDirectory: (uri) => (uri.path === '/Virtual' ? [['far.txt', vscode.FileType.File]] : refuse(uri)),
		readFile: (uri) =>
			uri.path === '/slow.txt' ? new Promise(() => undefined) : uri.path === '/Virtual/far.txt' ? far : refuse(uri),
		createDirectory: refuse,
		writeFile: refuse,
		delete: refuse,
		rename: refuse,
	};
}
