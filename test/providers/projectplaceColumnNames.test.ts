import assert from 'node:assert/strict';
import type { BulkJob, BulkRow, Gathered, JobIo } from '../../src/core/bulk.ts';
import { NotAllowed, OutcomeUnknown, SignInNeeded } from '../../src/core/errors.ts';
import { problemsOf, type Values } from '../../src/core/form.ts';
import type { Session } from '../../src/core/provider.ts';
import { mostAtOnce } from '../../src/providers/projectplace/client.ts';
import { projectplace } from '../../src/providers/projectplace/index.ts';
import type { Board } from '../../src/sandbox/projectplace/holdings.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { openPractice, openSession, signal, signInAllowed } from '../support/session.ts';

describe('One name for the columns of ProjectPlace', () => {
	let server: TestVendor;
	let session: Session;
	let told: string[];

	beforeEach(async () => {
		server = await startVendor('projectplace');
		({ session } = await openPractice(projectplace, server.address));
		told = [];
	});
	afterEach(() => server.close());

	const io: JobIo = {
		tell: (message) => void told.push(message),
		read: () => Promise.reject(new Error('no file is read here')),
		folders: {
			names: async () => [],
			tail: async () => ({ tail: new Uint8Array(), size: 0 }),
			save: async () => undefined,
		},
	};
	const jobOf = (of: Session): BulkJob => of.jobs!.find(({ id }) => id === 'enforceColumnName')!;
	const gather = (values: Values, of = session): Promise<Gathered> => jobOf(of).gather(values, {}, io, signal());
	const run = (row: BulkRow, of = session) => jobOf(of).run(row, {}, io, signal());
	const isDone = (row: BulkRow) => jobOf(session).isDone!(row, {}, io, signal());
	const boards = () => server.state.boards as Board[];
	const projects = () => server.state.projects as { id: number; name: string; archived: boolean; members: number[] }[];
	const boardOf = ({ item }: BulkRow): Board => boards().find(({ id }) => String(id) === item.boardId)!;
	const inActive = (): Board[] =>
		boards().filter(({ project_id }) => projects().some(({ id, archived }) => id === project_id && !archived));
	const writes = (): string[] =>
		server.requests
			.filter(({ path, method }) => method !== 'GET' && path.includes('/statuses/'))
			.map(({ method, path }) => `${method} ${path}`);

	it('is offered for an account and asks for the position from 1, the new name and perhaps the old one', () => {
		const job = jobOf(session);
		assert.equal(job.on, 'account');
		const fields = job.fields({});
		const wrong = (values: Values) => problemsOf(fields, values).map(({ field }) => field);
		assert.deepEqual(wrong({ position: '1', name: 'To do' }), []);
		for (const position of ['0', '-1', '1.5', 'first', '01']) {
			assert.deepEqual(wrong({ position, name: 'To do' }), ['position']);
		}
		assert.deepEqual(wrong({ position: '2', name: '  ' }), ['name']);
	});

	it('gathers the boards of all workspaces that are not archived, with what each is called now', async () => {
		const { columns, rows, skipped } = await gather({ position: '2', name: 'In hand' });
		assert.deepEqual(skipped, []);
		assert.deepEqual(
			rows.map(({ key }) => key).sort(),
			inActive()
				.filter(({ progresses }) => progresses.length > 1)
				.map(({ id }) => String(id))
				.sort(),
		);
		const [row] = rows;
		const board = boardOf(row!);
		assert.deepEqual(
			columns.map(({ id }) => row!.cells[id]),
			[
				projects().find(({ id }) => id === board.project_id)?.name,
				board.name,
				'2',
				board.progresses[1]?.name,
				'In hand',
			],
		);
		assert.match(told.at(-1) ?? '', /^(\d+) of \1 workspaces/);
		assert.deepEqual(writes(), []);
	});

	it('reads every page of an account of many workspaces, a few at once', async () => {
		const [one] = projects();
		projects().push(...Array.from({ length: 120 }, (_, at) => ({ ...one!, id: 5000 + at })));
		const { account, io: own } = await openPractice(projectplace, server.address);
		let now = 0;
		let most = 0;
		const counting: typeof fetch = async (...asked) => {
			most = Math.max(most, ++now);
			return fetch(...asked).finally(() => (now -= 1));
		};
		const { rows } = await gather(
			{ position: '1', name: 'New' },
			projectplace.open(account, { ...own, fetch: counting }),
		);
		assert.equal(rows.length, inActive().length);
		assert.equal(server.requests.filter(({ path }) => path === '/2/account/projects').length, 2);
		assert.equal(most, mostAtOnce);
	});

	it('leaves out columns that are called so already, and boards without one at the position', async () => {
		const [first, second] = inActive();
		first!.progresses[2]!.name = 'Ready';
		second!.progresses.length = 2;
		const { rows } = await gather({ position: '3', name: 'Ready' });
		const keys = rows.map(({ key }) => key);
		assert.ok(!keys.includes(String(first!.id)) && !keys.includes(String(second!.id)));
		assert.ok(keys.length > 0);
	});

	it('touches only columns of the old name where one is given, exactly as it is written', async () => {
		const [first, second, third] = inActive();
		first!.progresses[0]!.name = 'Later';
		second!.progresses[0]!.name = 'later';
		third!.progresses[0]!.name = 'Later ';
		const keysOf = async (oldName: string) =>
			(await gather({ position: '1', name: 'Next', oldName })).rows.map(({ key }) => key);
		assert.deepEqual(await keysOf('Later'), [String(first!.id)]);
		assert.deepEqual(await keysOf('Later '), [String(third!.id)]);
		assert.deepEqual(await keysOf('Never'), []);
	});

	it('counts the position in the order that people see', async () => {
		const [board] = inActive();
		board!.progresses.reverse();
		const { rows } = await gather({ position: '1', name: 'First' });
		const row = rows.find(({ key }) => key === String(board!.id))!;
		assert.equal(row.item.columnId, '0');
		await run(row);
		assert.equal(board!.progresses.at(-1)?.name, 'First');
	});

	it('warns where another column of the board has the name', async () => {
		const [board] = inActive();
		const { rows } = await gather({ position: '1', name: board!.progresses[1]!.name });
		assert.match(rows.find(({ key }) => key === String(board!.id))?.warning ?? '', /already/);
	});

	it('goes on without a workspace that can’t be read, and says why', async () => {
		const [workspace] = projects();
		server.fault(`GET /1/projects/${workspace!.id}/boards`, '403');
		const { rows, skipped } = await gather({ position: '1', name: 'New' });
		assert.deepEqual(
			skipped.map(({ label }) => label),
			[workspace!.name],
		);
		assert.match(skipped[0]!.reason, /does not allow/);
		assert.equal(rows.length, inActive().filter(({ project_id }) => project_id !== workspace!.id).length);
	});

	it('ends where the account’s credentials are refused', async () => {
		server.fault('GET /1/projects/*', '401');
		await assert.rejects(gather({ position: '1', name: 'New' }), SignInNeeded);
	});

	it('ends when it is cancelled', async () => {
		const leaving = new AbortController();
		const stopping: JobIo = { ...io, tell: () => leaving.abort() };
		await assert.rejects(jobOf(session).gather({ position: '1', name: 'New' }, {}, stopping, leaving.signal), {
			name: 'AbortError',
		});
	});

	it('looks at the person’s own workspaces where the account’s are not shown, and says so', async () => {
		const way = projectplace.signInWays.find(({ id }) => id === 'person');
		assert.ok(way && 'begin' in way);
		const { redirectUris: _, ...keys } = server.address.authorizationCode as Record<string, string>;
		const values = { server: server.address.url as string, ...keys };
		const person = openSession(projectplace, await signInAllowed(way, values)).session;
		const { rows, skipped } = await gather({ position: '1', name: 'New' }, person);
		assert.match(skipped[0]?.label ?? '', /not in/);
		const own = inActive().filter(({ project_id }) =>
			projects()
				.find(({ id }) => id === project_id)
				?.members.includes(504),
		);
		assert.equal(rows.length, own.length);
		assert.ok(own.length < inActive().length);
	});

	it('writes once for each board, and to nothing else', async () => {
		const { rows } = await gather({ position: '2', name: 'In hand' });
		const done = await Promise.all(rows.map((row) => run(row)));
		assert.equal(new Set(done).size, 1);
		assert.deepEqual(writes().sort(), rows.map((row) => `POST /1/boards/${row.key}/statuses/1/properties`).sort());
		assert.ok(inActive().every(({ progresses }) => (progresses[1] ?? { name: 'In hand' }).name === 'In hand'));
		assert.deepEqual((await gather({ position: '2', name: 'In hand' })).rows, []);
	});

	it('shows the new name in the tree afterwards', async () => {
		const [workspace] = (await session.workspaces(signal())).items;
		const [board] = (await session.boards!.list(workspace!, signal())).items;
		const { rows } = await gather({ position: '1', name: 'New' });
		await run(rows.find(({ key }) => key === board!.id)!);
		const [column] = await session.boards!.columns(board!, signal());
		assert.equal(column?.name, 'New');
	});

	it('asks the board whether a rename whose answer was lost was done', async () => {
		const [row, other] = (await gather({ position: '1', name: 'New' })).rows;
		server.fault(`POST /1/boards/${row!.key}/statuses/*`, 'cut', 1);
		server.fault(`POST /1/boards/${other!.key}/statuses/*`, '500', 1);
		await assert.rejects(run(row!), OutcomeUnknown);
		await assert.rejects(run(other!), OutcomeUnknown);
		assert.deepEqual([await isDone(row!), await isDone(other!)], [true, false]);
		assert.equal(writes().length, 2);
	});

	it('is refused to an account that may only read', async () => {
		const [row] = (await gather({ position: '1', name: 'New' })).rows;
		server.fault('POST /1/boards/*', '403');
		await assert.rejects(run(row!), NotAllowed);
	});

	it('is confirmed with the number and the name', () => {
		const row: BulkRow = { key: '1', label: '', cells: {}, item: {} };
		const asked = (rows: readonly BulkRow[]) =>
			jobOf(session).confirmation(rows, { position: '1', name: 'New' }).question;
		assert.equal(asked([row]), 'Name one column “New”?');
		assert.equal(asked(Array.from({ length: 1200 }, () => row)), 'Name the columns of 1,200 boards “New”?');
	});
});
