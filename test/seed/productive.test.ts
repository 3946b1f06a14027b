import assert from 'node:assert/strict';
import type { Workspace } from '../../src/core/model.ts';
import type { OperationId, Outcome } from '../../src/core/operations.ts';
import type { Session } from '../../src/core/provider.ts';
import { productive } from '../../src/providers/productive/index.ts';
import { allWorkspaces } from '../providers/conformanceWalks.ts';
import { signal } from '../support/session.ts';
import { documented, exchange, fillIn, type Practice, perform, type Raw, seedTable } from './seedTable.ts';

interface Resource {
	readonly id: string;
	readonly attributes: Readonly<Record<string, unknown>>;
	readonly relationships: Readonly<Record<string, { readonly data?: { readonly id: string } | null }>>;
}

interface Project {
	readonly id: string;
	readonly company: string;
	readonly manager: string;
	/** Its workflow, and the statuses of that. */
	readonly workflow: string;
	readonly statuses: readonly string[];
	/** Another workflow, and the statuses of that. */
	readonly other: string;
	readonly others: readonly string[];
	/** A workflow that can't be used: it has a single status. */
	readonly unusable: string;
	readonly lists: readonly string[];
}

async function listed(practice: Practice, path: string): Promise<readonly Resource[]> {
	const { status, body } = await practice.ask({ method: 'GET', path });
	assert.equal(status, 200, path);
	return (body as { data: readonly Resource[] }).data;
}

/** A project for a client, with what stands around it. */
async function aProject(practice: Practice): Promise<Project> {
	const ids = async (path: string) => (await listed(practice, path)).map(({ id }) => id);
	const [project] = await listed(practice, '/projects?include=company,project_manager,workflow&filter[project_type]=2');
	assert.ok(project);
	const linked = (name: string) => project.relationships[name]?.data?.id ?? '';
	const workflow = linked('workflow');
	const workflows = await listed(practice, '/workflows');
	const named = (name: string) => workflows.find(({ attributes }) => attributes['name'] === name)?.id ?? '';
	const other = [named('Redaktion'), named('Default workflow')].find((id) => id !== workflow) ?? '';
	const statusesOf = (id: string) => ids(`/workflow_statuses?filter[workflow_id]=${id}&sort=position`);
	return {
		id: project.id,
		company: linked('company'),
		manager: linked('project_manager'),
		workflow,
		statuses: await statusesOf(workflow),
		other,
		others: await statusesOf(other),
		unusable: named('Unfinished'),
		lists: await ids(`/task_lists?filter[project_id]=${project.id}`),
	};
}

async function aTemplate(practice: Practice): Promise<Project & { readonly template: string }> {
	const project = await aProject(practice);
	const { body } = await practice.ask(copying({ ...copied(project), copy_as_template: true }));
	return { ...project, template: (body as { data: Resource }).data.id };
}

async function workspaceOf(session: Session, id: string): Promise<Workspace> {
	const found = (await allWorkspaces(session)).find((one) => one.id === id);
	assert.ok(found, `there is no project ${id}`);
	return found;
}

async function operate(session: Session, id: string, operation: OperationId, values = {}, unchecked = false) {
	const workspace = await workspaceOf(session, id);
	return perform(session.operations?.workspace, operation, workspace, values, unchecked ? 'unchecked' : 'checked');
}

const notIncluded = { meta: { included: false } };

/** As the document shows every project. */
const project = {
	id: '652',
	type: 'projects',
	attributes: {
		name: 'test project',
		number: '1',
		project_number: '1',
		project_type_id: 2,
		project_color_id: null,
		last_activity_at: '2024-04-19T06:07:47.000+02:00',
		public_access: true,
		time_on_tasks: true,
		tag_colors: {},
		archived_at: null,
		created_at: '2024-04-19T06:07:47.911+02:00',
		template: false,
		custom_fields: null,
		task_custom_fields_ids: null,
		sample_data: false,
	},
	relationships: {
		organization: { data: { type: 'organizations', id: '950' } },
		company: notIncluded,
		project_manager: notIncluded,
		last_actor: notIncluded,
		workflow: notIncluded,
		custom_field_people: notIncluded,
		template_object: notIncluded,
	},
};
const one = { data: project, meta: {} };

