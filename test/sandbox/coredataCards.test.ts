import assert from 'node:assert/strict';
import { startVendor, type TestVendor } from '../support/sandbox.ts';

/** Everything here speaks raw HTTP: nothing of our client takes part. */

interface Wire {
	readonly id: string;
	readonly title: string;
	readonly [property: string]: unknown;
}

describe('tasks and comments of the sandbox of CoreData', () => {
	let server: TestVendor;
	let url: string;
	let writer: { user: string; key: string };

	beforeEach(async () => {
		server = await startVendor('coredata', { clock: () => Date.UTC(2026, 10, 16, 9) });
		({ url, ...writer } = server.address as { url: string; user: string; key: string });
	});
	afterEach(() => server.close());

	function ask(method: string, path: string, body?: unknown, { user, key } = writer): Promise<Response> {
		const headers = { authorization: `apikey ${user}:${key}`, 'content-type': 'application/json' };
		return fetch(url + path, {
			method,
			headers,
			redirect: 'manual',
			body: body && JSON.stringify(body),
		} as RequestInit);
	}

	async function read(path: string): Promise<Wire> {
		const response = await ask('GET', path);
		assert.equal(response.status, 200, path);
		return (await response.json()) as Wire;
	}

	async function all(path: string): Promise<readonly Wire[]> {
		return (await read(`${path}limit=0`))['objects'] as Wire[];
	}

	async function taskNamed(title: string): Promise<string> {
		const [task] = await all(`/api/v2/tasks/?title=${encodeURIComponent(title)}&`);
		assert.ok(task, title);
		return `/api/v2/tasks/${task.id}/`;
	}

	async function problemsAfter(response: Response): Promise<readonly string[]> {
		assert.equal(response.status, 400);
		return Object.keys(((await response.json()) as { tasks: object }).tasks);
	}

	it('changes only the properties that are sent, and replaces lists whole', async () => {
		const path = await taskNamed('Keep the quay free of ice');
		const before = await read(path);
		assert.equal((await ask('PUT', path, { tags: ['a', 'b'], responsible_users: ['ada'] })).status, 204);
		assert.equal((await ask('PUT', path, { tags: ['c'] })).status, 204);
		assert.deepEqual(await read(path), {
			...before,
			modified: '2026-11-16T09:00:00',
			tags: ['c'],
			responsible_users: [{ first_name: 'Ada', last_name: 'Lindqvist', username: 'ada' }],
			connected_users: ['ada'],
		});
	});

	it('takes a due date away for null', async () => {
		const path = await taskNamed('Keep the quay free of ice');
		await ask('PUT', path, { due_date: '2026-12-24' });
		assert.equal((await read(path))['due_date'], '2026-12-24');
		assert.equal((await ask('PUT', path, { due_date: null })).status, 204);
		assert.equal((await read(path))['due_date'], null);
	});

	it('takes only statuses of the list that the task’s type names', async () => {
		const standing = await taskNamed('Keep the quay free of ice');
		assert.deepEqual(await problemsAfter(await ask('PUT', standing, { status: 'task_status:Closed:' })), ['status']);
		assert.equal((await ask('PUT', standing, { status: 'space_status:closed:' })).status, 204);
		assert.equal((await read(standing))['status'], 'space_status:closed:');
		const untyped = await taskNamed('Verklag frá 2019');
		assert.deepEqual(await problemsAfter(await ask('PUT', untyped, { status: 'space_status:active:' })), ['status']);
		assert.equal((await ask('PUT', untyped, { status: 'task_status:Pending:' })).status, 204);
	});

	for (const [what, body, field] of [
		['a blank title', { title: ' ' }, 'title'],
		['a title of another type', { title: 3 }, 'title'],
		['a day that does not exist', { due_date: '2026-02-30' }, 'due_date'],
		['an empty date', { due_date: '' }, 'due_date'],
		['a person who is not there', { responsible_users: ['nobody'] }, 'responsible_users'],
		['one person where a list is meant', { responsible_users: 'ada' }, 'responsible_users'],
		['tags as one text', { tags: 'a,b' }, 'tags'],
		['a status that no list has', { status: 'task_status:Frozen:' }, 'status'],
		['a property that tasks do not have', { position: 1 }, 'position'],
	] as const) {
		it(`refuses ${what} and changes nothing`, async () => {
			const path = await taskNamed('Verklag frá 2019');
			const before = await read(path);
			assert.deepEqual(await problemsAfter(await ask('PUT', path, body)), [field]);
			assert.deepEqual(await read(path), before);
		});
	}

	it('refuses a new task without its project or in a project that is not there', async () => {
		assert.deepEqual(await problemsAfter(await ask('POST', '/api/v2/tasks/', { title: 'A' })), ['project']);
		assert.deepEqual(await problemsAfter(await ask('POST', '/api/v2/tasks/', { title: 'A', project: 'x' })), [
			'project',
		]);
	});

	it('answers 404 for tasks that are gone and 401 without the right', async () => {
		const path = await taskNamed('Verklag frá 2019');
		const reader = server.state['readOnly'] as typeof writer;
		assert.equal((await ask('PUT', path, { title: 'B' }, reader)).status, 401);
		assert.equal((await ask('DELETE', path, undefined, reader)).status, 401);
		assert.equal((await ask('POST', '/api/v2/comments/', { text: 'B', doc_id: 'x' }, reader)).status, 401);
		assert.equal((await ask('DELETE', path)).status, 204);
		for (const method of ['GET', 'PUT', 'DELETE']) {
			assert.equal((await ask(method, path, method === 'PUT' ? { title: 'B' } : undefined)).status, 404, method);
		}
	});

	it('adds a comment to a task, filters by it, and drops it with the task', async () => {
		const path = await taskNamed('Verklag frá 2019');
		const doc_id = path.split('/').at(-2);
		const made = await ask('POST', '/api/v2/comments/', { text: 'Halló', doc_id });
		assert.equal(made.status, 201);
		const comment = await read(made.headers.get('location') ?? '');
		assert.equal(typeof comment.id, 'number');
		assert.deepEqual(
			[comment['author'], comment['doc_id'], comment['text'], comment['time']],
			['/api/v2/users/bjork/', doc_id, 'Halló', '2026-11-16T09:00:00.000000'],
		);
		assert.equal((await all(`/api/v2/comments/?doc_id=${doc_id}&`)).length, 1);
		assert.ok((await all('/api/v2/comments/?')).length > 1);
		assert.equal((await ask('POST', '/api/v2/comments/', { text: ' ', doc_id })).status, 400);
		assert.equal((await ask('POST', '/api/v2/comments/', { text: 'A', doc_id: 'none' })).status, 400);
		assert.equal((await ask('DELETE', made.headers.get('location') ?? '')).status, 405);
		await ask('DELETE', path);
		assert.equal((await all(`/api/v2/comments/?doc_id=${doc_id}&`)).length, 0);
	});

	it('lists the tasks that a user is responsible for', async () => {
		const tasks = await all('/api/v2/user/bjork/tasks/?');
		assert.ok(tasks.length > 0);
		for (const { responsible_users } of tasks) {
			assert.ok((responsible_users as { username: string }[]).some(({ username }) => username === 'bjork'));
		}
		assert.equal((await ask('GET', '/api/v2/user/nobody/tasks/')).status, 404);
	});
});
