import * as vscode from 'vscode';

/** A tree for the editor, made when the editor first asks for its lines. */
export class LazyTree<Line> implements vscode.TreeDataProvider<Line> {
	readonly #load: () => Promise<vscode.TreeDataProvider<Line>>;
	readonly #changed = new vscode.EventEmitter<Line | Line[] | undefined | null | void>();
	readonly onDidChangeTreeData = this.#changed.event;

	constructor(load: () => Promise<vscode.TreeDataProvider<Line>>) {
		this.#load = load;
	}

	/** Draws again what has changed in the tree that was made. */
	follow({ onDidChangeTreeData }: vscode.TreeDataProvider<Line>): vscode.Disposable | undefined {
		return onDidChangeTreeData?.((line) => this.#changed.fire(line));
	}

	async getTreeItem(line: Line): Promise<vscode.TreeItem> {
		return (await this.#load()).getTreeItem(line);
	}

	async getChildren(line?: Line): Promise<Line[]> {
		return (await (await this.#load()).getChildren(line)) ?? [];
	}

	async getParent(line: Line): Promise<Line | undefined> {
		return (await (await this.#load()).getParent?.(line)) ?? undefined;
	}

	async resolveTreeItem(item: vscode.TreeItem, line: Line, token: vscode.CancellationToken): Promise<vscode.TreeItem> {
		return (await (await this.#load()).resolveTreeItem?.(item, line, token)) ?? item;
	}

	dispose(): void {
		this.#changed.dispose();
	}
}
