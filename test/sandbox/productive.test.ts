import assert from 'node:assert/strict';
import { doorkeeper } from '../../src/sandbox/productive/doorkeeper.ts';
import { Refusal } from '../../src/sandbox/productive/replies.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';

/* oxlint-disable typescript/no-explicit-any -- raw answers are looked at as they come */
type Json = any;

const pointer = (name: string) => `data/attributes/${name}`;
const seedAttributes = [
	'name',
	'number',
	'project_number',
	'project_type_id',
	'project_color_id',
	'last_activity_at',
	'public_access',
	'time_on_tasks',
	'tag_colors',
	'archived_at',
	'created_at',
	'template',
	'custom_fields',
	'task_custom_fields_ids',
	'sample_data',
];
const seedRelations = [
	'organization',
	'company',
	'project_manager',
	'last_actor',
	'workflow',
	'custom_field_people',
	'template_object',
];

let server: TestVendor;
let base: string;
let headers: Record<string, string>;
let now: number;

function serveEachTest(): void {
	beforeEach(async () => {
		now = Date.UTC(2026, 10, 22, 8);
		server = await startVendor('productive', { clock: () => now });
		base = String(server.address['url']);
		headers = {
			'content-type': 'application/vnd.api+json',
			'x-auth-token': String(server.address['token']),
			'x-organization-id': String(server.address['organizationId']),
		};
	});
	afterEach(() => server.close());
}

function parsed(text: string): Json {
	return text ? JSON.parse(text) : undefined;
}

