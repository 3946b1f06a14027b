import assert from 'node:assert/strict';
import { ArrangementStore } from '../../src/core/arrangementStore.ts';
import { moveCards } from '../../src/core/cardMoves.ts';
import { Changes } from '../../src/core/changes.ts';
import { toLaneViews } from '../../src/views/boardView.ts';
import type { Node } from '../../src/views/node.ts';
import { accountNode } from '../../src/views/nodes/account.ts';
import type { BoardNode } from '../../src/views/nodes/board.ts';
import { FakeBoard, never } from '../support/fakeBoard.ts';
import { fakeProvider, fakeTree } from '../support/fakeProvider.ts';

async function childrenOf(node: Node): Promise<Node[]> {
	return (await Promise.all((node.lists ?? []).map((list) => list.nodes()))).flat();
}

async function labels(node: Node): Promise<string[]> {
	return (await childrenOf(node)).map((child) => child.item().label);
}

/** A board's line with the columns beneath it, as the tree draws them. */
async function open(columns: Readonly<Record<string, string>>, pageSize = Number.POSITIVE_INFINITY) {
	const vendor = Object.assign(new FakeBoard(columns), { pageSize });
	const { context: plain, account } = await fakeTree(fakeProvider(vendor.session));
	const kept = new Map<string, unknown>();
	const store = {
		get: (key: string) => kept.get(key),
		set: async (key: string, value: unknown) => void kept.set(key, value),
	};
	const arrangements = new ArrangementStore(store);
	const context = { ...plain, arrangements };
	const [space] = await childrenOf(accountNode(context, account));
	const [line] = await childrenOf(space ?? assert.fail());
	const board = line as BoardNode;
	const writing = { sessions: context.sessions, changes: new Changes() };
	const drawn = async () => {
		const lanes = await board.lanes.nodes();
		return Promise.all(lanes.map(async (lane) => [lane.item().label, ...(await labels(lane))].join(' ')));
	};
	const onPage = async () =>
		toLaneViews({
			account,
			live: board.live,
			session: context.sessions.peek(account),
			levels: context.sessions.provider(account).levels,
			arrangement: arrangements.get(account.id, 'b'),
			columns: await board.live.columns(never),
			failures: new Map(),
			me: undefined,
			now: context.now(),
			undo: undefined,
		}).map(({ name, cards }) => [name, ...cards.map(({ title }) => title)].join(' '));
	return { vendor, board, account, arrangements, writing, drawn, onPage };
}

describe('a board in the tree', () => {
	it('shows the same lists as its page, also after a move', async () => {
		const { vendor, board, writing, drawn, onPage } = await open({ A: 'abc', B: 'x' });
		assert.deepEqual(await drawn(), ['Column A a b c', 'Column B x']);
		assert.deepEqual(await onPage(), await drawn());
		await moveCards(writing, board.live, [vendor.card('b')], vendor.column('B'), 'x', never);
		(await board.lanes.nodes()).forEach((lane) => lane.lists?.forEach((list) => list.reset()));
		vendor.asked.length = 0;
		assert.deepEqual(await drawn(), ['Column A a c', 'Column B x b']);
		assert.deepEqual(await onPage(), await drawn());
		assert.deepEqual(
			vendor.asked.filter((what) => what.startsWith('cards')),
			[],
			'it is drawn from what is known',
		);
	});

	it('gets the page that its own page has loaded, and leaves none out', async () => {
		const { vendor, board, drawn, onPage } = await open({ A: 'abcde' }, 2);
		assert.deepEqual(await drawn(), ['Column A a b Load more…']);
		await (await board.live.cards(vendor.column('A'), never)).next?.(never);
		const [lane] = await board.lanes.nodes();
		await lane?.lists?.[0]?.more();
		assert.deepEqual(await drawn(), ['Column A a b c d Load more…']);
		assert.deepEqual(await onPage(), ['Column A a b c d']);
	});

	it('asks the vendor anew after a reset', async () => {
		const { vendor, board, drawn } = await open({ A: 'ab' });
		await drawn();
		vendor.change('a', { title: 'new' });
		board.live.reset();
		board.lanes.reset();
		assert.deepEqual(await drawn(), ['Column A new b']);
	});

	it('draws lanes where it is arranged otherwise, as its page does', async () => {
		const { vendor, board, account, arrangements, drawn, onPage } = await open({ A: 'ab', B: 'x' });
		vendor.change('a', { labels: ['red'] });
		vendor.change('x', { labels: ['red'] });
		await arrangements.set(account.id, 'b', { group: 'label', sort: 'vendor', filter: {} });
		board.lanes.reset();
		assert.deepEqual(await drawn(), ['red a x', 'No label b']);
		assert.deepEqual(await onPage(), await drawn());
		assert.equal(board.item().description, 'by label');
	});

	it('counts what a filter lets through', async () => {
		const { board, account, arrangements } = await open({ A: 'abc', B: 'x' });
		await arrangements.set(account.id, 'b', { group: 'column', sort: 'vendor', filter: { text: 'b' } });
		const lanes = await board.lanes.nodes();
		assert.deepEqual(
			lanes.map((lane) => lane.item().description),
			['1 of 3', '0 of 1'],
		);
	});
});
