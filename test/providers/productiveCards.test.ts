import assert from 'node:assert/strict';
import { type Cards, cardField } from '../../src/core/cards.ts';
import { InvalidInput, NotAllowed, NotFound, OutcomeUnknown, Refused } from '../../src/core/errors.ts';
import type { ChoiceField, Field, Values } from '../../src/core/form.ts';
import type { Board, Card, Column, Workspace } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { Session } from '../../src/core/provider.ts';
import { productive } from '../../src/providers/productive/index.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { type Opened, openPractice, openSession, signal } from '../support/session.ts';
import { allWorkspaces, collect, fileOf } from './conformanceWalks.ts';

interface Row {
	readonly id: number;
	[field: string]: unknown;
}

describe('Productive’s cards', () => {
	let server: TestVendor;
	let opened: Opened;
	let session: Session;
	let cards: Cards;
	let project: Workspace;
	let board: Board;
	let columns: readonly Column[];
	/** Every change that went to the API. */
	let sent: { readonly line: string; readonly body: unknown }[];

	beforeEach(async () => {
		server = await startVendor('productive');
		opened = await openPractice(productive, server.address);
		sent = [];
		use(openWith(async () => undefined));
		// A folder with three task lists and a task in the first of them that people talk about.
		const list = rowOf({ id: String(talked()['task_list_id']) }, 'task_lists');
		project = (await allWorkspaces(session)).find(({ id }) => id === String(list['project_id']))!;
		const boards = await allItems(await session.boards!.list(project, signal()), signal());
		board = boards.find(({ id }) => id === String(list['folder_id']))!;
		columns = await session.boards!.columns(board, signal());
		assert.ok(columns.length > 2);
	});
	afterEach(() => server.close());

	function use(one: Session): void {
		session = one;
		cards = one.cards!;
	}

	const rows = (table: string) => server.state[table] as Row[];
	const rowOf = ({ id }: { id: string }, table = 'tasks') => rows(table).find((row) => String(row.id) === id)!;
	const cardsOf = async (column: Column) => allItems(await session.boards!.cards(column, signal()), signal());
	const idsOf = async (column: Column) => (await cardsOf(column)).map(({ id }) => id);
	const linesSince = (start: number) =>
		server.requests.slice(start).map(({ method, path }) => `${method} ${decodeURIComponent(path)}`);
	const writesSince = (start: number) => sent.slice(start).map(({ line, body }) => [line, body] as const);
	/** An open task with comments, in a project with the workflow of four statuses. */
	const talked = () =>
		rows('comments')
			.map((row) => rowOf({ id: String(row['task_id']) }))
			.findLast((row) => {
				const parent = rowOf({ id: String(row['project_id']) }, 'projects');
				const workflow = rowOf({ id: String(parent['workflow_id']) }, 'workflows');
				return (
					row['organization_id'] === 4410 &&
					!row['closed'] &&
					!parent['archived_at'] &&
					workflow['name'] === 'Default workflow'
				);
			})!;
	/** All that the server holds but these rows. */
	const others = (...ids: readonly string[]) =>
		JSON.stringify(
			['tasks', 'comments', 'attachments', 'task_lists'].map((table) =>
				rows(table).filter((row) => !ids.includes(String(row.id)) && !ids.includes(String(row['parent_task_id']))),
			),
		);
	const problemsOf = (error: unknown) =>
		error instanceof Refused || error instanceof InvalidInput ? error.problems.map(({ field }) => field) : undefined;
	const named = (fields: readonly Field[], id: string) => fields.find((field) => field.id === id) as ChoiceField;
	const choicesOf = async (field: ChoiceField) => allItems(await field.choices({}, signal()), signal());

	async function made(title: string, column = columns[0]!, values: Values = {}): Promise<Card> {
		return cards.creation!.form(column).submit({ title, ...values }, signal());
	}

	/** A card with a talk and a file. */
	async function talkedOf(): Promise<Card> {
		const all = (await Promise.all(columns.map(cardsOf))).flat();
		return all.find(({ id }) => id === String(talked().id))!;
	}

	/** A session whose answers pass through `look`; undefined sends the request on. */
	function openWith(
		look: (request: Request) => Response | undefined | Promise<Response | undefined>,
		settings: Readonly<Record<string, string>> = {},
	): Session {
		const fetch: typeof globalThis.fetch = async (input, init) => {
			const request = new Request(input, init);
			if (request.method !== 'GET') {
				const text = await request.clone().text();
				const line = `${request.method} ${decodeURIComponent(new URL(request.url).pathname.replace('/api/v2', ''))}`;
				sent.push({ line, body: text ? JSON.parse(text) : undefined });
			}
			return (await look(request)) ?? globalThis.fetch(request);
		};
		return productive.open(opened.account, { ...opened.io, fetch, setting: (name) => settings[name] });
	}

	describe('in lists', () => {
		it('have the number people know them by, who they are assigned to and how far their subtasks are', async () => {
			const all = (await Promise.all(columns.map(cardsOf))).flat();
			for (const card of all) {
				assert.equal(card.key, rowOf(card)['task_number']);
				const assignee = rowOf(card)['assignee_id'];
				assert.deepEqual(card.assigneeIds, assignee ? [String(assignee)] : undefined);
				assert.equal(card.extra?.['project'], project.id);
				assert.ok(Object.values(card).every((value) => value !== undefined));
			}
			const parent = all.find(({ progress }) => progress)!;
			assert.deepEqual(parent.progress, { done: 1, total: 3 });
		});
	});

	describe('looked at', () => {
		it('tell every field, the subtasks, the files and the facts', async () => {
			const card = await talkedOf();
			const { card: now, values, attachments, facts } = await cards.look(card, signal());
			assert.deepEqual(now, card);
			const ids = cards.editing!.fields(card).map(({ id }) => id);
			assert.deepEqual(Object.keys(values).sort(), [...ids].sort());
			assert.equal(values[cardField.title], card.title);
			assert.equal(values[cardField.description], rowOf(card)['description']);
			assert.equal(values[cardField.status], String(rowOf(card)['workflow_status_id']));
			const [file] = attachments!;
			assert.deepEqual([file!.name, file!.workspaceId, file!.boardId], ['measures.txt', project.id, board.id]);
			assert.match(file!.readOnly!, /task/);
			const { stream } = await session.archives!.read(file!, signal());
			assert.equal(new TextDecoder().decode(await collect(stream)), 'Measured on site.\n');
			assert.ok(facts!.some(({ label, value }) => label === 'Created by' && value === 'Ada Lindqvist'));
		});

		it('say where they stand now', async () => {
			const card = await made('Moved by somebody');
			rowOf(card)['task_list_id'] = Number(columns[1]!.id);
			const { card: now } = await cards.look({ ...card, boardId: '', columnId: '' }, signal());
			assert.deepEqual([now.boardId, now.columnId], [board.id, columns[1]!.id]);
		});

		it('are not found once they are gone', async () => {
			const card = await made('Gone');
			await cards.removal!.remove(card, signal());
			await assert.rejects(cards.look(card, signal()), NotFound);
		});

		it('are asked of a server that calls folders boards', async () => {
			const card = await made('Old');
			const old = openWith(async (request) => {
				const url = decodeURIComponent(request.url);
				if (url.includes('/folders')) {
					return new Response('{"errors":[{"status":404,"title":"Record Not Found"}]}', { status: 404 });
				}
				assert.ok(!url.includes('folder'), url);
				return undefined;
			});
			const { card: now } = await old.cards!.look(card, signal());
			assert.equal(now.boardId, board.id);
		});
	});

	describe('created', () => {
		it('hold what the form holds, and stand in their list', async () => {
			const form = cards.creation!.form(columns[0]!);
			const { fields } = form;
			const [, , status] = await choicesOf(named(fields, cardField.status));
			const [ada] = await choicesOf(named(fields, cardField.assignee));
			const [label] = await choicesOf(named(fields, cardField.labels));
			await cardsOf(columns[0]!);
			const start = sent.length;
			const card = await form.submit(
				{
					title: ' Lights ',
					description: '<p>At <b>night</b></p>',
					assignee: ada!.value,
					start: '2026-12-01',
					due: '2026-12-09',
					labels: [label!.value],
					status: status!.value,
				},
				signal(),
			);
			assert.deepEqual(writesSince(start), [
				[
					'POST /tasks',
					{
						data: {
							type: 'tasks',
							attributes: {
								title: 'Lights',
								description: '<p>At <b>night</b></p>',
								start_date: '2026-12-01',
								due_date: '2026-12-09',
								tag_list: [label!.value],
							},
							relationships: {
								workflow_status: { data: { type: 'workflow_statuses', id: status!.value } },
								assignee: { data: { type: 'people', id: ada!.value } },
								project: { data: { type: 'projects', id: project.id } },
								task_list: { data: { type: 'task_lists', id: columns[0]!.id } },
							},
						},
					},
				],
			]);
			const { id, assignees, labels, startDate, dueDate, columnId } = card;
			assert.deepEqual(
				[card.status, assignees, labels, startDate, dueDate, columnId],
				['Review', [ada!.label], [label!.value], '2026-12-01', '2026-12-09', columns[0]!.id],
			);
			assert.ok((await idsOf(columns[0]!)).includes(id));
		});

		it('need nothing but a title', async () => {
			const start = sent.length;
			const card = await made('Bare');
			const [[, body]] = writesSince(start) as [[string, { data: { attributes: object; relationships: object } }]];
			assert.deepEqual(body.data.attributes, { title: 'Bare' });
			assert.deepEqual(Object.keys(body.data.relationships), ['project', 'task_list']);
			assert.equal(card.status, 'Not started');
		});

		it('show the vendor’s refusal at the field that is wrong', async () => {
			await assert.rejects(made('x', columns[0], { assignee: '1', status: '2', due: 'soon' }), (error) => {
				assert.deepEqual(problemsOf(error), [cardField.status, cardField.assignee, cardField.due]);
				return true;
			});
		});

		it('are there even where the look at them fails', async () => {
			server.fault('GET */tasks/*', '500');
			const card = await made('Once');
			assert.equal(card.title, 'Once');
			assert.equal(rows('tasks').filter(({ title }) => title === 'Once').length, 1);
		});

		it('are made once where the answer is lost', async () => {
			server.fault('POST */tasks*', 'cut');
			const start = server.requests.length;
			await assert.rejects(made('Lost'), OutcomeUnknown);
			assert.equal(linesSince(start).filter((line) => line.startsWith('POST')).length, 1);
		});
	});

	describe('edited', () => {
		it('change field by field, and nothing else does', async () => {
			const card = await made('Old title', columns[0], { description: '<p>old</p>' });
			const fields = cards.editing!.fields(card);
			const people = await choicesOf(named(fields, cardField.assignee));
			const [, started] = await choicesOf(named(fields, cardField.status));
			const labels = await choicesOf(named(fields, cardField.labels));
			const before = others(card.id);
			const changes: readonly (readonly [string, string | readonly string[], string, unknown])[] = [
				[cardField.title, 'New title', 'title', 'New title'],
				[cardField.description, '<p>new</p>', 'description', '<p>new</p>'],
				[cardField.assignee, people[2]!.value, 'assignee_id', Number(people[2]!.value)],
				[cardField.assignee, '', 'assignee_id', null],
				[cardField.start, '2026-12-01', 'start_date', '2026-12-01'],
				[cardField.start, '', 'start_date', null],
				[cardField.due, '2026-12-02', 'due_date', '2026-12-02'],
				[cardField.labels, [labels[0]!.value, labels[1]!.value], 'tag_list', [labels[0]!.value, labels[1]!.value]],
				[cardField.labels, [], 'tag_list', []],
				[cardField.description, '', 'description', ''],
				[cardField.status, started!.value, 'workflow_status_id', Number(started!.value)],
			];
			let now = card;
			for (const [field, value, attribute, kept] of changes) {
				const was = { ...rowOf(card) };
				now = await cards.editing!.edit(now, { [field]: value }, signal());
				const is = rowOf(card);
				assert.deepEqual(is[attribute], kept, `${field} ${String(value)}`);
				const touched = Object.keys(is).filter((name) => is[name] !== was[name]);
				const known = [attribute, 'updated_at', 'last_activity_at'];
				assert.deepEqual(
					touched.filter((name) => !known.includes(name)),
					[],
				);
				assert.equal((await cards.look(card, signal())).values[field]?.toString(), value.toString());
			}
			assert.equal(now.status, 'In progress');
			assert.deepEqual([now.assignees, now.labels, now.description], [undefined, undefined, undefined]);
			assert.equal(others(card.id), before);
		});

		it('send only what was given, and take away an assignee by a relation to nobody', async () => {
			const card = await made('A');
			const start = sent.length;
			await cards.editing!.edit(card, { assignee: '' }, signal());
			const body = {
				data: { type: 'tasks', id: card.id, attributes: {}, relationships: { assignee: { data: null } } },
			};
			assert.deepEqual(writesSince(start), [[`PATCH /tasks/${card.id}`, body]]);
		});

		it('are closed by the first status that closes, and opened again by the first one that does not', async () => {
			const card = await made('To be closed');
			const editing = cards.editing!;
			const closing = await editing.completion!(card, true, signal());
			const closed = await editing.edit(card, closing!, signal());
			assert.deepEqual([closed.status, closed.done], ['Closed', true]);
			const opening = await editing.completion!(closed, false, signal());
			const opened = await editing.edit(closed, opening!, signal());
			assert.deepEqual([opened.status, opened.done], ['Not started', false]);
			assert.deepEqual([Object.keys(closing!), Object.keys(opening!)], [['status'], ['status']]);
		});

		it('have no way to be closed where no status of their workflow closes', async () => {
			const card = await made('Never done');
			const open = rows('workflow_statuses').filter((row) => row['category_id'] !== 3);
			rows('workflow_statuses').splice(0, Number.POSITIVE_INFINITY, ...open);
			session.forget();
			assert.equal(await cards.editing!.completion!(card, true, signal()), undefined);
		});

		it('keep what is mentioned in their description', async () => {
			const text = '<p>Ask @[{"type":"person","id":1,"label":"Björk"}]</p>';
			const card = await made('A', columns[0], { description: text });
			assert.deepEqual(card.description, { html: '<p>Ask Björk</p>' });
			assert.equal((await cards.look(card, signal())).values[cardField.description], text);
		});

		it('forget the list they stand in, and no other', async () => {
			const card = await made('A');
			await Promise.all(columns.map(cardsOf));
			await cards.editing!.edit(card, { title: 'B' }, signal());
			const start = server.requests.length;
			await Promise.all(columns.map(cardsOf));
			const lists = linesSince(start).filter((line) => line.includes('filter[task_list_id]'));
			assert.equal(lists.length, 1);
			assert.ok(lists[0]!.includes(`filter[task_list_id]=${columns[0]!.id}&`));
			assert.ok((await cardsOf(columns[0]!)).some(({ title }) => title === 'B'));
		});

		it('are not sent where a title is blank, a date is none or a field is not theirs', async () => {
			const card = await made('A');
			const start = server.requests.length;
			const values = { title: ' ', due: '31.12.2026', blocked: true };
			await assert.rejects(cards.editing!.edit(card, values, signal()), (error) => {
				assert.deepEqual(problemsOf(error), ['title', 'due', 'blocked']);
				return error instanceof InvalidInput;
			});
			assert.deepEqual(linesSince(start), []);
		});

		it('show the vendor’s refusal at the field that is wrong', async () => {
			const card = await made('A');
			await assert.rejects(cards.editing!.edit(card, { status: '1', title: 'B' }, signal()), (error) => {
				assert.ok(error instanceof Refused);
				assert.deepEqual(problemsOf(error), [cardField.status]);
				return true;
			});
			assert.equal(rowOf(card)['title'], 'A');
		});

		for (const [field, value] of [
			['title', 'B'],
			['description', '<p>new</p>'],
			['assignee', '2001'],
			['due', '2026-12-01'],
			['labels', ['Another']],
		] as const) {
			it(`say so where the vendor answers well and leaves out the ${field}`, async () => {
				const card = await made('A', columns[0], { description: '<p>old</p>' });
				use(
					openWith((request) =>
						request.method === 'PATCH'
							? Response.json({ data: { ...card, type: 'tasks', attributes: { title: card.title } } })
							: undefined,
					),
				);
				await assert.rejects(cards.editing!.edit(card, { [field]: value }, signal()), (error) => {
					assert.ok(error instanceof Refused);
					assert.deepEqual(error.problems, [{ field, message: 'Productive did not take this.' }]);
					return true;
				});
			});
		}

		it('take it well that the vendor writes a text in its own way', async () => {
			const card = await made('A', columns[0], { description: '<p>old</p>' });
			use(
				openWith(async (request) => {
					if (request.method === 'PATCH') {
						const answer = await globalThis.fetch(request);
						rowOf(card)['description'] = '<p class="x">new</p>';
						return answer;
					}
					return undefined;
				}),
			);
			const now = await cards.editing!.edit(card, { description: '<p>new</p>' }, signal());
			assert.deepEqual(now.description, { html: '<p class="x">new</p>' });
		});

		it('are not called unchanged where only the look afterwards fails', async () => {
			const card = await made('A');
			server.fault('GET */tasks/*', '500');
			await assert.rejects(cards.editing!.edit(card, { title: 'B' }, signal()), OutcomeUnknown);
			assert.equal(rowOf(card)['title'], 'B');
		});
	});

	describe('moved', () => {
		let one: Card;
		let two: Card;
		let three: Card;

		beforeEach(async () => {
			one = await made('1');
			two = await made('2');
			three = await made('3');
		});

		it('within their list go where they are put, by one request', async () => {
			assert.equal(cards.moving!.places, 'any');
			await cardsOf(columns[0]!);
			const before = others(three.id);
			const start = sent.length;
			const now = await cards.moving!.move(three, columns[0]!, one.id, signal());
			const body = { data: { type: 'tasks', id: three.id, attributes: { move_after_id: Number(one.id) } } };
			assert.deepEqual(writesSince(start), [[`PATCH /tasks/${three.id}/reposition`, body]]);
			assert.deepEqual(now, three);
			const ids = await idsOf(columns[0]!);
			assert.deepEqual(ids.slice(-3), [one.id, three.id, two.id]);
			assert.equal(others(three.id), before);
		});

		it('go to the very beginning', async () => {
			const [first] = await idsOf(columns[0]!);
			const start = sent.length;
			await cards.moving!.move(three, columns[0]!, undefined, signal());
			const body = { data: { type: 'tasks', id: three.id, attributes: { move_before_id: Number(first) } } };
			assert.deepEqual(writesSince(start), [[`PATCH /tasks/${three.id}/reposition`, body]]);
			assert.equal((await idsOf(columns[0]!))[0], three.id);
			await cards.moving!.move(three, columns[0]!, undefined, signal());
			assert.equal((await idsOf(columns[0]!))[0], three.id);
		});

		it('to another list are put into it and then to their place, and keep all else', async () => {
			const there = await made('There', columns[1]);
			const after = await made('After', columns[1]);
			await Promise.all(columns.map(cardsOf));
			const was = { ...rowOf(two) };
			const before = others(two.id);
			const start = sent.length;
			const now = await cards.moving!.move(two, columns[1]!, there.id, signal());
			const task_list = { data: { type: 'task_lists', id: columns[1]!.id } };
			assert.deepEqual(writesSince(start), [
				[
					`PATCH /tasks/${two.id}`,
					{ data: { type: 'tasks', id: two.id, attributes: { skip_reposition: true }, relationships: { task_list } } },
				],
				[
					`PATCH /tasks/${two.id}/reposition`,
					{ data: { type: 'tasks', id: two.id, attributes: { move_after_id: Number(there.id) } } },
				],
			]);
			assert.equal(now.columnId, columns[1]!.id);
			assert.deepEqual((await idsOf(columns[1]!)).slice(-3), [there.id, two.id, after.id]);
			assert.ok(!(await idsOf(columns[0]!)).includes(two.id));
			const is = rowOf(two);
			const touched = Object.keys(is).filter((name) => is[name] !== was[name]);
			assert.deepEqual(
				touched.sort(),
				['last_activity_at', 'placement', 'task_list_id', 'updated_at'].filter((name) => touched.includes(name)),
			);
			assert.equal(others(two.id), before);
		});

		it('into an empty list need one request', async () => {
			for (const card of await cardsOf(columns[2]!)) {
				await cards.removal!.remove(card, signal());
			}
			const start = sent.length;
			await cards.moving!.move(one, columns[2]!, undefined, signal());
			assert.equal(writesSince(start).length, 1);
			assert.deepEqual(await idsOf(columns[2]!), [one.id]);
		});

		it('say that they are in the list but perhaps not at their place where the second request fails', async () => {
			const there = await made('There', columns[1]);
			server.fault('PATCH */reposition', '500');
			await assert.rejects(cards.moving!.move(two, columns[1]!, there.id, signal()), (error) => {
				assert.ok(error instanceof OutcomeUnknown);
				assert.match(error.message, new RegExp(`“2” is in ${columns[1]!.name} now`));
				return true;
			});
			assert.equal(rowOf(two)['task_list_id'], Number(columns[1]!.id));
			assert.ok((await idsOf(columns[1]!)).includes(two.id));
		});

		it('stay where they are where the first request is refused', async () => {
			const before = others();
			server.fault(`PATCH */tasks/${two.id}`, '500');
			await assert.rejects(cards.moving!.move(two, columns[1]!, undefined, signal()), OutcomeUnknown);
			const foreign = { ...columns[1]!, id: '1' };
			server.clearFaults();
			await assert.rejects(cards.moving!.move(two, foreign, undefined, signal()), Refused);
			assert.equal(others(), before);
		});

		it('are refused beside a card of another list, with the vendor’s words', async () => {
			const elsewhere = await made('E', columns[1]);
			await assert.rejects(cards.moving!.move(one, columns[0]!, elsewhere.id, signal()), Refused);
		});

		it('go to another folder of the project, and to no other project', async () => {
			const boards = await allItems(await session.boards!.list(project, signal()), signal());
			const [far] = await session.boards!.columns(boards.find(({ id }) => id !== board.id)!, signal());
			const now = await cards.moving!.move(one, far!, undefined, signal());
			assert.deepEqual([now.boardId, now.columnId], [far!.boardId, far!.id]);
			const foreign = { ...far!, workspaceId: '1' };
			assert.match(cards.moving!.whyNot!(now, foreign)!, /stays in its project/);
			const start = server.requests.length;
			await assert.rejects(cards.moving!.move(now, foreign, undefined, signal()), NotAllowed);
			assert.deepEqual(linesSince(start), []);
		});

		it('are not moved where the vendor answers well and leaves them', async () => {
			use(
				openWith((request) =>
					request.method === 'PATCH'
						? Response.json({ data: { id: one.id, type: 'tasks', attributes: { title: one.title } } })
						: undefined,
				),
			);
			await assert.rejects(cards.moving!.move(one, columns[1]!, undefined, signal()), Refused);
		});
	});

	describe('with statuses as columns', () => {
		beforeEach(async () => {
			use(openWith(async () => undefined, { columns: 'statuses' }));
			columns = await session.boards!.columns(board, signal());
		});

		it('are created in a status, in a task list that is asked for', async () => {
			const { fields } = cards.creation!.form(columns[1]!);
			const lists = await choicesOf(named(fields, 'list'));
			assert.ok(lists.length > 1 && !named(fields, cardField.status));
			const card = await made('In progress', columns[1], { list: lists[1]!.value });
			assert.deepEqual([card.columnId, card.status], [columns[1]!.id, 'In progress']);
			assert.equal(rowOf(card)['task_list_id'], Number(lists[1]!.value));
			assert.ok((await idsOf(columns[1]!)).includes(card.id));
		});

		it('are moved by their status alone, to no place in it', async () => {
			const [card] = await cardsOf(columns[0]!);
			await cardsOf(columns[3]!);
			assert.equal(cards.moving!.places, 'none');
			const start = sent.length;
			const now = await cards.moving!.move(card!, columns[3]!, undefined, signal());
			const workflow_status = { data: { type: 'workflow_statuses', id: columns[3]!.id } };
			assert.deepEqual(writesSince(start), [
				[
					`PATCH /tasks/${card!.id}`,
					{ data: { type: 'tasks', id: card!.id, attributes: {}, relationships: { workflow_status } } },
				],
			]);
			assert.deepEqual([now.columnId, now.status, now.done], [columns[3]!.id, 'Closed', true]);
			assert.ok((await idsOf(columns[3]!)).includes(card!.id));
			assert.ok(!(await idsOf(columns[0]!)).includes(card!.id));
		});

		it('change their column with their status, and both lists are asked for again', async () => {
			const [card] = await cardsOf(columns[0]!);
			await cardsOf(columns[1]!);
			const now = await cards.editing!.edit(card!, { status: columns[1]!.id }, signal());
			assert.equal(now.columnId, columns[1]!.id);
			assert.ok((await idsOf(columns[1]!)).includes(card!.id));
			assert.ok(!(await idsOf(columns[0]!)).includes(card!.id));
		});

		it('go to no other folder, and the statuses have no order to change', async () => {
			const [card] = await cardsOf(columns[0]!);
			const elsewhere = { ...columns[0]!, boardId: '1' };
			await assert.rejects(cards.moving!.move(card!, elsewhere, undefined, signal()), NotAllowed);
			assert.equal(session.columnOrdering, undefined);
		});
	});

	describe('removed', () => {
		it('are deleted with what stands on them, and nothing else is', async () => {
			const card = await talkedOf();
			const column = columns.find(({ id }) => id === card.columnId)!;
			const talk = rows('comments').filter((row) => String(row['task_id']) === card.id);
			const files = rows('attachments').filter((row) => String(row['task_id']) === card.id);
			const before = others(card.id, ...[...talk, ...files].map(({ id }) => String(id)));
			const { kind, effect } = cards.removal!;
			assert.deepEqual([kind, 'restore' in cards.removal!], ['delete', false]);
			assert.match(effect, /can’t be brought back/);
			const start = sent.length;
			await cards.removal!.remove(card, signal());
			assert.deepEqual(writesSince(start), [[`DELETE /tasks/${card.id}`, undefined]]);
			assert.ok(!(await idsOf(column)).includes(card.id));
			assert.equal(others(card.id), before);
			await assert.rejects(cards.removal!.remove(card, signal()), NotFound);
		});
	});

	describe('commented', () => {
		const commentsOn = async (card: Card) => allItems(await cards.comments!.list(card, signal()), signal());

		it('list what was said, the newest last, with who said it and whom', async () => {
			const card = await talkedOf();
			const start = server.requests.length;
			const talk = await commentsOn(card);
			assert.match(linesSince(start)[0]!, /filter\[task_id\]=\d+&include=creator&sort=created_at/);
			assert.deepEqual(
				talk.map(({ author, text }) => [author, text]),
				[
					['Björk Jónsdóttir', { html: '<p>The drawings are in Docs.</p>' }],
					['Ada Lindqvist', { html: '<p>Thanks, Björk. Is <strong>Tuesday</strong> fine?</p>' }],
				],
			);
		});

		it('leave out what is a draft or deleted', async () => {
			const card = await talkedOf();
			const [first, second] = rows('comments').filter((row) => String(row['task_id']) === card.id);
			first!['draft'] = true;
			second!['deleted_at'] = '2026-11-20T09:00:00.000+01:00';
			assert.deepEqual(await commentsOn(card), []);
		});

		it('take plain text and keep every sign of it', async () => {
			const card = await made('A');
			const start = sent.length;
			const text = 'a < b & "c"\nsee @[{"label":"x"}]';
			const comment = await cards.comments!.add!(card, text, signal());
			const body = 'a &lt; b &amp; &quot;c&quot;<br>see &#64;[{&quot;label&quot;:&quot;x&quot;}]';
			const relationships = { task: { data: { type: 'tasks', id: card.id } } };
			const document = { data: { type: 'comments', attributes: { body }, relationships } };
			assert.deepEqual(writesSince(start), [['POST /comments', document]]);
			assert.equal(comment.author, 'Ada Lindqvist');
			assert.deepEqual(await commentsOn(card), [comment]);
		});

		it('are not sent without any text', async () => {
			const card = await made('A');
			const start = server.requests.length;
			await assert.rejects(cards.comments!.add!(card, ' \n', signal()), InvalidInput);
			assert.deepEqual(linesSince(start), []);
		});

		it('lose one comment and no other', async () => {
			const card = await talkedOf();
			const [first, second] = await commentsOn(card);
			const before = others(first!.id);
			await cards.comments!.remove!(card, first!, signal());
			assert.deepEqual(await commentsOn(card), [second]);
			assert.equal(others(first!.id), before);
			await assert.rejects(cards.comments!.remove!(card, first!, signal()), NotFound);
		});
	});

	describe('with subtasks', () => {
		const itemsOf = async (card: Card) => (await cards.look(card, signal())).checklist!;

		it('add one beneath, in the same task list', async () => {
			const card = await made('A');
			assert.deepEqual(await itemsOf(card), []);
			const start = sent.length;
			const item = await cards.checklist!.add!(card, ' First ', signal());
			const relationships = {
				project: { data: { type: 'projects', id: project.id } },
				task_list: { data: { type: 'task_lists', id: columns[0]!.id } },
			};
			const attributes = { title: 'First', parent_task_id: Number(card.id) };
			assert.deepEqual(writesSince(start), [['POST /tasks', { data: { type: 'tasks', attributes, relationships } }]]);
			assert.deepEqual(
				(await itemsOf(card)).map(({ id, title, done }) => ({ id, title, done })),
				[{ id: item.id, title: 'First', done: false }],
			);
			const listed = (await cardsOf(columns[0]!)).find(({ id }) => id === card.id);
			assert.deepEqual(listed?.progress, { done: 0, total: 1 });
			assert.ok(!(await idsOf(columns[0]!)).includes(item.id));
		});

		it('are done by a status that closes them, and get back the one they had', async () => {
			const card = await made('A');
			const added = await cards.checklist!.add!(card, 'First', signal());
			const statuses = rows('workflow_statuses').filter(({ id }) => id >= Number(rowOf(added)['workflow_status_id']));
			rowOf(added)['workflow_status_id'] = statuses[2]!.id;
			const [item] = await itemsOf(card);
			const done = await cards.checklist!.set(card, item!, { title: 'First', done: true }, signal());
			assert.deepEqual([done.done, rowOf(added)['closed']], [true, true]);
			const again = await cards.checklist!.set(card, done, { title: 'Renamed', done: false }, signal());
			assert.deepEqual([again.title, again.done], ['Renamed', false]);
			assert.equal(rowOf(added)['workflow_status_id'], statuses[2]!.id);
		});

		it('open in the first status where the earlier one is not known', async () => {
			const card = await made('A');
			const item = await cards.checklist!.add!(card, 'First', signal());
			const first = rowOf(item)['workflow_status_id'];
			await cards.checklist!.set(card, item, { title: 'First', done: true }, signal());
			const [now] = await itemsOf(card);
			await cards.checklist!.set(card, now!, { title: 'First', done: false }, signal());
			assert.equal(rowOf(item)['workflow_status_id'], first);
		});

		it('lose one and no other', async () => {
			const card = await made('A');
			const [first, second] = [
				await cards.checklist!.add!(card, '1', signal()),
				await cards.checklist!.add!(card, '2', signal()),
			];
			await cards.checklist!.remove!(card, first, signal());
			assert.deepEqual(
				(await itemsOf(card)).map(({ id }) => id),
				[second.id],
			);
		});

		it('are not sent without a title', async () => {
			const card = await made('A');
			const start = server.requests.length;
			await assert.rejects(cards.checklist!.add!(card, ' ', signal()), InvalidInput);
			const item = { id: '1', title: 'a', done: false };
			await assert.rejects(cards.checklist!.set(card, item, { title: '', done: false }, signal()), InvalidInput);
			assert.deepEqual(linesSince(start), []);
		});
	});

	describe('given files', () => {
		it('hold them beside those that were there', async () => {
			const card = await talkedOf();
			const start = sent.length;
			const file = await cards.attaching!.attach(card, fileOf('plan.txt', 'North is up.'), signal());
			const id = file.extra!['file'];
			const attributes = { name: 'plan.txt', content_type: 'text/plain', size: 12, attachable_type: 'task' };
			const there = rows('attachments').find((row) => String(row['task_id']) === card.id)!;
			const [created, finished, linked, ...more] = writesSince(start);
			assert.deepEqual(created, ['POST /attachments', { data: { type: 'attachments', attributes } }]);
			assert.equal(finished![0], `PATCH /attachments/${id}`);
			const ids = { attachment_ids: [there.id, Number(id)] };
			assert.deepEqual(linked, [`PATCH /tasks/${card.id}`, { data: { type: 'tasks', id: card.id, attributes: ids } }]);
			assert.deepEqual(more, []);
			const { attachments } = await cards.look(card, signal());
			assert.deepEqual(
				attachments!.map(({ name }) => name),
				['measures.txt', 'plan.txt'],
			);
			assert.deepEqual(attachments![1], file);
			const { stream } = await session.archives!.read(file, signal());
			assert.equal(new TextDecoder().decode(await collect(stream)), 'North is up.');
		});

		it('are not sent twice where the last step has no answer', async () => {
			const card = await made('A');
			server.fault('PATCH */tasks/*', 'cut');
			await assert.rejects(
				cards.attaching!.attach(card, fileOf('a.txt', 'a'), signal()),
				(error) => error instanceof OutcomeUnknown,
			);
		});
	});

	describe('of the signed-in person', () => {
		it('are those assigned to them and open, over all projects, with the way to each', async () => {
			const me = await cards.me!(signal());
			const own = rows('tasks').filter(
				(row) => String(row['assignee_id']) === me && !row['closed'] && row['organization_id'] === 4410,
			);
			const active = new Set(rows('projects').flatMap(({ id, archived_at }) => (archived_at ? [] : id)));
			const start = server.requests.length;
			const hits = await allItems(await cards.mine!(signal()), signal());
			assert.match(linesSince(start).at(-1)!, new RegExp(`filter\\[assignee_id\\]=${me}&.*filter\\[status\\]=1`));
			assert.deepEqual(
				hits.map(({ card }) => card!.id).sort(),
				own
					.filter((row) => active.has(Number(row['project_id'])))
					.map(({ id }) => String(id))
					.sort(),
			);
			assert.ok(hits.length > 5);
			for (const { workspace, board: above, column, card } of hits) {
				assert.deepEqual([card!.boardId, card!.columnId], [above!.id, column!.id]);
				assert.equal(card!.extra?.['project'], workspace.id);
				assert.ok(card!.assigneeIds?.includes(me!));
			}
			assert.ok(new Set(hits.map(({ workspace }) => workspace.id)).size > 3);
		});

		it('leave out those where only a to-do is theirs', async () => {
			const me = await cards.me!(signal());
			use(
				openWith(async (request) => {
					const url = new URL(request.url);
					if (!url.searchParams.has('filter[assignee_id]')) {
						return undefined;
					}
					url.searchParams.delete('filter[assignee_id]');
					return globalThis.fetch(new Request(url, request));
				}),
			);
			const { items } = await cards.mine!(signal());
			assert.ok(items.length > 0 && items.every(({ card }) => card!.assigneeIds?.includes(me!)));
		});
	});

	describe('columns', () => {
		it('are put behind another or first, and nothing else is changed', async () => {
			const [a, b, c] = columns as [Column, Column, Column];
			const names = async () => (await session.boards!.columns(board, signal())).slice(0, 3).map(({ id }) => id);
			const start = sent.length;
			await session.columnOrdering!.move(a, b, signal());
			const body = { data: { type: 'task_lists', id: a.id, attributes: { move_after_id: Number(b.id) } } };
			assert.deepEqual(writesSince(start), [[`PATCH /task_lists/${a.id}/reposition`, body]]);
			assert.deepEqual(await names(), [b.id, a.id, c.id]);
			await session.columnOrdering!.move(c, undefined, signal());
			assert.deepEqual(await names(), [c.id, b.id, a.id]);
			const before = others();
			await session.columnOrdering!.move(c, undefined, signal());
			assert.equal(others(), before);
		});
	});

	describe('with a token that may only read', () => {
		it('are read, and every change says that it is not allowed', async () => {
			const card = await talkedOf();
			const before = others();
			const { token } = server.state['readOnly'] as { token: string };
			use(openSession(productive, { ...opened.account, secrets: { token } }).session);
			assert.equal((await cards.look(card, signal())).card.id, card.id);
			const [comment] = (await cards.comments!.list(card, signal())).items;
			const item = { id: card.id, title: 'a', done: false };
			const changes: readonly (readonly [string, () => Promise<unknown>])[] = [
				['create', () => made('x')],
				['edit', () => cards.editing!.edit(card, { title: 'x' }, signal())],
				['move', () => cards.moving!.move(card, columns[1]!, undefined, signal())],
				['remove', () => cards.removal!.remove(card, signal())],
				['comment', () => cards.comments!.add!(card, 'x', signal())],
				['uncomment', () => cards.comments!.remove!(card, comment!, signal())],
				['check', () => cards.checklist!.set(card, item, { title: 'b', done: true }, signal())],
				['add', () => cards.checklist!.add!(card, 'x', signal())],
				['attach', () => cards.attaching!.attach(card, fileOf('a', 'a'), signal())],
				['order', () => session.columnOrdering!.move(columns[0]!, columns[1], signal())],
			];
			for (const [what, change] of changes) {
				await assert.rejects(change(), NotAllowed, what);
			}
			assert.equal(others(), before);
		});
	});
});
