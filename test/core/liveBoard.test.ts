import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { atTheEnd, type BoardChange } from '../../src/core/boardChange.ts';
import { moveCards } from '../../src/core/cardMoves.ts';
import { editCard, removeCards } from '../../src/core/cardWrites.ts';
import { isCancellation, OutcomeUnknown, Refused, Unreachable } from '../../src/core/errors.ts';
import { type LiveBoard, NotSent } from '../../src/core/liveBoard.ts';
import { LiveBoards } from '../../src/core/liveBoards.ts';
import {
	account,
	board,
	type FakeBoard,
	held,
	never,
	opened,
	settled,
	shownBy,
	textOf,
	workspace,
} from '../support/fakeBoard.ts';

function move(vendor: FakeBoard, live: LiveBoard, id: string, to: string, after?: string): Promise<void> {
	const change: BoardChange = { kind: 'place', cards: [vendor.card(id)], columnId: to, after };
	return live.change(change, async () => {
		await vendor.session.cards?.moving?.move(vendor.card(id), vendor.column(to), after, never);
		return undefined;
	});
}

/** Hidden until it is waited for, so that it counts as handled meanwhile. */
function failureOf(promise: Promise<unknown>): Promise<unknown> {
	return promise.then(
		() => assert.fail('it went well'),
		(error: unknown) => error,
	);
}

