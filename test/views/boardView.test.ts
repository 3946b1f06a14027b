import assert from 'node:assert/strict';
import { asTheVendor } from '../../src/core/arrangement.ts';
import { Unreachable } from '../../src/core/errors.ts';
import { type BoardFacts, toBoardView } from '../../src/views/boardView.ts';
import { account, never, opened } from '../support/fakeBoard.ts';

const words = {
	workspace: { one: 'space', many: 'spaces' },
	card: { one: 'note', many: 'notes' },
	column: { one: 'lane', many: 'lanes' },
};

async function facts(columns: Readonly<Record<string, string>>, options?: Parameters<typeof opened>[1]) {
	const window = await opened(columns, options);
	const { vendor, live } = window;
	const base: BoardFacts = {
		account,
		live,
		session: vendor.session,
		levels: words,
		arrangement: asTheVendor,
		columns: vendor.columns,
		failures: new Map(),
		me: undefined,
		now: new Date('2026-11-16T12:00:00'),
		undo: undefined,
	};
	return { ...window, view: (over: Partial<BoardFacts> = {}) => toBoardView({ ...base, ...over }) };
}

describe('what a board’s page shows', () => {
	it('names the board, its place and the vendor’s words', async () => {
		const { view } = await facts({ A: '' });
		const { title, place, words: said } = view();
		assert.deepEqual([title, place], ['Delivery', 'Harbour · Acme']);
		assert.deepEqual(said, { card: 'note', cards: 'notes', column: 'lane' });
	});

	it('tells a column that loads from one that is empty and one that has failed', async () => {
		const { view } = await facts({ A: '', B: 'x', C: 'y' }, { load: ['A'] });
		const { lanes } = view({ failures: new Map([['C', new Unreachable('Not now.')]]) });
		assert.deepEqual(
			lanes.map(({ loading, failure }) => [loading, failure?.message]),
			[
				[false, undefined],
				[true, undefined],
				[false, 'Not now.'],
			],
		);
	});

	it('counts all cards that the vendor tells of, and those that a filter leaves', async () => {
		const { view } = await facts({ A: 'abcde', B: 'x' }, { pageSize: 2 });
		assert.deepEqual(
			view().lanes.map(({ count, hasMore }) => [count, hasMore]),
			[
				['2 of 5', true],
				['1', false],
			],
		);
		const { lanes, notices } = view({ arrangement: { ...asTheVendor, filter: { text: 'b' } } });
		assert.deepEqual(
			lanes.map(({ count }) => count),
			['1 of 5', '0 of 1'],
		);
		assert.deepEqual(
			notices.map(({ action }) => action?.id),
			['loadAll'],
		);
	});

	it('counts on where a card was moved from here', async () => {
		const { view, live, vendor } = await facts({ A: 'abc', B: 'x' });
		const change = { kind: 'place', cards: [vendor.card('a')], columnId: 'B', after: undefined } as const;
		const moving = live.change(change, async () => undefined);
		assert.deepEqual(
			view().lanes.map(({ count }) => count),
			['2', '2'],
		);
		assert.equal(view().lanes[1]?.cards[0]?.pending, true);
		await moving;
		assert.deepEqual(
			view().lanes.map(({ count }) => count),
			['2', '2'],
		);
		assert.equal(view().lanes[1]?.cards[0]?.pending, undefined);
	});

	it('lets cards be dropped as exactly as the vendor can put them', async () => {
		const drops = async (places: 'any' | 'ends' | 'none', over = {}) =>
			(await facts({ A: 'a' }, { places })).view(over).lanes.map(({ drop, cards }) => [drop, cards[0]?.movable]);
		assert.deepEqual(await drops('any'), [['any', true]]);
		assert.deepEqual(await drops('ends'), [['ends', true]]);
		assert.deepEqual(await drops('none'), [['into', true]]);
		const sorted = { arrangement: { ...asTheVendor, sort: 'title' as const } };
		assert.deepEqual(await drops('any', sorted), [['into', true]], 'in our order a place means nothing there');
		const grouped = { arrangement: { ...asTheVendor, group: 'label' as const } };
		assert.deepEqual(await drops('any', grouped), [[undefined, false]]);
	});

	it('offers nothing that the session can’t', async () => {
		const { view, vendor } = await facts({ A: 'a' });
		const { cards: _, columnOrdering: __, ...session } = vendor.session;
		const [lane] = view({ session }).lanes;
		assert.deepEqual([lane?.drop, lane?.movable, lane?.canCreate], [undefined, false, false]);
		assert.deepEqual([lane?.cards[0]?.movable, lane?.cards[0]?.context], [false, 'card']);
	});

	it('says overdue in words, and that a card can’t be changed', async () => {
		const { view, vendor, live } = await facts({ A: 'a' });
		live.take({ kind: 'replace', card: { ...vendor.card('a'), dueDate: '2026-11-15', readOnly: 'Closed.' } });
		const card = view().lanes[0]?.cards[0];
		assert.equal(card?.due?.overdue, true);
		assert.match(card?.spoken ?? '', /overdue/);
		assert.equal(card?.movable, false);
	});

	it('says what is wrong above the board: a failure, a doubt, a lock', async () => {
		const { view, vendor, live } = await facts({ A: 'a' });
		assert.deepEqual(view().notices, []);
		vendor.fate = () => 'unreachable';
		await live.confirm(['A'], never);
		const { notices } = view({
			account: { ...account, locked: true },
			failures: new Map([['board', new Unreachable('Not now.')]]),
		});
		assert.deepEqual(
			notices.map(({ severity, action }) => [severity, action?.id]),
			[
				['error', 'reload'],
				['warning', 'reload'],
				['info', 'unlock'],
			],
		);
	});

	it('lists each label of its cards once, and what can be taken back', async () => {
		const { view, vendor, live } = await facts({ A: 'ab' });
		for (const [id, labels] of [['a', ['red', 'blue']] as const, ['b', ['red']] as const]) {
			live.take({ kind: 'replace', card: { ...vendor.card(id), labels } });
		}
		const { labels, can } = view({ undo: '“a” moved', me: 'p1' });
		assert.deepEqual(labels, ['blue', 'red']);
		assert.deepEqual(can, { mine: true, undo: '“a” moved' });
	});
});
