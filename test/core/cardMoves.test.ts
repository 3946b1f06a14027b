import assert from 'node:assert/strict';
import { atTheEnd } from '../../src/core/boardChange.ts';
import { moveCards, moveColumn } from '../../src/core/cardMoves.ts';
import { editCard } from '../../src/core/cardWrites.ts';
import { isCancellation, LocalFailure, OutcomeUnknown, Refused, Unreachable } from '../../src/core/errors.ts';
import { account, held, lastOf, never, opened, settled, shownBy } from '../support/fakeBoard.ts';

function writes(asked: readonly string[]): string[] {
	return asked.filter((what) => /^(move|edit|remove|restore|column )/u.test(what));
}

describe('moving cards', () => {
	it('shows all of them in their new place at once and sends them in their order', async () => {
		const { vendor, live, writing, cards } = await opened({ A: 'abcd', B: 'xy' });
		const holding = held(vendor, (what) => what.startsWith('move'));
		const moving = moveCards(writing, live, cards('db'), vendor.column('B'), 'x', never);
		await settled();
		assert.deepEqual(shownBy(live, vendor), { A: 'ac', B: 'xdby' });
		await holding.releaseAll();
		await moving;
		assert.deepEqual(writes(vendor.asked), ['move d B x', 'move b B d']);
		assert.deepEqual(vendor.text(), { A: 'ac', B: 'xdby' });
		assert.deepEqual(shownBy(live, vendor), vendor.text());
	});

	it('to the end puts them behind what the vendor has there, in their order', async () => {
		const { vendor, live, writing, cards } = await opened({ A: 'abcd', B: 'xy' });
		await moveCards(writing, live, cards('ac'), vendor.column('B'), atTheEnd, never);
		assert.deepEqual(vendor.text(), { A: 'bd', B: 'xyac' });
		assert.deepEqual(shownBy(live, vendor), vendor.text());
	});

	it('to the end of a column to which another is on its way names no card that is not there yet', async () => {
		const { vendor, live, writing, cards } = await opened({ A: 'ab', B: 'x' });
		await Promise.all(['a', 'b'].map((id) => moveCards(writing, live, cards(id), vendor.column('B'), atTheEnd, never)));
		assert.deepEqual(writes(vendor.asked), ['move a B x', 'move b B a']);
		assert.deepEqual(vendor.text(), { A: '', B: 'xab' });
	});

	it('behind a card whose own move failed puts it where the vendor can', async () => {
		const { vendor, live, writing, cards } = await opened({ A: 'ab', B: 'xy' });
		vendor.fate = (what) => (what.startsWith('move a') ? 'refused' : 'well');
		const first = moveCards(writing, live, cards('a'), vendor.column('B'), 'x', never);
		const failed = assert.rejects(first, Refused);
		await settled();
		await moveCards(writing, live, cards('b'), vendor.column('B'), 'a', never);
		await failed;
		assert.deepEqual(vendor.text(), { A: 'a', B: 'xyb' });
		assert.deepEqual(shownBy(live, vendor), vendor.text());
	});

	it('moves a card as the vendor has it, though it is shown otherwise by a change that fails', async () => {
		const { vendor, live, writing, cards } = await opened({ A: 'a', B: '', C: '' });
		vendor.fate = (what) => (what.startsWith('move a B') ? 'refused' : 'well');
		const sent: string[] = [];
		const ready = writing.sessions.ready;
		writing.sessions.ready = async () => {
			const session = await ready();
			const moving = session.cards?.moving ?? assert.fail();
			const move: typeof moving.move = (card, ...rest) => {
				sent.push(card.columnId);
				return moving.move(card, ...rest);
			};
			return { ...session, cards: { ...(session.cards ?? assert.fail()), moving: { ...moving, move } } };
		};
		const failed = assert.rejects(moveCards(writing, live, cards('a'), vendor.column('B'), undefined, never), Refused);
		await settled();
		const shown = { ...vendor.card('a'), columnId: 'B' };
		await moveCards(writing, live, [shown], vendor.column('C'), undefined, never);
		await failed;
		assert.deepEqual(sent, ['A', 'A'], 'vendors go by the column that a card says it is in');
	});

	it('sends nothing more after the first that fails, and puts the others back', async () => {
		const { vendor, live, writing, cards, changes } = await opened({ A: 'abcd', B: 'x' });
		vendor.fate = (what) => (what.startsWith('move b') ? 'refused' : 'well');
		await assert.rejects(
			moveCards(writing, live, cards('abcd'), vendor.column('B'), undefined, never),
			new Refused('Fakeboard did not take this.'),
		);
		assert.deepEqual(writes(vendor.asked), ['move a B -', 'move b B a']);
		assert.deepEqual(shownBy(live, vendor), { A: 'bcd', B: 'ax' });
		assert.deepEqual(shownBy(live, vendor), vendor.text());
		assert.equal(lastOf(changes).label, '“a” moved to Column B', 'what was done can be taken back');
	});

	it('shows what became of a move that nobody answered', async () => {
		const { vendor, live, writing, cards, changes } = await opened({ A: 'ab', B: '' });
		vendor.fate = (what) => (what.startsWith('move a') ? 'lost' : 'well');
		await assert.rejects(moveCards(writing, live, cards('ab'), vendor.column('B'), undefined, never), OutcomeUnknown);
		assert.deepEqual(shownBy(live, vendor), { A: 'b', B: 'a' });
		assert.deepEqual(changes.list(), []);
	});

	it('says that somebody cancelled where nothing was sent because of it', async () => {
		const { vendor, live, writing, cards } = await opened({ A: 'ab', B: '', C: '' });
		const holding = held(vendor, (what) => what.startsWith('move a'));
		const first = moveCards(writing, live, cards('a'), vendor.column('B'), undefined, never);
		await settled();
		const leaving = new AbortController();
		const second = moveCards(writing, live, cards('b'), vendor.column('C'), undefined, leaving.signal);
		await settled();
		leaving.abort();
		await holding.releaseAll();
		await first;
		await assert.rejects(second, (error) => isCancellation(error));
		assert.deepEqual(shownBy(live, vendor), { A: 'b', B: 'a', C: '' });
		assert.deepEqual(vendor.text(), shownBy(live, vendor));
	});

	it('refuses what is impossible before anything is shown or sent', async () => {
		const { vendor, live, writing, cards } = await opened({ A: 'ab', B: '' });
		const locked = { ...vendor.card('a'), readOnly: 'It is closed.' };
		await assert.rejects(
			moveCards(writing, live, [...cards('b'), locked], vendor.column('B'), undefined, never),
			new LocalFailure('It is closed.'),
		);
		assert.deepEqual(vendor.asked, []);
		assert.deepEqual(shownBy(live, vendor), { A: 'ab', B: '' });
	});

	it('shows the vendor’s own order where it orders by itself', async () => {
		const { vendor, live, writing, cards } = await opened({ A: 'ab', B: 'xy' }, { places: 'none' });
		await moveCards(writing, live, cards('a'), vendor.column('B'), undefined, never);
		assert.deepEqual(shownBy(live, vendor), { A: 'b', B: 'xya' });
	});

	it('stays done where looking at the order afterwards fails: the board is doubtful', async () => {
		const { vendor, live, writing, cards, changes } = await opened({ A: 'ab', B: 'xy' }, { places: 'none' });
		vendor.fate = (what) => (what.startsWith('cards') ? 'unreachable' : 'well');
		await moveCards(writing, live, cards('a'), vendor.column('B'), undefined, never);
		assert.equal(live.isDoubtful, true);
		assert.equal(changes.list().length, 1);
	});

	it('into a column that nobody has opened works, and so does taking it back', async () => {
		const { vendor, live, writing, cards, changes } = await opened({ A: 'abc', B: 'x' }, { load: ['A'] });
		await moveCards(writing, live, cards('b'), vendor.column('B'), atTheEnd, never);
		assert.deepEqual(vendor.text(), { A: 'ac', B: 'xb' });
		assert.deepEqual(shownBy(live, vendor), vendor.text());
		await changes.undo(lastOf(changes), never);
		assert.deepEqual(vendor.text(), { A: 'abc', B: 'x' });
		assert.deepEqual(shownBy(live, vendor), vendor.text());
	});

	it('to the top of a column that nobody has opened is taken back as well', async () => {
		const { vendor, live, writing, cards, changes } = await opened({ A: 'abc', B: 'x' }, { load: [] });
		await moveCards(writing, live, cards('b'), vendor.column('B'), undefined, never);
		assert.deepEqual(vendor.text(), { A: 'ac', B: 'bx' });
		await changes.undo(lastOf(changes), never);
		assert.equal(vendor.card('b').columnId, 'A');
	});

	it('behind one of themselves stay behind what stands before it', async () => {
		const { vendor, live, writing, cards } = await opened({ A: 'a', B: 'xyz' });
		await moveCards(writing, live, cards('ay'), vendor.column('B'), 'y', never);
		assert.deepEqual(vendor.text(), { A: '', B: 'xayz' });
		assert.deepEqual(shownBy(live, vendor), vendor.text());
	});

	describe('and taking it back', () => {
		it('puts each card where it stood', async () => {
			const { vendor, live, writing, cards, changes } = await opened({ A: 'abcd', B: 'xy', C: '' });
			await moveCards(writing, live, cards('abdy'), vendor.column('C'), undefined, never);
			assert.equal(lastOf(changes).label, '4 cards moved to Column C');
			await changes.undo(lastOf(changes), never);
			assert.deepEqual(vendor.text(), { A: 'abcd', B: 'xy', C: '' });
			assert.deepEqual(shownBy(live, vendor), vendor.text());
			assert.deepEqual(changes.list(), [], 'taking back is no change of its own');
		});

		it('puts a card back within its column', async () => {
			const { vendor, live, writing, cards, changes } = await opened({ A: 'abc' });
			await moveCards(writing, live, cards('a'), vendor.column('A'), 'c', never);
			assert.deepEqual(vendor.text(), { A: 'bca' });
			await changes.undo(lastOf(changes), never);
			assert.deepEqual(vendor.text(), { A: 'abc' });
		});

		it('is refused where somebody has moved the card on, unseen by this window', async () => {
			const { vendor, live, writing, cards, changes } = await opened({ A: 'ab', B: '', C: '' });
			await moveCards(writing, live, cards('a'), vendor.column('B'), undefined, never);
			vendor.put('a', 'C');
			vendor.asked.length = 0;
			await assert.rejects(
				changes.undo(lastOf(changes), never),
				new LocalFailure('“a” was changed again since, so it was left as it is.'),
			);
			assert.deepEqual(writes(vendor.asked), []);
			assert.equal(vendor.card('a').columnId, 'C');
		});

		it('puts it to the end where the card it stood behind has gone', async () => {
			const { vendor, live, writing, cards, changes } = await opened({ A: 'abc', B: '', C: '' });
			await moveCards(writing, live, cards('b'), vendor.column('B'), undefined, never);
			await moveCards(writing, live, cards('a'), vendor.column('C'), undefined, never);
			await changes.undo(changes.list()[0] ?? assert.fail(), never);
			assert.deepEqual(vendor.text(), { A: 'cb', B: '', C: 'a' });
			assert.deepEqual(shownBy(live, vendor), vendor.text());
		});

		it('that fails halfway goes on from there with another try', async () => {
			const { vendor, live, writing, cards, changes } = await opened({ A: 'abc', B: '' });
			await moveCards(writing, live, cards('abc'), vendor.column('B'), undefined, never);
			vendor.fate = (what) => (what.startsWith('move b') ? 'unreachable' : 'well');
			const done = lastOf(changes);
			await assert.rejects(changes.undo(done, never), Unreachable);
			assert.deepEqual(vendor.text(), { A: 'a', B: 'bc' });
			assert.deepEqual(shownBy(live, vendor), vendor.text());
			vendor.fate = () => 'well';
			await changes.undo(done, never);
			assert.deepEqual(vendor.text(), { A: 'abc', B: '' });
			assert.deepEqual(changes.list(), []);
		});
	});

	it('after an edit that is on its way shows both, and keeps both', async () => {
		const { vendor, live, writing, cards } = await opened({ A: 'ab', B: '' });
		const holding = held(vendor);
		const card = vendor.card('a');
		const editing = editCard(writing, { account, live, card }, { title: 'new' }, { title: 'a' }, never);
		const moving = moveCards(writing, live, cards('a'), vendor.column('B'), undefined, never);
		await holding.releaseAll();
		await Promise.all([editing, moving]);
		assert.deepEqual(shownBy(live, vendor), { A: 'b', B: 'a(new)' });
		assert.deepEqual(vendor.text(), shownBy(live, vendor));
	});
});

