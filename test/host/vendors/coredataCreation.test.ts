import assert from 'node:assert/strict';
import { CoreDesk } from './coredataDesk.ts';

const space = 'Harbour renewal';

describe('coredata: creating a project', () => {
	let core: CoreDesk;
	before(async () => {
		core = await CoreDesk.open();
	});
	afterEach(() => core.calm());
	after(() => core.desk.close());

	const titles = () => core.all('projects').map(({ title }) => title);

	it('says what is wrong beside each field, then sends every property once and shows the new line', async () => {
		const { said, forms } = await core.desk.do(
			'createProject',
			[space],
			{ form: { title: '', due_date: '2026-13-01', aspects: '{ "url": ' } },
			{ form: { title: 'Quay lights', due_date: '2027-03-31', aspects: '[]' } },
			{
				form: {
					description: 'Lamps\nand masts',
					responsible_users: ['Ada Lindqvist'],
					associated_users: ['chidi', 'Dörte Müller'],
					template: 'Standard project',
					status: 'On hold',
					status_message: 'Waits for cable',
					fileplan: '4.2',
					tags: 'quay, night , quay',
					contacts: ['Nordlys Energi', 'Port of Höfn'],
					aspects: '{ "url": { "url": "https://example.net" } }',
					sub_project_of: ['All cases of 2026'],
				},
			},
		);
		assert.equal(forms[0]?.title, 'New project in Harbour renewal');
		assert.ok(said.includes('title: Title is needed.'), said.join(' | '));
		assert.ok(said.includes('due_date: Due date must be a date such as 2026-03-31.'), said.join(' | '));
		assert.match(said.join('\n'), /^aspects: This is no JSON: /m);
		assert.ok(said.includes('aspects: Aspects are a JSON object with a name for each of them.'), said.join(' | '));
		assert.equal(said.at(-1), 'Quay lights was created in Desk.');

		const sent = {
			space: (core.project('Delivery')['space'] as { id: string }).id,
			title: 'Quay lights',
			description: 'Lamps\nand masts',
			due_date: '2027-03-31',
			responsible_users: ['ada'],
			associated_users: ['chidi', 'dorte'],
			template: core.project('Delivery')['template'],
			status: 'project_status:On_hold:',
			status_message: 'Waits for cable',
			fileplan: '4.2',
			tags: ['quay', 'night'],
			contacts: [core.contact('Nordlys Energi'), core.contact('Port of Höfn')],
			aspects: { url: { url: 'https://example.net' } },
			sub_project_of: [core.project('All cases of 2026', 'Málaskrá').id],
		};
		assert.deepEqual(core.arrived, [{ line: 'POST /api/v2/projects/', body: sent }]);
		const { description, fileplan, tags, contacts, aspects } = core.project('Quay lights');
		assert.deepEqual(
			{ description, fileplan, tags, contacts, aspects },
			{
				description: sent.description,
				fileplan: sent.fileplan,
				tags: sent.tags,
				contacts: sent.contacts,
				aspects: sent.aspects,
			},
		);
		assert.ok((await core.desk.labels(space)).includes('Quay lights'));
	});

	it('sends a title alone where nothing else was said, from the palette too', async () => {
		const { said } = await core.desk.fromPalette(
			'createProject',
			{ pick: 'Desk' },
			{ pick: 'Onboarding 2027' },
			{ form: { title: 'Keys' } },
		);
		const made = core.project('Keys', 'Onboarding 2027');
		assert.deepEqual(core.arrived, [
			{ line: 'POST /api/v2/projects/', body: { space: (made['space'] as { id: string }).id, title: 'Keys' } },
		]);
		assert.match(said.join(), /Keys was created in Desk\./);
		assert.ok((await core.desk.labels('Onboarding 2027')).includes('Keys'));
	});

	it('sends nothing once its tab is closed', async () => {
		await core.desk.do('createProject', [space], { form: { title: 'Never' }, send: false }, { cancelForm: true });
		assert.deepEqual(core.arrived, []);
		assert.ok(!titles().includes('Never'));
	});

	it('shows each refusal of CoreData beside its field, what has none without, and keeps what was typed', async () => {
		const { length } = titles();
		core.refuse({
			projects: { title: ['Taken.'], contacts: ['Unknown contact.', 'Too many.'], space: ['This space is full.'] },
		});
		const { said } = await core.desk.do('createProject', [space], { form: { title: 'Twice' } }, { cancelForm: true });
		for (const words of ['title: Taken.', 'contacts: Unknown contact.', 'contacts: Too many.', 'This space is full.']) {
			assert.ok(said.includes(words), `${words} is not in ${said.join(' | ')}`);
		}
		assert.match(said[0] ?? '', /^CoreData declined: title: Taken\./);
		assert.equal(titles().length, length);
	});

	it('goes through at the second try after a missing right and a lost answer were said', async () => {
		const { faults } = core.desk.served;
		faults.add({ pattern: 'POST /api/v2/projects/', kind: '401', times: 1 });
		faults.add({ pattern: 'POST /api/v2/projects/', kind: '500', times: 1 });
		const { said } = await core.desk.do(
			'createProject',
			[space],
			{ form: { title: 'Third time' } },
			{ form: {} },
			{ form: {} },
		);
		assert.match(said[0] ?? '', /^CoreData does not allow Desk to do this\.$/);
		assert.match(
			said[1] ?? '',
			/^CoreData failed \(status 500\) and did not say whether the change for Desk was made\./,
		);
		assert.equal(said.at(-1), 'Third time was created in Desk.');
		assert.equal(titles().filter((title) => title === 'Third time').length, 1);
	});

	it('is not repeated by itself where the answer was cut off', async () => {
		core.desk.served.faults.add({ pattern: 'POST /api/v2/projects/', kind: 'cut' });
		const { said } = await core.desk.do('createProject', [space], { form: { title: 'Maybe' } }, { cancelForm: true });
		assert.match(said.join(), /Look before you repeat it\./);
		assert.equal(core.arrived.length, 1);
		assert.equal(titles().filter((title) => title === 'Maybe').length, 1);
	});

	it('is offered on spaces that go on and on no other line', async () => {
		assert.ok((await core.desk.offered(space)).includes('createProject'));
		assert.ok(!(await core.desk.offered('Old library scans')).includes('createProject'));
		assert.ok(!(await core.desk.offered(space, 'Delivery')).includes('createProject'));
		assert.ok(!(await core.desk.offered(space, 'Delivery')).includes('newColumn'));
		assert.ok(!(await core.desk.offered()).includes('filter'));
	});
});
