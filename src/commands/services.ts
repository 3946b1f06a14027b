import type { LogOutputChannel, TreeView } from 'vscode';
import type { Accounts, Store } from '../core/accounts.ts';
import type { ArrangementStore } from '../core/arrangementStore.ts';
import type { Changes } from '../core/changes.ts';
import type { FilterStore } from '../core/filterStore.ts';
import type { Handshakes } from '../core/handshakes.ts';
import type { KnownCards } from '../core/knownCards.ts';
import type { LiveBoards } from '../core/liveBoards.ts';
import type { Provider, SignInIo } from '../core/provider.ts';
import type { Sessions } from '../core/sessions.ts';
import type { Transfers } from '../core/transfers.ts';
import type { Windows } from '../core/windows.ts';
import type { Places } from '../files/places.ts';
import type { ChangesLog } from '../host/changesLog.ts';
import type { Practice } from '../host/practice.ts';
import type { Report } from '../host/report.ts';
import type { MyCardLines } from '../views/myCardLines.ts';
import type { Node } from '../views/node.ts';
import type { Tree } from '../views/tree.ts';
import type { BrowserSignIns } from './browserSignIn.ts';
import type { Jobs } from './jobs.ts';
import type { Pages } from './pages.ts';

/** What commands work with. */
export interface Services {
	readonly providers: readonly Provider[];
	readonly accounts: Accounts;
	readonly sessions: Sessions;
	readonly practice: Practice;
	readonly windows: Windows;
	readonly handshakes: Handshakes;
	readonly browserSignIns: BrowserSignIns;
	/** What signing in at a vendor works with. */
	readonly signInIo: (provider: Provider) => SignInIo;
	readonly transfers: Transfers;
	readonly places: Places;
	/** The boards that were looked at in this window. */
	readonly boards: LiveBoards;
	readonly arrangements: ArrangementStore;
	/** By what the workspaces of each account are filtered. */
	readonly filters: FilterStore;
	/** What was changed at vendors from here, to be taken back. */
	readonly changes: Changes;
	readonly changesLog: ChangesLog;
	readonly known: KnownCards;
	readonly myCards: MyCardLines;
	readonly pages: Pages;
	readonly jobs: Jobs;
	/** What is kept for this workspace alone, such as where files were uploaded to last. */
	readonly workspace: Store;
	readonly tree: Tree;
	readonly view: TreeView<Node>;
	readonly myCardsView: TreeView<Node>;
	readonly log: LogOutputChannel;
	readonly report: Report;
}

/**
 * A command. It works from the tree with a node, from a key with the selected one, and from the palette without: then it
 * asks. Failures are thrown; whoever called shows them.
 */
export type Handler = (services: Services, node: Node | undefined, rest: readonly unknown[]) => Promise<void>;
