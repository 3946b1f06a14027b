import assert from 'node:assert/strict';
import {
	type Arrangement,
	arrange,
	arrangementText,
	asTheVendor,
	type ColumnCards,
	isPlain,
	labelsOf,
} from '../../src/core/arrangement.ts';
import { ArrangementStore, arrangementFrom } from '../../src/core/arrangementStore.ts';
import { dueGrouping, lastDayOfWeek } from '../../src/core/due.ts';
import type { Card } from '../../src/core/model.ts';

/** A Wednesday. */
const now = new Date(2026, 10, 18, 12);
const facts = { now, language: 'de-DE' };

function card(id: string, over: Partial<Card> = {}): Card {
	return { id, boardId: 'b', columnId: 'c', title: `Card ${id}`, ...over };
}

function columnOf(name: string, ...cards: Card[]): ColumnCards {
	return { column: { id: name, boardId: 'b', workspaceId: 'w', name }, cards };
}

const mast = card('1', {
	title: 'Mend the mast',
	key: 'BO-17',
	assignees: ['Bea', 'Ada'],
	assigneeIds: ['u1', 'u2'],
	labels: ['wood'],
	dueDate: '2026-11-20',
});
const sail = card('2', { title: 'Ångström sail', assignees: ['Ada'], assigneeIds: ['u1'], dueDate: '2026-11-17' });
const rope = card('3', { title: 'Buy rope', status: 'In review', labels: ['wood', 'art'], dueDate: '2026-12-24' });
const hull = card('4', { title: 'Paint hull', done: true, dueDate: '2026-11-01' });
const oars = card('5', { title: 'Count oars' });
const board = [columnOf('Doing', mast, sail, rope), columnOf('Done', hull, oars), columnOf('Later')];

function shown(arrangement: Partial<Arrangement>, more: { me?: string } = {}, from: readonly ColumnCards[] = board) {
	return arrange(from, { ...asTheVendor, ...arrangement }, { ...facts, ...more }).map(({ name, cards }) => [
		name,
		...cards.map(({ id }) => id),
	]);
}

describe('a board’s arrangement', () => {
	it('is the vendor’s own where nothing was asked for, empty columns included', () => {
		assert.deepEqual(shown({}), [['Doing', '1', '2', '3'], ['Done', '4', '5'], ['Later']]);
		assert.deepEqual(
			arrange(board, asTheVendor, facts).map(({ id, column }) => [id, column?.name]),
			[
				['Doing', 'Doing'],
				['Done', 'Done'],
				['Later', 'Later'],
			],
		);
	});

	it('groups by person, a card of two in both, and nobody’s last', () => {
		assert.deepEqual(shown({ group: 'assignee' }), [
			['Ada', '1', '2'],
			['Bea', '1'],
			['Nobody', '3', '4', '5'],
		]);
	});

	it('never says nobody of a card whose person has no name here', () => {
		const from = [columnOf('Doing', card('1', { assigneeIds: ['u9'] }))];
		assert.deepEqual(shown({ group: 'assignee' }, {}, from), [['Somebody', '1']]);
	});

	it('groups by label, a card with two under both, and those without last', () => {
		assert.deepEqual(shown({ group: 'label' }), [
			['art', '3'],
			['wood', '1', '3'],
			['No label', '2', '4', '5'],
		]);
	});

	it('groups by when cards are due, and what is done is never overdue', () => {
		assert.deepEqual(shown({ group: 'due' }), [
			['Overdue', '2'],
			['This week', '1'],
			['Later', '3'],
			['No date', '5'],
			['Done', '4'],
		]);
	});

	it('has groups of which no two share an id, whatever labels are called', () => {
		const from = [columnOf('Doing', card('1', { labels: ['No label', ''] }), card('2'))];
		const ids = arrange(from, { ...asTheVendor, group: 'label' }, facts).map(({ id }) => id);
		assert.equal(new Set(ids).size, ids.length);
	});

	it('sorts by due date with the undated last, and equal ones as the vendor has them', () => {
		const from = [
			columnOf(
				'Doing',
				card('x'),
				card('b', { dueDate: '2026-11-20' }),
				card('y'),
				card('a', { dueDate: '2026-11-20' }),
				sail,
			),
		];
		assert.deepEqual(shown({ sort: 'due' }, {}, from), [['Doing', '2', 'b', 'a', 'x', 'y']]);
	});

	it('sorts titles as people do, numbers by their size and accents beside their letter', () => {
		const titled = (title: string) => card(title, { title });
		const from = [columnOf('Doing', ...['Card 10', 'Card 2', 'zebra', 'Äpfel', 'apple'].map(titled))];
		assert.deepEqual(shown({ sort: 'title' }, {}, from), [['Doing', 'Äpfel', 'apple', 'Card 2', 'Card 10', 'zebra']]);
	});

	it('sorts by person with nobody’s last', () => {
		assert.deepEqual(shown({ sort: 'assignee' })[0], ['Doing', '2', '1', '3']);
	});

	it('leaves the vendor’s lists as they were', () => {
		const before = JSON.stringify(board);
		shown({ sort: 'title', group: 'assignee' });
		assert.equal(JSON.stringify(board), before);
	});
});

