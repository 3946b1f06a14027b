import assert from 'node:assert/strict';
import { Desk } from './desk.ts';
import { formAfter, project, type Row, rowsOf, status, whatVendorsSay } from './productiveDesk.ts';

const name = 'Website relaunch';

/** What becomes of each status of the project's workflow. */
const map = {
	'Not started': 'Offen',
	'In progress': 'In Arbeit',
	Review: 'In Arbeit',
	Closed: 'Veröffentlicht',
};
const good = { workflow: 'Redaktion', map };
const agree = { press: 'Change workflow' } as const;

describe('productive: changing the workflow of a project', () => {
	let desk: Desk;
	beforeEach(async () => {
		desk = await Desk.open('productive');
	});
	afterEach(() => desk.close());

	const workflow = () => project(desk, name)['workflow_id'];
	const tasks = () => rowsOf(desk, 'tasks').filter((row) => row['project_id'] === project(desk, name).id);

	it('gives every task the status that stands beside its old one, once it is confirmed', async () => {
		assert.ok((await desk.offered(name)).includes('opChangeWorkflow'));
		const ids = Object.entries(map).map(([from, to]) => [status(desk, from).id, status(desk, to).id] as const);
		const wanted = new Map(ids);
		const expected = tasks().map((task) => wanted.get(Number(task['workflow_status_id'])));
		const { said } = await desk.do('changeWorkflow', [name], { form: good }, agree);
		assert.equal(workflow(), 4002);
		assert.deepEqual(
			tasks().map((task) => task['workflow_status_id']),
			expected,
		);
		assert.match(said[0] ?? '', new RegExp(`^Change the workflow of ${name}\\?\nEvery task of the project gets`));
		assert.equal(said.at(-1), `The workflow of ${name} was changed.`);
	});

	it('says at the field that a status has no new one, and neither asks nor sends', async () => {
		const sent = await desk.sentWhile(async () => {
			const { Review: _, ...few } = map;
			const { said } = await desk.do(
				'changeWorkflow',
				[name],
				{ form: {} },
				{ form: { workflow: 'Redaktion', map: few } },
				{ cancelForm: true },
			);
			const wrong = 'Something is missing or wrong.';
			assert.deepEqual(said, [
				wrong,
				'workflow: New workflow is needed.',
				'map: New statuses is needed.',
				wrong,
				'map: New statuses: something must be chosen on every line.',
			]);
		});
		assert.deepEqual(sent, []);
		assert.equal(workflow(), 4001);
	});

	it('does nothing where it is not confirmed, and is done when it is after all', async () => {
		const sent = await desk.sentWhile(async () => {
			await desk.do('changeWorkflow', [name], { form: good }, { press: undefined }, { cancelForm: true });
		});
		assert.deepEqual(sent, []);
		await desk.do('changeWorkflow', [name], { form: good }, { press: undefined }, { form: {} }, agree);
		assert.equal(workflow(), 4002);
	});

	it('offers neither the workflow it has nor one that is archived', async () => {
		const { offered } = await desk.do(
			'changeWorkflow',
			[name],
			{ form: { workflow: 'Redaktion' }, send: false },
			{ cancelForm: true },
		);
		assert.deepEqual(offered, ['Redaktion', 'Unfinished']);
	});

	it('says that somebody has changed it meanwhile, and leaves theirs alone', async () => {
		const row = project(desk, name);
		const sent = await desk.sentWhile(async () => {
			const { said } = await desk.do(
				'changeWorkflow',
				[name],
				formAfter(() => Object.assign(row, { workflow_id: 4003 }), good),
				agree,
				{ cancelForm: true },
			);
			assert.ok(
				said.includes(`workflow: Somebody has changed the workflow of ${name} to “Unfinished” meanwhile. Begin again.`),
				said.join('\n'),
			);
		});
		assert.deepEqual(sent, []);
		assert.equal(workflow(), 4003);
	});

	it('names a status that somebody added since the form was opened', async () => {
		const add = () =>
			(desk.served.state['workflow_statuses'] as Row[]).push({
				...status(desk, 'Review'),
				id: 99_001,
				name: 'On hold',
			});
		const sent = await desk.sentWhile(async () => {
			const { said } = await desk.do('changeWorkflow', [name], formAfter(add, good), agree, { cancelForm: true });
			assert.ok(said.includes('map: A new status is still missing for “On hold”.'), said.join('\n'));
		});
		assert.deepEqual(sent, []);
	});

	it('shows what Productive refuses at both fields, and takes what is chosen then', async () => {
		const unfinished = Object.fromEntries(Object.keys(map).map((from) => [from, 'Somewhere']));
		const { said } = await desk.do(
			'changeWorkflow',
			[name],
			{ form: { workflow: 'Unfinished', map: unfinished } },
			agree,
			{ form: { workflow: 'Redaktion' } },
			agree,
			{ form: { map } },
			agree,
		);
		assert.ok(
			said.includes('workflow: must have 2 (including one closed) or more workflow statuses defined'),
			said.join('\n'),
		);
		assert.ok(said.includes('map: contains invalid statuses'), said.join('\n'));
		assert.equal(workflow(), 4002);
	});

	it('says that the account may not, and looks at Productive where the answer was cut off', async () => {
		const pattern = 'PATCH /api/v2/projects/*/change_workflow';
		desk.served.faults.add({ pattern, kind: '403', times: 1 });
		const refused = await desk.do('changeWorkflow', [name], { form: good }, agree, { cancelForm: true });
		assert.match(refused.said.join('\n'), whatVendorsSay.noRight);
		assert.equal(workflow(), 4001);
		desk.served.faults.add({ pattern, kind: 'cut', times: 1 });
		const sent = await desk.sentWhile(async () => {
			const { said } = await desk.do('changeWorkflow', [name], { form: good }, agree, { cancelForm: true });
			assert.match(said.join('\n'), whatVendorsSay.cut);
		});
		assert.equal(sent.length, 1);
		assert.equal(workflow(), 4002);
	});

	it('can be begun from the palette', async () => {
		await desk.fromPalette('changeWorkflow', { pick: 'Desk' }, { pick: name }, { form: good }, agree);
		assert.equal(workflow(), 4002);
	});
});
