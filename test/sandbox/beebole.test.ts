import assert from 'node:assert/strict';
import type { Entity, Kind } from '../../src/sandbox/beebole/store.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';

type Members = Record<string, unknown>;
type Reply = Record<string, unknown> & { readonly id: number };

let server: TestVendor;
let now = Date.UTC(2026, 10, 16, 9);

function authorization(token: unknown, password = 'x'): string {
	return `Basic ${btoa(`${String(token)}:${password}`)}`;
}

function post(
	body: string,
	headers: Record<string, string> = { authorization: authorization(server.address['token']) },
) {
	return fetch(String(server.address['url']), { method: 'POST', body, headers });
}

async function ask(service: string, members: Members = {}, token = server.address['token']): Promise<Reply> {
	const response = await post(JSON.stringify({ service, ...members }), { authorization: authorization(token) });
	assert.equal(response.status, 200);
	assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
	return (await response.json()) as Reply;
}

async function isRefused(service: string, members: Members, message: RegExp): Promise<void> {
	const reply = await ask(service, members);
	assert.deepEqual(Object.keys(reply), ['status', 'message']);
	assert.equal(reply['status'], 'error');
	assert.match(String(reply['message']), message);
}

/** The first of a kind that goes by an id and satisfies the test. */
function some(kind: Kind, which: (entity: Entity) => boolean = () => true): Entity {
	const entities = [...(server.state['entities'] as Map<number, Entity>).values()];
	const found = entities.find((entity) => entity.kind === kind && entity.xid === undefined && which(entity));
	assert.ok(found, `no such ${kind}`);
	return found;
}

const ok = { status: 'ok' };

function withServer(): void {
	beforeEach(async () => {
		now = Date.UTC(2026, 10, 16, 9);
		server = await startVendor('beebole', { clock: () => now });
	});
	afterEach(() => server.close());
}

