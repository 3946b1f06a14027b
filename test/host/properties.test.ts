import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { editAsJson } from '../../src/commands/editText.ts';
import type { Account } from '../../src/core/accounts.ts';
import { NotFound, OutcomeUnknown, Unreachable } from '../../src/core/errors.ts';
import type { Board, Choice } from '../../src/core/model.ts';
import type { Session } from '../../src/core/provider.ts';
import type { TextProperty } from '../../src/core/textProperty.ts';
import type { Inside } from '../../src/extension.ts';
import { propertyUri } from '../../src/files/propertyUri.ts';
import type { BoardNode } from '../../src/views/nodes/board.ts';
import { answering, bytesOf, closeEditors, fs, inTrouble, read, signal, type } from './documents/support.ts';
import { findNode, kindOf, practiceAccounts, rootOf, scripted, until } from './support.ts';

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

interface WithTexts extends Inside {
	readonly texts: vscode.FileSystemProvider & { readonly status: { readonly reason: string | undefined } };
}

const failures = {
	unreachable: () => new Unreachable('The vendor does not answer.'),
	lost: () => new OutcomeUnknown('Nobody knows.'),
	gone: () => new NotFound('There is no such board any more.'),
};

/** A text at a vendor of a few lines. It keeps JSON and lays it out its own way. */
class FakeText implements TextProperty<Board> {
	readonly id: string;
	readonly title: string;
	readonly fileName: string;
	value: unknown = {};
	saves = 0;
	fate: 'well' | 'unreachable' | 'lost' | 'gone' = 'well';
	/** What others put there, one thing each time it is read. */
	readonly meanwhile: unknown[] = [];
	readonly asked: (readonly (string | number)[])[] = [];

	constructor(id: string) {
		this.id = id;
		this.title = `Text of ${id}`;
		this.fileName = `${id}.json`;
	}

	read = async (): Promise<string> => {
		this.#fail('unreachable');
		this.#fail('gone');
		this.value = this.meanwhile.shift() ?? this.value;
		return this.text;
	};
	check = (text: string): string | undefined => {
		try {
			JSON.parse(text);
			return undefined;
		} catch {
			return 'This is no JSON.';
		}
	};
	save = async (_board: Board, text: string): Promise<void> => {
		this.#fail('unreachable');
		this.saves += 1;
		this.value = JSON.parse(text);
		this.#fail('lost');
	};
	completions = async (
		_board: Board,
		path: readonly (string | number)[],
		part: 'key' | 'value',
	): Promise<readonly Choice[]> => {
		this.asked.push(path);
		const values = part === 'key' ? ['url', 'kkscode'] : ['https://', 'true'];
		return values.map((value) => ({ value, label: value, detail: 'From the template' }));
	};

	get text(): string {
		return `${JSON.stringify(this.value, undefined, 2)}\n`;
	}

	#fail(fate: keyof typeof failures): void {
		if (this.fate === fate) {
			throw failures[fate]();
		}
	}
}

const extraPoint = { url: { url: 'https://example.net' } };

