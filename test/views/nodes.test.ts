import assert from 'node:assert/strict';
import type { Archives } from '../../src/core/archives.ts';
import { SignInNeeded, Unreachable } from '../../src/core/errors.ts';
import type { Card, Column } from '../../src/core/model.ts';
import type { Page } from '../../src/core/page.ts';
import type { Boards, Session } from '../../src/core/provider.ts';
import type { Node } from '../../src/views/node.ts';
import { accountNode } from '../../src/views/nodes/account.ts';
import type { ColumnNode } from '../../src/views/nodes/column.ts';
import { archive, documentNamed, folder } from '../support/documents.ts';
import { fakeProvider, fakeTree } from '../support/fakeProvider.ts';

const column: Column = { id: '0', boardId: 'b', workspaceId: 'w', name: 'Doing', renamable: true };

function cards(from: number, to: number): Card[] {
	return Array.from({ length: to - from }, (_, at) => ({
		id: String(from + at),
		boardId: 'b',
		columnId: '0',
		title: `Card ${from + at}`,
	}));
}

function pageOf(from: number, size: number, total: number): Page<Card> {
	const to = Math.min(from + size, total);
	return { items: cards(from, to), next: to < total ? async () => pageOf(to, size, total) : undefined };
}

function boardsWith(over: Partial<Boards> = {}): Boards {
	return {
		list: async () => ({ items: [{ id: 'b', workspaceId: 'w', name: 'Delivery' }] }),
		columns: async () => [column],
		cards: async () => pageOf(0, 2, 5),
		...over,
	};
}

async function childrenOf(node: Node): Promise<Node[]> {
	return (await Promise.all((node.lists ?? []).map((list) => list.nodes()))).flat();
}

async function labelsOf(node: Node): Promise<string[]> {
	return (await childrenOf(node)).map((child) => child.item().label);
}

async function open(session: Partial<Session>, levels = {}): Promise<Node> {
	const { context, account } = await fakeTree(
		fakeProvider({ workspaces: async () => ({ items: [{ id: 'w', name: 'Harbour' }] }), ...session }, levels),
	);
	return accountNode(context, account);
}

async function down(node: Node, ...labels: string[]): Promise<Node> {
	let at = node;
	for (const label of labels) {
		const found = (await childrenOf(at)).find((child) => child.item().label === label);
		assert.ok(found, `${label} is not among ${(await labelsOf(at)).join()}`);
		at = found;
	}
	return at;
}

