import assert from 'node:assert/strict';
import { CoreDesk } from './coredataDesk.ts';

const space = 'Harbour renewal';
const empty = 'Suggestions – Ábendingar';

describe('coredata: people of a project', () => {
	let core: CoreDesk;
	before(async () => {
		core = await CoreDesk.open();
	});
	afterEach(() => core.calm());
	after(() => core.desk.close());

	const list = [space, 'Delivery', 'People'];
	const names = () => core.desk.labels(...list);
	const put = (body: unknown) => [{ line: `PUT /api/v2/projects/${core.project('Delivery').id}/`, body }];

	it('are lines with what they are to the project; who is only connected can’t be removed', async () => {
		assert.deepEqual(await names(), ['Ada Lindqvist']);
		assert.equal((await core.desk.line(...list, 'Ada Lindqvist')).item().description, 'Responsible');
		const path = [space, empty, 'People', 'Björk Jónsdóttir'];
		assert.equal((await core.desk.line(...path)).item().description, 'Connected');
		assert.ok(!(await core.desk.offered(...path)).includes('opRemove'));
		const { said } = await core.desk.do('remove', path);
		assert.match(said.join(), /CoreData’s manual names no way to change who is connected\./);
		assert.deepEqual(core.arrived, []);
	});

	it('are added to the list they were chosen for, after at least one was chosen', async () => {
		const { said } = await core.desk.do(
			'add',
			list,
			{ pick: '$(check)' },
			{ pick: 'Responsible people' },
			{ tick: ['Chidi Okafor'] },
			{ pick: '$(check)' },
		);
		assert.match(said.join('\n'), /\$\(warning\) Choose at least one person\./);
		assert.equal(said.at(-1), 'The people were added to Delivery.');
		assert.deepEqual(core.arrived, put({ responsible_users: ['ada', 'chidi'] }));
		assert.deepEqual(await names(), ['Ada Lindqvist', 'Chidi Okafor']);
	});

	it('keep whom somebody else added meanwhile', async () => {
		core.meanwhile(core.project('Delivery'), 2, { associated_users: ['emile'] });
		const steps = [{ pick: 'Associated people' }, { tick: ['Ines Roth'] }, { pick: '$(check)' }] as const;
		await core.desk.do('add', list, ...steps);
		assert.deepEqual(core.arrived, put({ associated_users: ['emile', 'ines'] }));
		assert.deepEqual(await names(), ['Ada Lindqvist', 'Chidi Okafor', 'Émile Girard', 'Ines Roth']);
	});

	it('are refused beside their field', async () => {
		core.refuse({ projects: { associated_users: ['This user left.'] } });
		const steps = [{ pick: 'Associated people' }, { tick: ['Jonas'] }, { pick: '$(check)' }, { leave: true }] as const;
		const { said } = await core.desk.do('add', list, ...steps);
		assert.ok(said.includes('$(warning) This user left.'), said.join(' | '));
	});

	it('are removed from that list alone once that is confirmed', async () => {
		const path = [...list, 'Chidi Okafor'];
		const { said } = await core.desk.do('remove', path, { press: undefined });
		assert.match(said.join(), /Remove Chidi Okafor \(Responsible\) from Delivery\?/);
		assert.deepEqual(core.arrived, []);
		const { said: done } = await core.desk.do('remove', path, { press: 'Remove' });
		assert.equal(done.at(-1), 'Chidi Okafor was removed from Delivery.');
		assert.deepEqual(core.arrived, put({ responsible_users: ['ada'] }));
		assert.deepEqual(await names(), ['Ada Lindqvist', 'Émile Girard', 'Ines Roth']);
	});

	it('are said to be off the list where somebody else was faster', async () => {
		core.meanwhile(core.project('Delivery'), 1, { associated_users: ['emile'] });
		const { said } = await core.desk.do('remove', [...list, 'Ines Roth'], { press: 'Remove' });
		assert.match(said.join(), /^Remove.*Ines Roth was not on the list of Delivery any more/s);
		assert.deepEqual(core.arrived, []);
	});
});

describe('coredata: comments on a project', () => {
	let core: CoreDesk;
	before(async () => {
		core = await CoreDesk.open();
	});
	afterEach(() => core.calm());
	after(() => core.desk.close());

	const list = [space, 'Delivery', 'Comments'];

	it('are lines with who wrote them, or a sentence; none can be changed', async () => {
		assert.deepEqual(await core.desk.labels(...list), ['Gætið að sjávarföllum.']);
		const line = await core.desk.line(...list, 'Gætið að sjávarföllum.');
		assert.match(line.item().description ?? '', /^Björk Jónsdóttir, /);
		assert.deepEqual(line.item().context, ['relatedItem']);
		assert.deepEqual(await core.desk.labels(space, empty, 'Comments'), ['Nobody has commented on this project.']);
	});

	it('are added with a text, once', async () => {
		const { said } = await core.desk.do('add', list, { type: '  ' }, { type: 'Mind the ice.' });
		assert.ok(said.includes('Comment is needed.'), said.join(' | '));
		assert.equal(said.at(-1), 'The comment was added to Delivery.');
		const body = { text: 'Mind the ice.', doc_id: core.project('Delivery').id };
		assert.deepEqual(core.arrived, [{ line: 'POST /api/v2/comments/', body }]);
		assert.deepEqual(await core.desk.labels(...list), ['Gætið að sjávarföllum.', 'Mind the ice.']);
	});

	it('are not sent where the person leaves, and not twice where the answer was cut off', async () => {
		await core.desk.do('add', list, { leave: true });
		assert.deepEqual(core.arrived, []);
		core.desk.served.faults.add({ pattern: 'POST /api/v2/comments/', kind: 'cut' });
		const { said } = await core.desk.do('add', list, { type: 'Once' }, { leave: true });
		assert.match(said.join('\n'), /\$\(warning\) .*Look before you repeat it\./);
		assert.equal(core.arrived.length, 1);
		assert.equal(core.all('comments').filter(({ text }) => text === 'Once').length, 1);
	});

	it('are refused in words: beside the text, and where the project is gone', async () => {
		core.refuse({ comments: { text: ['Mind your language.'] } });
		const { said } = await core.desk.do('add', list, { type: 'Rude' }, { leave: true });
		assert.ok(said.includes('$(warning) Mind your language.'), said.join(' | '));
		core.calm();
		const path = [space, 'Risks', 'Comments'];
		await core.desk.labels(...path);
		await core.elsewhere('DELETE', `projects/${core.project('Risks').id}/`);
		const { said: gone } = await core.desk.do('add', path, { type: 'Hello?' }, { leave: true });
		assert.match(gone.join('\n'), /CoreData declined: doc_id: Enter a valid value\./);
	});
});