describe('a board in this window', () => {
	it('asks for a column once, for whoever comes', async () => {
		const { vendor, live } = await opened({ A: 'abc' }, { load: [] });
		await Promise.all([live.cards(vendor.column('A'), never), live.cards(vendor.column('A'), never)]);
		await live.cards(vendor.column('A'), never);
		assert.deepEqual(vendor.asked, ['cards A']);
		assert.equal(textOf(live.shown('A')), 'abc');
	});

	it('knows what was not loaded as not loaded', async () => {
		const { live } = await opened({ A: 'abc', B: '' }, { load: ['A'] });
		assert.equal(live.shown('B'), undefined);
		assert.equal(live.card('z'), undefined);
		assert.equal(live.card('b')?.columnId, 'A');
	});

	it('lets one asker leave without spoiling it for the other', async () => {
		const { vendor, live } = await opened({ A: 'abc' }, { load: [] });
		const holding = held(vendor);
		const leaving = new AbortController();
		const one = failureOf(live.cards(vendor.column('A'), leaving.signal));
		const other = live.cards(vendor.column('A'), never);
		await settled();
		leaving.abort();
		assert.ok(isCancellation(await one));
		await holding.releaseAll();
		assert.equal(textOf((await other).items), 'abc');
		assert.deepEqual(vendor.asked, ['cards A']);
	});

	it('tries again after a load has failed', async () => {
		const { vendor, live } = await opened({ A: 'abc' }, { load: [] });
		vendor.fate = () => 'unreachable';
		await assert.rejects(live.cards(vendor.column('A'), never), Unreachable);
		vendor.fate = () => 'well';
		assert.equal(textOf((await live.cards(vendor.column('A'), never)).items), 'abc');
	});

	describe('with a change', () => {
		it('shows it at once, as one that is on its way, and keeps it', async () => {
			const { vendor, live } = await opened({ A: 'ab', B: 'x' });
			const holding = held(vendor);
			const moving = move(vendor, live, 'a', 'B', 'x');
			assert.deepEqual(shownBy(live, vendor), { A: 'b', B: 'xa' });
			assert.deepEqual([...live.pending], ['a']);
			await holding.releaseAll();
			await moving;
			assert.deepEqual(shownBy(live, vendor), { A: 'b', B: 'xa' });
			assert.deepEqual([...live.pending], []);
			assert.deepEqual(vendor.text(), { A: 'b', B: 'xa' });
		});

		it('tells who shows it which columns look different', async () => {
			const { vendor, live } = await opened({ A: 'ab', B: 'x', C: 'y' });
			const told: (readonly string[] | undefined)[] = [];
			live.onDidChange((touched) => told.push(touched && [...touched].sort()));
			await move(vendor, live, 'a', 'B');
			assert.ok(told.length >= 2);
			told.forEach((touched) => assert.deepEqual(touched, ['A', 'B']));
		});

		it('takes it back where the vendor refuses, throws the failure, and shows the truth', async () => {
			const { vendor, live } = await opened({ A: 'ab', B: 'x' });
			vendor.fate = (what) => (what.startsWith('move') ? 'refused' : 'well');
			vendor.put('b', 'B', 1);
			const moving = failureOf(move(vendor, live, 'a', 'B'));
			assert.deepEqual(shownBy(live, vendor), { A: 'b', B: 'ax' });
			assert.ok((await moving) instanceof Refused);
			assert.deepEqual(shownBy(live, vendor), { A: 'a', B: 'xb' });
			assert.equal(live.isDoubtful, false);
			assert.equal(vendor.forgotten, 1);
		});

		it('looks at the vendor where nobody answered, and finds it done', async () => {
			const { vendor, live } = await opened({ A: 'ab', B: 'x' });
			vendor.fate = (what) => (what.startsWith('move') ? 'lost' : 'well');
			await assert.rejects(move(vendor, live, 'a', 'B'), OutcomeUnknown);
			assert.deepEqual(shownBy(live, vendor), { A: 'b', B: 'ax' });
			assert.equal(live.isDoubtful, false);
		});

		it('is doubtful where nobody answered and looking fails too, until it is looked at', async () => {
			const { vendor, live } = await opened({ A: 'ab', B: 'x' });
			vendor.fate = (what) => (what.startsWith('move') ? 'lost' : 'unreachable');
			const error = await failureOf(move(vendor, live, 'a', 'B'));
			assert.ok(error instanceof OutcomeUnknown, 'the failure of the write is the one to tell');
			assert.equal(live.isDoubtful, true);
			assert.deepEqual(shownBy(live, vendor), { A: 'ab', B: 'x' });
			vendor.fate = () => 'well';
			await live.lookAgain(['A', 'B'], never);
			assert.equal(live.isDoubtful, false);
			assert.deepEqual(shownBy(live, vendor), vendor.text());
		});

		it('is not doubtful where the vendor refused, though looking fails', async () => {
			const { vendor, live } = await opened({ A: 'ab', B: 'x' });
			vendor.fate = (what) => (what.startsWith('move') ? 'refused' : 'unreachable');
			await assert.rejects(move(vendor, live, 'a', 'B'), Refused);
			assert.equal(live.isDoubtful, false);
		});

		it('stays doubtful when something else is refused or looked at meanwhile', async () => {
			const { vendor, live } = await opened({ A: 'ab', B: 'x', C: 'y' });
			vendor.fate = (what) => (what.startsWith('move') ? 'lost' : 'unreachable');
			await assert.rejects(move(vendor, live, 'a', 'B'));
			vendor.fate = (what) => (what.startsWith('move') ? 'refused' : 'unreachable');
			await assert.rejects(move(vendor, live, 'y', 'C'));
			assert.equal(live.isDoubtful, true, 'a refusal says nothing about the change before');
			vendor.fate = () => 'well';
			await live.lookAgain(['C'], never);
			assert.equal(live.isDoubtful, true, 'another column was looked at');
		});

		it('sends one write at a time, in their order', async () => {
			const { vendor, live } = await opened({ A: 'abc', B: '' });
			const holding = held(vendor, (what) => what.startsWith('move'));
			const moves = ['a', 'b', 'c'].map((id) => move(vendor, live, id, 'B'));
			assert.deepEqual(shownBy(live, vendor), { A: '', B: 'cba' });
			for (const id of ['a', 'b', 'c']) {
				await settled();
				assert.deepEqual(holding.waiting(), [`move ${id} B -`]);
				await holding.release('move');
			}
			await Promise.all(moves);
			assert.deepEqual(vendor.text(), { A: '', B: 'cba' });
		});

		it('goes on with the second where the first of two fails', async () => {
			const { vendor, live } = await opened({ A: 'abc', B: 'x' });
			const holding = held(vendor, (what) => what.startsWith('move b'));
			vendor.fate = (what) => (what.startsWith('move a') ? 'refused' : 'well');
			const first = failureOf(move(vendor, live, 'a', 'B'));
			const second = move(vendor, live, 'b', 'B', 'x');
			assert.deepEqual(shownBy(live, vendor), { A: 'c', B: 'axb' });
			assert.ok((await first) instanceof Refused);
			assert.deepEqual(shownBy(live, vendor), { A: 'ac', B: 'xb' }, 'the second is still on its way');
			await holding.releaseAll();
			await second;
			assert.deepEqual(shownBy(live, vendor), { A: 'ac', B: 'xb' });
			assert.deepEqual(vendor.text(), shownBy(live, vendor));
		});

		it('shows the truth though the second is done while it looks after the first', async () => {
			const { vendor, live } = await opened({ A: 'abc', B: 'x' });
			const holding = held(vendor, (what) => what.startsWith('answer to cards'));
			vendor.fate = (what) => (what.startsWith('move a') ? 'refused' : 'well');
			const first = failureOf(move(vendor, live, 'a', 'B'));
			const waiting = held(vendor, (what) => what.startsWith('answer to cards') || what.startsWith('move b'));
			const second = move(vendor, live, 'b', 'B', 'x');
			await settled();
			assert.deepEqual(waiting.waiting().sort(), ['answer to cards A', 'answer to cards B', 'move b B x']);
			await waiting.release('move b');
			await second;
			await waiting.releaseAll();
			await holding.releaseAll();
			await first;
			assert.deepEqual(vendor.text(), { A: 'ac', B: 'xb' });
			assert.deepEqual(shownBy(live, vendor), vendor.text(), 'what was asked for before the second is no longer true');
		});

		it('that was given up unsent looks at nothing', async () => {
			const { vendor, live } = await opened({ A: 'ab', B: 'x' });
			const change: BoardChange = { kind: 'remove', card: vendor.card('a') };
			await assert.rejects(
				live.change(change, () => Promise.reject(new NotSent())),
				NotSent,
			);
			assert.deepEqual(vendor.asked, []);
			assert.equal(vendor.forgotten, 0);
			assert.deepEqual(shownBy(live, vendor), { A: 'ab', B: 'x' });
		});
	});

	describe('page by page', () => {
		it('loads more, tells who shows it, and says when there is no more', async () => {
			const { vendor, live } = await opened({ A: 'abcde' }, { pageSize: 2 });
			const told: string[] = [];
			live.onDidLoad((column) => told.push(column));
			assert.ok(live.hasMore('A'));
			const page = await (await live.cards(vendor.column('A'), never)).next?.(never);
			assert.equal(textOf(page?.items), 'cd');
			assert.equal(textOf((await page?.next?.(never))?.items), 'e');
			assert.equal(textOf(live.shown('A')), 'abcde');
			assert.equal(live.hasMore('A'), false);
			assert.deepEqual(told, ['A', 'A']);
		});

		it('opens as many pages after a reset as were open before', async () => {
			const { vendor, live } = await opened({ A: 'abcde' }, { pageSize: 2 });
			await (await live.cards(vendor.column('A'), never)).next?.(never);
			live.reset();
			assert.equal(live.shown('A'), undefined);
			assert.equal(textOf((await live.cards(vendor.column('A'), never)).items), 'abcd');
		});

		it('gives two who turn the pages the same cards, without asking twice', async () => {
			const { vendor, live } = await opened({ A: 'abcde' }, { pageSize: 2 });
			const [one, other] = [await live.cards(vendor.column('A'), never), await live.cards(vendor.column('A'), never)];
			assert.equal(textOf((await one.next?.(never))?.items), 'cd');
			assert.equal(textOf((await other.next?.(never))?.items), 'cd', 'the other has not seen these yet');
			assert.deepEqual(vendor.asked, ['cards A from 2']);
		});

		it('shows a card once that a later page brings again', async () => {
			const { vendor, live } = await opened({ A: 'abcde', B: 'x' }, { pageSize: 2 });
			await move(vendor, live, 'x', 'A', 'a');
			const all = await live.allCards(vendor.column('A'), never);
			assert.equal(textOf(all), 'axbcde');
		});

		it('misses no card where one has left an earlier page meanwhile', async () => {
			const { vendor, live } = await opened({ A: 'abcde', B: '' }, { pageSize: 2 });
			await move(vendor, live, 'a', 'B');
			assert.equal(textOf(await live.allCards(vendor.column('A'), never)), 'bcde');
		});

		it('misses no card where one leaves while the page is on its way', async () => {
			const { vendor, live } = await opened({ A: 'abcde', B: '' }, { pageSize: 2 });
			const holding = held(vendor, (what) => what === 'cards A from 2');
			const all = live.allCards(vendor.column('A'), never);
			await settled();
			await move(vendor, live, 'a', 'B');
			await holding.releaseAll();
			assert.equal(textOf(await all), 'bcde');
			assert.equal(textOf(live.shown('A')), 'bcde');
		});

		it('shows no card twice where somebody puts one in front while pages load', async () => {
			const { vendor, live } = await opened({ A: 'abcd', B: 'x' }, { load: [], pageSize: 2 });
			await (await live.cards(vendor.column('A'), never)).next?.(never);
			live.reset();
			const holding = held(vendor, (what) => what === 'cards A from 2');
			const loading = live.cards(vendor.column('A'), never);
			await settled();
			vendor.put('x', 'A');
			await holding.releaseAll();
			await loading;
			const ids = (live.shown('A') ?? []).map(({ id }) => id);
			assert.equal(new Set(ids).size, ids.length, ids.join());
		});

		it('counts what it has moved itself', async () => {
			const { vendor, live } = await opened({ A: 'abcde', B: 'x' }, { pageSize: 2 });
			assert.equal(live.total('A'), 5);
			await move(vendor, live, 'a', 'B');
			assert.equal(live.total('A'), 4);
			assert.equal(live.total('B'), 2);
			await live.allCards(vendor.column('A'), never);
			assert.equal(live.total('A'), 4);
		});

		it('keeps what came when a further page fails, and gets it with another try', async () => {
			const { vendor, live } = await opened({ A: 'abc' }, { pageSize: 2 });
			vendor.fate = () => 'unreachable';
			const page = await live.cards(vendor.column('A'), never);
			await assert.rejects(page.next?.(never) ?? Promise.resolve(), Unreachable);
			assert.equal(textOf(live.shown('A')), 'ab');
			vendor.fate = () => 'well';
			assert.equal(textOf((await page.next?.(never))?.items), 'c');
		});
	});

	describe('that is reset', () => {
		it('while it loads drops what was asked for before', async () => {
			const { vendor, live } = await opened({ A: 'abc' }, { load: [] });
			const holding = held(vendor, (what) => what.startsWith('answer'));
			const old = live.cards(vendor.column('A'), never);
			await settled();
			live.reset();
			vendor.change('a', { title: 'new' });
			const fresh = live.cards(vendor.column('A'), never);
			await holding.releaseAll();
			assert.equal(textOf((await fresh).items), 'a(new)bc');
			assert.equal(textOf(live.shown('A')), 'a(new)bc');
			assert.equal(textOf((await old).items), 'a(new)bc', 'an empty list never stands for a reset');
		});

		it('while all of a column is walked gives all of it as it is then', async () => {
			const { vendor, live } = await opened({ A: 'abcde' }, { load: [], pageSize: 2 });
			const holding = held(vendor, (what) => what.startsWith('answer to cards A from 2'));
			const all = live.allCards(vendor.column('A'), never);
			await settled();
			live.reset();
			await holding.releaseAll();
			assert.equal(textOf(await all), 'abcde');
		});

		it('is no longer doubtful, and shows the truth once it is loaded', async () => {
			const { vendor, live } = await opened({ A: 'ab', B: 'x' });
			vendor.fate = (what) => (what.startsWith('move') ? 'lost' : 'unreachable');
			await assert.rejects(move(vendor, live, 'a', 'B'));
			vendor.fate = () => 'well';
			live.reset();
			assert.equal(live.isDoubtful, false);
			await Promise.all(vendor.columns.map((column) => live.cards(column, never)));
			assert.deepEqual(shownBy(live, vendor), vendor.text());
		});

		it('while something is written shows it once, in its place', async () => {
			const { vendor, live } = await opened({ A: 'ab', B: 'x' });
			const holding = held(vendor, (what) => what.includes('move'));
			const moving = move(vendor, live, 'a', 'B', 'x');
			live.reset();
			await Promise.all(vendor.columns.map((column) => live.cards(column, never)));
			assert.deepEqual(shownBy(live, vendor), { A: 'b', B: 'xa' });
			await holding.releaseAll();
			await moving;
			assert.deepEqual(shownBy(live, vendor), vendor.text());
		});
	});

	it('takes in what is known to be at the vendor, whatever was asked for before', async () => {
		const { vendor, live } = await opened({ A: 'ab', B: '' });
		const holding = held(vendor, (what) => what.startsWith('answer to cards'));
		const looking = live.lookAgain(['A', 'B'], never);
		await settled();
		vendor.put('a', 'B');
		live.take({ kind: 'place', cards: [vendor.card('a')], columnId: 'B', after: atTheEnd });
		assert.deepEqual(shownBy(live, vendor), { A: 'b', B: 'a' });
		await holding.releaseAll();
		await looking;
		assert.deepEqual(shownBy(live, vendor), { A: 'b', B: 'a' });
	});

	it('keeps a card where it was found last, though more of its old column comes after that', async () => {
		const { vendor, live } = await opened({ A: 'abc', B: '' }, { pageSize: 2 });
		const holding = held(vendor, (what) => what === 'answer to cards A from 2');
		const first = await live.cards(vendor.column('A'), never);
		const more = first.next?.(never);
		await settled();
		vendor.put('a', 'B');
		await live.lookAgain(['B'], never);
		assert.deepEqual(shownBy(live, vendor), { A: 'b', B: 'a' });
		await holding.releaseAll();
		await more;
		assert.deepEqual(shownBy(live, vendor), { A: 'bc', B: 'a' });
	});
});

