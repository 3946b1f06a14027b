import * as vscode from 'vscode';
import type { Node } from './node.ts';
import type { Tree } from './tree.ts';

/** The tree for the editor, made when the editor first asks for its lines. */
export class LazyTree implements vscode.TreeDataProvider<Node> {
	readonly #load: () => Promise<Tree>;
	readonly #changed = new vscode.EventEmitter<Node | undefined>();
	readonly onDidChangeTreeData = this.#changed.event;

	constructor(load: () => Promise<Tree>) {
		this.#load = load;
	}

	/** Draws again what has changed in the tree that was made. */
	follow(tree: Tree): vscode.Disposable {
		return tree.onDidChangeTreeData((node) => this.#changed.fire(node));
	}

	async getTreeItem(node: Node): Promise<vscode.TreeItem> {
		return (await this.#load()).getTreeItem(node);
	}

	async getChildren(node?: Node): Promise<Node[]> {
		return (await this.#load()).getChildren(node);
	}

	getParent(node: Node): Node | undefined {
		return node.parent;
	}

	async resolveTreeItem(item: vscode.TreeItem, node: Node): Promise<vscode.TreeItem> {
		return (await this.#load()).resolveTreeItem(item, node);
	}

	dispose(): void {
		this.#changed.dispose();
	}
}
