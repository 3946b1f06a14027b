import assert from 'node:assert/strict';
import { addComment, addItem, attachFile, removeComment, removeItem, setItem } from '../../src/core/cardParts.ts';
import { cardForm, cardsOf, editCard, removeCards, sameValue, type Writing } from '../../src/core/cardWrites.ts';
import { LocalFailure, NotFound, OutcomeUnknown, Refused, Unreachable } from '../../src/core/errors.ts';
import type { Form } from '../../src/core/form.ts';
import type { LiveBoard } from '../../src/core/liveBoard.ts';
import type { Card } from '../../src/core/model.ts';
import {
	account,
	board,
	cardOf,
	held,
	lastOf,
	never,
	opened,
	settled,
	shownBy,
	workspace,
} from '../support/fakeBoard.ts';

const changedSince = (title: string) =>
	new LocalFailure(`“${title}” was changed again since, so it was left as it is.`);

async function window(columns: Readonly<Record<string, string>> = { A: 'abc', B: 'x' }) {
	const all = await opened(columns);
	const { vendor, live, writing } = all;
	const placed = (id: string) => ({ account, live, card: vendor.card(id) });
	const rename = (id: string, title: string) =>
		editCard(writing, placed(id), { title }, { title: vendor.card(id).title, due: '', status: 'A' }, never);
	return { ...all, placed, rename };
}

describe('editing a card', () => {
	it('shows new titles and dates at once, sends what was given, and keeps what the vendor made of it', async () => {
		const { vendor, live, writing, placed } = await window();
		const holding = held(vendor, (what) => what.startsWith('edit'));
		const values = { title: ' new ', due: '2026-12-01' };
		const editing = editCard(writing, placed('b'), values, { title: 'b', due: '' }, never);
		await settled();
		assert.equal(live.card('b')?.title, ' new ');
		assert.equal(live.card('b')?.dueDate, '2026-12-01');
		await holding.releaseAll();
		assert.equal((await editing).title, 'new');
		assert.deepEqual(shownBy(live, vendor), { A: 'ab(new)c', B: 'x' });
		assert.equal(vendor.card('b').dueDate, '2026-12-01');
	});

	it('takes it back where the vendor refuses, and notes nothing', async () => {
		const { vendor, live, changes, rename } = await window();
		vendor.fate = (what) => (what.startsWith('edit') ? 'refused' : 'well');
		await assert.rejects(rename('b', 'new'), Refused);
		assert.deepEqual(shownBy(live, vendor), { A: 'abc', B: 'x' });
		assert.deepEqual(changes.list(), []);
	});

	it('that puts the card into another column shows it where the vendor has it', async () => {
		const { vendor, live, writing, placed } = await window();
		vendor.put('c', 'B');
		await editCard(writing, placed('b'), { status: 'B' }, { status: 'A' }, never);
		assert.deepEqual(shownBy(live, vendor).B, 'cxb');
		assert.equal(live.card('b')?.columnId, 'B');
	});

	it('that puts the card into another column is found there where nobody answered', async () => {
		const { vendor, live, writing, placed } = await window();
		vendor.fate = (what) => (what.startsWith('edit') ? 'lost' : 'well');
		await assert.rejects(editCard(writing, placed('b'), { status: 'B' }, { status: 'A' }, never), OutcomeUnknown);
		assert.deepEqual(shownBy(live, vendor), { A: 'ac', B: 'xb' });
	});

	it('works where the board is not known', async () => {
		const { vendor, writing, changes } = await window();
		const card = vendor.card('b');
		await editCard(writing, { account, card }, { title: 'new' }, { title: 'b' }, never);
		assert.equal(vendor.card('b').title, 'new');
		await changes.undo(lastOf(changes), never);
		assert.equal(vendor.card('b').title, 'b');
	});

	it('can be taken back, and says what was changed', async () => {
		const { vendor, live, writing, placed, changes } = await window();
		await editCard(writing, placed('b'), { title: 'new', due: '2026-12-01' }, { title: 'b', due: '' }, never);
		assert.equal(lastOf(changes).label, '“b”: Title, Due changed');
		vendor.change('b', { labels: ['theirs'] });
		await changes.undo(lastOf(changes), never);
		assert.deepEqual(vendor.card('b'), { ...cardOf('b', 'A'), dueDate: undefined, labels: ['theirs'] });
		assert.deepEqual(shownBy(live, vendor), { A: 'abc', B: 'x' });
		assert.deepEqual(changes.list(), []);
	});

	it('can be taken back though the vendor has trimmed what was typed', async () => {
		const { vendor, changes, rename } = await window();
		await rename('b', ' new ');
		await changes.undo(lastOf(changes), never);
		assert.equal(vendor.card('b').title, 'b');
	});

	it('is not taken back where the same field was changed since', async () => {
		const { vendor, changes, rename } = await window();
		await rename('b', 'new');
		vendor.change('b', { title: 'theirs' });
		await assert.rejects(changes.undo(lastOf(changes), never), changedSince('theirs'));
		assert.equal(vendor.card('b').title, 'theirs');
		assert.equal(changes.list().length, 1);
	});

	it('can be taken back by another try where the first has failed', async () => {
		const { vendor, live, changes, rename } = await window();
		await rename('b', 'new');
		const done = lastOf(changes);
		vendor.fate = (what) => (what.startsWith('edit') ? 'unreachable' : 'well');
		await assert.rejects(changes.undo(done, never), Unreachable);
		assert.deepEqual(shownBy(live, vendor), { A: 'ab(new)c', B: 'x' });
		vendor.fate = () => 'well';
		await changes.undo(done, never);
		assert.equal(vendor.card('b').title, 'b');
	});

	it('finds values the same that mean the same', () => {
		assert.ok(sameValue('', undefined));
		assert.ok(sameValue([], ''));
		assert.ok(sameValue(['b', 'a'], ['a', 'b']));
		assert.ok(sameValue(' new ', 'new'));
		assert.ok(!sameValue('a', 'b'));
		assert.ok(!sameValue(true, false));
		assert.ok(!sameValue(['a'], ['a', 'b']));
	});
});

