import type * as vscode from 'vscode';
import type { Node } from './node.ts';

type Behind = Required<Pick<vscode.TreeDragAndDropController<Node>, 'handleDrag' | 'handleDrop'>> & vscode.Disposable;

/** Under which the editor hands lines that are dragged within our tree to where they are dropped. */
export const linesType = 'application/vnd.code.tree.boardwalk.tree';

/** Dragging and dropping lines of the tree, made when it first happens: files onto places, documents into editors. */
export function lazyDragAndDrop(
	load: () => Promise<Behind>,
): vscode.TreeDragAndDropController<Node> & vscode.Disposable {
	let loading: Promise<Behind> | undefined;
	const behind = (): Promise<Behind> => (loading ??= load());
	return {
		dragMimeTypes: ['text/uri-list', linesType],
		dropMimeTypes: ['text/uri-list', 'files', linesType],
		handleDrag: async (nodes, transfer, token) => (await behind()).handleDrag(nodes, transfer, token),
		handleDrop: async (node, transfer, token) => (await behind()).handleDrop(node, transfer, token),
		dispose: () => void loading?.then((made) => made.dispose()),
	};
}
