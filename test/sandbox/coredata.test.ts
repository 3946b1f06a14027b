import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { startVendor, type TestVendor } from '../support/sandbox.ts';

interface Wire {
	readonly id: string;
	readonly title: string;
	readonly [property: string]: unknown;
}

interface List {
	readonly meta: { limit: number; offset: number; total_count: number; next: string | null; previous: string | null };
	readonly objects: readonly Wire[];
}

let server: TestVendor;
let url: string;
let writer: { user: string; key: string };
let now: number;

async function ask(
	path: string,
	init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string>; as?: { user: string; key: string } } = {},
): Promise<Response> {
	const { user, key } = init.as ?? writer;
	const authorization = path.includes('/api/v3/') ? `apikey ${key}` : `apikey ${user}:${key}`;
	return fetch(url + path, { redirect: 'manual', ...init, headers: { authorization, ...init.headers } });
}

async function list(path: string): Promise<List> {
	const response = await ask(path);
	assert.equal(response.status, 200, path);
	return (await response.json()) as List;
}

async function one(path: string): Promise<Wire> {
	const response = await ask(path);
	assert.equal(response.status, 200, path);
	return (await response.json()) as Wire;
}

function write(method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
	return ask(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
}

async function harbour(): Promise<Wire> {
	const { objects } = await list('/api/v2/spaces/?limit=100');
	return objects.find(({ title }) => title === 'Harbour renewal') as Wire;
}

async function delivery(): Promise<Wire> {
	const { objects } = await list(`/api/v2/spaces/${(await harbour()).id}/projects/`);
	return objects.find(({ title }) => title === 'Delivery') as Wire;
}

async function createdBy(response: Response, kind: string): Promise<string> {
	assert.equal(response.status, 201, await response.clone().text());
	assert.equal(await response.text(), '');
	const location = response.headers.get('location') ?? '';
	assert.match(location, new RegExp(`^/api/v2/${kind}/[^/]+/$`));
	return location;
}

function setUp(): void {
	beforeEach(async () => {
		now = Date.UTC(2026, 10, 16, 9);
		server = await startVendor('coredata', { clock: () => now });
		({ url, ...writer } = server.address as { url: string; user: string; key: string });
	});
	afterEach(() => server.close());
}

describe('seed exchanges of CoreData (the vendor’s page “Projects”)', () => {
	setUp();

	it('lists projects twenty at a time, by creation and then by id', async () => {
		const { meta, objects } = await list('/api/v2/projects/');
		assert.deepEqual(Object.keys(meta).sort(), ['limit', 'next', 'offset', 'previous', 'total_count']);
		assert.deepEqual([meta.limit, meta.offset, meta.previous], [20, 0, null]);
		assert.equal(meta.next, '/api/v2/projects/?limit=20&offset=20');
		assert.ok(meta.total_count > 45);
		assert.equal(objects.length, 20);
		const keys = objects.map(({ created, id }) => `${String(created)} ${id}`);
		assert.deepEqual(keys, [...keys].sort());
		for (const name of [
			'connected_users',
			'contacts',
			'created',
			'created_by',
			'due_date',
			'dynatype',
			'fileplan',
			'identifier',
		]) {
			assert.ok(
				objects.every((project) => name in project),
				name,
			);
		}
	});

	it('gives the details of a project bare', async () => {
		const project = await one(`/api/v2/projects/${(await delivery()).id}/`);
		assert.deepEqual(Object.keys(project).sort(), [
			'aspects',
			'associated_contacts_id',
			'associated_users',
			'connected_users',
			'contacts',
			'created',
			'created_by',
			'description',
			'due_date',
			'dynatype',
			'fileplan',
			'fileplan_title',
			'id',
			'identifier',
			'modified',
			'modified_by',
			'path',
			'resource_uri',
			'responsible_users',
			'snapshot_id',
			'space',
			'status',
			'status_message',
			'tags',
			'template',
			'title',
			'type',
			'version',
		]);
		assert.match(String(project.created), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
		assert.match(String(project.due_date), /^\d{4}-\d\d-\d\d$/);
		assert.match(String(project.identifier), /^\d{4}-\d+$/);
		assert.equal(project.resource_uri, `/api/v2/projects/${project.id}/`);
		assert.equal(project.status, 'project_status:In_progress:');
		assert.equal(project.type, 'Project');
		assert.deepEqual(Object.keys(project.dynatype as object).sort(), [
			'caption_plural',
			'caption_singular',
			'id',
			'title',
		]);
		assert.deepEqual(project.space, { id: (await harbour()).id, title: 'Harbour renewal' });
		assert.deepEqual(Object.keys((project.responsible_users as object[])[0] ?? {}).sort(), [
			'first_name',
			'last_name',
			'username',
		]);
	});

	it('creates a project in a space and answers with nothing but its address', async () => {
		const space = await harbour();
		const response = await write('POST', '/api/v2/projects/', { title: 'New project', space: space.id });
		const project = await one(await createdBy(response, 'projects'));
		assert.equal(project.title, 'New project');
		assert.deepEqual(project.space, { id: space.id, title: space.title });
		assert.match(String(project.identifier), /^2026-\d+$/);
	});

	it('takes every documented property of a new project', async () => {
		const space = await harbour();
		const [contact] = (await list('/api/v2/contacts/')).objects;
		const [template] = (await list(`/api/v2/spaces/${space.id}/projects/templates/`)).objects;
		const [programme] = (await list('/api/v2/projects/?title__startswith=All cases')).objects;
		const body = {
			space: space.id,
			title: 'Ljós á bryggju',
			aspects: { url: { url: 'https://example.net' } },
			associated_users: ['ada'],
			contacts: [contact?.id],
			description: 'Lights',
			due_date: '2027-02-28',
			fileplan: 'plan-7',
			responsible_users: ['bjork', 'emile'],
			status: 'project_status:Pending:',
			status_message: 'soon',
			sub_project_of: [programme?.id],
			tags: ['quay', 'ljós'],
			template: template?.id,
		};
		const project = await one(await createdBy(await write('POST', '/api/v2/projects/', body), 'projects'));
		const { space: _, sub_project_of: __, responsible_users: ___, ...same } = body;
		for (const [name, value] of Object.entries(same)) {
			assert.deepEqual(project[name], value, name);
		}
		assert.deepEqual(
			(project.responsible_users as { username: string }[]).map(({ username }) => username),
			['bjork', 'emile'],
		);
	});

	it('updates only what is sent', async () => {
		const before = await delivery();
		const response = await write('PUT', `/api/v2/projects/${before.id}/`, { title: 'Updated project' });
		assert.equal(response.status, 204);
		const after = await one(`/api/v2/projects/${before.id}/`);
		assert.deepEqual({ ...after, modified: '' }, { ...before, title: 'Updated project', modified: '' });
	});

	it('deletes a project with everything in it', async () => {
		const { id } = await delivery();
		assert.equal((await ask(`/api/v2/projects/${id}/`, { method: 'DELETE' })).status, 204);
		assert.equal((await ask(`/api/v2/projects/${id}/`)).status, 404);
		assert.equal((await ask(`/api/v2/projects/${id}/tasks/`)).status, 404);
	});

	it('lists the projects of a space', async () => {
		const space = await harbour();
		const { meta, objects } = await list(`/api/v2/spaces/${space.id}/projects/`);
		assert.equal(meta.total_count, objects.length);
		assert.ok(objects.length >= 3);
		assert.ok(objects.every((project) => (project.space as Wire).id === space.id));
	});

	it('adds a contact by replacing the whole list', async () => {
		const { id, contacts: old } = await delivery();
		const added = (await list('/api/v2/contacts/')).objects[3]?.id;
		const contacts = [...(old as string[]), added];
		assert.equal((await write('PUT', `/api/v2/projects/${id}/`, { contacts })).status, 204);
		assert.deepEqual((await one(`/api/v2/projects/${id}/`)).contacts, contacts);
		await write('PUT', `/api/v2/projects/${id}/`, { contacts: [added] });
		assert.deepEqual((await one(`/api/v2/projects/${id}/`)).contacts, [added]);
	});

	it('lists the favourite and the recent projects of the caller', async () => {
		assert.ok((await list('/api/v2/user/projects/favourites/')).objects.length > 0);
		assert.equal((await list('/api/v2/user/projects/recent/')).objects.length, 10);
	});

	it('lists the files, tasks and folders of a project', async () => {
		const { id } = await delivery();
		const files = await list(`/api/v2/projects/${id}/files/`);
		const folders = await list(`/api/v2/projects/${id}/folders/`);
		const tasks = await list(`/api/v2/projects/${id}/tasks/`);
		for (const { objects } of [files, folders, tasks]) {
			assert.ok(objects.length > 0);
			assert.ok(objects.every(({ project }) => (project as Wire).id === id));
		}
		assert.ok(!('identifier' in (tasks.objects[0] ?? {})));
		assert.ok(
			files.objects.every(({ parent }) => parent !== id),
			'files hang from a node, not from the project',
		);
	});

	it('creates a folder in a project and in a folder', async () => {
		const project = await delivery();
		const top = await one(
			await createdBy(await write('POST', '/api/v2/folders/', { title: 'Teikningar', project: project.id }), 'folders'),
		);
		const inner = await one(
			await createdBy(await write('POST', '/api/v2/folders/', { title: 'Old', parent: top.id }), 'folders'),
		);
		assert.equal(inner.parent, top.id);
		assert.equal((inner.project as Wire).id, project.id);
	});

	it('creates a task in a project, changes its status and deletes it', async () => {
		const project = await delivery();
		const path = await createdBy(
			await write('POST', '/api/v2/tasks/', { title: 'Mæla', project: project.id }),
			'tasks',
		);
		const task = await one(path);
		assert.equal(task.status, 'task_status:Pending:');
		assert.match(String(task.path), /\/Projects\/Delivery\/tasks\/Mæla$/);
		assert.equal((await write('PUT', path, { status: 'task_status:Closed:' })).status, 204);
		assert.equal((await one(path)).status, 'task_status:Closed:');
		assert.equal((await ask(path, { method: 'DELETE' })).status, 204);
		assert.equal((await ask(path)).status, 404);
	});

	it('creates a comment on a project', async () => {
		const { id } = await delivery();
		const comment = await one(
			await createdBy(await write('POST', '/api/v2/comments/', { text: 'Gott', doc_id: id }), 'comments'),
		);
		assert.deepEqual([comment.text, comment.doc_id, typeof comment.id], ['Gott', id, 'number']);
		assert.equal((await list(`/api/v2/comments/?doc_id=${id}`)).objects.length, 2);
	});
});

describe('the sandbox of CoreData', () => {
	setUp();

	it('redirects reading without the last slash and fails writing without it', async () => {
		const read = await ask('/api/v2/projects?limit=5');
		assert.deepEqual([read.status, read.headers.get('location')], [301, '/api/v2/projects/?limit=5']);
		const { id } = await delivery();
		for (const [method, path] of [
			['POST', '/api/v2/projects'],
			['PUT', `/api/v2/projects/${id}`],
			['DELETE', `/api/v2/projects/${id}`],
		] as const) {
			const response = await write(method, path, { title: 'x', space: (await harbour()).id });
			assert.ok(response.status >= 400, method);
		}
		assert.equal((await one(`/api/v2/projects/${id}/`)).title, 'Delivery');
	});

	it('answers 401 with an empty body to anything but the right key in the right form', async () => {
		const { user, key } = writer;
		const wrong = [
			'',
			`apikey ${key}`,
			`apikey ${user}:wrong`,
			`apikey reader:${key}`,
			`Bearer ${key}`,
			`Basic ${btoa(`${user}:${key}`)}`,
		];
		for (const authorization of wrong) {
			const response = await ask('/api/v2/user/', { headers: { authorization } });
			assert.deepEqual([response.status, await response.text()], [401, ''], authorization);
		}
		const form = new FormData();
		const third = await ask('/api/v3/files/', {
			method: 'POST',
			body: form,
			headers: { authorization: `apikey ${user}:${key}` },
		});
		assert.equal(third.status, 401);
		assert.equal((await ask('/api/v2/user/', { headers: { authorization: `ApiKey ${user}:${key}` } })).status, 200);
	});

	it('shows the current user as a list of one and everyone else in a list', async () => {
		const { objects } = await list('/api/v2/user/');
		assert.deepEqual(
			objects.map(({ username }) => username),
			[writer.user],
		);
		const everyone = await list('/api/v2/users/');
		assert.deepEqual(Object.keys(everyone.objects[0] ?? {}).sort(), [
			'first_name',
			'last_name',
			'resource_uri',
			'user_type',
			'username',
		]);
		assert.equal((await one('/api/v2/user/ada/')).username, 'ada');
		assert.equal((await write('POST', '/api/v2/users/', {})).status, 405);
	});

	it('refuses every write of a user who may only read, with an empty 401', async () => {
		const as = server.state.readOnly as { user: string; key: string };
		const { id } = await delivery();
		assert.equal((await ask('/api/v2/user/', { as })).status, 200);
		for (const [method, path] of [
			['POST', '/api/v2/projects/'],
			['PUT', `/api/v2/projects/${id}/`],
			['DELETE', `/api/v2/projects/${id}/`],
			['POST', '/api/v3/files/'],
		] as const) {
			const response = await ask(path, {
				method,
				as,
				body: method === 'DELETE' ? null : '{}',
				headers: { 'content-type': 'application/json' },
			});
			assert.deepEqual([response.status, await response.text()], [401, ''], `${method} ${path}`);
		}
	});

	it('walks three pages by following next, and back by previous', async () => {
		const seen: string[] = [];
		let pages = 0;
		let path: string | null = '/api/v2/projects/?limit=100';
		for (; path; pages += 1) {
			const { meta, objects }: List = await list(path);
			seen.push(...objects.map(({ id }) => id));
			path = meta.next;
		}
		assert.equal(pages, 3);
		assert.equal(new Set(seen).size, seen.length);
		assert.equal(
			(await list('/api/v2/projects/?offset=30&limit=20')).meta.previous,
			'/api/v2/projects/?limit=20&offset=10',
		);
	});

	it('gives as many as allowed for a limit of zero or beyond a thousand', async () => {
		for (const limit of [0, 5000]) {
			const { meta, objects } = await list(`/api/v2/tasks/?limit=${limit}`);
			assert.equal(meta.limit, 1000);
			assert.equal(objects.length, meta.total_count);
		}
	});

	it('refuses bad limits, offsets and filters it does not have', async () => {
		for (const query of [
			'limit=-1',
			'limit=x',
			'offset=-5',
			'offset=1.5',
			'colour=red',
			'parent=x',
			'title__contains=x',
			'identifier=1',
			'created__gte=yesterday',
			'created=2026-02-30T00:00:00.000Z',
			'sync=perhaps',
			'limit=5&limit=6',
		]) {
			const response = await ask(`/api/v2/projects/?${query}`);
			assert.equal(response.status, 400, query);
			assert.equal(typeof ((await response.json()) as { error: string }).error, 'string');
		}
		assert.equal((await ask(`/api/v2/projects/${(await delivery()).id}/?limit=2`)).status, 400);
		assert.equal((await ask('/api/v2/projects/?sync=true')).status, 200);
	});

	it('refuses parameters on whatever writes', async () => {
		const { id } = await delivery();
		const { objects } = await list('/api/v2/files/?limit=1');
		for (const [method, path] of [
			['POST', '/api/v2/projects/'],
			['PUT', `/api/v2/projects/${id}/`],
			['DELETE', `/api/v2/projects/${id}/`],
			['PUT', `/api/v2/files/${objects[0]?.id}/content/`],
			['POST', '/api/v3/files/'],
		] as const) {
			const response = await write(method, `${path}?colour=red`, {});
			assert.equal(response.status, 400, `${method} ${path}`);
			assert.match(await response.text(), /colour/);
		}
		assert.equal((await ask(`/api/v2/projects/${id}/?sync=true`, { method: 'DELETE' })).status, 204);
	});

	it('filters by title, time, author, parent and identifier where the reference has it', async () => {
		assert.ok(
			(await list('/api/v2/tasks/?title__startswith=Texte')).objects.every(({ title }) => title.startsWith('Texte')),
		);
		assert.equal((await list('/api/v2/projects/?title=Delivery&limit=1')).objects[0]?.title, 'Delivery');
		const late = await list('/api/v2/projects/?created__gte=2026-03-01T00:00:00.000Z');
		assert.ok(late.objects.length > 0 && late.objects.every(({ created }) => String(created) >= '2026-03-01'));
		assert.equal((await list('/api/v2/projects/?created_by=Nobody')).objects.length, 0);
		const [, folder] = (await list('/api/v2/folders/?limit=2')).objects;
		assert.ok((await list(`/api/v2/files/?parent=${folder?.id}`)).objects.every(({ parent }) => parent === folder?.id));
		assert.equal((await list('/api/v2/contacts/?identifier__startswith=540101')).meta.total_count, 6);
	});

	it('answers problems of a body by resource and field', async () => {
		const space = (await harbour()).id;
		const problems: readonly (readonly [body: Record<string, unknown>, field: string])[] = [
			[{ space }, 'title'],
			[{ title: ' ', space }, 'title'],
			[{ title: 'x' }, 'space'],
			[{ title: 'x', space: { id: space } }, 'space'],
			[{ title: 'x', space, due_date: '2026-02-30' }, 'due_date'],
			[{ title: 'x', space, due_date: null }, 'due_date'],
			[{ title: 'x', space, status: 'task_status:Pending:' }, 'status'],
			[{ title: 'x', space, tags: 'a,b' }, 'tags'],
			[{ title: 'x', space, contacts: ['nobody'] }, 'contacts'],
			[{ title: 'x', space, responsible_users: [{ username: 'ada' }] }, 'responsible_users'],
			[{ title: 'x', space, template: 'none' }, 'template'],
			[{ title: 'x', space, sub_project_of: [(await delivery()).id] }, 'sub_project_of'],
			[{ title: 'x', space, colour: 'red' }, 'colour'],
		];
		for (const [body, field] of problems) {
			const response = await write('POST', '/api/v2/projects/', body);
			assert.equal(response.status, 400, field);
			const { projects } = (await response.json()) as { projects: Record<string, string[]> };
			assert.deepEqual(Object.keys(projects), [field]);
			assert.equal(typeof projects[field]?.[0], 'string');
		}
	});

	it('takes nothing but a JSON object as a body', async () => {
		const body = { title: 'x', space: (await harbour()).id };
		assert.equal((await write('POST', '/api/v2/projects/', body, { 'content-type': 'text/plain' })).status, 400);
		assert.equal((await write('POST', '/api/v2/projects/', [body])).status, 400);
		const broken = await ask('/api/v2/projects/', {
			method: 'POST',
			body: '{',
			headers: { 'content-type': 'application/json' },
		});
		assert.equal(broken.status, 400);
	});

	it('answers 405 with the methods there are, and 404 for what is not there', async () => {
		for (const [method, path] of [
			['POST', '/api/v2/spaces/'],
			['DELETE', `/api/v2/spaces/${(await harbour()).id}/`],
			['PATCH', '/api/v2/projects/'],
			['PUT', '/api/v2/valuelists/task_status/'],
		] as const) {
			const response = await write(method, path, {});
			assert.equal(response.status, 405, `${method} ${path}`);
			assert.match(response.headers.get('allow') ?? '', /GET/);
		}
		for (const path of [
			'/api/v2/nothing/',
			'/api/v2/projects/none/',
			'/api/v2/projects/none/tasks/',
			'/api/v1/user/',
			'/api/v2/valuelists/none/',
			'/api/v2/projects/%ff/',
			'/api/v2//projects/',
		]) {
			assert.equal((await ask(path)).status, 404, path);
		}
	});

	it('sends content from a signed address that refuses credentials, changes and delay', async () => {
		const files = await list('/api/v2/files/?limit=0');
		const file = files.objects.find(({ filename }) => String(filename).startsWith('Zeitplan')) as Wire;
		const answer = await ask(`/api/v2/files/${file.id}/content/`);
		assert.equal(answer.status, 302);
		const location = answer.headers.get('location') ?? '';
		assert.match(
			location,
			/^\/laika\/[^?]+\?response-content-disposition=.+&response-content-type=.+&AWSAccessKeyId=.+&Expires=\d+&Signature=/,
		);
		const content = await fetch(url + location);
		assert.equal(content.status, 200);
		const bytes = new Uint8Array(await content.arrayBuffer());
		assert.equal(bytes.length, file.size);
		assert.equal(createHash('md5').update(bytes).digest('hex'), file.digest);
		assert.equal(content.headers.get('content-type'), file.mime_type);
		assert.match(content.headers.get('content-disposition') ?? '', /^attachment; filename\*=utf-8''Zeitplan%20/);
		assert.equal((await ask(location)).status, 400);
		assert.equal((await fetch(url + location.replace('%2A', '*'))).status, 403);
		now += 61_000;
		assert.equal((await fetch(url + location)).status, 403);
	});

	it('puts an uploaded file into exactly one place and leaves one of the same name alone', async () => {
		const project = await delivery();
		const upload = async (parts: object): Promise<Response> => {
			const body = new FormData();
			Object.entries(parts).forEach(([name, value]) => body.append(name, value));
			return ask('/api/v3/files/', { method: 'POST', body });
		};
		const file = new Blob(['hello'], { type: 'text/plain' });
		const path = await createdBy(await upload({ filename: 'höfn.txt', project_id: project.id, file }), 'files');
		const made = await one(path);
		assert.deepEqual(
			[made.filename, made.title, made.size, made.digest],
			['höfn.txt', 'höfn', 5, '5d41402abc4b2a76b9719d911017c592'],
		);
		assert.notEqual(
			await createdBy(await upload({ filename: 'höfn.txt', project_id: project.id, file }), 'files'),
			path,
		);
		for (const bad of [
			{ filename: 'a', file },
			{ filename: 'a', project_id: project.id, parent_id: 'x', file },
			{ project_id: project.id, file },
			{ filename: 'a', project_id: project.id },
			{ filename: 'a', project_id: project.id, file, colour: 'red' },
		]) {
			assert.equal((await upload(bad)).status, 400);
		}
		for (const bad of [
			{ filename: '', project_id: project.id, file },
			{ filename: 'a', title: file, project_id: project.id, file },
			{ filename: 'a', project_id: project.id, file, template_id: 'none' },
			{ filename: 'a', project_id: project.id, file, dynatype: 'none' },
		]) {
			assert.equal((await upload(bad)).status, 400, JSON.stringify(bad));
		}
		const twice = new FormData();
		twice.append('filename', 'a');
		twice.append('project_id', project.id);
		twice.append('file', file);
		twice.append('file', file);
		assert.equal((await ask('/api/v3/files/', { method: 'POST', body: twice })).status, 400);
		assert.equal((await upload({ filename: 'a', project_id: 'none', file })).status, 404);
	});

	it('replaces content as a new version', async () => {
		const file = (await list('/api/v2/files/?limit=1')).objects[0] as Wire;
		const put = (type: string): Promise<Response> =>
			ask(`/api/v2/files/${file.id}/content/`, { method: 'PUT', body: 'hello', headers: { 'content-type': type } });
		assert.equal((await put('text/plain')).status, 400);
		assert.equal((await put('application/octet-stream')).status, 204);
		const after = await one(`/api/v2/files/${file.id}/`);
		assert.deepEqual([after.size, after.version, after.digest], [5, '0.2', '5d41402abc4b2a76b9719d911017c592']);
		const { filename, mime_type, parent, title } = file;
		assert.notEqual(after.snapshot_id, file.snapshot_id);
		assert.deepEqual(
			[after.filename, after.mime_type, after.parent, after.title],
			[filename, mime_type, parent, title],
		);
		assert.deepEqual((await list('/api/v2/files/?limit=1')).objects[0], after);
		await put('application/octet-stream');
		const later = await one(`/api/v2/files/${file.id}/`);
		assert.equal(later.version, '0.3');
		assert.notEqual(later.snapshot_id, after.snapshot_id);
	});

	it('says when content was stored, and not when it was asked for', async () => {
		const file = (await list('/api/v2/files/?limit=1')).objects[0] as Wire;
		const path = `/api/v2/files/${file.id}/content/`;
		const stored = async (): Promise<string | null> => {
			const content = await fetch(url + ((await ask(path)).headers.get('location') ?? ''));
			await content.arrayBuffer();
			return content.headers.get('last-modified');
		};
		const first = await stored();
		now += 5_000;
		assert.equal(await stored(), first);
		await ask(path, { method: 'PUT', body: 'x', headers: { 'content-type': 'application/octet-stream' } });
		assert.equal(await stored(), new Date(now).toUTCString());
	});

	it('replaces nothing of a file that is not there, and nothing for a user who may only read', async () => {
		const headers = { 'content-type': 'application/octet-stream' };
		const put = (id: string, as = writer): Promise<Response> =>
			ask(`/api/v2/files/${id}/content/`, { method: 'PUT', body: 'hello', headers, as });
		assert.equal((await put('none')).status, 404);
		const file = (await list('/api/v2/files/?limit=1')).objects[0] as Wire;
		assert.equal((await put(file.id, server.state.readOnly as typeof writer)).status, 401);
		assert.deepEqual(await one(`/api/v2/files/${file.id}/`), file);
	});

	it('deletes a file for good, and no folder', async () => {
		const before = await list('/api/v2/files/?limit=0');
		const path = `/api/v2/files/${before.objects[0]?.id}/`;
		assert.equal((await ask(path, { method: 'DELETE', as: server.state.readOnly as typeof writer })).status, 401);
		const deleted = await ask(path, { method: 'DELETE' });
		assert.deepEqual([deleted.status, await deleted.text()], [204, '']);
		for (const gone of [path, `${path}content/`]) {
			assert.equal((await ask(gone)).status, 404, gone);
		}
		assert.equal((await ask(path, { method: 'DELETE' })).status, 404);
		assert.deepEqual((await list('/api/v2/files/?limit=0')).objects, before.objects.slice(1));
		const folder = (await list('/api/v2/folders/?limit=1')).objects[0] as Wire;
		const refused = await ask(`/api/v2/folders/${folder.id}/`, { method: 'DELETE' });
		assert.deepEqual([refused.status, refused.headers.get('allow')], [405, 'GET']);
	});

	it('makes no folder without a title, in two places, in none, or where nothing is known or allowed', async () => {
		const { id: project } = await delivery();
		const folders = (await list('/api/v2/folders/?limit=0')).objects;
		const trash = folders.find(({ path }) => path === '/domain/trash');
		const parent = folders[0]?.id;
		for (const bad of [
			{ project },
			{ title: ' ', project },
			{ title: 'A' },
			{ title: 'A', project, parent },
			{ title: 'A', project: 'none' },
			{ title: 'A', parent: 'none' },
			{ title: 'A', parent: project },
			{ title: 'A', parent: trash?.id },
		]) {
			const refused = await write('POST', '/api/v2/folders/', bad);
			assert.equal(refused.status, 400, JSON.stringify(bad));
			assert.ok('folders' in ((await refused.json()) as object));
		}
		const asReader = await ask('/api/v2/folders/', {
			method: 'POST',
			body: JSON.stringify({ title: 'A', project }),
			headers: { 'content-type': 'application/json' },
			as: server.state.readOnly as typeof writer,
		});
		assert.equal(asReader.status, 401);
		assert.deepEqual((await list('/api/v2/folders/?limit=0')).objects, folders);
	});

	it('holds the oddities of a real tenant', async () => {
		const spaces = (await list('/api/v2/spaces/?limit=0')).objects;
		assert.ok(spaces.some(({ is_hidden }) => is_hidden));
		assert.ok(
			spaces.some(({ status }) => status === '') && spaces.some(({ status }) => status === 'space_status:archived:'),
		);
		const trash = (await list('/api/v2/folders/?limit=0')).objects.find(({ path }) => path === '/domain/trash');
		assert.deepEqual([trash?.created_by, trash?.modified_by, trash?.project, trash?.version], [null, null, {}, null]);
		const tasks = (await list('/api/v2/tasks/?limit=0')).objects;
		assert.ok(tasks.some(({ status }) => String(status).startsWith('space_status:')));
		assert.ok(tasks.some(({ dynatype }) => Object.keys(dynatype as object).length === 0));
		assert.ok((await list('/api/v2/files/?limit=0')).objects.some(({ digest }) => digest === ''));
		assert.ok(tasks.some(({ title }) => /[áéíóúýþæö]/i.test(title)));
	});

	it('tells the aspects of templates and types, and takes a template of the project’s own space only', async () => {
		const project = await delivery();
		const [own] = (await list(`/api/v2/spaces/${(await harbour()).id}/projects/templates/`)).objects;
		assert.deepEqual([project.template, Object.keys(own?.aspects as Wire)], [own?.id, ['url', 'kkscode']]);
		const type = (await list('/api/v2/dynatypes/')).objects.find(({ title }) => title === 'Project');
		assert.deepEqual([type?.required_aspects, type?.optional_aspects], [[], ['url', 'kkscode']]);
		const spaces = (await list('/api/v2/spaces/?limit=100')).objects;
		const other = spaces.find(({ title }) => title === 'Málaskrá');
		const [foreign] = (await list(`/api/v2/spaces/${other?.id}/projects/templates/`)).objects;
		const response = await write('PUT', `/api/v2/projects/${project.id}/`, { template: foreign?.id });
		assert.deepEqual(
			[response.status, await response.json()],
			[400, { projects: { template: ['Enter a valid value.'] } }],
		);
		assert.equal((await write('PUT', `/api/v2/projects/${project.id}/`, { template: own?.id })).status, 204);
	});

	it('replaces aspects whole and connects whoever is responsible, or else whoever made it', async () => {
		const { id } = await delivery();
		const path = `/api/v2/projects/${id}/`;
		await write('PUT', path, { aspects: { kkscode: { kks_code: ['COD____'] } }, responsible_users: ['ada'] });
		const changed = await one(path);
		assert.deepEqual([changed.aspects, changed.connected_users], [{ kkscode: { kks_code: ['COD____'] } }, ['ada']]);
		await write('PUT', path, { responsible_users: [] });
		assert.deepEqual((await one(path)).connected_users, ['bjork']);
	});

	it('lists value lists without and gives them with their entries', async () => {
		const lists = (await list('/api/v2/valuelists/')).objects;
		assert.ok(lists.some(({ name }) => name === 'project_status') && lists.every((one) => !('entries' in one)));
		const { entries } = await one('/api/v2/valuelists/task_status/');
		assert.deepEqual(Object.keys((entries as object[])[0] ?? {}).sort(), [
			'name',
			'ordering',
			'parent',
			'translations',
		]);
		const types = (await list('/api/v2/dynatypes/')).objects;
		assert.ok(types.some(({ systype, status_list }) => systype === 'Task' && status_list === 'task_status'));
	});

	it('finds what belongs to users and contacts', async () => {
		assert.ok((await list('/api/v2/user/ada/tasks/')).objects.length > 0);
		const [contact] = (await list('/api/v2/contacts/')).objects;
		assert.ok((await list(`/api/v2/contacts/${contact?.id}/projects/`)).objects.length > 0);
	});
});
