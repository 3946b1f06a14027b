import assert from 'node:assert/strict';
import type { Archives } from '../../src/core/archives.ts';
import { NotFound, ProviderError } from '../../src/core/errors.ts';
import type { Document, Entry, EntryContainer } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { Provider, Session } from '../../src/core/provider.ts';
import type { ServerOptions } from '../../src/sandbox/server.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { type Opened, openPractice, signal } from '../support/session.ts';
import { allArchives, collect, fileOf, firstDocument, placed, writableContainer } from './conformanceWalks.ts';

const documentParts = ['uploading', 'saving', 'folderCreation', 'removal', 'versions', 'documentRenaming'] as const;

/** What archives can have. */
export type DocumentPart = (typeof documentParts)[number];

export function documentPartsOf({ archives }: Session): readonly DocumentPart[] {
	return documentParts.filter((name) => archives?.[name] !== undefined);
}

export interface DocumentExpectations {
	readonly vendor: string;
	/** Those that the session has, with others or without. */
	readonly parts: readonly string[];
	readonly server?: ServerOptions;
	readonly settings?: Readonly<Record<string, string>>;
}

/** What every vendor with documents must do, as far as it has the parts; `provider.ts` says it of each. */
export function documentConformance(provider: Provider, expected: DocumentExpectations): void {
	const { vendor, parts, server: options, settings } = expected;
	const with_ = settings ? ` with ${Object.values(settings).join(', ')}` : '';
	describe(`${provider.label} keeps the contract of documents${with_}`, function () {
		this.timeout(20_000);
		let server: TestVendor;
		let opened: Opened;
		let session: Session;
		let archives: Archives;

		beforeEach(async () => {
			server = await startVendor(vendor, options);
			opened = await openPractice(provider, server.address, settings);
			({ session } = opened);
			assert.ok(session.archives);
			({ archives } = session);
		});
		afterEach(() => server.close());

		const has = (part: DocumentPart) => parts.includes(part);
		const writesSince = (start: number) =>
			server.requests
				.slice(start)
				.filter(({ method }) => !['GET', 'HEAD'].includes(method))
				.map(({ method, path }) => `${method} ${path}`);

		it('has exactly the parts for documents that it should have', () => {
			assert.deepEqual(
				documentPartsOf(session),
				documentParts.filter((part) => has(part)),
			);
		});

		it('looks at a document as it is now, twice the same', async () => {
			const document = await theFirst(session);
			const looked = await archives.look(document, signal());
			assert.deepEqual([looked.kind, looked.id, looked.name], ['document', document.id, document.name]);
			assert.deepEqual(await archives.look(looked, signal()), looked);
		});

		it('looks by asking the vendor, after it has listed the same a moment ago', async () => {
			const document = await theFirst(session);
			const before = server.requests.length;
			await archives.look(document, signal());
			assert.ok(server.requests.length > before, 'it told what it remembered');
		});

		it('says that a document it looks for is gone', async () => {
			const document = await theFirst(session);
			server.fault('*', '404');
			await assert.rejects(archives.look(document, signal()), NotFound);
		});

		it('stops looking when the signal is aborted', async () => {
			const document = await theFirst(session);
			await assert.rejects(archives.look(document, AbortSignal.abort()), { name: 'AbortError' });
		});

		it('gives a sentence wherever a document can’t be replaced', async () => {
			for await (const { entry } of everything(session)) {
				assert.match((entry.kind === 'document' && entry.readOnly) || 'None.', /\S.*[.。]$/);
			}
		});

		if (has('saving')) {
			it('saves a document in its place and reads what was saved', async () => {
				const { document, container } = await savable(session);
				const saved = await archives.saving!.save(document, container, edited(document), signal());
				assert.equal(saved.name, document.name);
				assert.match(await textOf(archives, saved), /Zweite Fassung ✓/);
				session.forget();
				const entries = await listed(archives, container);
				assert.equal(entries.filter(({ name }) => name === document.name).length, 1, 'it stands there twice');
				assert.equal((await archives.look(saved, signal())).id, saved.id);
			});

			it('tells a document that was saved from what it was, where it has revisions', async () => {
				const { document, container } = await savable(session);
				const before = await archives.look(document, signal());
				const saved = await archives.saving!.save(before, container, edited(before), signal());
				assert.ok(before.revision === undefined || before.revision !== (await archives.look(saved, signal())).revision);
			});

			it('sends what is saved once only, even when the server fails', async () => {
				const { document, container } = await savable(session);
				for (const method of ['POST', 'PUT', 'PATCH']) {
					server.fault(`${method} `, '500');
				}
				const start = server.requests.length;
				await assert.rejects(archives.saving!.save(document, container, edited(document), signal()), ProviderError);
				const writes = writesSince(start);
				assert.equal(new Set(writes).size, writes.length, `sent twice:\n${writes.join('\n')}`);
			});
		}

		if (has('folderCreation')) {
			it('makes a folder that can be opened, filled and found', async () => {
				const container = await writableContainer(session);
				assert.equal(archives.folderCreation!.whyNot?.(container), undefined);
				const made = await archives.folderCreation!.create(container, 'Anlagen № 1', signal());
				assert.equal(made.name, 'Anlagen № 1');
				session.forget();
				const found = (await listed(archives, container)).find(({ id }) => id === made.id);
				assert.deepEqual([found?.kind, found?.name], [made.kind, made.name]);
				assert.deepEqual(await listed(archives, made), []);
			});
		}

		if (has('removal')) {
			it('says what becomes of what is removed, and removes it', async () => {
				assert.match(archives.removal!.effect, /\S.*\.$/);
				const { document, container } = await found(session, (one) => archives.removal!.whyNot?.(one) === undefined);
				await archives.removal!.remove(document, signal());
				session.forget();
				assert.ok(!(await listed(archives, container)).some(({ id }) => id === document.id));
				await assert.rejects(archives.look(document, signal()), NotFound);
			});

			it('removes once only, even when the server fails', async () => {
				const { document } = await found(session, (one) => archives.removal!.whyNot?.(one) === undefined);
				server.fault('*', '500');
				const start = server.requests.length;
				await assert.rejects(archives.removal!.remove(document, signal()), ProviderError);
				const writes = writesSince(start);
				assert.equal(new Set(writes).size, writes.length, `sent twice:\n${writes.join('\n')}`);
			});
		}

		if (has('documentRenaming')) {
			it('gives a document another name and keeps its content', async () => {
				const renaming = archives.documentRenaming!;
				const { document, container } = await found(session, (one) => renaming.whyNot?.(one) === undefined);
				const before = await textOf(archives, document);
				const name = `Umbenannt № 2${/\.[^.]+$/.exec(document.fileName)?.[0] ?? ''}`;
				const renamed = await renaming.rename(document, name, signal());
				assert.equal(renamed.fileName, name);
				session.forget();
				const again = (await listed(archives, container)).find(({ id }) => id === renamed.id);
				assert.equal(again?.kind === 'document' && again.fileName, name);
				assert.equal(await textOf(archives, renamed), before);
			});
		}

		if (has('versions')) {
			it('lists earlier versions under names of their own and reads them', async () => {
				const { document } = await versioned(session);
				const versions = await allItems(await archives.versions!.list(document, signal()), signal());
				assert.ok(versions.every(({ id, name }) => id !== '' && name.trim() !== ''));
				assert.equal(new Set(versions.map(({ id }) => id)).size, versions.length, 'a version stands twice');
				for (const version of versions) {
					const { stream } = await archives.versions!.read(document, version, signal());
					assert.ok((await collect(stream)).length > 0);
				}
			});
		}

		if (has('versions') && has('saving')) {
			it('has what was there before among the earlier versions, the newest first, where it keeps it', async () => {
				const saving = archives.saving!;
				const { document, container } = await savable(session);
				const before = await textOf(archives, document);
				const once = await saving.save(document, container, edited(document), signal());
				const between = await textOf(archives, once);
				const twice = await saving.save(once, container, fileOf(once.fileName, 'Dritte Fassung\n'), signal());
				const earlier = await allItems(await archives.versions!.list(twice, signal()), signal());
				const contents = await Promise.all(
					earlier.slice(0, 2).map(async (version) => textIn(await archives.versions!.read(twice, version, signal()))),
				);
				assert.deepEqual(contents, saving.keepsEarlier ? [between, before] : contents);
			});
		}
	});
}