describe('removing cards', () => {
	it('takes them off the board, and brings them back to where they stood', async () => {
		const { vendor, live, writing, placed, changes } = await window();
		await removeCards(writing, [placed('a'), placed('b')], never);
		assert.deepEqual(shownBy(live, vendor), { A: 'c', B: 'x' });
		assert.deepEqual(vendor.text(), { A: 'c', B: 'x' });
		assert.deepEqual(
			changes.list().map(({ label }) => label),
			['“a” deleted', '“b” deleted'],
		);
		await changes.undo(lastOf(changes), never);
		assert.deepEqual(vendor.text(), { A: 'cb', B: 'x' });
		assert.deepEqual(shownBy(live, vendor), vendor.text(), 'the vendor says where it stands');
	});

	it('sends no more after one has failed', async () => {
		const { vendor, live, writing, placed, changes } = await window();
		vendor.fate = (what) => (what === 'remove b' ? 'refused' : 'well');
		await assert.rejects(removeCards(writing, [placed('a'), placed('b'), placed('c')], never), Refused);
		assert.deepEqual(vendor.text(), { A: 'bc', B: 'x' });
		assert.deepEqual(shownBy(live, vendor), vendor.text());
		assert.equal(changes.list().length, 1);
	});

	it('shows what became of a restoration that nobody answered', async () => {
		const { vendor, live, writing, placed, changes } = await window();
		await removeCards(writing, [placed('a')], never);
		vendor.fate = (what) => (what.startsWith('restore') ? 'lost' : 'well');
		await assert.rejects(changes.undo(lastOf(changes), never), OutcomeUnknown);
		assert.deepEqual(shownBy(live, vendor), { A: 'bca', B: 'x' });
		assert.deepEqual(shownBy(live, vendor), vendor.text());
	});

	it('is taken back though looking afterwards fails: the board is doubtful', async () => {
		const { vendor, live, writing, placed, changes } = await window();
		await removeCards(writing, [placed('a')], never);
		vendor.fate = (what) => (what.startsWith('cards') ? 'unreachable' : 'well');
		await changes.undo(lastOf(changes), never);
		assert.deepEqual(changes.list(), []);
		assert.equal(live.isDoubtful, true);
	});

	it('says where the vendor can’t bring them back', async () => {
		const { vendor, writing, placed, changes } = await window();
		const { session } = vendor;
		const removal = { ...(session.cards?.removal ?? assert.fail()), restore: undefined };
		const cards = { ...(session.cards ?? assert.fail()), removal };
		const without = { ...writing, sessions: { ready: async () => ({ ...session, cards }) } };
		await removeCards(without, [placed('a')], never);
		await assert.rejects(
			changes.undo(lastOf(changes), never),
			new LocalFailure('“a” can’t be brought back from here.'),
		);
	});
});

