import { t } from '@vscode/l10n';
import type { BulkJob, JobId, JobIo, JobPlace } from './bulk.ts';
import type { BulkNote, KeptJob, Standing } from './bulkJournal.ts';
import type { BulkState, SheetRow } from './bulkPacking.ts';
import { attempt, type Clock, type End, Gate, realClock } from './bulkRow.ts';
import { isCancellation, SignInNeeded, TooManyRequests } from './errors.ts';
import { Emitter } from './event.ts';
import type { FieldValue, Values } from './form.ts';

/** A row in our hands. `isDoubtful`: it may have been done already, so that the vendor is asked before it is. */
type Item = { -readonly [Key in keyof SheetRow]: SheetRow[Key] } & { isDoubtful: boolean };

export interface RunOptions {
	readonly clock?: Clock;
	/** Told of what no error of ours says, for the log. */
	readonly onUnexpected?: (error: unknown) => void;
}

/** What rows are done with. */
interface Work {
	readonly job: BulkJob;
	readonly io: JobIo;
	/** Gives up what is under way. */
	readonly signal: AbortSignal;
	/** Lets nothing more begin. */
	readonly leaving: AbortController;
	/** Only asks the vendor what became of rows, and sends nothing. */
	readonly onlyAsks: boolean;
	readonly gate: Gate;
}

/** How often one row waits until the vendor's limit allows it. */
const mostWaits = 10;

/**
 * A job over many things, from the preview to its end. It goes on after single failures, repeats nothing that may have been
 * done unless the vendor says that it was not, and writes each row down before it is sent and after it is settled.
 */
export class BulkRun {
	readonly id: string;
	readonly job: JobId;
	readonly title: string;
	readonly account: string;
	readonly place: JobPlace;
	readonly columns: KeptJob['columns'];
	readonly skipped: KeptJob['skipped'];
	#values: Values;
	readonly #options: RunOptions;
	readonly #items: readonly Item[];
	readonly #byKey: ReadonlyMap<string, Item>;
	readonly #changed = new Emitter<readonly SheetRow[]>();
	#note: BulkNote | undefined;
	#begun: boolean;
	#leaving: AbortController | undefined;
	#stop: unknown;
	/** Told which rows changed; none where the run itself did. */
	readonly onDidChange = this.#changed.event;

	/** `values`: all that was filled in, with the secrets that are not kept. */
	constructor(kept: KeptJob, values: Values = kept.values, options: RunOptions = {}) {
		({
			id: this.id,
			job: this.job,
			title: this.title,
			account: this.account,
			place: this.place,
			columns: this.columns,
			skipped: this.skipped,
			begun: this.#begun,
		} = kept);
		this.#values = values;
		this.#options = options;
		this.#items = kept.rows.map((row) => toItem(row, kept.begun));
		this.#byKey = new Map(this.#items.map((item) => [item.row.key, item]));
	}

	/** Where it is written down. Without it nothing is sent. */
	noteIn(note: BulkNote): void {
		this.#note = note;
	}

	get rows(): readonly SheetRow[] {
		return this.#items;
	}

	get values(): Values {
		return this.#values;
	}

	/** Takes what was not kept and is needed to go on. */
	giveSecret(field: string, value: FieldValue): void {
		this.#values = { ...this.#values, [field]: value };
	}

	get phase(): 'preview' | 'running' | 'result' {
		return this.#leaving ? 'running' : this.#begun ? 'result' : 'preview';
	}

	/** Whether nothing more begins, while what is under way comes to its end. */
	get isStopping(): boolean {
		return this.#leaving?.signal.aborted ?? false;
	}

	/** Why it stopped before its end, where nobody stopped it: without this being mended every row would fail. */
	get stoppedBy(): unknown {
		return this.#stop;
	}