describe('seed: project services of Beebole', () => {
	withServer();

	let id: number;
	let task: { id: number };
	let person: { id: number };
	let group: { id: number };

	beforeEach(async () => {
		const { id: company } = some('company');
		({ id } = await ask('project.create', { project: { name: 'Development', company: { id: company } } }));
		task = { id: some('task').id };
		person = { id: some('person').id };
		group = { id: some('group', ({ children }) => children.length > 0).id };
	});

	it('project.create answers the id', async () => {
		const company = { id: some('company').id };
		const project = { name: 'Development', startDate: '2017-10-13', description: 'some description ...', company };
		const reply = await ask('project.create', { project });
		assert.deepEqual(reply, { status: 'ok', id: reply.id });
		assert.ok(Number.isInteger(reply.id));
		assert.deepEqual(await ask('project.get', { id: reply.id }), {
			status: 'ok',
			project: { id: reply.id, ...project, subprojects: { count: 0 }, active: true },
		});
	});

	it('project.create takes the first day of the current month where none is given', async () => {
		const { project } = await ask('project.get', { id });
		assert.equal((project as Members)['startDate'], '2026-11-01');
	});

	it('project.get answers the project with a live count of its subprojects', async () => {
		await ask('subproject.create', { subproject: { name: 'Prototype', project: { id } } });
		await ask('subproject.create', { subproject: { name: 'Series', project: { id } } });
		const company = { id: some('company').id };
		assert.deepEqual(await ask('project.get', { id }), {
			status: 'ok',
			project: { id, name: 'Development', startDate: '2026-11-01', company, subprojects: { count: 2 }, active: true },
		});
	});

	it('project.update changes name, start date and description', async () => {
		const project = { id, name: 'newName', startDate: '2017-10-13', description: 'some description ...' };
		assert.deepEqual(await ask('project.update', { project }), ok);
		const { project: after } = await ask('project.get', { id });
		assert.deepEqual({ ...(after as Members), ...project }, after);
	});

	it('project.list gives every project of a company, inactive ones too', async () => {
		const company = some('company', ({ children }) =>
			children.some(({ kind, active }) => kind === 'project' && !active),
		);
		const { status, projects, ...rest } = await ask('project.list', { company: { id: company.id } });
		assert.equal(status, 'ok');
		assert.deepEqual(rest, {});
		const expected = company.children
			.filter(({ kind }) => kind === 'project')
			.map((one) => [one.id, one.name, one.active]);
		const listed = (projects as Members[]).map((one) => [one['id'], one['name'], one['active']]);
		assert.deepEqual(listed, expected);
		assert.ok(
			(projects as Members[]).every((one) => (one['company'] as Members)['id'] === company.id && one['subprojects']),
		);
	});

	for (const [service, active] of [
		['project.deactivate', false],
		['project.activate', true],
	] as const) {
		it(`${service} answers ok`, async () => {
			assert.deepEqual(await ask(service, { id }), ok);
			const { project } = await ask('project.get', { id });
			assert.equal((project as Members)['active'], active);
		});
	}

	it('project.attach_specific_task answers ok, and again when the task is there already', async () => {
		assert.deepEqual(await ask('project.attach_specific_task', { id, task }), ok);
		assert.deepEqual(await ask('project.attach_specific_task', { id, task }), ok);
		const { specificTasks } = await ask('project.specific_tasks', { id });
		assert.equal((specificTasks as unknown[]).length, 1);
	});

	it('project.detach_specific_task takes the task away', async () => {
		await ask('project.attach_specific_task', { id, task });
		assert.deepEqual(await ask('project.detach_specific_task', { id, task }), ok);
		assert.deepEqual(await ask('project.specific_tasks', { id }), { status: 'ok', disabled: false, specificTasks: [] });
	});

	it('project.specific_tasks gives disabled and the tasks with id, name and active', async () => {
		await ask('project.attach_specific_task', { id, task });
		const { name, active } = some('task');
		assert.deepEqual(await ask('project.specific_tasks', { id }), {
			status: 'ok',
			disabled: false,
			specificTasks: [{ ...task, name, active }],
		});
	});

	it('project.disable_specific_tasks switches them off and keeps the list', async () => {
		await ask('project.attach_specific_task', { id, task });
		assert.deepEqual(await ask('project.disable_specific_tasks', { id }), ok);
		const { disabled, specificTasks } = await ask('project.specific_tasks', { id });
		assert.equal(disabled, true);
		assert.equal((specificTasks as unknown[]).length, 1);
	});

	it('project.enable_specific_tasks switches them on again', async () => {
		await ask('project.disable_specific_tasks', { id });
		assert.deepEqual(await ask('project.enable_specific_tasks', { id }), ok);
		assert.equal((await ask('project.specific_tasks', { id }))['disabled'], false);
	});

	it('project.attach_member takes a person', async () => {
		assert.deepEqual(await ask('project.attach_member', { id, person }), ok);
		const { members } = await ask('project.members', { id });
		assert.deepEqual(members, [{ ...person, name: some('person').name }]);
	});

	it('project.attach_member takes a group', async () => {
		assert.deepEqual(await ask('project.attach_member', { id, group }), ok);
		const { groups } = await ask('project.members', { id });
		assert.deepEqual(groups, [{ ...group, name: 'Region' }]);
	});

	it('project.detach_member takes the person away', async () => {
		await ask('project.attach_member', { id, person });
		assert.deepEqual(await ask('project.detach_member', { id, person }), ok);
		assert.deepEqual((await ask('project.members', { id }))['members'], []);
	});

	it('project.detach_member takes the group away', async () => {
		await ask('project.attach_member', { id, group });
		assert.deepEqual(await ask('project.detach_member', { id, group }), ok);
		assert.deepEqual(await ask('project.members', { id }), { status: 'ok', members: [], groups: [] });
	});

	it('project.members gives people and groups apart', async () => {
		await ask('project.attach_member', { id, person });
		await ask('project.attach_member', { id, group });
		assert.deepEqual(await ask('project.members', { id }), {
			status: 'ok',
			members: [{ ...person, name: some('person').name }],
			groups: [{ ...group, name: 'Region' }],
		});
	});

	it('project.attach_manager answers ok', async () => {
		assert.deepEqual(await ask('project.attach_manager', { id, person }), ok);
	});

	it('project.detach_manager takes the person away', async () => {
		await ask('project.attach_manager', { id, person });
		assert.deepEqual(await ask('project.detach_manager', { id, person }), ok);
		assert.deepEqual(await ask('project.managers', { id }), { status: 'ok', members: [] });
	});

	it('project.managers calls them members and gives their e-mail', async () => {
		await ask('project.attach_manager', { id, person });
		const { name } = some('person');
		const members = [{ ...person, name, active: true, email: 'ada@quayside.example' }];
		assert.deepEqual(await ask('project.managers', { id }), { status: 'ok', members });
	});

	it('project.add_group labels the project and makes nobody a member', async () => {
		assert.deepEqual(await ask('project.add_group', { id, group }), ok);
		assert.deepEqual((await ask('project.members', { id }))['groups'], []);
	});

	it('project.remove_group takes the label away', async () => {
		await ask('project.add_group', { id, group });
		assert.deepEqual(await ask('project.remove_group', { id, group }), ok);
		assert.deepEqual(await ask('project.groups', { id }), { status: 'ok', groups: [] });
	});

	it('project.groups gives each label with the count of groups below it', async () => {
		await ask('project.add_group', { id, group });
		const groups = [{ ...group, name: 'Region', groups: { count: 2 } }];
		assert.deepEqual(await ask('project.groups', { id }), { status: 'ok', groups });
	});

	it('project.set_custom_field_value answers ok', async () => {
		const customField = { id: some('customField').id, value: 'Salt Lake City, UT, USA' };
		assert.deepEqual(await ask('project.set_custom_field_value', { id, customField }), ok);
		const customFields = [{ id: customField.id, name: 'Location', value: 'Salt Lake City, UT, USA' }];
		assert.deepEqual(await ask('project.custom_fields', { id }), { status: 'ok', customFields });
	});

	it('project.clear_custom_field_value leaves the field without a value', async () => {
		const customField = { id: some('customField').id };
		await ask('project.set_custom_field_value', { id, customField: { ...customField, value: 'Oslo' } });
		assert.deepEqual(await ask('project.clear_custom_field_value', { id, customField }), ok);
		const customFields = [{ ...customField, name: 'Location' }];
		assert.deepEqual(await ask('project.custom_fields', { id }), { status: 'ok', customFields });
	});

	it('project.custom_fields gives only the fields that projects have', async () => {
		const { customFields } = await ask('project.custom_fields', { id });
		assert.deepEqual(
			(customFields as Members[]).map(({ name }) => name),
			['Location'],
		);
	});
});

