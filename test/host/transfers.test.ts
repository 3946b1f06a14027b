import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { Account } from '../../src/core/accounts.ts';
import type { Archives, UploadFile } from '../../src/core/archives.ts';
import { walkDocuments } from '../../src/core/documentWalk.ts';
import { OutcomeUnknown } from '../../src/core/errors.ts';
import type { Document, EntryContainer } from '../../src/core/model.ts';
import type { DownloadOrder, UploadOrder } from '../../src/core/transfer.ts';
import { Transfers } from '../../src/core/transfers.ts';
import type { Inside } from '../../src/extension.ts';
import { performer } from '../../src/files/performTransfer.ts';
import { saveDocument } from '../../src/files/saveDocument.ts';
import type { Node } from '../../src/views/node.ts';
import { TransferList } from '../../src/views/transferList.ts';
import { findNode, kindOf, practiceAccounts, rootOf, type Script, type Step, scripted } from './support.ts';

const run = (steps: readonly Step[], command: string, ...args: unknown[]): Promise<Script> =>
	scripted(steps, () => vscode.commands.executeCommand(`boardwalk.${command}`, ...args));

const signal = () => new AbortController().signal;

function textFile(name: string, text: string): UploadFile {
	const bytes = new TextEncoder().encode(text);
	return {
		name,
		size: bytes.length,
		mediaType: 'text/plain',
		async *content() {
			yield bytes;
		},
	};
}

