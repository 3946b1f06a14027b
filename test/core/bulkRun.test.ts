import assert from 'node:assert/strict';
import { type BulkJob, type BulkRow, type JobIo, Skipped } from '../../src/core/bulk.ts';
import type { BulkNote, KeptJob } from '../../src/core/bulkJournal.ts';
import { countsOf, newRow, type SheetRow } from '../../src/core/bulkPacking.ts';
import type { Clock } from '../../src/core/bulkRow.ts';
import { BulkRun } from '../../src/core/bulkRun.ts';
import { LocalFailure, OutcomeUnknown, Refused, SignInNeeded, TooManyRequests } from '../../src/core/errors.ts';
import { signal as newSignal } from '../support/session.ts';

const signal = newSignal();

const io: JobIo = {
	tell: () => undefined,
	read: async () => new Uint8Array(),
	folders: {
		names: async () => [],
		tail: async () => ({ tail: new Uint8Array(), size: 0 }),
		save: async () => undefined,
	},
};

const row = (key: string, over: Partial<BulkRow> = {}): BulkRow => ({ key, label: key, cells: {}, item: {}, ...over });

function job(run: BulkJob['run'], over: Partial<BulkJob> = {}): BulkJob {
	return {
		id: 'importCards',
		title: 'Import cards',
		on: 'account',
		fields: () => [],
		gather: async () => ({ columns: [], rows: [], skipped: [] }),
		confirmation: () => ({ question: '?', button: 'Yes' }),
		atOnce: 2,
		run,
		...over,
	};
}

const kept = (rows: readonly SheetRow[], begun = false): KeptJob => ({
	id: 'run',
	job: 'importCards',
	title: 'Import cards',
	account: 'acme',
	place: {},
	values: {},
	columns: [],
	skipped: [],
	rows,
	begun,
});

/** A clock that jumps to the end of every wait. */
function jumpingClock(): Clock & { readonly waits: number[] } {
	let now = Date.parse('2026-11-22T12:00:00Z');
	const waits: number[] = [];
	return {
		waits,
		now: () => now,
		wait: async (milliseconds) => {
			waits.push(milliseconds);
			now += milliseconds;
		},
	};
}

const noNote: BulkNote = { write: async () => undefined, drop: async () => undefined };

function runOf(
	rows: readonly (BulkRow | SheetRow)[],
	{ begun, note = noNote, clock }: { begun?: boolean; note?: BulkNote; clock?: Clock } = {},
): BulkRun {
	const sheet = rows.map((one) => ('row' in one ? one : newRow(one)));
	const run = new BulkRun(kept(sheet, begun), {}, { clock: clock ?? jumpingClock() });
	run.noteIn(note);
	return run;
}

const statesOf = (run: BulkRun): Record<string, string | undefined> =>
	Object.fromEntries(run.rows.map((one) => [one.row.key, one.state]));
const detailOf = (run: BulkRun, key: string): string | undefined => run.rows.find((one) => one.row.key === key)?.detail;

