import type { LogOutputChannel, TreeView } from 'vscode';
import type { Accounts } from '../core/accounts.ts';
import type { Provider } from '../core/provider.ts';
import type { Sessions } from '../core/sessions.ts';
import type { Practice } from '../host/practice.ts';
import type { Report } from '../host/report.ts';
import type { Node } from '../views/node.ts';
import type { Tree } from '../views/tree.ts';

/** What commands work with. */
export interface Services {
	readonly providers: readonly Provider[];
	readonly accounts: Accounts;
	readonly sessions: Sessions;
	readonly practice: Practice;
	readonly tree: Tree;
	readonly view: TreeView<Node>;
	readonly log: LogOutputChannel;
	readonly report: Report;
}

/**
 * A command. It works from the tree with a node, from a key with the selected one, and from the palette without: then it
 * asks. Failures are thrown; whoever called shows them.
 */
export type Handler = (services: Services, node: Node | undefined, rest: readonly unknown[]) => Promise<void>;
