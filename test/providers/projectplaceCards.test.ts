import assert from 'node:assert/strict';
import { InvalidInput, NotAllowed, NotFound, OutcomeUnknown, Refused, UnexpectedReply } from '../../src/core/errors.ts';
import type { FieldValue, Values } from '../../src/core/form.ts';
import type { Card, Column, Comment } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { Session, SessionIo, TypedWay } from '../../src/core/provider.ts';
import { projectplace } from '../../src/providers/projectplace/index.ts';
import { toCards } from '../../src/providers/projectplace/mapping.ts';
import { timeOf } from '../../src/providers/projectplace/times.ts';
import { authorOf } from '../../src/providers/projectplace/unverified.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { type Opened, openPractice, openSession, signal, signInAllowed, signInIo } from '../support/session.ts';

interface Kept extends Record<string, unknown> {
	readonly id: number;
	readonly board_id: number;
}
interface Sent {
	readonly line: string;
	readonly body: unknown;
}
/** Changes an answer, or makes one in the server's place; undefined lets it through. */
type Meddle = (request: Request, line: string) => Promise<Response | undefined>;

describe('ProjectPlace’s cards', () => {
	let server: TestVendor;
	let opened: Opened;
	let session: Session;
	let sent: Sent[];

	beforeEach(async () => {
		server = await startVendor('projectplace');
		opened = await openPractice(projectplace, server.address);
		session = watched(opened);
	});
	afterEach(() => server.close());

	/** A session of which every request is kept with its body. */
	function watched({ account, io }: Opened, meddle?: Meddle): Session {
		sent = [];
		const watching: typeof fetch = async (input, init) => {
			const request = new Request(input, init);
			const { pathname, search } = new URL(request.url);
			const line = `${request.method} ${pathname}${search}`;
			const text = await request.clone().text();
			const isForm = request.headers.get('content-type')?.includes('urlencoded');
			sent.push({ line, body: text === '' ? undefined : isForm ? text : JSON.parse(text) });
			return (await meddle?.(request, line)) ?? fetch(request);
		};
		return projectplace.open(account, { ...io, fetch: watching } satisfies SessionIo);
	}
	/** Requests but those for a token. */
	const asked = (): Sent[] => sent.filter(({ line }) => !line.includes('/oauth2/'));
	const lines = (): string[] => asked().map(({ line }) => line);
	const fresh = (): Session => projectplace.open(opened.account, opened.io);
	const kept = (id: string): Kept => (server.state.cards as Kept[]).find((one) => String(one.id) === id)!;
	const snapshot = () => JSON.stringify(server.state.cards);
	/** The cards of the account as the server has them, without the one. */
	const others = (id: string) => JSON.stringify((server.state.cards as Kept[]).filter((one) => String(one.id) !== id));

	async function columnsOf(of = session): Promise<readonly Column[]> {
		const [workspace] = (await of.workspaces(signal())).items;
		const [board] = (await of.boards!.list(workspace!, signal())).items;
		return of.boards!.columns(board!, signal());
	}
	const cardsOf = async (column: Column, of = session) => (await of.boards!.cards(column, signal())).items;
	async function someCard(is: (card: Card) => boolean = () => true, of = session): Promise<Card> {
		for (const workspace of (await of.workspaces(signal())).items) {
			for (const board of (await of.boards!.list(workspace, signal())).items) {
				for (const column of await of.boards!.columns(board, signal())) {
					const found = (await cardsOf(column, of)).find(is);
					if (found) {
						return found;
					}
				}
			}
		}
		throw new Error('no such card');
	}
	const begin = async (is?: (card: Card) => boolean): Promise<Card> => {
		const card = await someCard(is);
		sent.length = 0;
		return card;
	};
	const look = (card: Card, of = fresh()) => of.cards!.look(card, signal());
	const edit = (card: Card, values: Values, of = session) => of.cards!.editing!.edit(card, values, signal());
	const fieldOf = (card: Card, id: string) => session.cards!.editing!.fields(card).find((one) => one.id === id)!;
	async function choicesOf(card: Card, id: string) {
		const field = fieldOf(card, id);
		assert.ok(field.kind === 'choice');
		return allItems(await field.choices({}, signal()), signal());
	}
	const commentsOf = async (card: Card, of = fresh()): Promise<Comment[]> =>
		allItems(await of.cards!.comments!.list(card, signal()), signal());
	const refusal =
		(kind: abstract new (...args: never[]) => Error, ...fields: string[]) =>
		(error: unknown): boolean => {
			assert.ok(error instanceof kind, String(error));
			assert.match(error.message, /\.$/);
			const problems = 'problems' in error ? (error.problems as { field?: string }[]) : [];
			assert.deepEqual(
				problems.map(({ field }) => field),
				fields,
			);
			return true;
		};

	it('have no way to be mine, to take files, or for columns to be put in another order', () => {
		assert.deepEqual(
			['mine', 'attaching'].filter((part) => part in session.cards!),
			[],
		);
		assert.ok(!('columnOrdering' in session));
	});

	describe('in a list', () => {
		it('tell who is assigned, how much of the checklist is done, and how many comments there are', async () => {
			const card = await someCard(({ progress, assigneeIds }) => progress !== undefined && assigneeIds !== undefined);
			assert.deepEqual(card.assigneeIds, [String(kept(card.id).assignee_id)]);
			assert.deepEqual(card.progress, { done: 0, total: 3 });
			assert.ok(!('comments' in card), 'none stand on it');
			await session.cards!.comments!.add!(card, 'First', signal());
			assert.equal((await someCard(({ id }) => id === card.id)).comments, 1);
		});

		it('that are alike share their lists, and members that are absent take no room', () => {
			const wire = { column_id: '0', title: 'A', assignee_id: '5', assignee: { name: 'Ada' }, label_name: 'Bug' };
			const cards = toCards(
				[
					{ id: '1', ...wire },
					{ id: '2', ...wire },
					{ id: '3', column_id: '0', title: 'B', checklist: { items: [] }, comment_count: 0, access: 'write' },
				],
				{ id: '9', name: 'B', progresses: [] },
			);
			const [one, two, three] = cards.get('0') as [Card, Card, Card];
			assert.equal(one.assignees, two.assignees);
			assert.equal(one.assigneeIds, two.assigneeIds);
			assert.equal(one.labels, two.labels);
			for (const name of ['key', 'assigneeIds', 'progress', 'comments', 'readOnly', 'extra']) {
				assert.ok(!(name in three), name);
			}
		});

		it('name helpers beside the one assigned', () => {
			const wire = { id: '1', title: 'A', column_id: '0', assignee: { id: '5', name: 'Ada' } };
			const helped = { ...wire, contributors: [{ id: '6', name: 'Björk' }, { name: 'No id' }] };
			const [card] = toCards([helped], { id: '9', name: 'B', progresses: [] }).get('0')!;
			assert.deepEqual(
				[card?.assignees, card?.assigneeIds],
				[
					['Ada', 'Björk', 'No id'],
					['5', '6'],
				],
			);
		});

		it('say why they can’t be changed where the access is another than to write', async () => {
			const old = await someCard(({ readOnly }) => readOnly !== undefined);
			const before = snapshot();
			sent.length = 0;
			assert.match(old.readOnly!, /not change it\.$/);
			assert.deepEqual(session.cards!.editing!.fields(old), []);
			const to: Column = { id: '0', boardId: old.boardId, workspaceId: '', name: '' };
			assert.equal(session.cards!.moving!.whyNot!(old, to), old.readOnly);
			assert.equal(session.cards!.removal!.whyNot!(old), old.readOnly);
			const item = { id: '1', title: 'A', done: true };
			for (const write of [
				() => edit(old, { title: 'A' }),
				() => session.cards!.moving!.move(old, to, undefined, signal()),
				() => session.cards!.removal!.remove(old, signal()),
				() => session.cards!.comments!.add!(old, 'A', signal()),
				() => session.cards!.checklist!.set(old, item, item, signal()),
				() => session.cards!.checklist!.add!(old, 'A', signal()),
			]) {
				await assert.rejects(write, { name: 'Refused', message: old.readOnly! });
			}
			assert.deepEqual(lines(), []);
			assert.equal(snapshot(), before);
		});
	});

	describe('looked at', () => {
		it('ask for the card alone, which names its label itself', async () => {
			const card = await begin(({ labels }) => labels !== undefined);
			const detail = await session.cards!.look(card, signal());
			assert.deepEqual(lines(), [`GET /1/cards/${card.id}`]);
			assert.deepEqual(detail.card, card);
			assert.equal(detail.values.labels, String(kept(card.id).label_id));
		});

		it('hold a value for every field, empty ones too, and facts to read', async () => {
			const card = await begin(({ assigneeIds, blocked }) => !assigneeIds && blocked === undefined);
			const { values, facts, attachments } = await session.cards!.look(card, signal());
			assert.deepEqual(
				session.cards!.editing!.fields(card).map(({ id }) => id),
				Object.keys(values),
			);
			assert.deepEqual([values.assignee, values.blocked, values.blockReason], ['', false, '']);
			assert.deepEqual(values.contributors, []);
			assert.deepEqual(attachments, []);
			assert.deepEqual(
				facts?.map(({ label }) => label),
				['Created by', 'Created'],
			);
		});

		it('show attachments by name and say that none can be read', async () => {
			const card = await begin();
			Object.assign(kept(card.id), { all_attachments: [{ id: 7, name: 'Plan é.pdf' }, { name: 'Sketch.png' }] });
			const { attachments } = await session.cards!.look(card, signal());
			assert.deepEqual(
				attachments?.map(({ name, fileName }) => [name, fileName]),
				[
					['Plan é.pdf', 'Plan é.pdf'],
					['Sketch.png', 'Sketch.png'],
				],
			);
			assert.equal(new Set(attachments?.map(({ id }) => id)).size, 2);
			for (const { notDownloadable, readOnly, webUrl } of attachments ?? []) {
				assert.match(notDownloadable!, /on the web\.$/);
				assert.equal(readOnly, notDownloadable);
				assert.equal(webUrl, card.webUrl);
			}
		});

		it('show the items of the checklist in their order', async () => {
			const card = await begin(({ progress }) => progress !== undefined);
			const list = kept(card.id).checklist as { items: object[] };
			list.items.reverse();
			const { checklist } = await session.cards!.look(card, signal());
			assert.deepEqual(
				checklist?.map(({ title, done }) => [title, done]),
				[
					['Draft', false],
					['Review with the team', false],
					['Send', false],
				],
			);
		});

		it('have an empty checklist where there is none yet, so that one can be begun', async () => {
			const card = await begin(({ progress }) => progress === undefined);
			assert.deepEqual((await session.cards!.look(card, signal())).checklist, []);
		});

		it('that are gone say so', async () => {
			const card = await begin();
			await assert.rejects(look({ ...card, id: '1' }), NotFound);
		});
	});

	describe('me', () => {
		it('is nobody for a robot, without a request', async () => {
			assert.equal(await session.cards!.me!(signal()), undefined);
			assert.deepEqual(lines(), []);
		});

		it('is the person’s own id, by which their cards are found', async () => {
			const { redirectUris: _, ...keys } = server.address.authorizationCode as Record<string, string>;
			const way = projectplace.signInWays.find(({ id }) => id === 'person')!;
			assert.ok('begin' in way);
			const values = { server: server.address.url as string, ...keys };
			session = watched(openSession(projectplace, await signInAllowed(way, values)));
			assert.equal(await session.cards!.me!(signal()), '504');
			assert.deepEqual(lines(), ['GET /1/user/me/profile']);
			assert.ok(await someCard(({ assigneeIds }) => assigneeIds?.includes('504') ?? false));
		});
	});

	describe('edited', () => {
		const wrote = (card: Card, body: object): void =>
			assert.deepEqual(asked(), [{ line: `PUT /1/cards/${card.id}`, body }]);

		for (const [name, values, body, members] of [
			['the title', { title: ' Überprüft ✓ ' }, { title: 'Überprüft ✓' }, { title: 'Überprüft ✓' }],
			[
				'the description, as HTML',
				{ description: '<p>A &amp; <b>B</b></p>' },
				{ description: '<p>A &amp; <b>B</b></p>' },
			],
			['the description, to none', { description: '' }, { description: '' }],
			['the assignee', { assignee: '503' }, { assignee_id: 503 }],
			['the assignee, to nobody', { assignee: '' }, { assignee_id: 'remove' }, { assignee_id: null, assignee: null }],
			['the label, to none', { labels: '' }, { label_id: 'remove' }, { label_id: null }],
			['points, as the text of a number', { estimate: '0,5' }, { estimate: '0.5' }, { estimate: 0.5 }],
			['points, to none', { estimate: '' }, { estimate: 'remove' }, { estimate: null }],
			['the due date', { due: '2026-12-24' }, { due_date: '2026-12-24' }],
			['the due date, to none', { due: '' }, { due_date: 'remove' }, { due_date: null }],
			['the start date', { start: '2026-12-01' }, { start_date: '2026-12-01' }],
			['the start date, to none', { start: '' }, { start_date: 'remove' }, { start_date: null }],
			[
				'the block and its reason, which is written under one name and read under another',
				{ blocked: true, blockReason: 'No budget' },
				{ is_blocked: 1, block_reason: 'No budget' },
				{ is_blocked: true, is_blocked_reason: 'No budget' },
			],
			['the block, away', { blocked: false }, { is_blocked: 0 }, { is_blocked: false }],
		] as readonly [string, Values, object, object?][]) {
			it(`change ${name}, by one request and nothing else with it`, async () => {
				const card = await begin(({ assigneeIds, labels, dueDate }) => Boolean(assigneeIds && labels && dueDate));
				const before = { ...kept(card.id) };
				const around = others(card.id);
				const edited = await edit(card, values);
				wrote(card, body);
				const now = kept(card.id);
				const changed = Object.keys({
					...(members ?? body),
					...('assignee' in values && { assignee: 0, assignee_id: 0 }),
				});
				for (const [member, value] of Object.entries(members ?? body)) {
					assert.deepEqual(now[member], value, member);
				}
				for (const member of Object.keys(before).filter((one) => !changed.includes(one))) {
					assert.deepEqual(now[member], before[member], member);
				}
				assert.equal(others(card.id), around);
				const detail = await look(card);
				assert.deepEqual(detail.card, edited);
				for (const [id, value] of Object.entries(values)) {
					const expected = typeof value === 'string' ? value.trim().replace('0,5', '0.5') : value;
					assert.deepEqual(detail.values[id], expected as FieldValue, id);
				}
			});
		}

		it('change co-assignees as a whole, and leave the assignee', async () => {
			const card = await begin(({ assigneeIds }) => assigneeIds?.[0] !== undefined);
			const [assignee] = card.assigneeIds!;
			const edited = await edit(card, { contributors: ['502', '505'] });
			wrote(card, { contributor_ids: [502, 505] });
			assert.deepEqual(edited.assigneeIds, [assignee, '502', '505']);
			assert.deepEqual((await look(card)).values.contributors, ['502', '505']);
			assert.deepEqual((await edit(edited, { contributors: [] })).assigneeIds, [assignee]);
		});

		it('send several fields together and those that were not given not at all', async () => {
			const card = await begin();
			await edit(card, { title: 'A', due: '2026-12-24', estimate: undefined });
			wrote(card, { title: 'A', due_date: '2026-12-24' });
			sent.length = 0;
			assert.equal((await edit(card, {})).title, 'A');
			assert.deepEqual(lines(), [`GET /1/cards/${card.id}`], 'there is nothing to change');
		});

		it('are in the list at once, of which nothing else is asked for anew', async () => {
			const card = await someCard();
			await edit(card, { title: 'Neu' });
			sent.length = 0;
			assert.equal((await someCard(({ id }) => id === card.id)).title, 'Neu');
			assert.deepEqual(lines(), [`GET /1/boards/${card.boardId}/cards`]);
		});

		it('take a label of the board and find its name by the board where the reply has none', async () => {
			session = watched(opened, async (request, line) => {
				if (!line.startsWith('PUT /1/cards/')) {
					return undefined;
				}
				const { label_name: _, ...card } = (await (await fetch(request)).json()) as Record<string, unknown>;
				return Response.json(card);
			});
			const card = await begin(({ labels }) => labels !== undefined);
			const boards = server.state.boards as { id: number; labels: object[] }[];
			const board = boards.find(({ id }) => String(id) === card.boardId)!;
			board.labels.push({ id: 80, name: 'Überprüfen!', display_order: 80 });
			const choices = await choicesOf(card, 'labels');
			assert.deepEqual(lines(), [`GET /1/boards/${card.boardId}/properties`]);
			const other = choices.find(({ label }) => label !== card.labels![0])!;
			assert.deepEqual((await edit(card, { labels: other.value })).labels, [other.label]);
		});

		it('offer the people of the workspace who may see the board, asked for once', async () => {
			const card = await begin();
			const people = await choicesOf(card, 'assignee');
			assert.deepEqual(await choicesOf(card, 'contributors'), people);
			assert.ok(people.some(({ value, label, detail }) => value === '501' && label && detail?.includes('@')));
			assert.deepEqual(lines().toSorted(), [
				`GET /1/boards/${card.boardId}`,
				'GET /1/projects/1001/members',
				`GET /2/boards/${card.boardId}/people-with-access`,
			]);
			session = watched(opened, async (_request, line) =>
				line.endsWith('/people-with-access') ? Response.json({ access: [501] }) : undefined,
			);
			assert.deepEqual(
				(await choicesOf(card, 'assignee')).map(({ value }) => value),
				['501'],
			);
		});

		it('are refused before anything is sent where a value can’t be right', async () => {
			const card = await begin();
			const before = snapshot();
			await assert.rejects(edit(card, { title: ' ' }), refusal(InvalidInput, 'title'));
			await assert.rejects(edit(card, { estimate: 'much' }), refusal(InvalidInput, 'estimate'));
			await assert.rejects(edit(card, { due: '24.12.2026', title: '' }), refusal(InvalidInput, 'title', 'due'));
			assert.deepEqual(lines(), []);
			assert.equal(snapshot(), before);
		});

		it('are refused by ProjectPlace where the person or the label is not known', async () => {
			const card = await begin();
			const before = snapshot();
			await assert.rejects(edit(card, { assignee: '9999' }), /INVALID_ASSIGNEE_ID/);
			await assert.rejects(edit(card, { labels: '99' }), /INVALID_LABEL_ID/);
			assert.equal(snapshot(), before);
		});

		for (const [field, value, member] of [
			['due', '2026-12-24', 'due_date'],
			['start', '', 'start_date'],
			['blocked', true, 'is_blocked'],
			['blockReason', 'No budget', 'block_reason'],
			['title', 'Another', 'title'],
			['description', '<p>Another</p>', 'description'],
			['assignee', '', 'assignee_id'],
			['contributors', ['502'], 'contributor_ids'],
			['estimate', '100', 'estimate'],
		] as const) {
			it(`say so where ProjectPlace answers well and ignores ${member}`, async () => {
				session = watched(opened, async (request, line) => {
					if (!line.startsWith('PUT /1/cards/')) {
						return undefined;
					}
					const { [member]: _, ...body } = (await request.json()) as Record<string, unknown>;
					const { url, method, headers } = request;
					return fetch(url, { method, headers, body: JSON.stringify(body) });
				});
				const card = await begin(({ assigneeIds, startDate }) => Boolean(assigneeIds && startDate));
				await assert.rejects(edit(card, { [field]: value }), refusal(Refused, field));
			});
		}

		it('take a description that the server tidies up for changed', async () => {
			session = watched(opened, async (request, line) => {
				if (!line.startsWith('PUT /1/cards/')) {
					return undefined;
				}
				await fetch(request.clone());
				const card = (await (await fetch(request)).json()) as Record<string, unknown>;
				return Response.json({ ...card, description: '<div>One &eacute;</div>' });
			});
			const card = await begin();
			assert.deepEqual((await edit(card, { description: '<p>One é</p>' })).description, {
				html: '<div>One &eacute;</div>',
			});
		});
	});

	describe('made', () => {
		const form = (column: Column) => session.cards!.creation!.form(column);

		it('send everything that was filled in, the first column as 0, and are in the list at once', async () => {
			const [column] = await columnsOf();
			await cardsOf(column!);
			const empty = form(column!);
			sent.length = 0;
			assert.deepEqual(
				empty.fields.map(({ id }) => id),
				['title', 'description', 'assignee', 'labels', 'due', 'estimate', 'blocked', 'blockReason'],
			);
			const made = await empty.submit(
				{
					title: ' Order the pump ',
					description: '<p>soon</p>',
					assignee: '503',
					labels: '1',
					due: '2026-12-14',
					estimate: '3',
					blocked: true,
					blockReason: 'No budget',
				},
				signal(),
			);
			assert.deepEqual(asked()[0], {
				line: `POST /1/projects/${column!.workspaceId}/cards/create-new`,
				body: {
					board_id: Number(column!.boardId),
					column_id: 0,
					title: 'Order the pump',
					description: '<p>soon</p>',
					assignee_id: 503,
					label_id: 1,
					due_date: '2026-12-14',
					estimate: 3,
					is_blocked: 1,
					block_reason: 'No budget',
				},
			});
			assert.deepEqual((await cardsOf(column!)).at(-1), made);
			assert.deepEqual([made.columnId, made.blocked, made.assigneeIds], ['0', 'No budget', ['503']]);
		});

		it('need a title and nothing else', async () => {
			const [, column] = await columnsOf();
			sent.length = 0;
			const made = await form(column!).submit({ title: 'Plain', description: ' ', labels: '' }, signal());
			assert.deepEqual(asked()[0]?.body, { board_id: Number(column!.boardId), column_id: 1, title: 'Plain' });
			assert.deepEqual([made.title, made.columnId], ['Plain', '1']);
			assert.deepEqual((await look(made)).card, made);
		});

		it('are refused in ProjectPlace’s words, and nothing is made', async () => {
			const [column] = await columnsOf();
			const before = snapshot();
			const submit = (values: Values, at = column!) => form(at).submit(values, signal());
			await assert.rejects(submit({ title: 'A', labels: '99' }), /INVALID_LABEL_ID/);
			await assert.rejects(submit({ title: 'A' }, { ...column!, id: '99' }), /INVALID_COLUMN_ID/);
			assert.equal(snapshot(), before);
		});
	});

	describe('moved', () => {
		const move = (card: Card, to: Column, after?: string, of = session) =>
			of.cards!.moving!.move(card, to, after, signal());
		const ids = async (column: Column) => (await cardsOf(column)).map(({ id }) => id);

		it('go right behind the card that was named, or first, and are there in the next list', async () => {
			assert.equal(session.cards!.moving!.places, 'any');
			const [from, to] = (await columnsOf()) as [Column, Column];
			const [card] = await cardsOf(from);
			const there = await ids(to);
			sent.length = 0;
			const moved = await move(card!, to, there[0]);
			assert.deepEqual(asked()[1], {
				line: `POST /1/boards/${card!.boardId}/move-cards`,
				body: {
					card_ids: [Number(card!.id)],
					column_id: Number(to.id),
					after_card: Number(there[0]),
					swimlane: { type: 'planlet_id', value: null },
				},
			});
			assert.equal(moved.columnId, to.id);
			assert.deepEqual(await ids(to), [there[0], card!.id, ...there.slice(1)]);
			await move(moved, to);
			assert.equal((asked().findLast(({ line }) => line.includes('move-cards'))?.body as Kept).after_card, null);
			assert.deepEqual(await ids(to), [card!.id, ...there]);
			await move(moved, from);
			assert.equal((await ids(from))[0], card!.id);
			assert.equal((asked().findLast(({ line }) => line.includes('move-cards'))?.body as Kept).column_id, 0);
		});

		it('keep the activity that they have by now, also one given after they were listed', async () => {
			const [from, to] = (await columnsOf()) as [Column, Column];
			const [card] = await cardsOf(from);
			Object.assign(kept(card!.id), { planlet_id: 9001, planlet: { id: 9001, name: 'Preparation' } });
			const { column_id: _, ...before } = kept(card!.id);
			await move(card!, to);
			assert.equal(kept(card!.id).planlet_id, 9001);
			assert.equal((await look(card!)).facts?.find(({ label }) => label === 'Activity')?.value, 'Preparation');
			for (const member of ['title', 'assignee_id', 'label_id', 'due_date', 'checklist', 'description', 'estimate']) {
				assert.deepEqual(kept(card!.id)[member], before[member], member);
			}
		});

		it('change no other card', async () => {
			const [from, to] = (await columnsOf()) as [Column, Column];
			const [card] = await cardsOf(from);
			const around = others(card!.id);
			await move(card!, to);
			assert.equal(others(card!.id), around);
		});

		it('stay on their board, which is said before anything is sent', async () => {
			const card = await begin();
			const to: Column = { id: '0', boardId: '2002', workspaceId: '1001', name: 'Elsewhere' };
			assert.match(session.cards!.moving!.whyNot!(card, to) ?? '', /within their board only\.$/);
			await assert.rejects(move(card, to), Refused);
			assert.deepEqual(lines(), []);
		});

		it('are refused to a column that is not there, and stay where they were', async () => {
			const card = await begin();
			const before = snapshot();
			const to: Column = { id: '99', boardId: card.boardId, workspaceId: '1001', name: 'Gone' };
			await assert.rejects(move(card, to), /INVALID_COLUMN_ID/);
			await assert.rejects(move(card, { ...to, id: card.columnId }, '1'), /INVALID_AFTER_CARD/);
			assert.equal(snapshot(), before);
		});

		it('say so where ProjectPlace answers well and moves nothing', async () => {
			session = watched(opened, async (_request, line) =>
				line.includes('/move-cards') ? Response.json({}) : undefined,
			);
			const [from, to] = (await columnsOf()) as [Column, Column];
			const [card] = await cardsOf(from);
			await assert.rejects(move(card!, to), refusal(Refused));
		});

		it('do not look as if they could be moved again where what came of it can’t be read', async () => {
			let done = false;
			session = watched(opened, async (_request, line) => {
				const fails = done && line.startsWith('GET /1/cards/');
				done ||= line.includes('/move-cards');
				return fails ? new Response('<html>', { headers: { 'content-type': 'text/html' } }) : undefined;
			});
			const [from, to] = (await columnsOf()) as [Column, Column];
			const [card] = await cardsOf(from);
			await assert.rejects(move(card!, to), (error: unknown) => {
				assert.ok(error instanceof OutcomeUnknown && error.cause instanceof UnexpectedReply, String(error));
				return true;
			});
			assert.ok((await ids(to)).includes(card!.id));
		});
	});

	describe('removed', () => {
		it('go to the trashcan and come back as they were', async () => {
			const removal = session.cards!.removal!;
			assert.equal(removal.kind, 'delete');
			assert.match(removal.effect, /trashcan.*restored\.$/);
			const card = await begin();
			const before = snapshot();
			await removal.remove(card, signal());
			assert.deepEqual(asked(), [{ line: `DELETE /1/cards/${card.id}`, body: undefined }]);
			await assert.rejects(look(card), NotFound);
			await assert.rejects(someCard(({ id }) => id === card.id));
			sent.length = 0;
			const back = await removal.restore!(card, signal());
			assert.deepEqual(asked().slice(0, 2), [
				{ line: `GET /1/boards/${card.boardId}`, body: undefined },
				{
					line: 'POST /1/projects/1001/trashcan',
					body: { action: 'restore', items: [{ id: Number(card.id), type: 'card' }] },
				},
			]);
			assert.deepEqual(back, card);
			assert.deepEqual(await someCard(({ id }) => id === card.id), card);
			assert.equal(snapshot(), before);
		});

		it('are not told as restored where they are not in the trashcan', async () => {
			const card = await begin();
			const gone = { ...card, id: '1' };
			await assert.rejects(session.cards!.removal!.restore!(gone, signal()), refusal(Refused));
			session = watched(opened, async (_request, line) =>
				line.endsWith('/trashcan') ? Response.json({ anything: 1 }) : undefined,
			);
			await session.cards!.removal!.remove(card, signal());
			await assert.rejects(session.cards!.removal!.restore!(card, signal()), refusal(Refused));
		});
	});

	describe('comments', () => {
		const add = (card: Card, text: string, of = session) => of.cards!.comments!.add!(card, text, signal());

		it('are listed and written by version 1, the newest last', async () => {
			const card = await begin();
			assert.deepEqual(await commentsOf(card, session), []);
			const first = await add(card, 'One <b> & “two”\nthree');
			assert.deepEqual(asked().slice(0, 3), [
				{ line: `GET /1/cards/${card.id}/comments`, body: undefined },
				{ line: `POST /1/cards/${card.id}/comments/create-new`, body: { text: 'One <b> & “two”\nthree' } },
				{ line: `GET /1/cards/${card.id}/comments`, body: undefined },
			]);
			assert.deepEqual([first.text, first.author], [{ text: 'One <b> & “two”\nthree' }, 'Robot 1']);
			assert.ok(Math.abs(Date.parse(first.created!) - Date.now()) < 60_000);
			const second = await add(card, 'Second');
			assert.deepEqual(
				(await commentsOf(card)).map(({ id }) => id),
				[first.id, second.id],
			);
		});

		it('are removed by version 3, after it has shown that it means the same one', async () => {
			const card = await begin();
			const first = await add(card, 'First');
			const second = await add(card, 'Second');
			sent.length = 0;
			await session.cards!.comments!.remove!(card, first, signal());
			assert.deepEqual(lines(), [
				`GET /3/conversations/comments?item_id=${card.id}&item_name=card&count=100&offset=0`,
				`DELETE /3/conversations/comment/${first.id}?item_id=${card.id}&item_name=card`,
			]);
			assert.deepEqual(await commentsOf(card), [second]);
			sent.length = 0;
			const other = { ...second, text: { text: 'Another text under this id' } };
			await assert.rejects(session.cards!.comments!.remove!(card, other, signal()), refusal(Refused));
			assert.equal(lines().length, 1, 'nothing was removed');
			assert.deepEqual(await commentsOf(card), [second]);
		});

		it('of somebody else are not removed', async () => {
			const card = await begin();
			const comment = await add(card, 'Mine');
			Object.assign((server.state.comments as { author: object }[])[0]!, { author: { id: 502, name: 'Björk' } });
			await assert.rejects(session.cards!.comments!.remove!(card, comment, signal()), NotAllowed);
			assert.equal((await commentsOf(card)).length, 1);
		});

		it('go by version 3 where the server does not know version 1', async () => {
			session = watched(opened, async (_request, line) =>
				/^(GET|POST) \/1\/cards\/\d+\/comments/.test(line)
					? Response.json({ error_code: 'NOT_FOUND' }, { status: 404 })
					: undefined,
			);
			const card = await begin();
			const made = await add(card, 'A & b');
			assert.deepEqual(made.text, { text: 'A & b' });
			assert.equal(made.author, 'Robot 1');
			const form = new URLSearchParams(
				asked().find(({ line }) => line === 'POST /3/conversations/comment')?.body as string,
			);
			assert.deepEqual(Object.fromEntries(form), {
				text: 'A & b',
				encoded_text: 'A & b',
				attachments: '[]',
				send_to_external: 'False',
				sent_from: 'web',
				item_name: 'card',
				item_id: card.id,
			});
			assert.deepEqual(await commentsOf(card, session), [{ ...made }]);
		});

		it('of version 3 come by hundreds and are one list, the newest last', async () => {
			const card = await begin();
			const all = Array.from({ length: 200 }, (_, at) => ({
				id: 900 - at,
				text: `No. ${200 - at}`,
				created_at: 2000 - at,
			}));
			session = watched(opened, async (request, line) => {
				if (line.includes('/3/')) {
					const offset = Number(new URL(request.url).searchParams.get('offset'));
					return Response.json({ data: all.slice(offset, offset + 100) });
				}
				return line.endsWith('/comments') ? Response.json({}, { status: 404 }) : undefined;
			});
			const comments = await commentsOf(card, session);
			assert.equal(comments.length, 200);
			assert.deepEqual([comments[0]?.text, comments.at(-1)?.text], [{ text: 'No. 1' }, { text: 'No. 200' }]);
			assert.equal(
				lines().filter((line) => line.includes('/3/')).length,
				3,
				'a full last page is followed by an empty one',
			);
		});

		it('of a card that is gone are no empty list', async () => {
			const card = await begin();
			await session.cards!.removal!.remove(card, signal());
			await assert.rejects(commentsOf(card), NotFound);
			await assert.rejects(add(card, 'Late'), NotFound);
			assert.deepEqual(server.state.comments, []);
			session = watched(opened, async (_request, line) =>
				line.startsWith('GET /3/') ? Response.json({ data: [] }) : undefined,
			);
			await assert.rejects(commentsOf(card, session), NotFound);
		});

		it('that are taken and not shown are not told as done', async () => {
			const card = await begin();
			session = watched(opened, async (_request, line) => (line.endsWith('/comments') ? Response.json([]) : undefined));
			await assert.rejects(add(card, 'Where?'), OutcomeUnknown);
		});

		it('need a text, which is said before anything is sent', async () => {
			const card = await begin();
			await assert.rejects(add(card, ' \n'), InvalidInput);
			assert.deepEqual(lines(), []);
		});

		it('tell author and time in every form that is known', () => {
			assert.deepEqual(
				['Ada', { name: 'Ada' }, { first_name: 'Ada', last_name: 'Lovelace' }, { id: 5 }, null, '', 7].map(authorOf),
				['Ada', 'Ada', 'Ada Lovelace', undefined, undefined, undefined, undefined],
			);
			const times = ['2026-01-31 08:00:00Z', '2026-01-31T08:00:00', 1_769_846_400, '2026-01-31T09:00:00+01:00'];
			assert.deepEqual(new Set(times.map(timeOf)), new Set(['2026-01-31T08:00:00.000Z']));
			assert.deepEqual(['', null, 'soon'].map(timeOf), [undefined, undefined, undefined]);
		});
	});

	describe('checklists', () => {
		const listOf = async (card: Card) => (await look(card)).checklist!;
		const listed = ({ progress }: Card) => progress !== undefined;

		it('are checked off item by item, with the slash at the end', async () => {
			const card = await begin(listed);
			const before = await listOf(card);
			const done = await session.cards!.checklist!.set(card, before[1]!, { ...before[1]!, done: true }, signal());
			assert.deepEqual(asked()[0], {
				line: `PUT /1/cards/${card.id}/checklist/${before[1]!.id}/`,
				body: { title: before[1]!.title, done: true },
			});
			assert.equal(done.done, true);
			assert.deepEqual(await listOf(card), before.with(1, done));
			const renamed = await session.cards!.checklist!.set(card, done, { title: ' Neu ', done: true }, signal());
			assert.equal(renamed.title, 'Neu');
			assert.deepEqual((await someCard(({ id }) => id === card.id)).progress, { done: 1, total: 3 });
		});

		it('grow by one and shrink by one, the first of all too', async () => {
			const card = await begin((one) => !listed(one));
			const item = await session.cards!.checklist!.add!(card, ' Prüfen ', signal());
			assert.deepEqual(asked()[0], { line: `POST /1/cards/${card.id}/checklist`, body: { title: 'Prüfen' } });
			assert.deepEqual(await listOf(card), [item]);
			assert.deepEqual([item.title, item.done], ['Prüfen', false]);
			const twin = await session.cards!.checklist!.add!(card, 'Prüfen', signal());
			assert.notEqual(twin.id, item.id);
			sent.length = 0;
			await session.cards!.checklist!.remove!(card, item, signal());
			assert.deepEqual(lines(), [`DELETE /1/cards/${card.id}/checklist/${item.id}/`]);
			assert.deepEqual(await listOf(card), [twin]);
		});

		it('say what is wrong, with and without ProjectPlace', async () => {
			const card = await begin(listed);
			const before = await listOf(card);
			const items = session.cards!.checklist!;
			sent.length = 0;
			await assert.rejects(items.add!(card, ' ', signal()), InvalidInput);
			await assert.rejects(items.set(card, before[0]!, { title: '', done: true }, signal()), InvalidInput);
			assert.deepEqual(lines(), []);
			const gone = { id: '77', title: 'Gone', done: false };
			await assert.rejects(items.set(card, gone, gone, signal()), NotFound);
			await assert.rejects(items.remove!(card, gone, signal()), NotFound);
			assert.deepEqual(await listOf(card), before);
		});

		it('say so where ProjectPlace answers well and changes nothing', async () => {
			session = watched(opened, async (request, line) => {
				if (!line.includes('/checklist')) {
					return undefined;
				}
				return request.method === 'PUT'
					? Response.json({})
					: Response.json({ id: 1, title: 'A card without a list', checklist: null });
			});
			const card = await begin(listed);
			const [item] = await listOf(card);
			await assert.rejects(
				session.cards!.checklist!.set(card, item!, { ...item!, done: true }, signal()),
				refusal(Refused),
			);
			await assert.rejects(session.cards!.checklist!.add!(card, 'A', signal()), OutcomeUnknown);
		});
	});

	describe('of a read-only robot', () => {
		it('are told as such, and ProjectPlace refuses every change of them', async () => {
			const way = projectplace.signInWays.find(({ id }) => id === 'clientCredentials') as TypedWay;
			const values = { server: server.address.url as string, ...(server.state.readOnly as Values) };
			const [account] = await way.signIn(values, signInIo(), signal());
			session = watched(openSession(projectplace, account!));
			const listed = await someCard(({ progress }) => progress !== undefined);
			assert.ok(listed.readOnly);
			const { card, checklist } = await look(listed, session);
			assert.equal(card.readOnly, listed.readOnly);
			// As if they had been listed before the right was taken away.
			const { readOnly: _, ...open } = listed;
			const [column] = await columnsOf();
			const before = snapshot();
			const { moving, removal, comments, creation, checklist: items } = session.cards!;
			for (const write of [
				() => edit(open, { title: 'A' }),
				() => creation!.form(column!).submit({ title: 'A' }, signal()),
				() => moving!.move(open, { ...column!, boardId: open.boardId }, undefined, signal()),
				() => removal!.remove(open, signal()),
				() => removal!.restore!(open, signal()),
				() => comments!.add!(open, 'A', signal()),
				() => items!.set(open, checklist![0]!, { title: 'A', done: true }, signal()),
				() => items!.add!(open, 'A', signal()),
				() => items!.remove!(open, checklist![0]!, signal()),
			]) {
				await assert.rejects(write, NotAllowed);
			}
			assert.equal(snapshot(), before);
		});
	});
});
