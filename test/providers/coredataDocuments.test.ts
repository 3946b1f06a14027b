import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Archives, UploadFile } from '../../src/core/archives.ts';
import {
	LocalFailure,
	NotAllowed,
	NotFound,
	OutcomeUnknown,
	type ProviderError,
	Refused,
	UnexpectedReply,
} from '../../src/core/errors.ts';
import type { Archive, Document, Entry, EntryContainer, Folder } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { SendReply, Session } from '../../src/core/provider.ts';
import { coredata } from '../../src/providers/coredata/index.ts';
import { folderBody, revisionOf } from '../../src/providers/coredata/unverified.ts';
import type { ServerOptions } from '../../src/sandbox/server.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { type Opened, openPractice, openSession, signal } from '../support/session.ts';
import { allWorkspaces, collect, fileOf } from './conformance.ts';

describe('Documents of CoreData', () => {
	let server: TestVendor;
	let opened: Opened;
	let session: Session;
	let archives: Archives;
	let now: number;

	async function start(options: ServerOptions = {}): Promise<void> {
		now = Date.now();
		server = await startVendor('coredata', { ...options, clock: () => now });
		opened = await openPractice(coredata, server.address);
		({ session } = opened);
		archives = session.archives!;
	}

	beforeEach(() => start());
	afterEach(() => server.close());

	/** Starts the vendor anew as a server that sends documents in parts. */
	async function takeRanges(): Promise<void> {
		await server.close();
		await start({ ranges: true });
	}

	/** The requests since a point, as method and path. */
	function asked(from: number): string[] {
		return server.requests.slice(from).map(({ method, path }) => `${method} ${path}`);
	}

	async function ofProject(own = session): Promise<Archive> {
		const space = (await allWorkspaces(own)).find(({ name }) => name === 'Harbour renewal');
		const boards = await allItems(await own.boards!.list(space!, signal()), signal());
		const [archive] = await own.archives!.ofBoard!(boards.find(({ name }) => name === 'Delivery')!, signal());
		return archive!;
	}

	async function ofSpace(): Promise<Archive> {
		const space = (await allWorkspaces(session)).find(({ name }) => name === 'Harbour renewal');
		const [archive] = await archives.ofWorkspace!(space!, signal());
		return archive!;
	}

	async function entriesOf(container: EntryContainer, own = archives): Promise<readonly Entry[]> {
		return allItems(await own.entries(container, signal()), signal());
	}

	async function entryNamed<Kind extends Entry['kind']>(
		kind: Kind,
		start: string,
		container: EntryContainer,
		own = archives,
	): Promise<Extract<Entry, { kind: Kind }>> {
		const found = (await entriesOf(container, own)).find(
			(entry): entry is Extract<Entry, { kind: Kind }> => entry.kind === kind && entry.name.startsWith(start),
		);
		assert.ok(found, `there is no ${start}`);
		return found;
	}

	async function brief(): Promise<readonly [Document, Archive]> {
		const archive = await ofProject();
		return [await entryNamed('document', 'Project brief', archive), archive];
	}

	async function contentOf(document: Document): Promise<Uint8Array> {
		return collect((await archives.read(document, signal())).stream);
	}

	async function textOf(document: Document): Promise<string> {
		return new TextDecoder().decode(await contentOf(document));
	}

	/** Somebody else, in another session. */
	async function elsewhere(): Promise<Session> {
		return (await openPractice(coredata, server.address)).session;
	}

	async function changeElsewhere(document: Document, container: EntryContainer, text: string): Promise<void> {
		const other = await elsewhere();
		await other.archives!.saving!.save(document, container, fileOf('x', text), signal());
	}

	function reader(): Archives {
		const { user, key } = server.state.readOnly as { user: string; key: string };
		return openSession(coredata, { ...opened.account, facts: { user }, secrets: { key } }).session.archives!;
	}

	/** The same account at a server that answers what goes up in its own way. */
	function answering(change: (reply: SendReply) => SendReply): Archives {
		const send = async (request: Parameters<typeof opened.io.send>[0]) => change(await opened.io.send(request));
		return coredata.open(opened.account, { ...opened.io, send }).archives!;
	}

	it('can be saved and removed beside new folders, and neither renamed nor asked for earlier versions', () => {
		const { saving, folderCreation, removal, documentRenaming, versions } = archives;
		assert.ok(saving && folderCreation && removal);
		assert.deepEqual([documentRenaming, versions], [undefined, undefined]);
		assert.equal(saving.keepsEarlier, false, 'no document promises that CoreData keeps what was there');
		assert.match(removal.effect, /no way to get a deleted file back\.$/);
	});

	describe('looked at', () => {
		it('are as they are now and not as they were listed', async () => {
			const [listed, archive] = await brief();
			await changeElsewhere(listed, archive, 'changed');
			const seen = await archives.look(listed, signal());
			assert.deepEqual([seen.id, seen.size, seen.version], [listed.id, 7, '0.2']);
			assert.deepEqual([seen.boardId, seen.workspaceId], [listed.boardId, listed.workspaceId]);
			assert.notEqual(seen.revision, listed.revision);
		});

		it('have the revision that they have in the list', async () => {
			const [listed] = await brief();
			assert.ok(listed.revision);
			assert.deepEqual(await archives.look(listed, signal()), listed);
		});

		it('tell of a change even where CoreData gives no digest', async () => {
			const archive = await ofSpace();
			const readme = await entryNamed('document', 'README', archive);
			await changeElsewhere(readme, archive, 'x'.repeat(readme.size!));
			const changed = await archives.look(readme, signal());
			assert.equal(changed.size, readme.size);
			const held = (server.state.files as { id: string; digest: string }[]).find(({ id }) => id === readme.id);
			assert.equal(held?.digest, '');
			assert.notEqual(changed.revision, readme.revision);
		});

		it('are not found where they are gone', async () => {
			const [listed] = await brief();
			await (await elsewhere()).archives!.removal!.remove(listed, signal());
			await assert.rejects(archives.look(listed, signal()), NotFound);
		});
	});

	describe('saved', () => {
		it('have the new content and everything else as it was', async () => {
			const [document, archive] = await brief();
			const saved = await archives.saving!.save(document, archive, fileOf('mine.txt', 'Nýtt\n'), signal());
			assert.deepEqual([saved.id, saved.name, saved.size, saved.version], [document.id, document.name, 6, '0.2']);
			assert.notEqual(saved.revision, document.revision);
			assert.equal(await textOf(document), 'Nýtt\n');
		});

		it('stand in the list as they are then, without another file beside them', async () => {
			const [document, archive] = await brief();
			const before = await entriesOf(archive);
			const saved = await archives.saving!.save(document, archive, fileOf('a', 'new'), signal());
			assert.deepEqual(
				await entriesOf(archive),
				before.map((entry) => (entry.id === saved.id ? saved : entry)),
			);
		});

		it('can be emptied', async () => {
			const [document, archive] = await brief();
			const saved = await archives.saving!.save(document, archive, fileOf('a', ''), signal());
			assert.equal(saved.size, 0);
			assert.equal((await contentOf(document)).length, 0);
		});

		it('go up as bare bytes in one PUT, which the log tells by its path and status', async () => {
			const [document, archive] = await brief();
			const before = server.requests.length;
			await archives.saving!.save(document, archive, fileOf('a', 'new'), signal());
			const path = `/api/v2/files/${document.id}/content/`;
			assert.deepEqual(
				asked(before).filter((line) => !line.startsWith('GET')),
				[`PUT ${path}`],
			);
			assert.ok(opened.log.some((line) => line.startsWith(`PUT ${path} 204`)));
		});

		it('say who may not, without taking the sign-in away and without harm', async () => {
			const [document, archive] = await brief();
			const before = await contentOf(document);
			await assert.rejects(reader().saving!.save(document, archive, fileOf('a', 'new'), signal()), NotAllowed);
			server.fault('PUT', '403', 1);
			const saving = archives.saving!.save(document, archive, fileOf('a', 'new'), signal());
			await assert.rejects(saving, (error) => {
				assert.ok(error instanceof NotAllowed);
				assert.match(error.message, /^CoreData does not allow .* to do this\.$/);
				return true;
			});
			assert.deepEqual(await contentOf(document), before);
		});

		it('are sent once only where the server fails, and their fate is unknown', async () => {
			const [document, archive] = await brief();
			server.fault('PUT', '500');
			const before = server.requests.length;
			const saving = archives.saving!.save(document, archive, fileOf('a', 'new'), signal());
			await assert.rejects(saving, OutcomeUnknown);
			assert.equal(asked(before).filter((line) => line.startsWith('PUT')).length, 1);
		});

		it('keep their old content where the connection breaks on the way up', async () => {
			const [document, archive] = await brief();
			const before = await contentOf(document);
			server.faults.add({ pattern: 'PUT', kind: 'drop', at: 1 });
			const saving = archives.saving!.save(document, archive, fileOf('a', 'new content'), signal());
			await assert.rejects(saving, OutcomeUnknown);
			assert.deepEqual(await contentOf(document), before);
			assert.deepEqual(await archives.look(document, signal()), document);
		});

		it('keep their old content where the file changes while it is sent', async () => {
			const [document, archive] = await brief();
			const before = await contentOf(document);
			const growing: UploadFile = { ...fileOf('a.txt', 'longer than it says'), size: 4 };
			await assert.rejects(archives.saving!.save(document, archive, growing, signal()), LocalFailure);
			assert.deepEqual(await contentOf(document), before);
		});

		it('are listed anew even where their fate is unknown', async () => {
			const [document, archive] = await brief();
			server.faults.add({ pattern: 'PUT', kind: 'cut', times: 1 });
			const saving = archives.saving!.save(document, archive, fileOf('a', 'arrived'), signal());
			await assert.rejects(saving, OutcomeUnknown);
			assert.equal((await entryNamed('document', 'Project brief', archive)).size, 7);
		});

		it('are not found where they are gone', async () => {
			const [document, archive] = await brief();
			await (await elsewhere()).archives!.removal!.remove(document, signal());
			await assert.rejects(archives.saving!.save(document, archive, fileOf('a', 'x'), signal()), NotFound);
		});

		it('say so where the tenant takes no new content for a file', async () => {
			const [document, archive] = await brief();
			for (const status of [404, 405]) {
				const old = answering((reply) => ({ ...reply, status, text: '' }));
				await assert.rejects(old.saving!.save(document, archive, fileOf('a', 'x'), signal()), (error) => {
					assert.ok(error instanceof Refused, String(error));
					assert.match(error.message, /takes no new content for a file it has/);
					return true;
				});
			}
		});

		it('never take a page for the answer', async () => {
			const [document, archive] = await brief();
			server.fault('PUT', 'html');
			const saving = archives.saving!.save(document, archive, fileOf('a', 'x'), signal());
			await assert.rejects(saving, UnexpectedReply);
		});

		it('are reported as saved even if they cannot be looked at then', async () => {
			const [document, archive] = await brief();
			server.fault(`GET /api/v2/files/${document.id}/`, '403');
			const saved = await archives.saving!.save(document, archive, fileOf('a', 'new'), signal());
			assert.deepEqual([saved.id, saved.size, saved.revision], [document.id, 3, undefined]);
			server.clearFaults();
			assert.equal(await textOf(document), 'new');
		});

		it('are reported as saved to those who leave when they already are', async () => {
			const [document, archive] = await brief();
			const leaving = new AbortController();
			const fetch: typeof globalThis.fetch = async (input, init) => {
				leaving.abort();
				return globalThis.fetch(input, init);
			};
			const own = coredata.open(opened.account, { ...opened.io, fetch }).archives!;
			const saved = await own.saving!.save(document, archive, fileOf('a', 'new'), leaving.signal);
			assert.ok(leaving.signal.aborted);
			assert.equal(saved.size, 3);
			assert.equal(await textOf(document), 'new');
		});
	});

	describe('’ folders', () => {
		const name = ' Teikningar – “A/B” (50%)';

		it('are made in a project and in a folder, under the exact name', async () => {
			const archive = await ofProject();
			const made = (await archives.folderCreation!.create(archive, name, signal())) as Folder;
			assert.deepEqual([made.kind, made.name], ['folder', name]);
			assert.deepEqual(await entryNamed('folder', name, archive), made);
			const inner = (await archives.folderCreation!.create(made, 'Inner', signal())) as Folder;
			assert.deepEqual(await entriesOf(made), [inner]);
			await archives.uploading!.upload(inner, fileOf('a.txt', 'a'), signal());
			assert.deepEqual(
				(await entriesOf(inner)).map((entry) => entry.name),
				['a.txt'],
			);
		});

		it('are made in folders of a space, and not at its top, which is said before anything is sent', async () => {
			const archive = await ofSpace();
			const pictures = await entryNamed('folder', 'Pictures', archive);
			const creation = archives.folderCreation!;
			assert.equal(creation.whyNot!(pictures), undefined);
			await creation.create(pictures, 'Old', signal());
			assert.ok(await entryNamed('folder', 'Old', pictures));
			const before = server.requests.length;
			assert.match(creation.whyNot!(archive) ?? '', /not at the top of a space\.$/);
			await assert.rejects(creation.create(archive, 'New', signal()), Refused);
			assert.equal(server.requests.length, before);
		});

		it('are not made for someone who may only read', async () => {
			await assert.rejects(reader().folderCreation!.create(await ofProject(), 'New', signal()), NotAllowed);
		});

		it('are asked for once only where the server fails', async () => {
			const archive = await ofProject();
			server.fault('POST', '500');
			const before = server.requests.length;
			await assert.rejects(archives.folderCreation!.create(archive, 'New', signal()), OutcomeUnknown);
			assert.deepEqual(asked(before), ['POST /api/v2/folders/']);
		});

		it('are refused in words where the tenant makes none', async () => {
			const archive = await ofProject();
			server.fault('POST /api/v2/folders/', '404');
			await assert.rejects(archives.folderCreation!.create(archive, 'New', signal()), (error) => {
				assert.ok(error instanceof Refused, String(error));
				assert.match(error.message, /makes no folders for other programs/);
				return true;
			});
		});

		it('are refused in words where the tenant has the list and no creation', async () => {
			const fetch: typeof globalThis.fetch = async (input, init) =>
				(input as Request).method === 'POST' ? new Response('', { status: 405 }) : globalThis.fetch(input, init);
			const own = coredata.open(opened.account, { ...opened.io, fetch });
			const create = own.archives!.folderCreation!.create(await ofProject(), 'New', signal());
			await assert.rejects(create, (error) => error instanceof Refused && /makes no folders/.test(error.message));
		});

		it('say that the folder for a new one is gone', async () => {
			const folder = await entryNamed('folder', 'Minutes', await ofProject());
			server.fault('POST /api/v2/folders/', '404');
			const gone = { ...folder, id: '0b5c2a10-0000-11ef-8aaa-0242ac120002' };
			await assert.rejects(archives.folderCreation!.create(gone, 'New', signal()), (error) => {
				assert.ok(error instanceof NotFound);
				assert.match(error.message, /does not have the folder “Minutes & decisions” any more/);
				return true;
			});
		});
	});

	describe('removed', () => {
		it('are gone from the list and nothing else is', async () => {
			const [document, archive] = await brief();
			const before = await entriesOf(archive);
			assert.equal(archives.removal!.whyNot!(document), undefined);
			await archives.removal!.remove(document, signal());
			assert.deepEqual(
				await entriesOf(archive),
				before.filter(({ id }) => id !== document.id),
			);
		});

		it('may not be folders, which is said before anything is sent', async () => {
			const folder = await entryNamed('folder', 'Minutes', await ofProject());
			const before = server.requests.length;
			assert.match(archives.removal!.whyNot!(folder) ?? '', /deletes no folders/);
			await assert.rejects(archives.removal!.remove(folder, signal()), Refused);
			assert.equal(server.requests.length, before);
		});

		it('stay where somebody may only read', async () => {
			const [document] = await brief();
			await assert.rejects(reader().removal!.remove(document, signal()), NotAllowed);
			assert.deepEqual(await archives.look(document, signal()), document);
		});

		it('are not found where somebody else has removed them', async () => {
			const [document] = await brief();
			await (await elsewhere()).archives!.removal!.remove(document, signal());
			await assert.rejects(archives.removal!.remove(document, signal()), NotFound);
		});

		it('are told to be there still where the tenant deletes none', async () => {
			const [document] = await brief();
			server.fault('DELETE', '404');
			await assert.rejects(archives.removal!.remove(document, signal()), (error) => {
				assert.ok(error instanceof Refused);
				assert.match(error.message, /deletes no files for other programs\. Delete “Project brief\.pdf”/);
				return true;
			});
		});

		it('are asked for once only where the server fails', async () => {
			const [document] = await brief();
			server.fault('DELETE', '500');
			const before = server.requests.length;
			await assert.rejects(archives.removal!.remove(document, signal()), OutcomeUnknown);
			assert.equal(asked(before).filter((line) => line.startsWith('DELETE')).length, 1);
		});
	});

	describe('cut off on their way down', () => {
		/** Bytes after which the connection breaks. */
		const at = 8;

		/** Begins to read, loses the connection, and gives what remains to be asked again. */
		async function broken(document: Document) {
			server.faults.add({ pattern: 'GET /laika/', kind: 'cut', times: 1, at });
			const content = await archives.read(document, signal());
			await assert.rejects(collect(content.stream), 'the connection did not break');
			assert.ok(content.again);
			return content.again;
		}

		it('go on where they broke off, from a signed address of the moment', async () => {
			await takeRanges();
			const [document] = await brief();
			const whole = await contentOf(document);
			const again = await broken(document);
			now += 3_600_000;
			const before = server.requests.length;
			const rest = await again(at, signal());
			assert.equal(rest.start, at);
			assert.deepEqual([rest.size, rest.md5], [whole.length, md5(whole)]);
			assert.deepEqual(await collect(rest.stream), whole.slice(at));
			const content = asked(before).filter((line) => !line.endsWith(`/files/${document.id}/`));
			assert.match(content.join('\n'), /^GET \/api\/v2\/files\/[^/]+\/content\/\nGET \/laika\/[^\n]+$/);
			assert.equal(server.requests.at(-1)?.status, 206);
		});

		it('go on once more where they break off again', async () => {
			await takeRanges();
			const [document] = await brief();
			const whole = await contentOf(document);
			const again = await broken(document);
			server.faults.add({ pattern: 'GET /laika/', kind: 'cut', times: 1, at: 3 });
			const second = await again(at, signal());
			await assert.rejects(collect(second.stream));
			const third = await second.again!(at + 3, signal());
			assert.equal(third.start, at + 3);
			assert.deepEqual(await collect(third.stream), whole.slice(at + 3));
		});

		it('begin again where the server sends no parts', async () => {
			const [document] = await brief();
			const whole = await contentOf(document);
			const again = await broken(document);
			now += 3_600_000;
			const anew = await again(at, signal());
			assert.equal(anew.start, 0);
			assert.deepEqual(await collect(anew.stream), whole);
		});

		it('begin again, with the facts of what is there now, where they have changed meanwhile', async () => {
			await takeRanges();
			const [document, archive] = await brief();
			const again = await broken(document);
			await changeElsewhere(document, archive, 'another content');
			const anew = await again(at, signal());
			assert.deepEqual([anew.start, anew.size], [0, 15]);
			const bytes = await collect(anew.stream);
			assert.equal(new TextDecoder().decode(bytes), 'another content');
			assert.equal(anew.md5, md5(bytes));
		});

		it('are not found where they have been removed meanwhile', async () => {
			await takeRanges();
			const [document] = await brief();
			const again = await broken(document);
			await archives.removal!.remove(document, signal());
			await assert.rejects(again(at, signal()), NotFound);
		});

		it('go on at older servers too, which send the content at once', async () => {
			const bytes = new TextEncoder().encode('from an older server');
			const ranges: (string | null)[] = [];
			const fetch: typeof globalThis.fetch = async (input, init) => {
				const { url, headers } = input as Request;
				if (!url.endsWith('/content/')) {
					return globalThis.fetch(input, init);
				}
				ranges.push(headers.get('range'));
				const from = Number(/\d+/.exec(headers.get('range') ?? '0')?.[0]);
				const part = { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
				const head = { 'accept-ranges': 'bytes', etag: '"1"', ...(from > 0 && part) };
				return new Response(bytes.slice(from), { status: from > 0 ? 206 : 200, headers: head });
			};
			const older = coredata.open(opened.account, { ...opened.io, fetch }).archives!;
			const [document] = await brief();
			const content = await older.read(document, signal());
			await content.stream.cancel();
			const rest = await content.again!(5, signal());
			assert.equal(rest.start, 5);
			assert.equal(new TextDecoder().decode(await collect(rest.stream)), 'an older server');
			assert.deepEqual(ranges, [null, 'bytes=5-']);
		});
	});

	it('forget what was listed when an upload has an unknown end', async () => {
		const archive = await ofProject();
		await entriesOf(archive);
		server.faults.add({ pattern: 'POST /api/v3/files/', kind: 'cut', times: 1 });
		const upload = archives.uploading!.upload(archive, fileOf('arrived.txt', 'x'), signal());
		await assert.rejects(upload, (error) => (error as ProviderError) instanceof OutcomeUnknown);
		assert.ok(await entryNamed('document', 'arrived.txt', archive));
	});

	it('have a revision as long as CoreData says anything that tells contents apart', () => {
		const file = { id: 'f', version: '0.1', snapshot_id: 's', digest: 'd', size: 1 };
		const others = [{ version: '0.2' }, { snapshot_id: 't' }, { digest: 'e' }, { size: 2 }];
		const revisions = [{}, ...others].map((other) => revisionOf({ ...file, ...other }));
		assert.equal(new Set(revisions).size, 5);
		assert.equal(revisionOf({ ...file, digest: null }), revisionOf({ ...file, digest: '' }));
		assert.equal(revisionOf({ id: 'f', size: 1 }), undefined);
	});

	it('go into folders by the parent and to the top by the project', () => {
		const place = { id: 'x', name: '', boardId: 'p' };
		assert.deepEqual(folderBody({ ...place, kind: 'folder' }, 'A'), { title: 'A', parent: 'x' });
		assert.deepEqual(folderBody({ ...place, kind: 'archive' }, 'A'), { title: 'A', project: 'p' });
	});
}).timeout(20_000);

function md5(bytes: Uint8Array): string {
	return createHash('md5').update(bytes).digest('hex');
}
