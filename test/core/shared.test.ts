import assert from 'node:assert/strict';
import { Shared } from '../../src/core/shared.ts';

interface Asked {
	readonly signal: AbortSignal;
	readonly resolve: (value: string) => void;
	readonly reject: (error: unknown) => void;
}

describe('Shared answers', () => {
	let shared: Shared;
	let asked: Asked[];

	beforeEach(() => {
		shared = new Shared();
		asked = [];
	});

	const ask = (signal: AbortSignal): Promise<string> => {
		const { promise, resolve, reject } = Promise.withResolvers<string>();
		asked.push({ signal, resolve, reject });
		return promise;
	};
	const get = (signal = new AbortController().signal, key = 'boards'): Promise<string> => shared.get(key, ask, signal);

	it('come from one request for all who ask at the same time', async () => {
		const all = Promise.all([get(), get(), get()]);
		asked[0]?.resolve('three');
		assert.deepEqual(await all, ['three', 'three', 'three']);
		assert.equal(asked.length, 1);
	});

	it('are kept until they are cleared', async () => {
		const first = get();
		asked[0]?.resolve('old');
		await first;
		assert.equal(await get(), 'old');
		shared.clear();
		const second = get();
		asked[1]?.resolve('new');
		assert.equal(await second, 'new');
	});

	it('are kept apart by their keys, and an answer of nothing is one too', async () => {
		const nothing = shared.get('a', async () => undefined, new AbortController().signal);
		assert.equal(await nothing, undefined);
		assert.equal(await shared.get('a', () => assert.fail('asked again'), new AbortController().signal), undefined);
		assert.equal(await shared.get('b', async () => 'b', new AbortController().signal), 'b');
	});

	it('are not kept when they are failures', async () => {
		const both = Promise.allSettled([get(), get()]);
		asked[0]?.reject(new Error('broken'));
		assert.deepEqual(
			(await both).map(({ status }) => status),
			['rejected', 'rejected'],
		);
		const again = get();
		asked[1]?.resolve('well');
		assert.equal(await again, 'well');
	});

	it('reach those who stay when one leaves', async () => {
		const leaving = new AbortController();
		const [gone, staying] = [get(leaving.signal), get()];
		leaving.abort();
		await assert.rejects(gone, { name: 'AbortError' });
		assert.equal(asked[0]?.signal.aborted, false);
		asked[0]?.resolve('here');
		assert.equal(await staying, 'here');
	});

	it('are given up when the last one has left', async () => {
		const [first, second] = [new AbortController(), new AbortController()];
		const both = Promise.allSettled([get(first.signal), get(second.signal)]);
		first.abort();
		second.abort();
		await both;
		assert.equal(asked[0]?.signal.aborted, true);
	});

	it('are asked for anew after they were given up, even before the old request has ended', async () => {
		const leaving = new AbortController();
		const gone = get(leaving.signal);
		leaving.abort();
		await assert.rejects(gone, { name: 'AbortError' });
		const again = get();
		assert.equal(asked.length, 2);
		asked[0]?.reject(asked[0].signal.reason);
		asked[1]?.resolve('fresh');
		assert.equal(await again, 'fresh');
	});

	it('are not asked for by one who has left already', async () => {
		await assert.rejects(get(AbortSignal.abort()), { name: 'AbortError' });
		assert.equal(asked.length, 0);
	});

	it('that were under way when everything was cleared reach who waits and are not kept', async () => {
		const before = get();
		shared.clear();
		const after = get();
		asked[0]?.resolve('old');
		assert.equal(await before, 'old');
		asked[1]?.resolve('new');
		assert.equal(await after, 'new');
		assert.equal(await get(), 'new');
		assert.equal(asked.length, 2);
	});

	it('that were cleared while under way are still given up when the last one has left', async () => {
		const leaving = new AbortController();
		const gone = get(leaving.signal);
		shared.clear();
		leaving.abort();
		await assert.rejects(gone, { name: 'AbortError' });
		assert.equal(asked[0]?.signal.aborted, true);
	});

	it('leave their request alone once it has answered', async () => {
		const waiting = get();
		asked[0]?.resolve('done');
		await waiting;
		assert.equal(asked[0]?.signal.aborted, false);
	});
});
