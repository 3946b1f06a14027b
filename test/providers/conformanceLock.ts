import assert from 'node:assert/strict';
import { NotAllowed, OutcomeUnknown } from '../../src/core/errors.ts';
import type { Field, Values } from '../../src/core/form.ts';
import type { Document } from '../../src/core/model.ts';
import type { Provider, Session } from '../../src/core/provider.ts';
import type { SentEntry } from '../../src/core/sentLog.ts';
import { Sessions } from '../../src/core/sessions.ts';
import { send } from '../../src/files/upload.ts';
import { memoryAccounts } from '../support/fakeProvider.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { collectingLog, signal, signInPractice } from '../support/session.ts';
import { cardWriteParts, filled, has, prepareWrite } from './cardWrites.ts';
import { allArchives, allBoards, allWorkspaces, fileOf, placed, writableContainer } from './conformanceWalks.ts';

type Writes = readonly (readonly [name: string, run: () => Promise<unknown>])[];

/** Nothing gets out of a locked account that could change something, not even through a part that was taken out before. */
export function lockConformance(provider: Provider, vendor: string): void {
	describe(`${provider.label} in a locked account`, function () {
		this.timeout(30_000);
		let server: TestVendor;

		beforeEach(async () => {
			server = await startVendor(vendor);
		});
		afterEach(() => server.close());

		async function open() {
			const sent: SentEntry[] = [];
			const { accounts, secrets } = memoryAccounts();
			const sessions = new Sessions({
				accounts,
				providers: [provider],
				io: () => ({ fetch: globalThis.fetch, send, log: collectingLog([]), setting: () => undefined }),
				practice: async () => assert.fail('it is no practice account'),
				onSent: (entry) => void sent.push(entry),
			});
			const signedIn = await signInPractice(provider, server.address);
			const account = await accounts.add(provider.id, signedIn);
			return { accounts, sessions, account, sent, secrets, signedIn, session: await sessions.ready(account, signal()) };
		}

		it('sends nothing that writes, whatever part is asked, and goes on reading', async () => {
			const { accounts, sessions, account, sent, session } = await open();
			const writes = await everyWrite(session);
			assert.ok(writes.length >= 2, 'every vendor writes something');
			await accounts.lock(account.id, true);
			sent.length = 0;
			const before = held(server);
			for (const [name, write] of writes) {
				await assert.rejects(write(), (error) => {
					assert.ok(error instanceof NotAllowed, `${name}: ${String(error)}`);
					assert.match(error.message, new RegExp(`^${account.name} is locked`), name);
					return true;
				});
			}
			assert.deepEqual(sent, []);
			assert.equal(held(server), before);
			session.forget();
			assert.ok((await allWorkspaces(session)).length > 0);
			const locked = await sessions.ready(account, signal());
			assert.equal(locked, sessions.peek(account));
			assert.deepEqual(await everyWrite(locked), []);
			assert.ok((await allWorkspaces(locked)).length > 0);
		});

		it('writes again once it is unlocked', async () => {
			const { accounts, sessions, account } = await open();
			await accounts.lock(account.id, true);
			await accounts.lock(account.id, false);
			const [write] = await everyWrite(await sessions.ready(account, signal()));
			await write?.[1]();
		});

		it('logs every change that was sent and no secret with it', async () => {
			const { sent, session, signedIn } = await open();
			for (const [name, write] of await everyWrite(session)) {
				sent.length = 0;
				// Two of them may want the same thing; that the first has it is no matter here.
				await write().catch((error: unknown) =>
					assert.ok(!(error instanceof OutcomeUnknown), `${name}: ${String(error)}`),
				);
				assert.ok(sent.length > 0, `${name} is not in the log`);
				const text = JSON.stringify(sent);
				for (const secret of [...Object.values(signedIn.secrets), await session.accessToken(signal())]) {
					assert.ok(secret.length < 6 || !text.includes(secret), `${name}: a secret stands in the log`);
				}
			}
		});
	});
}

