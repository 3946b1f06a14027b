import assert from 'node:assert/strict';
import {
	OutcomeUnknown,
	ProviderError,
	SignInNeeded,
	TooManyRequests,
	UnexpectedReply,
	Unreachable,
} from '../../src/core/errors.ts';
import type { Finding } from '../../src/core/finding.ts';
import type { Board, Column, Document } from '../../src/core/model.ts';
import { allItems, type Page } from '../../src/core/page.ts';
import type { Provider, Session } from '../../src/core/provider.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { memoryCredentials, type Opened, openPractice, signal } from '../support/session.ts';
import { cardFaultConformance } from './conformanceCardFaults.ts';
import { type CardPart, cardConformance, cardPartsOf } from './conformanceCards.ts';
import { type DocumentPart, documentConformance, documentPartsOf } from './conformanceDocuments.ts';
import { lockConformance } from './conformanceLock.ts';
import { allBoards, allWorkspaces, collect, fileOf, firstDocument, writableContainer } from './conformanceWalks.ts';

export { allBoards, allWorkspaces, collect, fileOf, firstDocument, writableContainer } from './conformanceWalks.ts';

/** What a session can have; each vendor's test states exactly those its own has, so that none can vanish unseen. */
export type Part =
	| 'boards'
	| 'columnRenaming'
	| 'archives'
	| DocumentPart
	| CardPart
	| 'workspaceCreation'
	| 'boardCreation'
	| 'search';

export interface Expectations {
	readonly vendor: string;
	readonly parts: readonly Part[];
	/** A list that has three pages in the default world; absent where the vendor never pages. */
	readonly pagedList?: (session: Session, signal: AbortSignal) => Promise<Page<unknown>>;
}

