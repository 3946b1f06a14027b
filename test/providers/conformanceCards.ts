import assert from 'node:assert/strict';
import { cardField } from '../../src/core/cards.ts';
import { InvalidInput, ProviderError } from '../../src/core/errors.ts';
import { problemOf } from '../../src/core/form.ts';
import type { Board, Card, Column } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { Provider, Session } from '../../src/core/provider.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { type Opened, openPractice, signal } from '../support/session.ts';
import {
	anotherValue,
	attachedFile,
	type CardWritePart,
	cardWriteParts,
	commentText,
	editable,
	filled,
	has,
	movable,
	removable,
	sameValue,
	targetsOf,
	withChecklist,
} from './cardWrites.ts';
import { collect, type Desk, deskOf, lanesOf } from './conformanceWalks.ts';

/** What cards can have. */
export type CardPart = 'cards' | 'comments' | 'myCards' | CardWritePart;

export function cardPartsOf(session: Session): readonly CardPart[] {
	const { cards } = session;
	return [
		...(cards ? (['cards'] as const) : []),
		...(cards?.comments ? (['comments'] as const) : []),
		...(cards?.mine ? (['myCards'] as const) : []),
		...cardWriteParts.filter((part) => has(session, part)),
	];
}

export interface CardExpectations {
	readonly vendor: string;
	/** Those that the session has, with others or without. */
	readonly parts: readonly string[];
	readonly settings?: Readonly<Record<string, string>>;
}