describe('moving a column', () => {
	const names = async ({ live }: Awaited<ReturnType<typeof opened>>) =>
		(await live.columns(never)).map(({ id }) => id).join('');

	it('is told to whoever shows the board, and can be taken back', async () => {
		const window = await opened({ A: '', B: '', C: '' });
		const { vendor, live, writing, changes } = window;
		let told = 0;
		live.onDidChange((touched) => (told += touched === undefined ? 1 : 0));
		await moveColumn(writing, live, vendor.column('C'), vendor.column('A'), never);
		assert.equal(await names(window), 'ACB');
		assert.equal(told, 1);
		await changes.undo(lastOf(changes), never);
		assert.equal(await names(window), 'ABC');
		assert.deepEqual(changes.list(), []);
	});

	it('that fails lets the columns be looked at again', async () => {
		const window = await opened({ A: '', B: '', C: '' });
		const { vendor, live, writing, changes } = window;
		let told = 0;
		live.onDidChange((touched) => (told += touched === undefined ? 1 : 0));
		vendor.fate = (what) => (what.startsWith('column ') ? 'lost' : 'well');
		await assert.rejects(moveColumn(writing, live, vendor.column('C'), undefined, never), OutcomeUnknown);
		assert.equal(told, 1);
		assert.equal(vendor.forgotten, 1);
		assert.deepEqual(changes.list(), []);
	});
});
