import type { Archives } from './archives.ts';
import type { BulkJob } from './bulk.ts';
import type { Cards, ColumnOrdering } from './cards.ts';
import type { Creation } from './creation.ts';
import type { Feeds } from './feeds.ts';
import type { WorkspaceFiltering } from './filtering.ts';
import type { Finding } from './finding.ts';
import type { Field, Values } from './form.ts';
import type { Board, Card, Column, Fact, Hit, Workspace } from './model.ts';
import type { Operations, Related, Shortlist } from './operations.ts';
import type { Page } from './page.ts';
import type { SentEntry } from './sentLog.ts';
import type { TextProperty } from './textProperty.ts';
import type { Webhooks } from './webhooks.ts';

/**
 * The contract between the vendors and everything else.
 *
 * A `Provider` is a vendor: what it is called, how one signs in, and how to open a `Session` for one account. A session
 * carries a part for everything the vendor's API can do; **what a vendor cannot do is absent**: no stub, no flag. Views
 * and menus ask only whether a part is there.
 *
 * Every method that waits takes a signal as its last parameter and may throw the errors of `errors.ts`; an aborted signal
 * throws the signal's reason. An empty list never stands for a failure.
 */
export interface Provider {
	/** Lower-case word that is part of ids and settings: never shown, never changed. */
	readonly id: string;
	/** The vendor's name as it writes it. */
	readonly label: string;
	readonly levels: Levels;
	/** The ways to sign in, the recommended one first. */
	readonly signInWays: readonly SignInWay[];
	/** Makes a session without any request. */
	open(account: SignedIn, io: SessionIo): Session;
}

/** What the vendor itself calls our levels, and what it does not have. */
export interface Levels {
	readonly workspace: Level;
	readonly board?: Level;
	readonly column?: Level;
	readonly card?: Level;
	readonly archive?: Level;
	/** Sentences for the tree about what people would look for and this vendor lacks, such as documents. */
	readonly missing?: readonly string[];
}

/** The vendor's word for a level, in the singular and the plural, starting in lower case where the vendor's does. */
export interface Level {
	readonly one: string;
	readonly many: string;
	/** One honest sentence where the level is our reading of the vendor's, such as "Columns are timeframes." */
	readonly note?: string;
}

/** A way to sign in, as data. */
export type SignInWay = TypedWay | BrowserWay;

interface Way {
	readonly id: string;
	readonly label: string;
	readonly detail: string;
	readonly fields: readonly Field[];
	/** Where the vendor explains how to get the credentials. */
	readonly helpUrl?: string;
}

/** Everything the vendor wants to see is typed in. */
export interface TypedWay extends Way {
	/**
	 * Checks what was typed against the vendor and returns the accounts it opens: several where one token sees several
	 * organisations. Nothing is stored by it. Throws `SignInNeeded` where the vendor refuses, `Refused` where a field is wrong.
	 */
	signIn(values: Values, io: SignInIo, signal: AbortSignal): Promise<readonly SignedIn[]>;
	/**
	 * Turns this vendor's part of the sandbox's address list into values for `signIn`; absent on ways that the practice
	 * account does not use.
	 */
	readonly practice?: (place: Readonly<Record<string, unknown>>) => Values;
}

/** The person allows it on a page of the vendor's in the browser, and the vendor sends the browser back with a proof. */
export interface BrowserWay extends Way {
	/** How the browser may come back, the recommended one first. */
	readonly returns: readonly BrowserReturn[];
	/** The address to name to the vendor where nothing here can be opened by it, so that people copy the proof themselves. */
	readonly pasteRedirect: string;
	/** Prepares one visit, whose answer goes to `redirect`. Throws like `TypedWay.signIn`. */
	begin(values: Values, redirect: string, io: SignInIo, signal: AbortSignal): Promise<Visit>;
	/**
	 * Exchanges the proof that the vendor sent back; `values` and `visit` are those of `begin`, perhaps read back from the
	 * secrets store after the window was opened anew. A proof serves once: this is never called twice with the same.
	 */
	finish(visit: Visit, values: Values, proof: string, io: SignInIo, signal: AbortSignal): Promise<readonly SignedIn[]>;
}

/** Back into the editor through its own address, to a port that listens on this computer, or by hand. */
export type BrowserReturn = 'editor' | 'loopback' | 'paste';

/** One visit to the vendor's page. Plain data: it outlives the window. */
export interface Visit {
	/** The page to open. */
	readonly page: string;
	/** The parameter that ties an answer to this visit, such as `state`, and its value, which nobody can guess. */
	readonly tie: { readonly name: string; readonly value: string };
	/** The parameter of the answer that holds the proof, such as `code`. */
	readonly proof: string;
	readonly redirect: string;
	/** What `finish` needs besides; kept in the secrets store alone. */
	readonly secrets: Secrets;
}

/** What is kept of a successful sign-in. */
export interface SignedIn {
	/** The way that was used. */
	readonly way: string;
	/** What the account is called until the person renames it. */
	readonly label: string;
	/** Tells two accounts of one vendor apart and recognises the same one coming back, such as `organisation/person`. */
	readonly identity: string;
	/** The address all requests start with; https, or http on loopback; without a trailing slash. */
	readonly server: string;
	/** Facts the session needs that are no secret, such as an organisation's id. */
	readonly facts: Readonly<Record<string, string>>;
	/** Kept in the secrets store alone. */
	readonly secrets: Secrets;
}

export type Secrets = Readonly<Record<string, string>>;

