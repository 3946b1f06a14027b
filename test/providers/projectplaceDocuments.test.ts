import assert from 'node:assert/strict';
import type { Archives } from '../../src/core/archives.ts';
import { NotAllowed, NotFound, OutcomeUnknown, Refused } from '../../src/core/errors.ts';
import type { Values } from '../../src/core/form.ts';
import type { Archive, Document, Entry, Folder } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { Send, SessionIo, TypedWay } from '../../src/core/provider.ts';
import { projectplace } from '../../src/providers/projectplace/index.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { type Opened, openPractice, openSession, signal, signInIo } from '../support/session.ts';
import { documentConformance } from './conformanceDocuments.ts';
import { allWorkspaces, collect, fileOf } from './conformanceWalks.ts';

const experimental = { documentOperations: 'experimental' };

documentConformance(projectplace, {
	vendor: 'projectplace',
	parts: ['uploading', 'saving', 'folderCreation', 'removal', 'versions'],
	server: { experimental: true },
	settings: experimental,
});

/** The network, where some requests get another answer. */
function instead(answer: (request: Request) => Response | undefined): SessionIo['fetch'] {
	return async (input, init) => {
		const request = new Request(input, init);
		return answer(request) ?? globalThis.fetch(request);
	};
}

/** A document or a folder as the sandbox holds it. */
interface Node {
	id: number;
	parent?: number;
	type: string;
	file_name: string;
	unversioned?: boolean;
}

