import assert from 'node:assert/strict';
import { allItems, itemsOf, mapPage, onePage, type Page } from '../../src/core/page.ts';

/** Pages of the given items; `asked` collects the pages that were asked for after the first. */
function pages(parts: readonly (readonly number[])[], asked: number[] = [], at = 0): Page<number> {
	return {
		items: parts[at] ?? [],
		total: parts.flat().length,
		next:
			at + 1 < parts.length
				? async (signal) => {
						signal.throwIfAborted();
						asked.push(at + 1);
						return pages(parts, asked, at + 1);
					}
				: undefined,
	};
}

const { signal } = new AbortController();

describe('Pages', () => {
	it('of a list that arrived whole have no next one', () => {
		assert.deepEqual(onePage(['a', 'b']), { items: ['a', 'b'], total: 2 });
		assert.equal(onePage([]).next, undefined);
	});

	it('give every item once, in order, also past an empty page', async () => {
		const parts = [[1, 2], [], [3]];
		assert.deepEqual(await allItems(pages(parts), signal), [1, 2, 3]);
		const walked: number[] = [];
		for await (const item of itemsOf(pages(parts), signal)) {
			walked.push(item);
		}
		assert.deepEqual(walked, [1, 2, 3]);
		assert.deepEqual(await allItems(onePage([]), signal), []);
	});

	it('are asked for only when the items before them are used up', async () => {
		const asked: number[] = [];
		const items = itemsOf(pages([[1, 2], [3], [4]], asked), signal);
		await items.next();
		await items.next();
		assert.deepEqual(asked, []);
		await items.next();
		assert.deepEqual(asked, [1]);
		await items.return();
		assert.deepEqual(asked, [1]);
	});

	it('stay lazy and keep their totals when their items are turned into others', async () => {
		const asked: number[] = [];
		const turned = mapPage(pages([[1], [2, 3]], asked), (item) => `#${item}`);
		assert.deepEqual(turned.items, ['#1']);
		assert.equal(turned.total, 3);
		assert.deepEqual(asked, []);
		const second = await turned.next?.(signal);
		assert.deepEqual(second?.items, ['#2', '#3']);
		assert.equal(second.next, undefined);
	});

	it('can be asked for again after a failure', async () => {
		let calls = 0;
		const first: Page<number> = {
			items: [1],
			next: async () => {
				calls += 1;
				if (calls === 1) {
					throw new Error('broken off');
				}
				return onePage([2]);
			},
		};
		const turned = mapPage(first, (item) => item);
		await assert.rejects(async () => turned.next?.(signal), /broken off/);
		assert.deepEqual((await turned.next?.(signal))?.items, [2]);
		calls = 0;
		await assert.rejects(allItems(first, signal), /broken off/);
	});

	it('stop with the reason of the signal', async () => {
		const reason = new Error('left');
		await assert.rejects(allItems(pages([[1], [2]]), AbortSignal.abort(reason)), reason);
	});

	it('may be as large as a vendor likes', async () => {
		const items = Array.from({ length: 300_000 }, (_, at) => at);
		assert.equal((await allItems(onePage(items), signal)).length, items.length);
	});
});
