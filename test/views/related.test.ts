import assert from 'node:assert/strict';
import type { Board, Workspace } from '../../src/core/model.ts';
import { bareForm, type Operation, type RelatedList } from '../../src/core/operations.ts';
import { onePage } from '../../src/core/page.ts';
import type { Session } from '../../src/core/provider.ts';
import { withoutWrites } from '../../src/core/readOnlySession.ts';
import type { Node } from '../../src/views/node.ts';
import { accountNode } from '../../src/views/nodes/account.ts';
import { fakeProvider, fakeTree } from '../support/fakeProvider.ts';
import { signal } from '../support/session.ts';

const workspace: Workspace = { id: 'w', name: 'Harbour' };
const board: Board = { id: 'b', workspaceId: 'w', name: 'Delivery' };

function operation<Place>(over: Partial<Operation<Place>> & Pick<Operation<Place>, 'id'>): Operation<Place> {
	return { title: over.id, begin: async () => bareForm('Do it', async () => ({ message: 'Done.' })), ...over };
}

function members(over: Partial<RelatedList<Board>> = {}): RelatedList<Board> {
	return {
		id: 'members',
		name: 'Members',
		icon: 'organization',
		none: 'Nobody is a member.',
		list: async () => onePage([{ id: '7', name: 'Ane Lie', description: 'worker' }]),
		operations: [operation({ id: 'add' })],
		itemOperations: [operation({ id: 'remove' })],
		...over,
	};
}

async function open(session: Partial<Session>) {
	const all: Partial<Session> = {
		workspaces: async () => onePage([workspace]),
		boards: { list: async () => onePage([board]), columns: async () => [], cards: async () => onePage([]) },
		...session,
	};
	const { context, account } = await fakeTree(fakeProvider(all));
	return { context, account, root: accountNode(context, account) };
}

async function childrenOf(node: Node): Promise<Node[]> {
	return (await Promise.all((node.lists ?? []).map((list) => list.nodes()))).flat();
}

async function down(node: Node, ...labels: string[]): Promise<Node> {
	let at = node;
	for (const label of labels) {
		const children = await childrenOf(at);
		at = children.find((one) => one.item().label === label) ?? assert.fail(children.map((c) => c.item().label).join());
	}
	return at;
}

describe('what belongs to a board besides its columns', () => {
	it('is a line beneath it, with its items beneath that', async () => {
		const { root } = await open({ related: { board: [members()] } });
		const item = await down(root, 'Harbour', 'Delivery', 'Members', 'Ane Lie');
		assert.equal(item.item().description, 'worker');
		assert.equal(item.item().spoken, 'Ane Lie, worker');
	});

	it('is asked for only when its line is opened', async () => {
		let asked = 0;
		const list = async () => onePage(Array.from({ length: ++asked }, (_, at) => ({ id: `${at}`, name: `${at}` })));
		const { root } = await open({ related: { board: [members({ list })] } });
		const line = await down(root, 'Harbour', 'Delivery', 'Members');
		assert.equal(asked, 0);
		await childrenOf(line);
		assert.equal(asked, 1);
	});

	it('stays loaded while its board is drawn again, and is asked for anew when the board is refreshed', async () => {
		let asked = 0;
		const list = async () => onePage([{ id: '7', name: `Answer ${++asked}` }]);
		const { root } = await open({ related: { board: [members({ list })] } });
		const line = await down(root, 'Harbour', 'Delivery');
		await down(line, 'Members', 'Answer 1');
		await down(line, 'Members', 'Answer 1');
		line.lists?.forEach((one) => one.reset());
		await down(line, 'Members', 'Answer 2');
	});

	it('says in words where there is nothing', async () => {
		const { root } = await open({ related: { board: [members({ list: async () => onePage([]) })] } });
		await down(root, 'Harbour', 'Delivery', 'Members', 'Nobody is a member.');
	});

	it('offers what can be done with the list and with each item', async () => {
		const { root } = await open({ related: { board: [members()] } });
		const list = await down(root, 'Harbour', 'Delivery', 'Members');
		assert.deepEqual(list.item().context, ['related', 'opAdd']);
		assert.deepEqual((await down(list, 'Ane Lie')).item().context, ['relatedItem', 'opRemove']);
	});

	it('hands the board and the item to what is done', async () => {
		const done: unknown[] = [];
		const remove = operation({
			id: 'remove',
			begin: async (place: unknown) => (done.push(place), bareForm('x', async () => ({ message: '' }))),
		});
		const { root, context, account } = await open({ related: { board: [members({ itemOperations: [remove] })] } });
		const item = await down(root, 'Harbour', 'Delivery', 'Members', 'Ane Lie');
		await item.operations?.(context.sessions.peek(account))[0]?.begin(signal());
		assert.deepEqual(done, [{ place: board, item: { id: '7', name: 'Ane Lie', description: 'worker' } }]);
	});

	it('is still read, and offers nothing, in a locked account', async () => {
		const session = { related: { board: [members()] } } as unknown as Session;
		const [list] = withoutWrites(session).related?.board ?? [];
		assert.equal(list?.name, 'Members');
		assert.equal(list?.operations, undefined);
		assert.equal(list?.itemOperations, undefined);
		assert.equal((await list?.list(board, signal()))?.items.length, 1);
	});
});

