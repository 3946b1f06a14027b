import type { Notice } from './protocol.ts';

/**
 * What the page of a job over many things and the editor tell each other: plain data, every text ready to be read. The
 * page keeps its own what only it needs (the filter's text, the order by a column, which rows are seen); ticks and choices
 * are kept by the editor, which tells them back with the next `rows`, so that they outlive a reload.
 */

/** Everything the page draws, in the person's language. One page goes through the phases, from left to right. */
export interface TableView {
	/** What the job is called. */
	readonly title: string;
	/** The board, the workspace and the account, such as “Harbour · Demo account”. */
	readonly place: string;
	/**
	 * `gathering`: nothing to see yet but `status`. `preview`: rows can be ticked and their choices made. `running`: neither
	 * any more; rows change. `result`: three lists (`result`), and what is left may be done again.
	 */
	readonly phase: 'gathering' | 'preview' | 'running' | 'result';
	/** How things stand, as one sentence, such as “120 of 600 done, 2 failed”; read out when it changes for good. */
	readonly status: string;
	readonly columns: readonly TableColumn[];
	/** In the order in which they were gathered. May be thousands: only those that are seen should be drawn. */
	readonly rows: readonly TableRow[];
	/** What was looked at and left out before anything was shown, with the reasons. Below the table, folded up. */
	readonly leftOut: readonly { readonly label: string; readonly reason: string }[];
	readonly notices: readonly Notice[];
	/** Only while it is running. */
	readonly progress?: Progress;
	/** The three lists, and what became of nobody knows; only in `result`. Empty ones are left out. */
	readonly result?: readonly ResultList[];
	/** The buttons, from left to right; the first `primary` one is what Enter does in a preview: elsewhere it would send. */
	readonly buttons: readonly TableButton[];
}

export interface TableColumn {
	readonly id: string;
	readonly label: string;
	/** Right-aligned, sorted by number. */
	readonly isNumber?: boolean;
}

export interface TableRow {
	/** Unlike that of every other row. */
	readonly key: string;
	readonly label: string;
	/** By column; absent is empty. */
	readonly cells: Readonly<Record<string, string>>;
	readonly warning?: string;
	readonly choice?: {
		readonly label: string;
		readonly choices: readonly { readonly value: string; readonly label: string; readonly detail?: string }[];
		readonly value: string;
	};
	readonly ticked: boolean;
	/** Absent in the preview. */
	readonly state?: RowState;
}

export interface RowState {
	readonly kind: 'waiting' | 'running' | 'done' | 'failed' | 'skipped' | 'unknown';
	/** The state in words, such as “done”. */
	readonly label: string;
	/** What was done, or why it was not. */
	readonly detail?: string;
}

export interface Progress {
	/** Rows that are settled, of `total`. */
	readonly settled: number;
	readonly total: number;
}

export interface ResultList {
	readonly kind: 'done' | 'failed' | 'skipped' | 'unknown';
	/** With the number, such as “Failed (2)”. */
	readonly title: string;
	readonly items: readonly { readonly label: string; readonly detail?: string }[];
}

export interface TableButton {
	/**
	 * `start`: asks (in the editor) and begins. `dryRun`: says what would be done and sends nothing. `savePreview`: the rows
	 * as CSV. `cancel`: while gathering or running. `goOn`: the rows that wait. `retry`: the failed once more. `settle`: asks the vendor what became of the
	 * rows whose outcome is unknown. `saveReport`: as CSV or text. `close`.
	 */
	readonly id: 'start' | 'dryRun' | 'savePreview' | 'cancel' | 'goOn' | 'retry' | 'settle' | 'saveReport' | 'close';
	readonly label: string;
	readonly primary?: boolean;
	readonly disabled?: boolean;
}

/** A row that has changed: only what is given is other than before. */
export interface RowChange {
	readonly key: string;
	readonly ticked?: boolean;
	/** The value of its choice. */
	readonly choice?: string;
	readonly state?: RowState;
}

export type ToTablePage =
	| { readonly type: 'table'; readonly table: TableView }
	/** Some rows, and what goes with them. At most a few times a second, however many rows change. */
	| {
			readonly type: 'rows';
			readonly rows: readonly RowChange[];
			readonly status: string;
			readonly progress?: Progress;
			readonly buttons: TableView['buttons'];
	  }
	/** The gist of a dry run, shown beneath the table until something else is done; one line a row. */
	| { readonly type: 'dryRun'; readonly title: string; readonly lines: readonly string[] }
	/** Read out by a screen reader, and shown for a while where it is a failure. */
	| { readonly type: 'say'; readonly text: string; readonly isFailure?: boolean };

export type FromTablePage =
	| { readonly type: 'ready' }
	/** The page ticks at once and tells; `keys`: those that a tick of the head of the column or of a range touches. */
	| { readonly type: 'tick'; readonly keys: readonly string[]; readonly ticked: boolean }
	/** The same choice for one row or for many, where `value` is among the choices of each. */
	| { readonly type: 'choose'; readonly keys: readonly string[]; readonly value: string }
	| { readonly type: 'press'; readonly button: TableButton['id'] }
	| { readonly type: 'notice'; readonly id: NonNullable<Notice['action']>['id'] };
