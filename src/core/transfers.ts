import PQueue from 'p-queue';
import type { Store } from './accounts.ts';
import { isCancellation, leftNothing, OutcomeUnknown } from './errors.ts';
import { Emitter } from './event.ts';
import { isOver, mayHaveArrived, type Transfer, type TransferOrder, type TransferState } from './transfer.ts';
import { TransferJournal } from './transferJournal.ts';
import type { OnProgress, TransferProgress } from './transferProgress.ts';

/** What became of a transfer that was carried out. */
export interface Performed {
	readonly webUrl?: string;
	readonly version?: string;
}

/**
 * Carries one transfer out. Throws the errors of `errors.ts`; an aborted signal throws its reason, or `OutcomeUnknown`
 * where an upload may have arrived all the same.
 */
export type Perform = (order: TransferOrder, signal: AbortSignal, onProgress: OnProgress) => Promise<Performed>;

/** How many transfers of one account are under way; its session keeps the vendor's own limits besides. */
const atOnce = 3;
/** Milliseconds between two reports of progress. */
const pause = 250;
/** How many that are over stay in the list. */
const mostOver = 500;
const leavingOrder: readonly TransferState[] = ['done', 'cancelled', 'failed', 'interrupted', 'unknown'];

/** A line of the list: the same object from the order to the end, so that whoever shows it can draw it again in its place. */
type Item = { -readonly [Key in keyof Transfer]: Transfer[Key] };

/**
 * What goes up and comes down in this window, and what an earlier one has left unfinished. One that fails stops no other,
 * and nothing that may have arrived is sent again unasked.
 */
export class Transfers {
	readonly #perform: Perform;
	readonly #journal: TransferJournal;
	/** By the order's id, the newest last. */
	readonly #items = new Map<string, Item>();
	readonly #underWay = new Map<string, AbortController>();
	readonly #queues = new Map<string, PQueue>();
	readonly #moved = new Set<Transfer>();
	#timer: ReturnType<typeof setTimeout> | undefined;
	readonly #changed = new Emitter<readonly Transfer[] | undefined>();
	/** Told which ones changed; undefined where the list itself did. Progress is told at most four times a second. */
	readonly onDidChange = this.#changed.event;

	constructor(perform: Perform, store: Store) {
		this.#perform = perform;
		this.#journal = new TransferJournal(store, () => this.#items.values());
		for (const left of this.#journal.read()) {
			this.#items.set(left.order.id, { ...left });
		}
	}

