import type { DocumentContent } from './archives.ts';
import type { Confirmation, Field, FieldValue, Mapping, Values } from './form.ts';
import type { Board, Choice, Workspace } from './model.ts';
import type { FileEnd } from './zipCheck.ts';

/**
 * A job over many things of an account, as data. Every one is run in the same manner: it asks (`fields`), gathers what it
 * would touch (`gather`), shows that as a table in which rows can be unticked, asks for a confirmation that names the number
 * and the effect, does one after the other (`run`) some at a time, goes on after single failures, and ends with three lists:
 * done, failed, skipped. What was done is kept as plain data, so that a window that closes loses nothing and the next one
 * can go on, repeating nothing.
 */
export interface BulkJob {
	readonly id: JobId;
	/** What it is called, such as “Give columns one name”. */
	readonly title: string;
	/** Where it is offered, and what it then knows already. */
	readonly on: 'account' | 'workspace' | 'board';
	/** What is asked before anything is gathered; makes no request. */
	fields(place: JobPlace): readonly Field[];
	/**
	 * Collects what it would touch, asking the vendor; whatever can't be looked at is skipped with the reason. `tell` says how
	 * far it is. Throws `InvalidInput` with problems that name fields where what was given is wrong, such as lines of a file.
	 */
	gather(values: Values, place: JobPlace, io: JobIo, signal: AbortSignal): Promise<Gathered>;
	/** What is said before it begins. */
	confirmation(rows: readonly BulkRow[], values: Values): Confirmation;
	/**
	 * Does one row, once. Returns what was done, as a short text for the report; throws the errors of `errors.ts`. `Skipped`
	 * where there is nothing to do any more.
	 */
	run(row: BulkRow, values: Values, io: JobIo, signal: AbortSignal): Promise<string>;
	/**
	 * Whether a row was done already, asked of the vendor: after a window closed in the middle of it, or where its outcome was
	 * unknown. Absent where nothing tells it: then such a row is shown as unknown and never repeated unasked.
	 */
	isDone?(row: BulkRow, values: Values, io: JobIo, signal: AbortSignal): Promise<boolean>;
	/** How many rows run side by side; the account's limits hold besides. */
	readonly atOnce: number;
}

/** Part of journals and of commands' names: never changed. */
export type JobId =
	| 'enforceColumnName'
	| 'updateEmails'
	| 'removeInactiveUsers'
	| 'downloadArchivedWorkspaces'
	| 'importCards';

export interface JobPlace {
	readonly workspace?: Workspace;
	readonly board?: Board;
}

/** What a job reaches beyond the vendor. */
export interface JobIo {
	/** How far it is, in words. */
	tell(message: string): void;
	/** The content of a file the person chose, by the value of its field. Throws `LocalFailure`. */
	read(file: string): Promise<Uint8Array>;
	readonly folders: JobFolders;
}

/** Folders of this computer, by the value of a field that names one. */
export interface JobFolders {
	/** The names of the files in it. */
	names(folder: string): Promise<readonly string[]>;
	/** The end of a file (up to 64 KiB) and its length in bytes. Throws `LocalFailure`. */
	tail(folder: string, name: string, signal: AbortSignal): Promise<FileEnd>;
	/**
	 * Writes a file beside its place and gives it its name only when it is whole; a file of that name is replaced. `check` is
	 * called with the bytes at its end (up to 64 KiB) before it gets its name, and throws where they are not what they should be.
	 */
	save(
		folder: string,
		name: string,
		content: DocumentContent,
		check: ((tail: Uint8Array) => void) | undefined,
		signal: AbortSignal,
	): Promise<void>;
}

export interface Gathered {
	readonly columns: readonly BulkColumn[];
	readonly rows: readonly BulkRow[];
	/** What was looked at and left out, such as a workspace that can't be read. */
	readonly skipped: readonly { readonly label: string; readonly reason: string }[];
}

export interface BulkColumn {
	readonly id: string;
	readonly label: string;
	/** Right-aligned, sorted by number. */
	readonly isNumber?: boolean;
}

/** One thing the job would touch. Plain data: it is kept until it is done. */
export interface BulkRow {
	/** Tells it from every other row, also in another window. */
	readonly key: string;
	/** What it is called in the lists at the end. */
	readonly label: string;
	/** By column. */
	readonly cells: Readonly<Record<string, string>>;
	/** Said beside it where something about it should be known before, such as that it heads three workspaces. */
	readonly warning?: string;
	/** Something that can be chosen for this row alone. */
	readonly choice?: { readonly label: string; readonly choices: readonly Choice[]; readonly value: string };
	/** Whether it begins unticked. */
	readonly isOff?: boolean;
	/** What only the job reads. */
	readonly item: Readonly<Record<string, Exclude<FieldValue, Mapping> | number | undefined>>;
}

/** Thrown by `run` where there is nothing to do any more; the reason goes into the list of what was skipped. */
export class Skipped extends Error {}
