import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Inside } from '../../../src/extension.ts';
import { triedFaults } from '../../support/triedFaults.ts';
import { practiceAccounts, until } from '../support.ts';
import {
	boardOn,
	type Desk,
	deskAt,
	type FakePanel,
	inTrouble,
	lineOf,
	openBoard,
	pageLines,
	run,
	sentWhile,
	vendors,
} from './support.ts';

/** What stalls shows no more than what is cut off, and a minute later. */
const kinds = triedFaults.filter((kind) => kind !== 'stall');
/** These the vendor answers well in the end. */
const endsWell = ['slow', '429', '429-date'];
/** Of these nobody need hear where nothing of the answer but its head matters. */
const silent = ['cut', 'malformed'];

describe('board: writes that meet trouble', function () {
	this.timeout(60_000);
	let own: Inside;

	before(async () => {
		own = await practiceAccounts();
	});

	for (const vendor of vendors) {
		describe(`at ${vendor}`, () => {
			let desk: Desk;
			let page: FakePanel;
			let title: string;
			let lines: { readonly move: readonly string[]; readonly edit: readonly string[] };

			/** What requests a move and an edit are made of, without what differs from one to the next. */
			const patternsOf = async (what: () => Promise<unknown>) => [
				...new Set((await sentWhile(own, what)).map((entry) => lineOf(entry).replaceAll(/\d+/g, '*'))),
			];

			before(async () => {
				desk = await deskAt(own, vendor);
				title = unique();
				await desk.put(title);
				page = await openBoard(desk);
				lines = { move: await patternsOf(move), edit: await patternsOf(edit) };
				assert.ok(lines.move.length > 0 && lines.edit.length > 0);
			});
			after(() => page.dispose());

			/** To the other of two columns. */
			async function move() {
				const line = await desk.card(title);
				const to = line.card.columnId === desk.to.id ? desk.from : desk.to;
				const { places } = (await desk.elsewhere()).cards!.moving!;
				const steps = [{ pick: to.name }, ...(places === 'none' ? [] : [{ pick: 'First' }])];
				const { said } = await run(steps, 'moveCard', line);
				return { said, isDone: (await othersSee())?.columnId === to.id };
			}

			async function edit() {
				const next = unique();
				const before = title;
				const { said } = await run([{ type: next }], 'renameCard', await desk.card(title));
				title = (await othersSee(next)) ? next : before;
				return { said, isDone: title === next };
			}

			/** Only the write meets trouble: lists are read as ever. */
			const othersSee = (name = title) => desk.atServer(name);

			async function assertAllAgree(): Promise<void> {
				const server = await desk.linesAtServer();
				assert.deepEqual(await desk.lines(), server, 'the tree and the server');
				await until('the page to be drawn', () => JSON.stringify(pageLines(page)) === JSON.stringify(server)).catch(
					() => assert.deepEqual(pageLines(page), server, 'the page and the server'),
				);
			}

			for (const kind of kinds) {
				it(`leave tree, page and server the same after ${kind}, and are told once`, async () => {
					for (const [what, job] of [
						['move', move],
						['edit', edit],
					] as const) {
						for (const pattern of lines[what]) {
							const times = endsWell.includes(kind) ? 1 : undefined;
							let said: readonly string[] = [];
							let isDone = false;
							await inTrouble(desk, { pattern, kind, times }, async () => {
								({ said, isDone } = await job());
							});
							if (silent.includes(kind)) {
								assert.ok(said.length <= 1, said.join(' | '));
							} else {
								assert.equal(said.length, endsWell.includes(kind) ? 0 : 1, `${what}: ${said.join(' | ')}`);
							}
							// Where no failure is told, it is done.
							assert.ok(said.length > 0 || isDone, `${what} was told as done`);
							assert.ok(said.every((text) => text.endsWith('.')));
							await assertAllAgree();
						}
					}
				});
			}

			it('say that the board may differ where even looking fails, and agree once it is loaded again', async () => {
				const { changesLog } = own.services;
				const { server } = own.services.accounts.get(desk.account.id)!;
				// From the first write on nothing answers.
				await inTrouble(desk, { pattern: lines.edit.at(-1)!, kind: 'drop' }, async () => {
					const line = await desk.card(title);
					const note = changesLog.note.bind(changesLog);
					const failing: Promise<unknown>[] = [];
					changesLog.note = (entry) => {
						note(entry);
						const fault = JSON.stringify({ pattern: '*', kind: '500' });
						failing.push(fetch(new URL('/-/faults', server), { method: 'POST', body: fault }));
					};
					const { said } = await run([{ type: unique() }], 'renameCard', line);
					changesLog.note = note;
					await Promise.all(failing);
					assert.equal(said.length, 1, said.join(' | '));
				});
				if (desk.live.isDoubtful) {
					await until('the doubt', () =>
						boardOn(page)?.notices.some(({ text }) => text.endsWith('may differ from the vendor’s.')),
					);
				}
				await run([], 'refreshNode', await desk.line());
				await assertAllAgree();
			});
		});
	}
});

const unique = () => `Wetter ü ${randomUUID().slice(0, 8)}`;