function shownOne(id: string, attributes: Readonly<Record<string, string | number | boolean | null>> = {}) {
	const exact = Object.entries(attributes).map(([name, value]) => [`data.attributes.${name}`, value]);
	return documented(one, { 'data.id': id, ...Object.fromEntries(exact) });
}

const shownNew = (attributes: Readonly<Record<string, unknown>>) =>
	documented(
		attributes['template']
			? { ...one, data: { ...project, attributes: { ...project.attributes, number: null, project_number: null } } }
			: one,
		Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`data.attributes.${name}`, value as string])),
	);

/** As the document shows every refusal. */
function invalid(...problems: readonly (readonly [attribute: string, detail: string])[]) {
	return {
		errors: problems.map(([attribute, detail]) => ({
			status: '422',
			code: 'invalid_attribute',
			title: 'Invalid Attribute',
			detail,
			source: { pointer: `data/attributes/${attribute}` },
		})),
	};
}

const blank = "can't be blank";
const wrong = 'attribute is invalid';

function patching(path: string, attributes: object, relationships?: object): Raw {
	return {
		method: 'PATCH',
		path,
		json: { data: { type: 'projects', attributes, ...(relationships && { relationships }) } },
	};
}

const linkedTo = (type: string, id: string) => ({ data: { type, id } });

/** The switches that all copies of the document have. */
const switches = {
	copy_project_members: true,
	copy_boards: true,
	copy_task_lists: true,
	copy_tasks: true,
	copy_task_comments: false,
	copy_task_subscribers: false,
	copy_assignees: false,
	copy_tags: false,
	copy_estimate: true,
};
const name = 'This is a name';

function copied({ id, company }: Project) {
	const ids = { template_id: Number(id), company_id: Number(company), project_type_id: 2 };
	return { name, ...ids, ...switches, copy_views: true };
}

function copying(attributes: object): Raw {
	return { method: 'POST', path: '/projects/copy', json: { data: { type: 'projects', attributes } } };
}

/** Fills in the form of a copy with just these; the document sends no others. */
function copy(session: Session, id: string, values: object) {
	const untouched = { description: undefined, public_access: undefined, copy_views: undefined };
	return operate(session, id, 'copy', {
		...untouched,
		copy_budgets: undefined,
		copy_as_template: undefined,
		...values,
	});
}

function copyValues({ id, company }: Project) {
	return { name, template_id: id, company_id: company, project_type_id: '2', ...switches, copy_views: true };
}

function madeIs(attributes: Readonly<Record<string, unknown>>) {
	return (outcome: unknown, _session: Session, _given: unknown, { server }: Practice) => {
		const { made } = outcome as Outcome;
		const rows = server.state['projects'] as readonly Readonly<Record<string, unknown>>[];
		const row = rows.find(({ id }) => String(id) === made?.workspace.id);
		assert.partialDeepStrictEqual(row, attributes);
		assert.equal(made?.workspace.name, name);
	};
}

const projectNow = ({ server }: Practice, { id }: Project) =>
	(server.state['projects'] as readonly Readonly<Record<string, unknown>>[]).find((row) => String(row['id']) === id);

/** Every status of the one workflow, each with the first or the second of the other. */
const statusMap = ({ statuses, others }: Project) =>
	Object.fromEntries(statuses.map((id, at) => [id, others[at === 1 ? 1 : 0] ?? '']));
const listMap = ({ lists, statuses }: Project) =>
	Object.fromEntries(lists.slice(0, 3).map((id, at) => [id, statuses[at] ?? '']));
const asNumbers = (map: Readonly<Record<string, string>>) =>
	Object.fromEntries(Object.entries(map).map(([from, to]) => [from, to === '0' ? to : Number(to)]));