describe('a job over many things', () => {
	it('does the ticked rows and leaves the others alone', async () => {
		const run = runOf([row('a'), row('b'), row('c', { isOff: true })]);
		run.tick(['b'], false);
		await run.goOn(
			job(async ({ key }) => `did ${key}`),
			io,
			signal,
		);
		assert.deepEqual(statesOf(run), { a: 'done', b: undefined, c: undefined });
		assert.equal(detailOf(run, 'a'), 'did a');
		assert.equal(run.phase, 'result');
	});

	it('does as many side by side as the job says, and no more', async () => {
		let atOnce = 0;
		let most = 0;
		const work = job(
			async () => {
				atOnce += 1;
				most = Math.max(most, atOnce);
				await new Promise((resolve) => setImmediate(resolve));
				atOnce -= 1;
				return '';
			},
			{ atOnce: 3 },
		);
		await runOf(Array.from({ length: 20 }, (_, index) => row(String(index)))).goOn(work, io, signal);
		assert.equal(most, 3);
	});

	it('goes on after single failures and says why each happened', async () => {
		const run = runOf([row('a'), row('b'), row('c')]);
		const work = job(async ({ key }) => {
			if (key === 'a') throw new Refused('No.');
			if (key === 'b') throw new Skipped('It has that name.');
			return '';
		});
		await run.goOn(work, io, signal);
		assert.deepEqual(statesOf(run), { a: 'failed', b: 'skipped', c: 'done' });
		assert.deepEqual([detailOf(run, 'a'), detailOf(run, 'b')], ['No.', 'It has that name.']);
	});

	it('retries only what failed', async () => {
		const seen: string[] = [];
		const run = runOf([row('a'), row('b')]);
		const work = job(async ({ key }) => {
			seen.push(key);
			if (key === 'a' && seen.length < 3) throw new Refused('No.');
			return '';
		});
		await run.goOn(work, io, signal);
		await run.retry(work, io, signal);
		assert.deepEqual(seen, ['a', 'b', 'a']);
		assert.deepEqual(statesOf(run), { a: 'done', b: 'done' });
	});

	it('asks what became of a row without an answer, and counts it as done where it was', async () => {
		const unknown = job(
			async () => {
				throw new OutcomeUnknown('No answer came.');
			},
			{ isDone: async ({ key }) => key === 'a' },
		);
		const run = runOf([row('a'), row('b')]);
		await run.goOn(unknown, io, signal);
		assert.deepEqual(statesOf(run), { a: 'done', b: 'failed' });
		assert.equal(detailOf(run, 'b'), 'No answer came. It was not done.');
	});

	it('never repeats unasked what nobody can tell about', async () => {
		let runs = 0;
		const work = job(async () => {
			runs += 1;
			throw new OutcomeUnknown('No answer came.');
		});
		const run = runOf([row('a')]);
		await run.goOn(work, io, signal);
		await run.retry(work, io, signal);
		await run.goOn(work, io, signal);
		await run.settle(work, io, signal);
		assert.equal(runs, 1);
		assert.deepEqual(statesOf(run), { a: 'unknown' });
		await run.sendAgain(work, io, signal);
		assert.equal(runs, 2);
	});

	it('holds something unforeseen for an unknown outcome, and tells the log', async () => {
		const told: unknown[] = [];
		const run = new BulkRun(kept([newRow(row('a'))]), {}, { onUnexpected: (error) => told.push(error) });
		run.noteIn(noNote);
		const error = new TypeError('x is not a function');
		await run.goOn(
			job(async () => {
				throw error;
			}),
			io,
			signal,
		);
		assert.deepEqual(statesOf(run), { a: 'unknown' });
		assert.deepEqual(told, [error]);
	});

	it('settles what is unknown without sending anything', async () => {
		let isReachable = false;
		let runs = 0;
		const work = job(
			async () => {
				runs += 1;
				throw new OutcomeUnknown('No answer came.');
			},
			{
				isDone: async ({ key }) => {
					if (!isReachable) throw new LocalFailure('No network.');
					return key === 'a';
				},
			},
		);
		const run = runOf([row('a'), row('b')]);
		await run.goOn(work, io, signal);
		assert.deepEqual(statesOf(run), { a: 'unknown', b: 'unknown' });
		await run.settle(work, io, signal);
		assert.deepEqual(statesOf(run), { a: 'unknown', b: 'unknown' });
		isReachable = true;
		await run.settle(work, io, signal);
		assert.deepEqual(statesOf(run), { a: 'done', b: 'failed' });
		assert.equal(runs, 2);
	});

	it('waits until the vendor takes requests again, with every row', async () => {
		const clock = jumpingClock();
		const until = new Date(clock.now() + 90_000);
		let refused = false;
		const work = job(
			async () => {
				if (!refused) {
					refused = true;
					throw new TooManyRequests('Too many.', until);
				}
				assert.ok(clock.now() >= until.getTime());
				return '';
			},
			{ atOnce: 1 },
		);
		const run = runOf([row('a'), row('b')], { clock });
		await run.goOn(work, io, signal);
		assert.deepEqual(clock.waits, [90_000]);
		assert.deepEqual(statesOf(run), { a: 'done', b: 'done' });
	});

	it('gives a row up that the limit never lets pass', async () => {
		const run = runOf([row('a')]);
		await run.goOn(
			job(async () => {
				throw new TooManyRequests('Too many.', undefined);
			}),
			io,
			signal,
		);
		assert.deepEqual(statesOf(run), { a: 'failed' });
	});

	it('begins nothing more once it was stopped, lets the rest end, and goes on later', async () => {
		const run = runOf([row('a'), row('b'), row('c')]);
		const seen: string[] = [];
		const work = job(
			async ({ key }) => {
				seen.push(key);
				if (key === 'b') run.stop();
				return '';
			},
			{ atOnce: 1 },
		);
		await run.goOn(work, io, signal);
		assert.deepEqual(statesOf(run), { a: 'done', b: 'done', c: 'waiting' });
		await run.goOn(work, io, signal);
		assert.deepEqual(seen, ['a', 'b', 'c']);
		assert.deepEqual(statesOf(run), { a: 'done', b: 'done', c: 'done' });
	});

	it('says of what was given up in the middle that its outcome is unknown', async () => {
		const abort = new AbortController();
		const run = runOf([row('a'), row('b'), row('c')]);
		const work = job(async ({ key }, _values, _io, stop) => {
			if (key === 'b') abort.abort();
			await new Promise((_, reject) => {
				if (stop.aborted) reject(stop.reason as Error);
				stop.addEventListener('abort', () => reject(stop.reason as Error));
			});
			return '';
		});
		await run.goOn(work, io, abort.signal);
		assert.deepEqual(statesOf(run), { a: 'unknown', b: 'unknown', c: 'waiting' });
	});

	it('stops where the credentials are refused, because every other row would fail alike', async () => {
		let runs = 0;
		const run = runOf([row('a'), row('b'), row('c')]);
		const work = job(
			async () => {
				runs += 1;
				throw new SignInNeeded('Sign in.');
			},
			{ atOnce: 1 },
		);
		await run.goOn(work, io, signal);
		assert.equal(runs, 1);
		assert.deepEqual(statesOf(run), { a: 'waiting', b: 'waiting', c: 'waiting' });
		assert.ok(run.stoppedBy instanceof SignInNeeded);
	});

	it('sends nothing that could not be written down before', async () => {
		let runs = 0;
		const note: BulkNote = {
			write: async () => {
				throw new LocalFailure('The disk is full.');
			},
			drop: async () => undefined,
		};
		const run = runOf([row('a'), row('b')], { note });
		await run.goOn(
			job(async () => {
				runs += 1;
				return '';
			}),
			io,
			signal,
		);
		assert.equal(runs, 0);
		assert.deepEqual(statesOf(run), { a: 'waiting', b: 'waiting' });
		assert.ok(run.stoppedBy instanceof LocalFailure);
	});

	it('asks the vendor about every row that an earlier window may have done', async () => {
		const sent: string[] = [];
		const work = job(
			async ({ key }) => {
				sent.push(key);
				return '';
			},
			{ isDone: async ({ key }) => key === 'a' || key === 'b' },
		);
		const states = { a: 'running', b: 'waiting', c: 'running', d: 'waiting', e: 'done' } as const;
		const left = Object.entries(states).map(([key, state]) => ({ row: row(key), ticked: true, state }));
		const run = runOf(left, { begun: true });
		await run.goOn(work, io, signal);
		assert.deepEqual(sent.toSorted(), ['c', 'd']);
		assert.equal(countsOf(run.rows).done, 5);
	});

	it('leaves alone what an earlier window may have done where the vendor can’t be asked', async () => {
		const run = runOf(
			[
				{ row: row('a'), ticked: true, state: 'running' },
				{ row: row('b'), ticked: true, state: 'waiting' },
			],
			{ begun: true },
		);
		await run.goOn(
			job(async () => ''),
			io,
			signal,
		);
		assert.deepEqual(statesOf(run), { a: 'unknown', b: 'done' });
		assert.equal(detailOf(run, 'a'), 'The window was closed in the middle of it.');
	});

	it('makes the choice of a row only among what it offers, and hands it to the job', async () => {
		const choices = [
			{ value: '1', label: 'Ann' },
			{ value: '2', label: 'Bo' },
		];
		const run = runOf([row('a', { choice: { label: 'Heir', choices, value: '1' } })]);
		run.choose(['a'], '2');
		run.choose(['a'], '3');
		let heir: string | undefined;
		await run.goOn(
			job(async ({ choice }) => {
				heir = choice?.value;
				return '';
			}),
			io,
			signal,
		);
		assert.equal(heir, '2');
	});

	it('takes no ticks any more once it has begun', async () => {
		const run = runOf([row('a'), row('b', { isOff: true })]);
		await run.goOn(
			job(async () => ''),
			io,
			signal,
		);
		run.tick(['b'], true);
		assert.deepEqual(statesOf(run), { a: 'done', b: undefined });
		assert.equal(run.rows[1]?.ticked, false);
	});
});
