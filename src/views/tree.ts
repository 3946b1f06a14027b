import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import { isPlain } from '../core/arrangement.ts';
import type { LiveBoard, Touched } from '../core/liveBoard.ts';
import type { EntryContainer } from '../core/model.ts';
import type { Node, TreeContext } from './node.ts';
import { accountNode } from './nodes/account.ts';
import type { BoardNode } from './nodes/board.ts';
import { toMarkdown, toTreeItem } from './treeItem.ts';

/** The tree: asks nodes what they look like and what stands beneath; knows no vendor and no kind of node. */
export class Tree implements vscode.TreeDataProvider<Node> {
	readonly #context: TreeContext;
	readonly #icons: vscode.Uri;
	readonly #changed = new vscode.EventEmitter<Node | undefined>();
	readonly onDidChangeTreeData = this.#changed.event;
	#roots: readonly Node[] = [];
	/** The ids of the lines that are open: the editor forgets it of a line that a failure took away for a while. */
	readonly #open = new Set<string>();
	/** The ids of the accounts that were refused when they were last drawn. */
	#refused: ReadonlySet<string> = new Set();

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
		return toTreeItem(node, this.#icons, this.#open.has(node.id));
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

	/** Takes note that the person has opened or closed a line. */
	noteOpen({ id }: Node, isOpen: boolean): void {
		if (isOpen) {
			this.#open.add(id);
		} else {
			this.#open.delete(id);
		}
	}

	/** Loads what stands beneath a node anew, or beneath every account. Expansion and open pages stay. */
	refresh(node?: Node): void {
		for (const one of node ? [node] : this.#roots) {
			this.#forget(one);
		}
		this.#changed.fire(node);
	}

	/** Loads what stands in a container anew, wherever it is shown. */
	refreshContainer(account: Account, container: EntryContainer): void {
		const root = this.rootOf(account);
		const shown = root ? [...linesBeneath(root)].filter(({ thing }) => isSame(thing, container)) : [];
		for (const line of shown) {
			this.refresh(line);
			// By what was put beneath it, a document may have become something to open.
			if (container.kind === 'document') {
				this.refresh(line.parent);
			}
		}
	}

	/** Draws a board again from what is known of it: columns that are touched, or all. Asks nobody but for what is new. */
	redrawBoard(live: LiveBoard, touched: Touched): void {
		const root = this.rootOf(live.account);
		for (const board of root ? boardsBeneath(root, live) : []) {
			const columns = board.lanes.loaded.filter((line) => 'column' in line);
			const isWhole = touched === undefined || !isPlain(this.#context.arrangements.get(live.account.id, live.board.id));
			const lines = isWhole ? [board] : columns.filter(({ thing }) => touched.has(thing?.id ?? ''));
			for (const line of lines) {
				(line === board ? [board.lanes] : (line.lists ?? [])).forEach((list) => list.reset());
				this.#changed.fire(line);
			}
		}
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
		this.#forgetRemoved();
		this.#forgetRefusals();
		this.#changed.fire(undefined);
	}

	#forget(node: Node): void {
		if (node.account) {
			this.#context.sessions.peek(node.account).forget();
			this.#context.boards.forget(node.account, boardOf(node));
		}
		node.lists?.forEach((list) => list.reset());
	}

	/** What the vendor refused is asked anew once the account has been signed in again, be it in another window. */
	#forgetRefusals(): void {
		const isRefused = ({ account }: Node): boolean =>
			account !== undefined && this.#context.accounts.isRefused(account.id);
		this.#roots.filter((node) => this.#refused.has(node.id) && !isRefused(node)).forEach((node) => this.#forget(node));
		this.#refused = new Set(this.#roots.filter(isRefused).map(({ id }) => id));
	}

	/** How far an account's lists and lines were open goes with the account. */
	#forgetRemoved(): void {
		const { openPages } = this.#context;
		const isShown = (key: string) =>
			this.#roots.some(({ id }) => key === id || key.startsWith(`${id}#`) || key.startsWith(`${id}/`));
		[...openPages.keys()].filter((key) => !isShown(key)).forEach((key) => openPages.delete(key));
		[...this.#open].filter((id) => !isShown(id)).forEach((id) => this.#open.delete(id));
	}
}

/** The lines of a board beneath this one that are loaded. */
function* boardsBeneath(node: Node, live: LiveBoard): Generator<BoardNode> {
	for (const line of (node.lists ?? []).flatMap(({ loaded }) => loaded)) {
		if (!('kind' in line) || line.kind !== 'board') {
			yield* boardsBeneath(line, live);
		} else if ((line as BoardNode).live === live) {
			yield line as BoardNode;
		}
	}
}

/** The board a line is or stands on. */
function boardOf(node: Node): string | undefined {
	for (let at: Node | undefined = node; at; at = at.parent) {
		if ('board' in at) {
			return (at as BoardNode).board.id;
		}
	}
	return undefined;
}

/** Every line beneath this one that is loaded. */
function* linesBeneath(node: Node): Generator<Node> {
	for (const line of (node.lists ?? []).flatMap(({ loaded }) => loaded)) {
		yield line;
		yield* linesBeneath(line);
	}
}

function isSame(thing: Node['thing'], { kind, id }: EntryContainer): boolean {
	return thing !== undefined && 'kind' in thing && thing.kind === kind && thing.id === id;
}
