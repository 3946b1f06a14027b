import assert from 'node:assert/strict';
import type { Session } from '../../src/core/provider.ts';
import { foldText, nameOf, searchSession } from '../../src/core/search.ts';
import { signal } from '../support/session.ts';

const session = (over: Partial<Session> = {}): Session => ({
	workspaces: async () => ({
		items: [{ id: 'w1', name: 'Café Ångström' }],
		next: async () => ({ items: [{ id: 'w2', name: 'Harbour' }] }),
	}),
	accountInfo: async () => [],
	forget: () => undefined,
	accessToken: async () => 's3cret',
	findings: async () => [],
	boards: {
		list: async ({ id }) => ({ items: [{ id: `b-${id}`, workspaceId: id, name: 'Delivery' }] }),
		columns: async (board) => [{ id: 'c', boardId: board.id, workspaceId: board.workspaceId, name: 'Doing' }],
		cards: async ({ boardId }) => ({ items: [{ id: '1', boardId, columnId: 'c', title: 'Order the Ångström pump' }] }),
	},
	...over,
});

async function found(text: string, over?: Partial<Session>): Promise<string[]> {
	return (await Array.fromAsync(searchSession(session(over), text, signal()))).map(nameOf);
}

describe('search', () => {
	it('walks every page down to the cards where the vendor has no search of its own', async () => {
		assert.deepEqual(await found('pump'), ['Order the Ångström pump', 'Order the Ångström pump']);
		assert.deepEqual(await found('harbour'), ['Harbour']);
	});

	it('finds without regard to case and accents', async () => {
		assert.equal((await found('ANGSTROM')).length, 3);
		assert.equal(foldText('Ångström'), 'angstrom');
	});

	it('goes no deeper than the vendor’s budget allows', async () => {
		assert.deepEqual(await found('pump', { walkTo: 'board' }), []);
		assert.deepEqual(await found('delivery', { walkTo: 'workspace' }), []);
	});

	it('asks the vendor where it searches itself', async () => {
		const asked: string[] = [];
		const search: Session['search'] = async function* (text) {
			asked.push(text);
			yield { workspace: { id: 'w', name: 'From the vendor' } };
		};
		assert.deepEqual(await found('x', { search }), ['From the vendor']);
		assert.deepEqual(asked, ['x']);
	});
});