describe('ProjectPlace’s documents', () => {
	let server: TestVendor;
	let opened: Opened;
	let archives: Archives;

	beforeEach(async () => {
		server = await startVendor('projectplace');
		opened = await openPractice(projectplace, server.address);
		archives = opened.session.archives!;
	});
	afterEach(() => server.close());

	const nodes = () => server.state.nodes as Node[];
	const nodeOf = ({ id }: Entry | Archive) => nodes().find((node) => String(node.id) === id)!;
	const posts = (from = 0) => server.requests.slice(from).filter(({ method }) => method === 'POST');
	const entries = async (container: Archive | Folder, of = archives) =>
		allItems(await of.entries(container, signal()), signal());
	const textOf = async (document: Document) =>
		new TextDecoder().decode(await collect((await archives.read(document, signal())).stream));
	const isDocument = (entry: Entry): entry is Document => entry.kind === 'document';

	async function archive(index = 0, of = opened.session): Promise<Archive> {
		const [first] = await of.archives!.ofWorkspace!((await allWorkspaces(of))[index]!, signal());
		return first!;
	}
	/** A folder of the first archive with a document in it, both as they are listed. */
	async function placed(): Promise<{ folder: Folder; document: Document }> {
		const folder = (await entries(await archive())).find((entry): entry is Folder => entry.kind === 'folder')!;
		const document = (await entries(folder)).find(isDocument)!;
		return { folder, document };
	}
	const again = async (folder: Folder, { id }: Document) =>
		(await entries(folder)).find((entry): entry is Document => entry.id === id)!;
	/** The same account with something else between it and the server. */
	const openWith = (changed: Partial<SessionIo>): Archives =>
		projectplace.open(opened.account, { ...opened.io, ...changed }).archives!;
	const save = (document: Document, folder: Folder, text = 'new', of = archives) =>
		of.saving!.save(document, folder, fileOf(document.fileName, text), signal());

	describe('arrive under exactly the name they were sent under', () => {
		for (const name of [
			'a "quoted" name.txt',
			'back\\slash.txt',
			'it’s; filename="x".txt',
			'Übersicht 港 😀 e\u0301.txt',
			' spaces .txt ',
			'50% & more + #1?.txt',
			'tab\there.txt',
			'__proto__',
		]) {
			it(JSON.stringify(name), async () => {
				const { folder } = await placed();
				const { id } = await archives.uploading!.upload(folder, fileOf(name, 'x'), signal());
				assert.equal(nodes().find((node) => String(node.id) === id)?.file_name, name);
				const listed = (await entries(folder)).find((entry) => entry.id === id);
				assert.equal(listed?.name, name);
			});
		}

		it('or are not sent at all, where a form would make another name of theirs', async () => {
			const { folder } = await placed();
			for (const name of ['a\nb.txt', 'a\r\nContent-Type: text/html.txt', '100%22.txt', '%0a.txt', '%0D']) {
				await assert.rejects(archives.uploading!.upload(folder, fileOf(name, 'x'), signal()), (error) => {
					assert.ok(error instanceof Refused, name);
					assert.doesNotMatch(error.message, /[\r\n]/);
					return true;
				});
			}
			assert.equal(posts().filter(({ path }) => path.includes('/upload')).length, 0);
		});
	});

	describe('that are looked at', () => {
		it('bear the name they have now', async () => {
			const { document } = await placed();
			nodeOf(document).file_name = 'Neu: 1/2.pdf';
			const looked = await archives.look(document, signal());
			assert.deepEqual([looked.name, looked.fileName], ['Neu: 1/2.pdf', 'Neu_ 1_2.pdf']);
			assert.deepEqual({ ...looked, name: '', fileName: '' }, { ...document, name: '', fileName: '' });
		});

		it('keep no revision, version or size of before, for ProjectPlace says none of them', async () => {
			const { document } = await placed();
			const looked = await archives.look({ ...document, revision: 'old', version: '0.1', size: 1 }, signal());
			assert.deepEqual([looked.revision, looked.version, looked.size], [undefined, undefined, undefined]);
		});

		it('are gone also where ProjectPlace says so under status 200', async () => {
			const { document } = await placed();
			await assert.rejects(archives.look({ ...document, id: '999' }, signal()), NotFound);
			const fetch = instead((request) =>
				request.url.includes('/2/documents/') ? Response.json({ error_code: 'NOT_FOUND_DOCUMENT' }) : undefined,
			);
			await assert.rejects(openWith({ fetch }).look(document, signal()), NotFound);
		});
	});

	describe('that can’t be replaced say why', () => {
		it('at the top of an archive, where ProjectPlace keeps no versions', async () => {
			const root = await archive();
			const document = (await entries(root)).find(isDocument)!;
			assert.match(document.readOnly ?? '', /no versions at the top of an archive/);
			const start = server.requests.length;
			await assert.rejects(archives.saving!.save(document, root, fileOf('a', 'a'), signal()), {
				name: 'Refused',
				message: document.readOnly!,
			});
			const unmarked = { ...document, readOnly: undefined };
			await assert.rejects(archives.saving!.save(unmarked, root, fileOf('a', 'a'), signal()), Refused);
			assert.equal(posts(start).length, 0);
		});

		it('to a robot that may only read, and in archived workspaces', async () => {
			const { folder } = await placed();
			const way = projectplace.signInWays.find(({ id }) => id === 'clientCredentials') as TypedWay;
			const values = { server: String(server.address.url), ...(server.state.readOnly as Values) };
			const [account] = await way.signIn(values, signInIo(), signal());
			const reader = openSession(projectplace, account!).session.archives!;
			const old = await archive(11);
			for (const list of [await entries(folder, reader), await entries(old)]) {
				const documents = list.filter(isDocument);
				assert.ok(documents.length > 0);
				assert.ok(
					documents.every(({ readOnly }) => readOnly === 'You may read this in ProjectPlace but not change it.'),
				);
			}
		});

		it('where they are links, which can’t be downloaded either', async () => {
			const { folder } = await placed();
			nodes().push({ ...nodeOf(folder), id: 70_001, parent: Number(folder.id), type: 'Url', file_name: 'Web page' });
			const link = (await entries(folder)).find(({ id }) => id === '70001');
			assert.ok(link?.kind === 'document' && link.notDownloadable && link.readOnly);
			assert.equal(link.hasEntries, undefined);
		});

		it('and can be replaced in folders', async () => {
			assert.equal((await placed()).document.readOnly, undefined);
		});
	});

	describe('that are saved', () => {
		it('become a new version of themselves', async () => {
			const { folder, document } = await placed();
			const saved = await save(document, folder, 'new text');
			assert.deepEqual([saved.id, saved.version, saved.size], [document.id, '0.2', 8]);
			assert.equal(await textOf(saved), 'new text');
		});

		it('go by the name they have, and not by that of their file', async () => {
			const { folder, document } = await placed();
			nodeOf(document).file_name = 'Plan: a/b?.txt';
			const listed = await again(folder, document);
			assert.equal(listed.fileName, 'Plan_ a_b_.txt');
			const before = nodes().length;
			const saved = await save(listed, folder);
			assert.deepEqual([saved.id, saved.version, nodes().length], [document.id, '0.2', before]);
		});

		it('stay the same document where it was renamed meanwhile', async () => {
			const { folder, document } = await placed();
			nodeOf(document).file_name = 'Renamed.txt';
			const saved = await save(document, folder);
			assert.deepEqual([saved.id, saved.name, saved.version], [document.id, 'Renamed.txt', '0.2']);
		});

		it('are not sent where the document has left the folder', async () => {
			const { folder, document } = await placed();
			nodeOf(document).parent = 0;
			const start = server.requests.length;
			await assert.rejects(
				save(document, folder),
				(error) => error instanceof NotFound && /no longer/.test(error.message),
			);
			assert.equal(posts(start).length, 0);
		});

		it('are not sent where two documents bear the name, for either could get the version', async () => {
			const { folder, document } = await placed();
			nodes().push({ ...nodeOf(document), id: 70_002 });
			const start = server.requests.length;
			await assert.rejects(save(document, folder), /several documents called/);
			assert.equal(posts(start).length, 0);
		});

		it('are not sent where one may only read', async () => {
			const { folder, document } = await placed();
			const fetch: SessionIo['fetch'] = async (input, init) => {
				const answer = await globalThis.fetch(input, init);
				return new URL(answer.url).pathname.startsWith('/2/documents/')
					? Response.json({ ...((await answer.json()) as object), access: 'read' })
					: answer;
			};
			const start = server.requests.length;
			await assert.rejects(save(document, folder, 'x', openWith({ fetch })), NotAllowed);
			assert.equal(posts(start).filter(({ path }) => path.includes('upload')).length, 0);
		});

		describe('in a folder without versions', () => {
			let folder: Folder;
			let document: Document;
			beforeEach(async () => {
				({ folder, document } = await placed());
				nodeOf(folder).unversioned = true;
			});

			it('tell that they stand there a second time and that the first is unchanged', async () => {
				const before = await textOf(document);
				await assert.rejects(save(document, folder, 'mine'), (error) => {
					assert.ok(error instanceof OutcomeUnknown);
					assert.match(error.message, /keeps no versions in .* second document .* first one is unchanged\.$/);
					assert.ok(error.message.includes(document.name) && error.message.includes(folder.name));
					return true;
				});
				assert.equal(await textOf(document), before);
				const namesakes = (await entries(folder)).filter(isDocument).filter(({ name }) => name === document.name);
				assert.deepEqual(await Promise.all(namesakes.map(textOf)), [before, 'mine']);
			});

			it('make no third one when they are saved again', async () => {
				const other = (await entries(folder)).filter(isDocument).find(({ id }) => id !== document.id)!;
				await assert.rejects(save(document, folder), OutcomeUnknown);
				const start = server.requests.length;
				await assert.rejects(save(document, folder), Refused);
				await assert.rejects(save(other, folder), /keeps no versions in this folder/);
				assert.equal(posts(start).length, 0);
			});

			it('are shown to be read-only from then on, until everything is asked again', async () => {
				await assert.rejects(save(document, folder), OutcomeUnknown);
				assert.match((await again(folder, document)).readOnly ?? '', /keeps no versions in this folder/);
				const [listed] = (await entries(await archive())).filter(({ id }) => id === folder.id);
				assert.equal(listed?.kind === 'folder' && listed.sameName, 'duplicate');
				const prepared = await archives.uploading!.prepare(folder, signal());
				assert.equal(prepared.kind === 'folder' && prepared.sameName, 'duplicate');
				nodeOf(folder).unversioned = false;
				opened.session.forget();
				assert.equal((await again(folder, document)).readOnly, undefined);
			});
		});

		describe('and come back under another id', () => {
			const answering = (id: number, then: () => void = () => undefined): Archives => {
				const send: Send = async (request) => {
					const reply = await opened.io.send(request);
					then();
					return { ...reply, text: JSON.stringify({ id, ver_nr: '0.2' }) };
				};
				return openWith({ send });
			};

			it('are the same document where the id is that of the version alone', async () => {
				const { folder, document } = await placed();
				const saved = await save(document, folder, 'new', answering(999_999));
				assert.deepEqual([saved.id, saved.version], [document.id, '0.2']);
			});

			it('are the document that took the place of the first', async () => {
				const { folder, document } = await placed();
				const node = nodeOf(document);
				const moved = answering(70_003, () => {
					node.id = 70_003;
				});
				const saved = await save(document, folder, 'new', moved);
				assert.deepEqual([saved.id, saved.name], ['70003', document.name]);
			});

			it('are of unknown whereabouts where neither is to be found, or the folder can’t be listed', async () => {
				const { folder, document } = await placed();
				const node = nodeOf(document);
				const gone = answering(999_999, () => {
					node.parent = 0;
				});
				await assert.rejects(save(document, folder, 'new', gone), OutcomeUnknown);
				node.parent = Number(folder.id);
				const failing = answering(999_999, () => server.fault('GET /2/documents', '403'));
				await assert.rejects(save(document, folder, 'new', failing), OutcomeUnknown);
			});
		});
	});

	it('have neither new folders nor removal nor versions unless one asks for what is only guessed', async () => {
		const unset = opened.session.archives!;
		assert.deepEqual([unset.folderCreation, unset.removal, unset.versions], Array(3).fill(undefined));
		for (const documentOperations of ['', 'published', 'other']) {
			const { session } = openSession(projectplace, opened.account, { documentOperations });
			const { folderCreation, removal, versions, documentRenaming } = session.archives!;
			assert.deepEqual([folderCreation, removal, versions, documentRenaming], Array(4).fill(undefined));
		}
	});

	describe('in the forms that are only guessed', () => {
		const guessing = (fetch?: SessionIo['fetch']): Archives =>
			projectplace.open(opened.account, {
				...opened.io,
				...(fetch && { fetch }),
				setting: (name) => (name === 'documentOperations' ? 'experimental' : undefined),
			}).archives!;
		const tries = (of: Archives, folder: Folder, document: Document): (() => Promise<unknown>)[] => [
			() => of.folderCreation!.create(folder, 'New', signal()),
			() => of.removal!.remove(document, signal()),
			() => of.versions!.list(document, signal()),
		];

		it('are plainly not offered where the server does not know them', async () => {
			const { folder, document } = await placed();
			const words = [/making folders/, /deleting documents and folders/, /earlier versions/];
			for (const [at, attempt] of tries(guessing(), folder, document).entries()) {
				await assert.rejects(attempt(), (error) => {
					assert.ok(error instanceof NotAllowed, String(error));
					assert.match(error.message, /^ProjectPlace does not offer /);
					assert.match(error.message, words[at]!);
					return true;
				});
			}
			await assert.rejects(guessing().removal!.remove(document, signal()), {
				action: { kind: 'openInBrowser', url: document.webUrl },
			});
		});

		it('are not offered either where the server does not take the method', async () => {
			const { folder, document } = await placed();
			const fetch = instead(({ method, url }) =>
				(method === 'GET' && !url.endsWith('/versions')) || url.includes('/oauth2/')
					? undefined
					: new Response('Method Not Allowed', { status: 405 }),
			);
			for (const attempt of tries(guessing(fetch), folder, document)) {
				await assert.rejects(attempt(), /ProjectPlace does not offer/);
			}
		});

		it('say that something is gone where it is the thing itself', async () => {
			const { folder, document } = await placed();
			for (const attempt of tries(guessing(), { ...folder, id: '999' }, { ...document, id: '999' })) {
				await assert.rejects(attempt(), NotFound);
			}
		});

		it('are not tried where one may only read', async () => {
			const of = guessing();
			const old = await archive(11);
			const list = await entries(old, of);
			assert.match(of.folderCreation!.whyNot!(old) ?? '', /not change it/);
			assert.ok(list.some(isDocument));
			assert.ok(list.filter(isDocument).every((entry) => of.removal!.whyNot!(entry)));
		});

		it('have no versions at the top of an archive, and none of a link', async () => {
			const of = guessing();
			const top = (await entries(await archive(), of)).find(isDocument)!;
			const { document } = await placed();
			assert.equal(of.removal!.whyNot!(top), undefined, 'that it has no versions does not keep it from being removed');
			assert.deepEqual(
				[top, document, { ...document, notDownloadable: 'A link.' }].map((one) => of.versions!.has!(one)),
				[false, true, false],
			);
		});

		it('put versions the newest first, 0.10 before 0.9, without the document itself', async () => {
			const { document } = await placed();
			const list = (versions: object[]): Archives =>
				guessing(instead(({ url }) => (url.endsWith('/versions') ? Response.json(versions) : undefined)));
			const named = async (versions: object[], of: Document = document) =>
				(await list(versions).versions!.list(of, signal())).items.map(({ name, modified }) => [name, modified]);
			assert.deepEqual(
				await named([
					{ id: 1, ver_nr: '0.9' },
					{ id: 2, ver_nr: '0.10', modified_time: 'soon' },
					{ id: 3, ver_nr: null },
					{ id: document.id, ver_nr: '0.11' },
				]),
				[
					['3', undefined],
					['0.10', undefined],
					['0.9', undefined],
				],
			);
			assert.deepEqual(
				await named(
					[
						{ id: 1, ver_nr: '1.0', modified_time: 1_700_000_000 },
						{ id: 2, ver_nr: '0.9', modified_time: '2026-01-02 03:04:05Z' },
						{ id: 3, ver_nr: '1.1', modified_time: 1_800_000_000 },
					],
					{ ...document, version: '1.1' },
				),
				[
					['0.9', '2026-01-02T03:04:05.000Z'],
					['1.0', '2023-11-14T22:13:20.000Z'],
				],
			);
		});

		it('make a folder once only, even when the server fails', async () => {
			const { folder } = await placed();
			server.fault('POST /1/documents', '500');
			const start = server.requests.length;
			await assert.rejects(guessing().folderCreation!.create(folder, 'New', signal()), OutcomeUnknown);
			assert.equal(posts(start).filter(({ path }) => path.endsWith('/create-new')).length, 1);
		});
	});

	describe('in the forms that are only guessed, where the server knows them', () => {
		let guessed: Archives;
		beforeEach(async () => {
			await server.close();
			server = await startVendor('projectplace', { experimental: true });
			opened = await openPractice(projectplace, server.address, experimental);
			archives = opened.session.archives!;
			guessed = archives;
		});

		it('are made into the archive of a workspace whose container nobody named', async () => {
			const [workspace] = await allWorkspaces(opened.session);
			const root = { ...(await archive()), id: workspace!.id };
			const made = await guessed.folderCreation!.create(root, 'New', signal());
			assert.ok((await entries(await archive())).some(({ id, kind }) => id === made.id && kind === 'folder'));
		});

		it('are removed with the folder they stand in', async () => {
			const { folder, document } = await placed();
			await guessed.removal!.remove(folder, signal());
			await assert.rejects(guessed.look(document, signal()), NotFound);
			assert.ok(!(await entries(await archive())).some(({ id }) => id === folder.id));
		});
	});
});
