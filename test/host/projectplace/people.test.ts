import assert from 'node:assert/strict';
import type { Person } from '../../../src/sandbox/projectplace/holdings.ts';
import { Quay } from './support.ts';

const day = 86_400_000;

describe('projectplace: people of the account', () => {
	let quay: Quay;
	before(async () => {
		quay = await Quay.open();
	});
	after(() => quay.close());

	const person = (id: number): Person | undefined => quay.held.people.find((one) => one.id === id);
	const emailOf = (id: number) => person(id)?.email;

	describe('other addresses from a list', () => {
		const list = (name: string, ...lines: readonly string[]) => quay.fileAt(name, lines.join('\n'));
		const gather = (name: string, ...lines: readonly string[]) =>
			quay.gathered('updateEmails', quay.root, { files: [list(name, ...lines)] });

		it('names the lines that are wrong before anything is sent, and takes a better list in the same dialogue', async () => {
			const bad = list(
				'bad.csv',
				'chidi@quayside.example,a@quay.example',
				'foo,bar@quay.example',
				'chidi@quayside.example,b@quay.example',
				'emile@quayside.example',
			);
			const good = list('good.csv', 'chidi@quayside.example,a@quay.example');
			const writes = await quay.writesWhile(async () => {
				const { said, page } = await quay.begun(
					'updateEmails',
					quay.root,
					{ files: [bad] },
					{ pick: 'List of addresses' },
					{ files: [good] },
					{ pick: '$(check)' },
				);
				assert.match(said.join('\n'), /Line 2: “foo” is no e-mail address\./);
				assert.match(said.join('\n'), /Line 3: “chidi@quayside\.example” stands in line 1 already\./);
				assert.match(said.join('\n'), /Line 4 must have 2 columns and has 1\./);
				assert.equal(page?.table.rows.length, 1);
				page.close();
			});
			assert.deepEqual(writes, []);
		});

		it('is refused where two people would get one address, and where it is no list', async () => {
			const twice = ['chidi@quayside.example;a@quay.example', 'dorte@quayside.example;A@quay.example'];
			const { said, page } = await quay.begun(
				'updateEmails',
				quay.root,
				{ files: [list('twice.csv', ...twice)] },
				{ pick: 'List of addresses' },
				{ files: [quay.at('not there.csv')] },
				{ pick: '$(check)' },
				{ leave: true },
			);
			assert.equal(page, undefined);
			assert.match(said.join('\n'), /Line 2: “a@quay\.example” stands in line 1 already\./);
			assert.match(said.join('\n'), /not there\.csv could not be read\./);
		});

		it('changes who is ticked, says who was not matched and who failed, and leaves the others alone', async () => {
			const page = await gather(
				'people.csv',
				'Chidi@Quayside.example,chidi.okafor@quay.example',
				'dorte@quayside.example,dorte.mueller@quay.example',
				'emile@quayside.example,emile@elsewhere.example',
				'bjork.2@quayside.example,bjork.okafor@quay.example',
				'nobody@quayside.example,nobody@quay.example',
			);
			assert.deepEqual(
				page.table.rows.map(({ cells }) => cells['existing']),
				['chidi@quayside.example', 'dorte@quayside.example', 'emile@quayside.example'],
			);
			assert.equal(page.table.leftOut.length, 2);
			page.untick('chidi');
			const left = await quay.writesWhile(async () => {
				const { said } = await page.press('start', { press: undefined });
				assert.match(said.join(), /Change the e-mail addresses of 2 people\?/);
			});
			assert.deepEqual(left, []);

			const writes = await quay.writesWhile(() => page.press('start', { press: 'Change' }));
			assert.deepEqual(writes.toSorted(), ['POST /1/account/people/504', 'POST /1/account/people/505']);
			assert.deepEqual([503, 504, 505].map(emailOf), [
				'chidi@quayside.example',
				'dorte.mueller@quay.example',
				'emile@quayside.example',
			]);
			assert.deepEqual(page.labels('done'), ['dorte@quayside.example → dorte.mueller@quay.example']);
			assert.match(page.list('failed')[0]?.detail ?? '', /whose domain the account enforces/);
			const skipped = page.list('skipped').map(({ detail }) => detail);
			assert.equal(skipped.length, 3);
			assert.ok(skipped.includes('Unticked.'));
			assert.match(skipped.join(), /only full members get other addresses/);
			assert.match(skipped.join(), /Nobody in the account has the existing address\./);
			page.close();
		});
	});

	describe('who did not sign in for long', () => {
		const heir = { pick: 'Björk Jónsdóttir' } as const;
		const seen = (id: number, days: number): void => {
			Object.assign(person(id) ?? assert.fail(), { last_login: Date.now() - days * day });
		};
		before(() => {
			quay.held.people.forEach(({ id }) => seen(id, 2));
			seen(502, 0);
			// Dörte heads a workspace and a portfolio, 598 a template and a team; 596 comes from outside.
			[504, 596, 597, 598, 599].forEach((id) => seen(id, 150));
		});
		const gather = () => quay.gathered('removeInactiveUsers', quay.root, { type: '100' }, heir);
		const ownersOf = (kind: 'projects' | 'portfolios' | 'templates' | 'teams', id: number) =>
			quay.held[kind].filter(({ owner_id }) => owner_id === id).length;

		it('are asked for in whole days, and get no replacement that is away as well', async () => {
			const { said, page } = await quay.begun(
				'removeInactiveUsers',
				quay.root,
				{ type: '0' },
				{ type: '100' },
				{ pick: 'Dörte Müller' },
				{ leave: true },
			);
			assert.equal(page, undefined);
			assert.match(said.join('\n'), /Days must be a whole number from 1 to 1,824\./);
			assert.match(said.join('\n'), /The new head administrator is among the inactive people\. Choose another one\./);
		});

		// All but the replacement, and the owner, whom ProjectPlace does not list.
		it('are found on all pages, and that there are more than 50 is said first', async () => {
			const steps = [{ type: '1' }, heir] as const;
			const left = await quay.begun('removeInactiveUsers', quay.root, ...steps, { press: undefined });
			assert.equal(left.page, undefined);
			assert.match(left.said.join('\n'), /“Remove inactive people” can touch 98 things\.\n.*Nothing is changed before/);
			const page = await quay.gathered('removeInactiveUsers', quay.root, ...steps, { press: 'Show Table' });
			assert.equal(page.table.rows.length, 98);
			assert.match(page.table.notices.map(({ text }) => text).join(), /This can touch 98 things\./);
			page.close();
		});

		it('are shown with their last sign-in and what they head', async () => {
			const page = await gather();
			assert.deepEqual(page.table.rows.map(({ key }) => key).sort(), ['504', '596', '597', '598', '599']);
			const dorte = page.table.rows.find(({ key }) => key === '504');
			assert.equal(dorte?.cells['days'], '150');
			assert.match(dorte?.warning ?? '', /Heads the workspaces: .*Heads the portfolios: “Ports”\./);
			assert.equal(dorte?.choice?.value, '502');
			assert.ok(!dorte.choice.choices.some(({ value }) => ['504', '598'].includes(value)));
			assert.equal(page.table.rows.find(({ key }) => key === '597')?.choice, undefined);
			page.close();
		});

		it('stay where another word is typed than the one that is asked for', async () => {
			const page = await gather();
			const writes = await quay.writesWhile(async () => {
				const { said } = await page.press('start', { type: 'yes' }, { type: '' }, { leave: true });
				assert.match(said.join('\n'), /Type “remove” to go on\./);
			});
			assert.deepEqual(writes, []);
			assert.equal(page.table.phase, 'preview');
			page.close();
		});

		it('are removed, each with the replacement chosen for them, and the unticked stay', async () => {
			const page = await gather();
			const workspaces = ownersOf('projects', 504);
			assert.ok(workspaces > 0);
			const before = ownersOf('projects', 502);
			page.panel.say({ type: 'tick', keys: ['599'], ticked: false });
			page.panel.say({ type: 'choose', keys: ['598'], value: '503' });
			assert.equal(page.table.rows.find(({ key }) => key === '598')?.choice?.value, '503');
			const writes = await quay.writesWhile(() => page.press('start', { type: 'remove' }));
			assert.equal(writes.length, 4);
			assert.equal(page.list('done').length, 4, JSON.stringify(page.table.result));
			assert.deepEqual(
				[504, 596, 597, 598, 599].map((id) => person(id) !== undefined),
				[false, false, false, false, true],
			);
			assert.deepEqual([ownersOf('projects', 504), ownersOf('projects', 502)], [0, before + workspaces]);
			assert.deepEqual([quay.held.portfolios.find(({ id }) => id === 32)?.owner_id], [502]);
			assert.deepEqual([ownersOf('templates', 503), ownersOf('teams', 503)], [1, 1]);
			assert.deepEqual(
				page.list('skipped').map(({ detail }) => detail),
				['Unticked.'],
			);
			page.close();
		});
	});
});