async function theFirst(session: Session): Promise<Document> {
	const document = await firstDocument(session);
	assert.ok(document, 'some archive has a document');
	return document;
}

async function* everything(session: Session) {
	for await (const archive of allArchives(session)) {
		yield* placed(session, archive);
	}
}

interface Found {
	readonly document: Document;
	readonly container: EntryContainer;
}

/** The first document that fits, with the container it stands in. */
async function found(session: Session, fits: (document: Document) => boolean): Promise<Found> {
	for await (const { entry, container } of everything(session)) {
		if (entry.kind === 'document' && entry.notDownloadable === undefined && fits(entry)) {
			return { document: entry, container };
		}
	}
	throw new Error('no document is like that');
}

/** What reading finds to be read-only does not count either. */
async function savable(session: Session): Promise<Found> {
	for await (const { entry, container } of everything(session)) {
		if (entry.kind === 'document' && entry.notDownloadable === undefined && entry.readOnly === undefined) {
			const { stream, readOnly } = await session.archives!.read(entry, signal());
			await stream.cancel();
			if (readOnly === undefined) {
				return { document: entry, container };
			}
		}
	}
	throw new Error('no document can be saved');
}

async function versioned(session: Session): Promise<Found> {
	return found(session, (one) => session.archives!.versions!.has?.(one) !== false);
}

function edited({ fileName }: Document) {
	return fileOf(fileName, '# Zweite Fassung ✓\n');
}

async function listed(archives: Archives, container: EntryContainer): Promise<readonly Entry[]> {
	return allItems(await archives.entries(container, signal()), signal());
}

async function textOf(archives: Archives, document: Document): Promise<string> {
	return textIn(await archives.read(document, signal()));
}

async function textIn({ stream }: { readonly stream: ReadableStream<Uint8Array> }): Promise<string> {
	return new TextDecoder().decode(await collect(stream));
}
