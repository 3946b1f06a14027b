import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { type } from '../documents/support.ts';
import { until } from '../support.ts';
import { CoreDesk } from './coredataDesk.ts';

const space = 'Harbour renewal';

describe('coredata: tasks', () => {
	let core: CoreDesk;
	before(async () => {
		core = await CoreDesk.open();
	});
	afterEach(() => core.calm());
	after(() => core.desk.close());

	const board = [space, 'Delivery'];
	const task = (id: string | undefined) => core.all('tasks').find((one) => one.id === id);

	/** The line of a task in whichever column of that name it stands: each list of statuses has one of its own. */
	async function lineOf(id: string | undefined, column: string) {
		const { tree } = core.desk.own.services;
		const columns = (await tree.getChildren(await core.desk.line(...board))).filter(
			(one) => one.item().label === column,
		);
		const lines = await Promise.all(columns.map((one) => tree.getChildren(one)));
		return lines.flat().find(({ thing }) => thing?.id === id);
	}

	/** Closes and reopens the first task of a column; what its status was, closed and open again. */
	async function closedAndReopened(column: string, closed: string): Promise<readonly unknown[]> {
		const [label = ''] = await core.desk.labels(...board, column);
		const id = (await core.desk.line(...board, column, label)).thing?.id;
		assert.ok((await core.desk.offered(...board, column, label)).includes('closeCard'));
		const began = task(id)?.['status'];
		await core.desk.do('closeCard', [...board, column, label]);
		const done = task(id)?.['status'];
		const line = await lineOf(id, closed);
		assert.ok(line?.item().context.includes('reopenCard'), line?.item().context.join());
		await vscode.commands.executeCommand('boardwalk.reopenCard', line);
		return [began, done, task(id)?.['status']];
	}

	it('are closed and opened again by their status', async () => {
		const statuses = await closedAndReopened('Pending', 'Closed');
		assert.deepEqual(statuses, ['task_status:Pending:', 'task_status:Closed:', 'task_status:Pending:']);
		assert.deepEqual(
			core.arrived.map(({ body }) => body),
			[{ status: 'task_status:Closed:' }, { status: 'task_status:Pending:' }],
		);
	});

	it('are closed by the list of their own type', async () => {
		const statuses = await closedAndReopened('Active', 'Closed');
		assert.deepEqual(statuses, ['space_status:active:', 'space_status:closed:', 'space_status:active:']);
	});

	it('stay where CoreData refuses, which is said', async () => {
		const [label = ''] = await core.desk.labels(...board, 'Pending');
		const id = (await core.desk.line(...board, 'Pending', label)).thing?.id;
		core.desk.served.faults.add({ pattern: 'PUT /api/v2/tasks/', kind: '401' });
		const { said } = await core.desk.do('closeCard', [...board, 'Pending', label]);
		assert.match(said.join(), /does not allow Desk to do this/);
		assert.equal(task(id)?.['status'], 'task_status:Pending:');
	});

	it('are made in a status, with a title', async () => {
		const { said } = await core.desk.do(
			'createCard',
			[...board, 'Pending'],
			{ form: { title: '' } },
			{ form: { title: 'Grease the winch', assignee: ['Ada Lindqvist'], labels: ['quay'] } },
		);
		assert.ok(said.includes('title: Title is needed.'), said.join(' | '));
		const { id } = core.project('Delivery');
		const body = {
			project: id,
			status: 'task_status:Pending:',
			title: 'Grease the winch',
			responsible_users: ['ada'],
			tags: ['quay'],
		};
		assert.deepEqual(core.arrived, [{ line: 'POST /api/v2/tasks/', body }]);
		assert.ok((await core.desk.labels(...board, 'Pending')).includes('Grease the winch'));
	});
});

