import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { InvalidInput, NotAllowed, NotFound, OutcomeUnknown, Refused } from '../../src/core/errors.ts';
import { initialValues } from '../../src/core/form.ts';
import type { Workspace } from '../../src/core/model.ts';
import type { OperationId } from '../../src/core/operations.ts';
import { signal } from '../support/session.ts';
import { allWorkspaces } from './conformanceWalks.ts';
import { begin, choicesOf, Desk, operationOf, problemsIn, rowsOf, send } from './productivePractice.ts';

describe('Productive’s projects', () => {
	let desk: Desk;
	let project: Workspace;

	beforeEach(async () => {
		desk = await Desk.open();
		project = await desk.project();
	});
	afterEach(() => desk.server.close());

	const operations = () => desk.session.operations?.workspace;
	const form = (id: OperationId, place = project) => begin(operations(), id, place);

	it('have these operations, in words of the vendor', () => {
		assert.deepEqual(
			operations()?.map(({ id, title }) => [id, title]),
			[
				['edit', 'Edit project'],
				['copy', 'Copy project'],
				['changeWorkflow', 'Change workflow'],
				['mapToWorkflow', 'Map task lists to statuses'],
				['archive', 'Archive project'],
				['restore', 'Restore project'],
				['delete', 'Delete project'],
			],
		);
	});

	describe('edited', () => {
		it('begin with what the vendor holds now, not with what was listed', async () => {
			desk.row('projects', project.id)['name'] = 'Renamed elsewhere';
			assert.deepEqual(initialValues((await form('edit')).fields), { name: 'Renamed elsewhere' });
		});

		it('change by their name alone, and the lists are asked for again', async () => {
			const { message } = await send(await form('edit'), { name: ' Neuer Kai ' });
			assert.equal(message, 'Harbour renewal was changed.');
			assert.deepEqual(desk.written, [
				{
					line: `PATCH /projects/${project.id}`,
					body: { data: { type: 'projects', attributes: { name: 'Neuer Kai' } } },
				},
			]);
			assert.equal((await desk.project('Neuer Kai')).id, project.id);
		});

		it('send nothing where nothing was changed', async () => {
			await send(await form('edit'));
			assert.deepEqual(desk.written, []);
		});

		it('are left alone where somebody else gave them another name meanwhile', async () => {
			const opened = await form('edit');
			desk.row('projects', project.id)['name'] = 'Theirs';
			assert.deepEqual(await problemsIn(send(opened, { name: 'Mine' }), InvalidInput), [
				{ field: 'name', message: 'Somebody has changed this to “Theirs” meanwhile.' },
			]);
			assert.deepEqual(desk.written, []);
		});

		it('say so where the vendor answers well and keeps the old name', async () => {
			const opened = await form('edit');
			const answer = { id: project.id, type: 'projects', attributes: { name: project.name } };
			desk.answer(({ method }) => (method === 'PATCH' ? Response.json({ data: answer, meta: {} }) : undefined));
			assert.deepEqual(await problemsIn(send(opened, { name: 'Mine' }), Refused), [
				{ field: 'name', message: 'Productive did not take this.' },
			]);
		});

		it('never offer their workflow, which the vendor takes and leaves as it was', async () => {
			assert.deepEqual(
				(await form('edit')).fields.map(({ id }) => id),
				['name'],
			);
		});

		it('differ on the server in just what was edited, whatever else is set', async () => {
			const row = desk.row('projects', project.id);
			const untouched = Object.keys(row);
			const json = fc.jsonValue({ maxDepth: 2 });
			const more = fc.record({
				custom_fields: fc.dictionary(fc.stringMatching(/^\d{1,5}$/), json, { maxKeys: 30 }),
				tag_colors: fc.dictionary(fc.string({ minLength: 1 }), fc.nat(12), { maxKeys: 10 }),
				task_custom_fields_ids: fc.array(fc.nat(), { maxLength: 10 }),
				description: fc.string(),
				project_color_id: fc.option(fc.nat(20)),
				public_access: fc.boolean(),
				time_on_tasks: fc.boolean(),
				sample_data: fc.boolean(),
				number: fc.nat().map(String),
			});
			const name = fc.string({ minLength: 1, maxLength: 60 }).filter((text) => text.trim() !== '');
			await fc.assert(
				fc.asyncProperty(more, name, async (values, wanted) => {
					Object.assign(row, JSON.parse(JSON.stringify(values)), { name: 'Before' });
					const before = structuredClone(desk.server.state['projects']) as Record<string, unknown>[];
					desk.open();
					await send(await form('edit'), { name: wanted });
					const expected = before.map((one) => (one['id'] === row.id ? { ...one, name: wanted.trim() } : one));
					assert.deepEqual(desk.server.state['projects'], expected);
				}),
				{ numRuns: 120 },
			);
			assert.ok(untouched.every((key) => key in row));
			assert.ok(desk.written.every(({ body }) => !JSON.stringify(body).includes('workflow')));
		}).timeout(60_000);
	});

	describe('archived', () => {
		it('are archived and restored without a question, each where it makes sense', async () => {
			const [archive, restore] = [operationOf(operations(), 'archive'), operationOf(operations(), 'restore')];
			assert.equal(archive.whyNot?.(project), undefined);
			assert.equal(restore.whyNot?.(project), 'Harbour renewal is not archived.');
			const opened = await form('archive');
			assert.equal(opened.confirmation?.({}), undefined);
			assert.equal((await send(opened)).message, 'Harbour renewal is archived now.');
			const archived = await desk.project();
			assert.equal(archived.archived, true);
			assert.equal(archive.whyNot?.(archived), 'Harbour renewal is archived already.');
			assert.equal(restore.whyNot?.(archived), undefined);
			assert.equal((await send(await form('restore', archived))).message, 'Harbour renewal is in use again.');
			assert.equal((await desk.project()).archived, false);
		});
	});

	describe('deleted', () => {
		it('ask for their name, say what goes with them, and are gone', async () => {
			const opened = await form('delete');
			const asked = opened.confirmation?.({});
			assert.equal(asked?.word, 'Harbour renewal');
			assert.match(asked.detail ?? '', /folders, task lists, tasks and pages/);
			await send(opened);
			assert.ok(!(await allWorkspaces(desk.session)).some(({ id }) => id === project.id));
			assert.ok(desk.rows('tasks').every((row) => String(row['project_id']) !== project.id));
		});
	});

	describe('copied', () => {
		it('begin with what the project is, and with what the vendor’s own example copies', async () => {
			const opened = await form('copy');
			const began = initialValues(opened.fields);
			assert.equal(began['template_id'], project.id);
			assert.equal(began['name'], 'Copy of Harbour renewal');
			assert.equal(began['project_type_id'], '2');
			assert.equal(began['description'], 'New quays, lights and a ferry terminal.');
			assert.equal(opened.fields.filter(({ id }) => id.startsWith('copy_')).length, 12);
			const company = opened.fields.find(({ id }) => id === 'company_id');
			assert.ok(company?.kind === 'choice' && company.initialLabel === 'Port of Höfn');
			assert.deepEqual(
				Object.keys(began).filter((id) => began[id] === true),
				[
					'public_access',
					'copy_project_members',
					'copy_boards',
					'copy_task_lists',
					'copy_tasks',
					'copy_estimate',
					'copy_views',
				],
			);
		});

		it('send every choice with numbers for ids, and give what was made', async () => {
			const opened = await form('copy');
			const { message, made } = await send(opened, { name: 'Zweiter Kai', copy_tags: true, copy_estimate: false });
			assert.equal(message, 'Zweiter Kai was made.');
			assert.equal((await desk.project('Zweiter Kai')).id, made?.workspace.id);
			assert.deepEqual((desk.written[0]?.body as { data: unknown }).data, {
				type: 'projects',
				attributes: {
					name: 'Zweiter Kai',
					description: 'New quays, lights and a ferry terminal.',
					template_id: Number(project.id),
					company_id: desk.row('projects', project.id)['company_id'],
					project_type_id: 2,
					public_access: true,
					copy_project_members: true,
					copy_boards: true,
					copy_task_lists: true,
					copy_tasks: true,
					copy_task_comments: false,
					copy_task_subscribers: false,
					copy_assignees: false,
					copy_tags: true,
					copy_estimate: false,
					copy_views: true,
					copy_budgets: false,
					copy_as_template: false,
				},
			});
			assert.equal((await desk.folders('Zweiter Kai')).length, 3);
		});

		it('become templates, which are told apart and can be copied from in their turn', async () => {
			const { message, made } = await send(await form('copy'), { name: 'Muster', copy_as_template: true });
			assert.equal(message, 'The project template Muster was made.');
			assert.equal(made?.workspace.group, 'Project template');
			assert.ok(!(await allWorkspaces(desk.session)).some(({ name }) => name === 'Muster'));
			const opened = await form('copy');
			const found = (await choicesOf(opened, 'template_id')).find(({ label }) => label === 'Muster');
			assert.equal(found?.detail, 'Project template');
			await send(opened, { name: 'Aus dem Muster', template_id: found.value });
			assert.equal((await desk.folders('Aus dem Muster')).length, 3);
		});

		it('can be taken from projects alone where the server does not know the filter for templates', async () => {
			const opened = await form('copy');
			const errors = [{ status: 400, title: 'Unsupported Filter', detail: "Filter 'with_templates' is not supported" }];
			desk.answer(({ url }) =>
				url.includes('with_templates') ? Response.json({ errors }, { status: 400 }) : undefined,
			);
			const choices = await choicesOf(opened, 'template_id');
			assert.equal(choices.length, 12);
			assert.equal(choices.find(({ label }) => label === 'Old library scans')?.detail, 'archived');
		});

		it('need a client where they are for one, before anything is sent, and take none where they are internal', async () => {
			const opened = await form('copy');
			assert.deepEqual(await problemsIn(send(opened, { company_id: '' }), InvalidInput), [
				{ field: 'company_id', message: 'A client project needs a client.' },
			]);
			assert.equal(desk.written.length, 0);
			await send(opened, { project_type_id: '1' });
			const { attributes } = (desk.written[0]?.body as { data: { attributes: object } }).data;
			assert.ok(!('company_id' in attributes));
		});

		it('say nothing of public access where the server does not', async () => {
			desk.row('projects', project.id)['public_access'] = undefined;
			desk.answer(async (request) => {
				if (request.method !== 'GET' || !request.url.includes(`/projects/${project.id}`)) {
					return undefined;
				}
				const text = await (await globalThis.fetch(request)).text();
				return new Response(text.replace(/"public_access":\w+,/, ''));
			});
			assert.ok(!(await form('copy')).fields.some(({ id }) => id === 'public_access'));
		});

		it('say that the vendor still copies, or that it failed to', async () => {
			for (const [status, says] of [
				['in_progress', 'Copy of Harbour renewal was made, and Productive is still copying into it.'],
				['failed', 'Copy of Harbour renewal was made, but Productive says that copying into it failed.'],
				['done', 'Copy of Harbour renewal was made.'],
			]) {
				desk.answer(async (request) => {
					if (request.method !== 'POST') {
						return undefined;
					}
					const response = await globalThis.fetch(request);
					const body = (await response.json()) as { data: { attributes: object } };
					Object.assign(body.data.attributes, { duplication_status: status });
					return Response.json(body, { status: 201 });
				});
				assert.equal((await send(await form('copy'))).message, says);
			}
		});

		it('show every refusal at its field, and two at one field together', async () => {
			const opened = await form('copy');
			desk.refuse(
				['data/attributes/name', "can't be blank"],
				['data/attributes/template_id', "can't be blank"],
				['data/attributes/project_type_id', "can't be blank"],
				['data/attributes/project_type_id', 'is not included in the list'],
				['/data/attributes/company', 'attribute is invalid'],
				['data/attributes/copy_budgets', 'is not yours'],
				['data/attributes/seats', 'are all taken'],
			);
			assert.deepEqual(await problemsIn(send(opened), Refused), [
				{ field: 'name', message: "can't be blank" },
				{ field: 'template_id', message: "can't be blank" },
				{ field: 'project_type_id', message: "can't be blank; is not included in the list" },
				{ field: 'company_id', message: 'attribute is invalid' },
				{ field: 'copy_budgets', message: 'is not yours' },
				{ message: 'seats are all taken' },
			]);
		});
	});

	describe('given another workflow', () => {
		const map = async (opened: Awaited<ReturnType<typeof form>>, workflow: string) => {
			const [first] = await choicesOf(opened, 'map', { workflow });
			return Object.fromEntries((await rowsOf(opened, 'map')).map(({ value }) => [value, first!.value]));
		};

		it('choose among the others in use, and each old status gets a new one', async () => {
			const opened = await form('changeWorkflow');
			assert.deepEqual(
				(await choicesOf(opened, 'workflow')).map(({ label }) => label),
				['Redaktion', 'Unfinished'],
			);
			assert.deepEqual(
				(await rowsOf(opened, 'map')).map(({ label, detail }) => [label, detail]),
				[
					['Not started', 'not started'],
					['In progress', 'started'],
					['Review', 'started'],
					['Closed', 'closed'],
				],
			);
			assert.deepEqual(await choicesOf(opened, 'map'), []);
			const [redaktion] = await choicesOf(opened, 'workflow');
			const statuses = await choicesOf(opened, 'map', { workflow: redaktion!.value });
			assert.deepEqual(
				statuses.map(({ label }) => label),
				['Offen', 'In Arbeit', 'Veröffentlicht'],
			);
			const chosen = await map(opened, redaktion!.value);
			assert.equal(opened.confirmation?.({})?.question, 'Change the workflow of Harbour renewal?');
			const { message } = await send(opened, { workflow: redaktion!.value, map: chosen });
			assert.equal(message, 'The workflow of Harbour renewal was changed.');
			assert.deepEqual(desk.written, [
				{
					line: `PATCH /projects/${project.id}/change_workflow`,
					body: {
						data: {
							type: 'projects',
							attributes: { map: Object.fromEntries(Object.entries(chosen).map(([from, to]) => [from, Number(to)])) },
							relationships: { workflow: { data: { type: 'workflows', id: redaktion!.value } } },
						},
					},
				},
			]);
			assert.equal((await desk.project()).extra?.['workflow'], redaktion!.value);
		});

		it('are refused with the names of the statuses that have no new one, before anything is sent', async () => {
			const opened = await form('changeWorkflow');
			const [redaktion] = await choicesOf(opened, 'workflow');
			const [first, , third, ...rest] = Object.entries(await map(opened, redaktion!.value));
			const values = { workflow: redaktion!.value, map: Object.fromEntries([first!, third!]) };
			assert.equal(rest.length, 1);
			assert.deepEqual(await problemsIn(opened.submit(values, signal()), InvalidInput), [
				{ field: 'map', message: 'A new status is still missing for “In progress” and “Closed”.' },
			]);
			assert.deepEqual(desk.written, []);
		});

		it('are refused where somebody added a status since the form was opened', async () => {
			const opened = await form('changeWorkflow');
			const [redaktion] = await choicesOf(opened, 'workflow');
			const values = { workflow: redaktion!.value, map: await map(opened, redaktion!.value) };
			const statuses = desk.rows('workflow_statuses');
			statuses.push({ ...desk.row('workflow_statuses', Object.keys(values.map)[0]!), id: 99_999, name: 'On hold' });
			const [problem] = await problemsIn(opened.submit(values, signal()), InvalidInput);
			assert.deepEqual(problem, { field: 'map', message: 'A new status is still missing for “On hold”.' });
			assert.deepEqual(desk.written, []);
		});

		it('are refused where somebody changed the workflow since, and where it is the same', async () => {
			const opened = await form('changeWorkflow');
			const [redaktion] = await choicesOf(opened, 'workflow');
			const values = { workflow: redaktion!.value, map: await map(opened, redaktion!.value) };
			const same = { ...values, workflow: String(project.extra?.['workflow']) };
			const fieldsOf = async (sent: typeof values) => problemsIn(opened.submit(sent, signal()), InvalidInput);
			assert.match((await fieldsOf(same))[0]?.message ?? '', /has this workflow already/);
			desk.row('projects', project.id)['workflow_id'] = Number(redaktion!.value);
			const [problem] = await fieldsOf(values);
			assert.equal(problem?.field, 'workflow');
			assert.match(problem.message, /to “Redaktion” meanwhile/);
			assert.deepEqual(desk.written, []);
		});

		it('show each refusal of the vendor at its field, several at once', async () => {
			const opened = await form('changeWorkflow');
			const workflows = await choicesOf(opened, 'workflow');
			const chosen = await map(opened, workflows[0]!.value);
			const unusable = workflows.find(({ label }) => label === 'Unfinished')!.value;
			const few = 'must have 2 (including one closed) or more workflow statuses defined';
			for (const [workflow, to, expected] of [
				[
					unusable,
					'own',
					[
						['workflow', few],
						['map', 'contains invalid statuses'],
					],
				],
				['0', 'own', [['workflow', 'attribute is invalid']]],
				[workflows[0]!.value, '0', [['map', 'contains invalid statuses']]],
			] as const) {
				const given = to === '0' ? Object.fromEntries(Object.keys(chosen).map((from) => [from, '0'])) : chosen;
				const problems = await problemsIn(opened.submit({ workflow, map: given }, signal()), Refused);
				assert.deepEqual(
					problems.map(({ field, message }) => [field, message]),
					expected,
				);
			}
			desk.refuse(
				['data/attributes/map', "can't be blank"],
				['data/attributes/workflow', few],
				['data/attributes/map', "doesn't contain all statuses from current project workflow"],
			);
			const values = { workflow: workflows[0]!.value, map: chosen };
			assert.deepEqual(await problemsIn(opened.submit(values, signal()), Refused), [
				{ field: 'map', message: "can't be blank; doesn't contain all statuses from current project workflow" },
				{ field: 'workflow', message: few },
			]);
		});
	});

	describe('mapped to their workflow', () => {
		it('give the tasks of a task list its status, and leave those of others alone', async () => {
			const opened = await form('mapToWorkflow');
			const lists = await rowsOf(opened, 'map');
			const statuses = await choicesOf(opened, 'map');
			assert.ok(lists.length > 8 && lists.every(({ detail }) => detail));
			const tasksOf = (list: string) => desk.rows('tasks').filter((task) => String(task['task_list_id']) === list);
			const [first, second] = lists.filter(({ value }) => tasksOf(value).length > 0);
			const before = structuredClone(tasksOf(second!.value));
			const { message } = await send(opened, { map: { [first!.value]: statuses[2]!.value, [second!.value]: '' } });
			assert.match(message, /^The tasks of Harbour renewal have/);
			assert.ok(tasksOf(first!.value).every((task) => String(task['workflow_status_id']) === statuses[2]!.value));
			assert.deepEqual(tasksOf(second!.value), before);
		});

		it('are not sent without any status', async () => {
			const problems = await problemsIn(send(await form('mapToWorkflow')), InvalidInput);
			assert.deepEqual(
				problems.map(({ field }) => field),
				['map'],
			);
			assert.deepEqual(desk.written, []);
		});

		it('show each refusal of the vendor at the map', async () => {
			const opened = await form('mapToWorkflow');
			const [list] = await rowsOf(opened, 'map');
			for (const [map, message] of [
				[{ 0: '6001' }, 'contains invalid task_list_id'],
				[{ [list!.value]: '0' }, 'contains invalid statuses'],
			] as const) {
				assert.deepEqual(await problemsIn(opened.submit({ map }, signal()), Refused), [{ field: 'map', message }]);
			}
		});

		it('say so where the server knows no such operation any more, and offer it no longer', async () => {
			const opened = await form('mapToWorkflow');
			const [list] = await rowsOf(opened, 'map');
			const [status] = await choicesOf(opened, 'map');
			desk.server.fault('*/map_to_workflow', '404');
			const sent = send(opened, { map: { [list!.value]: status!.value } });
			await assert.rejects(sent, (error) => error instanceof NotAllowed && /no longer/.test(error.message));
			assert.match(operationOf(operations(), 'mapToWorkflow').whyNot?.(project) ?? '', /no longer/);
		});

		it('are not called unknown to the server where only the project is gone', async () => {
			const opened = await form('mapToWorkflow');
			const [list] = await rowsOf(opened, 'map');
			const [status] = await choicesOf(opened, 'map');
			desk.rows('projects').splice(desk.rows('projects').indexOf(desk.row('projects', project.id)), 1);
			await assert.rejects(send(opened, { map: { [list!.value]: status!.value } }), NotFound);
			assert.equal(operationOf(operations(), 'mapToWorkflow').whyNot?.(project), undefined);
		});
	});

	/** Every operation, ready to be sent. */
	async function allReady(): Promise<readonly (readonly [OperationId, () => Promise<unknown>])[]> {
		const [edit, archive, restore, copy, remove] = await Promise.all(
			(['edit', 'archive', 'restore', 'copy', 'delete'] as const).map((id) => form(id)),
		);
		const [change, mapping] = await Promise.all([form('changeWorkflow'), form('mapToWorkflow')]);
		const [workflow] = await choicesOf(change, 'workflow');
		const [status] = await choicesOf(change, 'map', { workflow: workflow!.value });
		const map = Object.fromEntries((await rowsOf(change, 'map')).map(({ value }) => [value, status!.value]));
		const [list] = await rowsOf(mapping, 'map');
		const [own] = await choicesOf(mapping, 'map');
		return [
			['edit', () => send(edit!, { name: 'Mine' })],
			['archive', () => send(archive!)],
			['restore', () => send(restore!)],
			['copy', () => send(copy!)],
			['mapToWorkflow', () => send(mapping, { map: { [list!.value]: own!.value } })],
			['changeWorkflow', () => send(change, { workflow: workflow!.value, map })],
			['delete', () => send(remove!)],
		];
	}

	it('say of every operation that the account has no right to it, and change nothing', async () => {
		desk.session = desk.openReader();
		const before = structuredClone(desk.server.state);
		for (const [id, sending] of await allReady()) {
			await assert.rejects(sending(), NotAllowed, id);
		}
		assert.deepEqual(desk.server.state, before);
	});

	it('are never changed twice where the answer is lost, and are asked for again afterwards', async () => {
		for (const [index, [id]] of (await allReady()).entries()) {
			desk.server.clearFaults();
			desk.open();
			project = (await allWorkspaces(desk.session)).find(({ archived }) => !archived)!;
			const sending = (await allReady())[index]![1];
			desk.written.length = 0;
			desk.loseAnswers();
			await assert.rejects(sending(), OutcomeUnknown, id);
			assert.equal(desk.written.length, 1, id);
			const start = desk.server.requests.length;
			await desk.session.workspaces(signal());
			assert.ok(desk.server.requests.length > start, `${id}: an old list is shown`);
		}
	}).timeout(20_000);
});
