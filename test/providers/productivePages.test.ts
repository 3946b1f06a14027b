import assert from 'node:assert/strict';
import type { Archives } from '../../src/core/archives.ts';
import { NotAllowed, NotFound, OutcomeUnknown, Refused } from '../../src/core/errors.ts';
import type { Archive, Document, EntryContainer } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import { productive } from '../../src/providers/productive/index.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { openPractice, signal } from '../support/session.ts';
import { allWorkspaces, collect, fileOf } from './conformanceWalks.ts';

interface Row {
	readonly id: number;
	[field: string]: unknown;
}

describe('Productive’s pages', () => {
	let server: TestVendor;
	let archives: Archives;
	let docs: Archive;

	beforeEach(async () => {
		server = await startVendor('productive');
		const { session } = await openPractice(productive, server.address);
		const [project] = await allWorkspaces(session);
		({ archives } = session as { archives: Archives });
		[docs] = (await archives.ofWorkspace!(project!, signal())) as [Archive];
	});
	afterEach(() => server.close());

	const rows = (table: string) => server.state[table] as Row[];
	const rowOf = ({ extra }: Pick<Document, 'extra'>) => rows('pages').find(({ id }) => String(id) === extra!['page'])!;
	const bodyOf = (page: Document) => JSON.parse(String(rowOf(page)['body'])) as { content: Row[] };
	const onlyMarkdown = () => ((server.state['generation'] as { pages: string }).pages = 'markdown');
	const linesSince = (start: number) => server.requests.slice(start).map(({ method, path }) => `${method} ${path}`);
	const changesSince = (start: number) => linesSince(start).filter((line) => !line.startsWith('GET'));

	async function named(container: EntryContainer, name: string): Promise<Document> {
		const entries = await allItems(await archives.entries(container, signal()), signal());
		const found = entries.find((entry) => entry.name === name);
		assert.ok(found?.kind === 'document', `${name} is not there`);
		return found;
	}

	/** A page whose text is this tree. */
	async function pageOf(...content: object[]): Promise<Document> {
		const page = await named(docs, 'Documents');
		rowOf(page)['body'] = JSON.stringify({ type: 'doc', content });
		return page;
	}

	const opened = async (page: Document) => archives.read(page, signal());
	const textOf = async (page: Document) => new TextDecoder().decode(await collect((await opened(page)).stream));
	const save = (page: Document, text: string) => archives.saving!.save(page, docs, fileOf('x.md', text), signal());
	const words = (text: string, ...marks: object[]) => ({ type: 'text', text, marks });
	const paragraph = (...content: object[]) => ({ type: 'paragraph', content });

	describe('opened as Markdown', () => {
		it('may be saved where Markdown says all of them, and give the number of their version', async () => {
			const { readOnly, revision, size } = await opened(await named(docs, 'Documents'));
			assert.deepEqual([readOnly, revision, size], [undefined, '1', 'Files of Documents.\n'.length]);
		});

		const cell = (type: string, text: string, attrs?: object) => ({ type, attrs, content: [paragraph(words(text))] });
		const table = (...rows: object[][]) => ({
			type: 'table',
			content: rows.map((content) => ({ type: 'table_row', content })),
		});
		const unsayable: readonly (readonly [string, object])[] = [
			[
				'a table with merged cells',
				table([cell('table_header', 'a', { colspan: 2 })], [cell('table_cell', 'b'), cell('table_cell', 'c')]),
			],
			['a table whose heading is not just its first row', table([cell('table_cell', 'a')], [cell('table_cell', 'b')])],
			['a mention', paragraph(words('Ask '), { type: 'mention', attrs: { label: 'Ada' } })],
			['a mention', paragraph(words('Ask @[{"id":1,"label":"Ada"}] soon'))],
			['underlined text', paragraph(words('a', { type: 'underline' }))],
			['text that is being discussed', paragraph(words('a', { type: 'discussion', attrs: { id: 1 } }))],
			['a banner', { type: 'banner', attrs: { type: 'info' }, content: [paragraph(words('a'))] }],
			['columns', { type: 'columns', content: [] }],
			['a block named “hologram”', { type: 'hologram' }],
		];
		for (const [what, block] of unsayable) {
			it(`say that they hold ${what} and can only be read`, async () => {
				const page = await pageOf(paragraph(words('before')), block);
				const sentence = `This page holds ${what}, which Markdown can’t say, so it opens to be read only.`;
				assert.equal((await opened(page)).readOnly, sentence);
				const start = server.requests.length;
				await assert.rejects(save(page, 'new\n'), (error) => error instanceof NotAllowed && error.message === sentence);
				assert.deepEqual(changesSince(start), []);
			});
		}

		it('name everything that stands in the way', async () => {
			const page = await pageOf(paragraph(words('a', { type: 'underline' })), { type: 'columns', content: [] });
			assert.match((await opened(page)).readOnly ?? '', /columns.*underlined text|underlined text.*columns/);
		});

		it('can only be read in a form that is no tree', async () => {
			const page = await named(docs, 'Documents');
			rowOf(page)['body'] = '<p>old</p>';
			assert.equal(await textOf(page), '<p>old</p>');
			assert.match((await opened(page)).readOnly ?? '', /a form that Boardwalk doesn’t know/);
		});

		it('may be saved where they are empty yet', async () => {
			const page = await named(docs, 'Documents');
			rowOf(page)['body'] = null;
			assert.equal((await opened(page)).readOnly, undefined);
			await save(page, '# Begun\n');
			assert.equal(await textOf(page), '# Begun\n');
		});
	});

	describe('saved', () => {
		const first = { ...paragraph(words('One')), attrs: { id: 'p1', textAlign: 'center' } };
		const second = { ...paragraph(words('Two')), attrs: { id: 'p2' } };

		it('go back as the vendor’s own tree, in which nothing that was not touched has changed', async () => {
			const page = await pageOf(first, { type: 'paragraph' }, second);
			const start = server.requests.length;
			const saved = await save(page, 'One\n\nTwo and *more*\n');
			const { content } = bodyOf(page);
			assert.deepEqual(content.slice(0, 2), [first, { type: 'paragraph' }]);
			assert.deepEqual(content[2]!['attrs'], { id: 'p2' });
			assert.deepEqual([saved.version, saved.revision], ['2', '2']);
			const id = String(page.extra!['page']);
			assert.deepEqual(
				linesSince(start).map((line) => line.replace('/api/v2', '')),
				[`GET /pages/${id}`, `PATCH /pages/${id}`, `GET /pages/${id}`],
			);
		});

		it('are not sent where nothing has changed', async () => {
			const page = await pageOf(first, second);
			const start = server.requests.length;
			assert.equal((await save(page, 'One\n\nTwo\n')).revision, '1');
			assert.deepEqual(changesSince(start), []);
		});

		it('go through Markdown on servers that take nothing else', async () => {
			onlyMarkdown();
			const page = await pageOf(first);
			const saved = await save(page, '# New\n');
			assert.equal(saved.revision, '2');
			assert.deepEqual(bodyOf(page).content, [
				{ type: 'heading', content: [{ type: 'text', text: 'New' }], attrs: { level: 1 } },
			]);
		});

		it('say so where the vendor takes the text and changes nothing, as it does while somebody has the page open', async () => {
			const page = await pageOf(first);
			rowOf(page)['open'] = true;
			await assert.rejects(
				save(page, 'Other\n'),
				(error) => error instanceof OutcomeUnknown && /somebody has the page open/.test(error.message),
			);
		});

		it('are not called lost where only the look afterwards failed', async () => {
			const page = await pageOf(first);
			const { account, io } = await openPractice(productive, server.address);
			let sent = false;
			const blind: typeof globalThis.fetch = async (input, init) => {
				const request = new Request(input, init);
				if (sent) {
					return new Response('', { status: 404 });
				}
				sent = request.method === 'PATCH';
				return globalThis.fetch(request);
			};
			const { saving } = productive.open(account, { ...io, fetch: blind }).archives!;
			await assert.rejects(
				saving!.save(page, docs, fileOf('x.md', 'Other\n'), signal()),
				(error) => error instanceof OutcomeUnknown && /took the page/.test(error.message),
			);
		});

		it('refuse headings that the vendor would not show', async () => {
			const start = server.requests.length;
			await assert.rejects(
				save(await pageOf(first), '#### Deep\n'),
				(error) => error instanceof Refused && /three levels/.test(error.message),
			);
			assert.deepEqual(changesSince(start), []);
		});

		it('refuse what is no text', async () => {
			const file = {
				...fileOf('x.md', 'x'),
				async *content() {
					yield new Uint8Array([0xff, 0xfe, 0x00]);
				},
			};
			await assert.rejects(
				archives.saving!.save(await pageOf(first), docs, file, signal()),
				(error) => error instanceof Refused && /UTF-8/.test(error.message),
			);
		});

		it('keep what was there before as an earlier version', async () => {
			const page = await named(docs, 'Documents');
			const before = await textOf(page);
			const saved = await save(page, 'Second\n');
			const versions = await allItems(await archives.versions!.list(saved, signal()), signal());
			assert.deepEqual(
				versions.map(({ name }) => name),
				['Version 1'],
			);
			const { stream } = await archives.versions!.read(saved, versions[0]!, signal());
			assert.equal(new TextDecoder().decode(await collect(stream)), before);
		});
	});

	it('read earlier versions whose text comes as a tree, and say where none comes', async () => {
		const page = await named(docs, 'Documents');
		const [version] = rows('page_versions').filter(({ page_id }) => String(page_id) === page.extra!['page']);
		const id = String(version!.id);
		version!['body_snapshot'] = { type: 'doc', content: [paragraph(words('Tree'))] };
		const { stream } = await archives.versions!.read(page, { id, name: '' }, signal());
		assert.equal(new TextDecoder().decode(await collect(stream)), 'Tree\n');
		version!['body_snapshot'] = null;
		await assert.rejects(archives.versions!.read(page, { id, name: '' }, signal()), NotFound);
	});

	for (const generation of ['trees', 'markdown'] as const) {
		describe(`made as ${generation}`, () => {
			beforeEach(() => ((server.state['generation'] as { pages: string }).pages = generation));

			it('stand at the top of a project’s Docs or beneath another page', async () => {
				const top = (await archives.folderCreation!.create(docs, 'Top & more', signal())) as Document;
				const below = (await archives.folderCreation!.create(top, 'Below', signal())) as Document;
				const deeper = (await archives.folderCreation!.create(below, 'Deeper', signal())) as Document;
				assert.equal((await named(docs, 'Top & more')).id, top.id);
				assert.equal((await named(await named(top, 'Below'), 'Deeper')).id, deeper.id);
				assert.deepEqual(
					[rowOf(deeper)['parent_page_id'], rowOf(deeper)['root_page_id']],
					[rowOf(below).id, rowOf(top).id],
				);
				assert.equal((await opened(deeper)).readOnly, undefined);
			});

			it('belong to no project in the organization’s Docs', async () => {
				const [own] = (await archives.ofAccount!(signal())) as [Archive];
				const made = (await archives.folderCreation!.create(own, 'For all', signal())) as Document;
				assert.equal(rowOf(made)['project_id'], null);
				assert.equal((await named(own, 'For all')).id, made.id);
			});
		});
	}

	it('have another revision from their first change on, though they have no number before', async () => {
		const made = (await archives.folderCreation!.create(docs, 'Fresh', signal())) as Document;
		assert.equal(made.version, undefined);
		const saved = await save(made, 'Text\n');
		assert.notEqual(saved.revision, made.revision);
		assert.equal(saved.version, '1');
	});

	it('need a title', async () => {
		await assert.rejects(archives.folderCreation!.create(docs, '  ', signal()), Refused);
	});

	it('are not made beneath files', async () => {
		const file = await named(await named(docs, 'Documents'), 'README.md');
		assert.match(archives.folderCreation!.whyNot!(file) ?? '', /not beneath files/);
	});

	it('are renamed by their title, which has no “.md”', async () => {
		const page = await named(docs, 'Documents');
		const renamed = await archives.documentRenaming!.rename(page, 'Papers.md', signal());
		assert.deepEqual([renamed.name, renamed.fileName, rowOf(page)['title']], ['Papers', 'Papers.md', 'Papers']);
		await assert.rejects(archives.documentRenaming!.rename(page, 'Papers.txt', signal()), Refused);
		await assert.rejects(archives.documentRenaming!.rename(page, '.md', signal()), Refused);
	});

	it('say that a server does not rename them', async () => {
		onlyMarkdown();
		const page = await named(docs, 'Documents');
		await assert.rejects(archives.documentRenaming!.rename(page, 'Papers.md', signal()), NotAllowed);
	});

	it('are not deleted while there are pages beneath, even such as were made meanwhile', async () => {
		const page = await named(docs, 'Documents');
		assert.match(archives.removal!.whyNot!(page) ?? '', /pages beneath this one/);
		const start = await named(docs, 'Start here');
		assert.equal(archives.removal!.whyNot!(start), undefined);
		await archives.folderCreation!.create(start, 'New', signal());
		const before = server.requests.length;
		await assert.rejects(archives.removal!.remove(start, signal()), NotAllowed);
		assert.deepEqual(changesSince(before), []);
	});

	it('are deleted', async () => {
		const page = await named(docs, 'Start here');
		await archives.removal!.remove(page, signal());
		await assert.rejects(archives.look(page, signal()), NotFound);
		const entries = await allItems(await archives.entries(docs, signal()), signal());
		assert.deepEqual(
			entries.map(({ name }) => name),
			['Documents'],
		);
	});

	it('hold files that can be neither replaced, renamed nor deleted, and say so', async () => {
		const file = await named(await named(docs, 'Documents'), 'README.md');
		const looked = await archives.look(file, signal());
		assert.deepEqual([looked.revision, looked.readOnly], [file.revision, file.readOnly]);
		const reasons = [file.readOnly, archives.removal!.whyNot!(file), archives.documentRenaming!.whyNot!(file)];
		assert.ok(reasons.every((reason) => (reason ?? '').endsWith('.')));
		assert.equal(archives.versions!.has!(file), false);
		await assert.rejects(save(file, 'x'), NotAllowed);
	});
});
