import assert from 'node:assert/strict';
import type { Script, Step } from '../support.ts';
import type { Desk } from './desk.ts';
import { heldBy, openDesk, productOf, writesWhile } from './planboxDesk.ts';

const create = 'POST /b/organizations/1/initiatives';
const isMade = (desk: Desk, name: string) => heldBy(desk).products.filter((one) => one.name === name).length;

describe('planbox: creating an initiative', () => {
	let desk: Desk;
	before(async () => {
		desk = await openDesk();
	});
	afterEach(() => desk.served.faults.clear());
	after(() => desk.close());

	const begin = (...steps: readonly Step[]) => desk.do('createProject', [], { pick: 'New initiative' }, ...steps);

	it('is offered at the account', async () => {
		assert.ok((await desk.offered()).includes('createProject'));
	});

	it('names every wrong line beside the projects and sends nothing, then makes it with all of them', async () => {
		const bad = ['Gates, GATES', 'No comma', '', ', ONLY', 'Only,', 'Long, ELEVENCHARS', ' , '].join('\n');
		const good = 'Ticket gates, GATES\n\n Lights, north and south ,TENLETTERS \r\nBuoys, B';
		let script: Script | undefined;
		const sent = await writesWhile(desk, async () => {
			script = await begin(
				{ form: { name: ' ', projects: bad } },
				{ form: { name: ' Harbour lights ', projects: good } },
			);
		});
		const said = script?.said ?? [];
		assert.deepEqual(sent, [create], 'sent more than once, or although something was wrong');
		assert.ok(said.includes('name: Name is needed.'), said.join(' | '));
		const lines = [
			'Line 2: “No comma” needs a comma and a short name after it.',
			'Line 4: the name is missing.',
			'Line 5: the short name is missing.',
			'Line 6: the short name “ELEVENCHARS” has more than 10 characters.',
			'Line 7: the name is missing.',
			'Line 7: the short name is missing.',
		];
		assert.ok(said.includes(`projects: ${lines.join(' ')}`), said.join(' | '));
		assert.equal(said.at(-1), 'Harbour lights was created in Desk.');
		const { id, template } = productOf(desk, 'Harbour lights');
		const its = heldBy(desk).projects.filter(({ product_id }) => product_id === id);
		assert.equal(template, 0);
		assert.deepEqual(
			its.map(({ name, alias }) => [name, alias]),
			[
				['Ticket gates', 'GATES'],
				['Lights, north and south', 'TENLETTERS'],
				['Buoys', 'B'],
			],
		);
		const shown = await desk.labels('Harbour lights');
		assert.deepEqual(
			['Ticket gates', 'Lights, north and south', 'Buoys'].filter((name) => !shown.includes(name)),
			[],
		);
	});

	it('tells the organizations apart by their initiatives, and can be made without projects from the palette', async () => {
		const { said, offered } = await desk.fromPalette(
			'createProject',
			{ pick: 'Desk' },
			{ pick: 'New initiative' },
			{ form: { name: 'Quiet one', organization_id: 'Organization 1' } },
		);
		assert.deepEqual(offered, ['Organization 1']);
		assert.equal(said.at(-1), 'Quiet one was created in Desk.');
		assert.equal(isMade(desk, 'Quiet one'), 1);
		const shown = await desk.labels('Quiet one');
		assert.ok(
			shown.some((label) => /no projects/i.test(label)),
			shown.join(' | '),
		);
	});

	it('makes a template, which the tree does not show', async () => {
		await begin({ form: { name: 'Pattern', template: true } });
		assert.equal(productOf(desk, 'Pattern').template, 1);
		assert.ok(!(await desk.labels()).includes('Pattern'));
	});

	it('sends nothing where its tab is closed', async () => {
		const sent = await writesWhile(desk, () =>
			begin({ form: { name: 'Never', projects: 'A, A' }, send: false }, { cancelForm: true }),
		);
		assert.deepEqual(sent, []);
		assert.equal(isMade(desk, 'Never'), 0);
	});

	for (const kind of ['cut', 'drop', '500', 'malformed'] as const) {
		it(`says that it may have been made where the answer is lost (${kind}), sends it once, and shows what is there`, async () => {
			const name = `Perhaps ${kind}`;
			desk.served.faults.add({ pattern: 'POST /b/', kind });
			let said: readonly string[] = [];
			const before = desk.served.requests.length;
			({ said } = await begin({ form: { name } }, { cancelForm: true }));
			assert.ok(said.length > 0 && said.every((one) => one.trim() !== ''));
			assert.doesNotMatch(said.join(), /was created/);
			const asked = desk.served.requests.slice(before).filter(({ path }) => path.startsWith('/b/'));
			assert.ok(asked.length <= 1, `${asked.length} times`);
			await desk.do('refreshNode', []);
			assert.equal((await desk.labels()).filter((label) => label === name).length, isMade(desk, name));
		});
	}

	it('keeps what was typed where it is refused, and makes it once that is over', async () => {
		desk.served.faults.add({ pattern: 'POST /b/', kind: '403', times: 1 });
		const { said, forms } = await begin({ form: { name: 'At last', projects: 'One, ONE' } }, { form: {} });
		assert.equal(forms.length, 1);
		assert.match(said.join(' | '), /Planbox/);
		assert.equal(said.at(-1), 'At last was created in Desk.');
		assert.ok((await desk.labels('At last')).includes('One'));
	});

	it('says where only the newer API refuses the token', async () => {
		desk.served.faults.add({ pattern: 'POST /b/', kind: '401' });
		const { said } = await begin({ form: { name: 'Refused' } }, { cancelForm: true });
		assert.match(
			said.join(),
			/API for new initiatives does not accept the access token of .*\. Create .* on the web\./,
		);
		assert.equal(isMade(desk, 'Refused'), 0);
	});
});

describe('planbox: creating an initiative as a member', () => {
	const cases = [
		{ who: 'no admin of the organization', name: 'dorte', number: 4, may: false },
		{ who: 'an admin of the organization', name: 'chidi', number: 3, may: true },
	] as const;
	for (const { who, name, number, may } of cases) {
		describe(`who is ${who}`, () => {
			let desk: Desk;
			before(async () => {
				desk = await openDesk(name, number);
			});
			after(() => desk.close());

			it(may ? 'makes it' : 'is refused with Planbox’s words, and what was typed stays', async () => {
				const end = may ? [] : [{ cancelForm: true } as const];
				const steps = [{ pick: 'New initiative' }, { form: { name: 'Mine', projects: 'One, ONE' } }, ...end];
				const { said } = await desk.do('createProject', [], ...steps);
				const words = may
					? /^Mine was created in Desk\.$/
					: /Only owners and admins of the organization can create initiatives\./;
				assert.match(said.at(-1) ?? '', words);
				assert.equal(isMade(desk, 'Mine'), may ? 1 : 0);
				assert.equal((await desk.labels()).includes('Mine'), may);
			});
		});
	}
});