/** All that the vendor holds; each thing once, because things know each other. */
function held({ state }: TestVendor): string {
	const { tokens: _, ...rest } = state;
	const known = new Set<unknown>();
	return JSON.stringify(rest, (_name, value: unknown) => {
		if (typeof value !== 'object' || value === null) {
			return value;
		}
		if (known.has(value)) {
			return 'known';
		}
		known.add(value);
		return value instanceof Map || value instanceof Set ? [...value] : value;
	});
}

/** Each write that the session has, with what it needs at hand. */
async function everyWrite(session: Session): Promise<Writes> {
	// Restoring comes first and removing last: each takes a card away that the others must not miss.
	const rank = (part: string) => (part === 'cardRestoring' ? 0 : part === 'cardRemoval' ? 2 : 1);
	const parts = cardWriteParts.filter((part) => has(session, part)).toSorted((a, b) => rank(a) - rank(b));
	const ofCards: [string, () => Promise<unknown>][] = [];
	for (const part of parts) {
		ofCards.push([part, (await prepareWrite(session, part)).run]);
	}
	return [...(await placeWrites(session)), ...(await documentWrites(session)), ...ofCards];
}

async function placeWrites(session: Session): Promise<Writes> {
	const { workspaceCreation, boardCreation, columnRenaming } = session;
	const writes: [string, () => Promise<unknown>][] = [];
	if (workspaceCreation) {
		const form = workspaceCreation.form();
		const values = await allFilled(form.fields, 'Neuer Ort');
		writes.push(['workspaceCreation', () => form.submit(values, signal())]);
	}
	if (boardCreation) {
		const [workspace] = await allWorkspaces(session);
		const form = boardCreation.form(workspace!);
		const values = await allFilled(form.fields, 'Neue Tafel');
		writes.push(['boardCreation', () => form.submit(values, signal())]);
	}
	if (columnRenaming) {
		const column = await renamable(session);
		writes.push(['columnRenaming', () => columnRenaming.rename(column, 'Überprüft', signal())]);
	}
	return writes;
}

/** With a choice wherever there is one: some are needed only beside others. */
async function allFilled(fields: readonly Field[], name: string): Promise<Values> {
	const chosen = fields.map((field) => (field.kind === 'choice' ? { ...field, required: true } : field));
	return filled(chosen, name);
}

async function renamable(session: Session) {
	for await (const { board } of allBoards(session)) {
		const column = (await session.boards!.columns(board, signal())).find((one) => one.renamable);
		if (column) {
			return column;
		}
	}
	throw new Error('no column can be renamed');
}

async function documentWrites({ archives, ...rest }: Session): Promise<Writes> {
	const { uploading, saving, folderCreation, removal, documentRenaming } = archives ?? {};
	if (!archives || !(uploading ?? saving ?? folderCreation ?? removal ?? documentRenaming)) {
		return [];
	}
	const session = { ...rest, archives };
	const container = await writableContainer(session);
	const { document, place } = await changeable(session);
	const file = fileOf(document.fileName, '# Zweite Fassung\n');
	const writes: readonly (readonly [string, (() => Promise<unknown>) | undefined])[] = [
		['uploading', uploading && (() => uploading.upload(container, fileOf('a.txt', 'a'), signal()))],
		['folderCreation', folderCreation && (() => folderCreation.create(container, 'Neu', signal()))],
		['saving', saving && (() => saving.save(document, place, file, signal()))],
		['documentRenaming', documentRenaming && (() => documentRenaming.rename(document, 'Anders.md', signal()))],
		['removal', removal && (() => removal.remove(document, signal()))],
	];
	return writes.flatMap(([name, run]) => (run ? [[name, run] as const] : []));
}

/** A document that everything can be done with. */
async function changeable(session: Session) {
	const { saving, removal, documentRenaming } = session.archives!;
	const fits = (document: Document) =>
		document.notDownloadable === undefined &&
		(!saving || document.readOnly === undefined) &&
		removal?.whyNot?.(document) === undefined &&
		documentRenaming?.whyNot?.(document) === undefined;
	for await (const archive of allArchives(session)) {
		for await (const { entry, container } of placed(session, archive)) {
			if (entry.kind === 'document' && fits(entry)) {
				return { document: entry, place: container };
			}
		}
	}
	throw new Error('no document can be changed');
}
