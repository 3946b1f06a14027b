import type { List, Node } from '../views/node.ts';
import type { Handler } from './services.ts';

/** Asking the vendors again. */

export const refresh: Handler = async ({ tree }) => tree.refresh();

export const refreshNode: Handler = async ({ tree }, node) => tree.refresh(node);

/** The next page of the list that a "Load more…" line stands under. */
export const loadMore: Handler = async ({ tree }, node) => {
	if (node && hasList(node)) {
		await node.list.more();
		tree.redraw(node.parent);
	}
};

/** What failed, once more: the whole list, or the page that did not come. */
export const retry: Handler = async ({ tree }, node) => {
	if (node && hasList(node)) {
		if (node.list.hasMore) {
			await node.list.more();
		} else {
			node.list.reset();
		}
		tree.redraw(node.parent);
	}
};

function hasList(node: Node): node is Node & { readonly list: List } {
	return 'list' in node;
}
