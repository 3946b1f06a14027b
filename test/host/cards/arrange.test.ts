import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { ArrangementStore } from '../../../src/core/arrangementStore.ts';
import type { Inside } from '../../../src/extension.ts';
import { kindOf, practiceAccounts, until } from '../support.ts';
import { type Desk, deskAt, run, sentWhile, vendors } from './support.ts';

describe('board: grouped, sorted and filtered', function () {
	this.timeout(60_000);
	let own: Inside;

	before(async () => {
		own = await practiceAccounts();
	});

	for (const vendor of vendors) {
		describe(`at ${vendor}`, () => {
			let desk: Desk;
			let titles: readonly string[];

			before(async () => {
				desk = await deskAt(own, vendor);
				const mark = randomUUID().slice(0, 8);
				titles = ['Karte 10', 'Karte 2', 'Ahoi'].map((name) => `${name} ${mark}${name.length}`);
				await desk.put(...titles);
			});
			afterEach(async () => {
				await own.services.arrangements.set(desk.account.id, desk.node.board.id, {
					group: 'column',
					sort: 'vendor',
					filter: {},
				});
			});

			const mine = async () =>
				(await desk.lines()).flatMap(([, shown]) => shown).filter((title) => titles.includes(title));

			it('has lanes of dates instead of columns, with every card, and its columns back', async () => {
				const line = (await desk.card(titles[0]!)) as { card: { dueDate?: string } };
				await run([{ type: '2026-01-05' }], 'setDueDate', line);
				const sent = await sentWhile(own, () =>
					desk.line().then((board) => run([{ pick: 'By due date' }], 'groupBoard', board)),
				);
				assert.deepEqual(sent, []);
				const board = await desk.line();
				assert.match(String(board.item().description), /by due date/);
				const lanes = (await own.services.tree.getChildren(board)).filter((node) => kindOf(node) === 'lane');
				const shown = await Promise.all(
					lanes.map(
						async (lane) => [lane.item().label, (await desk.cardsBelow(lane)).map(({ card }) => card.title)] as const,
					),
				);
				const overdue = shown.find(([name]) => name === 'Overdue');
				assert.ok(overdue?.[1].includes(titles[0]!), JSON.stringify(shown));
				const all = new Set((await desk.linesAtServer()).flatMap(([, cards]) => cards));
				assert.deepEqual(new Set(shown.flatMap(([, cards]) => cards)), all);
				await run([{ pick: 'As at the vendor' }], 'groupBoard', await desk.line());
				assert.ok((await desk.columns()).length > 1);
			});

			it('stands in the order of titles as people count, each column for itself', async () => {
				await run([{ pick: 'By title' }], 'sortBoard', await desk.line());
				assert.deepEqual(await mine(), [titles[2], titles[1], titles[0]]);
			});

			it('shows what has the words, says how many of how many, and shows all again', async () => {
				await run([{ pick: 'With words…' }, { type: titles[1]! }], 'filterBoard', await desk.line());
				assert.deepEqual(
					(await desk.lines()).flatMap(([, shown]) => shown),
					[titles[1]],
				);
				const column = await desk.column(desk.from);
				assert.match(String(column.item().description), /^1 of \d+$/);
				await run([{ pick: 'Show all' }], 'filterBoard', await desk.line());
				assert.deepEqual((await mine()).toSorted(), titles.toSorted());
			});

			it('is remembered, for this board alone', async () => {
				await run([{ pick: 'By title' }], 'sortBoard', await desk.line());
				const { globalState } = own.context;
				const again = new ArrangementStore({ get: (key) => globalState.get(key), set: async () => undefined });
				assert.equal(again.get(desk.account.id, desk.node.board.id).sort, 'title');
				assert.equal(again.get(desk.account.id, 'another').sort, 'vendor');
			});

			it('can be read as a text, as it is arranged', async () => {
				await run([{ pick: 'With words…' }, { type: titles[1]! }], 'filterBoard', await desk.line());
				await run([], 'boardAsText', await desk.line());
				const { document } = vscode.window.activeTextEditor!;
				const text = document.getText();
				await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
				assert.equal(document.languageId, 'markdown');
				assert.ok(text.includes(desk.node.board.name) && text.includes('Karte 2'));
				assert.ok(!text.includes('Ahoi'));
				for (const [column] of await desk.lines()) {
					assert.ok(text.includes(column), `${column} is not in the text`);
				}
			});

			it('as a text follows what happens on it', async () => {
				await run([], 'boardAsText', await desk.line());
				const { document } = vscode.window.activeTextEditor!;
				const fresh = `Ahoi again ${randomUUID().slice(0, 8)}`;
				await run([{ type: fresh }], 'renameCard', await desk.card(titles[2]!));
				await until('the new title in the text', () => document.getText().includes(fresh));
				await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
			});
		});
	}
});