/** What every vendor whose cards can be worked with must do, as far as it has the parts; `core/cards.ts` says it of each. */
export function cardConformance(provider: Provider, { vendor, parts, settings }: CardExpectations): void {
	describe(`${provider.label} keeps the contract of cards`, function () {
		this.timeout(60_000);
		let server: TestVendor;
		let opened: Opened;
		let session: Session;

		beforeEach(async () => {
			server = await startVendor(vendor);
			opened = await openPractice(provider, server.address, settings);
			({ session } = opened);
		});
		afterEach(() => server.close());

		const can = (part: CardPart) => parts.includes(part);
		/** A session that remembers nothing. */
		const fresh = (): Session => provider.open(opened.account, opened.io);
		const valuesOf = async (card: Card) => (await fresh().cards!.look(card, signal())).values;

		it('looks at a card and finds what the list says of it', async () => {
			const { lane } = await deskOf(session);
			for (const listed of lane.cards.slice(0, 5)) {
				const { card } = await fresh().cards!.look(listed, signal());
				assert.deepEqual(told(card, listed), told(listed, listed));
			}
		});

		it('stops at once when a look is given up', async () => {
			const { card } = await deskOf(session);
			await assert.rejects(session.cards!.look(card, AbortSignal.abort()), { name: 'AbortError' });
		});

		if (can('cardEditing')) {
			it('holds a value for each field that can be changed', async () => {
				const { lanes } = await editable(session);
				for (const card of lanes.flatMap(({ cards }) => cards.slice(0, 2))) {
					const { values } = await session.cards!.look(card, signal());
					for (const { id } of session.cards!.editing!.fields(card)) {
						assert.notEqual(values[id], undefined, `${card.title}: ${id} has no value`);
					}
				}
			});

			it('changes each field by itself, and back, and nothing else with it', async () => {
				const { board, card: begun } = await editable(session);
				const tried: string[] = [];
				for (const field of session.cards!.editing!.fields(begun)) {
					const listed = await findCard(fresh(), board, begun);
					const before = await valuesOf(listed);
					const value = await anotherValue(field, before);
					if (value !== undefined && !isMerelyPart(field.id)) {
						const alone = session.cards!.editing!.warning?.(listed, { [field.id]: value }) === undefined;
						const edited = await session.cards!.editing!.edit(listed, { [field.id]: value }, signal());
						assertChanged(await valuesOf(edited), { ...before, [field.id]: value }, field.id, alone);
						await assertListed(fresh(), board, edited);
						const old = before[field.id];
						if (problemOf(field, before) === undefined) {
							const back = await session
								.cards!.editing!.edit(edited, { [field.id]: old }, signal())
								.catch((error: unknown) => notTheWayBack(error, field.id));
							if (back) {
								assertChanged(await valuesOf(back), before, field.id, alone);
							}
						}
						tried.push(field.id);
					}
				}
				assert.ok(tried.includes(cardField.title), `only ${tried.join()} were tried`);
			});

			it('says what is wrong with an empty title before anything is sent', async () => {
				const { card } = await editable(session);
				const before = await valuesOf(card);
				await assert.rejects(session.cards!.editing!.edit(card, { title: '' }, signal()), ProviderError);
				assert.deepEqual(await valuesOf(card), before);
			});
		}

		if (can('cardMoving')) {
			it('moves a card to each column that takes it, and back to its place', async () => {
				const desk = await movable(session);
				const { moving } = session.cards!;
				const before = await titles(fresh(), desk.board);
				for (const { column: to } of targetsOf(session.cards!, desk)) {
					const card = await findCard(fresh(), desk.board, desk.card);
					const values = await valuesOf(card);
					const moved = await moving!.move(card, to, undefined, signal());
					assert.equal(moved.columnId, to.id);
					const there = (await lanesOf(fresh(), desk.board)).find(({ cards }) =>
						cards.some(({ id }) => id === moved.id),
					);
					assert.equal(there?.column.id, to.id, `not in ${to.name}`);
					if (moving!.places !== 'none') {
						assert.equal(there?.cards[0]?.id, moved.id, 'not first');
					}
					assertChanged(await valuesOf(moved), values, cardField.status, true);
					if (moving!.whyNot?.(moved, desk.lane.column) === undefined) {
						await moving!.move(moved, desk.lane.column, behind(desk), signal());
					}
				}
				const after = await titles(fresh(), desk.board);
				assert.deepEqual(
					moving!.places === 'any' ? after : sorted(after),
					moving!.places === 'any' ? before : sorted(before),
				);
			});

			it('keeps the order of several cards that go one behind the other', async () => {
				const desk = await movable(session);
				const { moving } = session.cards!;
				if (moving!.places !== 'any') {
					return;
				}
				const [to] = targetsOf(session.cards!, desk);
				const able = desk.lane.cards.filter((card) => moving!.whyNot?.(card, to!.column) === undefined).slice(0, 3);
				let after: string | undefined;
				for (const card of able) {
					const moved = await moving!.move(card, to!.column, after, signal());
					after = moved.id;
				}
				const lane = (await lanesOf(fresh(), desk.board)).find(({ column }) => column.id === to!.column.id);
				assert.deepEqual(
					lane?.cards.map(({ title }) => title),
					[...able, ...to!.cards].map(({ title }) => title),
				);
			});
		}

		if (can('cardCreation')) {
			it('makes a card in the column that was meant', async () => {
				const { board, lane } = await deskOf(session);
				const form = session.cards!.creation!.form(lane.column);
				const made = await form.submit(await filled(form.fields, 'Neue Karte ✓'), signal());
				assert.equal(made.title, 'Neue Karte ✓');
				const now = (await lanesOf(fresh(), board)).find(({ column }) => column.id === lane.column.id);
				assert.equal(now?.cards.find(({ id }) => id === made.id)?.title, 'Neue Karte ✓');
				assert.equal(now?.cards.length, lane.cards.length + 1);
			});
		}

		if (can('cardRemoval')) {
			it('takes a card away, and no other', async () => {
				const { board, card } = await removable(session);
				const before = await titles(fresh(), board);
				await session.cards!.removal!.remove(card, signal());
				const after = await titles(fresh(), board);
				const without = before.map(([name, ...cards]) => [name, ...cards.toSpliced(cards.indexOf(card.title), 1)]);
				const column = before.findIndex((line) => line.includes(card.title));
				assert.deepEqual(after[column], without[column]);
				assert.equal(after.flat().length, before.flat().length - 1);
			});
		}

		if (can('cardRestoring')) {
			it('brings a card back that was taken away', async () => {
				const { board, card } = await removable(session);
				const before = await titles(fresh(), board);
				await session.cards!.removal!.remove(card, signal());
				await session.cards!.removal!.restore!(card, signal());
				assert.deepEqual(sorted(await titles(fresh(), board)), sorted(before));
			});
		}

		if (can('commenting')) {
			it('adds a comment behind the others, with its text as it was written', async () => {
				const { card } = await deskOf(session);
				const before = await allItems(await session.cards!.comments!.list(card, signal()), signal());
				const added = await session.cards!.comments!.add!(card, commentText, signal());
				const after = await allItems(await fresh().cards!.comments!.list(card, signal()), signal());
				assert.deepEqual(
					after.map(({ id }) => id),
					[...before.map(({ id }) => id), added.id],
				);
				assert.equal(plain(after.at(-1)!.text), commentText);
				if (session.cards!.comments!.remove) {
					await session.cards!.comments!.remove(card, added, signal());
					const left = await allItems(await fresh().cards!.comments!.list(card, signal()), signal());
					assert.deepEqual(left, before);
				}
			});
		}

		if (can('checklist')) {
			it('checks an item off and leaves the others as they are', async () => {
				const { desk, items } = await withChecklist(session);
				const [item, ...others] = items;
				await session.cards!.checklist!.set(desk.card, item!, { title: item!.title, done: !item!.done }, signal());
				const after = (await fresh().cards!.look(desk.card, signal())).checklist ?? [];
				const line = ({ title, done }: { readonly title: string; readonly done: boolean }) => `${title} ${done}`;
				assert.deepEqual(after.map(line), [{ ...item!, done: !item!.done }, ...others].map(line));
			});
		}

		if (can('checklistAdding')) {
			it('adds an item to the list', async () => {
				const { desk, items } = await withChecklist(session);
				await session.cards!.checklist!.add!(desk.card, 'Prüfen ✓', signal());
				const after = (await fresh().cards!.look(desk.card, signal())).checklist ?? [];
				assert.deepEqual(
					after.map(({ title }) => title).toSorted(),
					[...items.map(({ title }) => title), 'Prüfen ✓'].toSorted(),
				);
				assert.equal(after.find(({ title }) => title === 'Prüfen ✓')?.done, false);
			});
		}

		if (can('checklistRemoval')) {
			it('takes an item from the list, and no other', async () => {
				const { desk, items } = await withChecklist(session);
				await session.cards!.checklist!.remove!(desk.card, items[0]!, signal());
				const after = (await fresh().cards!.look(desk.card, signal())).checklist ?? [];
				assert.deepEqual(
					after.map(({ title }) => title),
					items.slice(1).map(({ title }) => title),
				);
			});
		}

		if (can('attaching')) {
			it('puts a file onto a card and reads the same bytes back', async () => {
				const { card } = await deskOf(session);
				const attached = await session.cards!.attaching!.attach(card, attachedFile, signal());
				const now = fresh();
				const { attachments = [] } = await now.cards!.look(card, signal());
				const found = attachments.find(({ id }) => id === attached.id);
				assert.ok(found, `not among ${attachments.map(({ name }) => name).join()}`);
				assert.equal(found.fileName, attachedFile.name);
				const bytes = await collect((await now.archives!.read(found, signal())).stream);
				assert.equal(new TextDecoder().decode(bytes), 'Zeile eins\nline two\n');
			});
		}

		if (can('myCards')) {
			it('finds the cards that are mine and not done, each with the way to it', async () => {
				const me = await session.cards!.me?.(signal());
				const hits = await allItems(await session.cards!.mine!(signal()), signal());
				assert.ok(hits.length > 0, 'the practice account has something to do');
				for (const { workspace, card } of hits) {
					assert.ok(card && workspace.name !== '');
					assert.notEqual(card.done, true, `${card.title} is done`);
					assert.ok(me === undefined || card.assigneeIds?.includes(me), `${card.title} is not mine`);
				}
			});
		}

		if (can('columnOrdering')) {
			it('puts a column in front of the others, and back', async () => {
				const { board } = await deskOf(session, (_, lanes) => lanes.length > 2);
				const names = async () => (await fresh().boards!.columns(board, signal())).map(({ name }) => name);
				const columns = await session.boards!.columns(board, signal());
				const [last, ...others] = [...columns].reverse() as [Column, ...Column[]];
				await session.columnOrdering!.move(last, undefined, signal());
				const expected = [last, ...others.toReversed()].map(({ name }) => name);
				assert.deepEqual(await names(), expected);
				await session.columnOrdering!.move(last, others[0], signal());
				assert.deepEqual(
					await names(),
					columns.map(({ name }) => name),
				);
			});
		}
	});
}

