import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Desk } from './desk.ts';
import { folder, project, type Row, rowsOf, run, status, taskList, whatVendorsSay } from './productiveDesk.ts';

const path = ['Website relaunch', 'Permits', 'To ask'] as const;

describe('productive: closing and reopening a task', () => {
	let desk: Desk;
	let task: Row;
	let title: string;
	beforeEach(async () => {
		desk = await Desk.open('productive');
		const { id } = taskList(desk, ...path);
		const found = rowsOf(desk, 'tasks').find((row) => row['task_list_id'] === id && row['closed'] === false);
		assert.ok(found);
		task = found;
		title = 'The only one of its name';
		Object.assign(task, { title, workflow_status_id: status(desk, 'In progress').id });
	});
	afterEach(() => desk.close());

	it('puts it into the first status that closes, and it is no longer among the open tasks of its list', async () => {
		const words = await desk.offered(...path, title);
		assert.ok(words.includes('closeCard') && !words.includes('reopenCard'));
		await desk.do('closeCard', [...path, title]);
		assert.equal(Number(task['workflow_status_id']), status(desk, 'Closed').id);
		assert.equal(task['closed'], true);
		await desk.do('refreshNode', []);
		assert.ok(!(await desk.labels(...path)).includes(title));
	});

	it('shows it as closed until the list is looked at anew, and puts it back into the first open status', async () => {
		await desk.do('closeCard', [...path, title]);
		const words = await desk.offered(...path, title);
		assert.ok(words.includes('reopenCard') && !words.includes('closeCard'), words.join());
		await desk.do('reopenCard', [...path, title]);
		assert.equal(Number(task['workflow_status_id']), status(desk, 'Not started').id);
		assert.ok((await desk.offered(...path, title)).includes('closeCard'));
		await desk.do('refreshNode', []);
		assert.ok((await desk.labels(...path)).includes(title));
	});

	it('is left alone by a line that is older than what somebody else did', async () => {
		const line = await desk.line(...path, title);
		Object.assign(task, { workflow_status_id: status(desk, 'Closed').id, closed: true });
		const sent = await desk.sentWhile(() => run(line, 'closeCard'));
		assert.deepEqual(sent, []);
	});

	it('says that it can’t be closed where the workflow has no status that closes', async () => {
		Object.assign(project(desk, path[0]), { workflow_id: 4003 });
		const sent = await desk.sentWhile(async () => {
			const { said } = await desk.do('closeCard', [...path, title]);
			assert.deepEqual(said, [`“${title}” can’t be closed.`]);
		});
		assert.deepEqual(sent, []);
	});

	it('says why Productive refuses, and shows it open still', async () => {
		desk.served.faults.add({ pattern: 'PATCH /api/v2/tasks/', kind: '403' });
		const { said } = await desk.do('closeCard', [...path, title]);
		assert.match(said.join('\n'), whatVendorsSay.noRight);
		assert.equal(Number(task['workflow_status_id']), status(desk, 'In progress').id);
		assert.ok((await desk.labels(...path)).includes(title));
	});

	it('is not offered while the account is locked, and refused at a line that is older', async () => {
		const line = await desk.line(...path, title);
		await desk.do('lockAccount', []);
		const sent = await desk.sentWhile(async () => {
			assert.match((await run(line, 'closeCard')).said.join(), whatVendorsSay.locked);
		});
		assert.deepEqual(sent, []);
		assert.ok(!(await desk.offered(...path, title)).includes('closeCard'));
	});
});

describe('productive: columns that are the statuses of the workflow', () => {
	const setting = 'productive.columns';
	const setTo = (value: string | undefined) =>
		vscode.workspace.getConfiguration('boardwalk').update(setting, value, vscode.ConfigurationTarget.Global);
	const board = [path[0], path[1]] as const;
	let desk: Desk;
	beforeEach(async () => {
		await setTo('statuses');
		desk = await Desk.open('productive');
	});
	afterEach(async () => {
		await desk.close();
		await setTo(undefined);
	});

	it('are neither made, renamed, archived nor listed among archived ones, for they are other projects’ too', async () => {
		assert.deepEqual(await desk.labels(...board), ['Not started', 'In progress', 'Review', 'Closed']);
		const words = [...(await desk.offered(...board)), ...(await desk.offered(...board, 'Review'))];
		assert.deepEqual(
			words.filter((word) => word.startsWith('op') || ['newColumn', 'rename'].includes(word)),
			['opEdit', 'opArchive'],
		);
		const sent = await desk.sentWhile(async () => {
			assert.match((await desk.do('archive', [...board, 'Review'])).said.join(), /This can’t be done in Desk\./);
			assert.match((await desk.do('createColumn', board)).said.join(), /This can’t be done in Desk\./);
		});
		assert.deepEqual(sent, []);
	});

	it('take a task that is closed, and give it back when it is reopened', async () => {
		const { id } = folder(desk, ...board);
		const lists = rowsOf(desk, 'task_lists').filter((row) => row['folder_id'] === id);
		const task = rowsOf(desk, 'tasks').find((row) => lists.some((list) => list.id === row['task_list_id']));
		assert.ok(task);
		const title = 'The only one of its name';
		Object.assign(task, { title, workflow_status_id: status(desk, 'Review').id, closed: false });
		await desk.do('closeCard', [...board, 'Review', title]);
		assert.ok((await desk.offered(...board, 'Closed', title)).includes('reopenCard'));
		assert.ok(!(await desk.labels(...board, 'Review')).includes(title));
		await desk.do('reopenCard', [...board, 'Closed', title]);
		assert.ok((await desk.offered(...board, 'Not started', title)).includes('closeCard'));
		assert.equal(Number(task['workflow_status_id']), status(desk, 'Not started').id);
	});
});
