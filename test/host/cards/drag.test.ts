import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { DragAndDrop } from '../../../src/commands/dragAndDrop.ts';
import type { Inside } from '../../../src/extension.ts';
import type { Node } from '../../../src/views/node.ts';
import { findNode, kindOf, practiceAccounts, rootOf, type Step, scripted } from '../support.ts';
import { type Desk, deskAt, run, sentWhile, signal, vendors } from './support.ts';

describe('board: dragging in the tree', function () {
	this.timeout(60_000);
	let own: Inside;
	let dragging: DragAndDrop;
	let failures: string[];

	before(async () => {
		own = await practiceAccounts();
		// The test's own copy of the class, with the window's services; failures are told to the test instead.
		const report = (error: unknown) => void failures.push(error instanceof Error ? error.message : String(error));
		dragging = new DragAndDrop({ ...own.services, report });
	});
	beforeEach(() => {
		failures = [];
	});
	after(() => dragging.dispose());

	const drag = (lines: readonly Node[], target: Node | undefined, steps: readonly Step[] = []) =>
		scripted(steps, async () => {
			const transfer = new vscode.DataTransfer();
			dragging.handleDrag(lines, transfer);
			await dragging.handleDrop(target, transfer);
		});

	for (const vendor of vendors) {
		describe(`at ${vendor}`, () => {
			let desk: Desk;
			let places: string;

			before(async () => {
				desk = await deskAt(own, vendor);
				({ places } = (await desk.elsewhere()).cards!.moving!);
			});

			const put = async (...names: readonly string[]) =>
				desk.put(...names.map((name) => `${name} ${randomUUID().slice(0, 8)}`));
			const titlesIn = async (id: string, among: readonly string[]) =>
				(await desk.lanes())
					.find(({ column }) => column.id === id)
					?.cards.map(({ title }) => title)
					.filter((title) => among.includes(title));

			it('puts several cards into another column, in their order where the vendor has one, and back by one undo', async () => {
				const lines = await put('Kran', 'Boot', 'Anker');
				const titles = lines.map(({ card }) => card.title);
				await drag(lines, await desk.column(desk.to));
				assert.deepEqual(failures, []);
				const there = await titlesIn(desk.to.id, titles);
				assert.deepEqual(places === 'any' ? there : there?.toSorted(), places === 'any' ? titles : titles.toSorted());
				await desk.assertAgrees();
				assert.deepEqual((await run([], 'undo', await desk.line())).said, []);
				const back = await titlesIn(desk.from.id, titles);
				assert.deepEqual(back?.toSorted(), titles.toSorted());
				if (places === 'any') {
					assert.deepEqual(back, titles);
				}
				await desk.assertAgrees('after the undo');
			});

			it('takes cards of different columns back to where each of them was', async () => {
				const [one, other] = await put('Von hier', 'Von dort');
				const titles = [one!.card.title, other!.card.title];
				await drag([other!], await desk.column(desk.to));
				await drag([one!, await desk.card(titles[1]!)], await desk.column(desk.to));
				assert.deepEqual(failures, []);
				assert.deepEqual((await titlesIn(desk.to.id, titles))?.toSorted(), titles.toSorted());
				assert.deepEqual((await run([], 'undo', await desk.line())).said, []);
				assert.deepEqual(await titlesIn(desk.from.id, titles), [titles[0]]);
				assert.deepEqual(await titlesIn(desk.to.id, titles), [titles[1]]);
				await desk.assertAgrees();
			});

			it('puts a card that is dropped on another into its column, right behind it where the vendor can', async () => {
				const lines = await put('Ziel', 'Mitte', 'Fracht');
				const [target, between, freight] = lines;
				const titles = lines.map(({ card }) => card.title);
				await drag([target!, between!], await desk.column(desk.to));
				await drag([freight!], await desk.card(titles[0]!));
				assert.deepEqual(failures, []);
				const there = await titlesIn(desk.to.id, titles);
				assert.equal(there?.length, 3);
				if (places === 'any') {
					assert.deepEqual(there, [titles[0], titles[2], titles[1]]);
				}
				await desk.assertAgrees();
			});

			it('sends nothing for a card that is dropped on itself, or on what is no place for cards', async () => {
				const [line] = await put('Still');
				const sent = await sentWhile(own, async () => {
					await drag([line!], line);
					assert.deepEqual(failures, []);
					await drag([line!], rootOf(own, vendor));
					await drag([line!], undefined);
				});
				assert.deepEqual(failures, Array(2).fill('Cards can be dropped on a column or on another card.'));
				assert.deepEqual(sent, []);
			});

			it('leaves cards on their board', async () => {
				const [line] = await put('Hier');
				const elsewhere = await findNode(
					own,
					rootOf(own, vendor === 'planbox' ? 'coredata' : 'planbox'),
					(node) => kindOf(node) === 'column',
				);
				const sent = await sentWhile(own, () => drag([line!], elsewhere));
				assert.deepEqual(failures, ['Cards stay on their board: no vendor moves them to another one.']);
				assert.deepEqual(sent, []);
			});

			it('puts a column behind another where the vendor can, and says where it can’t', async () => {
				const names = async () => (await desk.linesAtServer()).map(([name]) => name);
				const before = await names();
				const [first, second] = await desk.columns();
				await drag([first!], second);
				if ((await desk.elsewhere()).columnOrdering) {
					assert.deepEqual(failures, []);
					assert.deepEqual(await names(), [before[1], before[0], ...before.slice(2)]);
					await desk.assertAgrees();
					assert.deepEqual((await run([], 'undo', await desk.line())).said, []);
				} else {
					assert.match(failures.join(), /^This can’t be done in .+\.$/);
				}
				assert.deepEqual(await names(), before);
			});

			it('puts a file onto a card where the vendor can', async () => {
				const [line] = await put('Mit Datei');
				const { cards } = await desk.elsewhere();
				if (!cards?.attaching) {
					return;
				}
				const file = join(await mkdtemp(join(tmpdir(), 'boardwalk-')), 'Skizze ü.txt');
				await writeFile(file, 'dropped');
				const transfer = new vscode.DataTransfer();
				transfer.set('text/uri-list', new vscode.DataTransferItem(vscode.Uri.file(file).toString()));
				await scripted([], () => dragging.handleDrop(line, transfer));
				assert.deepEqual(failures, []);
				const { attachments = [] } = await cards.look(line!.card, signal);
				assert.deepEqual(
					attachments.map(({ fileName }) => fileName),
					['Skizze ü.txt'],
				);
			});
		});
	}
});