/** Some statuses can be left and not come back to; that must be said before anything is sent. */
function notTheWayBack(error: unknown, field: string): undefined {
	assert.ok(field === cardField.status && error instanceof InvalidInput, String(error));
}

/** Fields that only mean something beside another one. */
function isMerelyPart(id: string): boolean {
	return id === cardField.blockReason;
}

/** Of a card what the list tells; where it is the list's to say less. */
function told(card: Card, listed: Card): Partial<Card> {
	const { extra: _, ...rest } = card;
	const entries = Object.entries(rest).filter(([name]) => listed[name as keyof Card] !== undefined);
	return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value.toSorted() : value]));
}

/** Facts of one kind at many a vendor: changing one of them changes the other. */
const coupled: readonly (readonly string[])[] = [
	[cardField.status, 'done', 'progress'],
	[cardField.blocked, cardField.blockReason],
];

function assertChanged(
	now: Readonly<Record<string, unknown>>,
	expected: Readonly<Record<string, unknown>>,
	field: string,
	alone: boolean,
): void {
	const together = coupled.find((group) => group.includes(field)) ?? [];
	for (const id of Object.keys(expected)) {
		if (id === field ? field !== cardField.status : alone && !together.includes(id)) {
			assert.ok(
				sameValue(now[id] as string, expected[id] as string),
				`${field} was changed, and ${id} is ${JSON.stringify(now[id])} instead of ${JSON.stringify(expected[id])}`,
			);
		}
	}
}

