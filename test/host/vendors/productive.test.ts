import assert from 'node:assert/strict';
import { Desk } from './desk.ts';
import { drop, formAfter, project, type Row, rowsOf, run, typedAfter, whatVendorsSay } from './productiveDesk.ts';

const name = 'Website relaunch';

describe('productive: creating a project', () => {
	let desk: Desk;
	beforeEach(async () => {
		desk = await Desk.open('productive');
	});
	afterEach(() => desk.close());

	const called = (wanted: string) => rowsOf(desk, 'projects').filter((row) => row['name'] === wanted);
	const good = { name: 'Neuer Kai', company: 'Nordlys Energi', workflow: 'Redaktion' };

	it('is offered at the account, asks for what Productive needs, and shows the new project', async () => {
		assert.ok((await desk.offered()).includes('createProject'));
		const { said, forms } = await desk.do('createProject', [], { pick: 'New project' }, { form: good });
		assert.deepEqual(
			forms[0]?.fields.filter(({ required }) => required).map(({ id }) => id),
			['name', 'type', 'manager', 'workflow'],
		);
		assert.match(said.join(), /Neuer Kai was created in Desk\./);
		const [made] = called('Neuer Kai');
		assert.deepEqual(
			[made?.['project_type_id'], Number(made?.['company_id']), made?.['workflow_id'], made?.['archived_at'] ?? null],
			[2, 3003, 4002, null],
		);
		assert.ok((await desk.labels()).includes('Neuer Kai'));
	});

	it('says beside the fields what is missing, and sends nothing until it is there', async () => {
		const sent = await desk.sentWhile(async () => {
			const { said } = await desk.do(
				'createProject',
				[],
				{ pick: 'New project' },
				{ form: { name: ' ' } },
				{ form: { name: 'Neuer Kai', workflow: 'Redaktion' } },
				{ cancelForm: true },
			);
			assert.deepEqual(said, [
				'Something is missing or wrong.',
				'name: Name is needed.',
				'workflow: Workflow is needed.',
				'Something is missing or wrong.',
				'company: A client project needs a client.',
			]);
		});
		assert.deepEqual(sent, []);
	});

	it('takes no client into an internal project', async () => {
		const form = { ...good, type: 'Internal project' };
		await desk.do('createProject', [], { pick: 'New project' }, { form });
		assert.deepEqual(
			called('Neuer Kai').map((row) => [row['project_type_id'], row['company_id']]),
			[[1, null]],
		);
	});

	it('shows each refusal of Productive at its field, and keeps what was typed', async () => {
		const [manager, company] = [rowsOf(desk, 'people')[2], rowsOf(desk, 'companies')[2]] as [Row, Row];
		const { said } = await desk.do(
			'createProject',
			[],
			{ pick: 'New project' },
			{ form: { ...good, manager: 'Chidi Okafor' }, send: false },
			formAfter(() => [drop(desk, 'people', manager), drop(desk, 'companies', company)], {}),
			{ form: { manager: 'Ada Lindqvist', company: 'Quayside Studio' } },
		);
		assert.ok(
			said.includes('manager: attribute is invalid') && said.includes('company: attribute is invalid'),
			said.join('\n'),
		);
		assert.equal(called('Neuer Kai').length, 1);
	});

	it('says that the account may not, and that nobody knows whether it was made', async () => {
		for (const [kind, sentence] of [
			['403', whatVendorsSay.noRight],
			['500', whatVendorsSay.failed],
		] as const) {
			desk.served.faults.add({ pattern: `POST /api/v2/projects`, kind });
			const { said } = await desk.do(
				'createProject',
				[],
				{ pick: 'New project' },
				{ form: good },
				{ cancelForm: true },
			);
			assert.match(said.join('\n'), sentence);
			desk.served.faults.clear();
		}
		assert.deepEqual(called('Neuer Kai'), []);
	});

	it('makes a folder in a project from the project’s line', async () => {
		assert.ok((await desk.offered(name)).includes('createProject'));
		const { said } = await desk.do('createProject', [name], { type: '' }, { type: 'Abnahme' });
		assert.ok(said.includes('Name is needed.'));
		assert.ok((await desk.labels(name)).includes('Abnahme'));
		const made = rowsOf(desk, 'folders').find((row) => row['name'] === 'Abnahme');
		assert.equal(made?.['project_id'], project(desk, name).id);
	});
});

describe('productive: editing a project', () => {
	let desk: Desk;
	beforeEach(async () => {
		desk = await Desk.open('productive');
	});
	afterEach(() => desk.close());

	it('gives it another name at Productive and in the tree, and changes nothing else', async () => {
		const before = { ...project(desk, name) };
		const { said } = await desk.do('edit', [name], { type: 'Neuer Auftritt' });
		assert.deepEqual(said, [`${name} was changed.`]);
		assert.deepEqual(project(desk, 'Neuer Auftritt'), { ...before, name: 'Neuer Auftritt' });
		const shown = await desk.labels();
		assert.ok(shown.includes('Neuer Auftritt') && !shown.includes(name));
	});

	it('refuses an empty name beside it, and sends nothing where the name stays or the person leaves', async () => {
		const sent = await desk.sentWhile(async () => {
			const { said } = await desk.do('edit', [name], { type: '  ' }, { type: name });
			assert.deepEqual(said, ['Name is needed.', `Nothing of ${name} was changed.`]);
			await desk.do('edit', [name], { leave: true });
		});
		assert.deepEqual(sent, []);
	});

	it('begins with the name it has now, and does not write over one that somebody gave meanwhile', async () => {
		const row = project(desk, name);
		const line = await desk.line(name);
		const sent = await desk.sentWhile(async () => {
			const theirs = () => Object.assign(row, { name: 'Theirs' });
			const { said } = await run(line, 'edit', typedAfter(theirs, 'Mine'), { leave: true });
			assert.match(said.join('\n'), /Somebody has changed this to “Theirs” meanwhile\./);
		});
		assert.deepEqual(sent, []);
		await run(line, 'edit', { type: 'Mine' });
		assert.equal(row['name'], 'Mine');
	});

	it('says why Productive refuses, keeps what was typed, and sends it again', async () => {
		desk.served.faults.add({ pattern: 'PATCH /api/v2/projects/*', kind: '403', times: 1 });
		const { said } = await desk.do('edit', [name], { type: 'Mine' }, { pick: 'Save' });
		assert.match(said.join('\n'), whatVendorsSay.noRight);
		assert.ok((await desk.labels()).includes('Mine'));
	});

	it('looks at Productive anew where the answer was cut off', async () => {
		desk.served.faults.add({ pattern: 'PATCH /api/v2/projects/*', kind: 'cut' });
		const { said } = await desk.do('edit', [name], { type: 'Mine' }, { leave: true });
		assert.match(said.join('\n'), whatVendorsSay.cut);
		assert.ok((await desk.labels()).includes('Mine'), 'the old name is shown still');
	});

	it('can be begun from the palette', async () => {
		const steps = [{ pick: 'Desk' }, { pick: 'Edit project' }, { pick: name }, { type: 'Mine' }] as const;
		await desk.fromPalette('edit', ...steps);
		assert.ok((await desk.labels()).includes('Mine'));
	});
});
