import { t } from '@vscode/l10n';
import { isCancellation } from '../core/errors.ts';
import { mapPage, type Page } from '../core/page.ts';
import type { List, Node } from './node.ts';
import { failureNode, messageNode, moreNode } from './nodes/message.ts';

export interface ListOptions<T> {
	readonly parent: Node;
	/** Tells the lists of one node apart. */
	readonly key: string;
	/** Remembers how far the list was open; without it, only its first page is loaded anew. */
	readonly openPages?: Map<string, number>;
	load(signal: AbortSignal): Promise<Page<T>>;
	toNode(item: T): Node;
	/** Said where the whole list is empty; without it nothing is said. */
	readonly empty?: string;
}

/** A list that loads page by page. A result that a reset has overtaken is dropped. */
export function pagedList<T>(options: ListOptions<T>): List {
	return new PagedList(
		options.parent,
		`${options.parent.id}#${options.key}`,
		options.openPages ?? new Map<string, number>(),
		() => options.empty,
		async (signal) => mapPage(await options.load(signal), (item) => options.toNode(item)),
	);
}

/** Lines that are known without asking anybody. */
export function fixedList(make: () => readonly Node[]): List {
	let made: readonly Node[] | undefined;
	return {
		nodes: async () => (made ??= make()),
		get loaded() {
			return made ?? [];
		},
		hasMore: false,
		more: async () => undefined,
		// Whatever was loaded beneath these lines goes with them.
		reset: () => {
			made = undefined;
		},
	};
}

class PagedList implements List {
	readonly #parent: Node;
	readonly #key: string;
	readonly #openPages: Map<string, number>;
	readonly #empty: () => string | undefined;
	readonly #load: (signal: AbortSignal) => Promise<Page<Node>>;

	#nodes: Node[] = [];
	#next: Page<Node>['next'];
	#failure: unknown;
	#loading: Promise<void> | undefined;
	#loaded = false;
	#abort = new AbortController();

	constructor(
		parent: Node,
		key: string,
		openPages: Map<string, number>,
		empty: () => string | undefined,
		load: (signal: AbortSignal) => Promise<Page<Node>>,
	) {
		this.#parent = parent;
		this.#key = key;
		this.#openPages = openPages;
		this.#empty = empty;
		this.#load = load;
	}

	get loaded(): readonly Node[] {
		return this.#nodes;
	}

	get hasMore(): boolean {
		return this.#next !== undefined;
	}

	async nodes(): Promise<readonly Node[]> {
		if (!this.#loaded && this.#failure === undefined) {
			await this.#once((signal) => this.#loadOpenPages(signal));
		}
		return [...this.#nodes, ...this.#lastLine()];
	}

	async more(): Promise<void> {
		const next = this.#next;
		this.#failure = undefined;
		if (!next) {
			return;
		}
		await this.#once(async (signal) => {
			this.#take(await next(signal), signal);
			this.#openPages.set(this.#key, (this.#openPages.get(this.#key) ?? 1) + 1);
		});
	}

	reset(): void {
		this.#abort.abort();
		this.#abort = new AbortController();
		this.#loading = undefined;
		this.#nodes = [];
		this.#next = undefined;
		this.#failure = undefined;
		this.#loaded = false;
	}

	async #loadOpenPages(signal: AbortSignal): Promise<void> {
		let page: Page<Node> | undefined = await this.#load(signal);
		for (let left = this.#openPages.get(this.#key) ?? 1; page; left -= 1) {
			this.#take(page, signal);
			page = left > 1 ? await page.next?.(signal) : undefined;
		}
	}

	#take(page: Page<Node>, signal: AbortSignal): void {
		signal.throwIfAborted();
		this.#nodes.push(...page.items);
		this.#next = page.next;
		this.#loaded = true;
	}

	/** One load at a time; whoever comes meanwhile waits for it. */
	async #once(load: (signal: AbortSignal) => Promise<void>): Promise<void> {
		const { signal } = this.#abort;
		this.#loading ??= load(signal)
			.catch((error: unknown) => {
				if (!signal.aborted && !isCancellation(error)) {
					this.#failure = error;
				}
			})
			.finally(() => {
				if (!signal.aborted) {
					this.#loading = undefined;
				}
			});
		await this.#loading;
	}

	#lastLine(): readonly Node[] {
		if (this.#failure !== undefined) {
			return [failureNode(this.#parent, this.#key, this, this.#failure)];
		}
		if (this.#next) {
			return [moreNode(this.#parent, this.#key, this)];
		}
		const empty = this.#loaded && this.#nodes.length === 0 ? this.#empty() : undefined;
		return empty ? [messageNode(this.#parent, this.#key, empty)] : [];
	}
}

/** Said where a list of things is empty. */
export function nothingHere(many: string): string {
	return t('No {0} here', many);
}
