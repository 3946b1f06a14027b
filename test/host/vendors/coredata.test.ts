import assert from 'node:assert/strict';
import { CoreDesk, differing } from './coredataDesk.ts';

const space = 'Harbour renewal';
const taken = { status_message: 'soon', description: 'Cranes', tags: ['quay', 'a, b'], associated_users: ['ines'] };

describe('coredata: editing a project', () => {
	let core: CoreDesk;
	before(async () => {
		core = await CoreDesk.open();
		await core.elsewhere('PUT', `projects/${core.project('Design').id}/`, taken);
	});
	afterEach(() => core.calm());
	after(() => core.desk.close());

	const put = (title: string, body: unknown) => ({ line: `PUT /api/v2/projects/${core.project(title).id}/`, body });

	it('shows what CoreData holds, wants a title, and sends nothing but the changed one; its line is renamed', async () => {
		const before = core.project('Design');
		const { said, forms } = await core.desk.do(
			'edit',
			[space, 'Design'],
			{ form: { title: ' ', due_date: '2026-02-30' } },
			{ form: { title: 'Drawings', due_date: String(before['due_date']) } },
		);
		const shown = Object.fromEntries(forms[0]?.fields.map(({ id, value }) => [id, value]) ?? []);
		assert.deepEqual(
			[shown['title'], shown['status_message'], shown['description'], shown['tags'], shown['associated_users']],
			['Design', 'soon', 'Cranes', taken.tags, taken.associated_users],
		);
		assert.ok(said.includes('title: Title is needed.'), said.join(' | '));
		assert.match(said.join('\n'), /^due_date: Due date must be a date/m);
		assert.equal(said.at(-1), 'Design was saved and is now called Drawings.');
		assert.deepEqual(core.arrived, [put('Drawings', { title: 'Drawings' })]);
		assert.deepEqual(differing(before, core.project('Drawings')), ['title']);
		const labels = await core.desk.labels(space);
		assert.ok(labels.includes('Drawings') && !labels.includes('Design'), labels.join());
	});

	it('sends ids where people and words were chosen, and takes away what was emptied', async () => {
		const before = core.project('Drawings');
		await core.desk.do('edit', [space, 'Drawings'], {
			form: {
				due_date: '',
				status_message: '',
				responsible_users: ['Björk Jónsdóttir'],
				status: 'Closed',
				tags: ['quay'],
			},
		});
		const body = {
			due_date: null,
			status_message: '',
			responsible_users: ['bjork'],
			status: 'project_status:Closed:',
			tags: ['quay'],
		};
		assert.deepEqual(core.arrived, [put('Drawings', body)]);
		const changed = differing(before, core.project('Drawings')).filter((name) => name !== 'connected_users');
		assert.deepEqual(changed.toSorted(), Object.keys(body).toSorted());
	});

	it('sends nothing where nothing was changed, and says so', async () => {
		const { said } = await core.desk.fromPalette(
			'edit',
			{ pick: 'Desk' },
			{ pick: space },
			{ pick: 'Risks' },
			{ form: {} },
		);
		assert.equal(said.at(-1), 'Risks is as it should be already: nothing was sent.');
		assert.deepEqual(core.arrived, []);
	});

	it('keeps a tag that somebody else added and leaves away one they took', async () => {
		const title = 'Suggestions – Ábendingar';
		const held = core.project(title);
		await core.elsewhere('PUT', `projects/${held.id}/`, { tags: ['Höfn', 'old'] });
		core.meanwhile(held, 2, { tags: ['Höfn', 'theirs'] });
		await core.desk.do('edit', [space, title], { form: { tags: ['Höfn', 'old', 'mine'] } });
		assert.deepEqual(core.arrived, [put(title, { tags: ['Höfn', 'theirs', 'mine'] })]);
		assert.deepEqual(core.project(title)['tags'], ['Höfn', 'theirs', 'mine']);
	});

	it('leaves alone what somebody else changed in another field meanwhile', async () => {
		core.meanwhile(core.project('Risks'), 2, { description: 'Theirs' });
		await core.desk.do('edit', [space, 'Risks'], { form: { fileplan: '7' } });
		assert.deepEqual(core.arrived, [put('Risks', { fileplan: '7' })]);
		assert.equal(core.project('Risks')['description'], 'Theirs');
	});

	it('says beside the field what somebody else made of the same value, and replaces it at the second try', async () => {
		core.meanwhile(core.project('Risks'), 2, { status_message: 'theirs' });
		const path = [space, 'Risks'];
		const { said } = await core.desk.do('edit', path, { form: { status_message: 'mine' } }, { form: {} });
		const words = 'Somebody changed this meanwhile to “theirs”. Save again to replace it.';
		assert.ok(said.includes(`status_message: ${words}`), said.join(' | '));
		assert.deepEqual(core.arrived, [put('Risks', { status_message: 'mine' })]);
		assert.equal(core.project('Risks')['status_message'], 'mine');
	});

	it('keeps what somebody else made of it where the person leaves at that', async () => {
		core.meanwhile(core.project('Risks'), 2, { status_message: 'better' });
		const steps = [{ form: { status_message: 'worse' } }, { cancelForm: true }] as const;
		await core.desk.do('edit', [space, 'Risks'], ...steps);
		assert.deepEqual(core.arrived, []);
		assert.equal(core.project('Risks')['status_message'], 'better');
	});

	it('shows refusals beside their fields, several at once, and one without a field without', async () => {
		const before = core.project('Risks');
		core.refuse({ projects: { fileplan: ['Unknown category.'], due_date: ['Too late.'], version: ['Stale.'] } });
		const steps = [{ form: { fileplan: '99', due_date: '2099-01-01' } }, { cancelForm: true }] as const;
		const { said } = await core.desk.do('edit', [space, 'Risks'], ...steps);
		for (const words of ['fileplan: Unknown category.', 'due_date: Too late.', 'Stale.']) {
			assert.ok(said.includes(words), `${words} is not in ${said.join(' | ')}`);
		}
		assert.deepEqual(differing(before, core.project('Risks')), []);
	});

	it('says why where the right is missing, the answer is lost, or this CoreData changes no projects', async () => {
		const { faults } = core.desk.served;
		const pattern = 'PUT /api/v2/projects/';
		faults.add({ pattern, kind: '401', times: 1 });
		faults.add({ pattern, kind: '403', times: 1 });
		faults.add({ pattern, kind: '404', times: 1 });
		faults.add({ pattern, kind: '500', times: 1 });
		faults.add({ pattern, kind: 'cut', times: 1 });
		const again = { form: {} } as const;
		const { said } = await core.desk.do(
			'edit',
			[space, 'Risks'],
			...([{ form: { fileplan: '8' } }, again, again, again, again, again] as const),
		);
		const expected = [
			/does not allow Desk to do this\.$/,
			/does not allow Desk to do this\.$/,
			/^This CoreData lets no other programs change projects\. Change it in CoreData itself\.$/,
			/failed \(status 500\) and did not say whether/,
			/broke before it said whether|in a form Boardwalk does not know, so it may have been made/,
		];
		expected.forEach((words, at) => assert.match(said[at] ?? '', words));
		// The cut answer was to a change that was made: there is nothing left to send.
		assert.equal(said.at(-1), 'Risks is as it should be already: nothing was sent.');
		assert.equal(core.project('Risks')['fileplan'], '8');
		assert.equal(core.arrived.length, 5);
	});

	it('says that the project is gone where somebody else deleted it meanwhile', async () => {
		core.meanwhile(core.project('Permits', 'Website relaunch'), 2, undefined);
		const path = ['Website relaunch', 'Permits'];
		const { said } = await core.desk.do('edit', path, { form: { title: 'Ghost' } }, { cancelForm: true });
		assert.match(said.join(), /CoreData does not have this any more, or Desk may not see it\./);
		assert.deepEqual(core.arrived, []);
		const { said: then } = await core.desk.do('edit', path);
		assert.match(then.join(), /does not have this any more/);
	});
});