	/** The newest last. Each stays the same object as long as it is there. */
	list(): readonly Transfer[] {
		return [...this.#items.values()];
	}

	/** Carries all of them out, several at a time, and gives what became of each. Never rejects. */
	run(orders: readonly TransferOrder[], signal: AbortSignal): Promise<readonly Transfer[]> {
		const items = orders.map((order): Item => ({ order, state: 'waiting' }));
		for (const item of items) {
			this.#items.set(item.order.id, item);
		}
		return this.#runAll(items, signal);
	}

	/**
	 * Carries out once more those of these that are over and not done, and gives what became of them. Uploads that may have
	 * arrived already are left alone unless `sendAgain` says that the person wants them sent. Never rejects.
	 */
	retry(ids: readonly string[], signal: AbortSignal, { sendAgain = false } = {}): Promise<readonly Transfer[]> {
		const items = ids
			.flatMap((id) => this.#items.get(id) ?? [])
			.filter((item) => isOver(item) && item.state !== 'done' && (sendAgain || !mayHaveArrived(item)));
		for (const item of items) {
			Object.assign(item, { state: 'waiting', progress: undefined, error: undefined } satisfies Partial<Item>);
			// What begins anew stands with what began last.
			this.#items.delete(item.order.id);
			this.#items.set(item.order.id, item);
		}
		return this.#runAll(items, signal);
	}

	/** Gives one up. Nothing happens where it is over. */
	cancel(id: string): void {
		this.#underWay.get(id)?.abort();
	}

	/** Drops what is over. */
	clear(): void {
		this.#drop((item) => isOver(item));
	}

	/** Gives up and drops what belongs to accounts that are gone. */
	forget(isGone: (account: string) => boolean): void {
		const gone = this.list().filter(({ order }) => isGone(order.account));
		gone.forEach(({ order }) => this.cancel(order.id));
		this.#drop(({ order }) => isGone(order.account));
	}

	/** Stops everything; what was under way stays noted for the next window. */
	dispose(): void {
		this.#journal.close();
		clearTimeout(this.#timer);
		this.#changed.dispose();
		this.#underWay.forEach((abort) => abort.abort());
	}

	async #runAll(items: readonly Item[], signal: AbortSignal): Promise<readonly Transfer[]> {
		this.#trim();
		this.#changed.fire(undefined);
		void this.#journal.write();
		await Promise.all(items.map((item, index) => this.#carryOut(item, index, signal)));
		return items;
	}

	/** The index in its batch is an order's turn, so that a single one does not wait behind the whole of a large folder. */
	async #carryOut(item: Item, index: number, signal: AbortSignal): Promise<void> {
		const { id, account } = item.order;
		const waiting = new AbortController();
		const running = new AbortController();
		const asked = new AbortController();
		// The queue forgets what is aborted, but what runs has to say itself how it ended.
		const leave = (): void => (item.state === 'waiting' ? waiting : running).abort();
		asked.signal.addEventListener('abort', leave, { once: true });
		const askAll = (): void => asked.abort();
		signal.addEventListener('abort', askAll, { once: true });
		this.#underWay.set(id, asked);
		if (signal.aborted) {
			askAll();
		}
		try {
			await this.#queueOf(account).add(() => this.#runOne(item, running.signal), {
				signal: waiting.signal,
				priority: -index,
			});
		} catch {
			this.#end(item, { state: 'cancelled' });
		} finally {
			signal.removeEventListener('abort', askAll);
			this.#underWay.delete(id);
		}
	}

	/** Never rejects. */
	async #runOne(item: Item, signal: AbortSignal): Promise<void> {
		this.#change(item, { state: 'running' });
		try {
			if (item.order.kind === 'upload') {
				// Sent only once it is noted: a window that is closed from here on says that it may have arrived.
				await this.#journal.write();
			}
			signal.throwIfAborted();
			const { webUrl, version } = await this.#perform(item.order, signal, (progress) => this.#advance(item, progress));
			this.#end(item, { state: 'done', webUrl, version });
		} catch (error) {
			this.#end(item, endOf(item, error, signal));
		}
	}

	#end(item: Item, end: Partial<Item>): void {
		this.#change(item, end);
		this.#journal.note();
	}

	#change(item: Item, change: Partial<Item>): void {
		Object.assign(item, change);
		this.#moved.delete(item);
		this.#changed.fire([item]);
	}

	/** Tells at once, and then after the pause what else has moved in it. */
	#advance(item: Item, progress: TransferProgress): void {
		item.progress = progress;
		this.#moved.add(item);
		if (this.#timer === undefined) {
			this.#tellMoved();
		}
	}

	#tellMoved(): void {
		this.#timer = undefined;
		if (this.#moved.size > 0) {
			this.#timer = setTimeout(() => this.#tellMoved(), pause);
			const moved = [...this.#moved];
			this.#moved.clear();
			this.#changed.fire(moved);
		}
	}

	#queueOf(account: string): PQueue {
		const queue = this.#queues.get(account) ?? new PQueue({ concurrency: atOnce });
		this.#queues.set(account, queue);
		return queue;
	}

	#drop(isDropped: (item: Item) => boolean): void {
		const dropped = [...this.#items.values()].filter(isDropped);
		dropped.forEach(({ order }) => this.#items.delete(order.id));
		if (dropped.length > 0) {
			void this.#journal.write();
			this.#changed.fire(undefined);
		}
	}

	/** Keeps the list of what is over within its bound: what needs nobody any more goes first, then the oldest. */
	#trim(): void {
		const over = this.list().filter(isOver);
		const leaving = over.toSorted((a, b) => leavingOrder.indexOf(a.state) - leavingOrder.indexOf(b.state));
		leaving.slice(0, Math.max(0, over.length - mostOver)).forEach(({ order }) => this.#items.delete(order.id));
	}
}

function endOf({ order }: Item, error: unknown, signal: AbortSignal): Partial<Item> {
	if (error instanceof OutcomeUnknown) {
		return { state: 'unknown', error };
	}
	if (signal.aborted || isCancellation(error)) {
		return { state: 'cancelled' };
	}
	const isKnown = order.kind === 'download' || leftNothing(error);
	return { state: isKnown ? 'failed' : 'unknown', error };
}
