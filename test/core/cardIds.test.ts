import assert from 'node:assert/strict';
import { assert as forAll, property, string } from 'fast-check';
import type { Store } from '../../src/core/accounts.ts';
import { possibleIds } from '../../src/core/cardIds.ts';
import { KnownCards } from '../../src/core/knownCards.ts';
import type { Board, Card, Workspace } from '../../src/core/model.ts';

const uuid = '0f6c0d1e-2b55-5c1c-9d6e-6a8f0e2d7b10';
const found = (text: string) => possibleIds(text).map((id) => id.text);

describe('what may be an id of a card', () => {
	for (const [text, ids] of [
		['fixes #12, and (#13) too: #14.', ['#12', '#13', '#14']],
		['#1', ['#1']],
		['"#7" [#8] `#9` <#10>', ['#7', '#8', '#9', '#10']],
		['see #ABC-12 for more', ['#ABC-12']],
		['owner/name#12 a#1 &#38; ##2 x/#3 #4.5 #6-b #7_ #12abc', ['#6-b', '#12abc']],
		[`the card ${uuid}.`, [uuid]],
		[`${uuid}0 x-${uuid}`, []],
		['at https://x.example/a#story_id=12.', ['https://x.example/a#story_id=12']],
		['[it](https://x.example/a(b)) and <https://x.example/c>', ['https://x.example/a(b)', 'https://x.example/c']],
		[`https://x.example/${uuid}`, [`https://x.example/${uuid}`]],
		['nothing 12 here # 3', []],
	] as const) {
		it(`is ${JSON.stringify(ids)} in ${JSON.stringify(text)}`, () => assert.deepEqual(found(text), ids));
	}

	it('says where it stands, in order and without overlap', () => {
		forAll(
			property(string({ unit: 'grapheme', maxLength: 80 }), string({ maxLength: 10 }), (before, after) => {
				const text = `${before} #12 ${uuid} https://a.example/b ${after}`;
				const ids = possibleIds(text);
				ids.forEach(({ start, end, text: id }) => assert.equal(text.slice(start, end), id));
				ids.slice(1).forEach(({ start }, at) => assert.ok(start >= (ids[at]?.end ?? 0)));
				assert.ok(ids.some(({ text: id }) => id === uuid));
			}),
		);
	});
});

/** What is kept, as an editor keeps it: as JSON. */
function memory() {
	const kept = new Map<string, string>();
	const store: Store = {
		get: (key) => (kept.has(key) ? JSON.parse(kept.get(key) ?? '') : undefined),
		set: async (key, value) => void kept.set(key, JSON.stringify(value)),
	};
	return { store, text: () => [...kept.values()].join('') };
}

const workspace: Workspace = { id: 'w', name: 'Ferry', extra: { identifier: '120174-3399' } };
const board = (id: string): Board => ({ id, workspaceId: 'w', name: `Board ${id}` });
const card = (id: string, over: Partial<Card> = {}): Card => ({
	id,
	boardId: 'b',
	columnId: 'c',
	title: `Card ${id}`,
	description: { text: 'in confidence' },
	assignees: ['Ada'],
	...over,
});
const titles = (known: KnownCards, text: string) => known.find(text).map((one) => one.card.title);