	/** As it stands, to be written down. */
	standing(): Standing {
		return { begun: this.#begun, rows: this.#items };
	}

	/** Takes rows in or out; only before it begins. */
	tick(keys: readonly string[], ticked: boolean): void {
		this.#edit(keys, (item) => {
			item.ticked = ticked;
		});
	}

	/** Makes the choice of rows; where a row does not offer it, nothing. */
	choose(keys: readonly string[], value: string): void {
		this.#edit(keys, (item) => {
			const { choice } = item.row;
			if (choice?.choices.some((one) => one.value === value)) {
				item.row = { ...item.row, choice: { ...choice, value } };
			}
		});
	}

	/**
	 * Does the rows that are ticked, or after a stop those that still wait. What an earlier window may have done is asked of
	 * the vendor first, where the job can. Never rejects.
	 */
	goOn(job: BulkJob, io: JobIo, signal: AbortSignal): Promise<void> {
		if (!this.#begun) {
			const ticked = this.#items.filter((item) => item.ticked);
			ticked.forEach((item) => Object.assign(item, { state: 'waiting' } satisfies Partial<Item>));
			this.#begun = true;
		}
		return this.#work(this.#in('waiting', ...(job.isDone ? (['unknown'] as const) : [])), job, io, signal);
	}

	/** Does those once more that failed. Never rejects. */
	retry(job: BulkJob, io: JobIo, signal: AbortSignal): Promise<void> {
		const failed = this.#leaving ? [] : this.#in('failed');
		failed.forEach((item) => Object.assign(item, { state: 'waiting', detail: undefined } satisfies Partial<Item>));
		return this.#work(failed, job, io, signal);
	}

	/** Asks the vendor what became of those whose outcome is unknown; nothing without `isDone`. Never rejects. */
	settle(job: BulkJob, io: JobIo, signal: AbortSignal): Promise<void> {
		return this.#work(job.isDone ? this.#in('unknown') : [], job, io, signal, true);
	}

	/** Does those once more whose outcome is unknown, because the person says so: they may be done twice. Never rejects. */
	sendAgain(job: BulkJob, io: JobIo, signal: AbortSignal): Promise<void> {
		return this.#work(this.#in('unknown'), job, io, signal);
	}

	/** Begins nothing more; what is under way comes to its end. */
	stop(): void {
		this.#leaving?.abort();
		this.#changed.fire([]);
	}

	dispose(): void {
		this.#changed.dispose();
	}

	#edit(keys: readonly string[], change: (item: Item) => void): void {
		if (!this.#begun) {
			const items = keys.flatMap((key) => this.#byKey.get(key) ?? []);
			items.forEach(change);
			this.#changed.fire(items);
			void this.#note?.write().catch(() => undefined);
		}
	}

	#in(...states: readonly BulkState[]): readonly Item[] {
		return this.#items.filter(({ state }) => state && states.includes(state));
	}

	async #work(items: readonly Item[], job: BulkJob, io: JobIo, signal: AbortSignal, onlyAsks = false): Promise<void> {
		if (this.#leaving) {
			return;
		}
		const leaving = new AbortController();
		this.#leaving = leaving;
		this.#stop = undefined;
		this.#changed.fire([]);
		const gate = new Gate(this.#options.clock ?? realClock, AbortSignal.any([signal, leaving.signal]));
		const work = { job, io, signal, leaving, onlyAsks, gate };
		const queue = items.values();
		await Promise.all(Array.from({ length: Math.max(1, job.atOnce) }, () => this.#takeAll(queue, work)));
		await this.#note?.write().catch((error: unknown) => (this.#stop ??= error));
		this.#leaving = undefined;
		this.#changed.fire([]);
	}

	/** One of the hands that work side by side. */
	async #takeAll(queue: Iterator<Item>, work: Work): Promise<void> {
		while (!work.signal.aborted && !work.leaving.signal.aborted) {
			const { value: item, done } = queue.next();
			if (done) {
				return;
			}
			await this.#take(item, work);
		}
	}

	/** Never rejects. What could not begin is left as it was. */
	async #take(item: Item, work: Work): Promise<void> {
		const { state: was = 'waiting', detail } = item;
		const asItWas: End = { state: was, detail };
		for (let waits = 0; ; waits += 1) {
			try {
				await work.gate.pass();
				work.signal.throwIfAborted();
				await this.#noteBefore(item);
			} catch (error) {
				this.#change(item, asItWas);
				return isCancellation(error) ? undefined : this.#halt(error, work);
			}
			const { again, ...end } = await this.#attempt(item, was, work);
			if (again instanceof SignInNeeded) {
				this.#change(item, asItWas);
				return this.#halt(again, work);
			}
			if (!(again instanceof TooManyRequests) || waits >= mostWaits) {
				this.#change(item, end);
				void this.#note?.write().catch((error: unknown) => this.#halt(error, work));
				return;
			}
			this.#change(item, { state: was, detail: work.gate.close(again.until) });
		}
	}

	/** From here on, a window that closes leaves a row that may have been done. */
	async #noteBefore(item: Item): Promise<void> {
		this.#change(item, { state: 'running', detail: undefined });
		if (!this.#note) {
			throw new Error('a job must be written down before it is done');
		}
		await this.#note.write();
	}

	async #attempt(item: Item, was: BulkState, work: Work): Promise<End> {
		const end = await attempt(item.row, this.#values, {
			...work,
			was,
			isDoubtful: item.isDoubtful,
			io: { ...work.io, tell: (detail) => this.#change(item, { state: 'running', detail }) },
			onUnexpected: (error) => this.#options.onUnexpected?.(error),
		});
		item.isDoubtful = true;
		return end;
	}

	/** Every other row would fail for the same reason. */
	#halt(error: unknown, { leaving }: Work): void {
		this.#stop ??= error;
		leaving.abort();
	}

	#change(item: Item, { state, detail }: End): void {
		Object.assign(item, { state, detail });
		this.#changed.fire([item]);
	}
}

/** What was under way when its window closed may have been done or not. */
function toItem(row: SheetRow, begun: boolean): Item {
	const wasCut = row.state === 'running';
	return {
		...row,
		...(wasCut && { state: 'unknown', detail: t('The window was closed in the middle of it.') }),
		isDoubtful: begun,
	};
}