describe('a board’s filter', () => {
	it('shows what is mine, and nothing where it is not known who I am', () => {
		assert.deepEqual(shown({ filter: { mine: true } }, { me: 'u2' })[0], ['Doing', '1']);
		assert.deepEqual(shown({ filter: { mine: true } }), [['Doing'], ['Done'], ['Later']]);
	});

	it('shows what is overdue or due until the week ends, and nothing that is done', () => {
		assert.deepEqual(shown({ filter: { dueThisWeek: true } }), [['Doing', '1', '2'], ['Done'], ['Later']]);
	});

	it('shows what has a label', () => {
		assert.deepEqual(shown({ filter: { label: 'art' } })[0], ['Doing', '3']);
	});

	it('finds every word in title, number, labels, state and people, whatever its case and accents', () => {
		const found = (text: string) => shown({ filter: { text } }).flatMap(([, ...ids]) => ids);
		assert.deepEqual(found('angstrom'), ['2']);
		assert.deepEqual(found('bo-17'), ['1']);
		assert.deepEqual(found('WOOD  réview'), ['3']);
		assert.deepEqual(found('ada mast'), ['1']);
		assert.deepEqual(found('ada rope'), []);
		assert.deepEqual(found('   '), ['1', '2', '3', '4', '5']);
	});

	it('finds by the id only where that is the number people know', () => {
		const from = [columnOf('Doing', card('777'), card('778', { title: 'Knot', key: '9' }))];
		assert.deepEqual(shown({ filter: { text: '77' } }, {}, from), [['Doing', '777']]);
	});

	it('is met by a card only in all its parts', () => {
		assert.deepEqual(shown({ filter: { label: 'wood', dueThisWeek: true } })[0], ['Doing', '1']);
	});

	it('hides groups without a card, keeps columns, and says how many there would be', () => {
		const filter = { text: 'mast' };
		assert.deepEqual(shown({ group: 'assignee', filter }), [
			['Ada', '1'],
			['Bea', '1'],
		]);
		const totals = arrange(board, { ...asTheVendor, filter }, facts).map(({ total }) => total);
		assert.deepEqual(totals, [3, 2, 0]);
	});
});

describe('a week', () => {
	it('ends where it ends in the language’s land', () => {
		assert.equal(lastDayOfWeek(now, 'de-DE'), '2026-11-22');
		assert.equal(lastDayOfWeek(now, 'en-US'), '2026-11-21');
		assert.equal(lastDayOfWeek(now, 'ar-EG'), '2026-11-20');
	});

	it('ends on its own last day, and begins anew on the next', () => {
		assert.equal(lastDayOfWeek(new Date(2026, 10, 22, 23, 59), 'de-DE'), '2026-11-22');
		assert.equal(lastDayOfWeek(new Date(2026, 10, 23, 0, 0), 'de-DE'), '2026-11-29');
	});

	it('may end in the next year', () => {
		assert.equal(lastDayOfWeek(new Date(2026, 11, 30, 9), 'de-DE'), '2027-01-03');
	});

	it('has today’s cards in it, and yesterday’s are overdue', () => {
		const groupOf = dueGrouping(now, 'de-DE');
		const groupsOf = ['2026-11-17', '2026-11-18', '2026-11-22', '2026-11-23'].map((dueDate) => groupOf({ dueDate }));
		assert.deepEqual(groupsOf, ['overdue', 'thisWeek', 'thisWeek', 'later']);
	});

	it('takes a point in time for the local day it lies in, and what is no date for none', () => {
		const groupOf = dueGrouping(now, 'de-DE');
		assert.equal(groupOf({ dueDate: new Date(2026, 10, 18, 0, 1).toISOString() }), 'thisWeek');
		assert.equal(groupOf({ dueDate: 'soon' }), 'noDate');
	});
});

