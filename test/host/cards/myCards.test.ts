import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { dueGrouping } from '../../../src/core/due.ts';
import { allItems } from '../../../src/core/page.ts';
import type { Inside } from '../../../src/extension.ts';
import type { MyCardNode } from '../../../src/views/myCardList.ts';
import type { Node } from '../../../src/views/node.ts';
import { kindOf, practiceAccounts, rootOf, until } from '../support.ts';
import { elsewhere, run, signal, wordsOf } from './support.ts';

const able = ['productive', 'planbox', 'coredata'] as const;

describe('board: My cards', function () {
	this.timeout(60_000);
	let own: Inside;

	before(async () => {
		own = await practiceAccounts();
		await run([], 'refreshMyCards');
	});

	const roots = () => own.services.myCards.roots();
	const cardsBelow = async (line: Node) =>
		(await Promise.all((line.lists ?? []).map((list) => list.nodes()))).flat() as MyCardNode[];
	const loaded = () => until('all accounts', () => !roots().some((line) => line.item().label.startsWith('Loading')));
	const shown = async () => {
		await loaded();
		return (await Promise.all(roots().map(cardsBelow))).flat().filter((line) => kindOf(line) === 'card');
	};
	const ofVendor = async (vendor: string) =>
		(await shown()).filter(({ account }) => account.id === rootOf(own, vendor).account!.id);

	for (const vendor of able) {
		it(`shows what ${vendor} says is one’s own and not done, each with where it is`, async () => {
			const { account } = rootOf(own, vendor);
			const { cards } = await elsewhere(own, account!);
			const theirs = (await allItems(await cards!.mine!(signal), signal)).filter(({ card }) => card && !card.done);
			const mine = await ofVendor(vendor);
			assert.ok(mine.length > 0);
			assert.ok(mine.every(({ card }) => theirs.some((hit) => hit.card?.id === card.id)));
			const without = mine.filter((line) => !String(line.item().description).includes(account!.name));
			assert.deepEqual(
				without.map((line) => line.item().label),
				[],
			);
			const fixed = mine.filter((line) => wordsOf(line).includes('renameCard') === (line.card.readOnly !== undefined));
			assert.deepEqual(
				fixed.map((line) => [line.item().label, wordsOf(line).join(' ')]),
				[],
			);
		});

		it(`renames a card of ${vendor} from its line by F2, and the line says so`, async () => {
			const [line] = await ofVendor(vendor);
			assert.ok(line);
			const title = `Meine ü ${randomUUID().slice(0, 8)}`;
			await run([{ type: title }], 'renameSelected', line);
			await until('the new title', async () => (await shown()).some(({ card }) => card.title === title));
			const now = await (await elsewhere(own, line.account)).cards!.look(line.card, signal);
			assert.equal(now.card.title, title);
			await run([], 'undo');
			await until('the old title', async () => (await shown()).some(({ card }) => card.title === line.card.title));
		});

		it(`opens and moves a card of ${vendor} from its line where its board is known`, async () => {
			const [line] = await ofVendor(vendor);
			const { cards } = await elsewhere(own, line!.account);
			const live = own.services.boards.of(line!.account, line!.hit.workspace, line!.hit.board!);
			const to = (await live.columns(signal)).find(
				(column) => column.id !== line!.card.columnId && cards!.moving!.whyNot?.(line!.card, column) === undefined,
			);
			assert.ok(to);
			const places = cards!.moving!.places === 'none' ? [] : [{ pick: 'First' }];
			const { said } = await run([{ pick: to.name }, ...places], 'moveCard', line);
			assert.deepEqual(said, []);
			const now = await (await elsewhere(own, line!.account)).cards!.look(line!.card, signal);
			assert.equal(now.card.columnId, to.id);
			assert.deepEqual((await run([], 'undo')).said, []);
			const back = await (await elsewhere(own, line!.account)).cards!.look(line!.card, signal);
			assert.equal(back.card.columnId, line!.card.columnId);
		});
	}

	it('counts on its badge what is overdue, and says it in words', async () => {
		const groupOf = dueGrouping(new Date());
		const overdue = (await shown()).filter(({ card }) => groupOf(card) === 'overdue').length;
		const badge = own.services.myCards.badge();
		assert.equal(badge?.value ?? 0, overdue);
		assert.ok(overdue === 0 || /overdue/.test(badge?.tooltip ?? ''));
	});

	it('names the accounts that can’t tell', async () => {
		await loaded();
		const words = roots().map((line) => line.item().label);
		assert.match(words.join('\n'), /ProjectPlace.* can’t tell which cards are yours\./);
	});

	it('shows the others while one vendor fails, with its failure and “Try again”', async () => {
		const { account } = rootOf(own, 'planbox');
		const faults = new URL('/-/faults', own.services.accounts.get(account!.id)!.server);
		await fetch(faults, { method: 'POST', body: JSON.stringify({ pattern: '*', kind: '403' }) });
		try {
			await run([], 'refreshMyCards');
			const failed = await until('the failure', () => roots().find((line) => wordsOf(line).includes('retry')));
			assert.ok(String(failed.item().description).includes(account!.name));
			assert.ok((await ofVendor('coredata')).length > 0);
		} finally {
			await fetch(faults, { method: 'DELETE' });
		}
		const again = roots().find((line) => wordsOf(line).includes('retry'));
		await run([], 'retry', again);
		await until('planbox again', async () => (await ofVendor('planbox')).length > 0);
	});
});