type Act =
	| { readonly kind: 'move'; readonly cards: readonly string[]; readonly to: string; readonly after: string }
	| { readonly kind: 'edit' | 'status'; readonly card: string; readonly to: string }
	| { readonly kind: 'remove' | 'more' | 'look' | 'reset' | 'undo'; readonly card: string; readonly to: string };

const someCard = fc.constantFrom(...'abcdexyz'.split(''));
const someColumn = fc.constantFrom('A', 'B', 'C');
const someAct: fc.Arbitrary<Act> = fc.oneof(
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constant('move' as const),
			cards: fc.uniqueArray(someCard, { minLength: 1, maxLength: 3 }),
			to: someColumn,
			after: fc.constantFrom('', atTheEnd, ...'abcdexyz'.split('')),
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constantFrom(...(['edit', 'status', 'remove', 'more', 'look', 'reset', 'undo'] as const)),
			card: someCard,
			to: someColumn,
		}),
	},
);

/** Does what a person does: with the cards as they are shown, and never behind a card that is not there. */
async function act({ live, vendor, writing, changes }: Awaited<ReturnType<typeof opened>>, one: Act): Promise<void> {
	const shown = (id: string) => live.card(id) ?? [];
	if (one.kind === 'move') {
		const stays = (live.shown(one.to) ?? []).filter(({ id }) => !one.cards.includes(id));
		const isThere = one.after === atTheEnd || stays.some(({ id }) => id === one.after);
		const cards = one.cards.flatMap(shown);
		return cards.length === 0
			? undefined
			: moveCards(writing, live, cards, vendor.column(one.to), isThere ? one.after : undefined, never);
	}
	if (one.kind === 'more') {
		return void (await (await live.cards(vendor.column(one.to), never)).next?.(never));
	}
	if (one.kind === 'look') {
		return live.lookAgain([one.to], never);
	}
	if (one.kind === 'reset') {
		return live.reset();
	}
	if (one.kind === 'undo') {
		const done = changes.list().at(-1);
		return done && changes.undo(done, never);
	}
	for (const card of [shown(one.card)].flat()) {
		const placed = { account, live, card };
		if (one.kind === 'remove') {
			await removeCards(writing, [placed], never);
		} else {
			const values = one.kind === 'edit' ? { title: `${card.id}!` } : { status: one.to };
			await editCard(writing, placed, values, { title: card.title, status: card.columnId }, never);
		}
	}
}

