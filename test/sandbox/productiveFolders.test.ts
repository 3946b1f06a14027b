import assert from 'node:assert/strict';
import { startVendor, type TestVendor } from '../support/sandbox.ts';

interface Resource {
	readonly id: string;
	readonly type: string;
	readonly attributes: Readonly<Record<string, unknown>>;
	readonly relationships: Readonly<Record<string, { readonly data?: { readonly id: string } }>>;
}

interface Answer {
	readonly status: number;
	readonly data: Resource;
	readonly list: readonly Resource[];
	readonly problems: readonly string[];
}

describe('the practice Productive’s folders and task lists', () => {
	let server: TestVendor;
	let folder: Resource;

	beforeEach(async () => {
		server = await startVendor('productive');
		[folder] = (await ask('GET', '/folders?include=project')).list as [Resource];
	});
	afterEach(() => server.close());

	async function ask(method: string, path: string, content?: object): Promise<Answer> {
		const { url, token } = server.address;
		const headers = {
			'x-auth-token': String(token),
			'x-organization-id': '4410',
			'content-type': 'application/vnd.api+json',
		};
		const body = content && JSON.stringify({ data: content });
		const response = await fetch(`${String(url)}${path}`, { method, headers, body });
		const { data, errors = [] } = (await response.json()) as {
			data: Resource & readonly Resource[];
			errors?: readonly { readonly detail: string; readonly source?: { readonly pointer: string } }[];
		};
		const problems = errors.map(({ detail, source }) => `${source?.pointer ?? ''} ${detail}`.trim());
		return { status: response.status, data, list: data, problems };
	}

	const projectOf = ({ relationships }: Resource) => relationships['project']?.data?.id ?? '';
	const idsOf = async (path: string) => (await ask('GET', path)).list.map(({ id }) => id);

	for (const word of ['folder', 'board'] as const) {
		it(`change what is written of them as ${word}s, and nothing of another kind`, async () => {
			const type = `${word}s`;
			const path = `/${type}/${folder.id}`;
			const { status, data } = await ask('PATCH', path, {
				type,
				attributes: { name: 'New', hidden: true, position: 3 },
			});
			assert.equal(status, 200);
			assert.equal(data.type, type);
			assert.partialDeepStrictEqual(data.attributes, { name: 'New', hidden: true, position: 3, archived_at: null });
			assert.deepEqual((await ask('PATCH', path, { type, attributes: { name: '' } })).problems, [
				"data/attributes/name can't be blank",
			]);
			assert.deepEqual((await ask('PATCH', path, { type, attributes: { hidden: 'yes' } })).problems, [
				'data/attributes/hidden attribute is invalid',
			]);
			assert.equal((await ask('PATCH', path, { type: 'projects', attributes: {} })).status, 409);
			assert.equal((await ask('PATCH', path, { type, attributes: { archived_at: 'x' } })).status, 400);
		});

		it(`are archived and restored as ${word}s without a body, any number of times`, async () => {
			const listed = (status: 1 | 2) => idsOf(`/${word}s?filter[status]=${status}&page[size]=200`);
			for (const _ of [1, 2]) {
				const { status, data } = await ask('PATCH', `/${word}s/${folder.id}/archive`);
				assert.equal(status, 200);
				assert.match(String(data.attributes['archived_at']), /\.000[+]/);
			}
			assert.deepEqual([(await listed(1)).includes(folder.id), await listed(2)], [false, [folder.id]]);
			for (const _ of [1, 2]) {
				assert.equal((await ask('PATCH', `/${word}s/${folder.id}/restore`)).data.attributes['archived_at'], null);
			}
			assert.deepEqual([(await listed(1)).includes(folder.id), await listed(2)], [true, []]);
			const gone = await fetch(`${String(server.address['url'])}/${word}s/${folder.id}`, { method: 'DELETE' });
			assert.notEqual(gone.status, 204);
		});
	}

	it('take a task list with numbers for ids, and one with relations', async () => {
		const [project, at] = [projectOf(folder), Number(folder.id)];
		const before = await idsOf(`/task_lists?filter[folder_id]=${at}`);
		const attributes = { name: 'One', project_id: Number(project), folder_id: at };
		const one = await ask('POST', '/task_lists', { type: 'task_lists', attributes });
		const related = (type: string, id: string) => ({ data: { type, id } });
		const other = await ask('POST', '/task_lists', {
			type: 'task_lists',
			attributes: { name: 'Other' },
			relationships: { project: related('projects', project), board: related('boards', folder.id) },
		});
		assert.deepEqual([one.status, other.status], [201, 201]);
		assert.ok(Number(one.data.attributes['placement']) < Number(other.data.attributes['placement']));
		const after = [...before, one.data.id, other.data.id];
		for (const name of ['folder_id', 'board_id']) {
			assert.deepEqual(await idsOf(`/task_lists?filter[${name}]=${at}`), after);
		}
	});

	it('tell everything that is wrong with a new task list', async () => {
		const create = (attributes: object) => ask('POST', '/task_lists', { type: 'task_lists', attributes });
		assert.deepEqual((await create({})).problems, [
			"data/attributes/name can't be blank",
			'data/attributes/project attribute is invalid',
			'data/attributes/folder attribute is invalid',
		]);
		const elsewhere = (await ask('GET', '/folders?include=project&page[size]=200')).list.find(
			(one) => projectOf(one) !== projectOf(folder),
		);
		const project_id = Number(projectOf(folder));
		assert.deepEqual((await create({ name: 'A', project_id, board_id: Number(elsewhere?.id) })).problems, [
			'data/attributes/board attribute is invalid',
		]);
	});

	it('archive a task list and restore it', async () => {
		const [id] = await idsOf('/task_lists');
		assert.ok((await ask('PATCH', `/task_lists/${id}/archive`)).data.attributes['archived_at']);
		assert.deepEqual(await idsOf('/task_lists?filter[status]=2'), [id]);
		assert.equal((await ask('PATCH', `/task_lists/${id}/restore`)).data.attributes['archived_at'], null);
		assert.deepEqual(await idsOf('/task_lists?filter[status]=2'), []);
	});

	it('show templates of projects only where they are asked for', async () => {
		const [source] = await idsOf('/projects');
		const attributes = { name: 'Pattern', template_id: Number(source), project_type_id: 1, copy_as_template: true };
		const { data } = await ask('POST', '/projects/copy', { type: 'projects', attributes });
		assert.equal(data.attributes['number'], null);
		assert.deepEqual(await idsOf('/projects?filter[query]=Pattern'), []);
		assert.deepEqual(await idsOf('/projects?filter[query]=Pattern&filter[with_templates]=true'), [data.id]);
		assert.deepEqual(await idsOf('/projects?filter[query]=Pattern&filter[with_templates]=false'), []);
		assert.equal((await ask('GET', '/projects?filter[with_templates]=yes')).status, 400);
		assert.equal((await ask('GET', '/tasks?filter[with_templates]=true')).status, 400);
	});
});