describe('coredata: deleting a project', () => {
	let core: CoreDesk;
	before(async () => {
		core = await CoreDesk.open();
	});
	afterEach(() => core.calm());
	after(() => core.desk.close());

	const isThere = (title: string, within = space) =>
		core.all('projects').some((one) => one.title === title && (one['space'] as { title?: string }).title === within);

	it('wants its name typed exactly, and sends nothing where the person then leaves', async () => {
		const { said } = await core.desk.do(
			'delete',
			[space, 'Risks'],
			{ type: 'risks' },
			{ type: 'yes' },
			{ leave: true },
		);
		assert.equal(said.filter((one) => one.includes('Type “Risks” to go on.')).length, 2, said.join(' | '));
		assert.deepEqual(core.arrived, []);
		assert.ok(isThere('Risks'));
	});

	it('says why where CoreData refuses, and its line stays', async () => {
		const refusals = [
			[
				() => core.refuse({ projects: { title: ['It has open tasks.'] } }),
				/CoreData declined: title: It has open tasks\./,
			],
			[() => core.desk.served.faults.add({ pattern: 'DELETE ', kind: '401' }), /does not allow Desk to do this/],
			[() => core.refuse({}, 405), /^This CoreData lets no other programs delete projects\./],
		] as const;
		for (const [refuse, words] of refusals) {
			refuse();
			const { said } = await core.desk.do('delete', [space, 'Risks'], { type: 'Risks' });
			assert.match(said.join('\n'), words);
			core.calm();
		}
		assert.ok(isThere('Risks') && (await core.desk.labels(space)).includes('Risks'));
	});

	it('takes it away with its tasks by one request, and its line goes', async () => {
		const { id } = core.project('Risks');
		assert.ok(core.all('tasks').some(({ project }) => (project as { id?: string }).id === id));
		const { said } = await core.desk.do('delete', [space, 'Risks'], { type: 'Risks' });
		assert.equal(said.at(-1), 'Risks was deleted.');
		assert.deepEqual(core.arrived, [{ line: `DELETE /api/v2/projects/${id}/`, body: undefined }]);
		assert.ok(!isThere('Risks') && !(await core.desk.labels(space)).includes('Risks'));
		assert.ok(!core.all('tasks').some(({ project }) => (project as { id?: string }).id === id));
	});

	it('asks with the name the project has by now, from the palette too', async () => {
		await core.elsewhere('PUT', `projects/${core.project('Build', 'Straßenbahn Linie 7').id}/`, { title: 'Tracks' });
		const { said } = await core.desk.fromPalette(
			'delete',
			{ pick: 'Desk' },
			{ pick: 'Straßenbahn Linie 7' },
			{ pick: 'Tracks' },
			{ type: 'Tracks' },
		);
		assert.equal(said.at(-1), 'Tracks was deleted.');
		assert.ok(!isThere('Tracks', 'Straßenbahn Linie 7'));
	});

	it('is not repeated where the answer was cut off, and what is there is looked at anew', async () => {
		core.desk.served.faults.add({ pattern: 'DELETE ', kind: 'cut' });
		const { said } = await core.desk.do('delete', [space, 'Design'], { type: 'Design' });
		assert.match(said.join(), /Look before you repeat it\./);
		assert.equal(core.arrived.length, 1);
		assert.ok(!(await core.desk.labels(space)).includes('Design'));
	});

	it('says that it is gone where somebody else was faster', async () => {
		core.meanwhile(core.project('Delivery'), 1, undefined);
		const { said } = await core.desk.do('delete', [space, 'Delivery']);
		assert.match(said.join(), /does not have this any more/);
		assert.deepEqual(core.arrived, []);
	});
});
