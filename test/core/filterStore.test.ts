import assert from 'node:assert/strict';
import { FilterStore } from '../../src/core/filterStore.ts';
import { memoryStore } from '../support/fakeProvider.ts';

describe('by what the workspaces of an account are filtered', () => {
	it('is kept for each account by itself', async () => {
		const filters = new FilterStore(memoryStore());
		await filters.set('a', { query: 'harbour', company_id: ['1', '2'] });
		await filters.set('b', { query: 'quay' });
		assert.deepEqual(filters.get('a'), { query: 'harbour', company_id: ['1', '2'] });
		assert.deepEqual(filters.get('b'), { query: 'quay' });
	});

	it('is nothing where every field is empty, so that all are shown', async () => {
		const filters = new FilterStore(memoryStore());
		await filters.set('a', { query: 'harbour' });
		await filters.set('a', { query: ' ', company_id: [] });
		assert.equal(filters.get('a'), undefined);
	});

	it('tells whose has changed, once the new one can be read', async () => {
		const filters = new FilterStore(memoryStore());
		const heard: unknown[] = [];
		filters.onDidChange((account) => heard.push([account, filters.get(account)]));
		await filters.set('a', { query: 'harbour' });
		assert.deepEqual(heard, [['a', { query: 'harbour' }]]);
	});

	it('goes with its account', async () => {
		const filters = new FilterStore(memoryStore());
		await filters.set('a', { query: 'harbour' });
		await filters.set('b', { query: 'quay' });
		filters.forget((account) => account === 'a');
		assert.equal(filters.get('a'), undefined);
		assert.deepEqual(filters.get('b'), { query: 'quay' });
	});

	it('is nothing where what was kept can’t be read', () => {
		for (const kept of [undefined, 7, [], { a: 'x' }, { a: { query: 3 } }]) {
			const filters = new FilterStore(memoryStore(new Map([['workspaceFilters', kept]])));
			assert.deepEqual(filters.get('a') ?? {}, {});
		}
	});
});
