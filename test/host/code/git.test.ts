import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { createBranchFromCard } from '../../../src/commands/cardBranch.ts';
import { createCardFromSelection, createCardFromTodo } from '../../../src/commands/cardFromCode.ts';
import { putCardIntoCommitMessage } from '../../../src/commands/commitMessage.ts';
import type { Services } from '../../../src/commands/services.ts';
import { Changes } from '../../../src/core/changes.ts';
import type { Values } from '../../../src/core/form.ts';
import type { KnownCards } from '../../../src/core/knownCards.ts';
import type { Session } from '../../../src/core/provider.ts';
import { registerCardLinks } from '../../../src/views/cardLinks.ts';
import { fakeProvider, fakeTree } from '../../support/fakeProvider.ts';
import { type Step, until } from '../support.ts';
import { board, type Checkout, card, checkout, command, gitApi, instead, knownCards, workspace } from './support.ts';

describe('where work meets code: git', () => {
	let known: KnownCards;
	let first: Checkout;
	const made: Checkout[] = [];
	const one = () => known.find('#990012');

	before(async () => {
		known = knownCards();
		first = await checkout('sail');
		made.push(first);
	});
	after(async () => {
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		await Promise.all(made.map(({ folder }) => rm(dirname(folder), { recursive: true, force: true })));
	});

	const branch = (...steps: Step[]) => command(createBranchFromCard, steps, one(), { known });
	const message = (steps: readonly Step[], args: readonly unknown[] = one()) =>
		command(putCardIntoCommitMessage, steps, args, { known });

	it('says in words that there is no repository', async () => {
		assert.deepEqual((await gitApi()).repositories.length, 0);
		await assert.rejects(branch(), /No folder of this window is in a Git repository/);
	});

	it('says in words that there is no Git', async () => {
		await instead(vscode.extensions, { getExtension: () => undefined }, () =>
			assert.rejects(branch(), /This window has no Git/),
		);
		const getExtension = () => ({ activate: async () => ({ enabled: false }) });
		await instead(vscode.extensions, { getExtension }, () => assert.rejects(branch(), /switched off/));
	});

	it('makes a branch and checks it out, with changes that are not committed as they are', async () => {
		await first.write('new.txt', 'new');
		await first.seen('its branch', ({ state }) => state.HEAD?.name === 'main');
		const { said } = await branch({ type: '99008123-fix-the-mainsail' });
		assert.equal(await first.git('branch', '--show-current'), '99008123-fix-the-mainsail');
		assert.equal(await first.git('status', '--porcelain'), '?? new.txt');
		assert.match(said.join(' '), /Branch 99008123-fix-the-mainsail was created in .*sail and checked out/);
	});

	it('offers a name for the card and says what git would refuse beside the typing', async () => {
		await first.seen('its branch', ({ state }) => state.HEAD?.name === '99008123-fix-the-mainsail');
		let offered: { value: string; prompt?: string } | undefined;
		const { said } = await command(
			async (services, node, rest) => {
				const box = vscode.window.createInputBox;
				const createInput = () => {
					const input = box();
					queueMicrotask(() => {
						offered = { value: input.value, prompt: input.prompt };
					});
					return input;
				};
				await instead(vscode.window, { createInputBox: createInput }, () => createBranchFromCard(services, node, rest));
			},
			[{ type: 'a b' }, { type: 'main' }, { type: '-x' }, { type: 'second' }],
			one(),
			{ known },
		);
		assert.equal(offered?.value, '99008123-fix-the-mainsail-b-now-b');
		assert.match(offered?.prompt ?? '', /It begins at 99008123-fix-the-mainsail in .*sail/);
		assert.match(said.join(' | '), /can’t hold spaces.*There is a branch main already.*can’t begin with -/);
		assert.equal(await first.git('branch', '--show-current'), 'second');
	});

	it('puts the card into the commit message once and keeps what is typed', async () => {
		const repository = await first.seen('its branch', ({ state }) => state.HEAD?.name === 'second');
		repository.inputBox.value = 'Sew the seam';
		await message([]);
		assert.equal(repository.inputBox.value, '#990012 Sew the seam');
		const { said } = await message([]);
		assert.equal(repository.inputBox.value, '#990012 Sew the seam');
		assert.match(said.join(' '), /names .* already/);
		repository.inputBox.value = '';
		await message([]);
		assert.equal(repository.inputBox.value, `#990012 ${card.title}`);
	});

	it('makes a link of the card in the commit message', async () => {
		const links = registerCardLinks(known);
		try {
			await vscode.commands.executeCommand('workbench.view.scm');
			const { uri } = await until('the message as a text', () =>
				vscode.workspace.textDocuments.find(
					(text) => text.languageId === 'scminput' && text.getText().startsWith('#990012'),
				),
			);
			const found = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', uri, 10);
			assert.deepEqual(
				found.map(({ target }) => target?.path),
				['boardwalk.openCardById'],
			);
		} finally {
			links.dispose();
		}
	});

	it('asks which of several repositories, with that of the active editor on top, and takes none by itself', async () => {
		const second = await checkout('hull');
		made.push(second);
		const other = await second.seen('its branch', ({ state }) => state.HEAD?.name === 'main');
		await vscode.window.showTextDocument(vscode.Uri.file(`${second.folder}/sail.ts`));
		const { offered } = await message([{ pick: 'hull' }]);
		assert.deepEqual(offered, ['$(repo) hull', '$(repo) sail']);
		assert.equal(other.inputBox.value, `#990012 ${card.title}`);
		await branch({ leave: true });
		assert.equal(await second.git('branch', '--list', '99*'), '');
		assert.equal(await second.git('branch', '--show-current'), 'main');
	});

	it('asks nothing where the command comes from the title of one repository', async () => {
		const repository = await first.seen('its branch', ({ state }) => state.HEAD?.name === 'second');
		repository.inputBox.value = 'Reef';
		await message([{ pick: 'Fix the *mainsail*' }], [{ rootUri: first.root }]);
		assert.equal(repository.inputBox.value, '#990012 Reef');
	});

	describe('a card from code', () => {
		let sent: Values | undefined;

		/** A vendor with one board, whose form is as it is told. */
		async function vendor(html: boolean, withDescription = true): Promise<Partial<Services>> {
			const description = { kind: 'text', id: 'description', label: 'Description', multiline: true, html } as const;
			const session: Partial<Session> = {
				workspaces: async () => ({ items: [workspace] }),
				boards: {
					list: async () => ({ items: [board] }),
					columns: async () => [{ id: 'c', boardId: 'b', workspaceId: 'w', name: 'To do' }],
					cards: async () => ({ items: [] }),
				},
				cards: {
					look: async () => ({ card, values: {} }),
					creation: {
						form: () => ({
							title: 'New note',
							submitLabel: 'Create',
							fields: [
								{ kind: 'text', id: 'title', label: 'Title', required: true },
								...(withDescription ? [description] : []),
							],
							submit: async (values) => {
								sent = values;
								return card;
							},
						}),
					},
				},
			};
			const { context } = await fakeTree(fakeProvider(session));
			const { accounts, sessions, boards } = context;
			const pages = { extension: vscode.Uri.file('/') } as Services['pages'];
			return { accounts, sessions, boards, pages, changes: new Changes() };
		}

		const path: readonly Step[] = [{ pick: 'Ferry' }, { pick: 'Rigging' }, { pick: 'To do' }, { pick: 'Create' }];
		async function select(
			uri: vscode.Uri,
			...[line, from, toLine, to]: [number, number, number, number]
		): Promise<void> {
			const editor = await vscode.window.showTextDocument(uri);
			editor.selection = new vscode.Selection(line, from, toLine, to);
		}
		const fromSelection = async (html = false, withDescription = true) =>
			command(createCardFromSelection, html ? [...path.slice(0, -1), { form: {} }] : path, [], {
				known,
				...(await vendor(html, withDescription)),
			});

		it('has the first line for its title and the rest for its description, with where it is', async () => {
			await select(vscode.Uri.file(`${first.folder}/sail.ts`), 1, 0, 3, 0);
			await fromSelection();
			assert.deepEqual(sent, { title: 'fix the mainsail', description: 'reef();\n\nsail.ts:2' });
		});

		it('has an address that stays, without what the remote has of credentials, and what is not so yet in words', async () => {
			await first.git('remote', 'add', 'origin', 'https://ada:s3cr3t@github.com/acme/sail.git');
			await first.seen('the remote', ({ state }) => state.remotes.length === 1);
			const commit = await first.git('rev-parse', 'HEAD');
			await command(createCardFromTodo, path, [vscode.Uri.file(`${first.folder}/sail.ts`), 1], {
				known,
				...(await vendor(false)),
			});
			assert.deepEqual(sent, {
				title: 'fix the mainsail',
				description: `https://github.com/acme/sail/blob/${commit}/sail.ts#L2\nThe commit of this address is not pushed yet.`,
			});
		});

		it('says nothing of a commit that is pushed, and says it of a file with changes', async () => {
			const commit = await first.git('rev-parse', 'HEAD');
			await first.git('update-ref', 'refs/remotes/origin/main', commit);
			await select(vscode.Uri.file(`${first.folder}/sail.ts`), 1, 0, 1, 30);
			await fromSelection();
			const address = `https://github.com/acme/sail/blob/${commit}/sail.ts#L2`;
			assert.deepEqual(sent, { title: 'fix the mainsail', description: address });
			await first.write('sail.ts', 'const sail = 2;\n\t// TODO: fix the mainsail\nreef();\n');
			await first.seen('the change', ({ state }) => state.workingTreeChanges.length > 1);
			await fromSelection(true);
			assert.deepEqual(sent, {
				title: 'fix the mainsail',
				description: `<p><a href="${address}">${address}</a><br>The file has changes that are not committed, so its lines may be others.</p>`,
			});
		});

		it('has the path alone of a file that no commit has', async () => {
			await select(vscode.Uri.file(`${first.folder}/new.txt`), 0, 0, 0, 3);
			await fromSelection();
			assert.deepEqual(sent, { title: 'new', description: 'new.txt:1' });
		});

		it('says that the vendor takes no description', async () => {
			const { said } = await fromSelection(false, false);
			assert.deepEqual(sent, { title: 'new' });
			assert.match(said.join(' '), /It has no description: Fakeboard takes none here/);
		});

		it('needs a selection, or a TODO', async () => {
			await select(vscode.Uri.file(`${first.folder}/new.txt`), 0, 1, 0, 1);
			await assert.rejects(command(createCardFromSelection, [], [], { known }), /Select the text/);
			await assert.rejects(command(createCardFromTodo, [], [], { known }), /no TODO or FIXME on this line/);
			await vscode.commands.executeCommand('workbench.action.closeAllEditors');
			await assert.rejects(command(createCardFromTodo, [], [], { known }), /Open a file/);
		});
	});
});
