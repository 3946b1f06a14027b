import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { wantsPage } from '../../../src/commands/fillForm.ts';
import { type CardDetail, cardField } from '../../../src/core/cards.ts';
import { type Field, type Form, isEmpty } from '../../../src/core/form.ts';
import { allItems } from '../../../src/core/page.ts';
import type { Session } from '../../../src/core/provider.ts';
import type { Inside } from '../../../src/extension.ts';
import type { CardNode } from '../../../src/views/nodes/card.ts';
import { findNode, kindOf, practiceAccounts, rootOf, type Step } from '../support.ts';
import { type Desk, deskAt, run, sentWhile, signal, vendors, withoutCards, wordsOf } from './support.ts';

/** What the menus of a card and of a column of a board offer, beyond opening and copying. */
const offered = {
	projectplace: {
		card: 'openCard editCard renameCard assignCard startCard dueCard blockCard moveCard deleteCard commentCard checklist',
		column: 'rename newCard',
	},
	productive: {
		card: 'openCard editCard renameCard assignCard startCard dueCard moveCard deleteCard commentCard checklist attach closeCard',
		column: 'rename newCard moveColumn opArchive',
	},
	// An item has nobody assigned to it: its tasks have.
	planbox: { card: 'openCard editCard renameCard dueCard moveCard checklist closeCard', column: 'newCard' },
	coredata: {
		card: 'openCard editCard renameCard assignCard dueCard moveCard deleteCard commentCard closeCard',
		column: 'newCard',
	},
} as const;

const unique = (text: string) => `${text} ü ${randomUUID().slice(0, 8)}`;

/** Mocha's own, beside that of a vendor. */
const mochaIt = it;