describe('the tree’s nodes', () => {
	it('draw an account without asking anybody', async () => {
		const node = await open({ workspaces: () => assert.fail('it asked') });
		assert.equal(node.item().label, 'Acme');
		assert.equal(node.item().description, 'Fakeboard');
	});

	it('walk from the account to the card', async () => {
		const node = await open({ boards: boardsWith() });
		const card = await down(node, 'Harbour', 'Delivery', 'Doing', 'Card 0');
		assert.equal(card.lists, undefined);
		assert.deepEqual(card.item().context, ['card']);
	});

	it('have ids that are paths of raw keys', async () => {
		const node = await open({ boards: boardsWith() });
		const card = await down(node, 'Harbour', 'Delivery', 'Doing', 'Card 0');
		assert.equal(card.id, `${node.id}/w:w/b:b/c:0/k:0`);
	});

	it('show one page and “Load more…”, and the rest page by page', async () => {
		const lane = await down(await open({ boards: boardsWith() }), 'Harbour', 'Delivery', 'Doing');
		assert.deepEqual(await labelsOf(lane), ['Card 0', 'Card 1', 'Load more…']);
		await lane.lists![0]!.more();
		assert.deepEqual(await labelsOf(lane), ['Card 0', 'Card 1', 'Card 2', 'Card 3', 'Load more…']);
		await lane.lists![0]!.more();
		assert.deepEqual(await labelsOf(lane), ['Card 0', 'Card 1', 'Card 2', 'Card 3', 'Card 4']);
	});

	it('open as many pages after a refresh as were open before', async () => {
		const lane = await down(await open({ boards: boardsWith() }), 'Harbour', 'Delivery', 'Doing');
		await childrenOf(lane);
		await lane.lists![0]!.more();
		lane.lists![0]!.reset();
		assert.equal((await labelsOf(lane)).length, 5);
	});

	it('show a failed load as a line with its reason, beside what did load', async () => {
		const node = await open({
			boards: boardsWith(),
			archives: {
				ofWorkspace: () => Promise.reject(new Unreachable('Fakeboard could not be reached for Acme.')),
				entries: async () => ({ items: [] }),
				look: () => assert.fail(),
				read: () => assert.fail(),
			},
		});
		assert.deepEqual(await labelsOf(await down(node, 'Harbour')), [
			'Fakeboard could not be reached for Acme.',
			'Delivery',
		]);
	});

	it('offer to sign in again where the vendor refused the credentials', async () => {
		const node = await open({
			workspaces: () => Promise.reject(new SignInNeeded('Fakeboard did not accept the token of Acme.')),
		});
		const [failure] = await childrenOf(node);
		assert.equal(failure?.item().command?.id, 'boardwalk.signInAgain');
	});

	it('load again after a failure was reset', async () => {
		let broken = true;
		const node = await open({
			workspaces: async () => {
				if (broken) {
					throw new Unreachable('Not now.');
				}
				return { items: [{ id: 'w', name: 'Harbour' }] };
			},
		});
		assert.deepEqual(await labelsOf(node), ['Not now.']);
		broken = false;
		node.lists![0]!.reset();
		assert.deepEqual(await labelsOf(node), ['Harbour']);
	});

	it('keep the cards that came when a further page fails, and get it with another try', async () => {
		let fails = true;
		const more = async (): Promise<Page<Card>> => {
			if (fails) {
				throw new Unreachable('Not now.');
			}
			return pageOf(2, 2, 4);
		};
		const lane = await down(
			await open({ boards: boardsWith({ cards: async () => ({ items: cards(0, 2), next: more }) }) }),
			'Harbour',
			'Delivery',
			'Doing',
		);
		await childrenOf(lane);
		await lane.lists![0]!.more();
		assert.deepEqual(await labelsOf(lane), ['Card 0', 'Card 1', 'Not now.']);
		fails = false;
		await lane.lists![0]!.more();
		assert.deepEqual(await labelsOf(lane), ['Card 0', 'Card 1', 'Card 2', 'Card 3']);
	});

	it('drop a result that a refresh has overtaken', async () => {
		const answers: ((page: Page<Card>) => void)[] = [];
		const lane = await down(
			await open({ boards: boardsWith({ cards: () => new Promise((resolve) => answers.push(resolve)) }) }),
			'Harbour',
			'Delivery',
			'Doing',
		);
		const old = childrenOf(lane);
		await new Promise((resolve) => setImmediate(resolve));
		(lane as ColumnNode).live.reset();
		lane.lists![0]!.reset();
		const fresh = childrenOf(lane);
		await new Promise((resolve) => setImmediate(resolve));
		answers[0]!({ items: cards(10, 11) });
		answers[1]!({ items: cards(0, 1) });
		await Promise.all([old, fresh]);
		assert.deepEqual(await labelsOf(lane), ['Card 0']);
	});

	it('say in words what a vendor does not have', async () => {
		const node = await open({}, { board: undefined, missing: ['Fakeboard keeps no documents.'] });
		assert.deepEqual(await labelsOf(await down(node, 'Harbour')), ['Fakeboard keeps no documents.']);
	});

	it('offer renaming exactly where the session can and the column may', async () => {
		const renaming = { rename: async () => column };
		const able = await down(
			await open({ boards: boardsWith(), columnRenaming: renaming }),
			'Harbour',
			'Delivery',
			'Doing',
		);
		assert.ok(able.item().context.includes('rename'));
		const without = await down(await open({ boards: boardsWith() }), 'Harbour', 'Delivery', 'Doing');
		assert.ok(!without.item().context.includes('rename'));
		const fixed = boardsWith({ columns: async () => [{ ...column, renamable: false }] });
		const fixedLane = await down(
			await open({ boards: fixed, columnRenaming: renaming }),
			'Harbour',
			'Delivery',
			'Doing',
		);
		assert.ok(!fixedLane.item().context.includes('rename'));
	});

	it('say an overdue date in words, not by colour', async () => {
		const late = { id: '1', boardId: 'b', columnId: '0', title: 'Late', dueDate: '2026-11-15', assignees: ['Ada'] };
		const node = await open({ boards: boardsWith({ cards: async () => ({ items: [late] }) }) });
		const item = (await down(node, 'Harbour', 'Delivery', 'Doing', 'Late')).item();
		assert.match(item.description ?? '', /^overdue .*2026.* · Ada$/);
		assert.match(item.spoken ?? '', /Late, overdue/);
	});

	it('say that a list is empty', async () => {
		const node = await open({ boards: boardsWith({ cards: async () => ({ items: [] }) }) });
		assert.deepEqual(await labelsOf(await down(node, 'Harbour', 'Delivery', 'Doing')), ['No notes here']);
	});

	describe('of documents', () => {
		const locked = documentNamed('Locked.md', 'l');
		const entries = async () => ({ items: [folder, documentNamed('Plan.md', '1', { hasEntries: true }), locked] });
		const base = { ofWorkspace: async () => [archive], entries, look: async () => locked, read: () => assert.fail() };
		const whyNot = ({ id }: { readonly id: string }) => (id === 'l' ? 'It is locked.' : undefined);
		const whole: Archives = {
			...base,
			folderCreation: { whyNot, create: async () => folder },
			removal: { whyNot, effect: 'It is lost.', remove: async () => undefined },
			documentRenaming: { whyNot, rename: async () => locked },
			versions: { has: ({ id }) => id !== 'l', list: async () => ({ items: [] }), read: () => assert.fail() },
		};
		const abilities = async (archives: Archives, ...way: string[]) =>
			(await down(await open({ archives }), 'Harbour', ...way)).item().context.filter((word) => word !== 'download');

		it('offer on each line what can be done with that very thing', async () => {
			assert.deepEqual(await abilities(whole, 'Documents'), ['archive', 'documents', 'newFolder']);
			assert.deepEqual(await abilities(whole, 'Documents', 'Pictures'), ['folder', 'documents', 'newFolder', 'delete']);
			assert.deepEqual(await abilities(whole, 'Documents', 'Plan.md'), [
				'document',
				'newFolder',
				'delete',
				'renameDocument',
				'versions',
			]);
			assert.deepEqual(await abilities(whole, 'Documents', 'Locked.md'), ['document']);
		});

		it('offer nothing that the vendor has not', async () => {
			assert.deepEqual(await abilities(base, 'Documents', 'Pictures'), ['folder', 'documents']);
			assert.deepEqual(await abilities(base, 'Documents', 'Plan.md'), ['document']);
		});

		it('say which workspaces hold any', async () => {
			assert.ok((await abilities(base)).includes('documents'));
			const without = await open({ boards: boardsWith() });
			assert.ok(!(await down(without, 'Harbour')).item().context.includes('documents'));
		});
	});
});