async function findCard(session: Session, board: Board, { id }: Card): Promise<Card> {
	const found = (await lanesOf(session, board)).flatMap(({ cards }) => cards).find((card) => card.id === id);
	assert.ok(found, `card ${id} of ${board.name} is gone`);
	return found;
}

/** The card that a change returned stands in the list like that. */
async function assertListed(session: Session, board: Board, card: Card): Promise<void> {
	const listed = await findCard(session, board, card);
	assert.equal(listed.title, card.title);
	assert.equal(listed.columnId, card.columnId);
	assert.equal(listed.dueDate, card.dueDate);
	assert.deepEqual(listed.assigneeIds?.toSorted(), card.assigneeIds?.toSorted());
}

function behind({ lane, card }: Desk): string | undefined {
	return lane.cards[lane.cards.findIndex(({ id }) => id === card.id) - 1]?.id;
}

/** By column, its name first. */
async function titles(session: Session, board: Board): Promise<string[][]> {
	return (await lanesOf(session, board)).map(({ column, cards }) => [column.name, ...cards.map(({ title }) => title)]);
}

function sorted(lanes: readonly (readonly string[])[]): string[][] {
	return lanes.map(([name = '', ...cards]) => [name, ...cards.toSorted()]);
}

function plain(text: { readonly text: string } | { readonly html: string }): string {
	const words = 'text' in text ? text.text : text.html.replaceAll(/<[^>]*>/g, '');
	return words.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').trim();
}
