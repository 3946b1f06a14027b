import type { Account } from '../../core/accounts.ts';
import type { Shortlist } from '../../core/operations.ts';
import { pagedList } from '../list.ts';
import { type Node, nodeId, type TreeContext } from '../node.ts';
import { boardNode } from './board.ts';

/** Boards by another way than through their workspaces, such as the person's favourites. */
export function shortlistNode(context: TreeContext, parent: Node & { account: Account }, shortlist: Shortlist): Node {
	const { account } = parent;
	const node = {
		kind: 'shortlist',
		id: nodeId(parent, 's', shortlist.id),
		parent,
		account,
		lists: [],
		item: () => ({
			label: shortlist.name,
			icon: { codicon: shortlist.icon },
			context: ['shortlist'],
		}),
	};
	const boards = pagedList({
		parent: node,
		key: 'boards',
		openPages: context.openPages,
		empty: shortlist.none,
		load: async (signal) => {
			const session = await context.sessions.ready(account, signal);
			const ready = session.shortlists?.find(({ id }) => id === shortlist.id);
			return (await ready?.list(signal)) ?? { items: [] };
		},
		toNode: ({ workspace, board }) => boardNode(context, node, board, workspace),
	});
	return Object.assign(node, { lists: [boards] });
}