/** What every vendor must do, over real HTTP. */
export function conformance(provider: Provider, { vendor, parts, pagedList }: Expectations): void {
	describe(`${provider.label} keeps the contract`, function () {
		// Some of these wait out a server's Retry-After.
		this.timeout(20_000);
		let server: TestVendor;
		let opened: Opened;
		let session: Session;

		beforeEach(async () => {
			server = await startVendor(vendor);
			opened = await openPractice(provider, server.address);
			({ session } = opened);
		});
		afterEach(() => server.close());

		it('has exactly the parts it should have', () => {
			assert.deepEqual(partsOf(session), [...parts].sort());
		});

		it('names its levels in the vendor’s own words', () => {
			assert.ok(provider.levels.workspace.one && provider.levels.workspace.many);
			assert.equal(Boolean(provider.levels.board), Boolean(session.boards));
		});

		it('makes no request until something is asked', () => {
			const before = server.requests.length;
			provider.open(opened.account, opened.io);
			assert.equal(server.requests.length, before);
		});

		it('signs in with a server address and keeps no secret outside the secrets', () => {
			const { secrets, ...open } = opened.account;
			assert.ok(Object.keys(secrets).length > 0);
			for (const secret of Object.values(secrets)) {
				assert.ok(!JSON.stringify(open).includes(secret), 'a secret stands outside the secrets');
			}
			assert.match(opened.account.server, /^http:\/\/127\.0\.0\.1:\d+/);
		});

		it('refuses a wrong secret with SignInNeeded and says whose account it is', async () => {
			const wrong = Object.fromEntries(Object.keys(opened.account.secrets).map((name) => [name, 'wrong']));
			const bad = provider.open(opened.account, {
				...opened.io,
				credentials: memoryCredentials(wrong),
			});
			await assert.rejects(bad.workspaces(signal()), (error) => {
				assert.ok(error instanceof SignInNeeded, String(error));
				assert.ok(error.message.includes(provider.label) && error.message.includes(opened.account.label));
				return true;
			});
		});

		it('lists workspaces with ids, names and archived ones last', async () => {
			const workspaces = await allWorkspaces(session);
			assert.ok(workspaces.length >= 8);
			assert.ok(workspaces.every(({ id, name }) => typeof id === 'string' && id !== '' && name.trim() !== ''));
			assert.equal(new Set(workspaces.map(({ id }) => id)).size, workspaces.length, 'an id stands twice');
			const firstArchived = workspaces.findIndex(({ archived }) => archived);
			assert.ok(firstArchived === -1 || workspaces.slice(firstArchived).every(({ archived }) => archived));
		});

		it('shows names that are not ASCII as they are', async () => {
			const names = (await allWorkspaces(session)).map(({ name }) => name).join();
			assert.match(names, /Straßenbahn/);
			assert.match(names, /みなと/);
		});

		it('walks from account to card', async () => {
			const { card, column, board } = await firstCard(session);
			assert.equal(card.columnId, column.id);
			assert.equal(card.boardId, board.id);
			assert.notEqual(card.title.trim(), '');
		});

		it('has a board without cards and says so by an empty list', async () => {
			const empty = await findEmptyBoard(session);
			assert.ok(empty, 'the default world has an empty board');
		});

		it('asks only once for what several askers want at the same time', async () => {
			// A token that is asked for once stays with the session; only lists are counted.
			await session.workspaces(signal());
			session.forget();
			const start = server.requests.length;
			await session.workspaces(signal());
			const alone = server.requests.length - start;
			session.forget();
			await Promise.all([session.workspaces(signal()), session.workspaces(signal())]);
			assert.equal(server.requests.length - start - alone, alone);
		});

		it('asks again after forget', async () => {
			await session.workspaces(signal());
			const before = server.requests.length;
			session.forget();
			await session.workspaces(signal());
			assert.ok(server.requests.length > before);
		});

		it('does not repeat a request for each column of a board', async () => {
			const columns = await severalColumns(session);
			const before = server.requests.length;
			await Promise.all(columns.map((column) => session.boards!.cards(column, signal())));
			const lines = server.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
			// A vendor with a single address for everything tells its questions apart by their bodies alone.
			const addresses = new Set(lines);
			assert.ok(addresses.size === lines.length || addresses.size === 1, `asked twice:\n${lines.join('\n')}`);
		});

		it('stops at once when the signal is aborted and throws its reason', async () => {
			server.fault('*', 'slow');
			const leaving = new AbortController();
			const waiting = session.workspaces(leaving.signal);
			setTimeout(() => leaving.abort(), 20);
			const started = Date.now();
			await assert.rejects(waiting, { name: 'AbortError' });
			assert.ok(Date.now() - started < 1_000, 'it went on waiting');
		});

		for (const [kind, expected] of [
			['403', ProviderError],
			['malformed', UnexpectedReply],
			['html', UnexpectedReply],
		] as const) {
			it(`turns ${kind} into a sentence, never into an empty list`, async () => {
				server.fault('*', kind);
				await assert.rejects(session.workspaces(signal()), (error) => {
					assert.ok(error instanceof expected, `${String(error)} instead of ${expected.name}`);
					assert.match((error as Error).message, /\.$/);
					return true;
				});
			});
		}

		it('gets over one 503 and one answer that was cut off while reading', async () => {
			server.fault('*', '503', 1);
			assert.ok((await session.workspaces(signal())).items.length > 0);
			session.forget();
			server.clearFaults();
			server.fault('*', 'cut', 1);
			assert.ok((await session.workspaces(signal())).items.length > 0);
		});

		it('says that the vendor is unreachable when nothing answers', async () => {
			await server.close();
			await assert.rejects(session.workspaces(signal()), (error) => {
				assert.ok(error instanceof Unreachable, String(error));
				assert.equal(error.action.kind, 'retry');
				return true;
			});
		});

		it('waits out a short Retry-After in both forms', async () => {
			for (const kind of ['429', '429-date'] as const) {
				session.forget();
				server.fault('*', kind, 1);
				assert.ok((await session.workspaces(signal())).items.length > 0);
			}
		});

		it('reports account information in words', async () => {
			const facts = await session.accountInfo(signal());
			assert.ok(facts.length > 0);
			assert.ok(facts.every(({ label, value }) => label !== '' && typeof value === 'string'));
		});

		it('says what it found about the connection, with a next step for everything that is wrong', async () => {
			assert.ok(saysAll(await session.findings(signal())).some(({ state }) => state === 'good'));
			server.fault('*', '403');
			const denied = saysAll(await session.findings(signal()));
			assert.ok(
				denied.some(({ state }) => state === 'bad'),
				'a refusal is no good sign',
			);
			server.clearFaults();
			await server.close();
			const unreachable = saysAll(await session.findings(signal()));
			assert.ok(unreachable.some(({ state }) => state === 'bad'));
		});

		it('says that credentials are refused instead of failing', async () => {
			const wrong = Object.fromEntries(Object.keys(opened.account.secrets).map((name) => [name, 'wrong']));
			const bad = provider.open(opened.account, { ...opened.io, credentials: memoryCredentials(wrong) });
			const found = saysAll(await bad.findings(signal()));
			assert.ok(found.some(({ state }) => state === 'bad'));
		});

		it('tells no secret and marks whom it names when it looks at the connection', async () => {
			const found = await session.findings(signal());
			const text = JSON.stringify(found);
			for (const secret of [...Object.values(opened.account.secrets), await session.accessToken(signal())]) {
				assert.ok(!text.includes(secret), 'a secret stands in the findings');
			}
			for (const { message, personal = [] } of found) {
				assert.ok(
					personal.every((part) => part !== '' && message.includes(part)),
					`${message} does not name ${personal.join()}`,
				);
			}
		});

		it('stops looking at the connection when the signal is aborted', async () => {
			await assert.rejects(session.findings(AbortSignal.abort()), { name: 'AbortError' });
			server.fault('*', 'slow');
			const leaving = new AbortController();
			const waiting = session.findings(leaving.signal);
			setTimeout(() => leaving.abort(), 20);
			await assert.rejects(waiting, { name: 'AbortError' });
		});

		it('shows its credentials to a trusted program', async () => {
			const token = await session.accessToken(signal());
			assert.ok(token.trim().length > 0);
			assert.equal(await session.accessToken(signal()), token);
			await assert.rejects(session.accessToken(AbortSignal.abort()), { name: 'AbortError' });
		});

		it('tells whether the vendor takes the credentials, and nothing where that is not known', async () => {
			await session.workspaces(signal());
			assert.ok(opened.verdicts.length > 0 && opened.verdicts.every(Boolean));
			const heard = opened.verdicts.length;
			session.forget();
			server.fault('*', 'html');
			await assert.rejects(session.workspaces(signal()));
			await server.close();
			session.forget();
			await assert.rejects(session.workspaces(signal()));
			assert.equal(opened.verdicts.length, heard, 'a page or silence says nothing about credentials');
		});

		it('tells that the vendor refuses the credentials', async () => {
			const wrong = Object.fromEntries(Object.keys(opened.account.secrets).map((name) => [name, 'wrong']));
			const verdicts: boolean[] = [];
			const bad = provider.open(opened.account, {
				...opened.io,
				credentials: memoryCredentials(wrong),
				onVerdict: (accepted) => void verdicts.push(accepted),
			});
			await assert.rejects(bad.workspaces(signal()), SignInNeeded);
			assert.equal(verdicts.at(-1), false);
			assert.ok(!verdicts.includes(true));
		});

		it('logs no secret', async () => {
			await firstCard(session);
			const { secrets } = opened.account;
			for (const secret of Object.values(secrets)) {
				assert.ok(!opened.log.join('\n').includes(secret));
			}
		});

		if (pagedList) {
			it('pages a long list lazily: three pages, nothing twice', async () => {
				const first = await pagedList(session, signal());
				assert.ok(first.next, 'the first page has a next one');
				const before = server.requests.length;
				const second = await first.next(signal());
				assert.equal(server.requests.length, before + 1);
				assert.ok(second.next, 'the second page has a next one');
				const all = await allItems(first, signal());
				const ids = all.map((item) =>
					JSON.stringify((item as { id?: string; value?: string }).id ?? (item as { value?: string }).value),
				);
				assert.equal(new Set(ids).size, ids.length, 'an item came twice');
				assert.ok(all.length > first.items.length + second.items.length);
			});
		}

		if (parts.includes('columnRenaming')) {
			it('renames a column and reads the new name back', async () => {
				const column = await renamableColumn(session);
				const renamed = await session.columnRenaming!.rename(column, 'Überprüft ✓', signal());
				assert.equal(renamed.name, 'Überprüft ✓');
				session.forget();
				const again = await columnsOf(session, column);
				assert.equal(again.find(({ id }) => id === column.id)?.name, 'Überprüft ✓');
			});

			it('sends a rename once only, even when the server fails', async () => {
				const column = await renamableColumn(session);
				server.fault('*', '500');
				const before = server.requests.length;
				await assert.rejects(session.columnRenaming!.rename(column, 'Later', signal()), OutcomeUnknown);
				assert.equal(server.requests.length, before + 1);
			});
		}

		if (parts.includes('archives')) {
			it('lists documents and reads one whole', async () => {
				const document = await firstDocument(session);
				assert.ok(document, 'some archive has a document');
				const content = await session.archives!.read(document, signal());
				const bytes = await collect(content.stream);
				assert.ok(bytes.length > 0);
				assert.equal(bytes.length, content.size ?? bytes.length);
			});
		}

		if (parts.includes('uploading')) {
			it('uploads a file under its exact name and reads the same bytes back', async () => {
				const container = await writableContainer(session);
				const file = fileOf('Übersicht #1 (50%) + näch.txt', 'Zeile eins\nline two\n');
				const prepared = await session.archives!.uploading!.prepare(container, signal());
				await session.archives!.uploading!.upload(prepared, file, signal());
				session.forget();
				const entries = await allItems(await session.archives!.entries(container, signal()), signal());
				const found = entries.find(
					(entry): entry is Document => entry.kind === 'document' && entry.name.includes('Übersicht'),
				);
				assert.ok(found, `not among ${entries.map(({ name }) => name).join()}`);
				assert.ok([found.name, found.fileName].includes(file.name), `${found.name} / ${found.fileName}`);
				const bytes = await collect((await session.archives!.read(found, signal())).stream);
				assert.equal(new TextDecoder().decode(bytes), 'Zeile eins\nline two\n');
			});

			it('does not report a failed upload as done and does not send it twice', async () => {
				const container = await session.archives!.uploading!.prepare(await writableContainer(session), signal());
				server.fault('POST', '500');
				const before = server.requests.length;
				await assert.rejects(
					session.archives!.uploading!.upload(container, fileOf('a.txt', 'a'), signal()),
					ProviderError,
				);
				assert.equal(server.requests.slice(before).filter(({ method }) => method === 'POST').length, 1);
			});
		}

		if (parts.includes('workspaceCreation')) {
			it('describes the creation of a workspace with a required name', () => {
				const { fields } = session.workspaceCreation!.form();
				assert.ok(fields.some(({ required }) => required));
			});
		}

		if (parts.includes('boardCreation')) {
			it('describes the creation of a board with a required name', async () => {
				const [workspace] = await allWorkspaces(session);
				const { fields } = session.boardCreation!.form(workspace!);
				assert.ok(fields.some(({ required }) => required));
			});
		}

		it('ends a limit that lasts with TooManyRequests or waits, but never fails silently', async () => {
			server.fault('*', '429');
			await assert.rejects(session.workspaces(signal()), TooManyRequests);
		});
	});
	lockConformance(provider, vendor);
	if (parts.includes('archives')) {
		documentConformance(provider, { vendor, parts });
	}
	if (parts.includes('cards')) {
		cardConformance(provider, { vendor, parts });
		cardFaultConformance(provider, { vendor, parts });
	}
}