describe('whatever is done to a board, and whatever fails', () => {
	const runs = 200;
	const fates = fc.infiniteStream(
		fc.oneof(
			{ weight: 3, arbitrary: fc.constant('well' as const) },
			fc.constantFrom('refused' as const, 'unreachable' as const, 'lost' as const),
		),
	);
	const acts = fc.array(someAct, { minLength: 1, maxLength: 6 });
	const isWrite = (what: string): boolean => /^(move|edit|remove|restore)/u.test(what);

	for (const places of ['any', 'ends', 'none'] as const) {
		for (const pageSize of [Number.POSITIVE_INFINITY, 2]) {
			const pages = pageSize === 2 ? 'pages of two' : 'one page';
			it(`the window shows what the vendor has afterwards (places: ${places}, ${pages})`, async () => {
				await fc.assert(
					fc.asyncProperty(acts, fates, fc.scheduler(), async (todo, fate, scheduler) => {
						const window = await opened({ A: 'abcde', B: 'xyz', C: '' }, { places, pageSize });
						const { vendor, live } = window;
						vendor.fate = (what) => (isWrite(what) ? (fate.next().value ?? 'well') : 'well');
						vendor.pass = (what) => scheduler.schedule(Promise.resolve(), what);
						// All at once, as impatient people do it.
						await scheduler.waitFor(Promise.allSettled(todo.map((one) => act(window, one))));
						vendor.pass = async () => undefined;
						await Promise.all(vendor.columns.map((column) => live.allCards(column, never)));
						assert.deepEqual(shownBy(live, vendor), vendor.text());
						assert.equal(live.isDoubtful, false);
						assert.equal(live.pending.size, 0);
						vendor.columns.forEach(({ id }) => assert.equal(live.total(id), live.shown(id)?.length));
					}),
					{ numRuns: runs },
				);
			});
		}
	}

	it('the window is doubtful, or shows what the vendor has, where looking may fail too', async () => {
		await fc.assert(
			fc.asyncProperty(acts, fates, async (todo, fate) => {
				const window = await opened({ A: 'abcde', B: 'xyz', C: '' });
				const { vendor, live } = window;
				vendor.fate = () => fate.next().value ?? 'well';
				for (const one of todo.filter(({ kind }) => kind !== 'reset')) {
					await act(window, one).catch(() => undefined);
					if (!live.isDoubtful) {
						assert.deepEqual(shownBy(live, vendor), vendor.text());
					}
				}
			}),
			{ numRuns: runs },
		);
	});
});

