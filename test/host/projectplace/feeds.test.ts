import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { hurried } from '../privacy/hurry.ts';
import { exists, Quay, run } from './support.ts';

describe('projectplace: tables for reports', () => {
	let quay: Quay;
	before(async () => {
		quay = await Quay.open();
	});
	afterEach(() => quay.served.faults.clear());
	after(() => quay.close());

	const number = new Intl.NumberFormat();

	it('are offered at the line of the account, in three groups', async () => {
		assert.ok(quay.root.item().context.includes('feeds'));
		const { offered } = await run([{ leave: true }], 'downloadFeed', quay.root);
		assert.deepEqual(offered, ['Workspace data', 'Account data', 'Portfolio data']);
	});

	for (const [group, tables] of [
		['Workspace data', ['Cards', 'CardsCoAssignees', 'Workspaces']],
		['Account data', ['AccountPeople', 'AccountWorkspaces']],
		['Portfolio data', ['Portfolios', 'KPIStatusReports']],
	] as const) {
		it(`are all of those that ProjectPlace names: ${group}`, async () => {
			const { offered } = await run([{ pick: group }, { leave: true }], 'downloadFeed', quay.root);
			tables.forEach((table) => assert.ok(offered.includes(table), `${table} is not among ${offered.join(', ')}`));
		});
	}

	for (const rowsPerReply of [undefined, 50]) {
		const over = rowsPerReply ? 'over many replies' : 'in one reply';

		it(`come compressed ${over}, and how many rows are in the file is said`, async () => {
			Object.assign(quay.served.state['feeds'] as object, { rowsPerReply });
			const target = quay.at(`cards ${over}.json.gz`);
			const steps = [{ pick: 'Workspace data' }, { pick: 'Cards' }, { pick: 'Compressed' }, { save: target }] as const;
			const { said } = await run(steps, 'downloadFeed', quay.root);
			const count = quay.held.cards.length;
			assert.ok(count > 100);
			assert.match(said.join(), new RegExp(`was saved: ${number.format(count)} rows, .+ in .+\\.`));
			const { value } = JSON.parse(gunzipSync(await readFile(target.fsPath)).toString()) as { value: unknown[] };
			assert.equal(value.length, count);
			Object.assign(quay.served.state['feeds'] as object, { rowsPerReply: undefined });
		});
	}

	it('come plain', async () => {
		const target = quay.at('people.json');
		const steps = [{ pick: 'Account data' }, { pick: 'AccountPeople' }, { pick: 'Plain' }, { save: target }] as const;
		const { said } = await run(steps, 'downloadFeed', quay.root);
		assert.match(said.join(), /people\.json was saved: 100 rows, /);
		const { value } = JSON.parse(await readFile(target.fsPath, 'utf8')) as { value: unknown[] };
		assert.equal(value.length, 100);
	});

	it('come without any row, which is no failure', async () => {
		const target = quay.at('none.json');
		const steps = [{ pick: 'Workspace data' }, { pick: 'Issues' }, { pick: 'Plain' }, { save: target }] as const;
		const { said } = await run(steps, 'downloadFeed', quay.root);
		assert.match(said.join(), /none\.json was saved: 0 rows, /);
	});

	for (const kind of ['cut', '403', 'malformed', 'html'] as const) {
		it(`leave no file where they do not come whole (${kind})`, () =>
			hurried(async () => {
				quay.served.faults.add({ pattern: 'GET /odata/pm/Cards', kind });
				const target = quay.at(`${kind}.json`);
				const steps = [{ pick: 'Workspace data' }, { pick: 'Cards' }, { pick: 'Plain' }, { save: target }] as const;
				const { said } = await run(steps, 'downloadFeed', quay.root);
				assert.notDeepEqual(said, []);
				assert.doesNotMatch(said.join(), /was saved:/);
				assert.ok(!(await exists(target)));
			}));
	}

	it('are not asked for where a dialogue is left', async () => {
		const before = quay.served.requests.filter(({ path }) => path.includes('/Cards')).length;
		await run(
			[{ pick: 'Workspace data' }, { pick: 'Cards' }, { pick: 'Plain' }, { leave: true }],
			'downloadFeed',
			quay.root,
		);
		assert.equal(quay.served.requests.filter(({ path }) => path.includes('/Cards')).length, before);
	});
});
