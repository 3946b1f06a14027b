import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Store } from '../../src/core/accounts.ts';
import type { BulkJob, BulkRow, JobIo } from '../../src/core/bulk.ts';
import { BulkJournal, type KeptJob, mostRows, withoutSecrets } from '../../src/core/bulkJournal.ts';
import { newRow } from '../../src/core/bulkPacking.ts';
import { BulkRun } from '../../src/core/bulkRun.ts';
import { OutcomeUnknown, TooManyRequests } from '../../src/core/errors.ts';
import { signal as newSignal } from '../support/session.ts';

const signal = newSignal();

const row = (key: string, over: Partial<BulkRow> = {}): BulkRow => ({ key, label: key, cells: {}, item: {}, ...over });
const rowsOf = (count: number): BulkRow[] => Array.from({ length: count }, (_, index) => row(String(index)));

const keptOf = (rows: readonly BulkRow[], over: Partial<KeptJob> = {}): KeptJob => ({
	id: 'run',
	job: 'enforceColumnName',
	title: 'Give columns one name',
	account: 'acme',
	place: {},
	values: { name: 'Doing' },
	columns: [{ id: 'board', label: 'Board' }],
	skipped: [{ label: 'Harbour', reason: 'It can’t be read.' }],
	rows: rows.map(newRow),
	begun: false,
	...over,
});

function memoryStore() {
	const kept = new Map<string, string>();
	const store: Store = {
		get: (key) => {
			const text = kept.get(key);
			return text === undefined ? undefined : (JSON.parse(text) as unknown);
		},
		set: async (key, value) => {
			if (value === undefined) {
				kept.delete(key);
			} else {
				kept.set(key, JSON.stringify(value));
			}
		},
	};
	return { store, kept };
}

describe('the journal of jobs', () => {
	it('gives a job back to the next window as it was, with ticks and choices', async () => {
		const { store } = memoryStore();
		const choices = [
			{ value: '1', label: 'Ann', detail: 'ann@acme.example' },
			{ value: '2', label: 'Bo' },
		];
		const rows = [
			row('a', { cells: { board: 'Harbour' }, warning: 'It heads two.', item: { id: '7', position: 0 } }),
			row('b', { choice: { label: 'Heir', choices, value: '1' }, isOff: true }),
			row('c', { choice: { label: 'Heir', choices: choices.slice(1), value: '2' } }),
		];
		const kept = keptOf(rows, { place: { workspace: { id: '1', name: 'Quay' } } });
		const run = new BulkRun(kept);
		run.noteIn(await new BulkJournal(store).keep(kept, () => run.standing()));
		run.choose(['b'], '2');
		run.tick(['b'], true);
		await new Promise((resolve) => setImmediate(resolve));

		const [left] = new BulkJournal(store).left();
		assert.deepEqual(
			JSON.parse(JSON.stringify(left)),
			JSON.parse(JSON.stringify({ ...kept, rows: run.rows }), forgetDoubt),
		);
	});

	it('writes a list of choices once, however many rows offer it', async () => {
		const { store, kept } = memoryStore();
		const choices = Array.from({ length: 300 }, (_, index) => ({ value: String(index), label: `Person ${index}` }));
		const rows = Array.from({ length: 300 }, (_, index) =>
			row(String(index), { choice: { label: 'Heir', choices: [...choices], value: '0' } }),
		);
		await new BulkJournal(store).keep(keptOf(rows), () => ({ begun: false, rows: rows.map(newRow) }));
		assert.ok((kept.get('job.run')?.length ?? 0) < 60_000);
	});

	it('keeps no secret', () => {
		const fields = [
			{ kind: 'text', id: 'name', label: 'Name' },
			{ kind: 'text', id: 'key', label: 'Key', secret: true },
		] as const;
		assert.deepEqual(withoutSecrets(fields, { name: 'Doing', key: 's3cret' }), { name: 'Doing' });
	});

	it('keeps only so many jobs that nobody goes on with', async () => {
		const { store, kept } = memoryStore();
		for (let number = 0; number < 20; number += 1) {
			const job = keptOf(rowsOf(1), { id: String(number) });
			await new BulkJournal(store).keep(job, () => ({ begun: true, rows: job.rows }));
		}
		const left = new BulkJournal(store).left();
		assert.ok(left.length <= 9);
		assert.equal(left.at(-1)?.id, '19');
		assert.equal(kept.size, 1 + 2 * left.length);
	});

	it('refuses a job of more rows than can be kept', async () => {
		const { store } = memoryStore();
		const rows = rowsOf(mostRows + 1);
		await assert.rejects(
			new BulkJournal(store).keep(keptOf(rows), () => ({ begun: false, rows: [] })),
			/20,001 things/,
		);
	});

	it('leaves nothing of a job that is dropped, nor of an account that is gone', async () => {
		const { store, kept } = memoryStore();
		const journal = new BulkJournal(store);
		for (const id of ['1', '2', '3']) {
			const job = keptOf(rowsOf(2), { id, account: id });
			await journal.keep(job, () => ({ begun: true, rows: job.rows }));
		}
		await journal.drop('1');
		journal.forget((account) => account === '2');
		await new Promise((resolve) => setImmediate(resolve));
		assert.deepEqual(JSON.parse(kept.get('jobs') ?? ''), ['3']);
		assert.deepEqual([...kept.keys()].toSorted(), ['job.3', 'job.3.rows', 'jobs']);
	});

	it('ignores what another version has written', async () => {
		const { store } = memoryStore();
		await store.set('jobs', ['old', 7]);
		await store.set('job.old', { version: 0 });
		assert.deepEqual(new BulkJournal(store).left(), []);
	});
});