describe('transfers of documents in a real window', () => {
	let own: Inside;
	let folder: string;
	let account: Account;
	let archives: Archives;
	/** A folder that takes documents, and its line. */
	let node: Node & { readonly container: EntryContainer };

	before(async () => {
		own = await practiceAccounts();
		node = (await findNode(
			own,
			rootOf(own, 'coredata'),
			(one) => kindOf(one) === 'folder' && one.item().context.includes('upload'),
		)) as typeof node;
		account = node.account!;
		archives = (await own.services.sessions.ready(account, signal())).archives!;
	});
	beforeEach(async () => {
		folder = join(tmpdir(), `boardwalk-${randomUUID()}`, 'chosen');
		await mkdir(folder, { recursive: true });
		await run([], 'clearTransfers');
	});
	afterEach(() => rm(dirname(folder), { recursive: true, force: true }));

	const put = async (name: string, text: string): Promise<Document> => {
		const uploaded = await archives.uploading!.upload(node.container, textFile(name, text), signal());
		const { entries } = await walkDocuments(archives, node.container, { deep: false }, signal());
		const found = entries.find((entry) => entry.kind === 'document' && entry.id === uploaded.id) ?? entries.at(-1);
		return found as Document;
	};
	const linesOf = async (...documents: Document[]): Promise<Node[]> => {
		own.services.tree.refresh(node);
		const ids = new Set(documents.map(({ id }) => id));
		return (await own.services.tree.getChildren(node)).filter((line) => ids.has(line.thing?.id ?? ''));
	};
	const contents = async (): Promise<Record<string, string>> => {
		const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
		return Object.fromEntries(
			await Promise.all(
				names.map(async ({ name, parentPath }) => [name, await readFile(join(parentPath, name), 'utf8')] as const),
			),
		);
	};
	const states = () => own.services.transfers.list().map(({ state }) => state);

	it('come down as a selection, into the folder that is asked for once', async () => {
		const one = await put(`${randomUUID()}.txt`, 'one');
		const two = await put(`${randomUUID()}.txt`, 'two');
		const [first, ...others] = await linesOf(one, two);
		const { said } = await run([{ files: [vscode.Uri.file(folder)] }], 'downloadDocument', first, [first, ...others]);
		assert.deepEqual(await contents(), { [one.fileName]: 'one', [two.fileName]: 'two' });
		assert.match(said.join(), /2 documents were saved in chosen\./);
		assert.deepEqual(states(), ['done', 'done']);
	});

	it('come down as a folder whose names are hostile, and end inside the chosen one', async () => {
		const hostile = ['../../x', 'C:\\x', 'con.txt', 'Twin.txt', 'tWIN.txt', `${'ü'.repeat(120)}.txt`, 'dots...', '..'];
		for (const name of hostile) {
			await put(name, `content of ${name}`).catch(() => undefined);
		}
		const { entries } = await walkDocuments(archives, node.container, { deep: false }, signal());
		const wanted = entries.filter((entry) => entry.kind === 'document' && entry.notDownloadable === undefined);
		assert.ok(
			wanted.some(({ name }) => name.includes('../')),
			'the vendor has taken no hostile name',
		);
		const steps = [{ files: [vscode.Uri.file(folder)] }, { press: 'Download' }] as const;
		const { said } = await run(steps, 'downloadDocument', node, [node]);
		assert.match(said.join(), /Download \d+ documents to chosen\?/);
		assert.deepEqual(await readdir(dirname(folder)), [basename(folder)]);
		const [inner, ...others] = await readdir(folder);
		assert.equal(others.length, 0, 'something stands beside the folder');
		const names = (await readdir(join(folder, inner!), { withFileTypes: true })).filter((one) => one.isFile());
		assert.equal(names.length, wanted.length);
		assert.equal(new Set(names.map(({ name }) => name.toLowerCase())).size, wanted.length);
	});

	it('never overwrite what is there already before they have asked, one by one', async () => {
		const documents = [await put(`a-${randomUUID()}.txt`, 'A'), await put(`b-${randomUUID()}.txt`, 'B')];
		documents.push(await put(`c-${randomUUID()}.txt`, 'C'));
		const [a, b, c] = documents.map(({ fileName }) => fileName);
		for (const name of [a!, b!, c!]) {
			await writeFile(join(folder, name), 'mine');
		}
		const lines = await linesOf(...documents);
		const steps = [
			{ files: [vscode.Uri.file(folder)] },
			{ pick: 'Decide one by one' },
			{ pick: 'Replace' },
			{ pick: 'Keep both' },
			{ pick: 'Skip' },
		] as const;
		await run(steps, 'downloadDocument', lines[0], lines);
		const beside = b!.replace('.txt', ' (2).txt');
		assert.deepEqual(await contents(), { [a!]: 'A', [b!]: 'mine', [beside]: 'B', [c!]: 'mine' });
	});

	it('write nothing at all when that question is left', async () => {
		const document = await put(`${randomUUID()}.txt`, 'new');
		const other = await put(`${randomUUID()}.txt`, 'new');
		await writeFile(join(folder, document.fileName), 'mine');
		const lines = await linesOf(document, other);
		await run([{ files: [vscode.Uri.file(folder)] }, { leave: true }], 'downloadDocument', lines[0], lines);
		assert.deepEqual(await contents(), { [document.fileName]: 'mine' });
	});

	it('say which one failed and why, and bring the others', async () => {
		const gone = await put(`${randomUUID()}.txt`, 'gone');
		const there = await put(`${randomUUID()}.txt`, 'there');
		const lines = await linesOf(gone, there);
		await mkdir(join(folder, 'inner'));
		await archives.removal!.remove(gone, signal());
		const { said } = await run([{ files: [vscode.Uri.file(folder)] }], 'downloadDocument', lines[0], lines);
		assert.match(said.join(), new RegExp(`${gone.fileName}: .*Done: 1 of 2\\.`));
		assert.deepEqual(await contents(), { [there.fileName]: 'there' });
		const failed = own.services.transfers.list().find(({ state }) => state === 'failed');
		assert.equal(failed?.order.name, gone.fileName);
		await run([], 'retryTransfer', failed);
		assert.equal(failed.state, 'failed');
	});

	it('go whole to the editor’s other file systems, and leave nothing else there', async () => {
		const document = await put(`${randomUUID()}.txt`, 'elsewhere');
		const files = new Map<string, Uint8Array>();
		const registered = vscode.workspace.registerFileSystemProvider('boardwalk-test', memoryFiles(files));
		try {
			const target = vscode.Uri.parse('boardwalk-test:/folder/a.txt');
			await saveDocument(await archives.read(document, signal()), target, signal());
			assert.deepEqual([...files.keys()], ['/folder/a.txt']);
			assert.equal(new TextDecoder().decode(files.get('/folder/a.txt')), 'elsewhere');
			const short = { ...(await archives.read(document, signal())), size: 4_000, again: undefined };
			await assert.rejects(saveDocument(short, vscode.Uri.parse('boardwalk-test:/folder/b.txt'), signal()));
			assert.deepEqual([...files.keys()], ['/folder/a.txt']);
		} finally {
			registered.dispose();
		}
	});

	describe('when the window was closed in the middle', () => {
		const storeOf = (kept = new Map<string, unknown>()) => ({
			get: (key: string) => kept.get(key),
			set: async (key: string, value: unknown) => void kept.set(key, structuredClone(value)),
		});

		it('the next one shows them as interrupted, and a download comes down then', async () => {
			const document = await put(`${randomUUID()}.txt`, 'after all');
			const target = vscode.Uri.file(join(folder, 'new folder', 'a.txt'));
			const order: DownloadOrder = {
				kind: 'download',
				id: randomUUID(),
				account: account.id,
				name: 'a.txt',
				place: 'new folder',
				document,
				target: target.toString(),
			};
			const store = storeOf();
			const closed = new Transfers(() => new Promise(() => undefined), store);
			void closed.run([order], signal());
			await new Promise((resolve) => setImmediate(resolve));
			closed.dispose();
			const { accounts, sessions } = own.services;
			const next = new Transfers(performer({ accounts, sessions, records: undefined }), store);
			assert.equal(next.list()[0]?.state, 'interrupted');
			const [again] = await next.retry([order.id], signal());
			assert.equal(again?.state, 'done');
			assert.deepEqual(await contents(), { 'a.txt': 'after all' });
			next.dispose();
		});
	});

	it('are sent again only by someone who has been told whether they are there', async () => {
		const name = `${randomUUID()}.txt`;
		const document = await put(name, 'arrived');
		const source = join(folder, name);
		await writeFile(source, 'arrived');
		const order: UploadOrder = {
			kind: 'upload',
			id: randomUUID(),
			account: account.id,
			name: document.name,
			place: node.container.name,
			source: vscode.Uri.file(source).toString(),
			container: node.container,
		};
		const { transfers } = own.services;
		const running = transfers.run([order], AbortSignal.abort());
		const [line] = await running;
		Object.assign(line!, { state: 'unknown', error: new OutcomeUnknown('It may have arrived.') });
		const before = (await walkDocuments(archives, node.container, { deep: false }, signal())).entries.length;
		const { said } = await run([{ press: 'Look first' }, { press: undefined }], 'retryTransfer', line);
		assert.match(said.join(), /may have arrived already[^]*is there\./);
		assert.equal(line!.state, 'unknown');
		assert.equal((await walkDocuments(archives, node.container, { deep: false }, signal())).entries.length, before);
		await run([{ press: 'Send again' }], 'retryTransfer', line);
		assert.equal(line!.state, 'done');
	});

	describe('when an upload is cancelled', () => {
		/** A vendor that cancels the upload itself, before or after it has taken the last piece. */
		const cancelledWhen = async (taken: 'nothing' | 'all') => {
			const source = join(folder, 'source.txt');
			await writeFile(source, 'content');
			const stop = new AbortController();
			const names: string[] = [];
			const uploading = {
				async upload(_: unknown, file: UploadFile) {
					names.push(file.name);
					for await (const piece of taken === 'all' ? file.content() : []) {
						assert.ok(piece.length > 0);
					}
					stop.abort();
					throw stop.signal.reason;
				},
			};
			const told: unknown[] = [];
			const perform = performer({
				accounts: own.services.accounts,
				sessions: { ready: async () => ({ archives: { uploading } }) } as unknown as Inside['services']['sessions'],
				records: undefined,
				onUploaded: (_, container) => told.push(container),
			});
			const transfers = new Transfers(perform, { get: () => undefined, set: async () => undefined });
			const { container } = node;
			const order = {
				kind: 'upload',
				id: '1',
				account: account.id,
				name: 'Its own ï name',
				place: 'P',
				container,
			} as const;
			const [end] = await transfers.run([{ ...order, source: vscode.Uri.file(source).toString() }], stop.signal);
			transfers.dispose();
			assert.deepEqual(names, ['Its own ï name']);
			return { state: end?.state, told: told.length };
		};

		it('it is cancelled where something of it was still here', async () => {
			assert.deepEqual(await cancelledWhen('nothing'), { state: 'cancelled', told: 0 });
		});

		it('nobody claims that it did not arrive once all of it had gone out', async () => {
			assert.deepEqual(await cancelledWhen('all'), { state: 'unknown', told: 1 });
		});
	});

	it('have a line each, which stays the same while it changes', async () => {
		const transfers = new Transfers(async () => ({ webUrl: 'https://vendor.example/1' }), {
			get: () => undefined,
			set: async () => undefined,
		});
		const list = new TransferList(transfers);
		const changed: unknown[] = [];
		list.onDidChangeTreeData((lines) => changed.push(lines));
		const order = {
			kind: 'upload',
			id: '1',
			account: 'a',
			name: '$(x) [a](b)',
			place: 'P',
			source: 'file:///x',
		} as const;
		await transfers.run([{ ...order, container: node.container }], signal());
		const [line] = list.getChildren();
		assert.deepEqual(changed, [undefined, [line], [line]]);
		const item = list.getTreeItem(line!);
		assert.deepEqual([item.label, item.contextValue], ['$(x) [a](b)', 'transfer open']);
		assert.match(item.accessibilityInformation?.label ?? '', /done/);
		list.dispose();
		transfers.dispose();
	});

	for (const [choice, isDeep] of [
		['Root only', false],
		['Whole tree', true],
	] as const) {
		it(`are listed as JSON: ${choice.toLowerCase()}`, async () => {
			const archive = (await findNode(
				own,
				rootOf(own, 'projectplace'),
				(one) => kindOf(one) === 'archive',
			)) as typeof node;
			const target = vscode.Uri.file(join(folder, 'listing.json'));
			const { said } = await run([{ pick: choice }, { save: target }], 'saveListing', archive);
			assert.match(said.join(), /listing\.json was saved\./);
			const listing = JSON.parse(await readFile(target.fsPath, 'utf8'));
			assert.equal(listing.id, archive.container.id);
			const folders = listing.entries.filter(({ kind }: { kind: string }) => kind === 'folder');
			assert.ok(folders.length > 0);
			assert.equal(
				folders.every((one: object) => 'entries' in one),
				isDeep,
			);
			assert.deepEqual(Object.keys(listing), Object.keys(listing).toSorted());
		});
	}
});

/** A file system of another extension: flat, in memory. */
function memoryFiles(files: Map<string, Uint8Array>): vscode.FileSystemProvider {
	const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
	return {
		onDidChangeFile: changed.event,
		watch: () => changed,
		stat: ({ path }) => {
			const file = files.get(path);
			if (!file && /\.\w+$/.test(path)) {
				throw vscode.FileSystemError.FileNotFound(path);
			}
			const type = file ? vscode.FileType.File : vscode.FileType.Directory;
			return { type, ctime: 0, mtime: 0, size: file?.length ?? 0 };
		},
		readDirectory: () => [],
		createDirectory: () => undefined,
		readFile: ({ path }) => files.get(path) ?? new Uint8Array(),
		writeFile: ({ path }, content) => void files.set(path, content),
		delete: ({ path }) => void files.delete(path),
		rename: (from, to) => {
			files.set(to.path, files.get(from.path) ?? new Uint8Array());
			files.delete(from.path);
		},
	};
}