describe('coredata: aspects as JSON', () => {
	let core: CoreDesk;
	before(async () => {
		core = await CoreDesk.open();
	});
	afterEach(() => core.calm());
	after(() => core.desk.close());

	it('arrive alone, are no JSON before that, and nothing else differs', async () => {
		const { id } = core.project('Delivery');
		await core.desk.do('editAsJson', [space, 'Delivery']);
		const document = await until('an editor of the aspects', () => {
			const { document: shown } = vscode.window.activeTextEditor ?? {};
			return shown?.uri.query.includes(id) && shown;
		});
		assert.deepEqual(JSON.parse(document.getText()), { url: { url: 'https://example.net/höfn' } });
		await type(document, '{ "url": ');
		assert.equal(await document.save(), false);
		assert.deepEqual(core.arrived, []);
		const aspects = { url: { url: 'https://example.net/ný-höfn' }, kkscode: { kks_code: ['a'] } };
		await type(document, JSON.stringify(aspects));
		assert.ok(await document.save());
		assert.deepEqual(core.arrived, [{ line: `PUT /api/v2/projects/${id}/`, body: { aspects } }]);
		assert.deepEqual(core.project('Delivery')['aspects'], aspects);
		assert.deepEqual(JSON.parse(document.getText()), aspects);
	});
});

describe('coredata: without the right to change anything', () => {
	const refused = /does not allow Desk to do this|Desk is locked against changes/;

	it('says so for each change where CoreData lets this user only read', async () => {
		const core = await CoreDesk.open((address) => ({
			...address,
			user: 'reader',
			key: createHash('md5').update('reader').digest('hex'),
		}));
		try {
			const { desk } = core;
			const all = [
				await desk.do('edit', [space, 'Risks'], { form: { title: 'Mine' } }, { cancelForm: true }),
				await desk.do('delete', [space, 'Risks'], { type: 'Risks' }),
				await desk.do('add', [space, 'Risks', 'Contacts'], { tick: ['Nordlys'] }, { leave: true }),
				await desk.do('add', [space, 'Risks', 'Comments'], { type: 'Hello' }, { leave: true }),
				await desk.do('createProject', [space], { form: { title: 'Mine' } }, { cancelForm: true }),
			];
			for (const { said } of all) {
				assert.match(said.join('\n'), refused);
			}
			assert.ok(core.project('Risks') && !core.all('projects').some(({ title }) => title === 'Mine'));
			// The key is still good: nobody is asked to sign in again.
			assert.ok(!(await desk.offered()).includes('signIn'));
		} finally {
			await core.desk.close();
		}
	});

	it('offers no change of a locked account and refuses each command with the sentence', async () => {
		const core = await CoreDesk.open();
		try {
			const { desk } = core;
			const lists = ['People', 'Contacts', 'Comments'].map((name) => [space, 'Delivery', name]);
			const [first = ''] = await desk.labels(space, 'Delivery', 'Pending');
			await desk.do('lockAccount', []);
			const paths = [[], [space], [space, 'Delivery'], ...lists, [space, 'Delivery', 'People', 'Ada Lindqvist']];
			for (const path of [...paths, [space, 'Delivery', 'Files'], [space, 'Delivery', 'Pending', first]]) {
				const words = await desk.offered(...path);
				const changing = words.filter((word) =>
					/^op[A-Z]|^(createProject|texts|newFolder|closeCard|reopenCard)$/.test(word),
				);
				assert.deepEqual(changing, [], path.join(' › '));
			}
			const tries = [
				['edit', [space, 'Delivery']],
				['delete', [space, 'Delivery']],
				['editAsJson', [space, 'Delivery']],
				['closeCard', [space, 'Delivery', 'Pending', first]],
				...lists.map((path) => ['add', path] as const),
				['remove', [space, 'Delivery', 'People', 'Ada Lindqvist']],
				['createFolder', [space, 'Delivery', 'Files']],
			] as const;
			for (const [command, path] of tries) {
				const { said } = await desk.do(command, path);
				assert.match(said.join(), /Desk is locked against changes/, `${command} on ${path.join(' › ')}`);
			}
			assert.deepEqual(core.arrived, []);
			await desk.do('unlockAccount', []);
			assert.ok((await desk.offered(space, 'Delivery')).includes('opEdit'));
		} finally {
			await core.desk.close();
		}
	});
});
