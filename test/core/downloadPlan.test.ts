import assert from 'node:assert/strict';
import type { Branch } from '../../src/core/documentWalk.ts';
import { decideDownload, type Look, planDownload } from '../../src/core/downloadPlan.ts';
import { nameKey } from '../../src/core/fileName.ts';
import type { Document, Entry, Folder } from '../../src/core/model.ts';

let ids = 0;
const document = (fileName: string, over: Partial<Document> = {}): Document => {
	ids += 1;
	return { kind: 'document', id: `${ids}`, name: fileName, fileName, ...over };
};
const folder = (name: string): Folder => {
	ids += 1;
	return { kind: 'folder', id: `${ids}`, name };
};
const branch = (
	name: string,
	entries: readonly Entry[],
	below: readonly (readonly [Entry, Branch])[] = [],
): Branch => ({
	container: folder(name),
	entries,
	below: new Map(below),
});
const nothing: Look = async () => new Map();
/** A folder that holds these already; a slash at the end makes a folder. */
const holding =
	(contents: Readonly<Record<string, readonly string[]>>): Look =>
	async (path) =>
		new Map(
			(contents[path.join('/')] ?? []).map((name) => [
				nameKey(name.replace('/', '')),
				name.endsWith('/') ? 'folder' : 'file',
			]),
		);
const labels = ({ documents }: { readonly documents: readonly { readonly label: string }[] }) =>
	documents.map(({ label }) => label);

describe('the plan of a download', () => {
	it('keeps the structure, empty folders included', async () => {
		const inner = branch('Empty', []);
		const plan = await planDownload(
			{
				documents: [],
				branches: [
					branch('Plans', [document('a.txt'), inner.container as Folder], [[inner.container as Folder, inner]]),
				],
			},
			nothing,
		);
		assert.deepEqual(plan.folders, [['Plans'], ['Plans', 'Empty']]);
		assert.deepEqual(labels(plan), ['Plans/a.txt']);
	});

	it('ends inside the chosen folder whatever the server calls things', async () => {
		const hostile = ['../../x', 'C:\\x', '..', '.', '', '/etc/passwd', 'a\0b', 'con.txt', 'x'.repeat(300), 'dots...'];
		const inner = branch(
			'../up',
			hostile.map((name) => document(name)),
		);
		const plan = await planDownload({ documents: [], branches: [inner, branch('..', [])] }, nothing);
		for (const segment of [...plan.folders.flat(), ...plan.documents.map(({ name }) => name)]) {
			assert.doesNotMatch(segment, /[/\\:\0]|^\.*$|[. ]$/);
			assert.ok(Buffer.byteLength(segment) <= 255, segment);
		}
		assert.equal(new Set(labels(plan).map(nameKey)).size, hostile.length);
	});

	it('gives names that differ only by case, and a folder called like a document, names of their own', async () => {
		const documents = [document('Plan.txt'), document('plan.TXT'), document('Maps')];
		const plan = await planDownload({ documents, branches: [branch('maps', []), branch('MAPS', [])] }, nothing);
		const names = [...labels(plan), ...plan.folders.map((path) => path.join('/'))];
		assert.equal(new Set(names.map(nameKey)).size, 5, names.join(', '));
	});

	it('puts what stands beneath a document into a folder beside it', async () => {
		const page = document('Page.md', { name: 'Page', hasEntries: true });
		const under: Branch = { container: page, entries: [document('Below.md')], below: new Map() };
		const plan = await planDownload({ documents: [], branches: [branch('Pages', [page], [[page, under]])] }, nothing);
		assert.deepEqual(labels(plan), ['Pages/Page.md', 'Pages/Page/Below.md']);
	});

	it('leaves out what can’t be downloaded and keeps it for saying so', async () => {
		const plan = await planDownload(
			{ documents: [document('link', { notDownloadable: 'It is a link.' }), document('a')], branches: [] },
			nothing,
		);
		assert.deepEqual(labels(plan), ['a']);
		assert.equal(plan.left[0]?.notDownloadable, 'It is a link.');
	});

	it('finds what is there already, whatever its case, and in folders that are there', async () => {
		const plan = await planDownload(
			{ documents: [document('A.txt'), document('b.txt')], branches: [branch('Plans', [document('c.txt')])] },
			holding({ '': ['a.TXT', 'Plans/'], Plans: ['c.txt'] }),
		);
		assert.deepEqual(
			plan.documents.filter(({ isThere }) => isThere).map(({ label }) => label),
			['A.txt', 'Plans/c.txt'],
		);
		assert.deepEqual(plan.folders, [['Plans']]);
	});

	it('never takes a folder for a file nor a file for a folder', async () => {
		const plan = await planDownload(
			{ documents: [document('Plans')], branches: [branch('notes.txt', [])] },
			holding({ '': ['Plans/', 'notes.txt'] }),
		);
		assert.notEqual(plan.documents[0]?.name, 'Plans');
		assert.equal(plan.documents[0]?.isThere, false);
		assert.notEqual(plan.folders[0]?.[0], 'notes.txt');
	});

	it('replaces, keeps both or skips as each is decided', async () => {
		const plan = await planDownload(
			{ documents: ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt'].map((name) => document(name)), branches: [] },
			holding({ '': ['a.txt', 'b.txt', 'B (2).txt', 'c.txt', 'd.txt'] }),
		);
		const answers = new Map([
			['a.txt', 'replace'],
			['b.txt', 'keepBoth'],
			['c.txt', 'skip'],
		]);
		assert.deepEqual(
			decideDownload(plan, answers).map(({ name }) => name),
			['a.txt', 'b (3).txt', 'e.txt'],
		);
	});
});