describe('The other services of the Beebole sandbox', () => {
	withServer();

	it('make, get, change, list and switch each kind that has these', async () => {
		const company = { id: some('company').id };
		const project = { id: some('project').id };
		const plans: [kind: string, list: string, parent: Members, more: Members][] = [
			['company', 'companies', {}, { projects: { count: 0 } }],
			['project', 'projects', { company }, { subprojects: { count: 0 }, startDate: '2026-11-01' }],
			['subproject', 'subprojects', { project }, {}],
			['task', 'tasks', { company }, {}],
			['person', 'people', { company }, { userGroup: 'employee', leaders: { count: 0 } }],
			['absence', 'absences', { company }, {}],
		];
		for (const [kind, list, parent, more] of plans) {
			const { id } = await ask(`${kind}.create`, { [kind]: { name: 'Neu', ...parent } });
			const made = { id, name: 'Neu', active: true, ...parent, ...more };
			assert.deepEqual(await ask(`${kind}.get`, { id }), { status: 'ok', [kind]: made });
			assert.deepEqual(await ask(`${kind}.update`, { [kind]: { id, name: 'Neuer' } }), ok);
			assert.deepEqual(await ask(`${kind}.deactivate`, { id }), ok);
			const { [list]: listed } = await ask(`${kind}.list`, parent);
			assert.deepEqual((listed as Members[]).at(-1), { ...made, name: 'Neuer', active: false });
			assert.deepEqual(await ask(`${kind}.activate`, { id }), ok);
			assert.equal(((await ask(`${kind}.get`, { id }))[kind] as Members)['active'], true);
		}
	});

	it('have the families that each kind is documented with, and no more', async () => {
		const families: Record<string, (service: string) => Members> = {
			specific_tasks: () => ({}),
			members: () => ({}),
			managers: () => ({}),
			groups: () => ({}),
			custom_fields: () => ({}),
			leaders: () => ({}),
		};
		const documented: Record<string, string[]> = {
			company: ['specific_tasks', 'members', 'groups', 'custom_fields'],
			project: ['specific_tasks', 'members', 'managers', 'groups', 'custom_fields'],
			subproject: ['specific_tasks', 'members', 'groups', 'custom_fields'],
			task: ['groups'],
			person: ['groups', 'custom_fields', 'leaders'],
			absence: ['groups'],
		};
		for (const [kind, expected] of Object.entries(documented)) {
			const { id } = some(kind as Kind);
			const statuses = await Promise.all(
				Object.keys(families).map(async (family) => [family, await ask(`${kind}.${family}`, { id })] as const),
			);
			assert.deepEqual(
				statuses
					.filter(([, { status }]) => status === 'ok')
					.map(([family]) => family)
					.sort(),
				expected.sort(),
				kind,
			);
		}
	});

	it('name a person’s leaders by id, e-mail or name', async () => {
		const [first, second] = [some('person'), some('person', ({ fields }) => fields['userGroup'] === 'leader')];
		const person = {
			name: 'Rosa',
			company: { id: some('company').id },
			leaders: [{ email: second.fields['email'], name: 'Nobody' }],
		};
		const { id } = await ask('person.create', { person });
		assert.equal(((await ask('person.leaders', { id }))['leaders'] as Members[])[0]?.['id'], second.id);
		await ask('person.update', { person: { id, leaders: [{ id: first.id, email: second.fields['email'] }] } });
		assert.equal(((await ask('person.leaders', { id }))['leaders'] as Members[])[0]?.['id'], first.id);
		await isRefused('person.update', { person: { id, leaders: [{ name: 'Nobody' }] } }, /leader/);
	});

	it('make, show, change and delete groups', async () => {
		const parent = some('group', ({ children }) => children.length > 0);
		const { id } = await ask('group.create', { group: { name: 'Texas', parent: { id: parent.id } } });
		assert.deepEqual(await ask('group.get', { id }), {
			status: 'ok',
			group: { id, name: 'Texas', parent: { id: parent.id } },
		});
		assert.deepEqual(await ask('group.update', { group: { id, name: 'Austin' } }), ok);
		const { groups, ...rest } = await ask('group.tree');
		assert.deepEqual(rest, {}, 'the documented answer has no status');
		assert.deepEqual((groups as { groups: Members[] }[])[0]?.groups.at(-1), { id, name: 'Austin' });
		const company = { id: some('company').id };
		await ask('company.add_group', { ...company, group: { id } });
		assert.ok(((await ask('group.list', { company }))['groups'] as Members[]).some((one) => one['id'] === id));
		const { name } = some('company');
		assert.deepEqual(await ask('group.assignments', { id }), {
			status: 'ok',
			companies: [{ ...company, name, active: true }],
		});
		await isRefused('group.delete', { id }, /assigned/);
		assert.deepEqual(await ask('group.delete', { id, force: true }), ok);
		await isRefused('group.get', { id }, /not found/);
		assert.ok(!((await ask('group.list', { company }))['groups'] as Members[]).some((one) => one['id'] === id));
	});

	it('list custom fields without a status', async () => {
		const { customFields, ...rest } = await ask('custom_field.list');
		assert.deepEqual(rest, {});
		assert.deepEqual(Object.keys((customFields as Members[])[0] ?? {}), ['id', 'name', 'availableFor']);
	});

	it('let an xid stand in place of the id, in nested references too', async () => {
		assert.deepEqual(await ask('company.create', { company: { xid: '56478', name: 'myCompany' } }), {
			status: 'ok',
			xid: '56478',
		});
		const company = { xid: '56478' };
		assert.deepEqual(await ask('company.get', company), {
			status: 'ok',
			company: { ...company, name: 'myCompany', active: true, projects: { count: 0 } },
		});
		const { id } = await ask('project.create', { project: { name: 'Inside', company } });
		assert.deepEqual(((await ask('project.get', { id }))['project'] as Members)['company'], company);
		assert.equal(((await ask('project.list', { company }))['projects'] as unknown[]).length, 1);
		await isRefused('company.create', { company: { xid: '56478', name: 'again' } }, /xid/);
	});

	it('know an entity that has an xid by that alone', async () => {
		const { id } = [...(server.state['entities'] as Map<number, Entity>).values()].find(
			({ xid }) => xid !== undefined,
		)!;
		await isRefused('company.get', { id }, /not found/);
	});

	it('hand out one increasing sequence of ids', async () => {
		const { id: company } = await ask('company.create', { company: { name: 'A' } });
		const { id: project } = await ask('project.create', { project: { name: 'B', company: { id: company } } });
		const { id: group } = await ask('group.create', { group: { name: 'C' } });
		assert.deepEqual([project, group], [company + 1, company + 2]);
	});
});

