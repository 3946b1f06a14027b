import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
	applied,
	atTheEnd,
	type BoardChange,
	type CardLists,
	isPlaced,
	standsAfter,
	touchedBy,
} from '../../src/core/boardChange.ts';
import { cardOf, textOf } from '../support/fakeBoard.ts';

function lists(columns: Readonly<Record<string, string>>): CardLists {
	return new Map(Object.entries(columns).map(([id, ids]) => [id, ids.split('').map((card) => cardOf(card, id))]));
}

function text(all: CardLists): Record<string, string> {
	return Object.fromEntries([...all].map(([id, cards]) => [id, textOf(cards)]));
}

function place(ids: string, from: string, columnId: string, after?: string): BoardChange {
	return { kind: 'place', cards: ids.split('').map((id) => cardOf(id, from)), columnId, after };
}

const two = lists({ A: 'abc', B: 'xyz' });

describe('a change to a board', () => {
	it('puts cards behind another, first, or behind all, in the order given', () => {
		assert.deepEqual(text(applied(two, place('ca', 'A', 'B', 'x'))), { A: 'b', B: 'xcayz' });
		assert.deepEqual(text(applied(two, place('a', 'A', 'B'))), { A: 'bc', B: 'axyz' });
		assert.deepEqual(text(applied(two, place('a', 'A', 'B', atTheEnd))), { A: 'bc', B: 'xyza' });
		assert.deepEqual(text(applied(two, place('a', 'A', 'A', 'b'))), { A: 'bac', B: 'xyz' });
	});

	it('behind a card that was not loaded is at the end of what was, and known to be no certain place', () => {
		const change = place('a', 'A', 'B', 'w');
		assert.deepEqual(text(applied(two, change)), { A: 'bc', B: 'xyza' });
		assert.equal(isPlaced(two, change), false);
		for (const after of ['x', atTheEnd, undefined]) {
			assert.equal(isPlaced(two, place('a', 'A', 'B', after)), true);
		}
		assert.equal(isPlaced(two, place('a', 'A', 'C', 'w')), true, 'of a column that is not shown nothing is wrong');
	});

	it('gives a moved card the id of its new column', () => {
		assert.equal(applied(two, place('a', 'A', 'B')).get('B')?.[0]?.columnId, 'B');
	});

	it('into a column that was not loaded takes the card off the one that was', () => {
		assert.deepEqual(text(applied(two, place('a', 'A', 'C', 'x'))), { A: 'bc', B: 'xyz' });
	});

	it('replaces and removes a card where it stands, wherever it was thought to be', () => {
		const renamed = { ...cardOf('a', 'B'), title: 'new' };
		assert.deepEqual(text(applied(two, { kind: 'replace', card: renamed })), { A: 'a(new)bc', B: 'xyz' });
		assert.equal(applied(two, { kind: 'replace', card: renamed }).get('A')?.[0]?.columnId, 'A');
		assert.deepEqual(text(applied(two, { kind: 'remove', card: cardOf('a', 'B') })), { A: 'bc', B: 'xyz' });
	});

	it('leaves the lists it does not touch the same objects', () => {
		assert.equal(applied(two, { kind: 'remove', card: cardOf('a', 'A') }).get('B'), two.get('B'));
		assert.equal(applied(two, place('a', 'A', 'A', 'c')).get('B'), two.get('B'));
	});

	it('names every column it touches, also where the card stands elsewhere than it says', () => {
		assert.deepEqual(touchedBy(place('a', 'A', 'B'), two), ['B', 'A']);
		assert.deepEqual(new Set(touchedBy({ kind: 'remove', card: cardOf('a', 'B') }, two)), new Set(['A', 'B']));
	});

	it('knows behind which card another stands', () => {
		assert.equal(standsAfter(two.get('A') ?? [], 'c'), 'b');
		assert.equal(standsAfter(two.get('A') ?? [], 'a'), undefined);
	});

	it('loses and doubles no card, and made twice comes to the same as made once', () => {
		const change = fc.record({
			ids: fc.uniqueArray(fc.constantFrom(...'abcxyz'.split('')), { minLength: 1 }),
			columnId: fc.constantFrom('A', 'B'),
			after: fc.constantFrom(undefined, atTheEnd, ...'abcxyz'.split('')),
		});
		fc.assert(
			fc.property(change, ({ ids, columnId, after }) => {
				const made = place(ids.filter((id) => id !== after).join(''), 'A', columnId, after);
				const once = applied(two, made);
				assert.equal(Object.values(text(once)).join('').split('').sort().join(''), 'abcxyz');
				assert.deepEqual(text(applied(once, made)), text(once));
			}),
		);
	});
});
