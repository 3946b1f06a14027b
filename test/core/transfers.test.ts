import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { Store } from '../../src/core/accounts.ts';
import { LocalFailure, OutcomeUnknown, Unreachable } from '../../src/core/errors.ts';
import type { DownloadOrder, Transfer, TransferOrder, UploadOrder } from '../../src/core/transfer.ts';
import { batchProgress, mayHaveArrived } from '../../src/core/transfer.ts';
import type { OnProgress } from '../../src/core/transferProgress.ts';
import { type Performed, Transfers } from '../../src/core/transfers.ts';
import { signal } from '../support/session.ts';

/** A transfer under way, in the hands of the test. */
interface Running {
	readonly order: TransferOrder;
	readonly signal: AbortSignal;
	readonly onProgress: OnProgress;
	readonly done: (performed?: Performed) => void;
	readonly fail: (error: unknown) => void;
}

function memoryStore(): Store & { kept: string } {
	const store = {
		kept: '[]',
		get: () => JSON.parse(store.kept) as unknown,
		set: async (_key: string, value: unknown) => {
			store.kept = JSON.stringify(value);
		},
	};
	return store;
}

function setUp(store: Store = memoryStore()) {
	const begun: Running[] = [];
	const transfers = new Transfers(
		(order, stop, onProgress) =>
			new Promise<Performed>((resolve, reject) => {
				stop.addEventListener('abort', () => reject(stop.reason));
				begun.push({ order, signal: stop, onProgress, done: (done = {}) => resolve(done), fail: reject });
			}),
		store,
	);
	return { transfers, begun, store };
}

const download = (id: string, over: Partial<DownloadOrder> = {}): DownloadOrder => ({
	kind: 'download',
	id,
	account: 'acme',
	name: `${id}.txt`,
	place: 'Desktop',
	document: { kind: 'document', id, name: id, fileName: `${id}.txt` },
	target: `file:///desktop/${id}.txt`,
	...over,
});

const upload = (id: string): UploadOrder => ({
	kind: 'upload',
	id,
	account: 'acme',
	name: `${id}.txt`,
	place: 'Pictures',
	source: `file:///desktop/${id}.txt`,
	container: { kind: 'folder', id: 'f', name: 'Pictures' },
});

const statesOf = (transfers: readonly Transfer[]) => transfers.map(({ state }) => state);

