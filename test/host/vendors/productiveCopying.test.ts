import assert from 'node:assert/strict';
import { Desk } from './desk.ts';
import { drop, formAfter, project, rowsOf, run, whatVendorsSay } from './productiveDesk.ts';

const name = 'Website relaunch';

describe('productive: copying a project', () => {
	let desk: Desk;
	beforeEach(async () => {
		desk = await Desk.open('productive');
	});
	afterEach(() => desk.close());

	const made = (wanted: string) => rowsOf(desk, 'projects').filter((row) => row['name'] === wanted);
	const foldersOf = (id: number | undefined) => rowsOf(desk, 'folders').filter((row) => row['project_id'] === id);
	const tasksOf = (id: number | undefined) => rowsOf(desk, 'tasks').filter((row) => row['project_id'] === id);

	it('is offered at the project, begins with what the project is, and shows the copy', async () => {
		assert.ok((await desk.offered(name)).includes('opCopy'));
		const { said, forms } = await desk.do('copy', [name], { form: { name: 'Zweiter Auftritt' } });
		assert.deepEqual(said, ['Zweiter Auftritt was made.']);
		const [form] = forms;
		assert.equal(form?.title, `Copy ${name}`);
		assert.deepEqual(form.fields.find(({ id }) => id === 'template_id')?.valueLabels, [name]);
		assert.equal(form.fields.find(({ id }) => id === 'name')?.value, `Copy of ${name}`);
		const [copy] = made('Zweiter Auftritt');
		assert.equal(foldersOf(copy?.id).length, 3);
		assert.equal(tasksOf(copy?.id).length, tasksOf(project(desk, name).id).length);
		assert.ok((await desk.labels()).includes('Zweiter Auftritt'));
		assert.ok((await desk.labels('Zweiter Auftritt')).includes('Permits'));
	});

	it('copies without what was unticked', async () => {
		await desk.do('copy', [name], { form: { name: 'Bare', copy_boards: false, description: '' } });
		const [copy] = made('Bare');
		assert.deepEqual(foldersOf(copy?.id), []);
		assert.ok(!copy?.['description']);
	});

	it('makes a template, says so, and another project from it', async () => {
		const { said } = await desk.do('copy', [name], { form: { name: 'Muster', copy_as_template: true } });
		assert.deepEqual(said, ['The project template Muster was made.']);
		assert.deepEqual(
			made('Muster').map((row) => row['template']),
			[true],
		);
		assert.ok(!(await desk.labels()).includes('Muster'), 'a template is no project');
		await desk.do('copy', [name], { form: { template_id: 'Muster', name: 'Nach Muster' } });
		assert.ok((await desk.labels('Nach Muster')).includes('Permits'));
		assert.equal(made('Nach Muster')[0]?.['template'], false);
	});

	it('says what is missing beside each field, and sends nothing', async () => {
		// As Productive itself shows a project whose client was taken away.
		Object.assign(project(desk, name), { company_id: null });
		const sent = await desk.sentWhile(async () => {
			const { said } = await desk.do(
				'copy',
				[name],
				{ form: { name: ' ' } },
				{ form: { name: 'Mine' } },
				{ cancelForm: true },
			);
			const wrong = 'Something is missing or wrong.';
			assert.deepEqual(said, [wrong, 'name: Name is needed.', wrong, 'company_id: A client project needs a client.']);
		});
		assert.deepEqual(sent, []);
	});

	it('takes no client along into an internal project', async () => {
		await desk.do('copy', [name], { form: { name: 'Mine', project_type_id: 'Internal project' } });
		assert.deepEqual(
			made('Mine').map((row) => [row['project_type_id'], row['company_id']]),
			[[1, null]],
		);
	});

	it('shows several refusals of Productive at once, each at its field, and sends what was mended', async () => {
		const source = project(desk, 'Café Ångström');
		const [, client] = rowsOf(desk, 'companies');
		assert.ok(client);
		const { said } = await desk.do(
			'copy',
			[name],
			{ form: { name: 'Mine', template_id: 'Café Ångström' }, send: false },
			formAfter(() => [drop(desk, 'projects', source), drop(desk, 'companies', client)], {}),
			{ form: { template_id: name, company_id: 'Nordlys Energi' } },
		);
		assert.match(said[0] ?? '', /^Productive declined: /);
		assert.deepEqual(said.slice(1), [
			'template_id: attribute is invalid',
			'company_id: attribute is invalid',
			'Mine was made.',
		]);
		assert.equal(made('Mine').length, 1);
	});

	it('says that the account may not, and that nobody knows whether it was made; it is sent once', async () => {
		const copy = 'POST /api/v2/projects/copy';
		desk.served.faults.add({ pattern: copy, kind: '403', times: 1 });
		const refused = await desk.do('copy', [name], { form: { name: 'Mine' } }, { cancelForm: true });
		assert.match(refused.said.join('\n'), whatVendorsSay.noRight);
		assert.deepEqual(made('Mine'), []);
		for (const [kind, sentence, there] of [
			['500', whatVendorsSay.failed, 0],
			['cut', whatVendorsSay.cut, 1],
		] as const) {
			desk.served.faults.add({ pattern: copy, kind, times: 1 });
			const sent = await desk.sentWhile(async () => {
				const { said } = await desk.do('copy', [name], { form: { name: 'Mine' } }, { cancelForm: true });
				assert.match(said.join('\n'), sentence);
			});
			assert.equal(sent.length, 1, kind);
			assert.equal(made('Mine').length, there, kind);
			assert.equal((await desk.labels()).includes('Mine'), there === 1, kind);
		}
	});

	it('begins with nothing where somebody deleted the project meanwhile', async () => {
		const line = await desk.line(name);
		drop(desk, 'projects', project(desk, name));
		const { said, forms } = await run(line, 'copy');
		assert.deepEqual(forms, []);
		assert.match(said.join(), /Productive does not have this any more/);
	});

	it('sends nothing where the tab is closed', async () => {
		const sent = await desk.sentWhile(() =>
			desk.do('copy', [name], { form: { name: 'Mine' }, send: false }, { cancelForm: true }),
		);
		assert.deepEqual(sent, []);
	});

	it('can be begun from the palette', async () => {
		await desk.fromPalette('copy', { pick: 'Desk' }, { pick: name }, { form: { name: 'Mine' } });
		assert.equal(made('Mine').length, 1);
	});
});