/** The form of a new card in A, whose vendor does this. */
function formOf(writing: Writing, live: LiveBoard, submit: () => Promise<Card>): Form<Card> {
	const column = { id: 'A', boardId: board.id, workspaceId: workspace.id, name: 'A' };
	return cardForm(writing, live, column, { title: 'New', submitLabel: 'Create', fields: [], submit });
}

describe('a card that was created', () => {
	async function created() {
		const all = await window();
		const { vendor, live, writing } = all;
		vendor.put('x', 'A', 1);
		await formOf(writing, live, async () => ({ ...vendor.card('x'), title: 'x' })).submit({}, never);
		return all;
	}

	it('stands where the vendor has put it', async () => {
		const { vendor, live } = await created();
		assert.equal(shownBy(live, vendor).A, 'axbc');
	});

	it('is removed by taking it back', async () => {
		const { vendor, live, changes } = await created();
		assert.equal(lastOf(changes).label, '“x” created');
		await changes.undo(lastOf(changes), never);
		assert.deepEqual(vendor.text(), { A: 'abc', B: '' });
		assert.equal(shownBy(live, vendor).A, 'abc');
		assert.deepEqual(changes.list(), []);
	});

	it('is left where somebody has changed it since', async () => {
		const { vendor, changes } = await created();
		vendor.change('x', { title: 'theirs' });
		await assert.rejects(changes.undo(lastOf(changes), never), changedSince('theirs'));
		assert.equal(vendor.card('x').title, 'theirs');
	});

	it('is shown where the vendor made it and nobody said so', async () => {
		const { vendor, live, writing, changes } = await window();
		const lost = new OutcomeUnknown('Nobody knows.');
		const form = formOf(writing, live, async () => {
			vendor.put('x', 'A', 1);
			throw lost;
		});
		await assert.rejects(form.submit({}, never), lost);
		assert.equal(shownBy(live, vendor).A, 'axbc');
		assert.deepEqual(changes.list(), []);
	});

	it('is noted and shown though looking afterwards fails', async () => {
		const { vendor, live, writing, changes } = await window();
		vendor.put('x', 'A', 1);
		vendor.fate = () => 'unreachable';
		await formOf(writing, live, async () => vendor.card('x')).submit({}, never);
		assert.equal(lastOf(changes).label, '“x” created');
		assert.equal(shownBy(live, vendor).A, 'abcx');
		assert.equal(live.isDoubtful, true);
	});
});