describe('an arrangement in words', () => {
	it('is a short phrase of what differs from the vendor', () => {
		assert.equal(arrangementText(asTheVendor), '');
		assert.equal(
			arrangementText({ group: 'assignee', sort: 'vendor', filter: { dueThisWeek: true } }),
			'due this week, by assignee',
		);
		assert.equal(
			arrangementText({ group: 'due', sort: 'title', filter: { mine: true, label: 'wood', text: ' big mast ' } }),
			'mine, label wood, with “big mast”, by due date, sorted by title',
		);
	});

	it('is plain exactly where nothing differs', () => {
		assert.ok(isPlain({ group: 'column', sort: 'vendor', filter: { mine: false, text: ' ' } }));
		assert.ok(!isPlain({ group: 'column', sort: 'vendor', filter: { mine: true } }));
		assert.ok(!isPlain({ group: 'column', sort: 'due', filter: {} }));
		assert.ok(!isPlain({ group: 'label', sort: 'vendor', filter: {} }));
	});

	it('offers each label once, in the order of the alphabet', () => {
		assert.deepEqual(labelsOf([rope, mast, card('9', { labels: ['Öl'] })], 'de'), ['art', 'Öl', 'wood']);
	});
});

describe('what is remembered of arrangements', () => {
	const byPerson: Arrangement = { group: 'assignee', sort: 'due', filter: { text: 'mast' } };

	function storeWith(kept = new Map<string, unknown>()) {
		const set = async (key: string, value: unknown) => void kept.set(key, JSON.parse(JSON.stringify(value)));
		return { kept, store: new ArrangementStore({ get: (key) => kept.get(key), set }) };
	}

	it('is there again in the next window, for that board of that account alone', async () => {
		const { kept, store } = storeWith();
		await store.set('acme', 'b', byPerson);
		const next = storeWith(kept).store;
		assert.deepEqual(next.get('acme', 'b'), byPerson);
		assert.deepEqual(next.get('acme', 'c'), asTheVendor);
		assert.deepEqual(next.get('other', 'b'), asTheVendor);
	});

	it('is told to whoever shows the board, who then gets the new one', async () => {
		const { store } = storeWith();
		const told: unknown[] = [];
		store.onDidChange(({ account, board }) => told.push([account, board, store.get(account, board).group]));
		await store.set('acme', 'b', byPerson);
		assert.deepEqual(told, [['acme', 'b', 'assignee']]);
	});

	it('is nothing for a board that is shown as the vendor shows it', async () => {
		const { kept, store } = storeWith();
		await store.set('acme', 'b', byPerson);
		await store.set('acme', 'b', asTheVendor);
		assert.deepEqual(kept.get('arrangements'), []);
	});

	it('is at most 200 boards, those arranged last', async () => {
		const { kept, store } = storeWith();
		for (let at = 0; at <= 200; at += 1) {
			await store.set('acme', String(at), byPerson);
		}
		assert.equal((kept.get('arrangements') as unknown[]).length, 200);
		assert.deepEqual(store.get('acme', '0'), asTheVendor);
		assert.deepEqual(store.get('acme', '1'), byPerson);
	});

	it('goes with its account', async () => {
		const { store } = storeWith();
		await store.set('acme', 'b', byPerson);
		await store.set('other', 'b', byPerson);
		store.forget((account) => account === 'acme');
		assert.deepEqual(store.get('acme', 'b'), asTheVendor);
		assert.deepEqual(store.get('other', 'b'), byPerson);
	});

	it('is as at the vendor where it can’t be read', () => {
		for (const value of [undefined, null, 'by person', 7, [], { group: 'shoe size', sort: {}, filter: 'mine' }]) {
			assert.deepEqual(arrangementFrom(value), asTheVendor);
		}
		const mixed = {
			group: 'due',
			sort: 'luck',
			filter: { mine: 'yes', label: 3, text: ' ', dueThisWeek: true, more: 1 },
		};
		assert.deepEqual(arrangementFrom(mixed), { group: 'due', sort: 'vendor', filter: { dueThisWeek: true } });
		for (const broken of ['text', 4, {}, [null, 3, {}, { account: 'acme', board: 'b', arrangement: 'x' }]]) {
			const { store } = storeWith(new Map([['arrangements', broken]]));
			assert.deepEqual(store.get('acme', 'b'), asTheVendor);
		}
	});
});
