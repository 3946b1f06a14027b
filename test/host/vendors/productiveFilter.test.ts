import assert from 'node:assert/strict';
import { kinds } from '../../../src/sandbox/productive/kinds.ts';
import { Desk } from './desk.ts';
import { project, rowsOf } from './productiveDesk.ts';

describe('productive: filtering projects', () => {
	let desk: Desk;
	beforeEach(async () => {
		desk = await Desk.open('productive');
	});
	afterEach(() => desk.close());

	const names = new Set<unknown>();
	beforeEach(() => rowsOf(desk, 'projects').forEach((row) => names.add(row['name'])));
	/** The projects among the lines of the account. */
	const shown = async () => (await desk.labels()).filter((label) => names.has(label));
	const described = () => desk.root.item().description ?? '';
	const words = () => desk.root.item().context.filter((word) => word.startsWith('filter'));

	it('says the query that it makes, shows only what fits, and says “filtered” at the account', async () => {
		assert.deepEqual(words(), ['filter']);
		assert.ok(!described().includes('filtered'));
		const { said } = await desk.do('filterWorkspaces', [], {
			form: { company_id: ['Port of Höfn', 'Quayside Studio'], status: 'Active' },
		});
		assert.deepEqual(said, ['Query: filter[status]=1&filter[company_id]=3001,3002']);
		assert.deepEqual((await shown()).toSorted(), [
			'Accessibility review',
			'Harbour renewal',
			'Onboarding 2027',
			'Website relaunch',
		]);
		assert.match(described(), /filtered$/);
		assert.match(desk.root.item().spoken ?? '', /filtered$/);
		assert.deepEqual(words(), ['filter', 'filtered']);
	});

	it('shows all of them again', async () => {
		await desk.do('filterWorkspaces', [], { form: { query: 'harbour' } });
		assert.deepEqual(await shown(), ['Harbour renewal']);
		await desk.do('clearFilter', []);
		assert.equal((await shown()).length, 12);
		assert.ok(!described().includes('filtered'));
		assert.deepEqual(words(), ['filter']);
	});

	it('begins with what it was filtered by last, and shows all where that is emptied', async () => {
		await desk.do('filterWorkspaces', [], { form: { query: 'harbour', company_id: ['Port of Höfn'] } });
		assert.deepEqual(await shown(), ['Harbour renewal']);
		const { forms, said } = await desk.do('filterWorkspaces', [], { form: { query: '', company_id: [] } });
		const held = (id: string) => forms[0]?.fields.find((field) => field.id === id);
		assert.equal(held('query')?.value, 'harbour');
		assert.deepEqual(held('company_id')?.value, ['3001']);
		assert.deepEqual(said, ['Query: None: all are shown.']);
		assert.equal((await shown()).length, 12);
		assert.ok(!described().includes('filtered'));
	});

	it('says “filtered” of no account where the query asks for nothing, such as a comparison with nothing', async () => {
		const { said } = await desk.do('filterWorkspaces', [], { form: { 'query.op': 'does not contain' } });
		assert.deepEqual(said, ['Query: None: all are shown.']);
		assert.equal((await shown()).length, 12);
		assert.ok(!described().includes('filtered'));
	});

	it('compares as one says', async () => {
		const { id } = project(desk, 'Café Ångström');
		const { said } = await desk.do('filterWorkspaces', [], { form: { id: String(id), 'id.op': 'is less than' } });
		assert.deepEqual(said, [`Query: filter[id][lt]=${id}`]);
		assert.deepEqual((await shown()).toSorted(), ['Harbour renewal', 'Straßenbahn Linie 7', 'Website relaunch']);
	});

	it('says in words that nothing fits', async () => {
		await desk.do('filterWorkspaces', [], { form: { query: 'no such thing' } });
		assert.deepEqual(await shown(), []);
		assert.ok((await desk.labels()).includes('No projects fit the filter'), (await desk.labels()).join());
	});

	it('says beside the field that an ID is a number, and asks nothing', async () => {
		const { said } = await desk.do('filterWorkspaces', [], { form: { id: 'Harbour' } }, { cancelForm: true });
		assert.deepEqual(said.slice(1), [
			'Something is missing or wrong.',
			'id: IDs are numbers; several are parted by commas.',
		]);
		assert.ok(!described().includes('filtered'));
		assert.equal((await shown()).length, 12);
	});

	it('shows a filter that Productive refuses at its field, and filters by nothing', async () => {
		const known = kinds['projects']?.filters as string[];
		const at = known.indexOf('with_templates');
		known.splice(at, 1);
		try {
			const form = { with_templates: true, query: 'harbour' };
			const { said } = await desk.do('filterWorkspaces', [], { form }, { cancelForm: true });
			assert.match(said.join('\n'), /^with_templates: Filter 'with_templates' is not supported on this endpoint$/m);
			assert.equal((await shown()).length, 12);
			await desk.do('filterWorkspaces', [], { form }, { form: { with_templates: false } });
			assert.deepEqual(await shown(), ['Harbour renewal']);
		} finally {
			known.splice(at, 0, 'with_templates');
		}
	});

	it('shows templates where they are asked for', async () => {
		await desk.do('copy', ['Website relaunch'], { form: { name: 'Muster', copy_as_template: true } });
		await desk.do('filterWorkspaces', [], { form: { query: 'Muster', with_templates: true } });
		const [line] = (await desk.labels()).filter((label) => label === 'Muster');
		assert.ok(line);
		assert.equal((await desk.line('Muster')).item().description, 'Project template');
	});

	it('says in the tree that the projects could not be read, where Productive fails', async () => {
		desk.served.faults.add({ pattern: 'GET /api/v2/projects', kind: '403' });
		const { said } = await desk.do('filterWorkspaces', [], { form: { query: 'harbour' } }, { cancelForm: true });
		assert.match(said.join('\n'), /does not allow/);
		desk.served.faults.clear();
		assert.equal((await shown()).length, 12);
	});

	it('may be done while the account is locked, for nothing is changed', async () => {
		await desk.do('lockAccount', []);
		const sent = await desk.sentWhile(() => desk.do('filterWorkspaces', [], { form: { query: 'harbour' } }));
		assert.deepEqual(sent, []);
		assert.deepEqual(await shown(), ['Harbour renewal']);
	});

	it('can be begun and ended from the palette', async () => {
		await desk.fromPalette('filterWorkspaces', { pick: 'Desk' }, { form: { query: 'harbour' } });
		assert.deepEqual(await shown(), ['Harbour renewal']);
		await desk.fromPalette('clearFilter', { pick: 'Desk' });
		assert.equal((await shown()).length, 12);
	});
});