export interface SignInIo {
	readonly fetch: typeof globalThis.fetch;
	readonly log: Log;
}

/** What a session is given to work with. */
export interface SessionIo extends SignInIo {
	/** Sends a body of known length without holding it in memory. The one way files go up. */
	readonly send: Send;
	/** Like `fetch`, for content that is read as a stream: several times as fast. `fetch` where it is absent. */
	readonly receive?: typeof globalThis.fetch;
	/** The person's own setting under `boardwalk.<provider>.<name>`. */
	setting(name: string): string | undefined;
	/** What the person calls the account, for messages. */
	readonly accountName: string;
	readonly credentials: Credentials;
	/** Told by every answer that shows whether the vendor takes the account's credentials. */
	onVerdict(accepted: boolean): void;
}

/** The account's secrets as they stand now; another window may renew them. */
export interface Credentials {
	/** Throws `SignInNeeded` where they are gone. */
	read(): Promise<Secrets>;
	/** Keeps renewed secrets. Only within `exclusively`, and based on what was read there. */
	replace(next: Secrets): Promise<void>;
	/** Runs while no other window, and nothing else in this one, runs under this account's name. */
	exclusively<T>(run: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

export interface Log {
	debug(message: string): void;
	warn(message: string, cause?: unknown): void;
	/** Stands with the log because the log goes wherever requests are made. Absent while nobody is signed in. */
	readonly changes?: ChangeWatch;
}

/** Who is asked before anything that could change something at the vendor is sent, and told what was. */
export interface ChangeWatch {
	/** False while the account is locked: then only what reads is sent. */
	mayWrite(): boolean;
	sent(entry: SentEntry): void;
}

export type Send = (request: SendRequest) => Promise<SendReply>;

export interface SendRequest {
	readonly url: string;
	readonly method: 'POST' | 'PUT';
	readonly headers: Readonly<Record<string, string>>;
	readonly body: AsyncIterable<Uint8Array>;
	/** Bytes in `body`; sent as Content-Length. */
	readonly length: number;
	readonly signal: AbortSignal;
}

export interface SendReply {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
}

/** One account at one vendor. Holds no data of its own but what `forget` drops. */
export interface Session {
	/** The workspaces this account sees, archived ones included where the vendor lists them. */
	workspaces(signal: AbortSignal): Promise<Page<Workspace>>;
	/** Who this account is and what it may do, for reading. */
	accountInfo(signal: AbortSignal): Promise<readonly Fact[]>;
	/** Drops everything remembered, so that the next question is asked of the vendor again. */
	forget(): void;
	/**
	 * What shows this account's credentials to the vendor, for another program that the person trusts with it: a token where
	 * the vendor has one. Fresh; asks the vendor only where it has to be renewed.
	 */
	accessToken(signal: AbortSignal): Promise<string>;
	/**
	 * What only the vendor's own part can find out about the connection: until when the credentials are good, what they may
	 * do, how much is left of a limit. Asks the vendor.
	 */
	findings(signal: AbortSignal): Promise<readonly Finding[]>;

	readonly boards?: Boards;
	readonly cards?: Cards;
	readonly columnRenaming?: ColumnRenaming;
	readonly columnOrdering?: ColumnOrdering;
	readonly archives?: Archives;
	/** Jobs over many things at once. */
	readonly jobs?: readonly BulkJob[];
	readonly webhooks?: Webhooks;
	readonly feeds?: Feeds;
	/** What can be done with a workspace, a board or a column as a whole, each as a form. */
	readonly operations?: Operations;
	/** What else belongs to a workspace, a board or a column, such as its members. */
	readonly related?: Related;
	readonly shortlists?: readonly Shortlist[];
	/** Properties of a board that are edited as a document. */
	readonly boardTexts?: readonly TextProperty<Board>[];
	readonly workspaceFiltering?: WorkspaceFiltering;
	/** What is used up of a limit that people should keep an eye on, a sentence each. Asks nobody. */
	usage?(): readonly string[];
	/** New workspaces in the account. */
	readonly workspaceCreation?: Creation<void, Workspace>;
	/** New boards in a workspace. */
	readonly boardCreation?: Creation<Workspace, Board>;
	/** New columns on a board. */
	readonly columnCreation?: Creation<Board, Column>;
	/**
	 * Finds by text at the vendor. Without it, search walks the lists.
	 */
	readonly search?: Search;
	/** How far down search may walk the lists where there is no `search`; default `card`. */
	readonly walkTo?: 'workspace' | 'board' | 'card';
}

export interface Boards {
	/** The boards of a workspace. */
	list(workspace: Workspace, signal: AbortSignal): Promise<Page<Board>>;
	/** The columns of a board, in their order. */
	columns(board: Board, signal: AbortSignal): Promise<readonly Column[]>;
	/**
	 * The cards of a column, in their order. Where the vendor only gives a whole board (or more), its columns share that
	 * one request until `forget`.
	 */
	cards(column: Column, signal: AbortSignal): Promise<Page<Card>>;
}

export interface ColumnRenaming {
	/** What a new name must satisfy, as one sentence where it does not; checked before anything is sent. */
	check?(name: string): string | undefined;
	/** Returns the column as it is afterwards. */
	rename(column: Column, name: string, signal: AbortSignal): Promise<Column>;
	/** Said before the name is asked for, where renaming reaches further than this board. */
	readonly warning?: string;
}

export type Search = (text: string, signal: AbortSignal) => AsyncIterable<Hit>;
