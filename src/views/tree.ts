import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import type { Icon, Item, Node, Tooltip, TreeContext } from './node.ts';
import { accountNode } from './nodes/account.ts';

/** The tree: asks nodes what they look like and what stands beneath; knows no vendor and no kind of node. */
export class Tree implements vscode.TreeDataProvider<Node> {
	readonly #context: TreeContext;
	readonly #icons: vscode.Uri;
	readonly #changed = new vscode.EventEmitter<Node | undefined>();
	readonly onDidChangeTreeData = this.#changed.event;
	#roots: readonly Node[] = [];

	constructor(context: TreeContext, icons: vscode.Uri) {
		this.#context = context;
		this.#icons = icons;
		context.accounts.onDidChange(() => this.#drawAccounts());
		this.#drawAccounts();
	}

	/** The account lines as they stand. */
	get roots(): readonly Node[] {
		return this.#roots;
	}

	/** The line of an account; undefined where there is none any more. */
	rootOf({ id }: Account): Node | undefined {
		return this.#roots.find(({ account }) => account?.id === id);
	}

	getTreeItem(node: Node): vscode.TreeItem {
		return toTreeItem(node, this.#icons);
	}

	async getChildren(node?: Node): Promise<Node[]> {
		if (!node) {
			return [...this.#roots];
		}
		const lists = await Promise.all((node.lists ?? []).map((list) => list.nodes()));
		return lists.flat();
	}

	getParent(node: Node): Node | undefined {
		return node.parent;
	}

	async resolveTreeItem(item: vscode.TreeItem, node: Node): Promise<vscode.TreeItem> {
		item.tooltip = node.tooltip ? toMarkdown(await node.tooltip()) : undefined;
		return item;
	}

	/** Loads what stands beneath a node anew, or beneath every account. Expansion and open pages stay. */
	refresh(node?: Node): void {
		for (const one of node ? [node] : this.#roots) {
			if (one.account) {
				this.#context.sessions.peek(one.account).forget();
			}
			one.lists?.forEach((list) => list.reset());
		}
		this.#changed.fire(node);
	}

	/** Draws the children of a node again from what is loaded. */
	redraw(node: Node | undefined): void {
		this.#changed.fire(node);
	}

	/** The wanted line directly below a node, loading further pages until it is found; undefined where it is not there. */
	async find(parent: Node, isIt: (node: Node) => boolean): Promise<Node | undefined> {
		for (;;) {
			const found = (await this.getChildren(parent)).find(isIt);
			const growing = parent.lists?.find((list) => list.hasMore);
			if (found || !growing) {
				return found;
			}
			await growing.more();
			this.#changed.fire(parent);
		}
	}

	/** Draws every account anew, as after a changed setting. */
	redrawAccounts(): void {
		this.#roots = [];
		this.#drawAccounts();
	}

	dispose(): void {
		this.#changed.dispose();
	}

	/** Accounts that stay the same keep their node, and with it everything loaded beneath. */
	#drawAccounts(): void {
		const kept = new Map(this.#roots.map((node) => [JSON.stringify(node.account), node]));
		this.#roots = this.#context.accounts
			.list()
			.map((account) => kept.get(JSON.stringify(account)) ?? accountNode(this.#context, account));
		this.#forgetPages();
		this.#changed.fire(undefined);
	}

	/** How far an account's lists were open goes with the account. */
	#forgetPages(): void {
		const { openPages } = this.#context;
		const isShown = (key: string) => this.#roots.some(({ id }) => key.startsWith(`${id}#`) || key.startsWith(`${id}/`));
		[...openPages.keys()].filter((key) => !isShown(key)).forEach((key) => openPages.delete(key));
	}
}

function toTreeItem(node: Node, icons: vscode.Uri): vscode.TreeItem {
	const item = node.item();
	const shown = new vscode.TreeItem(item.label, collapsible(node, item));
	shown.id = node.id;
	shown.description = item.description;
	shown.contextValue = item.context.join(' ');
	shown.accessibilityInformation = { label: item.spoken ?? item.label };
	if (item.command) {
		shown.command = { command: item.command.id, title: item.command.title, arguments: [node] };
	}
	putIcon(shown, item.icon, icons);
	return shown;
}

function collapsible(node: Node, item: Item): vscode.TreeItemCollapsibleState {
	if (!node.lists) {
		return vscode.TreeItemCollapsibleState.None;
	}
	return item.expanded ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

function putIcon(shown: vscode.TreeItem, icon: Icon, icons: vscode.Uri): void {
	if ('codicon' in icon) {
		shown.iconPath = new vscode.ThemeIcon(icon.codicon, icon.color ? new vscode.ThemeColor(icon.color) : undefined);
	} else if ('picture' in icon) {
		shown.iconPath = {
			light: vscode.Uri.joinPath(icons, 'light', `${icon.picture}.svg`),
			dark: vscode.Uri.joinPath(icons, 'dark', `${icon.picture}.svg`),
		};
	} else {
		shown.iconPath = vscode.ThemeIcon.File;
		shown.resourceUri = vscode.Uri.from({ scheme: 'boardwalk-icon', path: `/${icon.fileName.replaceAll('/', '_')}` });
	}
}

/** Everything in a tooltip came from somebody else, so it is text, never markup. */
function toMarkdown({ title, facts = [], text }: Tooltip): vscode.MarkdownString {
	const markdown = new vscode.MarkdownString();
	markdown.appendMarkdown('**').appendText(title).appendMarkdown('**');
	if (facts.length > 0) {
		markdown.appendMarkdown('\n\n');
		facts.forEach((fact, index) => markdown.appendMarkdown(index === 0 ? '' : '  \n').appendText(fact));
	}
	if (text) {
		markdown.appendMarkdown('\n\n').appendText(text);
	}
	return markdown;
}