describe('coredata: a text of a board, edited as a document', function () {
	this.timeout(60_000);
	let own: WithTexts;
	let account: Account;
	let node: BoardNode;
	let session: Mutable<Session>;
	let real: Session['boardTexts'];

	before(async () => {
		own = (await practiceAccounts()) as WithTexts;
		await until('the tree', () => own.services.tree.roots.length === 5);
		node = (await findNode(own, rootOf(own, 'coredata'), (one) => kindOf(one) === 'board')) as BoardNode;
		({ account } = node);
		session = await own.services.sessions.ready(account, signal);
		real = session.boardTexts;
	});
	afterEach(async () => {
		session.boardTexts = real;
		await closeEditors();
	});

	const edit = (from: BoardNode | undefined = node) => editAsJson(own.services, from, [from]);

	/** What a person who edits it has before them. */
	async function opened(): Promise<vscode.TextDocument> {
		await edit();
		const editor = await until('an editor of the text', () => {
			const { document } = vscode.window.activeTextEditor ?? {};
			return document?.uri.scheme === 'boardwalk-property' && document.uri.query.includes(node.board.id) && document;
		});
		return editor;
	}

	describe('of a vendor of a few lines', () => {
		let text: FakeText;
		let document: vscode.TextDocument;
		let made = 0;

		beforeEach(async () => {
			// Another one each time, so that no editor remembers the one before.
			text = new FakeText(`aspects${(made += 1)}`);
			text.value = { a: 1 };
			session.boardTexts = [text];
			document = await opened();
		});

		it('says the board and the text in its title, and is JSON', () => {
			assert.equal(document.languageId, 'json');
			assert.ok(document.fileName.endsWith(`${node.board.name}.${text.fileName}`), document.fileName);
			assert.equal(document.getText(), text.text);
		});

		it('has the editor’s own errors', async () => {
			await type(document, '{ "a": }');
			await until('an error', () => vscode.languages.getDiagnostics(document.uri).length > 0);
		});

		async function completionsAt(marked: string): Promise<readonly vscode.CompletionItem[]> {
			const offset = marked.indexOf('|');
			await type(document, marked.replace('|', ''));
			const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
				'vscode.executeCompletionItemProvider',
				document.uri,
				document.positionAt(offset),
			);
			return items.filter(({ detail }) => detail?.includes('From the template'));
		}

		it('completes keys, but for those that are there', async () => {
			const items = await completionsAt('{ "url": 1, "| }');
			assert.deepEqual(
				items.map(({ label, insertText }) => [label, insertText]),
				[['kkscode', '"kkscode": ']],
			);
			assert.deepEqual(text.asked, [[]]);
		});

		it('completes values where the cursor is', async () => {
			const items = await completionsAt('{ "kks": { "code": ["A", |] } }');
			assert.deepEqual(items.map(({ insertText }) => insertText).sort(), ['"https://"', 'true']);
			assert.deepEqual(text.asked, [['kks', 'code', 1]]);
		});

		it('arrives again and again without a question, and the editor takes the vendor’s layout', async () => {
			for (const value of [{ a: 2 }, { b: [1, { c: null }] }, {}]) {
				await type(document, JSON.stringify(value));
				assert.deepEqual(await answering([], async () => assert.ok(await document.save())), []);
				assert.deepEqual(text.value, value);
				await until('the vendor’s layout', () => document.getText() === text.text && !document.isDirty);
			}
			assert.equal(text.saves, 3);
		});

		it('is not sent where it is wrong, and the editor keeps it', async () => {
			await type(document, '{ "a": ');
			assert.equal(await document.save(), false);
			assert.ok(document.isDirty);
			assert.equal(text.saves, 0);
			await assert.rejects(Promise.resolve(fs.writeFile(document.uri, bytesOf('{'))), /This is no JSON\./);
		});

		it('is not sent where only its layout is another', async () => {
			await type(document, '{"a":1}');
			assert.ok(await document.save());
			assert.equal(text.saves, 0);
		});

		it('stops over what somebody else changed, and stays in the editor where nothing is chosen', async () => {
			text.value = { theirs: 1 };
			await type(document, '{ "mine": 1 }');
			const asked = await answering([undefined], async () => assert.equal(await document.save(), false));
			assert.match(asked.join(), /was changed at the server since you opened it.*is lost.*Compare \| Overwrite/s);
			assert.ok(document.isDirty);
			assert.deepEqual([document.getText(), text.value, text.saves], ['{ "mine": 1 }', { theirs: 1 }, 0]);
		});

		it('is shown beside what somebody else changed, and overwrites it where that is chosen', async () => {
			text.value = { theirs: 1 };
			await type(document, '{ "mine": 1 }');
			await answering(['Compare', 'Overwrite'], async () => assert.ok(await document.save()));
			assert.deepEqual(text.value, { mine: 1 });
			const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
			const diff = inputs.find((input) => input instanceof vscode.TabInputTextDiff);
			assert.equal(diff?.modified.toString(), document.uri.toString());
			assert.ok(diff);
			await assert.rejects(
				Promise.resolve(fs.writeFile(diff.original, bytesOf('{}'))),
				/only for looking at|read-?only/i,
			);
			await until('the end of saving', () => !document.isDirty);
			await type(document, '{ "mine": 2 }');
			assert.deepEqual(await answering([], async () => assert.ok(await document.save())), []);
		});

		it('asks again where it was changed once more before it is overwritten', async () => {
			text.meanwhile.push({ theirs: 1 }, { theirs: 2 });
			await type(document, '{ "mine": 1 }');
			const asked = await answering(['Overwrite', undefined], async () => assert.equal(await document.save(), false));
			assert.equal(asked.length, 2);
			assert.deepEqual([text.value, text.saves], [{ theirs: 2 }, 0]);
		});

		it('begins with the vendor’s text once the editor gave its changes up', async () => {
			text.value = { theirs: 1 };
			await type(document, '{ "mine": 1 }');
			await answering([undefined], async () => assert.equal(await document.save(), false));
			await vscode.commands.executeCommand('workbench.action.files.revert');
			await until('the vendor’s text', () => document.getText() === text.text && !document.isDirty);
			await type(document, '{ "mine": 2 }');
			assert.deepEqual(await answering([], async () => assert.ok(await document.save())), []);
		});

		it('stays in the editor where its board is gone, and says so', async () => {
			await type(document, '{ "mine": 1 }');
			text.fate = 'gone';
			assert.equal(await document.save(), false);
			assert.ok(document.isDirty);
			await assert.rejects(Promise.resolve(fs.writeFile(document.uri, bytesOf('{}'))), /no such board any more/);
		});

		it('takes what is at the vendor by now where it is opened again without changes', async () => {
			text.value = { theirs: 2 };
			// What was read a moment ago counts as that of now.
			await until('the vendor’s text', async () => {
				await edit();
				return document.getText() === text.text;
			});
		});

		it('stays in the editor while the vendor does not answer, and arrives later', async () => {
			await type(document, '{ "a": 2 }');
			text.fate = 'unreachable';
			assert.equal(await document.save(), false);
			await assert.rejects(Promise.resolve(fs.writeFile(document.uri, bytesOf('{}'))), /The vendor does not answer\./);
			assert.ok(document.isDirty);
			text.fate = 'well';
			assert.deepEqual(await answering([], async () => assert.ok(await document.save())), []);
			assert.deepEqual(text.value, { a: 2 });
		});

		it('is saved without a question or a second write after an answer that was lost', async () => {
			await type(document, '{ "a": 2 }');
			text.fate = 'lost';
			assert.equal(await document.save(), false);
			assert.ok(document.isDirty);
			text.fate = 'well';
			assert.deepEqual(await answering([], async () => assert.ok(await document.save())), []);
			assert.equal(text.saves, 1);
		});

		it('says that the account is locked, sends nothing, and can be saved once it is not', async () => {
			await type(document, '{ "a": 2 }');
			await own.services.accounts.lock(account.id, true);
			try {
				assert.equal(await document.save(), false);
				assert.ok(document.isDirty);
				await assert.rejects(Promise.resolve(fs.writeFile(document.uri, bytesOf('{}'))), /is locked against changes/);
				await assert.rejects(edit(), /is locked against changes/);
				assert.equal(text.saves, 0);
			} finally {
				await own.services.accounts.lock(account.id, false);
			}
			assert.ok(await document.save());
			assert.deepEqual(text.value, { a: 2 });
		});

		it('is read-only in an editor without changes while the account is locked', async () => {
			await own.services.accounts.lock(account.id, true);
			try {
				const { permissions } = await fs.stat(document.uri);
				assert.equal(permissions, vscode.FilePermission.Readonly);
				assert.match(own.texts.status.reason ?? '', /is locked against changes/);
			} finally {
				await own.services.accounts.lock(account.id, false);
			}
			assert.equal((await fs.stat(document.uri)).permissions ?? 0, 0);
			assert.equal(own.texts.status.reason, undefined);
		});

		it('knows after a reload of the window what an editor began with', async () => {
			const before = await fs.stat(document.uri);
			await type(document, '{ "a": 2 }');
			text.value = { theirs: 1 };
			const Again = own.texts.constructor as new (
				services: Inside['services'],
			) => vscode.FileSystemProvider & {
				dispose(): void;
			};
			const again = new Again(own.services);
			try {
				const { mtime, size } = await again.stat(document.uri);
				assert.deepEqual({ mtime, size }, { mtime: before.mtime, size: before.size });
				const asked = await answering([undefined], () =>
					assert.rejects(
						Promise.resolve(again.writeFile(document.uri, bytesOf('{ "a": 2 }'), { create: false, overwrite: true })),
					),
				);
				assert.match(asked.join(), /was changed at the server since you opened it/);
			} finally {
				again.dispose();
			}
		});

		it('is asked for where there are several, from the palette down to the board', async () => {
			session.boardTexts = [text, new FakeText('other')];
			const workspace = node.workspace.name;
			const steps = [{ pick: workspace }, { pick: node.board.name }, { pick: 'Text of other' }];
			await scripted(steps, () => editAsJson(own.services, undefined, []));
			await until('the other text', () => vscode.window.activeTextEditor?.document.fileName.endsWith('.other.json'));
		});

		it('is one editor, whatever the board is called by now', async () => {
			const renamed = { ...node, live: { board: { ...node.board, name: 'Another name' }, account } };
			await edit(renamed as unknown as BoardNode);
			assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), document.uri.toString());
		});
	});

	it('is not there under addresses that are none', async () => {
		const uri = propertyUri(account.id, node.board, { id: 'nothing', fileName: 'nothing.json' });
		await assert.rejects(read(uri), /can’t be done/);
		for (const wrong of [uri.with({ query: '' }), uri.with({ query: '[1]' }), uri.with({ authority: 'nobody' })]) {
			await assert.rejects(read(wrong), { code: 'FileNotFound' });
		}
	});

	describe('as the sandbox has it', () => {
		const aspects = async () => JSON.parse((await real?.[0]?.read(node.board, signal)) ?? '') as unknown;

		it('arrives at the vendor, and stays in the editor while it can’t', async () => {
			const document = await opened();
			assert.deepEqual(JSON.parse(document.getText()), await aspects());
			await type(document, JSON.stringify(extraPoint));
			await inTrouble(account, 'drop', async () => assert.equal(await document.save(), false));
			assert.ok(document.isDirty);
			assert.deepEqual(await answering([], async () => assert.ok(await document.save())), []);
			assert.deepEqual(await aspects(), extraPoint);
		});
	});
});