describe('what can be done with a thing as a whole', () => {
	it('is offered at its line', async () => {
		const { root } = await open({
			operations: { workspace: [operation({ id: 'copy' })], board: [operation({ id: 'edit' })] },
		});
		assert.ok((await down(root, 'Harbour')).item().context.includes('opCopy'));
		assert.ok((await down(root, 'Harbour', 'Delivery')).item().context.includes('opEdit'));
	});

	it('is not offered where it can’t be done with just this', async () => {
		const archive = operation<Board>({ id: 'archive', whyNot: () => 'It is archived.' });
		const { root } = await open({ operations: { board: [archive, operation({ id: 'restore' })] } });
		const { context } = (await down(root, 'Harbour', 'Delivery')).item();
		assert.ok(context.includes('opRestore') && !context.includes('opArchive'));
	});
});

describe('boards by another way', () => {
	const recent = { id: 'recent', name: 'Recent', icon: 'history', none: 'Nothing was opened yet.' };

	it('stand in a list of their own beneath the account, and open like any board', async () => {
		const { root } = await open({ shortlists: [{ ...recent, list: async () => onePage([{ workspace, board }]) }] });
		const line = await down(root, 'Recent', 'Delivery');
		assert.ok(line.item().context.includes('board'));
		assert.notEqual(line.id, (await down(root, 'Harbour', 'Delivery')).id);
	});

	it('are said in words to be none', async () => {
		const { root } = await open({ shortlists: [{ ...recent, list: async () => onePage([]) }] });
		await down(root, 'Recent', 'Nothing was opened yet.');
	});
});

describe('workspaces that are filtered', () => {
	const filtering = {
		fields: [],
		query: () => '',
		list: async () => onePage([{ id: 'q', name: 'Quay' }]),
	};

	it('are those the vendor finds, and the account says that it shows not all', async () => {
		const { root, context, account } = await open({ workspaceFiltering: filtering });
		assert.ok(!root.item().description?.includes('filtered'));
		await (context.filters as { set?: (id: string, values: object) => Promise<void> }).set?.(account.id, {
			query: 'q',
		});
		assert.match(root.item().description ?? '', /filtered/);
		await down(root, 'Quay');
		assert.ok(root.item().context.includes('filtered'));
	});

	it('are said to be none where none fits', async () => {
		const { root, context, account } = await open({
			workspaceFiltering: { ...filtering, list: async () => onePage([]) },
		});
		await (context.filters as { set?: (id: string, values: object) => Promise<void> }).set?.(account.id, {
			query: 'q',
		});
		await down(root, 'No spaces fit the filter');
	});

	it('leave an account of a vendor that can’t filter as it is', async () => {
		const { root, context, account } = await open({});
		await (context.filters as { set?: (id: string, values: object) => Promise<void> }).set?.(account.id, {
			query: 'q',
		});
		assert.ok(!root.item().description?.includes('filtered'));
		await down(root, 'Harbour');
	});
});
