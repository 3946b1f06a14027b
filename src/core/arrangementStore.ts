import type { Store } from './accounts.ts';
import { type Arrangement, asTheVendor, type Filter, type Grouping, isPlain, type Sorting } from './arrangement.ts';
import { Emitter } from './event.ts';

/** Whose arrangement has changed. */
export interface ArrangedBoard {
	/** The account's id. */
	readonly account: string;
	/** The board's id. */
	readonly board: string;
}

interface Kept extends ArrangedBoard {
	readonly arrangement: unknown;
}

const storeKey = 'arrangements';
const most = 200;
const groupings: readonly unknown[] = ['column', 'assignee', 'label', 'due'] satisfies Grouping[];
const sortings: readonly unknown[] = ['vendor', 'due', 'title', 'assignee'] satisfies Sorting[];

/** How each board is to be shown, for the boards that were arranged last; the others are shown as the vendor shows them. */
export class ArrangementStore {
	readonly #store: Store;
	readonly #changed = new Emitter<ArrangedBoard>();
	readonly onDidChange = this.#changed.event;

	constructor(store: Store) {
		this.#store = store;
	}

	/** By the ids of the account and the board. */
	get(account: string, board: string): Arrangement {
		return arrangementFrom(this.#kept().find(isOf(account, board))?.arrangement);
	}

	async set(account: string, board: string, arrangement: Arrangement): Promise<void> {
		const isThis = isOf(account, board);
		const others = this.#kept().filter((one) => !isThis(one));
		const own = { account, board, arrangement };
		const writing = this.#store.set(storeKey, isPlain(arrangement) ? others : [own, ...others].slice(0, most));
		// A store gives the new value before it is on the disk: whoever draws need not wait for that.
		this.#changed.fire({ account, board });
		await writing;
	}

	/** Drops what is kept of accounts that are gone. */
	forget(isGone: (account: string) => boolean): void {
		const kept = this.#kept();
		const rest = kept.filter(({ account }) => !isGone(account));
		if (rest.length < kept.length) {
			void this.#store.set(storeKey, rest);
		}
	}

	dispose(): void {
		this.#changed.dispose();
	}

	/** Read anew each time: another window may have written. */
	#kept(): readonly Kept[] {
		const kept = this.#store.get(storeKey);
		return Array.isArray(kept) ? kept.filter(isKept) : [];
	}
}

/** An arrangement from whatever was kept or sent: what can't be read is as at the vendor. */
export function arrangementFrom(value: unknown): Arrangement {
	const { group, sort, filter } = isRecord(value) ? value : {};
	return {
		group: groupings.includes(group) ? (group as Grouping) : asTheVendor.group,
		sort: sortings.includes(sort) ? (sort as Sorting) : asTheVendor.sort,
		filter: isRecord(filter) ? filterFrom(filter) : asTheVendor.filter,
	};
}

function filterFrom({ mine, dueThisWeek, label, text }: Readonly<Record<string, unknown>>): Filter {
	return {
		...(mine === true && { mine }),
		...(dueThisWeek === true && { dueThisWeek }),
		...(typeof label === 'string' && label !== '' && { label }),
		...(typeof text === 'string' && text.trim() !== '' && { text }),
	};
}

function isOf(account: string, board: string): (one: Kept) => boolean {
	return (one) => one.account === account && one.board === board;
}

function isKept(value: unknown): value is Kept {
	return isRecord(value) && typeof value['account'] === 'string' && typeof value['board'] === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}
