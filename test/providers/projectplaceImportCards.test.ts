import assert from 'node:assert/strict';
import type { BulkJob, BulkRow, Gathered, JobIo, JobPlace } from '../../src/core/bulk.ts';
import { InvalidInput, OutcomeUnknown, Refused } from '../../src/core/errors.ts';
import type { Values } from '../../src/core/form.ts';
import type { Board as ModelBoard, Workspace } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { Session } from '../../src/core/provider.ts';
import { projectplace } from '../../src/providers/projectplace/index.ts';
import type { Board, Card, Person, Project } from '../../src/sandbox/projectplace/holdings.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { openPractice, signal } from '../support/session.ts';
import { type WrittenCell, type WrittenSheet, workbookOf } from '../support/workbook.ts';

/** The headers of ProjectPlace's sample, in its order. */
const sample = [
	'Due date',
	'Description',
	'Assignee',
	'Title',
	'Label',
	'Points',
	'Estimated time',
	'Blocked reason',
	'Column',
	'Checklist',
	'Co-assignees',
	'Activity',
	'Board id',
];

describe('Cards from a file for ProjectPlace', () => {
	let server: TestVendor;
	let session: Session;
	let job: BulkJob;
	let place: JobPlace & { readonly workspace: Workspace };
	let board: Board;
	let project: Project;
	let content: Uint8Array;

	beforeEach(async () => {
		server = await startVendor('projectplace');
		({ session } = await openPractice(projectplace, server.address));
		job = session.jobs!.find(({ id }) => id === 'importCards')!;
		const [workspace] = (await session.workspaces(signal())).items;
		place = { workspace: workspace! };
		project = (server.state.projects as Project[]).find(({ id }) => String(id) === workspace!.id)!;
		board = (server.state.boards as Board[]).find(({ project_id }) => project_id === project.id)!;
	});
	afterEach(() => server.close());

	const io: JobIo = {
		tell: () => undefined,
		read: async (file) => {
			assert.equal(file, 'file:///cards');
			return content;
		},
		folders: {
			names: async () => [],
			tail: async () => ({ tail: new Uint8Array(), size: 0 }),
			save: async () => undefined,
		},
	};
	const gather = (values: Values = {}, at: JobPlace = place): Promise<Gathered> =>
		job.gather({ file: 'file:///cards', ...values }, at, io, signal());
	function gatherSheet(rows: WrittenSheet['rows'], values?: Values, at?: JobPlace): Promise<Gathered> {
		content = workbookOf([{ name: 'Cards', rows }]);
		return gather(values, at);
	}
	function gatherText(text: string, values?: Values): Promise<Gathered> {
		content = new TextEncoder().encode(text);
		return gather(values);
	}
	const run = (row: BulkRow) => job.run(row, {}, io, signal());
	const cards = () => server.state.cards as Card[];
	const people = () => server.state.people as Person[];
	const member = (at: number): Person => people().filter(({ id }) => project.members.includes(id))[at]!;
	const asModel = (): ModelBoard => ({ id: String(board.id), workspaceId: String(project.id), name: board.name });
	/** Makes the card of the one row, as the server then has it. */
	async function made({ rows }: Gathered): Promise<Card> {
		assert.equal(rows.length, 1);
		const id = /\d+/.exec(await run(rows[0]!))?.[0];
		const card = cards().at(-1)!;
		assert.equal(String(card.id), id);
		return card;
	}
	/** A row for the columns that are named, on the one board. */
	const oneRow = (cells: Readonly<Record<string, WrittenCell>>, values?: Values) =>
		gatherSheet(
			[
				['Board id', ...Object.keys(cells)],
				[board.id, ...Object.values(cells)],
			],
			values,
		);
	async function refused(gathered: Promise<unknown>, ...words: RegExp[]): Promise<void> {
		const before = server.requests.filter(({ method }) => method !== 'GET').length;
		await assert.rejects(gathered, (error) => {
			assert.ok(error instanceof InvalidInput, String(error));
			assert.equal(error.problems.length, words.length, error.message);
			words.forEach((word, at) => {
				const { field, message } = error.problems[at]!;
				assert.match(message, word);
				assert.ok(['file', 'sheet'].includes(field ?? ''));
			});
			return true;
		});
		assert.equal(server.requests.filter(({ method }) => method !== 'GET').length, before);
	}

	it('are made one after another in a workspace, and nothing tells whether one was made', () => {
		assert.deepEqual([job.on, job.atOnce, 'isDone' in job], ['workspace', 1, false]);
	});

	it('ask for a board only where none is given by the place', async () => {
		const idsOf = (at: JobPlace) => job.fields(at).map(({ id }) => id);
		assert.deepEqual(idsOf(place), ['file', 'sheet', 'board']);
		assert.deepEqual(idsOf({ ...place, board: asModel() }), ['file', 'sheet']);
		const field = job.fields(place).find(({ id }) => id === 'board');
		assert.ok(field?.kind === 'choice');
		const choices = await allItems(await field.choices({}, signal()), signal());
		assert.ok(choices.some(({ value, label }) => value === String(board.id) && label === board.name));
	});

	describe('with all of the sample’s headers', () => {
		const fullRow = (): WrittenCell[] => [
			{ serial: 46_112 },
			'Ask all three',
			member(0).id,
			'Order the pump',
			board.labels[0]!.id,
			3,
			90,
			'No budget',
			0,
			'ask for price## send order ##',
			String(member(1).id),
			project.planlet.id,
			board.id,
		];
		const expected = () => ({
			due_date: '2026-03-31',
			description: 'Ask all three',
			assignee_id: member(0).id,
			title: 'Order the pump',
			label_id: board.labels[0]!.id,
			estimate: 3,
			estimated_time: 90,
			is_blocked: true,
			is_blocked_reason: 'No budget',
			column_id: 0,
			planlet_id: project.planlet.id,
			board_id: board.id,
		});
		const plain = (card: Card) => Object.fromEntries(Object.keys(expected()).map((name) => [name, card[name]]));
		const titlesOf = (card: Card) =>
			(card.checklist as { items: { title: string }[] } | null)?.items.map(({ title }) => title);
		const helpersOf = (card: Card) => (card.contributors as { id: number }[]).map(({ id }) => id);

		it('are made by ids', async () => {
			const card = await made(await gatherSheet([sample, fullRow()]));
			assert.deepEqual(plain(card), expected());
			assert.deepEqual(titlesOf(card), ['ask for price', 'send order']);
			assert.deepEqual(helpersOf(card), [member(1).id]);
		});

		it('are made by names, and of people by their addresses too', async () => {
			const row = fullRow();
			row[2] = member(0).name.toUpperCase();
			row[4] = board.labels[0]!.name;
			row[8] = board.progresses[0]!.name;
			row[10] = `${member(1).email}; ${member(0).name}`;
			row[11] = project.planlet.name;
			row[12] = board.name;
			const card = await made(await gatherSheet([sample, row]));
			assert.deepEqual(plain(card), expected());
			assert.deepEqual(helpersOf(card), [member(1).id, member(0).id]);
		});

		it('are made from separated values as well', async () => {
			const row = ['2026-03-31', 'Ask all three', member(0).name, 'Order the pump', board.labels[0]!.name, '3', '90'];
			const rest = ['No budget', '0', 'ask for price##send order##', member(1).name, '', board.id];
			const line = [...row, ...rest].map((cell) => `"${cell}"`).join(';');
			const card = await made(await gatherText(`${sample.join(';')}\n${line}\n`));
			assert.deepEqual(plain(card), { ...expected(), planlet_id: null });
			assert.deepEqual(titlesOf(card), ['ask for price', 'send order']);
		});

		it('are shown with names before anything is sent', async () => {
			const { columns, rows, skipped } = await gatherSheet([sample, fullRow()]);
			const [row] = rows;
			assert.deepEqual(
				columns.map(({ id }) => row!.cells[id]),
				[
					'2',
					'Order the pump',
					board.name,
					'2026-03-31',
					'Ask all three',
					member(0).name,
					board.labels[0]!.name,
					'3',
					'90',
					'No budget',
					board.progresses[0]!.name,
					'ask for price · send order',
					member(1).name,
					project.planlet.name,
				],
			);
			assert.deepEqual(skipped, []);
			assert.ok(
				server.requests.every(
					({ method, path }) => method === 'GET' || path.startsWith('/oauth2/') || path === '/2/account/projects',
				),
			);
		});
	});

	describe('whose headers', () => {
		it('stand in another order and other letters are read all the same', async () => {
			const card = await made(
				await gatherSheet([
					['BOARD ID', ' title ', 'Points'],
					[board.id, 'One', '0,5'],
				]),
			);
			assert.deepEqual([card.title, card.estimate], ['One', 0.5]);
		});

		it('are more than thirteen, empty, doubled or lack a title or a board stop the import', async () => {
			await refused(gatherSheet([[...sample, 'More'], []]), /14 headers; at most 13/);
			await refused(
				gatherSheet([
					['Title', undefined, 'Board id'],
					['One', 'x', board.id],
				]),
				/position 2/,
			);
			await refused(
				gatherSheet([
					['Title', 'Board id'],
					['One', board.id, 'x'],
				]),
				/position 3/,
			);
			await refused(
				gatherSheet([
					['Title', 'Board id', 'title'],
					['One', board.id],
				]),
				/twice/,
			);
			await refused(
				gatherSheet([
					['Description', 'Board id'],
					['One', board.id],
				]),
				/“Title”/,
			);
			await refused(
				gatherSheet([
					['Title', 'Points'],
					['One', 1],
				]),
				/“Board id”/,
			);
			await refused(
				gatherSheet([
					[undefined, undefined],
					['One', 1],
				]),
				/position 1/,
				/position 2/,
				/“Title”/,
				/“Board id”/,
			);
		});

		it('lack a board are enough where a board is given', async () => {
			const rows = [
				['Title', 'Points'],
				['One', 1],
			];
			const byPlace = await made(await gatherSheet(rows, {}, { ...place, board: asModel() }));
			const byField = await made(await gatherSheet(rows, { board: String(board.id) }));
			assert.deepEqual([byPlace.board_id, byField.board_id], [board.id, board.id]);
		});

		it('are unknown or only one are told', async () => {
			const { skipped, rows } = await oneRow({ Title: 'One', Mood: 'good' });
			assert.deepEqual(
				skipped.map(({ label }) => label),
				['Header “Mood”'],
			);
			assert.equal(rows.length, 1);
			const single = await gatherSheet([['Title'], ['One']], { board: String(board.id) });
			assert.match(single.skipped[0]?.reason ?? '', /only one header/);
		});
	});

	describe('in several sheets', () => {
		const sheets = (): WrittenSheet[] => [
			{
				name: 'Old',
				rows: [
					['Title', 'Board id'],
					['Not this', board.id],
				],
			},
			{
				name: 'New ones',
				rows: [
					['Title', 'Board id'],
					['This', board.id],
				],
			},
			{ name: 'Sheet3', rows: [] },
		];

		it('are read from the one that is named, in whatever letters', async () => {
			content = workbookOf(sheets());
			assert.deepEqual(
				(await gather({ sheet: 'new ONES' })).rows.map(({ label }) => label),
				['This'],
			);
		});

		it('are refused with their names where none, or none of these, is named', async () => {
			content = workbookOf(sheets());
			await refused(gather(), /Old, New ones, Sheet3/);
			await refused(gather({ sheet: 'Newest' }), /no sheet “Newest”.*Old, New ones, Sheet3/);
		});

		it('of which only one holds anything need no name', async () => {
			content = workbookOf(sheets().slice(1));
			assert.equal((await gather()).rows.length, 1);
			await refused(gatherSheet([]), /nothing in this file/);
		});
	});

	describe('in rows', () => {
		it('that are empty are passed over', async () => {
			const { rows } = await gatherSheet([
				['Title', 'Board id'],
				[],
				['One', board.id],
				[' ', undefined],
				['Two', board.id],
			]);
			assert.deepEqual(
				rows.map(({ key, label }) => [key, label]),
				[
					['3', 'One'],
					['5', 'Two'],
				],
			);
		});

		it('with anything wrong are all named by their lines before a card is made', async () => {
			const header = [
				'Title',
				'Board id',
				'Column',
				'Label',
				'Assignee',
				'Due date',
				'Points',
				'Activity',
				'Estimated time',
			];
			const before = cards().length;
			await refused(
				gatherSheet([
					header,
					['Right', board.id],
					[undefined, board.id, 'Nowhere', 'None such', 'Nobody', 'soon', 'many', 'Nothing', 'long'],
					['No board', undefined],
					['Another board', 1],
				]),
				/^Line 3: There is no title/,
				/^Line 3: The assignee “Nobody” is not there/,
				/^Line 3: The label “None such”/,
				/^Line 3: The column “Nowhere”/,
				/^Line 3: The activity “Nothing”/,
				/^Line 3: The due date “soon”/,
				/^Line 3: The points “many”/,
				/^Line 3: The estimated time “long”/,
				/^Line 4: There is no board id/,
				/^Line 5: The board “1” is not there/,
			);
			assert.equal(cards().length, before);
		});

		it('with very much wrong are named as far as anybody reads', async () => {
			const rows = Array.from({ length: 80 }, () => [undefined, board.id]);
			const expected = Array.from({ length: 50 }, () => /There is no title/);
			await refused(gatherSheet([['Title', 'Board id'], ...rows]), ...expected, /And 30 more/);
		});

		it('whose names more than one thing has are told the ids to choose from', async () => {
			board.progresses[1]!.name = board.progresses[0]!.name;
			await refused(oneRow({ Title: 'One', Column: board.progresses[0]!.name }), /not the only one .* 0, 1\./);
			const card = await made(await oneRow({ Title: 'One', Column: '1' }));
			assert.equal(card.column_id, 1);
		});

		it('leave out what is empty', async () => {
			const before = server.requests.length;
			const card = await made(
				await oneRow({ Title: 'One', Checklist: ' ## ', 'Blocked reason': undefined, Column: undefined }),
			);
			assert.deepEqual([card.checklist, card.is_blocked, card.due_date], [null, false, null]);
			const asked = server.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
			assert.deepEqual(asked, [
				`GET /1/projects/${project.id}/boards`,
				`POST /1/projects/${project.id}/cards/create-new`,
			]);
		});
	});

	describe('when they are made', () => {
		it('say the id of each, in the order of the file', async () => {
			const { rows } = await gatherSheet([
				['Title', 'Board id'],
				['One', board.id],
				['Two', board.id],
			]);
			const texts = [];
			for (const row of rows) {
				texts.push(await run(row));
			}
			const [one, two] = cards().slice(-2);
			assert.deepEqual([one?.title, two?.title], ['One', 'Two']);
			assert.deepEqual(texts, [`Card ${one?.id} was created.`, `Card ${two?.id} was created.`]);
		});

		it('are there for the board afterwards', async () => {
			const [column] = await session.boards!.columns(asModel(), signal());
			const titles = async () => (await session.boards!.cards(column!, signal())).items.map(({ title }) => title);
			assert.ok(!(await titles()).includes('One'));
			await made(await oneRow({ Title: 'One', Column: 0 }));
			assert.ok((await titles()).includes('One'));
		});

		it('are done although co-assignees could not be set, with the reason', async () => {
			const { rows } = await oneRow({ Title: 'One', 'Co-assignees': member(1).name });
			server.fault('PUT /1/cards/*', '403');
			assert.match(await run(rows[0]!), /^Card \d+ was created, but its co-assignees .* does not allow/);
			server.clearFaults();
			server.fault('PUT /1/cards/*', 'cut');
			assert.match(await run(rows[0]!), /^Card \d+ was created, but/);
		});

		it('are unknown where the answer was lost, and not sent again', async () => {
			const { rows } = await oneRow({ Title: 'One' });
			const before = cards().length;
			server.fault('POST /1/projects/*', 'cut');
			await assert.rejects(run(rows[0]!), OutcomeUnknown);
			assert.equal(cards().length, before + 1);
		});

		it('fail with ProjectPlace’s own words', async () => {
			const { rows } = await oneRow({ Title: 'One', Column: 0 });
			await assert.rejects(run({ ...rows[0]!, item: { ...rows[0]!.item, columnId: '77' } }), (error) => {
				assert.ok(error instanceof Refused);
				assert.match(error.message, /INVALID_COLUMN_ID/);
				return true;
			});
		});

		it('were confirmed with their number', () => {
			const row: BulkRow = { key: '2', label: '', cells: {}, item: {} };
			const asked = (rows: readonly BulkRow[]) => job.confirmation(rows, {}).question;
			assert.equal(asked([row]), 'Create one card?');
			assert.equal(asked([row, row]), 'Create 2 cards?');
		});
	});
});
