import assert from 'node:assert/strict';
import { limited } from '../../src/http/limits.ts';

describe('A limited account', () => {
	const signal = (): AbortSignal => new AbortController().signal;

	it('has only so many requests under way at once', async () => {
		const limit = limited(2);
		const ends: (() => void)[] = [];
		const run = (): Promise<void> => new Promise((resolve) => ends.push(resolve));
		const all = [1, 2, 3].map(() => limit(run, signal()));
		await settled();
		assert.equal(ends.length, 2);
		ends[0]?.();
		await all[0];
		await settled();
		assert.equal(ends.length, 3);
		ends.forEach((end) => end());
		await Promise.all(all);
	});

	it('exceeds none of its windows', async () => {
		const limit = limited(9, { requests: 2, milliseconds: 60 }, { requests: 4, milliseconds: 150 });
		const starts: number[] = [];
		await Promise.all(
			Array.from({ length: 5 }, () => limit(async () => void starts.push(performance.now()), signal())),
		);
		// A timer may fire a moment early.
		assert.ok(starts[2]! - starts[0]! >= 58, `the third came after ${starts[2]! - starts[0]!} ms`);
		assert.ok(starts[4]! - starts[0]! >= 148, `the fifth came after ${starts[4]! - starts[0]!} ms`);
	});

	it('lets one who waits leave at once, and never starts his request', async () => {
		const limit = limited(1);
		let end = (): void => undefined;
		const first = limit(() => new Promise<void>((resolve) => (end = resolve)), signal());
		const leaving = new AbortController();
		let started = false;
		const second = limit(async () => void (started = true), leaving.signal);
		leaving.abort(new Error('never mind'));
		await assert.rejects(second, { message: 'never mind' });
		end();
		await first;
		await limit(async () => undefined, signal());
		assert.equal(started, false);
	});

	it('goes on after a failure', async () => {
		const limit = limited(1);
		await assert.rejects(
			limit(() => Promise.reject(new Error('broken')), signal()),
			{ message: 'broken' },
		);
		assert.equal(await limit(async () => 'well', signal()), 'well');
	});

	function settled(): Promise<void> {
		return new Promise((resolve) => setImmediate(resolve));
	}
});
