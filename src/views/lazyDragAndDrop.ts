import type * as vscode from 'vscode';
import type { Node } from './node.ts';

type Behind = Required<Pick<vscode.TreeDragAndDropController<Node>, 'handleDrag' | 'handleDrop'>> & vscode.Disposable;

/** The lines of our own tree. */
const lines = 'application/vnd.code.tree.boardwalk.tree';

/** Dragging and dropping lines of the tree, made when it first happens: files onto places, documents into editors. */
export function lazyDragAndDrop(
	load: () => Promise<Behind>,
): vscode.TreeDragAndDropController<Node> & vscode.Disposable {
	let loading: Promise<Behind> | undefined;
	const behind = (): Promise<Behind> => (loading ??= load());
	return {
		dragMimeTypes: ['text/uri-list', lines],
		dropMimeTypes: ['text/uri-list', 'files', lines],
		handleDrag: async (nodes, transfer, token) => (await behind()).handleDrag(nodes, transfer, token),
		handleDrop: async (node, transfer, token) => (await behind()).handleDrop(node, transfer, token),
		dispose: () => void loading?.then((made) => made.dispose()),
	};
}
