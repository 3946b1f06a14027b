import * as vscode from 'vscode';
import type { MyCardLines } from './myCardLines.ts';
import type { Node } from './node.ts';
import { toMarkdown, toTreeItem } from './treeItem.ts';

/** The view of one's own cards; what its lines are is told by `MyCardLines`. */
export class MyCards implements vscode.TreeDataProvider<Node> {
	readonly #lines: MyCardLines;
	readonly #view: Pick<vscode.TreeView<Node>, 'badge'>;
	readonly #icons: vscode.Uri;
	readonly #changed = new vscode.EventEmitter<undefined>();
	readonly #following: { dispose(): void };
	readonly onDidChangeTreeData = this.#changed.event;

	constructor(lines: MyCardLines, view: Pick<vscode.TreeView<Node>, 'badge'>, icons: vscode.Uri) {
		this.#lines = lines;
		this.#view = view;
		this.#icons = icons;
		this.#following = lines.onDidChange(() => this.#draw());
	}

	getTreeItem(node: Node): vscode.TreeItem {
		return toTreeItem(node, this.#icons, true);
	}

	async getChildren(node?: Node): Promise<Node[]> {
		if (!node) {
			return [...this.#lines.roots()];
		}
		const lists = await Promise.all((node.lists ?? []).map((list) => list.nodes()));
		return lists.flat();
	}

	async resolveTreeItem(item: vscode.TreeItem, node: Node): Promise<vscode.TreeItem> {
		item.tooltip = node.tooltip ? toMarkdown(await node.tooltip()) : undefined;
		return item;
	}

	dispose(): void {
		this.#following.dispose();
		this.#changed.dispose();
	}

	#draw(): void {
		this.#view.badge = this.#lines.badge();
		this.#changed.fire(undefined);
	}
}