describe('comments and lists of a card', () => {
	it('a comment is taken back by removing that very one', async () => {
		const { vendor, writing, placed, changes } = await window();
		await addComment(writing, placed('a'), 'First', never);
		await addComment(writing, placed('a'), 'Second', never);
		await changes.undo(changes.list()[0] ?? assert.fail(), never);
		assert.deepEqual(
			vendor.comments.get('a')?.map(({ text }) => text),
			[{ text: 'Second' }],
		);
	});

	it('a comment that failed is not noted', async () => {
		const { vendor, writing, placed, changes } = await window();
		vendor.fate = () => 'refused';
		await assert.rejects(addComment(writing, placed('a'), 'First', never), Refused);
		assert.deepEqual(changes.list(), []);
	});

	it('an item is checked off, and opened again by taking it back', async () => {
		const { vendor, writing, placed, changes } = await window();
		vendor.items.set('a', [{ id: '1', title: 'Oil', done: false }]);
		await setItem(writing, placed('a'), { id: '1', title: 'Oil', done: false }, { title: 'Oil', done: true }, never);
		assert.equal(lastOf(changes).label, '“Oil” checked off');
		assert.equal(vendor.items.get('a')?.[0]?.done, true);
		await changes.undo(lastOf(changes), never);
		assert.deepEqual(vendor.items.get('a'), [{ id: '1', title: 'Oil', done: false }]);
	});

	it('an item that was changed since is left as it is', async () => {
		const { vendor, writing, placed, changes } = await window();
		vendor.items.set('a', [{ id: '1', title: 'Oil', done: false }]);
		await setItem(
			writing,
			placed('a'),
			{ id: '1', title: 'Oil', done: false },
			{ title: 'Grease', done: false },
			never,
		);
		assert.equal(lastOf(changes).label, '“Oil” renamed');
		vendor.items.set('a', [{ id: '1', title: 'Theirs', done: false }]);
		await assert.rejects(changes.undo(lastOf(changes), never), changedSince('Grease'));
		assert.equal(vendor.items.get('a')?.[0]?.title, 'Theirs');
	});

	it('an item that was added is taken off again, unless somebody has worked on it', async () => {
		const { vendor, writing, placed, changes } = await window();
		await addItem(writing, placed('a'), 'Oil', never);
		await addItem(writing, placed('a'), 'Paint', never);
		const [oil, paint] = changes.list();
		vendor.items.set(
			'a',
			(vendor.items.get('a') ?? []).map((item) => ({ ...item, done: item.title === 'Oil' })),
		);
		await changes.undo(paint ?? assert.fail(), never);
		await assert.rejects(changes.undo(oil ?? assert.fail(), never), changedSince('Oil'));
		assert.deepEqual(
			vendor.items.get('a')?.map(({ title }) => title),
			['Oil'],
		);
	});

	it('what is taken off a card says that it can’t be put back', async () => {
		const { vendor, writing, placed, changes } = await window();
		vendor.items.set('a', [{ id: '1', title: 'Oil', done: false }]);
		vendor.comments.set('a', [{ id: 'c', text: { text: 'First' } }]);
		await removeItem(writing, placed('a'), { id: '1', title: 'Oil', done: false }, never);
		await removeComment(writing, placed('a'), { id: 'c', text: { text: 'First' } }, never);
		assert.deepEqual([vendor.items.get('a'), vendor.comments.get('a')], [[], []]);
		for (const done of changes.list()) {
			await assert.rejects(changes.undo(done, never), LocalFailure);
		}
		await assert.rejects(removeComment(writing, placed('a'), { id: 'c', text: { text: '' } }, never), NotFound);
	});

	it('what the vendor can’t do is said before anything is sent', async () => {
		const { vendor, writing, placed } = await window();
		const file = { name: 'plan.pdf' } as Parameters<typeof attachFile>[2];
		await assert.rejects(
			attachFile(writing, placed('a'), file, never),
			new LocalFailure('This can’t be done in Acme.'),
		);
		const without = { sessions: { ready: async () => ({ ...vendor.session, cards: undefined }) } };
		await assert.rejects(cardsOf(without, account, never), LocalFailure);
		assert.deepEqual(vendor.asked, []);
	});
});
