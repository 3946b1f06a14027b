import PQueue from 'p-queue';
import type { Archives } from './archives.ts';
import type { Document, Entry, EntryContainer } from './model.ts';
import { itemsOf } from './page.ts';

/** What stands in a container, and in those below it that were asked for. */
export interface Branch {
	readonly container: EntryContainer;
	readonly entries: readonly Entry[];
	/** What stands in the entries that hold others, by the entry. */
	readonly below: ReadonlyMap<Entry, Branch>;
	/** Why not all of it could be read. */
	readonly failure?: Error;
}

export interface WalkOptions {
	/** Whether to go into what stands below. */
	readonly deep: boolean;
	/** Told how many entries have been found, whenever there are more. */
	readonly onFound?: (count: number) => void;
}

/** How many lists are asked for at once; the session keeps the vendor's limits besides. */
const atOnce = 4;

/**
 * Reads a container, page by page, and all that stands below it. A container that can't be read is noted in its branch
 * and stops nothing; only that of the first one is thrown.
 */
export async function walkDocuments(
	archives: Archives,
	container: EntryContainer,
	options: WalkOptions,
	signal: AbortSignal,
): Promise<Branch> {
	const walk = new Walk(archives, options, signal);
	const branch = await walk.read(container);
	if (branch.failure) {
		throw branch.failure;
	}
	return branch;
}

/** The branches that could not be read whole. */
export function failedBranches(branch: Branch): readonly Branch[] {
	const below = [...branch.below.values()].flatMap(failedBranches);
	return branch.failure === undefined ? below : [branch, ...below];
}

class Walk {
	readonly #archives: Archives;
	readonly #options: WalkOptions;
	readonly #signal: AbortSignal;
	readonly #queue = new PQueue({ concurrency: atOnce });
	/** A server that puts a folder into itself must not keep us for ever. */
	readonly #seen = new Set<string>();
	#found = 0;

	constructor(archives: Archives, options: WalkOptions, signal: AbortSignal) {
		this.#archives = archives;
		this.#options = options;
		this.#signal = signal;
	}

	async read(container: EntryContainer): Promise<Branch> {
		this.#seen.add(keyOf(container));
		const entries: Entry[] = [];
		let failure: Error | undefined;
		try {
			await this.#queue.add(() => this.#list(container, entries), { signal: this.#signal });
		} catch (error) {
			this.#signal.throwIfAborted();
			failure = error instanceof Error ? error : new Error('not an error', { cause: error });
		}
		return { container, entries, below: await this.#below(entries), ...(failure && { failure }) };
	}

	async #list(container: EntryContainer, entries: Entry[]): Promise<void> {
		for await (const entry of itemsOf(await this.#archives.entries(container, this.#signal), this.#signal)) {
			entries.push(entry);
			this.#found += 1;
		}
		this.#options.onFound?.(this.#found);
	}

	async #below(entries: readonly Entry[]): Promise<ReadonlyMap<Entry, Branch>> {
		const inner = this.#options.deep ? entries.filter((entry) => holdsOthers(entry) && this.#isNew(entry)) : [];
		return new Map(await Promise.all(inner.map(async (entry) => [entry, await this.read(entry)] as const)));
	}

	#isNew(entry: Entry): boolean {
		const key = keyOf(entry);
		const isNew = !this.#seen.has(key);
		this.#seen.add(key);
		return isNew;
	}
}

function holdsOthers(entry: Entry): boolean {
	return entry.kind === 'folder' || (entry satisfies Document).hasEntries === true;
}

/** An archive and the folder that it is at the vendor have one id. */
function keyOf({ kind, id }: EntryContainer): string {
	return `${kind === 'document' ? 'd' : 'f'}:${id}`;
}