describe('board: commands on lines of the tree', function () {
	this.timeout(60_000);
	let own: Inside;

	before(async () => {
		own = await practiceAccounts();
	});

	it('offer nothing that writes where a vendor only lists its cards', async () => {
		const drawn = async () => {
			const root = rootOf(own, 'projectplace');
			await run([], 'refreshNode', root);
			const card = await findNode(own, root, (node) => kindOf(node) === 'card');
			return { card: wordsOf(card).filter((word) => word !== 'link'), column: wordsOf(card.parent!) };
		};
		const lists = await withoutCards(own, drawn);
		assert.deepEqual(lists.card, ['card']);
		assert.ok(!lists.column.some((word) => ['newCard', 'moveColumn'].includes(word)));
		const works = await drawn();
		assert.ok(works.card.includes('editCard') && works.column.includes('newCard'));
	});

	for (const vendor of vendors) {
		describe(`at ${vendor}`, () => {
			let desk: Desk;

			before(async () => {
				desk = await deskAt(own, vendor);
			});
			/** After whatever is done, the tree shows what the server has. */
			const it = (title: string, test: () => Promise<unknown>) =>
				mochaIt(title, async () => {
					await test();
					await desk.assertAgrees();
				});

			const can = (word: string) => offered[vendor].card.split(' ').includes(word);
			const put = async (text: string): Promise<CardNode> => (await desk.put(unique(text)))[0]!;
			const look = async ({ card }: CardNode): Promise<CardDetail> =>
				(await desk.elsewhere()).cards!.look(card, signal);
			const fieldOf = async (line: CardNode, id: string): Promise<Field> => {
				const { cards } = await desk.elsewhere();
				const field = cards?.editing?.fields(line.card).find((one) => one.id === id);
				assert.ok(field, `${id} can't be changed`);
				return field;
			};

			it('offer in the menus exactly what the vendor can', async () => {
				const line = await put('Menu');
				const words = wordsOf(line).filter((word) => word !== 'card' && word !== 'link');
				assert.deepEqual([...words].sort(), offered[vendor].card.split(' ').sort());
				const column = await desk.column(desk.from);
				const columnWords = wordsOf(column).filter((word) => word !== 'column');
				assert.deepEqual([...columnWords].sort(), offered[vendor].column.split(' ').sort());
			});

			it('make a card with the vendor’s own fields, which is in the tree and at the server', async () => {
				const title = unique('Angelegt');
				const { cards } = await desk.elsewhere();
				const form = cards?.creation?.form(desk.from);
				assert.ok(form);
				await run(await stepsFor(form, title), 'createCard', await desk.column(desk.from));
				assert.equal((await desk.card(title)).card.columnId, desk.from.id);
				assert.equal((await desk.atServer(title))?.columnId, desk.from.id);
			});

			it('refuse a card without a title beneath the box, and send nothing', async () => {
				const sent = await sentWhile(own, async () => {
					const { cards } = await desk.elsewhere();
					const form = cards?.creation?.form(desk.from);
					assert.ok(form);
					const blank = wantsPage(form) ? { form: { [cardField.title]: ' ' } } : { type: ' ' };
					const { said } = await run([blank, { leave: true }], 'createCard', await desk.column(desk.from));
					assert.match(said.join(), /is needed\./);
				});
				assert.deepEqual(sent, []);
			});

			it('rename a card by the key F2 for what is selected, and take that back', async () => {
				const line = await put('Alt');
				const title = unique('Neu');
				await own.services.view.reveal(line, { select: true, focus: true });
				await run([{ type: title }], 'renameSelected', line);
				assert.equal((await desk.card(title)).card.id, line.card.id);
				assert.equal((await desk.atServer(title))?.id, line.card.id);
				await run([], 'undo');
				assert.equal((await desk.atServer(line.card.title))?.id, line.card.id);
				await desk.card(line.card.title);
			});

			if (can('assignCard')) {
				it('assign a card to a person, who is then on it everywhere', async () => {
					const line = await put('Für wen');
					const field = await fieldOf(line, cardField.assignee);
					assert.ok(field.kind === 'choice');
					const { items } = await field.choices((await look(line)).values, signal);
					const person = items.find(({ value }) => value !== '')!;
					await run([field.many ? { tick: [person.label] } : { pick: person.label }], 'assignCard', line);
					const { values } = await look(line);
					assert.deepEqual([values[cardField.assignee]].flat(), [person.value]);
					const shown = (await desk.card(line.card.title)).card;
					assert.ok(shown.assignees && shown.assignees.length > 0);
					assert.deepEqual(shown.assignees, (await desk.atServer(line.card.title))?.assignees);
				});
			}

			it('set a date for several cards at once, and say beneath the box what is no date', async () => {
				const lines = await desk.put(unique('Wann'), unique('Wann auch'));
				const { said } = await run([{ type: '31.12.' }, { type: '2026-12-24' }], 'setDueDate', lines[0], [...lines]);
				assert.ok(said.length > 0);
				for (const line of lines) {
					assert.match((await desk.atServer(line.card.title))?.dueDate ?? '', /^2026-12-2[34]/);
					assert.equal(
						(await desk.card(line.card.title)).card.dueDate,
						(await desk.atServer(line.card.title))?.dueDate,
					);
				}
			});

			if (can('startCard')) {
				it('set the date a card starts', async () => {
					const line = await put('Beginn');
					await run([{ type: '2026-12-21' }], 'setStartDate', line);
					assert.equal((await desk.atServer(line.card.title))?.startDate, '2026-12-21');
				});
			}

			if (can('checklist')) {
				it('check an item off a card’s list, and open it again', async () => {
					const line = await put('Abhaken');
					const session = await desk.elsewhere();
					await session.cards!.checklist!.add!(line.card, 'Anker lichten', signal);
					const isDone = async () => (await look(line)).checklist?.find(({ title }) => title === 'Anker lichten')?.done;
					await run([{ tick: ['Anker lichten'] }], 'checkItems', line);
					assert.equal(await isDone(), true);
					await run([{ tick: [] }], 'checkItems', line);
					assert.equal(await isDone(), false);
				});
			}

			if (can('blockCard')) {
				it('block a card with a reason and unblock it', async () => {
					const line = await put('Gesperrt');
					await run([{ type: 'No crane' }], 'blockCard', line);
					assert.match((await desk.atServer(line.card.title))?.blocked ?? 'not blocked', /No crane/);
					const blocked = await desk.card(line.card.title);
					assert.match(blocked.card.blocked ?? 'not blocked', /No crane/);
					await run([], 'blockCard', blocked);
					assert.equal((await desk.atServer(line.card.title))?.blocked, undefined);
				});
			}

			if (can('commentCard')) {
				it('comment on a card, and refuse a comment without a word', async () => {
					const line = await put('Besprochen');
					const text = unique('1 < 2 & "so"');
					await run([{ type: ' ' }, { type: text }], 'commentOnCard', line);
					const { comments } = (await desk.elsewhere()).cards!;
					const said = await allItems(await comments!.list(line.card, signal), signal);
					assert.equal(said.length, 1);
					assert.ok(JSON.stringify(said[0]).includes(text.slice(-8)));
				});
			}

			it('move a card to another column and back by undoing it', async () => {
				const line = await put('Umzug');
				const { title } = line.card;
				await run(await stepsTo(desk, 'First'), 'moveCard', line);
				assert.equal((await desk.atServer(title))?.columnId, desk.to.id);
				await desk.assertAgrees('after the move');
				await run([], 'undo', desk.node);
				assert.equal((await desk.atServer(title))?.columnId, desk.from.id);
			});

			it('move several cards in the order they were picked in', async () => {
				const lines = await desk.put(unique('Eins'), unique('Zwei'), unique('Drei'));
				await run(await stepsTo(desk, 'Last'), 'moveCard', lines[0], [...lines]);
				const lane = (await desk.lanes()).find(({ column }) => column.id === desk.to.id);
				const titles = lines.map(({ card }) => card.title);
				const there = lane?.cards.map(({ title }) => title).filter((title) => titles.includes(title)) ?? [];
				assert.deepEqual(there.toSorted(), titles.toSorted());
				const { places } = (await desk.elsewhere()).cards!.moving!;
				if (places === 'any') {
					assert.deepEqual(there, titles);
				}
			});

			if (can('deleteCard') || can('archiveCard')) {
				const button = can('deleteCard') ? 'Delete' : 'Archive';

				it('ask before a card goes, and leave it where the question is left', async () => {
					const line = await put('Bleibt');
					const sent = await sentWhile(own, async () => {
						const { said } = await run([{ press: undefined }], 'removeCard', line);
						assert.ok(said.join().startsWith(`${button} “${line.card.title}”?\n`));
						assert.match(said.join(), /\.$/);
					});
					assert.deepEqual(sent, []);
					assert.ok(await desk.atServer(line.card.title));
				});

				it('take cards away by the delete key, and bring them back only where the vendor can', async () => {
					const lines = await desk.put(unique('Weg'), unique('Weg auch'));
					await run([{ press: button }], 'deleteSelected', lines[0], [...lines]);
					for (const { card } of lines) {
						assert.equal(await desk.atServer(card.title), undefined);
					}
					const isRestorable = (await desk.elsewhere()).cards!.removal!.restore !== undefined;
					const label = `“${lines[1]!.card.title}” ${button === 'Delete' ? 'deleted' : 'archived'}`;
					const { said } = await run([{ pick: label }], 'showUndo');
					assert.equal((await desk.atServer(lines[1]!.card.title)) !== undefined, isRestorable);
					assert.equal(said.join().includes('can’t be brought back'), !isRestorable);
				});
			}

			if (can('attach')) {
				it('put files onto a card, byte for byte', async () => {
					const line = await put('Anhang');
					const folder = await mkdtemp(join(tmpdir(), 'boardwalk-'));
					const files = await Promise.all(
						['Skizze ü.txt', 'Plan %.txt'].map(async (name) => {
							await writeFile(join(folder, name), `in ${name}`);
							return vscode.Uri.file(join(folder, name));
						}),
					);
					await run([{ files }], 'attachFiles', line);
					const { attachments = [] } = await look(line);
					assert.deepEqual(attachments.map(({ fileName }) => fileName).sort(), ['Plan %.txt', 'Skizze ü.txt']);
					const { archives } = await desk.elsewhere();
					for (const document of attachments) {
						const { stream } = await archives!.read(document, signal);
						assert.equal(await new Response(stream).text(), `in ${document.fileName}`);
					}
				});
			}

			if (offered[vendor].column.includes('moveColumn')) {
				it('put a column first and back by undoing it', async () => {
					const names = async () => (await desk.linesAtServer()).map(([name]) => name);
					const before = await names();
					const last = (await desk.columns()).at(-1)!;
					await run([{ pick: 'First' }], 'moveColumn', last);
					assert.deepEqual(await names(), [before.at(-1), ...before.slice(0, -1)]);
					await desk.assertAgrees('after the move');
					await run([], 'undo', desk.node);
					assert.deepEqual(await names(), before);
				});
			}

			it('leave what somebody else changed since, when the own change is taken back', async () => {
				const line = await put('Meins');
				await run([{ type: unique('Von hier') }], 'renameCard', line);
				const theirs = unique('Von dort');
				const { cards } = await desk.elsewhere();
				await cards!.editing!.edit(line.card, { title: theirs }, signal);
				const { said } = await run([], 'undo', desk.node);
				assert.match(said.join(), /was changed again since, so it was left as it is\./);
				assert.ok(await desk.atServer(theirs));
				await run([], 'refreshNode', desk.node);
			});

			it('ask for everything that no line tells', async () => {
				const line = await put('Aus der Palette');
				const title = unique('Umbenannt');
				const { account, node } = desk;
				const steps: Step[] = [
					{ pick: account.name },
					{ pick: node.parent!.item().label },
					{ pick: node.board.name },
					{ pick: desk.from.name },
					{ pick: line.card.title },
					{ type: title },
				];
				await run(steps, 'renameCard');
				assert.ok(await desk.atServer(title));
			});
		});
	}
	// After all that was changed above.
	describe('in the end', () => {
		it('remember the last twenty changes', async () => {
			assert.equal(own.services.changes.list().length, 20);
			const { offered: labels } = await run([{ leave: true }], 'showUndo');
			assert.equal(labels.length, 20);
		});
	});
});