async function ask(method: string, path: string, body?: unknown, more: Record<string, string | undefined> = {}) {
	const sent = Object.entries({ ...headers, ...more }).filter(
		(pair): pair is [string, string] => pair[1] !== undefined,
	);
	const response = await fetch(base + path, {
		method,
		headers: sent,
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	const text = await response.text();
	return { status: response.status, headers: response.headers, body: parsed(text) };
}

const write = (method: string, path: string, attributes: object, relationships?: object) =>
	ask(method, path, { data: { type: 'projects', attributes, ...(relationships ? { relationships } : {}) } });

const workflowData = (id: string) => ({ workflow: { data: { type: 'workflows', id } } });

async function ids(path: string): Promise<string[]> {
	const { body } = await ask('GET', path);
	return body.data.map(({ id }: Json) => id);
}

async function projectAndWorkflows() {
	const [project = ''] = await ids('/projects?filter[status]=1&filter[project_type]=2&page[size]=1');
	const { body } = await ask('GET', `/projects/${project}?include=workflow`);
	const current: string = body.data.relationships.workflow.data.id;
	const { body: workflows } = await ask('GET', '/workflows');
	const named = (name: string): string => workflows.data.find((one: Json) => one.attributes.name === name).id;
	const other = named('Redaktion');
	const from = await ids(`/workflow_statuses?filter[workflow_id]=${current}`);
	const to = (await ids(`/workflow_statuses?filter[workflow_id]=${other}`)).map(Number);
	return { project, current, other, unusable: named('Unfinished'), from, to };
}

function assertProject({ data, meta }: Json, without: readonly string[] = []): void {
	assert.equal(data.type, 'projects');
	assert.match(data.id, /^\d+$/);
	const shown = Object.keys(data.attributes).filter((name) => name !== 'description');
	assert.deepEqual(shown, seedAttributes);
	assert.deepEqual(Object.keys(data.relationships), seedRelations);
	assert.deepEqual(data.relationships.organization.data, { type: 'organizations', id: headers['x-organization-id'] });
	for (const name of seedRelations.slice(1).filter((one) => !without.includes(one))) {
		assert.deepEqual(data.relationships[name], { meta: { included: false } });
	}
	assert.deepEqual(meta, {});
}

function assertInvalid({ status, body }: Json, ...expected: [name: string, detail: string][]): void {
	assert.equal(status, 422);
	const one = ([name, detail]: [string, string]) => ({
		status: '422',
		code: 'invalid_attribute',
		title: 'Invalid Attribute',
		detail,
		source: { pointer: pointer(name) },
	});
	assert.deepEqual(body, { errors: expected.map(one) });
}

const copyOf = (template: string, more: object = {}) => ({
	name: 'This is a name',
	template_id: Number(template),
	project_type_id: 2,
	copy_project_members: true,
	copy_boards: true,
	copy_task_lists: true,
	copy_tasks: true,
	copy_task_comments: false,
	copy_task_subscribers: false,
	copy_assignees: false,
	copy_tags: false,
	copy_estimate: true,
	...more,
});

describe('seed exchanges of Productive’s projects page', () => {
	serveEachTest();

	it('returns projects', async () => {
		const { status, headers, body } = await ask('GET', '/projects');
		assert.equal(status, 200);
		assert.equal(headers.get('content-type'), 'application/vnd.api+json; charset=utf-8');
		assertProject({ data: body.data[0], meta: {} });
		assert.deepEqual(body.links, {
			first: `${base}/projects?page%5Bnumber%5D=1&page%5Bsize%5D=30`,
			last: `${base}/projects?page%5Bnumber%5D=1&page%5Bsize%5D=30`,
		});
		assert.deepEqual(body.meta, {
			current_page: 1,
			total_pages: 1,
			total_count: body.data.length,
			page_size: 30,
			max_page_size: 200,
		});
	});

	it('returns the projects that each filter of the page leaves, archived ones among them', async () => {
		const { body } = await ask('GET', '/projects?include=company,project_manager');
		const all: Json[] = body.data;
		const related = ({ relationships }: Json, name: string): string | undefined => relationships[name].data?.id;
		const one = all[1];
		const [company, person] = [related(one, 'company'), related(one, 'project_manager')];
		const wanted: [filter: string, keeps: (project: Json) => boolean][] = [
			[`[id]=${one.id},${all[2].id}`, ({ id }) => [one.id, all[2].id].includes(id)],
			['[project_type]=1', ({ attributes }) => attributes.project_type_id === 1],
			['[project_type]=2', ({ attributes }) => attributes.project_type_id === 2],
			[`[company_id]=${company}`, (project) => related(project, 'company') === company],
			[`[responsible_id]=${person}`, (project) => related(project, 'project_manager') === person],
			[`[person_id]=${person}`, (project) => related(project, 'project_manager') === person],
			['[status]=1', ({ attributes }) => attributes.archived_at === null],
			['[status]=2', ({ attributes }) => attributes.archived_at !== null],
			['[query]=harbour', ({ attributes }) => /harbour/i.test(attributes.name)],
		];
		for (const [filter, keeps] of wanted) {
			const expected = all.filter(keeps).map(({ id }) => id);
			assert.ok(expected.length > 0 && expected.length < all.length, filter);
			assert.deepEqual(await ids(`/projects?filter${filter}`), expected, filter);
		}
	});

	it('returns a project', async () => {
		const [id] = await ids('/projects');
		const { status, body } = await ask('GET', `/projects/${id}`);
		assert.equal(status, 200);
		assert.equal(body.data.id, id);
		assertProject(body);
	});

	it('creates a project', async () => {
		const [company] = await ids('/companies');
		const [person] = await ids('/people');
		const [workflow = ''] = await ids('/workflows');
		const { status, body } = await write(
			'POST',
			'/projects',
			{ name: 'test name', project_type_id: 2 },
			{
				company: { data: { type: 'companies', id: company } },
				project_manager: { data: { type: 'people', id: person } },
				...workflowData(workflow),
			},
		);
		assert.equal(status, 201);
		assertProject(body);
		assert.equal(body.data.attributes.name, 'test name');
		assert.equal(body.data.attributes.public_access, false);
		assert.equal(body.data.attributes.time_on_tasks, false);
		assert.equal(body.data.attributes.number, '13');
		assert.equal('description' in body.data.attributes, false);
		const related = await ask('GET', `/projects/${body.data.id}?include=company,project_manager,workflow`);
		assert.equal(related.body.data.relationships.company.data.id, company);
	});

	it('answers a blank name without a workflow with the workflow alone', async () => {
		assertInvalid(await write('POST', '/projects', { name: '' }), ['workflow', 'attribute is invalid']);
	});

	it('updates a project', async () => {
		const [id] = await ids('/projects');
		const { status, body } = await write('PATCH', `/projects/${id}`, { name: 'new name' });
		assert.equal(status, 200);
		assertProject(body);
		assert.equal(body.data.attributes.name, 'new name');
		assert.equal((await ask('GET', `/projects/${id}`)).body.data.attributes.name, 'new name');
	});

	it('refuses a blank name', async () => {
		const [id] = await ids('/projects');
		assertInvalid(await write('PATCH', `/projects/${id}`, { name: '' }), ['name', "can't be blank"]);
	});

	it('does not change the workflow of a project that is updated', async () => {
		const { project, current, other } = await projectAndWorkflows();
		const { status } = await write('PATCH', `/projects/${project}`, { workflow_id: Number(other) });
		assert.equal(status, 200);
		const after = await ask('GET', `/projects/${project}?include=workflow`);
		assert.equal(after.body.data.relationships.workflow.data.id, current);
	});

	it('archives a project', async () => {
		const [id] = await ids('/projects?filter[status]=1');
		const { status, body } = await ask('PATCH', `/projects/${id}/archive`);
		assert.equal(status, 200);
		assertProject(body);
		assert.equal(body.data.attributes.archived_at, '2026-11-22T09:00:00.000+01:00');
		assert.ok((await ids('/projects?filter[status]=2')).includes(String(id)));
	});

	it('restores a project', async () => {
		const [id] = await ids('/projects?filter[status]=2');
		const { status, body } = await ask('PATCH', `/projects/${id}/restore`);
		assert.equal(status, 200);
		assertProject(body);
		assert.equal(body.data.attributes.archived_at, null);
	});

	it('deletes a project', async () => {
		const [id] = await ids('/projects');
		const { status, body } = await ask('DELETE', `/projects/${id}`);
		assert.equal(status, 204);
		assert.equal(body, undefined);
		assert.equal((await ask('GET', `/projects/${id}`)).status, 404);
		assert.deepEqual(await ids(`/folders?filter[project_id]=${id}`), []);
	});

	it('copies a project', async () => {
		const [template = ''] = await ids('/projects');
		const [company] = await ids('/companies');
		const { status, body } = await write(
			'POST',
			'/projects/copy',
			copyOf(template, { company_id: Number(company), copy_views: true }),
		);
		assert.equal(status, 201);
		assertProject(body);
		assert.equal(body.data.attributes.public_access, true);
		assert.equal(body.data.attributes.number, '13');
		assert.equal((await ids(`/folders?filter[project_id]=${body.data.id}`)).length, 3);
	});

	it('copies a project with its budgets', async () => {
		const [template = ''] = await ids('/projects');
		const [company] = await ids('/companies');
		const more = { company_id: Number(company), copy_views: true, copy_budgets: true };
		const { status, body } = await write('POST', '/projects/copy', copyOf(template, more));
		assert.equal(status, 201);
		assertProject(body);
	});

	it('copies a project as an internal one without public access', async () => {
		const [template = ''] = await ids('/projects');
		const { status, body } = await write(
			'POST',
			'/projects/copy',
			copyOf(template, { project_type_id: 1, public_access: false }),
		);
		assert.equal(status, 201);
		assertProject(body);
		assert.equal(body.data.attributes.project_type_id, 1);
		assert.equal(body.data.attributes.public_access, false);
	});

	it('refuses a copy of nothing with four errors in order', async () => {
		assertInvalid(
			await write('POST', '/projects/copy', {}),
			['name', "can't be blank"],
			['template_id', "can't be blank"],
			['project_type_id', "can't be blank"],
			['project_type_id', 'is not included in the list'],
		);
	});

	it('copies a project as a template, which has no number', async () => {
		const body = await copyAsTemplate();
		assertProject(body);
		const { template, number, project_number, description } = body.data.attributes;
		assert.deepEqual(
			{ template, number, project_number, description },
			{ template: true, number: null, project_number: null, description: 'This is a description' },
		);
	});

	it('copies a template as a project with the next number', async () => {
		const template = await copyAsTemplate();
		const [company] = await ids('/companies');
		const more = { company_id: Number(company), copy_views: true, copy_as_template: false };
		const { status, body } = await write('POST', '/projects/copy', copyOf(template.data.id, more));
		assert.equal(status, 201);
		assertProject(body);
		assert.equal(body.data.attributes.template, false);
		assert.equal(body.data.attributes.number, '13');
		assert.equal('description' in body.data.attributes, false);
	});

	async function copyAsTemplate(): Promise<Json> {
		const [template = ''] = await ids('/projects');
		const [company] = await ids('/companies');
		const more = { description: 'This is a description', company_id: Number(company), copy_views: true };
		const { status, body } = await write(
			'POST',
			'/projects/copy',
			copyOf(template, { ...more, copy_as_template: true }),
		);
		assert.equal(status, 201);
		return body;
	}

	it('changes a project’s workflow and maps its tasks', async () => {
		const { project, other, from, to } = await projectAndWorkflows();
		const map = Object.fromEntries(from.map((id) => [id, to[0]]));
		const { status, body } = await write('PATCH', `/projects/${project}/change_workflow`, { map }, workflowData(other));
		assert.equal(status, 200);
		assertProject(body);
		const after = await ask('GET', `/projects/${project}?include=workflow`);
		assert.equal(after.body.data.relationships.workflow.data.id, other);
		const tasks = await ask('GET', `/tasks?filter[project_id]=${project}&include=workflow_status&page[size]=200`);
		assert.deepEqual(
			new Set(tasks.body.data.map((task: Json) => task.relationships.workflow_status.data.id)),
			new Set([String(to[0])]),
		);
	});

	it('answers an empty map and an unusable workflow with three errors in order', async () => {
		const { project, unusable } = await projectAndWorkflows();
		assertInvalid(
			await write('PATCH', `/projects/${project}/change_workflow`, { map: {} }, workflowData(unusable)),
			['map', "can't be blank"],
			['workflow', 'must have 2 (including one closed) or more workflow statuses defined'],
			['map', "doesn't contain all statuses from current project workflow"],
		);
	});

	it('answers an unknown workflow with that alone', async () => {
		const { project, from, to } = await projectAndWorkflows();
		const map = Object.fromEntries(from.map((id) => [id, to[0]]));
		assertInvalid(await write('PATCH', `/projects/${project}/change_workflow`, { map }, workflowData('0')), [
			'workflow',
			'attribute is invalid',
		]);
	});

	it('answers a missing map with that alone', async () => {
		const { project, other } = await projectAndWorkflows();
		assertInvalid(await write('PATCH', `/projects/${project}/change_workflow`, {}, workflowData(other)), [
			'map',
			"can't be blank",
		]);
	});

	it('answers a map that lacks a status of the current workflow', async () => {
		const { project, other, from, to } = await projectAndWorkflows();
		const map = Object.fromEntries(from.slice(1).map((id) => [id, to[0]]));
		assertInvalid(await write('PATCH', `/projects/${project}/change_workflow`, { map }, workflowData(other)), [
			'map',
			"doesn't contain all statuses from current project workflow",
		]);
	});

	it('answers a map to something that is no status of the new workflow', async () => {
		const { project, other, from, to } = await projectAndWorkflows();
		const map = Object.fromEntries(from.map((id, at) => [id, at === 1 ? '0' : to[0]]));
		assertInvalid(await write('PATCH', `/projects/${project}/change_workflow`, { map }, workflowData(other)), [
			'map',
			'contains invalid statuses',
		]);
	});

	it('maps tasks from task lists to statuses', async () => {
		const { project, from } = await projectAndWorkflows();
		const lists = await ids(`/task_lists?filter[project_id]=${project}`);
		const map = Object.fromEntries(lists.map((id) => [id, Number(from[1])]));
		const { status, body } = await write('PATCH', `/projects/${project}/map_to_workflow`, { map });
		assert.equal(status, 200);
		assertProject(body);
		const tasks = await ask(
			'GET',
			`/tasks?filter[project_id]=${project}&filter[workflow_status_id][not_eq]=${from[1]}`,
		);
		assert.equal(tasks.body.meta.total_count, 0);
	});

	it('refuses to map task lists without a map', async () => {
		const { project } = await projectAndWorkflows();
		assertInvalid(await write('PATCH', `/projects/${project}/map_to_workflow`, {}), ['map', "can't be blank"]);
	});

	it('refuses to map something that is no task list', async () => {
		const { project, from } = await projectAndWorkflows();
		const [list = ''] = await ids(`/task_lists?filter[project_id]=${project}`);
		const map = { 0: Number(from[0]), [list]: Number(from[1]) };
		assertInvalid(await write('PATCH', `/projects/${project}/map_to_workflow`, { map }), [
			'map',
			'contains invalid task_list_id',
		]);
	});

	it('refuses to map a task list to something that is no status', async () => {
		const { project, from } = await projectAndWorkflows();
		const [first = '', second = ''] = await ids(`/task_lists?filter[project_id]=${project}`);
		const map = { [first]: Number(from[0]), [second]: '0' };
		assertInvalid(await write('PATCH', `/projects/${project}/map_to_workflow`, { map }), [
			'map',
			'contains invalid statuses',
		]);
	});
});

describe('Productive’s sandbox is as strict as the vendor', () => {
	serveEachTest();

	for (const [reason, more, status, title] of [
		['an unknown token', { 'x-auth-token': 'nobody' }, 401, 'Unauthenticated'],
		['no token', { 'x-auth-token': undefined }, 401, 'Unauthenticated'],
		['no organization', { 'x-organization-id': undefined }, 401, 'Unauthenticated'],
		['somebody else’s organization', { 'x-organization-id': '9' }, 403, 'Access Denied'],
		['a content type of plain JSON even on GET', { 'content-type': 'application/json' }, 415, 'Unsupported Media Type'],
		['no content type', { 'content-type': undefined }, 415, 'Unsupported Media Type'],
	] as const) {
		it(`refuses ${reason}`, async () => {
			const answer = await ask('GET', '/projects', undefined, more);
			assert.equal(answer.status, status);
			assert.equal(answer.body.errors[0].status, status);
			assert.equal(answer.body.errors[0].title, title);
		});
	}

	for (const [path, title] of [
		['/projects?filter[colour]=1', 'Unsupported Filter'],
		['/task_lists?filter[name]=a', 'Unsupported Filter'],
		['/folders?filter[project_id][contains]=1', 'Unsupported Filter'],
		['/projects?filter[status]=active', 'Unsupported Filter Value'],
		['/projects?filter[$op]=xor&filter[0][name]=a', 'Unsupported Filter'],
		['/projects?filter[$op][and]=1', 'Unsupported Filter'],
		['/folders?filter[$op]=or&filter[project_id]=1', 'Unsupported Filter'],
		['/projects?filter[name][toString]=a', 'Unsupported Filter'],
		['/projects?filter[__proto__]=a', 'Unsupported Filter'],
		['/projects?filter[status]=1&filter[status]=2', 'Unsupported Filter'],
		['/projects?sort=colour', 'Unsupported Sort'],
		['/task_lists?sort=placement', 'Unsupported Sort'],
		['/projects?include=colour', 'Unsupported Include'],
		['/tasks?include=board', 'Unsupported Include'],
		['/projects?colour=1', 'Unsupported Parameter'],
		['/projects?page[size]=all', 'Unsupported Parameter'],
		['/organizations/4410?colour=1', 'Unsupported Parameter'],
		['/organizations/4410?include=colour', 'Unsupported Include'],
	] as const) {
		it(`refuses ${path}`, async () => {
			const { status, body } = await ask('GET', path);
			assert.equal(status, 400);
			assert.equal(body.errors[0].title, title);
		});
	}

	it('does not know another organization’s records', async () => {
		const [project] = await ids('/projects');
		const { status, body } = await ask('GET', `/projects/${project}`, undefined, { 'x-organization-id': '4411' });
		assert.equal(status, 404);
		assert.deepEqual(body.errors[0], {
			status: 404,
			title: 'Record Not Found',
			detail: 'The requested record was not found',
		});
	});

	it('lets a read-only token read and nothing else', async () => {
		const { token } = server.state['readOnly'] as { token: string };
		const [project] = await ids('/projects');
		assert.equal((await ask('GET', `/projects/${project}`, undefined, { 'x-auth-token': token })).status, 200);
		const { status, body } = await ask('PATCH', `/projects/${project}/archive`, undefined, { 'x-auth-token': token });
		assert.equal(status, 403);
		assert.equal(body.errors[0].detail, 'You are not authorized to access this resource');
	});

	it('refuses another type, an unknown attribute and no document', async () => {
		const [project] = await ids('/projects');
		assert.equal((await ask('PATCH', `/projects/${project}`, { data: { type: 'tasks', attributes: {} } })).status, 409);
		assert.equal((await write('PATCH', `/projects/${project}`, { colour: 1 })).status, 400);
		assert.equal((await ask('PATCH', `/projects/${project}`, { name: 'x' })).status, 400);
	});

	it('looks at the parameters of a write before it does anything', async () => {
		const [project] = await ids('/projects?filter[status]=1');
		for (const query of ['?colour=1', '?include=colour', '?page[size]=1']) {
			assert.equal((await ask('PATCH', `/projects/${project}/archive${query}`)).status, 400, query);
			assert.equal((await write('PATCH', `/projects/${project}${query}`, { name: 'Changed' })).status, 400, query);
			assert.equal((await ask('DELETE', `/projects/${project}${query}`)).status, 400, query);
		}
		const { body } = await ask('GET', `/projects/${project}`);
		assert.equal(body.data.attributes.archived_at, null);
		assert.notEqual(body.data.attributes.name, 'Changed');
	});

	it('takes a relation only by a text id and with its type, and an id of the body only where it is the address’s', async () => {
		const [project = ''] = await ids('/projects');
		const related = (data: unknown) => ({
			data: { type: 'folders', attributes: { name: 'A' }, relationships: { project: data } },
		});
		for (const data of [
			{ type: 'tasks', id: project },
			{ type: 'projects', id: Number(project) },
			{ id: project },
			null,
		]) {
			assertInvalid(await ask('POST', '/folders', related({ data })), ['project', 'attribute is invalid']);
		}
		assert.equal((await ask('POST', '/folders', related(null))).status, 400);
		assert.equal((await ask('POST', '/folders', related({ data: { type: 'projects', id: project } }))).status, 201);
		const named = (id: string) => ({ data: { type: 'projects', id, attributes: { name: 'A' } } });
		assert.equal((await ask('PATCH', `/projects/${project}`, named('1'))).status, 409);
		assert.equal((await ask('PATCH', `/projects/${project}`, named(project))).status, 200);
	});

	it('finds nothing by an id that is no number in digits', async () => {
		const [project = ''] = await ids('/projects');
		for (const id of [`0x${Number(project).toString(16)}`, `${project}.0`, `%20${project}`, `${project}e0`]) {
			assert.equal((await ask('GET', `/projects/${id}`)).status, 404, id);
		}
		const attributes = { name: 'A', project_id: [Number(project)] };
		assertInvalid(await ask('POST', '/folders', { data: { type: 'folders', attributes } }), [
			'project',
			'attribute is invalid',
		]);
	});

	it('refuses names that are blank or no text', async () => {
		const [project] = await ids('/projects');
		const [list] = await ids('/task_lists');
		const [page] = await ids('/pages');
		for (const [path, type, name] of [
			[`/projects/${project}`, 'projects', 'name'],
			[`/task_lists/${list}`, 'task_lists', 'name'],
			[`/pages/${page}`, 'pages', 'title'],
		] as const) {
			const rename = (value: unknown) => ask('PATCH', path, { data: { type, attributes: { [name]: value } } });
			for (const value of ['', ' \t', null]) {
				assertInvalid(await rename(value), [name, "can't be blank"]);
			}
			for (const value of [5, true, ['a'], {}]) {
				assertInvalid(await rename(value), [name, 'attribute is invalid']);
			}
		}
	});

	it('refuses a copy for a client without the client, and a map of no task list', async () => {
		const { project } = await projectAndWorkflows();
		assertInvalid(await write('POST', '/projects/copy', copyOf(project)), ['company', "can't be blank"]);
		for (const map of [{}, []]) {
			assertInvalid(await write('PATCH', `/projects/${project}/map_to_workflow`, { map }), ['map', "can't be blank"]);
		}
	});

	it('stops a token after 100 requests in ten seconds and lets it in again afterwards', async () => {
		for (let count = 0; count < 100; count++) {
			assert.equal((await ask('GET', '/organizations')).status, 200);
		}
		const refused = await ask('GET', '/organizations');
		assert.equal(refused.status, 429);
		assert.equal(refused.headers.get('x-ratelimit-reset'), '10');
		assert.deepEqual(refused.body, {
			errors: [{ status: 429, title: 'Too many requests', detail: 'Slow down', limit: 100, period: 10 }],
		});
		now += 10_000;
		assert.equal((await ask('GET', '/organizations')).status, 200);
	});

	it('stops an organization after 4,000 requests in half an hour', async () => {
		// At the door alone: thousands of whole requests took longer than a test may on a busy machine.
		const admit = doorkeeper(() => now);
		const request = new Request(`${base}/organizations/4410`, { headers });
		for (let count = 0; count < 4000; count++) {
			now += count % 100 === 0 ? 10_000 : 0;
			assert.equal(admit(request), 4410);
		}
		now += 10_000;
		const refused = caught(() => admit(request)).reply;
		assert.equal(refused.status, 429);
		assert.equal(refused.headers.get('x-ratelimit-reset'), '1400');
		assert.deepEqual(parsed(await refused.text()).errors, [
			{ status: 429, title: 'Too many requests', detail: 'Slow down', limit: 4000, period: 1800 },
		]);
		now += 1_400_000;
		assert.equal(admit(request), 4410);
	});

	function caught(run: () => unknown): Refusal {
		try {
			run();
		} catch (error) {
			assert.ok(error instanceof Refusal);
			return error;
		}
		throw new assert.AssertionError({ message: 'it was not refused' });
	}
});

describe('Productive’s lists', () => {
	serveEachTest();

	it('pages with 30 to a page and at most 200, with links that keep the question', async () => {
		const first = await ask('GET', '/tasks?filter[status]=1&sort=-title');
		assert.equal(first.body.data.length, 30);
		assert.equal(
			first.body.links.next,
			`${base}/tasks?filter%5Bstatus%5D=1&sort=-title&page%5Bnumber%5D=2&page%5Bsize%5D=30`,
		);
		assert.equal('prev' in first.body.links, false);
		const large = await ask('GET', '/tasks?page[size]=1000');
		assert.equal(large.body.meta.page_size, 200);
		assert.equal(large.body.data.length, 200);
	});

	it('says of an empty list that it has no pages', async () => {
		const { body } = await ask('GET', '/projects?filter[query]=nothing-like-it');
		assert.equal(body.meta.total_pages, 0);
		assert.match(body.links.last, /page%5Bnumber%5D=0/);
	});

	it('understands operations and groups where the page says so', async () => {
		const { body } = await ask(
			'GET',
			'/projects?filter[$op]=or&filter[0][name][contains]=harbour&filter[1][name][contains]=wind',
		);
		assert.deepEqual(
			body.data.map((one: Json) => one.attributes.name),
			['Harbour renewal', 'Wind farm north'],
		);
	});

	it('includes what is asked for, nested too, and nothing else', async () => {
		const { body } = await ask('GET', '/tasks?page[size]=1&include=task_list.folder,assignee');
		const [task] = body.data;
		assert.equal(task.relationships.task_list.data.type, 'task_lists');
		assert.deepEqual(task.relationships.project, { meta: { included: false } });
		const list = body.included.find((one: Json) => one.type === 'task_lists');
		assert.equal(list.relationships.folder.data.type, 'folders');
		assert.ok(body.included.some((one: Json) => one.type === 'folders'));
	});

	it('shows both names of a folder', async () => {
		const [folder] = await ids('/folders');
		assert.equal((await ask('GET', `/folders/${folder}`)).body.data.type, 'folders');
		assert.equal((await ask('GET', `/boards/${folder}`)).body.data.type, 'boards');
	});

	it('lists the memberships of the token’s person in both organizations', async () => {
		const { body } = await ask('GET', '/organization_memberships?include=organization,person');
		assert.equal(body.data.length, 2);
		assert.deepEqual(
			body.included.filter((one: Json) => one.type === 'organizations').map((one: Json) => one.id),
			['4410', '4411'],
		);
	});
});

describe('Productive’s attachments', () => {
	serveEachTest();

	const create = (attributes: object) => ask('POST', '/attachments', { data: { type: 'attachments', attributes } });
	const file = { name: 'Ü.txt', content_type: 'text/plain', size: 3, attachable_type: 'page' };

	function form(policy: Record<string, string>, content = 'abc'): FormData {
		const form = new FormData();
		Object.entries(policy).forEach(([name, value]) => form.append(name, value));
		form.append('file', new Blob([content], { type: 'text/plain' }), 'Ü.txt');
		return form;
	}

	it('go up in four steps and come down through a signed address', async () => {
		const [page = ''] = await ids('/pages');
		const { status, body } = await create(file);
		assert.equal(status, 201);
		const policy = body.data.attributes.aws_policy;
		const bucket = new URL('/bucket', base);
		const stored = await fetch(bucket, { method: 'POST', body: form(policy) });
		assert.equal(stored.status, 201);
		const location = /<Location>(.*)<\/Location>/.exec(await stored.text())?.[1];
		const path = `/attachments/${body.data.id}`;
		const updated = await ask('PATCH', path, { data: { type: 'attachments', attributes: { temp_url: location } } });
		assert.equal(updated.status, 200);
		const linked = await ask('PATCH', `/pages/${page}`, {
			data: { type: 'pages', attributes: { attachment_ids: [Number(body.data.id)] } },
		});
		assert.equal(linked.status, 200);
		assert.deepEqual(await ids(`/attachments?filter[page_id]=${page}`), [body.data.id]);

		const { url } = updated.body.data.attributes;
		assert.equal((await fetch(url, { redirect: 'manual' })).status, 401);
		const sentOn = await fetch(`${url}&token=${headers['x-auth-token']}`, { redirect: 'manual' });
		assert.equal(sentOn.status, 302);
		const signed = String(sentOn.headers.get('location'));
		assert.equal(await (await fetch(signed)).text(), 'abc');
		assert.equal((await fetch(signed, { headers: { 'x-auth-token': 'x' } })).status, 400);
		assert.equal((await fetch(signed.replace(/Signature=./, 'Signature=x'))).status, 403);
	});

	it('are refused by the bucket with other fields, another length or our token', async () => {
		const { body } = await create(file);
		const policy = body.data.attributes.aws_policy;
		const bucket = new URL('/bucket', base);
		assert.equal((await fetch(bucket, { method: 'POST', body: form({ ...policy, policy: 'other' }) })).status, 403);
		assert.equal((await fetch(bucket, { method: 'POST', body: form(policy, 'abcd') })).status, 400);
		assert.equal(
			(await fetch(bucket, { method: 'POST', body: form(policy), headers: { 'x-auth-token': 'x' } })).status,
			400,
		);
	});

	it('need a name, a type and a size', async () => {
		assertInvalid(
			await create({ attachable_type: 'page' }),
			['name', "can't be blank"],
			['content_type', "can't be blank"],
			['size', "can't be blank"],
		);
		for (const size of ['3', -1, 1.5]) {
			assertInvalid(await create({ ...file, size }), ['size', 'attribute is invalid']);
		}
	});

	it('are linked to a page by a list of ids and nothing else', async () => {
		const [page = ''] = await ids('/pages');
		for (const attachment_ids of ['1', 1, {}, [1]]) {
			const linked = await ask('PATCH', `/pages/${page}`, { data: { type: 'pages', attributes: { attachment_ids } } });
			assertInvalid(linked, ['attachment_ids', 'attribute is invalid']);
		}
	});
});

describe('Productive’s pages', () => {
	serveEachTest();

	const body = (words: string) =>
		JSON.stringify({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }] });
	const page = (method: string, path: string, attributes: object) =>
		ask(method, path, { data: { type: 'pages', attributes } });
	const since = (generation: 'trees' | 'markdown') => ((server.state['generation'] as Json).pages = generation);
	const plainly = (id: string, sent: object) => ask('PATCH', `/pages/${id}/replace_body_with_markdown`, sent);

	it('count the changes of their text, and of nothing else', async () => {
		const [id = ''] = await ids('/pages');
		const saved = await page('PATCH', `/pages/${id}`, { body: body('new') });
		assert.deepEqual([saved.status, saved.body.data.attributes.version_number], [200, 2]);
		const renamed = await page('PATCH', `/pages/${id}`, { title: 'Other' });
		assert.deepEqual([renamed.body.data.attributes.title, renamed.body.data.attributes.version_number], ['Other', 2]);
	});

	it('keep a version of each change', async () => {
		const [id = ''] = await ids('/pages');
		now += 1000;
		await page('PATCH', `/pages/${id}`, { body: body('new') });
		const { body: list } = await ask('GET', `/page_versions?filter[page_id]=${id}&sort=-created_at&include=person`);
		assert.deepEqual(
			list.data.map(({ attributes }: Json) => attributes.version_number),
			[2, 1],
		);
		assert.equal(list.data[0].attributes.body_snapshot, body('new'));
		assert.equal(list.data[0].relationships.person.data.type, 'people');
		assert.equal((await ask('GET', '/page_versions?sort=version_number')).status, 400);
	});

	it('take a change while somebody has them open, and make none', async () => {
		const [id = ''] = await ids('/pages');
		(server.state['pages'] as Json[])[0].open = true;
		const { status, body: answer } = await page('PATCH', `/pages/${id}`, { body: body('new') });
		assert.deepEqual([status, answer.data.attributes.version_number], [200, 1]);
	});

	it('break on a text that is no tree', async () => {
		const [id = ''] = await ids('/pages');
		for (const text of ['# Markdown', '"text"', '{"type":"paragraph"}']) {
			assert.equal((await page('PATCH', `/pages/${id}`, { body: text })).status, 500);
		}
		assertInvalid(await page('PATCH', `/pages/${id}`, { body: { type: 'doc' } }), ['body', 'attribute is invalid']);
	});

	it('stand beneath another only by that one and the one at the top together', async () => {
		const [top = ''] = await ids('/pages');
		const made = await page('POST', '/pages', { title: 'a', parent_page_id: Number(top), root_page_id: Number(top) });
		assert.deepEqual([made.status, made.body.data.attributes.version_number], [201, null]);
		const id = Number(made.body.data.id);
		const deeper = await page('POST', '/pages', { title: 'b', parent_page_id: id, root_page_id: Number(top) });
		assert.equal(deeper.body.data.attributes.parent_page_id, id);
		for (const place of [
			{ parent_page_id: id },
			{ root_page_id: Number(top) },
			{ parent_page_id: id, root_page_id: id },
		]) {
			assertInvalid(await page('POST', '/pages', { title: 'c', ...place }), ['root_page', 'attribute is invalid']);
		}
		assertInvalid(await page('POST', '/pages', {}), ['title', "can't be blank"]);
	});

	it('are deleted with the pages beneath, their files and versions', async () => {
		const all = server.state['pages'] as Json[];
		const documents = all.find(({ title }) => title === 'Documents');
		const before = all.length;
		assert.equal((await ask('DELETE', `/pages/${documents.id}`)).status, 204);
		assert.ok(before - all.length > 1);
		assert.deepEqual(await ids(`/attachments?filter[page_id]=${documents.id}`), []);
		assert.deepEqual(await ids(`/page_versions?filter[page_id]=${documents.id}`), []);
		assert.equal((await ask('DELETE', `/pages/${documents.id}`)).status, 404);
	});

	it('of the older generation know no Markdown', async () => {
		const [id = ''] = await ids('/pages');
		assert.equal((await plainly(id, { markdown: 'a' })).status, 404);
		assert.equal((await page('POST', '/pages/create_with_markdown', { title: 'a', markdown: 'a' })).status, 404);
	});

	it('of the newer generation know nothing else', async () => {
		since('markdown');
		const [id = ''] = await ids('/pages');
		assert.equal((await page('PATCH', `/pages/${id}`, { body: body('a') })).status, 405);
		assert.equal((await page('POST', '/pages', { title: 'a', body: body('a') })).status, 404);
		assertInvalid(await page('POST', '/pages/create_with_markdown', { title: 'a' }), ['markdown', "can't be blank"]);
		const made = await page('POST', '/pages/create_with_markdown', { title: 'a', markdown: '## b\n\n- c' });
		assert.deepEqual(
			JSON.parse(made.body.data.attributes.body).content.map(({ type }: Json) => type),
			['heading', 'ul'],
		);
	});

	it('take Markdown in a bare body alone', async () => {
		since('markdown');
		const [id = ''] = await ids('/pages');
		assert.equal((await plainly(id, { data: { type: 'pages', attributes: { markdown: 'a' } } })).status, 400);
		assertInvalid(await plainly(id, {}), ['markdown', "can't be blank"]);
		const { status, body: answer } = await plainly(id, { markdown: 'a\n\nb' });
		assert.deepEqual([status, answer.data.attributes.version_number], [200, 2]);
	});
});
