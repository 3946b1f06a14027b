import type { Account, Accounts } from '../core/accounts.ts';
import type { ArrangementStore } from '../core/arrangementStore.ts';
import type { FilterStore } from '../core/filterStore.ts';
import type { LiveBoards } from '../core/liveBoards.ts';
import type { BoundOperation } from '../core/operations.ts';
import type { Session } from '../core/provider.ts';
import type { Sessions } from '../core/sessions.ts';

/** A line of the tree. Plain: knows nothing of the editor, so that every node can be tested without one. */
export interface Node {
	/** A path of raw keys such as `account/workspace/board`: the same thing has the same id after every refresh. */
	readonly id: string;
	readonly parent: Node | undefined;
	/** The account everything beneath belongs to. */
	readonly account: Account | undefined;
	item(): Item;
	/** Made only when somebody points at the line. */
	tooltip?(): Tooltip | Promise<Tooltip>;
	/** The lists that stand beneath, one after the other; absent on a leaf. */
	readonly lists?: readonly List[];
	/** What can be done with it as a whole, in a session of its account. */
	readonly operations?: (session: Session) => readonly BoundOperation[];
	/** What the thing is at the vendor, for copying and opening. */
	readonly thing?: { readonly id: string; readonly name: string; readonly webUrl?: string };
}

/** What is said when somebody points at a line: a bold title, facts a line each, then running text. All plain text. */
export interface Tooltip {
	readonly title: string;
	readonly facts?: readonly string[];
	readonly text?: string;
}

/** How a line looks and what can be done with it. */
export interface Item {
	readonly label: string;
	readonly description?: string;
	readonly icon: Icon;
	/** What a screen reader says instead of label and description. */
	readonly spoken?: string;
	/** Words for abilities; menus match whole words. */
	readonly context: readonly string[];
	readonly expanded?: boolean;
	/** What a click or Enter does, with this node as the argument. */
	readonly command?: { readonly id: string; readonly title: string };
}

export type Icon =
	/** One of the editor's own icons, which follow the theme. */
	| { readonly codicon: string; readonly color?: string }
	/** A picture of ours in `media`, by its name. */
	| { readonly picture: string }
	/** Whatever the person's icon theme shows for a file of that name. */
	| { readonly fileName: string };

/** A part of a node's children that is loaded, fails and grows by itself. */
export interface List {
	/** The lines to show now; loads what was never loaded. Never rejects: a failure is a line. */
	nodes(): Promise<readonly Node[]>;
	/** What is loaded of it, without its last words. */
	readonly loaded: readonly Node[];
	/** Whether there is a page beyond what `nodes` gives. */
	readonly hasMore: boolean;
	/** Loads one page more. */
	more(): Promise<void>;
	/** Drops what was loaded and gives up what is under way; the next `nodes` loads as many pages as there were. */
	reset(): void;
}

/** What nodes are made with. */
export interface TreeContext {
	readonly accounts: Accounts;
	readonly sessions: Sessions;
	readonly boards: LiveBoards;
	/** How the person wants the cards of each board shown. */
	readonly arrangements: Pick<ArrangementStore, 'get'>;
	/** Which workspaces of each account are asked for. */
	readonly filters: Pick<FilterStore, 'get'>;
	/** How many pages of each list were open, so that a refresh opens them again. */
	readonly openPages: Map<string, number>;
	readonly now: () => Date;
}

export function nodeId(parent: Node | undefined, kind: string, key: string): string {
	const own = `${kind}:${encodeURIComponent(key)}`;
	return parent ? `${parent.id}/${own}` : own;
}
