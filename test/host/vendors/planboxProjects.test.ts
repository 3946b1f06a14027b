import assert from 'node:assert/strict';
import type { Desk } from './desk.ts';
import { heldBy, openDesk, projectOf, withRight, writesWhile } from './planboxDesk.ts';

describe('planbox: adding a project', () => {
	const at = 'Harbour renewal';
	let desk: Desk;
	before(async () => {
		desk = await openDesk();
		await desk.labels(at);
	});
	afterEach(() => desk.served.faults.clear());
	after(() => desk.close());

	const count = (name: string) => heldBy(desk).projects.filter((one) => one.name === name).length;

	it('asks again for a missing name and a short name of eleven characters, then copies members from another', async () => {
		assert.ok((await desk.offered(at)).includes('createProject'));
		let said: readonly string[] = [];
		const sent = await writesWhile(desk, async () => {
			({ said } = await desk.do(
				'createProject',
				[at],
				{ type: ' ' },
				{ type: ' Gate app ' },
				{ pick: 'Short name' },
				{ type: 'ELEVENCHARS' },
				{ type: 'TENLETTERS' },
				{ pick: 'Copy members and roles from' },
				{ pick: 'Delivery' },
				{ pick: 'Create project' },
			));
		});
		assert.ok(said.includes('Name is needed.'), said.join(' | '));
		assert.ok(said.includes('Short name can have at most 10 characters.'), said.join(' | '));
		assert.equal(said.at(-1), 'Gate app was created in Desk.');
		assert.deepEqual(sent, ['POST /api/add_project']);
		const { alias, members, product_id } = projectOf(desk, 'Gate app');
		assert.deepEqual([alias, product_id], ['TENLETTERS', 1234]);
		assert.deepEqual(new Set(members.keys()), new Set(projectOf(desk, 'Delivery').members.keys()));
		assert.ok((await desk.labels(at)).includes('Gate app'));
		assert.ok((await desk.labels(at, 'Gate app')).includes('Current'));
	});

	it('has the person alone in it where nothing else is said, and is added from the palette too', async () => {
		await desk.fromPalette(
			'createProject',
			{ pick: 'Desk' },
			{ pick: 'New project in' },
			{ pick: 'Website relaunch' },
			{ type: 'Alone' },
			{ pick: 'Create project' },
		);
		assert.deepEqual([...projectOf(desk, 'Alone').members], [[7, 'worker']]);
		assert.deepEqual(await desk.labels('Website relaunch', 'Alone', 'Members'), ['Ada Lindqvist']);
	});

	for (const [initiative, hidden, first] of [
		[at, 'Old quay (removed)', 'Delivery'],
		['Website relaunch', 'Salaries', 'Redaktion'],
	] as const) {
		it(`does not offer “${hidden}” to copy from, which is not shown in the tree either`, async () => {
			const steps = [{ type: 'Never' }, { pick: 'Copy members' }, { pick: hidden }, { leave: true }] as const;
			await assert.rejects(desk.do('createProject', [initiative], ...steps), ({ actual }: assert.AssertionError) => {
				assert.ok(String(actual).startsWith(`"${hidden}" is not among: ${first}`), String(actual));
				return true;
			});
			assert.ok(!(await desk.labels(initiative)).includes(hidden));
		});
	}

	it('sends nothing where the person leaves before it is sent', async () => {
		const sent = await writesWhile(desk, () => desk.do('createProject', [at], { type: 'Never' }, { leave: true }));
		assert.deepEqual(sent, []);
	});

	it('says that the project to copy from is gone meanwhile, and sends it with another', async () => {
		await desk.labels(at);
		const members = projectOf(desk, 'Risks').members as Map<number, string>;
		const steps = [
			{ type: 'Copied' },
			{ pick: 'Copy members' },
			{ pick: 'Risks' },
			{ pick: 'Create project' },
		] as const;
		members.delete(7);
		const instead = [{ pick: 'Copy members' }, { pick: 'Design' }, { pick: 'Create project' }] as const;
		const { said } = await desk.do('createProject', [at], ...steps, ...instead);
		members.set(7, 'worker');
		assert.match(said.join(' | '), /\$\(warning\) Planbox does not have this any more, .*\. Project not found\./);
		assert.equal(said.at(-1), 'Copied was created in Desk.');
		assert.equal(count('Copied'), 1);
	});

	it('is refused in Planbox’s words where the right was taken away meanwhile', async () => {
		await withRight(desk, at, 'read', async () => {
			const steps = [{ type: 'Too late' }, { pick: 'Create project' }, { leave: true }] as const;
			const { said } = await desk.do('createProject', [at], ...steps);
			assert.match(said.join(' | '), /\$\(warning\) .*You do not have permission to do this/);
		});
		assert.equal(count('Too late'), 0);
	});

	for (const kind of ['403', '500', 'cut', 'drop', 'malformed'] as const) {
		it(`is sent once where that meets trouble (${kind}), which is said, and the tree shows what is there`, async () => {
			const name = `Perhaps ${kind}`;
			desk.served.faults.add({ pattern: '/add_project', kind });
			const before = desk.served.requests.length;
			const steps = [{ type: name }, { pick: 'Create project' }, { leave: true }] as const;
			const { said } = await desk.do('createProject', [at], ...steps);
			assert.match(said.join(' | '), /\$\(warning\) \S/);
			assert.doesNotMatch(said.join(), /was created/);
			const asked = desk.served.requests.slice(before).filter(({ path }) => path.endsWith('/add_project'));
			assert.ok(asked.length <= 1, `${asked.length} times`);
			await desk.do('refreshNode', []);
			assert.equal((await desk.labels(at)).filter((label) => label === name).length, count(name));
		});
	}
});
