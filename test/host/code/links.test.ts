import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { KnownCards } from '../../../src/core/knownCards.ts';
import { registerCardLinks } from '../../../src/views/cardLinks.ts';
import { inside, until } from '../support.ts';
import { board, card, cardsOpened, instead, knownCards, command as run, workspace } from './support.ts';

const text = `see #990012 and #990013\nat ${card.webUrl}.\n// TODO: reef\n`;

describe('where work meets code: links', () => {
	const disposables: vscode.Disposable[] = [];
	let known: KnownCards;
	let terminal: vscode.TerminalLinkProvider;

	before(async () => {
		// The extension itself offers the quick fix.
		await inside();
		known = knownCards();
		const registerTerminalLinkProvider = (provider: vscode.TerminalLinkProvider) => {
			terminal = provider;
			return { dispose: () => undefined };
		};
		await instead(vscode.window, { registerTerminalLinkProvider }, () => disposables.push(registerCardLinks(known)));
	});
	after(() => disposables.forEach((one) => one.dispose()));

	const linksIn = async (uri: vscode.Uri) => {
		const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', uri, 100);
		return links.filter(({ target }) => target?.path === 'boardwalk.openCardById');
	};
	const opened = async (content: string) => vscode.workspace.openTextDocument({ content, language: 'typescript' });

	it('are made of the ids and addresses of known cards, and of no other', async () => {
		const document = await opened(text);
		const links = await linksIn(document.uri);
		assert.deepEqual(links.map(({ range }) => document.getText(range)).sort(), ['#990012', card.webUrl].sort());
	});

	it('come by themselves to a text that is open when a board is opened', async () => {
		const document = await opened('#990044');
		assert.deepEqual(await linksIn(document.uri), []);
		known.note({ id: 'a' }, workspace, { ...board, id: 'b2' }, [{ ...card, key: '990044' }]);
		await until('the link', async () => (await linksIn(document.uri)).length === 1);
		known.note({ id: 'a' }, workspace, { ...board, id: 'b2' }, []);
		await until('no link', async () => (await linksIn(document.uri)).length === 0);
	});

	it('run a command that gets the text as it is, percent signs and all', async () => {
		const [address] = (await linksIn((await opened(card.webUrl ?? '')).uri)).map(({ target }) => target);
		assert.ok(address);
		assert.deepEqual(JSON.parse(decodeURIComponent(address.query)), [card.webUrl]);
	});

	it('say title, board and state to whoever points at one, as plain text', async () => {
		const document = await opened(text);
		const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
			'vscode.executeHoverProvider',
			document.uri,
			new vscode.Position(0, 6),
		);
		const said = hovers
			.flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value))
			.join('\n');
		// A sign of Markdown behind a backslash, and half a tag, are text.
		assert.equal(
			said.replaceAll('&nbsp;', ' '),
			'Fix the \\*mainsail\\* <b\\>now</b\\>\n\nRigging · Ferry\n\nIn progress',
		);
	});

	it('stand in terminals too', () => {
		const context = { line: 'fixes #990012 not #990013', terminal: {} as vscode.Terminal };
		const links = terminal.provideTerminalLinks(context, new vscode.CancellationTokenSource().token);
		assert.deepEqual(
			(links as vscode.TerminalLink[]).map(({ startIndex, length }) => context.line.substr(startIndex, length)),
			['#990012'],
		);
	});

	it('open the card', async () => {
		const [id, argument] = await cardsOpened(known, '#990012');
		assert.equal(id, 'boardwalk.openCard');
		assert.equal((argument as { card: { id: string } }).card.id, card.id);
	});

	it('ask which where several boards have that number', async () => {
		const several = knownCards();
		const other = { ...card, id: '7', title: 'Paint the hull' };
		several.note({ id: 'z' }, workspace, { ...board, id: 'b3', name: 'Hull' }, [other]);
		const [, argument] = await cardsOpened(several, '#990012', [{ pick: 'Paint the hull' }]);
		assert.equal((argument as { card: { id: string } }).card.id, '7');
	});

	it('say in words that a card is not known', async () => {
		await assert.rejects(cardsOpened(known, '#990013'), /No board that was opened has a card #990013/);
	});

	it('are reached by typing a number too', async () => {
		const { openCardById } = await import('../../../src/commands/cardOfCode.ts');
		const ran: unknown[] = [];
		const executeCommand = async (...args: unknown[]) => ran.push(...args);
		await instead(vscode.commands, { executeCommand }, async () => {
			const { said } = await run(openCardById, [{ type: '5' }, { type: '990012' }], [], { known });
			assert.match(said.join(' '), /No board that was opened has a card 5/);
		});
		assert.equal(ran[0], 'boardwalk.openCard');
	});

	it('stand beside a quick fix that makes a card of a TODO', async () => {
		const document = await opened(text);
		const offered = async (line: number) => {
			const range = new vscode.Range(line, 3, line, 3);
			return (
				await vscode.commands.executeCommand<vscode.CodeAction[]>(
					'vscode.executeCodeActionProvider',
					document.uri,
					range,
				)
			).filter(({ command }) => command?.command === 'boardwalk.createCardFromTodo');
		};
		assert.equal((await offered(2)).length, 1);
		assert.equal((await offered(0)).length, 0);
	});
});