describe('The Beebole sandbox is strict', () => {
	withServer();

	it('answers 401 with an error body to a wrong token, another password or none', async () => {
		const token = server.address['token'];
		const wrong = [
			{},
			{ authorization: authorization('wrong') },
			{ authorization: authorization(token, 'y') },
			{ authorization: `Bearer ${String(token)}` },
			{ authorization: 'Basic ???' },
		];
		for (const headers of wrong) {
			const response = await post('{"service":"company.list"}', headers as Record<string, string>);
			assert.equal(response.status, 401);
			assert.equal(((await response.json()) as Members)['status'], 'error');
		}
	});

	it('answers 403 while API calls are switched off', async () => {
		const { token } = server.state['apiDisabled'] as { token: string };
		const response = await post('{"service":"company.list"}', { authorization: authorization(token) });
		assert.equal(response.status, 403);
		assert.equal(((await response.json()) as Members)['status'], 'error');
	});

	it('lets a token without rights read and refuses its writes under 200', async () => {
		const { token } = server.state['readOnly'] as { token: string };
		assert.equal((await ask('company.list', {}, token))['status'], 'ok');
		const before = (server.state['entities'] as Map<number, Entity>).size;
		for (const [service, members] of [
			['company.create', { company: { name: 'No' } }],
			['project.deactivate', { id: some('project').id }],
			['subproject.update', { subproject: { id: some('subproject').id, name: 'No' } }],
			['project.add_group', { id: some('project').id, group: { id: some('group').id } }],
		] as const) {
			const reply = await ask(service, members, token);
			assert.equal(reply['status'], 'error', service);
			assert.match(String(reply['message']), /not allowed/);
		}
		assert.equal((server.state['entities'] as Map<number, Entity>).size, before);
	});

	it('takes any content type or none', async () => {
		for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
			const headers = { authorization: authorization(server.address['token']), 'content-type': type };
			assert.equal(((await (await post('{"service":"company.list"}', headers)).json()) as Members)['status'], 'ok');
		}
	});

	it('knows one address and one method', async () => {
		const url = String(server.address['url']);
		const headers = { authorization: authorization(server.address['token']) };
		assert.equal((await fetch(`${url}/`, { method: 'POST', body: '{}', headers })).status, 404);
		assert.equal((await fetch(`${url}?service=company.list`, { method: 'POST', body: '{}', headers })).status, 404);
		assert.equal((await fetch(url, { headers })).status, 405);
	});

	it('answers what is no service with an error under 200', async () => {
		for (const body of ['{', '[]', '"company.list"', '{}', '{"service":12}', '{"service":["company.list"]}']) {
			const reply = (await (await post(body)).json()) as Members;
			assert.equal(reply['status'], 'error', body);
			assert.match(String(reply['message']), /^Invalid service request/);
		}
		for (const service of [
			'project.rename',
			'project.delete',
			'company.managers',
			'company.attach_manager',
			'task.specific_tasks',
			'group.deactivate',
			'project.attach_specific_tasks',
			'project.constructor',
			'project.list.x',
			'customField.get',
		]) {
			await isRefused(service, { id: some('project').id }, /^Invalid service request/);
		}
	});

	it('has the services of one task, person and group in the singular, and finds nothing under an unknown id', async () => {
		const families: readonly (readonly [string, string])[] = [
			['attach_specific_task', 'task'],
			['detach_specific_task', 'task'],
			['attach_member', 'person'],
			['attach_member', 'group'],
			['detach_member', 'person'],
			['add_group', 'group'],
			['remove_group', 'group'],
			['set_custom_field_value', 'customField'],
			['clear_custom_field_value', 'customField'],
		];
		const places = ['company', 'project', 'subproject'] as const;
		const tries = places.flatMap((place) => families.map((family) => [place, ...family] as const));
		const managers = ['attach_manager', 'detach_manager'].map((verb) => ['project', verb, 'person'] as const);
		for (const [place, verb, kind] of [...tries, ...managers]) {
			const other = { [kind]: { id: 999_999, ...(verb.startsWith('set_') && { value: 'Oslo' }) } };
			await isRefused(`${place}.${verb}`, { id: some(place).id, ...other }, /999999 not found/);
			await isRefused(`${place}.${verb}`, { id: 999_999, ...other }, new RegExp(`${place} 999999 not found`));
			await isRefused(`${place}.${verb}`, { id: some(place).id }, /missing|exactly one/);
			await isRefused(`${place}.${verb}s`, { id: some(place).id, ...other }, /Invalid service request/);
		}
	});

	it('names a missing, a wrong and an unknown member', async () => {
		const company = { id: some('company').id };
		const { id } = some('project');
		await isRefused('project.create', { project: { company } }, /missing parameter: project\.name/);
		await isRefused('project.create', { project: { name: ' ', company } }, /invalid parameter: project\.name/);
		await isRefused('project.create', { project: { name: 'A' } }, /missing parameter: project\.company/);
		await isRefused('project.create', { project: { name: 'A', company: company.id } }, /company/);
		await isRefused('project.create', { project: { name: 'A', company: { id: String(company.id) } } }, /company/);
		await isRefused(
			'project.create',
			{ project: { name: 'A', company, startDate: '13.10.2017' } },
			/project\.startDate/,
		);
		await isRefused(
			'project.create',
			{ project: { name: 'A', company, startDate: '2017-02-30' } },
			/project\.startDate/,
		);
		await isRefused(
			'project.create',
			{ project: { name: 'A', company, color: 'red' } },
			/unknown parameter: project\.color/,
		);
		await isRefused('project.create', { name: 'A', company }, /parameter/);
		await isRefused('project.get', {}, /missing parameter: id/);
		await isRefused('project.get', { project: { id } }, /missing parameter: id/);
		await isRefused('project.get', { id, limit: 10 }, /unknown parameter: limit/);
		await isRefused('project.list', {}, /missing parameter: company/);
		await isRefused('company.list', { active: true }, /unknown parameter: active/);
		await isRefused('company.create', { company: { name: 'A', corporate: 'yes' } }, /company\.corporate/);
		await isRefused('person.create', { person: { name: 'A', company, userGroup: 'king' } }, /userGroup/);
	});

	it('lets no project change its company', async () => {
		const { id } = some('project');
		await isRefused(
			'project.update',
			{ project: { id, company: { id: some('company').id } } },
			/unknown parameter: project\.company/,
		);
	});

	it('takes a person or a group as a member, never both or neither', async () => {
		const { id } = some('project');
		const [person, group] = [{ id: some('person').id }, { id: some('group').id }];
		await isRefused('project.attach_member', { id }, /exactly one/);
		await isRefused('project.attach_member', { id, person, group }, /exactly one/);
		await isRefused('group.list', { project: { id }, person }, /exactly one/);
	});

	it('does not find an entity of another kind', async () => {
		await isRefused('project.get', { id: 999_999 }, /project 999999 not found/);
		await isRefused('project.get', { id: some('company').id }, /project \d+ not found/);
		await isRefused(
			'project.attach_specific_task',
			{ id: some('project').id, task: { id: some('person').id } },
			/task \d+ not found/,
		);
	});

	it('gives a custom field only to the kinds it is for', async () => {
		const industry = some('customField', ({ name }) => name === 'Industry');
		await isRefused(
			'project.set_custom_field_value',
			{ id: some('project').id, customField: { id: industry.id, value: 'Rail' } },
			/not available/,
		);
	});

	it('stops a user after 4,000 requests and goes on at midnight UTC', async () => {
		const { token } = server.state['readOnly'] as { token: string };
		await ask('custom_field.list');
		const used = (server.state['usage'] as Map<string, { requests: number }>).get(String(server.address['token']))!;
		used.requests = 3_999;
		await ask('custom_field.list');
		const refused = await post('{"service":"custom_field.list"}');
		assert.equal(refused.status, 429);
		assert.match(String(((await refused.json()) as Members)['message']), /limit/);
		assert.ok((await ask('custom_field.list', {}, token))['customFields'], 'another user has a budget of their own');
		now = Date.UTC(2026, 10, 17);
		assert.ok((await ask('custom_field.list'))['customFields']);
	});

	it('stops a user after 2,048 KB in both directions', async () => {
		await ask('custom_field.list');
		const used = (server.state['usage'] as Map<string, { bytes: number }>).get(String(server.address['token']))!;
		assert.ok(used.bytes > '{"service":"custom_field.list"}'.length);
		used.bytes = 2_048 * 1_024;
		assert.equal((await post('{"service":"custom_field.list"}')).status, 429);
	});
});
