import assert from 'node:assert/strict';
import { startVendor, type TestVendor } from '../support/sandbox.ts';

interface Robot {
	readonly clientId: string;
	readonly clientSecret: string;
}
interface Card extends Record<string, unknown> {
	readonly id: number;
	readonly board_id: number;
	readonly column_id: number;
	readonly display_order: number;
}
interface Item {
	readonly id: number;
	readonly title: string;
	readonly done: boolean;
	readonly order: number;
}

describe('ProjectPlace’s cards in the sandbox', () => {
	let server: TestVendor;
	let authorization: string;

	beforeEach(async () => {
		server = await startVendor('projectplace');
		authorization = await bearer(server.address.clientCredentials as Robot);
	});
	afterEach(() => server.close());

	async function bearer({ clientId, clientSecret }: Robot): Promise<string> {
		const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
		const url = `${String(server.address.url)}/oauth2/access_token`;
		const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
		return `Bearer ${((await response.json()) as { access_token: string }).access_token}`;
	}
	async function ask(line: string, body?: object | URLSearchParams, as = authorization): Promise<Response> {
		const [method = '', path = ''] = line.split(' ');
		const isForm = body instanceof URLSearchParams;
		return fetch(String(server.address.url) + path, {
			method,
			headers: { authorization: as, ...(body && !isForm && { 'content-type': 'application/json' }) },
			body: isForm ? body : body && JSON.stringify(body),
		});
	}
	async function ok<T>(line: string, body?: object | URLSearchParams): Promise<T> {
		const response = await ask(line, body);
		const text = await response.text();
		assert.equal(response.status, 200, `${line}: ${text}`);
		return JSON.parse(text) as T;
	}
	async function refused(status: number, code: string, line: string, body?: object | URLSearchParams): Promise<void> {
		const before = JSON.stringify([server.state.cards, server.state.comments]);
		const response = await ask(line, body);
		const { error_code } = (await response.json()) as { error_code: string };
		assert.deepEqual([response.status, error_code], [status, code], line);
		assert.equal(JSON.stringify([server.state.cards, server.state.comments]), before, 'something was changed');
	}
	const board = 2001;
	const cards = () => ok<Card[]>(`GET /1/boards/${board}/cards`);
	const columnOf = async (column: number): Promise<number[]> =>
		(await cards())
			.filter(({ column_id }) => column_id === column)
			.toSorted((a, b) => a.display_order - b.display_order)
			.map(({ id }) => id);
	const card = (id: number) => ok<Card>(`GET /1/cards/${id}`);
	const someCard = async (is: (one: Card) => unknown = () => true): Promise<Card> => (await cards()).find(is)!;
	const move = (ids: readonly number[], column: number, after: number | null, planlet: number | null = null) => ({
		card_ids: ids,
		column_id: column,
		after_card: after,
		swimlane: { type: 'planlet_id', value: planlet },
	});

	describe('one card', () => {
		it('is as in the list, with the name of its label', async () => {
			const listed = await someCard(({ label_id }) => label_id !== null);
			const { label_name, ...rest } = await card(listed.id);
			assert.deepEqual(rest, listed);
			const { labels } = await ok<{ labels: { id: number; name: string }[] }>(`GET /1/boards/${board}/properties`);
			assert.equal(label_name, labels.find(({ id }) => id === listed.label_id)?.name);
		});

		it('that is not there is refused', () => refused(404, 'NOT_FOUND_CARD', 'GET /1/cards/1'));
	});

	describe('a change', () => {
		it('takes every member, and gives the card back', async () => {
			const { id } = await someCard();
			const made = await ok<Card>(`PUT /1/cards/${id}`, {
				title: 'Neu',
				description: '<p>A</p>',
				estimate: '0.5',
				label_id: 1,
				assignee_id: 502,
				contributor_ids: [503, 504],
				due_date: '2026-12-24',
				start_date: '2026-12-01',
				is_blocked: 1,
				block_reason: 'No budget',
				planlet_id: 9001,
			});
			assert.deepEqual(made, await card(id));
			const contributors = (made.contributors as { id: number }[]).map((one) => one.id);
			assert.deepEqual(
				[made.title, made.description, made.estimate, made.label_id, made.assignee_id, contributors],
				['Neu', '<p>A</p>', 0.5, 1, 502, [503, 504]],
			);
			assert.deepEqual(
				[made.due_date, made.start_date, made.is_blocked, made.is_blocked_reason, made.planlet_id],
				['2026-12-24', '2026-12-01', true, 'No budget', 9001],
			);
			assert.equal((made.assignee as { id: number }).id, 502);
			assert.ok(!('block_reason' in made));
		});

		it('clears by the word “remove”', async () => {
			const { id, title } = await someCard(({ assignee_id, due_date }) => assignee_id && due_date);
			const names = ['estimate', 'label_id', 'assignee_id', 'due_date', 'start_date', 'planlet_id'];
			const made = await ok<Card>(`PUT /1/cards/${id}`, Object.fromEntries(names.map((name) => [name, 'remove'])));
			assert.deepEqual(
				names.map((name) => made[name]),
				names.map(() => null),
			);
			assert.deepEqual([made.assignee, made.planlet, made.title], [null, null, title]);
			assert.equal((await ok<Card>(`PUT /1/cards/${id}`, { title: 'remove' })).title, 'remove');
		});

		it('is refused with other members, values, people and labels', async () => {
			const { id } = await someCard();
			const put = (code: string, json: object) => refused(400, code, `PUT /1/cards/${id}`, json);
			await put('INVALID_TITLE', { title: ' ' });
			await put('INVALID_ESTIMATE', { estimate: 5 });
			await put('INVALID_LABEL_ID', { label_id: 99 });
			await put('INVALID_LABEL_ID', { label_id: null });
			await put('INVALID_ASSIGNEE_ID', { assignee_id: 9999 });
			await put('INVALID_CONTRIBUTOR_IDS', { contributor_ids: [9999] });
			await put('INVALID_CONTRIBUTOR_IDS', { contributor_ids: '503' });
			await put('INVALID_DUE_DATE', { due_date: '24.12.2026' });
			await put('INVALID_DUE_DATE', { due_date: null });
			await put('INVALID_IS_BLOCKED', { is_blocked: true });
			await put('INVALID_PLANLET_ID', { planlet_id: 99 });
			await put('UNKNOWN_PARAMETER_IS_BLOCKED_REASON', { is_blocked_reason: 'no' });
			await put('UNKNOWN_PARAMETER_COLUMN_ID', { column_id: 1 });
			await refused(404, 'NOT_FOUND_CARD', 'PUT /1/cards/1', { title: 'A' });
			await refused(415, 'UNSUPPORTED_MEDIA_TYPE', `PUT /1/cards/${id}`, new URLSearchParams({ title: 'A' }));
		});
	});

	describe('a move', () => {
		it('puts cards behind one, or first, in the order given, and leaves the places of the others', async () => {
			const [from, to] = [await columnOf(0), await columnOf(1)];
			const [first, second] = from as [number, number];
			await ok(`POST /1/boards/${board}/move-cards`, move([second, first], 1, to[0]!));
			assert.deepEqual(await columnOf(1), [to[0], second, first, ...to.slice(1)]);
			assert.deepEqual(await columnOf(0), from.slice(2));
			await ok(`POST /1/boards/${board}/move-cards`, move([first], 1, null));
			assert.deepEqual(await columnOf(1), [first, to[0], second, ...to.slice(1)]);
			await ok(`POST /1/boards/${board}/move-cards`, move([to[0]!], 1, second));
			assert.deepEqual(await columnOf(1), [first, second, ...to]);
		});

		it('sets the activity, and says of the last column that the card is done', async () => {
			const { id, is_done } = await someCard(({ column_id }) => column_id === 0);
			const { progresses } = (server.state.boards as { id: number; progresses: unknown[] }[])[0]!;
			await ok(`POST /1/boards/${board}/move-cards`, move([id], progresses.length - 1, null, 9001));
			const there = await card(id);
			assert.deepEqual([is_done, there.is_done, there.planlet_id], [false, true, 9001]);
			assert.deepEqual(there.progress, { id: there.column_id });
			await ok(`POST /1/boards/${board}/move-cards`, move([id], 0, null));
			const back = await card(id);
			assert.deepEqual([back.column_id, back.is_done, back.planlet_id, back.planlet], [0, false, null, null]);
		});

		it('is refused to places and of cards that are not on the board', async () => {
			const { id } = await someCard(({ column_id }) => column_id === 0);
			const other = (await columnOf(1))[0]!;
			const [elsewhere] = await ok<Card[]>('GET /1/boards/2002/cards');
			const to = (status: number, code: string, json: object) =>
				refused(status, code, `POST /1/boards/${board}/move-cards`, json);
			await to(400, 'INVALID_COLUMN_ID', move([id], 99, null));
			await to(400, 'INVALID_COLUMN_ID', { ...move([id], 1, null), column_id: '1' });
			await to(400, 'INVALID_AFTER_CARD', move([id], 2, other));
			await to(400, 'INVALID_AFTER_CARD', move([id], 0, id));
			await to(400, 'INVALID_SWIMLANE', move([id], 1, null, 99));
			await to(400, 'INVALID_SWIMLANE', { ...move([id], 1, null), swimlane: { type: 'label_id', value: 1 } });
			await to(400, 'INVALID_CARD_IDS', move([], 1, null));
			await to(400, 'MISSING_AFTER_CARD', { ...move([id], 1, null), after_card: undefined });
			await to(404, 'NOT_FOUND_CARD', move([id, 1], 1, null));
			await to(404, 'NOT_FOUND_CARD', move([elsewhere!.id], 1, null));
			await refused(404, 'NOT_FOUND_BOARD', 'POST /1/boards/99/move-cards', move([id], 1, null));
		});
	});

	describe('the trashcan', () => {
		const restore = (id: number, type = 'card') => ({ action: 'restore', items: [{ id, type }] });

		it('takes a card out of every list and gives it back as it was', async () => {
			const { id } = await someCard();
			const before = await card(id);
			await ok(`DELETE /1/cards/${id}`);
			assert.ok(!(await cards()).some((one) => one.id === id));
			await refused(404, 'NOT_FOUND_CARD', `GET /1/cards/${id}`);
			await refused(404, 'NOT_FOUND_CARD', `DELETE /1/cards/${id}`);
			const reply = await ok('POST /1/projects/1001/trashcan', restore(id));
			assert.deepEqual(reply, { succeeded: [String(id)], failed: [] });
			assert.deepEqual(await card(id), before);
		});

		it('answers 200 with the id among the failed for what is not in it', async () => {
			const { id } = await someCard();
			const failed = { succeeded: [], failed: [String(id)] };
			assert.deepEqual(await ok('POST /1/projects/1001/trashcan', restore(id)), failed);
			await ok(`DELETE /1/cards/${id}`);
			assert.deepEqual(await ok('POST /1/projects/1002/trashcan', restore(id)), failed, 'of another workspace');
		});

		it('gives no id twice, even while the newest card lies in it', async () => {
			const make = () => ok<Card>('POST /1/projects/1001/cards/create-new', { board_id: board, title: 'A' });
			const first = await make();
			await ok(`DELETE /1/cards/${first.id}`);
			assert.ok((await make()).id > first.id);
		});

		it('refuses other actions and things', async () => {
			const { id } = await someCard();
			await refused(400, 'UNKNOWN_ACTION', 'POST /1/projects/1001/trashcan', { ...restore(id), action: 'empty' });
			await refused(400, 'INVALID_ITEMS', 'POST /1/projects/1001/trashcan', restore(id, 'board'));
			await refused(400, 'MISSING_ITEMS', 'POST /1/projects/1001/trashcan', { action: 'restore' });
			await refused(404, 'NOT_FOUND_PROJECT', 'POST /1/projects/99/trashcan', restore(id));
		});
	});

	describe('a checklist', () => {
		const itemsOf = ({ checklist }: Card) => (checklist as { items: readonly Item[] } | null)?.items ?? [];

		it('grows, changes and shrinks, each call with its own slash', async () => {
			const { id } = await someCard(({ checklist }) => checklist === null);
			const [first] = itemsOf(await ok<Card>(`POST /1/cards/${id}/checklist`, { title: 'One' }));
			const [, second] = itemsOf(await ok<Card>(`POST /1/cards/${id}/checklist`, { title: 'Two' }));
			assert.deepEqual([first?.title, first?.done, first?.order, second?.order], ['One', false, 0, 1]);
			await ok(`PUT /1/cards/${id}/checklist/${second!.id}/`, { title: 'Zwei', done: true });
			assert.deepEqual(itemsOf(await card(id)), [first, { ...second, title: 'Zwei', done: true }]);
			await ok(`DELETE /1/cards/${id}/checklist/${first!.id}/`);
			assert.deepEqual(
				itemsOf(await card(id)).map(({ title }) => title),
				['Zwei'],
			);
			await ok(`DELETE /1/cards/${id}/checklist/${second!.id}/`);
			assert.equal((await card(id)).checklist, null);
		});

		it('refuses items that are not there, empty ones, and calls without their slash', async () => {
			const { id, checklist } = await someCard((one) => one.checklist !== null);
			const [item] = (checklist as { items: Item[] }).items;
			const path = `/1/cards/${id}/checklist`;
			await refused(400, 'INVALID_TITLE', `POST ${path}`, { title: ' ' });
			await refused(400, 'INVALID_DONE', `PUT ${path}/${item!.id}/`, { title: 'A', done: 1 });
			await refused(400, 'MISSING_TITLE', `PUT ${path}/${item!.id}/`, { done: true });
			await refused(404, 'NOT_FOUND_CHECKLIST_ITEM', `PUT ${path}/77/`, { title: 'A', done: true });
			await refused(404, 'NOT_FOUND_CHECKLIST_ITEM', `DELETE ${path}/77/`);
			await refused(404, 'NOT_FOUND', `PUT ${path}/${item!.id}`, { title: 'A', done: true });
			await refused(404, 'NOT_FOUND', `DELETE ${path}/${item!.id}`);
			await refused(404, 'NOT_FOUND', `POST ${path}/`, { title: 'A' });
		});
	});

	describe('comments', () => {
		const list = (id: number, more = 'count=100&offset=0') =>
			`GET /3/conversations/comments?item_id=${id}&item_name=card&${more}`;
		const form = (id: number, changed: Record<string, string> = {}) =>
			new URLSearchParams({
				text: 'Zwei',
				encoded_text: 'Zwei',
				attachments: '[]',
				send_to_external: 'False',
				sent_from: 'web',
				item_name: 'card',
				item_id: String(id),
				...changed,
			});

		it('are the same in both versions, and counted on the card', async () => {
			const { id } = await someCard();
			const one = await ok<{ id: number }>(`POST /1/cards/${id}/comments/create-new`, { text: 'Eins' });
			const { data: two } = await ok<{ data: { id: number; item_id: number } }>(
				'POST /3/conversations/comment',
				form(id),
			);
			assert.equal(two.item_id, id);
			const first = await ok<Record<string, unknown>[]>(`GET /1/cards/${id}/comments`);
			assert.deepEqual(
				first.map((comment) => [comment.id, comment.text, comment.may_delete]),
				[
					[two.id, 'Zwei', true],
					[one.id, 'Eins', true],
				],
			);
			assert.match(String(first[0]!.create_time), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
			const { data } = await ok<{ data: Record<string, unknown>[] }>(list(id));
			assert.deepEqual(
				data.map((comment) => [comment.id, comment.text, comment.item_id]),
				[
					[two.id, 'Zwei', id],
					[one.id, 'Eins', id],
				],
			);
			assert.ok(Number.isInteger(data[0]!.created_at));
			assert.equal((await card(id)).comment_count, 2);
			const { data: page } = await ok<{ data: { id: number }[] }>(list(id, 'count=1&offset=1'));
			assert.deepEqual(
				page.map((comment) => comment.id),
				[one.id],
			);
			await ok(`DELETE /3/conversations/comment/${one.id}?item_id=${id}&item_name=card`);
			assert.equal((await card(id)).comment_count, 1);
		});

		it('are refused without a text, on other things, in another form, and where they are not there', async () => {
			const [{ id }, other] = (await cards()) as [Card, Card];
			await refused(400, 'INVALID_TEXT', `POST /1/cards/${id}/comments/create-new`, { text: ' ' });
			await refused(404, 'NOT_FOUND_CARD', 'POST /1/cards/1/comments/create-new', { text: 'A' });
			await refused(404, 'NOT_FOUND_CARD', 'GET /1/cards/1/comments');
			await refused(400, 'INVALID_ITEM_NAME', 'POST /3/conversations/comment', form(id, { item_name: 'board' }));
			await refused(415, 'UNSUPPORTED_MEDIA_TYPE', 'POST /3/conversations/comment', Object.fromEntries(form(id)));
			await refused(400, 'MISSING_ITEM_ID', 'GET /3/conversations/comments?item_name=card&count=1&offset=0');
			await refused(400, 'INVALID_SORT_BY', list(id, 'count=1&offset=0&sort_by=id'));
			const { id: comment } = await ok<{ id: number }>(`POST /1/cards/${id}/comments/create-new`, { text: 'Eins' });
			const remove = `DELETE /3/conversations/comment/${comment}?item_name=card&item_id=`;
			await refused(404, 'NOT_FOUND_COMMENT', remove + other.id);
			Object.assign((server.state.comments as { author: object }[])[0]!, { author: { id: 502, name: 'Björk' } });
			await refused(403, 'ACCESS_DENIED', remove + id);
		});
	});

	it('tells who is in a workspace and may see a board, and what its activities are', async () => {
		const members = await ok<{ id: number; name: string; email: string }[]>('GET /1/projects/1001/members');
		assert.ok(members.every(({ id, name, email }) => Number.isInteger(id) && name && email.includes('@')));
		const { access } = await ok<{ access: number[] }>(`GET /2/boards/${board}/people-with-access`);
		assert.deepEqual(
			access,
			members.map(({ id }) => id),
		);
		const assigned = (await cards()).flatMap(({ assignee_id }) => (assignee_id as number | null) ?? []);
		assert.ok(assigned.every((id) => access.includes(id)));
		assert.deepEqual(await ok(`GET /1/boards/${board}/planlets`), {
			[board]: [{ id: 9001, name: 'Preparation', achieved: false }],
		});
		await refused(404, 'NOT_FOUND_BOARD', 'GET /1/boards/99/properties');
		await refused(404, 'NOT_FOUND_PROJECT', 'GET /1/projects/99/members');
	});

	it('can be read by a read-only robot and in an archived workspace, and changed by neither', async () => {
		const reader = await bearer(server.state.readOnly as Robot);
		const projects = server.state.projects as { id: number; archived: boolean }[];
		const boards = server.state.boards as { id: number; project_id: number }[];
		const archived = projects.find((one) => one.archived)!;
		const [old] = (await Promise.all(
			boards
				.filter(({ project_id }) => project_id === archived.id)
				.map(({ id }) => ok<Card[]>(`GET /1/boards/${id}/cards`)),
		).then((lists) => lists.flat())) as [Card];
		const mine = await someCard();
		for (const [one, project, as] of [
			[mine, 1001, reader],
			[old, archived.id, authorization],
		] as const) {
			const shown = (await (await ask(`GET /1/cards/${one.id}`, undefined, as)).json()) as Card;
			assert.equal(shown.access, 'read');
			const before = JSON.stringify([server.state.cards, server.state.comments]);
			const writes: readonly (readonly [string, (object | URLSearchParams)?])[] = [
				[`PUT /1/cards/${one.id}`, { title: 'A' }],
				[`DELETE /1/cards/${one.id}`],
				[`POST /1/boards/${one.board_id}/move-cards`, move([one.id], 0, null)],
				[`POST /1/projects/${project}/trashcan`, { action: 'restore', items: [{ id: one.id, type: 'card' }] }],
				[`POST /1/projects/${project}/cards/create-new`, { board_id: one.board_id, title: 'A' }],
				[`POST /1/cards/${one.id}/checklist`, { title: 'A' }],
				[`PUT /1/cards/${one.id}/checklist/1/`, { title: 'A', done: true }],
				[`DELETE /1/cards/${one.id}/checklist/1/`],
				[`POST /1/cards/${one.id}/comments/create-new`, { text: 'A' }],
				[`DELETE /3/conversations/comment/1?item_id=${one.id}&item_name=card`],
			];
			for (const [line, body] of writes) {
				const response = await ask(line, body, as);
				assert.equal(response.status, 403, line);
				assert.equal(((await response.json()) as { error_code: string }).error_code, 'ACCESS_DENIED');
			}
			assert.equal(JSON.stringify([server.state.cards, server.state.comments]), before);
		}
	});
});
