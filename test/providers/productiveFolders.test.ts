import assert from 'node:assert/strict';
import { InvalidInput, NotAllowed, OutcomeUnknown, Refused } from '../../src/core/errors.ts';
import { initialValues } from '../../src/core/form.ts';
import type { Board, Column } from '../../src/core/model.ts';
import type { Operation, RelatedItem } from '../../src/core/operations.ts';
import { allItems } from '../../src/core/page.ts';
import { signal } from '../support/session.ts';
import { begin, Desk, operationOf, problemsIn, send } from './productivePractice.ts';

describe('Productive’s folders and task lists', () => {
	let desk: Desk;
	let board: Board;
	let columns: readonly Column[];

	beforeEach(async () => {
		desk = await Desk.open();
		[board, columns] = await boardNow();
	});
	afterEach(() => desk.server.close());

	async function boardNow(): Promise<[Board, readonly Column[]]> {
		const [first] = await desk.folders();
		return [first!, await desk.session.boards!.columns(first!, signal())];
	}

	/** The server knows folders only as boards. */
	async function asBoards(): Promise<void> {
		desk.server.fault('* /api/v2/folders', '404');
		desk.open();
		[board, columns] = await boardNow();
	}

	const folderForm = (id: 'edit' | 'archive' | 'restore', place = board) =>
		begin(desk.session.operations?.board, id, place);
	const listForm = (column = columns[0]!) => begin(desk.session.operations?.column, 'archive', column);
	const archivedLists = () => desk.session.related!.board![0]!;
	const archivedNow = async () => allItems(await archivedLists().list(board, signal()), signal());
	const restoreForm = (item: RelatedItem) => begin(archivedLists().itemOperations, 'restore', { place: board, item });
	const namesOf = (things: readonly { readonly name: string }[]) => things.map(({ name }) => name);

	it('have these operations, in words of the vendor', () => {
		const titles = <Place>(operations: readonly Operation<Place>[] | undefined) =>
			operations?.map(({ id, title }) => [id, title]);
		assert.deepEqual(titles(desk.session.operations?.board), [
			['edit', 'Edit folder'],
			['archive', 'Archive folder'],
			['restore', 'Restore folder'],
		]);
		assert.deepEqual(titles(desk.session.operations?.column), [['archive', 'Archive task list']]);
		assert.deepEqual(titles(archivedLists().itemOperations), [['restore', 'Restore task list']]);
		assert.equal(archivedLists().name, 'Archived task lists');
	});

	it('have no operations on columns, and none to make, where those are statuses', () => {
		const session = desk.open({ columns: 'statuses' });
		assert.equal(session.operations?.column, undefined);
		assert.equal(session.columnCreation, undefined);
		assert.equal(session.related, undefined);
		assert.equal(session.operations?.board?.length, 3);
	});

	for (const word of ['folders', 'boards'] as const) {
		describe(`on a server that calls them ${word}`, () => {
			beforeEach(async () => {
				if (word === 'boards') {
					await asBoards();
				}
				desk.written.length = 0;
			});

			it('change by what was edited alone', async () => {
				const opened = await folderForm('edit');
				assert.deepEqual(initialValues(opened.fields), { name: board.name, hidden: false });
				const before = structuredClone(desk.rows('folders'));
				await send(opened, { hidden: true });
				assert.deepEqual(desk.written, [
					{
						line: `PATCH /${word}/${board.id}`,
						body: { data: { type: word, id: board.id, attributes: { hidden: true } } },
					},
				]);
				assert.deepEqual(
					desk.rows('folders'),
					before.map((row) => (String(row.id) === board.id ? { ...row, hidden: true } : row)),
				);
				await send(await folderForm('edit'), { name: 'Neubau' });
				assert.equal((await desk.folders())[0]?.name, 'Neubau');
			});

			it('stand last when they are archived, still hold their tasks, and can be restored', async () => {
				const others = namesOf(await desk.folders()).slice(1);
				assert.equal((await send(await folderForm('archive'))).message, `${board.name} is archived now.`);
				assert.deepEqual(desk.written, [{ line: `PATCH /${word}/${board.id}/archive`, body: undefined }]);
				const now = await desk.folders();
				assert.deepEqual(namesOf(now), [...others, board.name]);
				const archived = now.at(-1)!;
				assert.deepEqual(
					now.map((one) => one.archived),
					[...others.map(() => false), true],
				);
				assert.deepEqual(namesOf(await desk.session.boards!.columns(archived, signal())), namesOf(columns));
				const [archive, restore] = (['archive', 'restore'] as const).map((id) =>
					operationOf(desk.session.operations?.board, id),
				);
				assert.match(archive!.whyNot?.(archived) ?? '', /archived already/);
				assert.match(restore!.whyNot?.(board) ?? '', /is not archived/);
				await send(await folderForm('restore', archived));
				assert.deepEqual(namesOf(await desk.folders()), [board.name, ...others]);
			});

			it('get a new task list, last and with a name', async () => {
				const form = desk.session.columnCreation!.form(board);
				const made = await send(form, { name: ' Abnahme ' });
				assert.deepEqual([made.name, made.boardId, made.renamable], ['Abnahme', board.id, true]);
				const now = await desk.session.boards!.columns(board, signal());
				assert.deepEqual(namesOf(now), [...namesOf(columns), 'Abnahme']);
				assert.equal(now.at(-1)?.id, made.id);
				assert.equal(desk.written.length, 1);
			});

			it('archive a task list, show it among the archived ones, and restore it to its place', async () => {
				assert.deepEqual(await archivedNow(), []);
				assert.equal((await send(await listForm())).message, 'Backlog is archived now.');
				assert.deepEqual(namesOf(await desk.session.boards!.columns(board, signal())), namesOf(columns).slice(1));
				const [item, ...rest] = await archivedNow();
				assert.deepEqual([item, ...rest], [{ id: columns[0]!.id, name: 'Backlog' }]);
				assert.equal((await send(await restoreForm(item!))).message, 'Backlog is in use again.');
				assert.deepEqual(await archivedNow(), []);
				assert.deepEqual(namesOf(await desk.session.boards!.columns(board, signal())), namesOf(columns));
			});
		});
	}

	it('are edited without what an older server does not say of them', async () => {
		desk.answer(async (request) => {
			const response = await globalThis.fetch(request);
			return new Response((await response.text()).replaceAll(/,"hidden":\w+/g, ''), response);
		});
		assert.deepEqual(initialValues((await folderForm('edit')).fields), { name: board.name });
	});

	it('are left alone where somebody else changed the same meanwhile, and changed where it was something else', async () => {
		const opened = await folderForm('edit');
		const row = desk.row('folders', board.id);
		row['name'] = 'Theirs';
		assert.deepEqual(await problemsIn(send(opened, { name: 'Mine' }), InvalidInput), [
			{ field: 'name', message: 'Somebody has changed this to “Theirs” meanwhile.' },
		]);
		await send(opened, { hidden: true });
		assert.deepEqual([row['name'], row['hidden']], ['Theirs', true]);
	});

	it('show what the vendor refuses at its field', async () => {
		const [edit, list] = [await folderForm('edit'), desk.session.columnCreation!.form(board)];
		const values = { ...initialValues(edit.fields), name: ' ' };
		assert.deepEqual(await problemsIn(edit.submit(values, signal()), Refused), [
			{ field: 'name', message: "can't be blank" },
		]);
		assert.deepEqual(await problemsIn(list.submit({ name: ' ' }, signal()), Refused), [
			{ field: 'name', message: "can't be blank" },
		]);
		const gone = desk.session.columnCreation!.form({ ...board, id: '1' });
		assert.deepEqual(await problemsIn(gone.submit({ name: 'A' }, signal()), Refused), [
			{ message: 'folder attribute is invalid' },
		]);
	});

	async function allReady(): Promise<readonly (readonly [string, () => Promise<unknown>])[]> {
		const [edit, archive, restore] = await Promise.all(
			(['edit', 'archive', 'restore'] as const).map((id) => folderForm(id)),
		);
		const [list, back] = await Promise.all([listForm(), restoreForm({ id: columns[1]!.id, name: 'Doing' })]);
		const creation = desk.session.columnCreation!.form(board);
		return [
			['edit', () => send(edit!, { name: 'Mine' })],
			['archive', () => send(archive!)],
			['restore', () => send(restore!)],
			['archive list', () => send(list)],
			['restore list', () => send(back)],
			['create list', () => send(creation, { name: 'New' })],
		];
	}

	it('say of every change that the account has no right to it, and are not changed', async () => {
		desk.session = desk.openReader();
		const before = structuredClone(desk.server.state);
		for (const [what, sending] of await allReady()) {
			await assert.rejects(sending(), NotAllowed, what);
		}
		assert.deepEqual(desk.server.state, before);
	});

	it('are never changed twice where the answer is lost, and are asked for again afterwards', async () => {
		for (const [index, [what]] of (await allReady()).entries()) {
			desk.server.clearFaults();
			desk.open();
			[board, columns] = await boardNow();
			const sending = (await allReady())[index]![1];
			desk.written.length = 0;
			desk.loseAnswers();
			await assert.rejects(sending(), OutcomeUnknown, what);
			assert.equal(desk.written.length, 1, what);
			const start = desk.server.requests.length;
			await desk.session.boards!.columns(board, signal());
			assert.ok(desk.server.requests.length > start, `${what}: an old list is shown`);
		}
	}).timeout(20_000);
});
