import assert from 'node:assert/strict';
import { startVendor, type TestVendor } from '../support/sandbox.ts';

/* oxlint-disable typescript/no-explicit-any -- raw answers are looked at as they come */
type Json = any;

const pointer = (name: string) => `data/attributes/${name}`;
const wrong = 'attribute is invalid';
const blank = "can't be blank";

describe('the practice Productive’s tasks', () => {
	let server: TestVendor;
	let base: string;
	let headers: Record<string, string>;
	/** A folder with tasks, its project and its first two task lists. */
	let folder: string;
	let project: string;
	let lists: string[];

	async function ask(method: string, path: string, body?: unknown, more: Record<string, string> = {}) {
		const response = await fetch(base + path, {
			method,
			headers: { ...headers, ...more },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		return { status: response.status, text, body: text ? JSON.parse(text) : undefined };
	}

	const write = (method: string, path: string, attributes: object, relationships: object = {}) =>
		ask(method, path, { data: { type: path.split('/')[1], attributes, relationships } });
	const errorsOf = ({ body }: { body: Json }) =>
		body.errors.map(({ source, detail }: Json) => [source.pointer, detail] as const);
	const to = (type: string, id: string | null) => ({ data: id === null ? null : { type, id } });
	const place = () => ({ project: to('projects', project), task_list: to('task_lists', lists[0]!) });
	const idsIn = async (list: string) =>
		(
			await ask('GET', `/tasks?filter[task_list_id]=${list}&filter[task_type]=1&sort=placement&page[size]=200`)
		).body.data.map(({ id }: Json) => id) as string[];
	/** The first three of a list, which is given that many. */
	async function threeIn(list: string) {
		for (const title of ['A', 'B', 'C']) {
			await write('POST', '/tasks', { title }, { ...place(), task_list: to('task_lists', list) });
		}
		return (await idsIn(list)).slice(0, 3) as [string, string, string];
	}
	const attributesOf = async (id: string) => (await ask('GET', `/tasks/${id}`)).body.data.attributes;

	beforeEach(async () => {
		server = await startVendor('productive', { clock: () => Date.UTC(2026, 10, 22, 8) });
		base = String(server.address['url']);
		headers = {
			'content-type': 'application/vnd.api+json',
			'x-auth-token': String(server.address['token']),
			'x-organization-id': String(server.address['organizationId']),
		};
		project = (await ask('GET', '/projects?sort=created_at&filter[name]=Website')).body.data[0].id;
		folder = (await ask('GET', `/folders?filter[project_id]=${project}`)).body.data[1].id;
		const found = await ask('GET', `/task_lists?filter[folder_id]=${folder}`);
		lists = found.body.data
			.sort((a: Json, b: Json) => a.attributes.placement - b.attributes.placement)
			.map(({ id }: Json) => id);
	});
	afterEach(() => server.close());

	it('are made with a title, a project and a task list, at the end of it and in the usual status', async () => {
		const { status, body } = await write('POST', '/tasks', { title: 'New', tag_list: ['a'] }, place());
		assert.equal(status, 201);
		const { title, closed, task_number, number, tag_list } = body.data.attributes;
		assert.deepEqual([title, closed, task_number === number, tag_list], ['New', false, true, ['a']]);
		assert.deepEqual(body.data.relationships.task_list, { meta: { included: false } });
		assert.equal((await idsIn(lists[0]!)).at(-1), body.data.id);
		const again = await ask('GET', `/tasks/${body.data.id}?include=workflow_status,creator`);
		assert.equal(again.body.included.find(({ type }: Json) => type === 'workflow_statuses').attributes.category_id, 1);
	});

	it('are made with flat ids too', async () => {
		const ids = { project_id: Number(project), task_list_id: lists[0] };
		assert.equal((await write('POST', '/tasks', { title: 'Flat', ...ids })).status, 201);
	});

	it('tell everything that is wrong with a new one', async () => {
		const nothing = await write('POST', '/tasks', { title: ' ' });
		assert.equal(nothing.status, 422);
		assert.deepEqual(errorsOf(nothing), [
			[pointer('title'), blank],
			[pointer('project'), wrong],
			[pointer('task_list'), wrong],
		]);
		const other = (await ask('GET', '/task_lists?page[size]=1')).body.data[0].id;
		const foreign = await write(
			'POST',
			'/tasks',
			{ title: 'x', due_date: 'soon', tag_list: 'a' },
			{
				project: to('projects', project),
				task_list: to('task_lists', other),
				workflow_status: to('workflow_statuses', '1'),
				assignee: to('people', '1'),
			},
		);
		assert.deepEqual(
			errorsOf(foreign).map(([at]: string[]) => at),
			['task_list', 'workflow_status', 'assignee', 'due_date', 'tag_list'].map(pointer),
		);
	});

	it('are changed, and their assignee is taken away by a relation to nobody', async () => {
		const [id] = (await idsIn(lists[0]!)) as [string];
		const people = (await ask('GET', '/people')).body.data;
		const change = (attributes: object, relationships?: object) =>
			write('PATCH', `/tasks/${id}`, attributes, relationships);
		const assigned = await change(
			{ title: 'Other', start_date: '2026-12-01' },
			{ assignee: to('people', people[1].id) },
		);
		assert.equal(assigned.status, 200);
		const seen = await ask('GET', `/tasks/${id}?include=assignee`);
		assert.equal(seen.body.data.relationships.assignee.data.id, people[1].id);
		assert.equal(seen.body.data.attributes.start_date, '2026-12-01');
		await change({ start_date: null }, { assignee: to('people', null) });
		const cleared = await ask('GET', `/tasks/${id}?include=assignee`);
		assert.equal(cleared.body.data.relationships.assignee.data, null);
		assert.equal(cleared.body.data.attributes.start_date, null);
		assert.equal(cleared.body.data.attributes.title, 'Other');
		assert.deepEqual(errorsOf(await change({ title: '' })), [[pointer('title'), blank]]);
	});

	it('are closed by a status of the third category and by nothing else', async () => {
		const [id] = (await idsIn(lists[0]!)) as [string];
		const { body } = await ask('GET', `/projects/${project}?include=workflow`);
		const workflow = body.data.relationships.workflow.data.id;
		const statuses = (await ask('GET', `/workflow_statuses?filter[workflow_id]=${workflow}&filter[category_id]=3`)).body
			.data;
		const status = { workflow_status: to('workflow_statuses', statuses[0].id) };
		const { closed, closed_at } = (await write('PATCH', `/tasks/${id}`, {}, status)).body.data.attributes;
		assert.deepEqual([closed, Boolean(closed_at)], [true, true]);
		assert.equal((await write('PATCH', `/tasks/${id}`, { closed: false })).status, 400);
		assert.equal((await write('PATCH', `/tasks/${id}`, { status: 1 })).status, 400);
		const foreign = (await ask('GET', '/workflow_statuses?filter[name]=Offen')).body.data[0].id;
		const refused = await write('PATCH', `/tasks/${id}`, {}, { workflow_status: to('workflow_statuses', foreign) });
		assert.deepEqual(errorsOf(refused), [[pointer('workflow_status'), wrong]]);
	});

	it('go to the end of another list, or keep their place where no sorting is asked for', async () => {
		const [first, second] = (await idsIn(lists[0]!)) as [string, string];
		const before = (await attributesOf(second)).placement;
		const list = { task_list: to('task_lists', lists[1]!) };
		assert.equal((await write('PATCH', `/tasks/${first}`, {}, list)).status, 200);
		assert.equal((await idsIn(lists[1]!)).at(-1), first);
		await write('PATCH', `/tasks/${second}`, { skip_reposition: true }, list);
		assert.equal((await attributesOf(second)).placement, before);
	});

	it('are put into another order, and the answer is empty', async () => {
		const [one, two, three] = await threeIn(lists[2]!);
		const put = (id: string, attributes: object) => write('PATCH', `/tasks/${id}/reposition`, attributes);
		const { status, text } = await put(three, { move_before_id: Number(one) });
		assert.deepEqual([status, text], [204, '']);
		assert.deepEqual((await idsIn(lists[2]!)).slice(0, 3), [three, one, two]);
		await put(three, { move_after_id: two });
		assert.deepEqual((await idsIn(lists[2]!)).slice(0, 3), [one, two, three]);
		const [elsewhere] = await idsIn(lists[1]!);
		assert.deepEqual(errorsOf(await put(one, { move_after_id: elsewhere })), [[pointer('move_after_id'), wrong]]);
		assert.deepEqual(errorsOf(await put(one, {})), [[pointer('move_after_id'), blank]]);
		assert.equal((await put('9', { move_after_id: one })).status, 404);
	});

	it('find a place even where there is no room between two', async () => {
		const [one, two, three] = await threeIn(lists[2]!);
		for (let at = 0; at < 40; at++) {
			await write('PATCH', `/tasks/${at % 2 ? two : three}/reposition`, { move_after_id: one });
		}
		assert.deepEqual((await idsIn(lists[2]!)).slice(0, 3), [one, two, three]);
	});

	it('have subtasks, which they count, and take them with them when they are deleted', async () => {
		const [id] = (await idsIn(lists[0]!)) as [string];
		const had = Number((await attributesOf(id)).subtask_count);
		const made = await write('POST', '/tasks', { title: 'Below', parent_task_id: Number(id) }, place());
		assert.equal(made.status, 201);
		assert.equal((await attributesOf(id)).subtask_count, had + 1);
		const below = await write('POST', '/tasks', { title: 'x', parent_task_id: Number(made.body.data.id) }, place());
		assert.deepEqual(errorsOf(below), [[pointer('parent_task'), wrong]]);
		assert.equal((await ask('GET', `/tasks?filter[parent_task_id]=${id}`)).body.meta.total_count, had + 1);
		const gone = await ask('DELETE', `/tasks/${id}`);
		assert.deepEqual([gone.status, gone.text], [204, '']);
		assert.equal((await ask('GET', `/tasks/${id}`)).status, 404);
		assert.equal((await ask('GET', `/tasks/${made.body.data.id}`)).status, 404);
		assert.equal((await ask('GET', `/comments?filter[task_id]=${id}`)).body.meta.total_count, 0);
	});

	it('have comments in HTML', async () => {
		const [id] = (await idsIn(lists[0]!)) as [string];
		const made = await write('POST', '/comments', { body: '<p>Hi</p>' }, { task: to('tasks', id) });
		assert.equal(made.status, 201);
		assert.equal(made.body.data.attributes.commentable_type, 'task');
		const comment = `/comments/${made.body.data.id}`;
		const list = await ask('GET', `/comments?filter[task_id]=${id}&include=creator,attachments&sort=-created_at`);
		assert.equal(list.body.data[0].id, made.body.data.id);
		assert.equal(list.body.included[0].type, 'people');
		assert.equal((await write('PATCH', comment, { body: '<p>Ho</p>' })).body.data.attributes.body, '<p>Ho</p>');
		assert.equal((await ask('DELETE', comment)).status, 204);
		assert.equal((await ask('DELETE', comment)).status, 404);
		assert.deepEqual(errorsOf(await write('POST', '/comments', { body: '' })), [
			[pointer('body'), blank],
			[pointer('task'), wrong],
		]);
		assert.equal((await ask('GET', '/comments?sort=body')).status, 400);
	});

	it('hold the files that the whole list names, and none that was not stored', async () => {
		const file = { name: 'a.txt', content_type: 'text/plain', size: 1, attachable_type: 'task' };
		const { body } = await write('POST', '/attachments', file);
		const [id] = (await idsIn(lists[0]!)) as [string];
		const refused = await write('PATCH', `/tasks/${id}`, { attachment_ids: [Number(body.data.id)] });
		assert.deepEqual(errorsOf(refused), [[pointer('attachment_ids'), wrong]]);
		const rows = server.state['attachments'] as Json[];
		const stored = rows.find(({ attachable_type, key }) => attachable_type === 'task' && key);
		const on = (task: string) => ask('GET', `/attachments?filter[task_id]=${task}`);
		await write('PATCH', `/tasks/${id}`, { attachment_ids: [stored.id] });
		assert.equal((await on(id)).body.meta.total_count, 1);
		await write('PATCH', `/tasks/${id}`, { attachment_ids: [] });
		assert.equal((await on(id)).body.meta.total_count, 0);
	});

	it('stand in task lists that are put into another order within their folder', async () => {
		const put = (id: string, attributes: object) => write('PATCH', `/task_lists/${id}/reposition`, attributes);
		const { status, body } = await put(lists[2]!, { move_before_id: Number(lists[0]) });
		assert.equal(status, 200);
		const first = (await ask('GET', `/task_lists/${lists[0]}`)).body.data.attributes.placement;
		assert.ok(body.data.attributes.placement < first);
		const foreign = (await ask('GET', '/task_lists?page[size]=1')).body.data[0].id;
		assert.deepEqual(errorsOf(await put(lists[0]!, { move_after_id: foreign })), [[pointer('move_after_id'), wrong]]);
	});

	it('are not changed by a token that may only read, nor through another organization', async () => {
		const { token } = server.state['readOnly'] as { token: string };
		const [id] = (await idsIn(lists[0]!)) as [string];
		const before = JSON.stringify(server.state['tasks']);
		for (const [method, path] of [
			['POST', '/tasks'],
			['PATCH', `/tasks/${id}`],
			['PATCH', `/tasks/${id}/reposition`],
			['DELETE', `/tasks/${id}`],
			['POST', '/comments'],
			['PATCH', `/task_lists/${lists[0]}/reposition`],
		] as const) {
			const { status, body } = await ask(method, path, { data: {} }, { 'x-auth-token': token });
			assert.deepEqual([status, body.errors[0].title], [403, 'Access Denied'], `${method} ${path}`);
		}
		assert.equal((await ask('DELETE', `/tasks/${id}`, undefined, { 'x-organization-id': '4411' })).status, 404);
		assert.equal(JSON.stringify(server.state['tasks']), before);
	});
});