/** The same findings, each of them something that can be read and acted on. */
export function saysAll(findings: readonly Finding[]): readonly Finding[] {
	for (const { about, message, state, next } of findings) {
		assert.ok(about.trim() && message.endsWith('.'), `${about}: ${message}`);
		assert.ok(!['warning', 'bad'].includes(state) || next?.endsWith('.'), `${about}: ${message} And then?`);
	}
	return findings;
}

export function partsOf(session: Session): string[] {
	const names = ['boards', 'columnRenaming', 'archives', 'workspaceCreation', 'boardCreation', 'search'] as const;
	const found: string[] = names.filter((name) => session[name] !== undefined);
	return [...found, ...documentPartsOf(session), ...cardPartsOf(session)].sort();
}

async function severalColumns(session: Session): Promise<readonly Column[]> {
	for await (const { board } of allBoards(session)) {
		const columns = await session.boards!.columns(board, signal());
		if (columns.length > 1) {
			return columns;
		}
	}
	throw new Error('no board has two columns');
}

export async function firstCard(session: Session) {
	for await (const { workspace, board } of allBoards(session)) {
		for (const column of await session.boards!.columns(board, signal())) {
			const [card] = (await session.boards!.cards(column, signal())).items;
			if (card) {
				return { workspace, board, column, card };
			}
		}
	}
	throw new Error('no card anywhere');
}

async function findEmptyBoard(session: Session): Promise<Board | undefined> {
	for await (const { board } of allBoards(session)) {
		const columns = await session.boards!.columns(board, signal());
		const pages = await Promise.all(columns.map((column) => session.boards!.cards(column, signal())));
		if (pages.every(({ items }) => items.length === 0)) {
			return board;
		}
	}
	return undefined;
}

async function columnsOf(session: Session, column: Column): Promise<readonly Column[]> {
	for await (const { board } of allBoards(session)) {
		if (board.id === column.boardId) {
			return session.boards!.columns(board, signal());
		}
	}
	throw new Error('the board is gone');
}

export async function renamableColumn(session: Session): Promise<Column> {
	for await (const { board } of allBoards(session)) {
		const column = (await session.boards!.columns(board, signal())).find(({ renamable }) => renamable);
		if (column) {
			return column;
		}
	}
	throw new Error('no column can be renamed');
}
