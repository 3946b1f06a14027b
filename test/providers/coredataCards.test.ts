import assert from 'node:assert/strict';
import { InvalidInput, NotAllowed, NotFound, OutcomeUnknown, Refused } from '../../src/core/errors.ts';
import { problemsOf, type Values } from '../../src/core/form.ts';
import type { Board, Card, Column } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { Session } from '../../src/core/provider.ts';
import { coredata } from '../../src/providers/coredata/index.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { memoryCredentials, type Opened, openPractice, signal } from '../support/session.ts';

interface Task {
	readonly id: string;
	readonly title: string;
	readonly [property: string]: unknown;
}

describe('cards of CoreData', () => {
	let server: TestVendor;
	let opened: Opened;
	let session: Session;
	/** What was sent: method, path and body. */
	let lines: string[];
	/** Answers in the vendor's place, where a test wants one. */
	let instead: (line: string) => Response | undefined;

	beforeEach(async () => {
		server = await startVendor('coredata', { clock: () => Date.UTC(2026, 10, 16, 9) });
		opened = await openPractice(coredata, server.address);
		lines = [];
		instead = () => undefined;
		session = sessionOf();
	});
	afterEach(() => server.close());

	function sessionOf(as?: { user: string; key: string }): Session {
		const { account, io } = opened;
		const recording: typeof fetch = async (input, init) => {
			const request = new Request(input, init);
			const { pathname, search } = new URL(request.url);
			const line = `${request.method} ${pathname}${search} ${await request.clone().text()}`.trim();
			lines.push(line);
			return instead(line) ?? fetch(request);
		};
		const who = as ? { ...account, facts: { user: as.user }, secrets: { key: as.key } } : account;
		return coredata.open(who, { ...io, fetch: recording, credentials: memoryCredentials(who.secrets) });
	}

	const reader = (): Session => sessionOf(server.state['readOnly'] as { user: string; key: string });

	async function board(name = 'Delivery', own = session): Promise<Board> {
		const spaces = await allItems(await own.workspaces(signal()), signal());
		const space = spaces.find((one) => one.name === 'Harbour renewal');
		assert.ok(space);
		const found = (await allItems(await own.boards!.list(space, signal()), signal())).find((one) => one.name === name);
		assert.ok(found, name);
		return found;
	}

	async function columnsOf(name?: string): Promise<readonly Column[]> {
		return session.boards!.columns(await board(name), signal());
	}

	async function column(id: string): Promise<Column> {
		const found = (await columnsOf()).find((one) => one.id === id);
		assert.ok(found, id);
		return found;
	}

	async function cardsIn(id: string): Promise<readonly Card[]> {
		return allItems(await session.boards!.cards(await column(id), signal()), signal());
	}

	async function cardIn(id: string, title?: string): Promise<Card> {
		const found = (await cardsIn(id)).find((card) => title === undefined || card.title === title);
		assert.ok(found, id);
		return found;
	}

	/** What the tenant holds, without the time of the last change. */
	const tasks = (): readonly Task[] =>
		(server.state['tasks'] as readonly Task[]).map((task) => ({ ...task, modified: undefined }));
	const task = (id: string): Task | undefined => tasks().find((one) => one.id === id);
	const pending = 'task_status:Pending:';
	const closed = 'task_status:Closed:';

	function changeBehind(card: Card, body: object): Promise<unknown> {
		const { url, user, key } = server.address as Record<string, string>;
		const headers = { authorization: `apikey ${user}:${key}`, 'content-type': 'application/json' };
		return fetch(`${url}/api/v2/tasks/${card.id}/`, { method: 'PUT', headers, body: JSON.stringify(body) });
	}

	async function edit(card: Card, values: Values): Promise<Card> {
		lines.length = 0;
		return session.cards!.editing!.edit(card, values, signal());
	}

	describe('looking', () => {
		it('asks for the one task and fills every field that can be changed', async () => {
			const card = await cardIn(pending);
			lines.length = 0;
			const detail = await session.cards!.look(card, signal());
			assert.deepEqual(lines, [`GET /api/v2/tasks/${card.id}/`]);
			assert.deepEqual(detail.card, card);
			const { title, description, due_date, tags } = task(card.id)!;
			assert.equal(detail.values['title'], title);
			assert.equal(detail.values['description'], description);
			assert.equal(detail.values['due'], due_date ?? '');
			assert.deepEqual(detail.values['labels'], tags);
			assert.deepEqual(detail.values['assignee'], card.assigneeIds ?? []);
			const ids = session.cards!.editing!.fields(card).map(({ id }) => id);
			assert.deepEqual(Object.keys(detail.values).sort(), [...ids].sort());
			assert.deepEqual(problemsOf(session.cards!.editing!.fields(card), detail.values), []);
			assert.equal(detail.facts?.find(({ label }) => label === 'Created by')?.value, 'Björk Jónsdóttir');
		});

		it('says that a task is gone', async () => {
			const card = await cardIn(pending);
			await session.cards!.removal!.remove(card, signal());
			await assert.rejects(session.cards!.look(card, signal()), NotFound);
		});

		it('keeps the status of a task that stands under “Other”', async () => {
			const detail = await session.cards!.look(await cardIn('other'), signal());
			assert.equal(detail.values['status'], 'task_status:Frozen:');
			assert.equal(detail.card.columnId, 'other');
		});
	});

	describe('making', () => {
		it('makes a task in a status, reads it back, and lists it from then on', async () => {
			const place = await column(closed);
			const before = tasks();
			await cardsIn(closed);
			const form = session.cards!.creation!.form(place);
			const values = { title: ' Mæla dýpi ', description: 'Við bryggju', due: '2026-12-01', assignee: ['ada'] };
			lines.length = 0;
			const card = await form.submit({ ...values, labels: [], statusMessage: '' }, signal());
			const body = {
				project: place.boardId,
				status: closed,
				title: 'Mæla dýpi',
				description: 'Við bryggju',
				due_date: '2026-12-01',
				responsible_users: ['ada'],
			};
			assert.deepEqual(lines, [`POST /api/v2/tasks/ ${JSON.stringify(body)}`, `GET /api/v2/tasks/${card.id}/`]);
			assert.deepEqual([card.columnId, card.title, card.dueDate], [closed, 'Mæla dýpi', '2026-12-01']);
			assert.deepEqual([card.assignees, card.assigneeIds], [['Ada Lindqvist'], ['ada']]);
			assert.ok((await cardsIn(closed)).some(({ id }) => id === card.id));
			assert.deepEqual(
				tasks().filter(({ id }) => id !== card.id),
				before,
			);
		});

		it('is known to have made it even where reading it back fails', async () => {
			const form = session.cards!.creation!.form(await column(pending));
			instead = (line) => (line.startsWith('GET /api/v2/tasks/') ? new Response(null, { status: 404 }) : undefined);
			const card = await form.submit({ title: 'Once only' }, signal());
			assert.deepEqual([card.title, card.columnId], ['Once only', pending]);
			assert.equal(tasks().filter(({ title }) => title === 'Once only').length, 1);
		});

		it('refuses a blank title before anything is sent, and a column that is no status at once', async () => {
			const form = session.cards!.creation!.form(await column(pending));
			lines.length = 0;
			await assert.rejects(form.submit({ title: ' ' }, signal()), InvalidInput);
			assert.deepEqual(lines, []);
			const other = await column('other');
			assert.throws(() => session.cards!.creation!.form(other), Refused);
		});

		it('puts the vendor’s own problems beside our fields', async () => {
			const form = session.cards!.creation!.form(await column(pending));
			await assert.rejects(form.submit({ title: 'A', assignee: ['nobody'] }, signal()), (error) => {
				assert.ok(error instanceof Refused);
				assert.deepEqual(
					error.problems.map(({ field }) => field),
					['assignee'],
				);
				return true;
			});
		});

		it('offers people, and the tags of the project', async () => {
			const place = await column(pending);
			const { fields } = session.cards!.creation!.form(place);
			const choices = async (id: string) => {
				const field = fields.find((one) => one.id === id);
				assert.ok(field?.kind === 'choice');
				return (await allItems(await field.choices({}, signal()), signal())).map(({ value }) => value);
			};
			assert.ok((await choices('assignee')).includes('ada'));
			const known = tasks().filter(({ project }) => (project as Task).id === place.boardId);
			assert.deepEqual(new Set(await choices('labels')), new Set(known.flatMap(({ tags }) => tags)));
		});
	});

	describe('editing', () => {
		it('sends the one property that changed and leaves everything else as it is', async () => {
			const card = await cardIn(pending);
			const others = tasks().filter(({ id }) => id !== card.id);
			const before = task(card.id)!;
			const after = await edit(card, { title: 'Renamed', due: card.dueDate ?? '' });
			const path = `/api/v2/tasks/${card.id}/`;
			assert.deepEqual(lines, [`GET ${path}`, `PUT ${path} {"title":"Renamed"}`, `GET ${path}`]);
			assert.deepEqual(after, { ...card, title: 'Renamed' });
			assert.deepEqual(task(card.id), { ...before, title: 'Renamed' });
			assert.deepEqual(
				tasks().filter(({ id }) => id !== card.id),
				others,
			);
			assert.ok((await cardsIn(pending)).some(({ title }) => title === 'Renamed'));
		});

		it('drops what it remembered of this board and of no other', async () => {
			const other = await board('Suggestions – Ábendingar');
			await session.boards!.columns(other, signal());
			const card = await cardIn(pending);
			await edit(card, { title: 'Renamed' });
			lines.length = 0;
			await session.boards!.columns(other, signal());
			assert.deepEqual(lines, []);
			await session.boards!.columns(await board(), signal());
			assert.equal(lines.length, 1);
			assert.match(lines[0] ?? '', new RegExp(`^GET /api/v2/projects/${card.boardId}/tasks/`));
		});

		it('changes every field, and clears every one that may be empty', async () => {
			const card = await cardIn(pending);
			const values = {
				title: 'All new',
				description: 'Lína 1\nLína 2',
				due: '2027-01-02',
				assignee: ['ada', 'bjork'],
				labels: ['quay'],
				statusMessage: 'Waiting',
				status: closed,
			};
			const full = await edit(card, values);
			assert.deepEqual((await session.cards!.look(full, signal())).values, values);
			assert.equal(full.done, true);
			const empty = { description: '', due: '', assignee: [], labels: [], statusMessage: '' };
			const cleared = await edit(full, empty);
			assert.deepEqual((await session.cards!.look(full, signal())).values, { ...values, ...empty });
			assert.deepEqual(
				[cleared.dueDate, cleared.assigneeIds, cleared.labels, cleared.description],
				[undefined, undefined, undefined, undefined],
			);
			assert.equal(task(card.id)?.['due_date'], null);
		});

		it('drops no tag or person that somebody else added in the meantime', async () => {
			const card = await edit(await cardIn(pending), { labels: ['a', 'b'], assignee: ['ada'] });
			await changeBehind(card, { tags: ['a', 'b', 'theirs'], responsible_users: ['ada', 'bjork'] });
			const after = await edit(card, { labels: ['b', 'mine'], assignee: [] });
			assert.deepEqual(new Set(after.labels), new Set(['b', 'mine', 'theirs']));
			assert.deepEqual(after.assigneeIds, ['bjork']);
		});

		it('writes nothing where nothing differs', async () => {
			const card = await cardIn(pending);
			await edit(card, { title: card.title });
			assert.deepEqual(lines, [`GET /api/v2/tasks/${card.id}/`]);
		});

		it('names the fields that a tenant answered well to and did not take', async () => {
			const card = await cardIn(pending);
			instead = (line) => (line.startsWith('PUT') ? new Response(null, { status: 204 }) : undefined);
			await assert.rejects(edit(card, { title: 'Not taken', statusMessage: 'neither' }), (error) => {
				assert.ok(error instanceof Refused);
				assert.equal(error.message, 'CoreData did not take this.');
				assert.deepEqual(
					error.problems.map(({ field }) => field),
					['title', 'statusMessage'],
				);
				return true;
			});
		});

		it('shows what was sent where the task can’t be read afterwards', async () => {
			const card = await cardIn(pending);
			let read = 0;
			instead = (line) => {
				read += Number(line.startsWith('GET /api/v2/tasks/'));
				return read > 1 ? new Response(null, { status: 404 }) : undefined;
			};
			const after = await edit(card, { title: 'Unseen', due: '2027-02-03', labels: ['quay'], assignee: ['ada'] });
			assert.deepEqual([after.title, after.dueDate, after.assigneeIds], ['Unseen', '2027-02-03', ['ada']]);
			assert.equal(task(card.id)?.title, 'Unseen');
		});

		it('sends nothing for a blank title, a day that is none, or a field that tasks do not have', async () => {
			const card = await cardIn(pending);
			for (const values of [{ title: ' ' }, { due: '2026-02-30' }, { blocked: true }, { status: '' }] as Values[]) {
				await assert.rejects(edit(card, values), InvalidInput);
				assert.deepEqual(lines, [], JSON.stringify(values));
			}
		});

		it('says what the vendor refuses, beside the field', async () => {
			const card = await cardIn(pending);
			const before = task(card.id);
			await assert.rejects(edit(card, { status: 'space_status:closed:' }), (error) => {
				assert.ok(error instanceof Refused);
				assert.deepEqual(
					error.problems.map(({ field }) => field),
					['status'],
				);
				return true;
			});
			assert.deepEqual(task(card.id), before);
		});

		it('is not known to have happened where the connection broke, and is not sent again', async () => {
			const card = await cardIn(pending);
			server.fault('PUT /api/v2/tasks/', 'cut');
			await assert.rejects(edit(card, { title: 'Perhaps' }), OutcomeUnknown);
			assert.equal(lines.filter((line) => line.startsWith('PUT')).length, 1);
			server.clearFaults();
			assert.equal((await session.cards!.look(card, signal())).card.title, task(card.id)?.title);
		});

		it('offers the statuses of the list that the task follows', async () => {
			const choices = async (card: Card) => {
				const field = session.cards!.editing!.fields(card).find(({ id }) => id === 'status');
				assert.ok(field?.kind === 'choice');
				return (await field.choices({}, signal())).items.map(({ value }) => value.split(':')[0]);
			};
			assert.deepEqual(new Set(await choices(await cardIn(pending))), new Set(['task_status']));
			assert.deepEqual(new Set(await choices(await cardIn('other'))), new Set(['task_status']));
			assert.deepEqual(new Set(await choices(await cardIn('space_status:active:'))), new Set(['space_status']));
		});

		it('keeps a description of HTML as HTML', async () => {
			const card = await cardIn(pending);
			const html = await edit(card, { description: '<p>Á</p>' });
			const field = (one: Card) => session.cards!.editing!.fields(one).find(({ id }) => id === 'description');
			assert.ok(!(field(card) as { html?: boolean }).html);
			assert.ok((field(html) as { html?: boolean }).html);
		});
	});

	describe('moving', () => {
		it('puts a new status and nothing else', async () => {
			const card = await cardIn(pending);
			const before = task(card.id)!;
			const to = await column(closed);
			assert.equal(session.cards!.moving!.places, 'none');
			lines.length = 0;
			const after = await session.cards!.moving!.move(card, to, undefined, signal());
			assert.equal(lines[1], `PUT /api/v2/tasks/${card.id}/ {"status":"${closed}"}`);
			assert.deepEqual([after.columnId, after.status, after.done], [closed, to.name, true]);
			assert.deepEqual(task(card.id), { ...before, status: closed });
			assert.ok((await cardsIn(closed)).some(({ id }) => id === card.id));
			assert.ok(!(await cardsIn(pending)).some(({ id }) => id === card.id));
		});

		it('takes a task out of “Other” and puts none in', async () => {
			const lost = await cardIn('other');
			const other = await column('other');
			const card = await cardIn(pending);
			assert.match(session.cards!.moving!.whyNot!(card, other) ?? '', /no status/);
			await assert.rejects(session.cards!.moving!.move(card, other, undefined, signal()), Refused);
			const after = await session.cards!.moving!.move(lost, await column(pending), undefined, signal());
			assert.equal(after.columnId, pending);
			assert.equal(after.extra, undefined);
		});

		it('refuses a status of another list and a status of another project without a request', async () => {
			const foreign = await cardIn('space_status:active:');
			const to = await column(closed);
			const [elsewhere] = await columnsOf('Suggestions – Ábendingar');
			const card = await cardIn(pending);
			lines.length = 0;
			assert.match(session.cards!.moving!.whyNot!(foreign, to) ?? '', /other statuses/);
			await assert.rejects(session.cards!.moving!.move(foreign, to, undefined, signal()), Refused);
			await assert.rejects(session.cards!.moving!.move(card, elsewhere!, undefined, signal()), Refused);
			assert.deepEqual(lines, []);
		});

		it('writes nothing for the column that a card is in', async () => {
			const card = await cardIn(pending);
			lines.length = 0;
			assert.deepEqual(await session.cards!.moving!.move(card, await column(pending), 'x', signal()), card);
			assert.deepEqual(lines, [`GET /api/v2/tasks/${card.id}/`]);
		});
	});

	it('deletes a task and offers no way back', async () => {
		const card = await cardIn(pending);
		const others = tasks().filter(({ id }) => id !== card.id);
		const { removal } = session.cards!;
		lines.length = 0;
		await removal!.remove(card, signal());
		assert.deepEqual(lines, [`DELETE /api/v2/tasks/${card.id}/`]);
		assert.deepEqual(tasks(), others);
		assert.ok(!(await cardsIn(pending)).some(({ id }) => id === card.id));
		assert.ok(!('restore' in removal!));
		await assert.rejects(removal!.remove(card, signal()), NotFound);
	});

	describe('comments', () => {
		it('adds one, by the person who is signed in, and lists it last', async () => {
			const card = await cardIn(pending);
			const list = async () => (await session.cards!.comments!.list(card, signal())).items;
			assert.deepEqual(await list(), []);
			lines.length = 0;
			const first = await session.cards!.comments!.add!(card, 'Fyrst', signal());
			assert.equal(lines[0], `POST /api/v2/comments/ ${JSON.stringify({ text: 'Fyrst', doc_id: card.id })}`);
			assert.deepEqual([first.text, first.author], [{ text: 'Fyrst' }, 'Björk Jónsdóttir']);
			assert.equal(first.created, '2026-11-16T09:00:00.000000Z');
			const second = await session.cards!.comments!.add!(card, 'Síðan', signal());
			assert.deepEqual(await list(), [first, second]);
			assert.ok(!('remove' in session.cards!.comments!));
		});

		it('shows no comment of another document where a tenant has no such filter', async () => {
			const card = await cardIn(pending);
			const made = await session.cards!.comments!.add!(card, 'Mín', signal());
			const refusal = () => Response.json({ error: 'The doc_id field does not allow filtering.' }, { status: 400 });
			instead = (line) => (line.includes('doc_id=') ? refusal() : undefined);
			assert.deepEqual((await session.cards!.comments!.list(card, signal())).items, [made]);
			assert.ok((server.state['comments'] as unknown[]).length > 1);
		});

		it('refuses an empty one before it is sent, and sends none twice', async () => {
			const card = await cardIn(pending);
			lines.length = 0;
			await assert.rejects(session.cards!.comments!.add!(card, ' ', signal()), InvalidInput);
			assert.deepEqual(lines, []);
			instead = (line) => (line.startsWith('GET /api/v2/comments/') ? new Response(null, { status: 404 }) : undefined);
			assert.deepEqual((await session.cards!.comments!.add!(card, 'Once', signal())).text, { text: 'Once' });
			const all = server.state['comments'] as { text: string }[];
			assert.equal(all.filter(({ text }) => text === 'Once').length, 1);
		});
	});

	describe('what is mine', () => {
		it('lists what this person is responsible for and is not over, with the way to each', async () => {
			assert.equal(await session.cards!.me!(signal()), 'bjork');
			lines.length = 0;
			const hits = await allItems(await session.cards!.mine!(signal()), signal());
			assert.match(lines[0] ?? '', /^GET \/api\/v2\/user\/bjork\/tasks\/\?/);
			const expected = tasks().filter(
				({ responsible_users, status }) =>
					(responsible_users as { username: string }[]).some(({ username }) => username === 'bjork') &&
					!/:(Closed|archived|closed|inactive):/.test(String(status)),
			);
			assert.deepEqual(new Set(hits.map(({ card }) => card?.id)), new Set(expected.map(({ id }) => id)));
			assert.ok(hits.length > 0);
			for (const { workspace, board, column, card } of hits) {
				assert.equal(board?.workspaceId, workspace.id);
				assert.ok(workspace.name !== workspace.id && board.name !== board.id);
				assert.equal(column?.id, card?.columnId);
				assert.equal(card?.boardId, board.id);
				assert.ok(card.assigneeIds?.includes('bjork'));
			}
		});
	});

	it('tells a missing right from a lost sign-in, and changes nothing', async () => {
		const card = await cardIn(pending);
		const to = await column(closed);
		const before = tasks();
		const own = reader().cards!;
		for (const change of [
			() => own.editing!.edit(card, { title: 'B' }, signal()),
			() => own.moving!.move(card, to, undefined, signal()),
			() => own.removal!.remove(card, signal()),
			() => own.creation!.form(to).submit({ title: 'B' }, signal()),
			() => own.comments!.add!(card, 'B', signal()),
		]) {
			await assert.rejects(change(), NotAllowed);
		}
		assert.deepEqual(tasks(), before);
		assert.ok(!opened.log.some((line) => line.includes(String(server.address['key']))));
	});
});
