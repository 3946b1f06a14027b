import type { Account } from '../../core/accounts.ts';
import { bound, type RelatedItem, type RelatedList } from '../../core/operations.ts';
import type { Session } from '../../core/provider.ts';
import { link, present } from '../format.ts';
import { fixedList, pagedList } from '../list.ts';
import { type List, type Node, nodeId, type TreeContext } from '../node.ts';
import { operationWords } from '../operationAbilities.ts';

/** A list of what belongs to a thing, such as the members of a project. */
export interface RelatedNode extends Node {
	readonly kind: 'related';
	readonly account: Account;
}

/** One of them. */
export interface RelatedItemNode extends Node {
	readonly kind: 'relatedItem';
	readonly account: Account;
	readonly relatedItem: RelatedItem;
}

/** Where the lists of a level are found in a session, which is another one once the account was locked. */
type ListsIn<Place> = (session: Session) => readonly RelatedList<Place>[] | undefined;

/** The lines of all such lists beneath a thing. */
export function relatedLists<Place>(
	context: TreeContext,
	parent: Node & { account: Account },
	place: Place,
	listsIn: ListsIn<Place>,
): readonly List[] {
	const lists = listsIn(context.sessions.peek(parent.account)) ?? [];
	return lists.length === 0
		? []
		: [fixedList(() => lists.map(({ id }) => relatedNode(context, parent, place, id, listsIn)))];
}

function relatedNode<Place>(
	context: TreeContext,
	parent: Node & { account: Account },
	place: Place,
	id: string,
	listsIn: ListsIn<Place>,
): RelatedNode {
	const { account } = parent;
	const { sessions, openPages } = context;
	const listIn = (session: Session) => listsIn(session)?.find((one) => one.id === id);
	const list = listIn(sessions.peek(account));
	const operations = (session: Session) => bound(listIn(session)?.operations, place);
	const node: RelatedNode = {
		kind: 'related',
		id: nodeId(parent, 'r', id),
		parent,
		account,
		operations,
		lists: [],
		item: () => ({
			label: list?.name ?? '',
			icon: { codicon: list?.icon ?? 'list-flat' },
			context: ['related', ...operationWords(operations(sessions.peek(account)))],
		}),
		tooltip: () => ({ title: list?.name ?? '', text: list?.note }),
	};
	const items = pagedList<RelatedItem>({
		parent: node,
		key: 'items',
		openPages,
		empty: list?.none,
		load: async (signal) => (await listIn(await sessions.ready(account, signal))?.list(place, signal)) ?? { items: [] },
		toNode: (item) => itemNode(context, node, place, item, listIn),
	});
	return Object.assign(node, { lists: [items] satisfies List[] });
}

function itemNode<Place>(
	{ sessions }: TreeContext,
	parent: RelatedNode,
	place: Place,
	relatedItem: RelatedItem,
	listIn: (session: Session) => RelatedList<Place> | undefined,
): RelatedItemNode {
	const { account } = parent;
	const { id, name, description, detail, icon } = relatedItem;
	const operations = (session: Session) => bound(listIn(session)?.itemOperations, { place, item: relatedItem });
	return {
		kind: 'relatedItem',
		id: nodeId(parent, 'i', id),
		parent,
		account,
		relatedItem,
		operations,
		thing: relatedItem,
		item: () => ({
			label: name,
			description,
			icon: { codicon: icon ?? listIn(sessions.peek(account))?.icon ?? 'circle-small' },
			spoken: present(name, description).join(', '),
			context: ['relatedItem', ...link(relatedItem), ...operationWords(operations(sessions.peek(account)))],
		}),
		tooltip: () => ({ title: name, facts: present(description), text: detail }),
	};
}
