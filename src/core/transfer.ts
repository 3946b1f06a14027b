import type { Document, EntryContainer } from './model.ts';
import type { TransferProgress } from './transferProgress.ts';

/**
 * What is to go up or come down, as plain data: it is kept while it runs, so that a window that was closed in the middle
 * can say so and go on.
 */
export type TransferOrder = DownloadOrder | UploadOrder;

interface Order {
	readonly id: string;
	/** The account's id. */
	readonly account: string;
	/** What the document is called, for reading. */
	readonly name: string;
	/** Where it goes, for reading. */
	readonly place: string;
	/** Bytes, where they are known. */
	readonly size?: number;
}

export interface DownloadOrder extends Order {
	readonly kind: 'download';
	readonly document: Document;
	/** The address of the file that is written; nothing is asked when it is there already. */
	readonly target: string;
}

export interface UploadOrder extends Order {
	readonly kind: 'upload';
	/** The address of the file that is read. */
	readonly source: string;
	readonly container: EntryContainer;
	/** The document whose content this replaces; a new document without it. */
	readonly replaces?: Document;
}

/**
 * `unknown`: the connection broke after the file had gone out, so only looking tells whether it arrived. `interrupted`: the
 * window was closed in the middle; of an upload that means the same as `unknown`.
 */
export type TransferState = 'waiting' | 'running' | 'done' | 'failed' | 'unknown' | 'interrupted' | 'cancelled';

export interface Transfer {
	readonly order: TransferOrder;
	readonly state: TransferState;
	/** While it runs, and as it was at the end. */
	readonly progress?: TransferProgress;
	/** What went wrong, where something did. */
	readonly error?: unknown;
	/** Of an upload that is done. */
	readonly webUrl?: string;
	/** The new version's name, of an upload that became one. */
	readonly version?: string;
}

/** Whether nothing happens to it any more by itself. */
export function isOver({ state }: Transfer): boolean {
	return state !== 'waiting' && state !== 'running';
}

/** Whether the vendor may have the file although nobody knows: sending it again could leave it there twice. */
export function mayHaveArrived({ order, state }: Transfer): boolean {
	return order.kind === 'upload' && (state === 'unknown' || state === 'interrupted');
}

/** How far several are, taken together. */
export interface BatchProgress extends TransferProgress {
	readonly count: number;
	/** How many of them are over. */
	readonly over: number;
}

/** The whole is known only where it is of each. */
export function batchProgress(batch: readonly Transfer[]): BatchProgress {
	const running = batch.filter(({ state }) => state === 'running');
	const bytes = sum(batch.map(bytesOf));
	const total = batch.reduce<number | undefined>((known, one) => plus(known, wholeOf(one)), 0);
	const rate = sum(running.map(({ progress }) => progress?.rate ?? 0));
	return {
		count: batch.length,
		over: batch.filter(isOver).length,
		bytes,
		total,
		rate,
		secondsLeft: total === undefined || rate <= 0 ? undefined : Math.max(0, total - bytes) / rate,
	};
}

/** One that is over has nothing left to come, however it ended. */
function bytesOf(transfer: Transfer): number {
	return isOver(transfer) ? (wholeOf(transfer) ?? 0) : (transfer.progress?.bytes ?? 0);
}

function wholeOf(transfer: Transfer): number | undefined {
	const { order, progress } = transfer;
	return progress?.total ?? order.size ?? (isOver(transfer) ? (progress?.bytes ?? 0) : undefined);
}

function plus(a: number | undefined, b: number | undefined): number | undefined {
	return a === undefined || b === undefined ? undefined : a + b;
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((whole, number) => whole + number, 0);
}
