import assert from 'node:assert/strict';
import type { Archives } from '../../src/core/archives.ts';
import { failedBranches, walkDocuments } from '../../src/core/documentWalk.ts';
import { Unreachable } from '../../src/core/errors.ts';
import { lackOf, listingName, listingText } from '../../src/core/listing.ts';
import type { Archive, Document, Entry, Folder } from '../../src/core/model.ts';
import { onePage } from '../../src/core/page.ts';
import { signal } from '../support/session.ts';

const archive: Archive = { kind: 'archive', id: 'a', name: 'Documents', workspaceId: '1105' };
const folder = (id: string): Folder => ({ kind: 'folder', id, name: `Folder ${id}` });
const document = (id: string, over: Partial<Document> = {}): Document => ({
	kind: 'document',
	id,
	name: `Document ${id}`,
	fileName: `${id}.txt`,
	...over,
});

/** Archives of a few lines: what stands in each container by its id, and the ids that fail. */
function archivesOf(contents: Readonly<Record<string, readonly Entry[]>>, failing: readonly string[] = []) {
	const asked: string[] = [];
	const archives: Pick<Archives, 'entries'> = {
		async entries({ id }) {
			asked.push(id);
			if (failing.includes(id)) {
				throw new Unreachable(`The server does not answer for ${id}.`);
			}
			return onePage(contents[id] ?? []);
		},
	};
	return { archives: archives as Archives, asked };
}

const harbour = {
	a: [document('1', { size: 5, readOnly: 'A page.', extra: { secret: 'x' } }), folder('f')],
	f: [folder('g'), document('2', { hasEntries: true })],
	g: [document('3')],
	2: [document('4')],
};

describe('the listing of an archive', () => {
	it('holds the whole tree, folders and documents with others beneath them alike', async () => {
		const { archives } = archivesOf(harbour);
		const listing = JSON.parse(listingText(await walkDocuments(archives, archive, { deep: true }, signal())));
		const [first, inner] = listing.entries;
		assert.equal(first.name, 'Document 1');
		assert.deepEqual(inner.entries[0].entries[0].id, '3');
		assert.deepEqual(inner.entries[1].entries[0].id, '4');
	});

	it('asks for nothing below where only the root is wanted', async () => {
		const { archives, asked } = archivesOf(harbour);
		const listing = JSON.parse(listingText(await walkDocuments(archives, archive, { deep: false }, signal())));
		assert.deepEqual(asked, ['a']);
		assert.equal(listing.entries.length, 2);
		assert.ok(!('entries' in listing.entries[1]), 'a folder that was not asked for looks empty');
	});

	it('is sorted by its keys, two spaces deep, without what only its provider reads', async () => {
		const { archives } = archivesOf({ a: [document('1', { size: 5, extra: { secret: 'x' }, readOnly: 'A page.' })] });
		const text = listingText(await walkDocuments(archives, archive, { deep: true }, signal()));
		assert.equal(
			text,
			`{
  "entries": [
    {
      "fileName": "1.txt",
      "id": "1",
      "kind": "document",
      "name": "Document 1",
      "size": 5
    }
  ],
  "id": "a",
  "kind": "archive",
  "name": "Documents",
  "workspaceId": "1105"
}
`,
		);
	});

	it('says in its place what could not be read, and holds all the rest', async () => {
		const { archives } = archivesOf(harbour, ['g']);
		const branch = await walkDocuments(archives, archive, { deep: true }, signal());
		const listing = JSON.parse(listingText(branch));
		assert.equal(listing.entries[1].entries[0].failure, 'The server does not answer for g.');
		assert.equal(listing.entries[1].entries[1].entries[0].id, '4');
		const { count, first } = lackOf(branch);
		assert.deepEqual([count, first?.message], [1, 'The server does not answer for g.']);
	});

	it('keeps the pages that came before one that failed', async () => {
		const archives = {
			entries: async () => ({
				items: [folder('f')],
				next: () => Promise.reject(new Unreachable('No second page.')),
			}),
		} as unknown as Archives;
		const inner = { ...archives, entries: (container: Entry | Archive) => entriesOf(container) } as Archives;
		const entriesOf = async (container: Entry | Archive) =>
			container.kind === 'archive' ? onePage([folder('f')]) : archives.entries(folder('f'), signal());
		const branch = await walkDocuments(inner, archive, { deep: true }, signal());
		const [failed] = failedBranches(branch);
		assert.equal(failed?.entries.length, 1);
		assert.match(String(failed?.failure), /No second page/);
	});

	it('fails where the archive itself can’t be read', async () => {
		const { archives } = archivesOf(harbour, ['a']);
		await assert.rejects(walkDocuments(archives, archive, { deep: true }, signal()), Unreachable);
	});

	it('ends although a folder stands in itself', async () => {
		const { archives, asked } = archivesOf({ a: [folder('f')], f: [folder('f'), folder('a')] });
		await walkDocuments(archives, archive, { deep: true }, signal());
		assert.deepEqual(asked, ['a', 'f']);
	});

	it('stops when it is cancelled, rather than save a part for the whole', async () => {
		const stop = new AbortController();
		const { archives } = archivesOf(harbour);
		const walk = walkDocuments(archives, archive, { deep: true, onFound: () => stop.abort() }, stop.signal);
		await assert.rejects(walk, { name: 'AbortError' });
	});

	it('is named by the workspace and the clock on the wall, without colons', () => {
		const now = new Date(2026, 10, 2, 13, 4, 5);
		assert.equal(listingName(archive, now), '1105-2026-11-02T13-04-05.json');
		assert.equal(listingName(folder('77'), now), '77-2026-11-02T13-04-05.json');
		assert.equal(listingName(folder('../7:7'), now), '7_7-2026-11-02T13-04-05.json');
	});
});