describe('the known cards', () => {
	it('are found by their number, id and web address, and nothing else is', () => {
		const known = new KnownCards(memory().store);
		known.note({ id: 'a' }, workspace, board('b'), [
			card('88231', { key: '12', webUrl: 'https://x.example/tasks/88231' }),
			card(uuid.toUpperCase()),
		]);
		assert.deepEqual(titles(known, '#12'), ['Card 88231']);
		assert.deepEqual(titles(known, '#88231'), ['Card 88231']);
		assert.deepEqual(titles(known, 'https://x.example/tasks/88231/'), ['Card 88231']);
		assert.deepEqual(titles(known, uuid), [`Card ${uuid.toUpperCase()}`]);
		for (const other of ['#13', '#', '', '12', 'https://x.example/tasks/8823', 'https://']) {
			assert.deepEqual(titles(known, other), [], other);
		}
		known.dispose();
	});

	it('are all told where boards number alike, but a number that people use goes before an id', () => {
		const known = new KnownCards(memory().store);
		known.note({ id: 'a' }, workspace, board('b'), [card('100', { key: '7' }), card('7', { key: '3' })]);
		known.note({ id: 'z' }, workspace, board('b'), [card('7')]);
		assert.deepEqual(titles(known, '#7').sort(), ['Card 100', 'Card 7']);
		assert.deepEqual(
			known
				.find('#7')
				.map(({ accountId }) => accountId)
				.sort(),
			['a', 'z'],
		);
		known.dispose();
	});

	it('are as the board shows them now', () => {
		const known = new KnownCards(memory().store);
		let changes = 0;
		known.onDidChange(() => {
			changes += 1;
		});
		known.note({ id: 'a' }, workspace, board('b'), [card('1'), card('2')]);
		known.note({ id: 'a' }, workspace, board('b'), [card('1'), card('2')]);
		assert.equal(changes, 1, 'the same again is no change');
		known.note({ id: 'a' }, workspace, board('b'), [card('2', { title: 'Renamed' })]);
		assert.deepEqual(titles(known, '#1'), []);
		assert.deepEqual(titles(known, '#2'), ['Renamed']);
		known.dispose();
	});

	it('go with their account', async () => {
		const { store, text } = memory();
		const known = new KnownCards(store);
		known.note({ id: 'a' }, workspace, board('b'), [card('1')]);
		known.note({ id: 'z' }, workspace, board('b'), [card('2')]);
		known.forget((id) => id === 'a');
		assert.deepEqual([titles(known, '#1'), titles(known, '#2')], [[], ['Card 2']]);
		await known.keep();
		assert.doesNotMatch(text(), /Card 1/);
	});

	it('outlive the window with id, number, title and address, and with nothing else of a card or a workspace', async () => {
		const { store, text } = memory();
		const known = new KnownCards(store);
		known.note({ id: 'a' }, workspace, board('b'), [
			card('1', { key: '9', webUrl: 'https://x.example/1', status: 'Open' }),
		]);
		await known.keep();
		const later = new KnownCards(store);
		const [one] = later.find('#9');
		assert.deepEqual(
			[one?.accountId, one?.workspace, one?.board, one?.card.id, one?.card.columnId, one?.card.webUrl],
			['a', { id: 'w', name: 'Ferry' }, board('b'), '1', 'c', 'https://x.example/1'],
		);
		assert.doesNotMatch(text(), /confidence|Ada|120174|Open/);
	});

	it('are those of the twenty boards opened last', () => {
		const known = new KnownCards(memory().store);
		for (let number = 0; number < 25; number += 1) {
			known.note({ id: 'a' }, workspace, board(`b${number}`), [card(String(1000 + number))]);
		}
		assert.deepEqual(titles(known, '#1004'), []);
		assert.deepEqual(titles(known, '#1005'), ['Card 1005']);
		assert.equal(known.list().length, 20);
		known.dispose();
	});

	it('are bounded, in the window and in what is kept', async () => {
		const { store, text } = memory();
		const known = new KnownCards(store);
		const many = (from: number) =>
			Array.from({ length: 3000 }, (_, at) => card(String(from + at), { title: 'x'.repeat(500) }));
		known.note({ id: 'a' }, workspace, board('b1'), many(0));
		known.note({ id: 'a' }, workspace, board('b2'), many(3000));
		assert.equal(known.list().length, 3000);
		assert.equal(known.find('#4000').length, 1);
		await known.keep();
		assert.equal(new KnownCards(store).list().length, 2000);
		assert.ok(text().length < 512 * 1024, `${text().length} characters`);
	});

	it('are none where what was kept is of another kind', () => {
		const { store } = memory();
		for (const kept of [42, 'x', [1, null], [{ cards: 7 }], { cards: [] }]) {
			void store.set('knownCards', kept);
			assert.equal(new KnownCards(store).isEmpty, true, JSON.stringify(kept));
		}
	});
});