async function stepsTo(desk: Desk, place: 'First' | 'Last'): Promise<readonly Step[]> {
	const { cards }: Session = await desk.elsewhere();
	return [{ pick: desk.to.name }, ...(cards!.moving!.places === 'none' ? [] : [{ pick: place }])];
}

/** What a person answers to a form: a title, the first choice wherever one is needed, and then they send it. */
async function stepsFor(form: Form<unknown>, title: string): Promise<Step[]> {
	const { fields, prefilled, submitLabel } = form;
	const asked = fields.filter(({ required, initial }) => required === true && !(prefilled && !isEmpty(initial)));
	if (wantsPage(form)) {
		const answers = asked.map(async (field) => [field.id, await answerTo(field, title)] as const);
		return [{ form: Object.fromEntries(await Promise.all(answers)) }];
	}
	const steps = await Promise.all(
		asked.map(async (field): Promise<Step> => {
			const answer = await answerTo(field, title);
			return field.kind !== 'choice' ? { type: title } : field.many ? { tick: [answer] } : { pick: answer };
		}),
	);
	return asked.length < fields.length ? [...steps, { pick: submitLabel }] : steps;
}

/** The title, or the first that can be chosen. */
async function answerTo(field: Field, title: string): Promise<string> {
	return field.kind === 'choice' ? (await field.choices({}, signal)).items[0]!.label : title;
}
