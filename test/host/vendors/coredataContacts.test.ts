import assert from 'node:assert/strict';
import { CoreDesk } from './coredataDesk.ts';

const space = 'Harbour renewal';
const empty = 'Suggestions – Ábendingar';

describe('coredata: contacts of a project', () => {
	let core: CoreDesk;
	before(async () => {
		core = await CoreDesk.open();
	});
	afterEach(() => core.calm());
	after(() => core.desk.close());

	const list = [space, 'Delivery', 'Contacts'];
	const names = () => core.desk.labels(...list);
	const held = (title = 'Delivery') => core.project(title)['contacts'] as readonly string[];
	const put = (contacts: readonly string[], title = 'Delivery') => [
		{ line: `PUT /api/v2/projects/${core.project(title).id}/`, body: { contacts } },
	];

	it('are lines by their names, or a sentence where there are none', async () => {
		const [first] = await names();
		assert.deepEqual(held(), [core.contact(first ?? '')]);
		assert.deepEqual(await core.desk.labels(space, empty, 'Contacts'), ['This project has no contacts.']);
		const { context } = (await core.desk.line(...list)).item();
		assert.ok(context.includes('opAdd') && !context.includes('opRemove'), context.join());
		const words = await core.desk.offered(...list, first ?? '');
		assert.ok(words.includes('opRemove') && !words.includes('opEdit'), words.join());
	});

	it('are added from those that are not there yet, and at least one must be chosen', async () => {
		const before = held();
		const [first = ''] = await names();
		const { offered } = await core.desk.do('add', list, { leave: true });
		assert.ok(offered.includes('Nordlys Energi') && !offered.includes(first), offered.join());
		assert.deepEqual(core.arrived, []);

		const again = [{ tick: [] }, { pick: 'Contacts' }, { tick: ['Nordlys', 'Lagos'] }, { pick: '$(check)' }] as const;
		const { said: done } = await core.desk.do('add', list, ...again);
		assert.match(done.join('\n'), /\$\(warning\) Choose at least one contact\./);
		assert.equal(done.at(-1), 'Contacts of Delivery now include Nordlys Energi and Lagos Ferry Company.');
		const whole = [...before, core.contact('Nordlys Energi'), core.contact('Lagos Ferry Company')];
		assert.deepEqual(core.arrived, put(whole));
		assert.deepEqual(held(), whole);
		assert.deepEqual(await names(), [first, 'Nordlys Energi', 'Lagos Ferry Company']);
	});

	it('keep one that somebody else added meanwhile', async () => {
		const theirs = [...held(), core.contact('Quayside Studio')];
		core.meanwhile(core.project('Delivery'), 2, { contacts: theirs });
		await core.desk.do('add', list, { tick: ['株式会社みなと'] });
		assert.deepEqual(held(), [...theirs, core.contact('株式会社みなと')]);
		assert.deepEqual(core.arrived, put(held()));
		assert.ok((await names()).includes('Quayside Studio'));
	});

	it('are not sent where somebody else added the same meanwhile', async () => {
		core.meanwhile(core.project('Delivery'), 2, { contacts: [...held(), core.contact('Bäckerei Sommer')] });
		const { said } = await core.desk.do('add', list, { tick: ['Bäckerei Sommer'] });
		assert.equal(said.at(-1), 'Somebody else added Bäckerei Sommer to Delivery already.');
		assert.deepEqual(core.arrived, []);
		assert.ok((await names()).includes('Bäckerei Sommer'));
	});

	it('say so where every one is there already', async () => {
		const { said, offered } = await core.desk.do('add', list, { leave: true });
		assert.match([...said, ...offered].join(), /Every contact in this CoreData is one of this project already\./);
	});

	it('are removed once that is confirmed, the others stay', async () => {
		const before = held();
		const path = [...list, 'Nordlys Energi'];
		const { said } = await core.desk.do('remove', path, { press: undefined });
		assert.match(
			said.join(),
			/Remove Nordlys Energi from the contacts of Delivery\?\nThe contact itself stays in CoreData\./,
		);
		assert.deepEqual(core.arrived, []);
		const { said: done } = await core.desk.do('remove', path, { press: 'Remove' });
		assert.equal(done.at(-1), 'Nordlys Energi is no longer a contact of Delivery.');
		const left = before.filter((id) => id !== core.contact('Nordlys Energi'));
		assert.deepEqual(core.arrived, put(left));
		assert.ok(!(await names()).includes('Nordlys Energi'));
	});

	it('keep one that somebody else added while another was removed', async () => {
		await names();
		const theirs = [...held(), core.contact('Nordlys Energi')];
		core.meanwhile(core.project('Delivery'), 1, { contacts: theirs });
		await core.desk.do('remove', [...list, 'Quayside Studio'], { press: 'Remove' });
		assert.deepEqual(
			held(),
			theirs.filter((id) => id !== core.contact('Quayside Studio')),
		);
		assert.ok((await names()).includes('Nordlys Energi'));
	});

	it('are said to be gone where somebody else removed the same, and nothing is sent', async () => {
		await names();
		const others = held().filter((id) => id !== core.contact('Bäckerei Sommer'));
		core.meanwhile(core.project('Delivery'), 1, { contacts: others });
		const { said } = await core.desk.do('remove', [...list, 'Bäckerei Sommer'], { press: 'Remove' });
		assert.equal(said.at(-1), 'Bäckerei Sommer was no contact of Delivery any more: somebody else had removed it.');
		assert.deepEqual(core.arrived, []);
		assert.ok(!(await names()).includes('Bäckerei Sommer'));
	});

	it('show a refusal beside the field, and without one where there is none', async () => {
		core.refuse({ projects: { contacts: ['This contact is locked.'] } });
		const before = held();
		const { said } = await core.desk.do('add', list, { tick: ['Quayside'] }, { leave: true });
		assert.ok(said.includes('$(warning) This contact is locked.'), said.join(' | '));
		assert.ok(said.includes('$(warning) CoreData declined: contacts: This contact is locked.'), said.join(' | '));
		const { said: then } = await core.desk.do('remove', [...list, 'Lagos Ferry Company'], { press: 'Remove' });
		assert.match(then.join('\n'), /CoreData declined: contacts: This contact is locked\./);
		assert.deepEqual(held(), before);
		assert.ok((await names()).includes('Lagos Ferry Company'));
	});

	it('say so where the right is missing or the answer is lost', async () => {
		const pattern = 'PUT /api/v2/projects/';
		core.desk.served.faults.add({ pattern, kind: '401', times: 1 });
		core.desk.served.faults.add({ pattern, kind: 'cut', times: 1 });
		const { said } = await core.desk.do(
			'add',
			list,
			{ tick: ['Quayside'] },
			{ pick: '$(check)' },
			{ pick: '$(check)' },
		);
		assert.match(said.join('\n'), /\$\(warning\) CoreData does not allow Desk to do this\./);
		assert.match(said.join('\n'), /\$\(warning\) .*Look before you repeat it\./);
		assert.equal(said.at(-1), 'Somebody else added Quayside Studio to Delivery already.');
		assert.equal(core.arrived.length, 2);
	});

	it('can be added and removed from the palette', async () => {
		const way = [{ pick: space }, { pick: 'Design' }] as const;
		const before = held('Design');
		const tick = { tick: ['Lagos Ferry Company'] };
		await core.desk.fromPalette('add', { pick: 'Desk' }, { pick: 'Add contacts' }, ...way, tick);
		assert.deepEqual(held('Design'), [...before, core.contact('Lagos Ferry Company')]);
		const press = [{ pick: 'Lagos Ferry Company' }, { press: 'Remove' }] as const;
		await core.desk.fromPalette('remove', { pick: 'Desk' }, { pick: 'Remove contact' }, ...way, ...press);
		assert.deepEqual(held('Design'), before);
	});
});
