import { t } from '@vscode/l10n';
import type { Store } from './accounts.ts';
import { LocalFailure, OutcomeUnknown } from './errors.ts';
import type { Transfer, TransferOrder, TransferState } from './transfer.ts';

/** What is kept of a transfer: enough to say what became of it and to do it again. */
interface Kept {
	readonly order: TransferOrder;
	readonly state: TransferState;
	/** The sentence of what went wrong. */
	readonly message?: string;
}

const storeKey = 'transfers';
/** Milliseconds that a note may wait for others where nothing is lost by it. */
const patience = 250;
/** What was done or given up is nobody's concern after the window. */
const worthKeeping: ReadonlySet<TransferState> = new Set(['waiting', 'running', 'failed', 'unknown', 'interrupted']);

/**
 * The transfers that run, or ended badly, written down so that the next window knows of them. Only when one begins or
 * ends, and many at a time: a folder of a thousand documents must not write its list a thousand times.
 */
export class TransferJournal {
	readonly #store: Store;
	readonly #list: () => Iterable<Transfer>;
	#writing: Promise<void> = Promise.resolve();
	#next: Promise<void> | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#isClosed = false;

	constructor(store: Store, list: () => Iterable<Transfer>) {
		this.#store = store;
		this.#list = list;
	}

	/** What an earlier window has left. */
	read(): readonly Transfer[] {
		const kept = this.#store.get(storeKey);
		return Array.isArray(kept) ? (kept as readonly Kept[]).map(toTransfer) : [];
	}

	/** Writes soon. */
	note(): void {
		this.#timer ??= setTimeout(() => void this.write(), patience);
	}

	/** Writes now; done once it is kept. Never rejects: a transfer does not fail for the want of a note about it. */
	write(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#next ??= this.#writing.then(() => {
			this.#next = undefined;
			this.#writing = this.#set();
			return this.#writing;
		});
		return this.#next;
	}

	/** What a window that closes cuts off stays noted as it was. */
	close(): void {
		clearTimeout(this.#timer);
		this.#isClosed = true;
	}

	async #set(): Promise<void> {
		if (!this.#isClosed) {
			const kept = [...this.#list()].filter(({ state }) => worthKeeping.has(state)).map(toKept);
			try {
				await this.#store.set(storeKey, kept);
			} catch {
				// The transfer itself is what counts.
			}
		}
	}
}

function toKept({ order, state, error }: Transfer): Kept {
	return { order, state, ...(error instanceof Error && { message: error.message }) };
}

function toTransfer({ order, state, message = '' }: Kept): Transfer {
	switch (state) {
		case 'failed':
			return { order, state, error: new LocalFailure(message) };
		case 'unknown':
			return { order, state, error: new OutcomeUnknown(message) };
		case 'waiting':
			// Nothing of it had been sent, so that it can be sent without a question.
			return order.kind === 'upload'
				? { order, state: 'failed', error: new LocalFailure(t('The window was closed before it began.')) }
				: { order, state: 'interrupted' };
		default:
			return { order, state: 'interrupted' };
	}
}
