import assert from 'node:assert/strict';
import { read, uriOf } from '../documents/support.ts';
import { CoreDesk } from './coredataDesk.ts';

const space = 'Harbour renewal';

describe('coredata: favourites and recent projects', () => {
	let core: CoreDesk;
	before(async () => {
		core = await CoreDesk.open();
	});
	afterEach(() => core.calm());
	after(() => core.desk.close());

	const refresh = () => core.desk.do('refreshNode', []);
	const page = (objects: readonly unknown[]) =>
		Response.json({ meta: { limit: 100, offset: 0, next: null, total_count: objects.length }, objects });

	it('stand above the spaces and open as projects do', async () => {
		assert.deepEqual((await core.desk.labels()).slice(0, 2), ['Favourites', 'Recent projects']);
		assert.deepEqual(await core.desk.labels('Favourites'), ['Delivery', 'Design', 'Risks']);
		assert.equal((await core.desk.labels('Recent projects')).length, 10);
		const beneath = await core.desk.labels('Favourites', 'Delivery');
		for (const label of ['Files', 'People', 'Contacts', 'Comments', 'Pending', 'Closed']) {
			assert.ok(beneath.includes(label), beneath.join());
		}
		assert.ok((await core.desk.labels('Favourites', 'Delivery', 'Pending')).length > 1);
		assert.deepEqual(await core.desk.labels('Favourites', 'Delivery', 'People'), ['Ada Lindqvist']);
	});

	it('stand beneath their list for the tree too, so that it is drawn anew after a change', async () => {
		assert.equal((await core.desk.line('Favourites', 'Design')).parent, await core.desk.line('Favourites'));
	});

	it('hold documents that can be read', async () => {
		const path = ['Favourites', 'Delivery', 'Files'];
		const name = 'Project brief.pdf';
		const text = await read(uriOf(core.desk.own, await core.desk.line(...path, name)));
		const same = await core.desk.line(space, 'Delivery', 'Files', name);
		assert.equal(text, await read(uriOf(core.desk.own, same)));
		assert.notEqual(text, '');
	});

	it('can be edited and deleted where they stand', async () => {
		await core.desk.do('edit', ['Favourites', 'Design'], { form: { title: 'Drawings' } });
		assert.deepEqual(await core.desk.labels('Favourites'), ['Delivery', 'Drawings', 'Risks']);
		await core.desk.do('delete', ['Favourites', 'Risks'], { type: 'Risks' });
		assert.ok(!(await core.desk.labels('Favourites')).includes('Risks'));
		assert.equal(core.project('Drawings').title, 'Drawings');
	});

	it('say in words that this CoreData does not show them, and that there are none', async () => {
		core.instead = (line) => (line.includes('/user/projects/') ? new Response('', { status: 404 }) : undefined);
		await refresh();
		assert.deepEqual(await core.desk.labels('Favourites'), ['This CoreData does not show favourite projects.']);
		assert.deepEqual(await core.desk.labels('Recent projects'), ['This CoreData does not show recent projects.']);
		assert.ok((await core.desk.labels()).includes(space));
		core.instead = (line) => (line.includes('/user/projects/') ? page([]) : undefined);
		await refresh();
		assert.deepEqual(await core.desk.labels('Favourites'), [
			'You have no favourite projects. CoreData itself is where they are marked.',
		]);
		assert.deepEqual(await core.desk.labels('Recent projects'), ['You have not worked with a project yet.']);
		core.instead = () => undefined;
		await refresh();
		assert.ok((await core.desk.labels('Favourites')).includes('Delivery'));
	});
});

describe('coredata: spaces and what is in them', () => {
	let core: CoreDesk;
	before(async () => {
		core = await CoreDesk.open();
	});
	afterEach(() => core.calm());
	after(() => core.desk.close());

	it('are shown without the hidden ones, those that are over last', async () => {
		const labels = await core.desk.labels();
		assert.ok(!labels.includes('global'), labels.join());
		assert.equal(labels.length, 2 + 13);
		assert.equal(labels.at(-1), 'Old library scans');
		assert.equal((await core.desk.line('Old library scans')).item().description, 'archived');
	});

	it('list their projects page by page to the last', async () => {
		const first = await core.desk.labels('Málaskrá');
		assert.equal(first.at(-1), 'Load more…');
		await core.desk.do('loadMore', ['Málaskrá', 'Load more…']);
		await core.desk.do('loadMore', ['Málaskrá', 'Load more…']);
		const all = await core.desk.labels('Málaskrá');
		const held = core.all('projects').filter((one) => (one['space'] as { title?: string }).title === 'Málaskrá');
		assert.deepEqual(
			all.filter((label) => label !== 'Files'),
			held.map(({ title }) => title),
		);
	});

	it('say why where they can’t be listed', async () => {
		core.desk.served.faults.add({ pattern: 'GET /api/v2/spaces/*/projects/', kind: '403' });
		assert.ok((await core.desk.labels('Café Ångström')).includes('CoreData does not allow Desk to do this.'));
	});

	it('take folders in projects, with a name that is none yet', async () => {
		const path = [space, 'Delivery', 'Files'];
		assert.ok((await core.desk.offered(...path)).includes('newFolder'));
		const names = [{ type: '' }, { type: 'a/b' }, { type: 'Minutes & decisions' }, { type: 'Plans' }] as const;
		const { said } = await core.desk.do('createFolder', path, ...names);
		assert.match(
			said.join('\n'),
			/A name is needed\.\nA name can’t hold a slash.*\nThere is a “Minutes & decisions” here already\./,
		);
		const body = { title: 'Plans', project: core.project('Delivery').id };
		assert.deepEqual(core.arrived, [{ line: 'POST /api/v2/folders/', body }]);
		assert.ok((await core.desk.labels(...path)).includes('Plans'));

		await core.desk.do('createFolder', [...path, 'Plans'], { type: 'Old' });
		const parent = core.all('folders').find(({ title }) => title === 'Plans')?.id;
		assert.deepEqual(core.arrived.at(-1)?.body, { title: 'Old', parent });
		assert.deepEqual(await core.desk.labels(...path, 'Plans'), ['Old']);
	});

	it('say why no folder is made at the top of a space, without the right, or by other programs', async () => {
		const { length } = core.all('folders');
		assert.ok(!(await core.desk.offered(space, 'Files')).includes('newFolder'));
		const { said } = await core.desk.do('createFolder', [space, 'Files']);
		assert.match(said.join(), /CoreData makes new folders only in projects and in other folders/);
		const path = [space, 'Delivery', 'Files'];
		core.desk.served.faults.add({ pattern: 'POST /api/v2/folders/', kind: '401', times: 1 });
		assert.match(
			(await core.desk.do('createFolder', path, { type: 'No' })).said.join(),
			/does not allow Desk to do this/,
		);
		core.refuse({}, 405);
		const { said: missing } = await core.desk.do('createFolder', path, { type: 'No' });
		assert.match(missing.join(), /This CoreData makes no folders for other programs\./);
		assert.equal(core.all('folders').length, length);
	});
});
