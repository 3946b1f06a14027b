import assert from 'node:assert/strict';
import { startVendor, type TestVendor } from '../support/sandbox.ts';

/** Everything here speaks raw HTTP: nothing of our client takes part. */

interface Story {
	readonly id: number | string;
	readonly product_id: number;
	readonly status: string;
	readonly name: string;
	readonly tags: string;
	readonly tasks: readonly {
		id: number;
		name: string;
		status: string;
		resource_id: number | null;
		timer_start?: string;
	}[];
	readonly comments: readonly { text: string; date: string }[];
}

describe('items and tasks of the sandbox of Planbox', () => {
	let server: TestVendor;

	beforeEach(async () => {
		server = await startVendor('planbox', { clock: () => Date.UTC(2026, 10, 20, 12) });
	});
	afterEach(() => server.close());

	async function ask(call: string, form: Record<string, string>, token = server.address['accessToken']) {
		const response = await fetch(`${String(server.address['url'])}/${call}`, {
			method: 'POST',
			body: new URLSearchParams(form),
			headers: { authorization: `Basic ${btoa(`${String(token)}:x`)}` },
		});
		assert.equal(response.status, 200);
		return (await response.json()) as { code: string; content: unknown };
	}

	async function ok<T = unknown>(call: string, form: Record<string, string>): Promise<T> {
		const { code, content } = await ask(call, form);
		assert.equal(code, 'ok', String(content));
		return content as T;
	}

	const story = (id: string) => ok<Story>('get_story', { story_id: id });

	async function firstOf(status: string): Promise<string> {
		const stories = await ok<readonly Story[]>('get_stories', { product_id: '1234', timeframe: 'current' });
		const found = stories.find((one) => one.status === status && one.tasks.length > 0);
		assert.ok(found, status);
		return String(found.id);
	}

	for (const [action, status] of [
		['complete', 'completed'],
		['deliver', 'delivered'],
		['accept', 'accepted'],
		['reject', 'rejected'],
		['release', 'released'],
	] as const) {
		it(`leads an item into “${status}” by “${action}”`, async () => {
			const id = await firstOf('inprogress');
			const { story: answered } = await ok<{ story: Story }>('update_story_status', { story_id: id, action });
			assert.equal(answered.status, status);
			assert.equal((await story(id)).status, status);
		});
	}

	it('takes a status among an item’s fields and forgets it', async () => {
		const id = await firstOf('inprogress');
		await ok('update_story', { story_id: id, status: 'released', tags: 'a,b' });
		const { status, tags } = await story(id);
		assert.deepEqual([status, tags], ['inprogress', 'a,b']);
	});

	it('adds a task, completes it, and works the item’s status out from its tasks', async () => {
		const id = await firstOf('inprogress');
		await ok('add_task', { story_id: id, name: 'Measure' });
		for (const task of (await story(id)).tasks) {
			await ok('update_task', { story_id: id, task_id: String(task.id), status: 'completed' });
		}
		const done = await story(id);
		assert.equal(done.status, 'completed');
		const added = done.tasks.at(-1);
		assert.deepEqual([added?.name, added?.status, added?.resource_id], ['Measure', 'completed', null]);
		await ok('update_task', { story_id: id, task_id: String(added?.id), status: 'pending' });
		assert.equal((await story(id)).status, 'inprogress');
	});

	it('starts a timer for a task that is in progress', async () => {
		const id = await firstOf('inprogress');
		await ok('add_task', { story_id: id, name: 'Measure' });
		const task_id = String((await story(id)).tasks.at(-1)?.id);
		await ok('update_task', { story_id: id, task_id, status: 'completed' });
		assert.equal((await story(id)).tasks.at(-1)?.timer_start, undefined);
		await ok('update_task', { story_id: id, task_id, status: 'inprogress' });
		assert.equal((await story(id)).tasks.at(-1)?.timer_start, '2026-11-20 12:00:00');
	});

	it('has items with comments, which no call adds', async () => {
		const stories = await ok<readonly Story[]>('get_stories', { product_id: '1234', timeframe: 'current' });
		assert.ok(stories.some(({ comments }) => comments.length > 1));
		assert.equal((await ask('add_comment', { story_id: String(stories[0]?.id), text: 'A' })).code, 'error');
	});

	for (const [what, call, form] of [
		['an action that does not exist', 'update_story_status', { action: 'finish' }],
		['no action', 'update_story_status', {}],
		['a task without a name', 'add_task', { name: ' ' }],
		['a task that is not there', 'update_task', { task_id: '1', status: 'completed' }],
		['a status that tasks do not have', 'update_task', { task_id: 'first', status: 'accepted' }],
		['a person who is not there', 'update_task', { task_id: 'first', resource_id: '999' }],
		['another name for a task', 'update_task', { task_id: 'first', name: 'B' }],
	] as const) {
		it(`refuses ${what} and changes nothing`, async () => {
			const id = await firstOf('inprogress');
			const before = await story(id);
			const given: Record<string, string> = { story_id: id, ...form };
			if (given['task_id'] === 'first') {
				given['task_id'] = String(before.tasks[0]?.id);
			}
			assert.equal((await ask(call, given)).code, 'error');
			assert.deepEqual(await story(id), before);
		});
	}

	it('refuses every change of whoever may only read', async () => {
		const id = await firstOf('inprogress');
		const before = await story(id);
		const token = server.state['readOnlyToken'];
		const task_id = String(before.tasks[0]?.id);
		for (const [call, form] of [
			['update_story', { name: 'B' }],
			['update_story_status', { action: 'accept' }],
			['move_story_to_iteration', { timeframe: 'next', position: 'top' }],
			['add_task', { name: 'B' }],
			['update_task', { task_id, status: 'completed' }],
		] as const) {
			const { code, content } = await ask(call, { story_id: id, ...form }, token);
			assert.deepEqual([code, content], ['error', 'You do not have permission to do this'], call);
		}
		assert.deepEqual(await story(id), before);
	});
});