describe('the boards of this window', () => {
	const sessions = { ready: () => assert.fail('it asked') };
	const other = { ...account, id: 'other' };

	it('are the same for whoever asks, and each account’s own', () => {
		const boards = new LiveBoards(sessions);
		assert.equal(boards.of(account, workspace, board), boards.of(account, workspace, { ...board }));
		assert.notEqual(boards.of(account, workspace, board), boards.of(other, workspace, board));
		assert.equal(boards.list().length, 2);
	});

	it('are dropped with their account, and those of others stay', () => {
		const boards = new LiveBoards(sessions);
		const [mine, theirs] = [boards.of(account, workspace, board), boards.of(other, workspace, board)];
		const told: LiveBoard[] = [];
		boards.onDidChange(({ live }) => told.push(live));
		boards.sweep((id) => id === 'a');
		assert.deepEqual(boards.list(), [theirs]);
		mine.reset();
		assert.deepEqual(told, [], 'nobody listens to what is gone');
	});

	it('are asked for anew one by one or all of an account', () => {
		const boards = new LiveBoards(sessions);
		const second = { ...board, id: 'c' };
		const [one, two] = [boards.of(account, workspace, board), boards.of(account, workspace, second)];
		boards.of(other, workspace, board);
		const told: LiveBoard[] = [];
		boards.onDidChange(({ live }) => told.push(live));
		boards.forget(account, 'c');
		assert.deepEqual(told, [two]);
		boards.forget(account);
		assert.deepEqual(told, [two, one, two]);
	});
});