/** What a run knows of its rows besides is not written down. */
function forgetDoubt(key: string, value: unknown): unknown {
	return key === 'isDoubtful' ? undefined : value;
}

/** A vendor and a computer that stand still for good at a certain step, as when the power fails. */
class Fate {
	#left: number;

	constructor(left: number) {
		this.#left = left;
	}

	/** Passes while there are steps left; then never. Steps take turns, so that rows overlap in every way. */
	async step(): Promise<void> {
		await new Promise((resolve) => setImmediate(resolve));
		this.#left -= 1;
		if (this.#left < 0) {
			this.#dead.resolve();
			await new Promise(() => undefined);
		}
	}

	readonly #dead = Promise.withResolvers<void>();

	get dead(): Promise<void> {
		return this.#dead.promise;
	}
}

const io: JobIo = {
	tell: () => undefined,
	read: async () => new Uint8Array(),
	folders: {
		names: async () => [],
		tail: async () => ({ tail: new Uint8Array(), size: 0 }),
		save: async () => undefined,
	},
};

type Mishap = 'none' | 'lost before' | 'lost after' | 'limited';

/** One window: from its start until it has done all or was killed. */
async function live(
	memory: ReturnType<typeof memoryStore>,
	done: Map<string, number>,
	fate: Fate,
	rows: readonly BulkRow[],
	mishaps: readonly Mishap[],
): Promise<void> {
	const store: Store = {
		get: (key) => memory.store.get(key),
		set: async (key, value) => {
			await fate.step();
			await memory.store.set(key, value);
			await fate.step();
		},
	};
	let call = 0;
	const job: BulkJob = {
		id: 'enforceColumnName',
		title: 'Give columns one name',
		on: 'account',
		fields: () => [],
		gather: async () => ({ columns: [], rows: [], skipped: [] }),
		confirmation: () => ({ question: '?', button: 'Yes' }),
		atOnce: 3,
		run: async ({ key }) => {
			const mishap = mishaps[call++ % mishaps.length];
			await fate.step();
			if (mishap === 'limited') {
				throw new TooManyRequests('Too many.', undefined);
			}
			if (mishap === 'lost before') {
				throw new OutcomeUnknown('No answer came.');
			}
			done.set(key, (done.get(key) ?? 0) + 1);
			await fate.step();
			if (mishap === 'lost after') {
				throw new OutcomeUnknown('No answer came.');
			}
			return '';
		},
		isDone: async ({ key }) => {
			await fate.step();
			return done.has(key);
		},
	};
	const journal = new BulkJournal(store);
	const [left] = journal.left();
	const kept = left ?? keptOf(rows);
	let now = 0;
	const wait = async (milliseconds: number): Promise<void> => void (now += milliseconds);
	const run = new BulkRun(kept, kept.values, { clock: { now: () => now, wait } });
	run.noteIn(left ? journal.takeUp(kept.id, () => run.standing()) : await journal.keep(kept, () => run.standing()));
	await run.goOn(job, io, signal);
	for (let tries = 0; tries < 20 && run.rows.some(({ state }) => state !== 'done'); tries += 1) {
		await run.retry(job, io, signal);
	}
	assert.ok(run.rows.every(({ state }) => state === 'done'));
}

describe('a job whose window is killed', () => {
	it('does every row exactly once, wherever it is killed and however often', async () => {
		const mishap = fc.constantFrom<Mishap>('none', 'none', 'none', 'lost before', 'lost after', 'limited');
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 12 }),
				fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 5 }),
				fc.array(mishap, { minLength: 1, maxLength: 7 }).filter((all) => all.includes('none')),
				async (count, kills, mishaps) => {
					const memory = memoryStore();
					const done = new Map<string, number>();
					const rows = rowsOf(count);
					for (const kill of kills) {
						const fate = new Fate(kill);
						await Promise.race([live(memory, done, fate, rows, mishaps), fate.dead]);
					}
					await live(memory, done, new Fate(Number.POSITIVE_INFINITY), rows, mishaps);
					assert.deepEqual(
						[...done.values()],
						Array.from({ length: count }, () => 1),
					);
				},
			),
			{ numRuns: 150 },
		);
	}).timeout(60_000);
});
