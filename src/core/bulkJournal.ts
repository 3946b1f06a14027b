import { t } from '@vscode/l10n';
import type { Store } from './accounts.ts';
import type { Gathered, JobId, JobPlace } from './bulk.ts';
import {
	type PackedRows,
	type PackedStanding,
	packRows,
	packStanding,
	type SheetRow,
	unpackRows,
} from './bulkPacking.ts';
import { LocalFailure } from './errors.ts';
import type { Field, Values } from './form.ts';

/** A job with all that it gathered, as plain data: enough to go on with it in another window. */
export interface KeptJob extends Omit<Gathered, 'rows'> {
	/** Of this run of the job. */
	readonly id: string;
	readonly job: JobId;
	readonly title: string;
	/** The account's id. */
	readonly account: string;
	readonly place: JobPlace;
	/** What the person filled in, without secrets. */
	readonly values: Values;
	readonly rows: readonly SheetRow[];
	/** Whether something may have been sent. */
	readonly begun: boolean;
}

/** What of a job changes while it runs. */
export interface Standing {
	readonly begun: boolean;
	readonly rows: readonly SheetRow[];
}

/** How a job that runs is written down. */
export interface BulkNote {
	/** Writes how it stands; done once it is kept. Throws `LocalFailure` where it can't be. */
	write(): Promise<void>;
	/** Forgets it. */
	drop(): Promise<void>;
}

interface Head {
	readonly version: number;
	readonly kept: Omit<KeptJob, 'rows' | 'begun'>;
	readonly rows: PackedRows;
}

interface Kept {
	readonly begun: boolean;
	readonly rows: readonly PackedStanding[];
}

const listKey = 'jobs';
const version = 1;
/** Jobs that are kept besides those of this window. */
const mostKept = 8;
/** Rows that one job may have: all of them are written down before the first is sent. */
export const mostRows = 20_000;

/** What was filled in, without what must never be written down. */
export function withoutSecrets(fields: readonly Field[], values: Values): Values {
	const secret = new Set(fields.filter((field) => field.kind === 'text' && field.secret).map(({ id }) => id));
	return Object.fromEntries(Object.entries(values).filter(([id]) => !secret.has(id)));
}

/**
 * The jobs of this window and of those before it, written down row by row: a row is noted before it is sent and after it is
 * settled, so that whoever goes on knows which rows are done, which were never begun, and which may be either.
 */
export class BulkJournal {
	readonly #store: Store;
	readonly #notes = new Map<string, Note>();
	/** Changes of the list of jobs, one after the other. */
	#listing: Promise<void> = Promise.resolve();
	#isClosed = false;

	constructor(store: Store) {
		this.#store = store;
	}

	/** What earlier windows have left, the newest last. */
	left(): readonly KeptJob[] {
		return this.#ids()
			.filter((id) => !this.#notes.has(id))
			.flatMap((id) => this.read(id) ?? []);
	}

	/** A job as it was last written down; undefined where it is not there or was written by another version. */
	read(id: string): KeptJob | undefined {
		const head = this.#store.get(headKey(id)) as Head | undefined;
		const standing = this.#store.get(standingKey(id)) as Kept | undefined;
		return head?.version === version && standing?.rows.length === head.rows.rows.length
			? { ...head.kept, begun: standing.begun, rows: unpackRows(head.rows, standing.rows) }
			: undefined;
	}

	/**
	 * Writes a job down, with all of its rows. From here on `now` says how it stands. Throws `LocalFailure` where it has more
	 * rows than can be kept.
	 */
	async keep(kept: KeptJob, now: () => Standing): Promise<BulkNote> {
		if (kept.rows.length > mostRows) {
			throw new LocalFailure(
				t('There are {0} things, and one job can do {1} at the most.', figure(kept.rows.length), figure(mostRows)),
			);
		}
		const { rows, begun: _begun, ...head } = kept;
		const note = this.takeUp(kept.id, now);
		await keeping(async () => {
			await this.#store.set(headKey(kept.id), { version, kept: head, rows: packRows(rows) } satisfies Head);
			await note.write();
			await this.#list((ids) => [...ids.filter((id) => id !== kept.id), kept.id]);
		});
		return note;
	}

	/** Goes on with the notes of a job that an earlier window has left. */
	takeUp(id: string, now: () => Standing): BulkNote {
		const note = new Note(async () => {
			if (!this.#isClosed) {
				const { begun, rows } = now();
				await this.#store.set(standingKey(id), { begun, rows: rows.map(packStanding) } satisfies Kept);
			}
		});
		this.#notes.set(id, note);
		return { write: () => note.write(), drop: () => this.drop(id) };
	}

	/** Forgets a job that an earlier window has left, or one of this window. */
	async drop(id: string): Promise<void> {
		this.#notes.get(id)?.close();
		this.#notes.delete(id);
		await this.#list((ids) => ids.filter((one) => one !== id));
		await this.#clear(id);
	}

	/** Forgets the jobs of accounts that are gone. */
	forget(isGone: (account: string) => boolean): void {
		const gone = this.#ids().filter((id) => isGone(this.read(id)?.account ?? ''));
		gone.forEach((id) => void this.drop(id).catch(() => undefined));
	}

	/** What a window that closes cuts off stays noted as it was. */
	dispose(): void {
		this.#isClosed = true;
	}

	#ids(): readonly string[] {
		const ids = this.#store.get(listKey);
		return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
	}

	/** Drops the oldest where there are too many. */
	#list(change: (ids: readonly string[]) => readonly string[]): Promise<void> {
		this.#listing = this.#listing
			.catch(() => undefined)
			.then(async () => {
				const ids = change(this.#ids());
				const old = ids.filter((id) => !this.#notes.has(id)).slice(0, -mostKept);
				await this.#store.set(
					listKey,
					ids.filter((id) => !old.includes(id)),
				);
				await Promise.all(old.map((id) => this.#clear(id)));
			});
		return this.#listing;
	}

	async #clear(id: string): Promise<void> {
		await this.#store.set(headKey(id), undefined);
		await this.#store.set(standingKey(id), undefined);
	}
}

/** Writes what stands when its turn has come; whoever asks meanwhile shares the next write. */
class Note {
	readonly #set: () => Promise<void>;
	#writing: Promise<void> = Promise.resolve();
	#next: Promise<void> | undefined;
	#isClosed = false;

	constructor(set: () => Promise<void>) {
		this.#set = set;
	}

	write(): Promise<void> {
		const before = this.#writing.catch(() => undefined);
		this.#next ??= before.then(() => {
			this.#next = undefined;
			this.#writing = this.#isClosed ? Promise.resolve() : keeping(this.#set);
			return this.#writing;
		});
		return this.#next;
	}

	close(): void {
		this.#isClosed = true;
	}
}

/** Throws a `LocalFailure` in the place of what the store says. */
async function keeping(write: () => Promise<void>): Promise<void> {
	try {
		await write();
	} catch (error) {
		throw error instanceof LocalFailure
			? error
			: new LocalFailure(t('What the job does could not be noted on this computer, so nothing more was sent.'), error);
	}
}

function headKey(id: string): string {
	return `job.${id}`;
}

function standingKey(id: string): string {
	return `job.${id}.rows`;
}

function figure(number: number): string {
	return new Intl.NumberFormat().format(number);
}
