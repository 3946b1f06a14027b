import assert from 'node:assert/strict';
import type { BulkJob, BulkRow, JobIo } from '../../src/core/bulk.ts';
import { newRow } from '../../src/core/bulkPacking.ts';
import { BulkRun } from '../../src/core/bulkRun.ts';
import { OutcomeUnknown, Refused, SignInNeeded } from '../../src/core/errors.ts';
import { type BulkFacts, toRowsMessage, toTableView } from '../../src/views/bulkView.ts';
import { signal } from '../support/session.ts';

const row = (key: string, over: Partial<BulkRow> = {}): BulkRow => ({
	key,
	label: `Board ${key}`,
	cells: { name: 'To do' },
	item: { secretOfTheJob: 'x' },
	...over,
});

const io: JobIo = {
	tell: () => undefined,
	read: async () => new Uint8Array(),
	folders: {
		names: async () => [],
		tail: async () => ({ tail: new Uint8Array(), size: 0 }),
		save: async () => undefined,
	},
};

function runOf(rows: readonly BulkRow[]): BulkRun {
	const run = new BulkRun({
		id: 'run',
		job: 'enforceColumnName',
		title: 'Give columns one name',
		account: 'acme',
		place: { workspace: { id: '1', name: 'Harbour' } },
		values: {},
		columns: [{ id: 'name', label: 'Column' }],
		skipped: [{ label: 'Quay', reason: 'It can’t be read.' }],
		rows: rows.map(newRow),
		begun: false,
	});
	run.noteIn({ write: async () => undefined, drop: async () => undefined });
	return run;
}

const factsOf = (run: BulkRun, over: Partial<BulkFacts> = {}): BulkFacts => ({
	run,
	accountName: 'Acme',
	canRun: true,
	isLocked: false,
	canAsk: true,
	...over,
});

function job(run: BulkJob['run']): BulkJob {
	return {
		id: 'enforceColumnName',
		title: 'Give columns one name',
		on: 'account',
		fields: () => [],
		gather: async () => ({ columns: [], rows: [], skipped: [] }),
		confirmation: () => ({ question: '?', button: 'Yes' }),
		atOnce: 1,
		run,
	};
}

const buttonsOf = (facts: BulkFacts): string[] => toTableView(facts).buttons.map(({ id }) => id);

describe('the page of a job', () => {
	it('shows before it begins what would be touched, and that nothing has been', () => {
		const view = toTableView(factsOf(runOf([row('a'), row('b', { isOff: true })])));
		assert.equal(view.phase, 'preview');
		assert.equal(view.place, 'Harbour · Acme');
		assert.equal(view.status, '1 of 2 are ticked. Nothing has been changed yet.');
		assert.deepEqual(view.leftOut, [{ label: 'Quay', reason: 'It can’t be read.' }]);
		assert.deepEqual(
			view.rows.map(({ ticked, state }) => [ticked, state]),
			[
				[true, undefined],
				[false, undefined],
			],
		);
	});

	it('does not tell the page what only the job reads', () => {
		assert.doesNotMatch(JSON.stringify(toTableView(factsOf(runOf([row('a')])))), /secretOfTheJob/);
	});

	it('can’t be started without a tick, nor in an account that is locked or gone', () => {
		const start = (facts: BulkFacts) => toTableView(facts).buttons.find(({ id }) => id === 'start')?.disabled;
		const run = runOf([row('a')]);
		assert.equal(start(factsOf(run)), false);
		assert.equal(start(factsOf(run, { canRun: false, isLocked: true })), true);
		assert.match(toTableView(factsOf(run, { canRun: false, isLocked: true })).notices[0]?.text ?? '', /locked/);
		assert.match(
			toTableView(factsOf(run, { canRun: false, accountName: undefined })).notices[0]?.text ?? '',
			/no longer/,
		);
		run.tick(['a'], false);
		assert.equal(start(factsOf(run)), true);
	});

	it('says first that there are more than fifty things', () => {
		const rows = Array.from({ length: 51 }, (_, index) => row(String(index)));
		assert.match(toTableView(factsOf(runOf(rows))).notices[0]?.text ?? '', /51 things/);
		assert.deepEqual(toTableView(factsOf(runOf(rows.slice(1)))).notices, []);
	});

	it('shows while it runs how far it is, and offers to stop', async () => {
		const run = runOf([row('a'), row('b')]);
		const seen: unknown[] = [];
		const work = job(async ({ key }) => {
			if (key === 'b') {
				const view = toTableView(factsOf(run));
				seen.push(view.phase, view.progress, view.status, buttonsOf(factsOf(run)));
			}
			return '';
		});
		await run.goOn(work, io, signal());
		assert.deepEqual(seen, ['running', { settled: 1, total: 2 }, '1 of 2 done.', ['cancel']]);
	});

	it('ends with lists, and offers what is left to do', async () => {
		const run = runOf([row('a'), row('b'), row('c'), row('d')]);
		const work = job(async ({ key }) => {
			if (key === 'b') throw new Refused('No.');
			if (key === 'c') throw new OutcomeUnknown('No answer came.');
			if (key === 'd') throw new SignInNeeded('Sign in.');
			return 'renamed';
		});
		await run.goOn(work, io, signal());
		const view = toTableView(factsOf(run));
		assert.equal(view.status, '1 of 4 done, 1 failed, 1 with an unknown outcome, 1 not begun.');
		assert.deepEqual(
			view.result?.map(({ title }) => title),
			['Done (1)', 'Failed (1)', 'Outcome unknown (1)', 'Skipped (1)'],
		);
		assert.deepEqual(buttonsOf(factsOf(run)), ['goOn', 'retry', 'settle', 'saveReport', 'close']);
		assert.equal(view.notices[0]?.action?.id, 'signIn');
	});

	it('tells of rows that have changed only what has', () => {
		const run = runOf([row('a'), row('b')]);
		run.tick(['b'], false);
		const { rows, status } = toRowsMessage(factsOf(run), run.rows.slice(1));
		assert.deepEqual(rows, [{ key: 'b', ticked: false, choice: undefined, state: undefined }]);
		assert.equal(status, '1 of 2 are ticked. Nothing has been changed yet.');
	});
});
