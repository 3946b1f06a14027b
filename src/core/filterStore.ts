import type { Store } from './accounts.ts';
import { Emitter } from './event.ts';
import { type FieldValue, isEmpty, type Values } from './form.ts';

const storeKey = 'workspaceFilters';

/** By what the workspaces of each account are filtered. */
export class FilterStore {
	readonly #store: Store;
	readonly #changed = new Emitter<string>();
	/** Tells the id of the account whose filter has changed. */
	readonly onDidChange = this.#changed.event;

	constructor(store: Store) {
		this.#store = store;
	}

	/** Undefined where the account's workspaces are all shown. */
	get(account: string): Values | undefined {
		return this.#kept()[account];
	}

	/** Without values, or with empty ones alone, everything is shown again. */
	async set(account: string, values: Values | undefined): Promise<void> {
		const { [account]: _, ...others } = this.#kept();
		const own = Object.entries(values ?? {}).filter(([, value]) => !isEmpty(value));
		const next = own.length > 0 ? { ...others, [account]: Object.fromEntries(own) } : others;
		const writing = this.#store.set(storeKey, next);
		this.#changed.fire(account);
		await writing;
	}

	/** Drops what is kept of accounts that are gone. */
	forget(isGone: (account: string) => boolean): void {
		const kept = Object.entries(this.#kept());
		const rest = kept.filter(([account]) => !isGone(account));
		if (rest.length < kept.length) {
			void this.#store.set(storeKey, Object.fromEntries(rest));
		}
	}

	dispose(): void {
		this.#changed.dispose();
	}

	/** Read anew each time: another window may have written. */
	#kept(): Readonly<Record<string, Values>> {
		const kept = this.#store.get(storeKey);
		return isRecord(kept)
			? Object.fromEntries(Object.entries(kept).flatMap(([id, one]) => (isRecord(one) ? [[id, valuesFrom(one)]] : [])))
			: {};
	}
}

function valuesFrom(record: Readonly<Record<string, unknown>>): Values {
	const values = Object.entries(record).filter((entry): entry is [string, FieldValue] => isValue(entry[1]));
	return Object.fromEntries(values);
}

function isValue(value: unknown): value is string | boolean | readonly string[] {
	return (
		typeof value === 'string' ||
		typeof value === 'boolean' ||
		(Array.isArray(value) && value.every((one) => typeof one === 'string'))
	);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
