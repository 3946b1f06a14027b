import * as vscode from 'vscode';
import type { MyCardLines } from './myCardLines.ts';
import type { Icon, Node, Tooltip } from './node.ts';

/** The view of one's own cards; what its lines are is told by `MyCardLines`. */
export class MyCards implements vscode.TreeDataProvider<Node> {
	readonly #lines: MyCardLines;
	readonly #view: Pick<vscode.TreeView<Node>, 'badge'>;
	readonly #changed = new vscode.EventEmitter<undefined>();
	readonly #following: { dispose(): void };
	readonly onDidChangeTreeData = this.#changed.event;

	constructor(lines: MyCardLines, view: Pick<vscode.TreeView<Node>, 'badge'>) {
		this.#lines = lines;
		this.#view = view;
		this.#following = lines.onDidChange(() => this.#draw());
	}

	getTreeItem(node: Node): vscode.TreeItem {
		return toTreeItem(node);
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

function toTreeItem(node: Node): vscode.TreeItem {
	const { Expanded, None } = vscode.TreeItemCollapsibleState;
	const { label, description, icon, spoken, context, command } = node.item();
	const shown = new vscode.TreeItem(label, node.lists ? Expanded : None);
	shown.id = node.id;
	shown.description = description;
	shown.iconPath = toIcon(icon);
	shown.contextValue = context.join(' ');
	shown.accessibilityInformation = { label: spoken ?? label };
	shown.command = command && { command: command.id, title: command.title, arguments: [node] };
	return shown;
}

function toIcon(icon: Icon): vscode.ThemeIcon | undefined {
	return 'codicon' in icon
		? new vscode.ThemeIcon(icon.codicon, icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color))
		: undefined;
}

/** Everything in a tooltip came from somebody else, so it is text, never markup. */
function toMarkdown({ title, facts = [], text }: Tooltip): vscode.MarkdownString {
	const markdown = new vscode.MarkdownString();
	markdown.appendMarkdown('**').appendText(title).appendMarkdown('**');
	const paragraphs = [facts.join('\n'), text ?? ''].filter((paragraph) => paragraph !== '');
	paragraphs.forEach((paragraph) => markdown.appendMarkdown('\n\n').appendText(paragraph));
	return markdown;
}
