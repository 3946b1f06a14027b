import assert from 'node:assert/strict';
import { Desk } from './desk.ts';
import { drop, formAfter, project, type Row, rowsOf, status, taskList, whatVendorsSay } from './productiveDesk.ts';

const name = 'Website relaunch';

describe('productive: mapping task lists to statuses', () => {
	let desk: Desk;
	beforeEach(async () => {
		desk = await Desk.open('productive');
	});
	afterEach(() => desk.close());

	const give = { press: 'Give statuses' } as const;
	const statusesIn = (list: string) => {
		const { id } = taskList(desk, name, 'Permits', list);
		return rowsOf(desk, 'tasks')
			.filter((row) => row['task_list_id'] === id)
			.map((row) => row['workflow_status_id']);
	};
	const good = { map: { Granted: 'Closed', 'To ask': 'Not started' } };
	const pattern = 'PATCH /api/v2/projects/*/map_to_workflow';

	it('gives the tasks of the task lists their statuses, and leaves those of others alone', async () => {
		assert.ok((await desk.offered(name)).includes('opMapToWorkflow'));
		const others = statusesIn('Asked');
		const { said } = await desk.do('mapToWorkflow', [name], { form: good }, give);
		assert.deepEqual(new Set(statusesIn('Granted')), new Set([5004]));
		assert.deepEqual(new Set(statusesIn('To ask')), new Set([5001]));
		assert.deepEqual(statusesIn('Asked'), others);
		assert.equal(said.at(-1), `The tasks of ${name} have the statuses of their task lists now.`);
		assert.match(said[0] ?? '', /The statuses that the tasks have now are lost\./);
		assert.deepEqual(await desk.labels(name, 'Permits', 'Granted'), ['No tasks here']);
	});

	it('wants a status for one task list at least, and sends nothing before and nothing unconfirmed', async () => {
		const before = statusesIn('Granted');
		const sent = await desk.sentWhile(async () => {
			const { said } = await desk.do(
				'mapToWorkflow',
				[name],
				{ form: {} },
				give,
				{ form: good },
				{ press: undefined },
				{ cancelForm: true },
			);
			assert.ok(said.includes('map: Choose a status for one task list at least.'), said.join('\n'));
		});
		assert.deepEqual(sent, []);
		assert.deepEqual(statusesIn('Granted'), before);
	});

	it('shows what Productive refuses at the field: a task list and a status that are gone', async () => {
		const list = taskList(desk, name, 'Permits', 'Granted');
		const { said } = await desk.do(
			'mapToWorkflow',
			[name],
			{ form: good, send: false },
			formAfter(() => drop(desk, 'task_lists', list), {}),
			give,
			formAfter(
				() => [
					(desk.served.state['task_lists'] as Row[]).push(list),
					drop(desk, 'workflow_statuses', status(desk, 'Not started')),
				],
				{},
			),
			give,
			{ cancelForm: true },
		);
		assert.ok(said.includes('map: contains invalid task_list_id'), said.join('\n'));
		assert.ok(said.includes('map: contains invalid statuses'), said.join('\n'));
	});

	it('says so where Productive no longer has it, and offers it no longer then', async () => {
		desk.served.faults.add({ pattern, kind: '404' });
		const { said } = await desk.do('mapToWorkflow', [name], { form: good }, give, { cancelForm: true });
		const gone = 'Productive no longer takes a status for each task list here.';
		assert.ok(said.includes(gone), said.join('\n'));
		await desk.do('refreshNode', []);
		assert.ok(!(await desk.offered(name)).includes('opMapToWorkflow'));
		assert.ok((await desk.offered(name)).includes('opChangeWorkflow'));
		const again = await desk.do('mapToWorkflow', [name]);
		assert.deepEqual(again.said, [gone]);
	});

	it('does not call it gone where only the project is', async () => {
		const row = project(desk, name);
		const line = await desk.line('Café Ångström');
		const { said } = await desk.do(
			'mapToWorkflow',
			[name],
			{ form: good, send: false },
			formAfter(() => drop(desk, 'projects', row), {}),
			give,
			{ cancelForm: true },
		);
		assert.match(said.join('\n'), /Productive does not have this any more/);
		assert.ok(line.item().context.includes('opMapToWorkflow'));
	});

	it('says in words that there is nothing to map in a project without task lists', async () => {
		const { id } = project(desk, name);
		for (const row of rowsOf(desk, 'task_lists').filter((one) => one['project_id'] === id)) {
			drop(desk, 'task_lists', row);
		}
		const { forms } = await desk.do('mapToWorkflow', [name], { cancelForm: true });
		assert.equal(forms[0]?.fields[0]?.none, 'The project has no task lists.');
	});

	it('says that the account may not, and sends once what nobody knows of', async () => {
		desk.served.faults.add({ pattern, kind: '403', times: 1 });
		const refused = await desk.do('mapToWorkflow', [name], { form: good }, give, { cancelForm: true });
		assert.match(refused.said.join('\n'), whatVendorsSay.noRight);
		desk.served.faults.add({ pattern, kind: '500', times: 1 });
		const sent = await desk.sentWhile(async () => {
			const { said } = await desk.do('mapToWorkflow', [name], { form: good }, give, { cancelForm: true });
			assert.match(said.join('\n'), whatVendorsSay.failed);
		});
		assert.equal(sent.length, 1);
	});
});
