import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Inside } from '../../../src/extension.ts';
import type { CardNode } from '../../../src/views/nodes/card.ts';
import { answering } from '../documents/support.ts';
import { practiceAccounts, until } from '../support.ts';
import { type Desk, deskAt, FakePanel, sentWhile, signal, vendors } from './support.ts';

describe('board: a card that was changed at the vendor meanwhile', function () {
	this.timeout(60_000);
	let own: Inside;

	before(async () => {
		own = await practiceAccounts();
	});

	for (const vendor of vendors) {
		describe(`at ${vendor}`, () => {
			let desk: Desk;
			let line: CardNode;
			let panel: FakePanel;
			let mine: string;
			let theirs: string;

			before(async () => {
				desk = await deskAt(own, vendor);
			});
			beforeEach(async () => {
				const mark = randomUUID().slice(0, 8);
				[mine, theirs] = [`Meins ${mark}`, `Ihres ${mark}`];
				line = (await desk.put(`Vorher ${mark}`))[0]!;
				panel = new FakePanel();
				const { workspace, board } = desk.live;
				const address = { account: desk.account.id, card: line.card, workspace, board };
				await own.services.pages.restore(panel.asPanel, { address });
				panel.say({ type: 'ready' });
				await until('the card', () => typesOf(panel).includes('card'));
				await (await desk.elsewhere()).cards!.editing!.edit(line.card, { title: theirs }, signal);
			});
			afterEach(async () => {
				panel.dispose();
				await vscode.commands.executeCommand('workbench.action.closeAllEditors');
				await desk.assertAgrees();
			});

			const save = (answers: readonly (string | undefined)[], ended: () => unknown) =>
				answering(answers, async () => {
					panel.say({ type: 'save', values: { title: mine } });
					await until('the end', ended);
				});

			it('asks whose it shall be, naming the card, and saves mine where that is chosen', async () => {
				const asked = await save(['Save Mine'], () => typesOf(panel).includes('saved'));
				assert.deepEqual(asked, [
					`“${theirs}” was changed at the vendor while you were editing it. [Compare | Save Mine | Keep Theirs]`,
				]);
				assert.equal((await desk.atServer(mine))?.id, line.card.id);
			});

			it('sends nothing where theirs is kept, and shows it', async () => {
				const sent = await sentWhile(own, () => save(['Keep Theirs'], () => titleOn(panel) === theirs));
				assert.deepEqual(sent, []);
				assert.ok(await desk.atServer(theirs));
				await until('theirs in the tree', async () => (await desk.lines()).flat(2).includes(theirs));
			});

			it('shows before, mine and theirs in the diff editor, and asks again', async () => {
				await save(['Compare', 'Save Mine'], () => typesOf(panel).includes('saved'));
				const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
				assert.ok(labels.join().includes(theirs), labels.join());
				assert.ok(await desk.atServer(mine));
			});

			it('sends nothing where the question is left', async () => {
				const sent = await sentWhile(own, () =>
					save([undefined], () => typesOf(panel).filter((type) => type !== 'choices').length > 1),
				);
				assert.deepEqual(sent, []);
				assert.ok(await desk.atServer(theirs));
				await vscode.commands.executeCommand('boardwalk.refreshNode', await desk.line());
			});
		});
	}
});

const typesOf = ({ told }: FakePanel) => (told as readonly { readonly type: string }[]).map(({ type }) => type);

function titleOn({ told }: FakePanel): string | undefined {
	const messages = told as readonly { readonly type: string; readonly card?: { readonly title: string } }[];
	return messages.findLast(({ type }) => type === 'card')?.card?.title;
}
