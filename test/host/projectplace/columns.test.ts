import assert from 'node:assert/strict';
import { Quay, run } from './support.ts';

const command = 'enforceColumnName';
const show = { pick: '$(check)' } as const;

describe('projectplace: one name for columns', () => {
	let quay: Quay;
	before(async () => {
		quay = await Quay.open();
	});
	afterEach(() => quay.served.faults.clear());
	after(() => quay.close());

	/** Only columns of this name, which five boards of the account have at their first place. */
	const only = (old: string) => [{ pick: 'Only where it is called' }, { type: old }] as const;
	const gather = (name: string, old: string) =>
		quay.gathered(command, quay.root, { type: '1' }, { type: name }, ...only(old), show);
	const firsts = (name: string) =>
		quay.held.boards.filter(({ progresses }) => progresses[0]?.name === name).map(({ id }) => String(id));
	/** The archived workspace is looked at by nobody. */
	const active = (boards: readonly string[]) => {
		const ids = quay.held.projects.filter(({ archived }) => !archived).map(({ id }) => id);
		return boards.filter((id) => quay.held.boards.some((one) => String(one.id) === id && ids.includes(one.project_id)));
	};

	it('is offered at the line of the account', () => {
		assert.ok(quay.root.item().context.includes(command));
	});

	it('takes positions from 1, and says so for 0, for halves and for words', async () => {
		const wrong = ['0', '1.5', '-1', 'first'].map((type) => ({ type }));
		const { said, page } = await quay.begun(command, quay.root, ...wrong, { leave: true });
		assert.equal(page, undefined);
		const all = said.filter((one) => /The position must be a whole number from 1\./.test(one));
		assert.equal(all.length, wrong.length);
	});

	it('needs a name that says something', async () => {
		const { said } = await quay.begun(command, quay.root, { type: '1' }, { type: '  ' }, { leave: true });
		assert.match(said.join(), /New name is needed\./);
	});

	it('shows the boards with the position from 1, the old and the new name, and sends nothing', async () => {
		const writes = await quay.writesWhile(async () => {
			const page = await gather('Thoughts', 'Ideas');
			const { rows, phase, status, columns } = page.table;
			assert.equal(phase, 'preview');
			assert.match(status, /5 of 5 are ticked\. Nothing has been changed yet\./);
			assert.ok(columns.length >= 5);
			assert.deepEqual(rows.map(({ key }) => key).sort(), active(firsts('Ideas')).sort());
			assert.deepEqual(
				rows.map(({ cells }) => [cells['column'], cells['old'], cells['new']]),
				rows.map(() => ['1', 'Ideas', 'Thoughts']),
			);
			page.close();
		});
		assert.deepEqual(writes, []);
	});

	it('takes the old name exactly, with capitals as they are', async () => {
		const page = await gather('Thoughts', 'ideas');
		assert.equal(page.table.status, 'There is nothing to do.');
		assert.ok(page.table.buttons.find(({ id }) => id === 'start')?.disabled);
		page.close();
	});

	it('says in a dry run what it would do and sends nothing', async () => {
		const page = await gather('Thoughts', 'Ideas');
		const writes = await quay.writesWhile(() => page.press('dryRun'));
		assert.deepEqual(writes, []);
		assert.match(page.dryRun.title, /5 would be done, in this way\. Nothing was sent\./);
		assert.equal(page.dryRun.lines.length, 5);
		assert.match(page.dryRun.lines[0] ?? '', /Ideas.*Thoughts/);
		const csv = await page.save('savePreview', quay.at('preview.csv'));
		assert.match(csv, /Ideas,Thoughts/);
		page.close();
	});

	it('changes nothing where the confirmation, which names number and effect, is left', async () => {
		const page = await gather('Thoughts', 'Ideas');
		const writes = await quay.writesWhile(async () => {
			const { said } = await page.press('start', { press: undefined });
			assert.match(said.join(), /Name the columns of 5 boards “Thoughts”\?/);
		});
		assert.deepEqual(writes, []);
		assert.equal(page.table.phase, 'preview');
		page.close();
	});

	it('renames what is ticked, goes on after a failure, tries that again, and saves the report as CSV', async () => {
		const page = await gather('Thoughts', 'Ideas');
		const [untouched, ...others] = active(firsts('Ideas'));
		page.panel.say({ type: 'tick', keys: [untouched], ticked: false });
		quay.served.faults.add({ pattern: 'POST /1/boards/*/statuses/*', kind: '403', times: 1 });
		const writes = await quay.writesWhile(() => page.press('start', { press: 'Rename columns' }));
		assert.equal(writes.length, 4);
		assert.ok(!writes.some((line) => line.includes(`/boards/${untouched}/`)));
		assert.deepEqual([page.list('done').length, page.list('failed').length], [3, 1]);
		assert.match(page.list('failed')[0]?.detail ?? '', /\S/);
		assert.deepEqual(
			page.list('skipped').map(({ detail }) => detail),
			['Unticked.'],
		);
		const again = await quay.writesWhile(() => page.press('retry'));
		assert.equal(again.length, 1);
		assert.deepEqual([page.list('done').length, page.list('failed').length], [4, 0]);
		assert.deepEqual(firsts('Thoughts').sort(), others.sort());
		const report = await page.save('saveReport', quay.at('report.csv'));
		const lines = report.trimEnd().split('\r\n');
		assert.equal(lines.length, 6);
		assert.equal(lines.filter((line) => line.startsWith('Done,')).length, 4);
		assert.equal(lines.filter((line) => line.startsWith('Skipped,')).length, 1);
		page.close();
	});

	it('leaves out a workspace that can’t be looked at, and says which', async () => {
		const [first] = quay.held.projects;
		quay.own.services.sessions.peek(quay.account).forget();
		quay.served.faults.add({ pattern: `GET /1/projects/${first?.id}/boards`, kind: '403' });
		const page = await quay.gathered(command, quay.root, { type: '1' }, { type: 'Start' }, show);
		assert.deepEqual(
			page.table.leftOut.map(({ label }) => label),
			[first?.name],
		);
		assert.ok(page.table.rows.length > 20);
		page.close();
	});

	it('is refused while the account is locked, also where its table is open already', async () => {
		const page = await gather('Notions', 'Thoughts');
		await run([], 'lockAccount', quay.root);
		try {
			assert.ok(page.table.buttons.find(({ id }) => id === 'start')?.disabled);
			assert.match(page.table.notices.map(({ text }) => text).join(), /is locked against changes\./);
			const { said } = await quay.begun(command, quay.root);
			assert.match(said.join(), /locked against changes/);
			const writes = await quay.writesWhile(() => page.press('start'));
			assert.deepEqual(writes, []);
		} finally {
			await run([], 'unlockAccount', quay.root);
		}
		assert.ok(!page.table.buttons.find(({ id }) => id === 'start')?.disabled);
		page.close();
	});
});
