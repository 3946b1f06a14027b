import assert from 'node:assert/strict';
import { allItems } from '../../src/core/page.ts';
import { type Batch, paged, wholeList } from '../../src/http/pages.ts';
import { signal } from '../support/session.ts';

/** A list of numbers that gives two at a time and notes where it was asked. */
function numbers(count: number, tellsTotal = true) {
	const asked: (string | number | undefined)[] = [];
	const ask = async (at: string | number | undefined): Promise<Batch<number>> => {
		asked.push(at);
		const from = Number(at ?? 0);
		const items = Array.from({ length: Math.min(2, count - from) }, (_, index) => from + index);
		return { items, total: tellsTotal ? count : undefined, next: from + 2 < count ? from + 2 : undefined };
	};
	return { ask, asked };
}

describe('lists in pages', () => {
	it('are asked for one page at a time, and only when somebody wants more', async () => {
		const { ask, asked } = numbers(5);
		const first = await paged(ask, signal());
		assert.deepEqual(asked, [undefined]);
		assert.deepEqual(await allItems(first, signal()), [0, 1, 2, 3, 4]);
		assert.deepEqual(asked, [undefined, 2, 4]);
	});

	for (const tellsTotal of [true, false]) {
		it(`are read whole in order, each page once, ${tellsTotal ? 'with' : 'without'} a total`, async () => {
			for (const count of [0, 1, 2, 3, 7]) {
				const { ask, asked } = numbers(count, tellsTotal);
				assert.deepEqual(
					await wholeList(ask, signal()),
					Array.from({ length: count }, (_, index) => index),
				);
				assert.equal(asked.length, Math.max(1, Math.ceil(count / 2)));
			}
		});
	}

	it('are asked for side by side once the total is known', async () => {
		let underWay = 0;
		let most = 0;
		const { ask } = numbers(9);
		await wholeList(async (at) => {
			underWay += 1;
			most = Math.max(most, underWay);
			await new Promise((resolve) => setImmediate(resolve));
			underWay -= 1;
			return ask(at);
		}, signal());
		assert.equal(most, 4);
	});

	it('fail whole when a page fails', async () => {
		const { ask } = numbers(9);
		const broken = async (at: string | number | undefined) =>
			at === 6 ? Promise.reject(new Error('broken')) : ask(at);
		await assert.rejects(wholeList(broken, signal()), /broken/);
	});
});