/** Lets everything go on that waits for nothing but its turn. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('transfers', () => {
	beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
	afterEach(() => mock.timers.reset());

	it('runs three of an account at once, and the others when one of them is over', async () => {
		const { transfers, begun } = setUp();
		const running = transfers.run(
			['a', 'b', 'c', 'd', 'e'].map((id) => download(id)),
			signal(),
		);
		await settled();
		assert.deepEqual(statesOf(transfers.list()), ['running', 'running', 'running', 'waiting', 'waiting']);
		begun[1]?.done();
		await settled();
		assert.deepEqual(statesOf(transfers.list()), ['running', 'done', 'running', 'running', 'waiting']);
		for (let at = 0; at < 5; at += 1) {
			begun[at]?.done();
			await settled();
		}
		assert.deepEqual(statesOf(await running), ['done', 'done', 'done', 'done', 'done']);
	});

	it('never lets one account wait for another', async () => {
		const { transfers, begun } = setUp();
		void transfers.run(
			['a', 'b', 'c', 'd'].map((id) => download(id)),
			signal(),
		);
		void transfers.run([download('other', { account: 'globex' })], signal());
		await settled();
		assert.ok(begun.some(({ order }) => order.id === 'other'));
	});

	it('takes a single document before the rest of a folder that was begun earlier', async () => {
		const { transfers, begun } = setUp();
		void transfers.run(
			['a', 'b', 'c', 'd', 'e'].map((id) => download(id)),
			signal(),
		);
		void transfers.run([download('single')], signal());
		await settled();
		begun[0]?.done();
		await settled();
		assert.equal(begun.at(-1)?.order.id, 'single');
	});

	it('goes on with the others when one fails, and says why it did', async () => {
		const { transfers, begun } = setUp();
		const running = transfers.run([download('a'), download('b')], signal());
		await settled();
		const failure = new Unreachable('The server does not answer.');
		begun[0]?.fail(failure);
		begun[1]?.done();
		const [first, second] = await running;
		assert.deepEqual([first?.state, first?.error, second?.state], ['failed', failure, 'done']);
	});

	it('gives up all that run or wait when the whole is cancelled', async () => {
		const { transfers, begun } = setUp();
		const stop = new AbortController();
		const running = transfers.run(
			['a', 'b', 'c', 'd'].map((id) => download(id)),
			stop.signal,
		);
		await settled();
		stop.abort();
		assert.deepEqual(statesOf(await running), ['cancelled', 'cancelled', 'cancelled', 'cancelled']);
		assert.equal(begun.length, 3, 'the one that waited was begun');
	});

	it('begins nothing under a signal that is aborted already', async () => {
		const { transfers, begun } = setUp();
		assert.deepEqual(statesOf(await transfers.run([download('a')], AbortSignal.abort())), ['cancelled']);
		assert.equal(begun.length, 0);
	});

	it('cancels one and lets the others go on', async () => {
		const { transfers, begun } = setUp();
		const running = transfers.run(
			['a', 'b', 'c', 'd'].map((id) => download(id)),
			signal(),
		);
		await settled();
		transfers.cancel('d');
		transfers.cancel('b');
		await settled();
		begun[0]?.done();
		begun[2]?.done();
		assert.deepEqual(statesOf(await running), ['done', 'cancelled', 'done', 'cancelled']);
	});

	it('waits for a cancelled upload to say whether it may have arrived', async () => {
		const begun: ((error: unknown) => void)[] = [];
		const transfers = new Transfers(() => new Promise((_, reject) => begun.push(reject)), memoryStore());
		const running = transfers.run([upload('a')], signal());
		await settled();
		transfers.cancel('a');
		await settled();
		assert.deepEqual(statesOf(transfers.list()), ['running']);
		begun[0]?.(new OutcomeUnknown('It may have arrived.'));
		assert.deepEqual(statesOf(await running), ['unknown']);
	});

	it('calls the outcome of an upload unknown where the failure does not prove that nothing arrived', async () => {
		const { transfers, begun } = setUp();
		const running = transfers.run([upload('a'), upload('b'), download('c')], signal());
		await settled();
		begun.forEach(({ order, fail }) => fail(order.id === 'b' ? new LocalFailure('Not read.') : new TypeError('bug')));
		assert.deepEqual(statesOf(await running), ['unknown', 'failed', 'failed']);
	});

	it('tries again what failed, as the same line and now the newest', async () => {
		const { transfers, begun } = setUp();
		const running = transfers.run([download('a'), download('b')], signal());
		await settled();
		begun[0]?.fail(new Unreachable('No answer.'));
		begun[1]?.done();
		const [failed] = await running;
		const again = transfers.retry(['a', 'b'], signal());
		await settled();
		begun.at(-1)?.done();
		assert.deepEqual(await again, [failed]);
		assert.equal(failed?.state, 'done');
		assert.equal(failed.error, undefined);
		assert.equal(transfers.list().at(-1), failed);
		assert.equal(begun.length, 3, 'what was done was done again');
	});

	it('sends an upload that may have arrived only when it is told to', async () => {
		const { transfers, begun } = setUp();
		const running = transfers.run([upload('a')], signal());
		await settled();
		begun[0]?.fail(new OutcomeUnknown('It may have arrived.'));
		const [one] = await running;
		assert.ok(one && mayHaveArrived(one));
		assert.deepEqual(await transfers.retry(['a'], signal()), []);
		assert.equal(begun.length, 1, 'it was sent again unasked');
		const again = transfers.retry(['a'], signal(), { sendAgain: true });
		await settled();
		begun[1]?.done({ version: '2' });
		await again;
		assert.deepEqual([one.state, one.version], ['done', '2']);
	});

	it('tells of progress four times a second at most, and of every end', async () => {
		const { transfers, begun } = setUp();
		const running = transfers.run([download('a')], signal());
		await settled();
		let told = 0;
		transfers.onDidChange(() => void (told += 1));
		const report = (bytes: number) => begun[0]?.onProgress({ bytes, total: 1000, rate: 100 });
		for (let bytes = 1; bytes <= 100; bytes += 1) {
			report(bytes);
		}
		assert.equal(told, 1);
		mock.timers.tick(250);
		assert.equal(told, 2);
		assert.equal(transfers.list()[0]?.progress?.bytes, 100);
		mock.timers.tick(1000);
		assert.equal(told, 2, 'nothing had moved');
		report(200);
		assert.equal(told, 3);
		begun[0]?.done();
		await running;
		assert.equal(told, 4);
	});

	it('clears what is over and nothing else', async () => {
		const { transfers, begun } = setUp();
		void transfers.run([download('a'), download('b')], signal());
		await settled();
		begun[0]?.fail(new Unreachable('No answer.'));
		await settled();
		transfers.clear();
		assert.deepEqual(
			transfers.list().map(({ order }) => order.id),
			['b'],
		);
	});

	it('keeps a bounded number of what is over, and what failed longer than what is done', async () => {
		const failing = new Transfers(async ({ id }) => {
			if (id === 'bad') {
				throw new Unreachable('No answer.');
			}
			return {};
		}, memoryStore());
		await failing.run([download('bad')], signal());
		await failing.run(
			Array.from({ length: 600 }, (_, at) => download(`d${at}`)),
			signal(),
		);
		await failing.run([download('last')], signal());
		assert.ok(failing.list().length <= 501, String(failing.list().length));
		assert.equal(failing.list()[0]?.order.id, 'bad');
	});

	describe('over a reload', () => {
		it('shows what was under way as interrupted, and downloads can simply be done again', async () => {
			const { transfers, store } = setUp();
			void transfers.run(
				['a', 'b', 'c', 'd'].map((id) => download(id)),
				signal(),
			);
			await settled();
			transfers.dispose();
			const next = setUp(store);
			assert.deepEqual(
				statesOf(next.transfers.list()),
				Array.from({ length: 4 }, () => 'interrupted'),
			);
			const again = next.transfers.retry(['a', 'd'], signal());
			await settled();
			next.begun.forEach(({ done }) => done());
			assert.deepEqual(statesOf(await again), ['done', 'done']);
			assert.deepEqual(next.begun[0]?.order, download('a'));
		});

		it('holds an upload that was being sent for one that may have arrived, and one that waited for unsent', async () => {
			const { transfers, store } = setUp();
			void transfers.run(
				['a', 'b', 'c', 'd'].map((id) => upload(id)),
				signal(),
			);
			await settled();
			transfers.dispose();
			const { transfers: next } = setUp(store);
			assert.deepEqual(statesOf(next.list()), ['interrupted', 'interrupted', 'interrupted', 'failed']);
			assert.deepEqual(next.list().map(mayHaveArrived), [true, true, true, false]);
			assert.match(String(next.list()[3]?.error), /closed before it began/);
		});

		it('has noted that an upload runs before the first byte is sent', async () => {
			const store = memoryStore();
			let notedAtSending = '';
			const transfers = new Transfers(async () => {
				notedAtSending = store.kept;
				return {};
			}, store);
			await transfers.run([upload('a')], signal());
			assert.match(notedAtSending, /"state":"running"/);
		});

		it('does not lose what the window cuts off when it closes', async () => {
			const { transfers, store } = setUp();
			void transfers.run([download('a')], signal());
			await settled();
			transfers.dispose();
			await settled();
			mock.timers.tick(1000);
			await settled();
			assert.deepEqual(statesOf(setUp(store).transfers.list()), ['interrupted']);
		});

		it('keeps the sentence of what failed, and nothing of what is done or was given up', async () => {
			const { transfers, begun, store } = setUp();
			const running = transfers.run([download('a'), download('b'), download('c')], signal());
			await settled();
			begun[0]?.fail(new Unreachable('The server does not answer.'));
			begun[1]?.done();
			transfers.cancel('c');
			await running;
			mock.timers.tick(250);
			await settled();
			const [left, ...others] = setUp(store).transfers.list();
			assert.equal(others.length, 0);
			assert.deepEqual([left?.state, (left?.error as Error).message], ['failed', 'The server does not answer.']);
		});

		it('still shows what was interrupted after a second reload', async () => {
			const { transfers, store } = setUp();
			void transfers.run([upload('a')], signal());
			await settled();
			transfers.dispose();
			const second = setUp(store).transfers;
			second.forget(() => false);
			await settled();
			assert.deepEqual(statesOf(setUp(store).transfers.list()), ['interrupted']);
		});

		it('carries on when nothing can be kept', async () => {
			const transfers = new Transfers(async () => ({}), {
				get: () => undefined,
				set: () => Promise.reject(new Error('the disk is full')),
			});
			assert.deepEqual(statesOf(await transfers.run([upload('a')], signal())), ['done']);
		});
	});

	it('drops and stops what belongs to an account that was signed out', async () => {
		const { transfers, begun, store } = setUp();
		const running = transfers.run([upload('a'), download('b', { account: 'globex' })], signal());
		await settled();
		transfers.forget((account) => account === 'acme');
		await settled();
		assert.deepEqual(
			transfers.list().map(({ order }) => order.id),
			['b'],
		);
		assert.ok(begun.find(({ order }) => order.id === 'a')?.signal.aborted);
		assert.doesNotMatch((store as ReturnType<typeof memoryStore>).kept, /Pictures/);
		begun.find(({ order }) => order.id === 'b')?.done();
		await running;
	});
});

describe('several transfers taken together', () => {
	const progress = { bytes: 50, total: 100, rate: 10 };

	it('adds up what is known of each', () => {
		const batch: Transfer[] = [
			{ order: download('a', { size: 100 }), state: 'done' },
			{ order: download('b'), state: 'running', progress },
			{ order: download('c', { size: 100 }), state: 'waiting' },
		];
		assert.deepEqual(batchProgress(batch), { count: 3, over: 1, bytes: 150, total: 300, rate: 10, secondsLeft: 15 });
	});

	it('does not guess a whole where one size is not known', () => {
		const { total, secondsLeft } = batchProgress([
			{ order: download('a'), state: 'waiting' },
			{ order: download('b'), state: 'running', progress },
		]);
		assert.deepEqual([total, secondsLeft], [undefined, undefined]);
	});
});