function changing({ id }: Project, workflow: string, map?: Readonly<Record<string, string>>): Raw {
	const attributes = map ? { map: asNumbers(map) } : {};
	return patching(`/projects/${id}/change_workflow`, attributes, { workflow: linkedTo('workflows', workflow) });
}

const mapping = ({ id }: Project, map?: Readonly<Record<string, string>>) =>
	patching(`/projects/${id}/map_to_workflow`, map ? { map: asNumbers(map) } : {});

const without = (map: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(map).slice(1));
const invalidTo = (map: Readonly<Record<string, string>>) =>
	Object.fromEntries(Object.entries(map).map(([from, to], at) => [from, at === 1 ? '0' : to]));
const incomplete = 'a map that is not complete is refused in the form';

seedTable(
	{
		provider: productive,
		title: 'Projects',
		documented: 26,
		headers: ({ token, organizationId }) => ({
			'x-auth-token': String(token),
			'x-organization-id': String(organizationId),
			'content-type': 'application/vnd.api+json',
		}),
	},
	[
		exchange({
			request: 'GET /projects',
			send: () => ({ method: 'GET', path: '/projects' }),
			status: 200,
			headers: { 'content-type': 'application/vnd.api+json; charset=utf-8' },
			answer: () =>
				documented(
					{
						data: [project],
						links: { first: 'http://api-test.productive.io/', last: 'http://api-test.productive.io/' },
						meta: { current_page: 1, total_pages: 1, total_count: 3, page_size: 30, max_page_size: 200 },
					},
					{ 'meta.page_size': 30, 'meta.max_page_size': 200, 'meta.current_page': 1 },
				),
			provider: {
				run: (session) => session.workspaces(signal()),
				gets: (page) => assert.ok((page as { items: readonly Workspace[] }).items.length > 5),
				besides: ['filter[status]', 'include', 'sort', 'page[number]', 'page[size]'],
			},
		}),
		exchange({
			request: 'GET /projects/{id}',
			given: aProject,
			send: ({ id }) => ({ method: 'GET', path: `/projects/${id}` }),
			status: 200,
			answer: ({ id }) => shownOne(id),
			provider: {
				async run(session, { id }) {
					const [edit] = session.operations?.workspace ?? [];
					return edit?.begin(await workspaceOf(session, id), signal());
				},
				gets: (form) => assert.ok(form),
				besides: ['include'],
			},
		}),
		exchange({
			request: 'POST /projects',
			given: aProject,
			send: ({ company, manager, workflow }) => ({
				method: 'POST',
				path: '/projects',
				json: {
					data: {
						type: 'projects',
						attributes: { name: 'test name', project_type_id: 2 },
						relationships: {
							company: linkedTo('companies', company),
							project_manager: linkedTo('people', manager),
							workflow: linkedTo('workflows', workflow),
						},
					},
				},
			}),
			status: 201,
			answer: () =>
				shownNew({
					name: 'test name',
					project_type_id: 2,
					public_access: false,
					time_on_tasks: false,
					template: false,
				}),
			provider: {
				async run(session, { company, manager, workflow }) {
					const form = session.workspaceCreation?.form();
					assert.ok(form);
					return fillIn(form, { name: 'test name', type: '2', company, manager, workflow });
				},
				gets: (made) => assert.equal((made as Workspace).name, 'test name'),
			},
		}),
		exchange({
			request: 'POST /projects',
			about: 'no workflow',
			send: () => ({
				method: 'POST',
				path: '/projects',
				json: { data: { type: 'projects', attributes: { name: '' } } },
			}),
			status: 422,
			answer: () => invalid(['workflow', wrong]),
			provider: {
				never: 'the form needs a name and a workflow',
				async run(session) {
					const form = session.workspaceCreation?.form();
					assert.ok(form);
					return fillIn(form, { name: '' });
				},
				fields: ['name', 'workflow'],
			},
		}),
		exchange({
			request: 'PATCH /projects/{id}',
			given: aProject,
			send: ({ id }) => patching(`/projects/${id}`, { name: 'new name' }),
			status: 200,
			answer: ({ id }) => shownOne(id, { name: 'new name' }),
			provider: {
				run: (session, { id }) => operate(session, id, 'edit', { name: 'new name' }),
				gets: async (_, session, { id }) => assert.equal((await workspaceOf(session, id)).name, 'new name'),
			},
		}),
		exchange({
			request: 'PATCH /projects/{id}',
			about: 'blank name',
			given: aProject,
			send: ({ id }) => patching(`/projects/${id}`, { name: '' }),
			status: 422,
			answer: () => invalid(['name', blank]),
			provider: {
				run: (session, { id }) => operate(session, id, 'edit', { name: '' }, true),
				refused: { fields: ['name'], says: /can't be blank/ },
			},
		}),
		exchange({
			request: 'PATCH /projects/{id}',
			about: 'does not change the workflow',
			given: aProject,
			send: ({ id, other }) => patching(`/projects/${id}`, { workflow_id: Number(other) }),
			status: 200,
			answer: ({ id }) => shownOne(id),
			provider: { never: 'the vendor takes it and changes nothing' },
		}),
		exchange({
			request: 'PATCH /projects/{id}/archive',
			given: aProject,
			send: ({ id }) => ({ method: 'PATCH', path: `/projects/${id}/archive` }),
			status: 200,
			answer: ({ id }) =>
				documented(
					{ ...one, data: { ...project, attributes: { ...project.attributes, archived_at: '2024' } } },
					{ 'data.id': id },
				),
			provider: {
				run: (session, { id }) => operate(session, id, 'archive'),
				gets: async (_, session, { id }) => assert.equal((await workspaceOf(session, id)).archived, true),
			},
		}),
		exchange({
			request: 'PATCH /projects/{id}/restore',
			given: async (practice) => {
				const found = await aProject(practice);
				await practice.ask({ method: 'PATCH', path: `/projects/${found.id}/archive` });
				return found;
			},
			send: ({ id }) => ({ method: 'PATCH', path: `/projects/${id}/restore` }),
			status: 200,
			answer: ({ id }) => shownOne(id, { archived_at: null }),
			provider: {
				run: (session, { id }) => operate(session, id, 'restore'),
				gets: async (_, session, { id }) => assert.equal((await workspaceOf(session, id)).archived, false),
			},
		}),
		exchange({
			request: 'DELETE /projects/{id}',
			given: aProject,
			send: ({ id }) => ({ method: 'DELETE', path: `/projects/${id}` }),
			status: 204,
			answer: () => undefined,
			provider: {
				run: (session, { id }) => operate(session, id, 'delete'),
				gets: async (_, session, { id }) =>
					assert.ok(!(await allWorkspaces(session)).some((workspace) => workspace.id === id)),
			},
		}),
		exchange<Project>({
			request: 'POST /projects/copy',
			given: aProject,
			send: (given) => copying(copied(given)),
			status: 201,
			answer: () => shownNew({ name, project_type_id: 2, public_access: true, template: false }),
			provider: {
				run: (session, given) => copy(session, given.id, copyValues(given)),
				gets: madeIs({ template: false }),
			},
		}),
		exchange<Project>({
			request: 'POST /projects/copy',
			about: 'with budgets',
			given: aProject,
			send: (given) => copying({ ...copied(given), copy_budgets: true }),
			status: 201,
			answer: () => shownNew({ name, project_type_id: 2, public_access: true, template: false }),
			provider: {
				run: (session, given) => copy(session, given.id, { ...copyValues(given), copy_budgets: true }),
				gets: madeIs({ template: false }),
			},
		}),
		exchange<Project>({
			request: 'POST /projects/copy',
			about: 'an internal project that is not public',
			given: aProject,
			send: ({ id }) =>
				copying({ name, public_access: false, template_id: Number(id), project_type_id: 1, ...switches }),
			status: 201,
			answer: () => shownNew({ name, project_type_id: 1, public_access: false, template: false }),
			provider: {
				run: (session, { id }) =>
					copy(session, id, { name, public_access: false, template_id: id, project_type_id: '1', ...switches }),
				gets: madeIs({ public_access: false, project_type_id: 1, company_id: null }),
			},
		}),
		exchange<Project>({
			request: 'POST /projects/copy',
			about: 'nothing filled in',
			given: aProject,
			send: () => copying({}),
			status: 422,
			answer: () =>
				invalid(
					['name', blank],
					['template_id', blank],
					['project_type_id', blank],
					['project_type_id', 'is not included in the list'],
				),
			provider: {
				async run(session, { id }) {
					const operation = session.operations?.workspace?.find((each) => each.id === 'copy');
					const form = await operation?.begin(await workspaceOf(session, id), signal());
					return form?.submit({}, signal());
				},
				refused: { fields: ['name', 'template_id', 'project_type_id'], says: /is not included in the list/ },
			},
		}),
		exchange<Project>({
			request: 'POST /projects/copy',
			about: 'as a template',
			given: aProject,
			send: (given) => copying({ ...copied(given), description: 'This is a description', copy_as_template: true }),
			status: 201,
			answer: () =>
				shownNew({
					name,
					description: 'This is a description',
					template: true,
					number: null,
					project_number: null,
					project_type_id: 2,
				}),
			provider: {
				run: (session, given) =>
					copy(session, given.id, {
						...copyValues(given),
						description: 'This is a description',
						copy_as_template: true,
					}),
				gets: (outcome, session, given, practice) => {
					madeIs({ template: true, description: 'This is a description' })(outcome, session, given, practice);
					assert.equal((outcome as Outcome).made?.workspace.group, 'Project template');
				},
			},
		}),
		exchange<Project & { readonly template: string }>({
			request: 'POST /projects/copy',
			about: 'from a template',
			given: aTemplate,
			send: ({ template, ...given }) =>
				copying({ ...copied(given), template_id: Number(template), copy_as_template: false }),
			status: 201,
			answer: () => shownNew({ name, template: false, project_type_id: 2 }),
			provider: {
				run: (session, { template, ...given }) =>
					copy(session, given.id, { ...copyValues(given), template_id: template, copy_as_template: false }),
				gets: madeIs({ template: false }),
			},
		}),
		exchange({
			request: 'PATCH /projects/{id}/change_workflow',
			given: aProject,
			send: (given) => changing(given, given.other, statusMap(given)),
			status: 200,
			answer: ({ id }) => shownOne(id),
			provider: {
				run: (session, given) =>
					operate(session, given.id, 'changeWorkflow', { workflow: given.other, map: statusMap(given) }),
				gets: (_outcome, _session, given, practice) =>
					assert.equal(String(projectNow(practice, given)?.['workflow_id']), given.other),
			},
		}),
		exchange({
			request: 'PATCH /projects/{id}/change_workflow',
			about: 'an empty map and a workflow without a closed status',
			given: aProject,
			send: (given) => changing(given, given.unusable, {}),
			status: 422,
			answer: () =>
				invalid(
					['map', blank],
					['workflow', 'must have 2 (including one closed) or more workflow statuses defined'],
					['map', "doesn't contain all statuses from current project workflow"],
				),
			provider: {
				never: incomplete,
				run: (session, given) =>
					operate(session, given.id, 'changeWorkflow', { workflow: given.unusable, map: {} }, true),
				fields: ['map'],
			},
		}),
		exchange({
			request: 'PATCH /projects/{id}/change_workflow',
			about: 'an unknown workflow',
			given: aProject,
			send: (given) => changing(given, '0', statusMap(given)),
			status: 422,
			answer: () => invalid(['workflow', wrong]),
			provider: {
				run: (session, given) => operate(session, given.id, 'changeWorkflow', { workflow: '0', map: statusMap(given) }),
				refused: { fields: ['workflow'], says: /attribute is invalid/ },
			},
		}),
		exchange({
			request: 'PATCH /projects/{id}/change_workflow',
			about: 'no map',
			given: aProject,
			send: (given) => changing(given, given.other),
			status: 422,
			answer: () => invalid(['map', blank]),
			provider: {
				never: incomplete,
				run: (session, given) => operate(session, given.id, 'changeWorkflow', { workflow: given.other }),
				fields: ['map'],
			},
		}),
		exchange({
			request: 'PATCH /projects/{id}/change_workflow',
			about: 'a map without one status',
			given: aProject,
			send: (given) => changing(given, given.other, without(statusMap(given))),
			status: 422,
			answer: () => invalid(['map', "doesn't contain all statuses from current project workflow"]),
			provider: {
				never: incomplete,
				run: (session, given) =>
					operate(session, given.id, 'changeWorkflow', { workflow: given.other, map: without(statusMap(given)) }),
				fields: ['map'],
			},
		}),
		exchange({
			request: 'PATCH /projects/{id}/change_workflow',
			about: 'a map to an unknown status',
			given: aProject,
			send: (given) => changing(given, given.other, invalidTo(statusMap(given))),
			status: 422,
			answer: () => invalid(['map', 'contains invalid statuses']),
			provider: {
				run: (session, given) =>
					operate(session, given.id, 'changeWorkflow', { workflow: given.other, map: invalidTo(statusMap(given)) }),
				refused: { fields: ['map'], says: /contains invalid statuses/ },
			},
		}),
		exchange({
			request: 'PATCH /projects/{id}/map_to_workflow',
			given: aProject,
			send: (given) => mapping(given, listMap(given)),
			status: 200,
			answer: ({ id }) => shownOne(id),
			provider: {
				run: (session, given) => operate(session, given.id, 'mapToWorkflow', { map: listMap(given) }),
				gets: (_outcome, _session, given, { server }) => {
					const map = listMap(given);
					const tasks = server.state['tasks'] as readonly Readonly<Record<string, unknown>>[];
					const own = tasks.filter((task) => String(task['task_list_id']) in map);
					assert.ok(own.length > 0);
					assert.ok(own.every((task) => String(task['workflow_status_id']) === map[String(task['task_list_id'])]));
				},
			},
		}),
		exchange({
			request: 'PATCH /projects/{id}/map_to_workflow',
			about: 'no map',
			given: aProject,
			send: (given) => mapping(given),
			status: 422,
			answer: () => invalid(['map', blank]),
			provider: {
				never: 'one status at least has to be chosen in the form',
				run: (session, given) => operate(session, given.id, 'mapToWorkflow'),
				fields: ['map'],
			},
		}),
		exchange({
			request: 'PATCH /projects/{id}/map_to_workflow',
			about: 'a task list that is not there',
			given: aProject,
			send: (given) => mapping(given, { ...listMap(given), 0: given.statuses[0] ?? '' }),
			status: 422,
			answer: () => invalid(['map', 'contains invalid task_list_id']),
			provider: {
				run: (session, given) =>
					operate(session, given.id, 'mapToWorkflow', { map: { ...listMap(given), 0: given.statuses[0] ?? '' } }),
				refused: { fields: ['map'], says: /contains invalid task_list_id/ },
			},
		}),
		exchange({
			request: 'PATCH /projects/{id}/map_to_workflow',
			about: 'an unknown status',
			given: aProject,
			send: (given) => mapping(given, invalidTo(listMap(given))),
			status: 422,
			answer: () => invalid(['map', 'contains invalid statuses']),
			provider: {
				run: (session, given) => operate(session, given.id, 'mapToWorkflow', { map: invalidTo(listMap(given)) }),
				refused: { fields: ['map'], says: /contains invalid statuses/ },
			},
		}),
	],
);
