import { NotAllowed, NotFound, Refused } from '../../core/errors.ts';
import type { Card } from '../../core/model.ts';
import type { Log } from '../../core/provider.ts';
import { Shared } from '../../core/shared.ts';
import type { Client } from './client.ts';
import { toCard } from './mapping.ts';
import type { ProductWire, ProjectWire, ResourceWire, StoryWire } from './replies.ts';
import { timeframesOf } from './timeframes.ts';

/** By project: the cards, and what Planbox said of those that have files. */
interface Items {
	readonly cards: ReadonlyMap<string, readonly Card[]>;
	readonly withFiles: ReadonlyMap<string, readonly StoryWire[]>;
}

/** Milliseconds for which the iterations of an initiative are taken to be those that were read. */
const longest = 3_600_000;

/** What is asked once and shared by everything drawn from it: Planbox gives a whole initiative or nothing. */
export class Data {
	readonly #client: Client;
	readonly #server: string;
	readonly #log: Log;
	readonly #shared = new Shared();
	#productsAsked = 0;

	constructor(client: Client, server: string, log: Log) {
		this.#client = client;
		this.#server = server;
		this.#log = log;
	}

	forget(): void {
		this.#shared.clear();
	}

	/** Not remembered for longer than an hour: which iteration a timeframe means changes over night. */
	products(signal: AbortSignal): Promise<readonly ProductWire[]> {
		if (Date.now() - this.#productsAsked > longest) {
			this.#shared.delete('products');
		}
		const ask = (wait: AbortSignal) => {
			this.#productsAsked = Date.now();
			return this.#client.products(wait);
		};
		return this.#shared.get('products', ask, signal);
	}

	/** Undefined where the list does not have it, which is no failure. */
	async product(id: string, signal: AbortSignal): Promise<ProductWire | undefined> {
		return (await this.products(signal)).find((product) => product.id === id);
	}

	projects(product: string, signal: AbortSignal): Promise<readonly ProjectWire[]> {
		const ask = async (wait: AbortSignal) =>
			(await this.#client.projects(product, wait)).filter(({ deleted }) => !deleted);
		return this.#shared.get(`projects/${product}`, ask, signal);
	}

	/** The projects of several initiatives by one question. */
	async projectsOfAll(products: readonly string[], signal: AbortSignal): Promise<readonly ProjectWire[]> {
		const ask = async (wait: AbortSignal) =>
			(await this.#client.projects(products, wait)).filter(({ deleted }) => !deleted);
		return products.length === 0 ? [] : this.#shared.get(`projects of all/${products.join()}`, ask, signal);
	}

	/** The items of an initiative by their projects, in their order. */
	items(product: string, signal: AbortSignal): Promise<Items> {
		const ask = async (wait: AbortSignal) => {
			const timeframes = timeframesOf(await this.product(product, wait));
			const [stories, people] = await Promise.all([
				this.#client.stories(product, timeframes, wait),
				this.people(product, wait),
			]);
			return this.#toItems(stories, people);
		};
		return this.#shared.get(`stories/${product}`, ask, signal);
	}

	/** The same, asked of Planbox again: once for all who want to know at the same time. */
	async itemsNow(product: string, signal: AbortSignal): Promise<Items> {
		const ask = (wait: AbortSignal) => {
			this.#shared.delete(`stories/${product}`);
			return this.items(product, wait);
		};
		try {
			return await this.#shared.get(`stories now/${product}`, ask, signal);
		} finally {
			this.#shared.delete(`stories now/${product}`);
		}
	}

	/** What was read is not kept whole: of two thousand items, few have files. */
	#toItems(stories: readonly StoryWire[], people: ReadonlyMap<string, string>): Items {
		const ordered = stories.toSorted((a, b) => (a.priority ?? 0) - (b.priority ?? 0));
		return {
			cards: Map.groupBy(
				ordered.map((story) => toCard(story, people, this.#server)),
				({ boardId }) => boardId,
			),
			withFiles: Map.groupBy(
				ordered.filter(({ files }) => files?.length),
				({ project_id }) => project_id,
			),
		};
	}

	/** Drops what is remembered of an initiative's items, after one of them was changed or may have been. */
	forgetItems(product: string): void {
		this.#shared.delete(`stories/${product}`);
	}

	/** The tags that items of an initiative have. */
	async tags(product: string, signal: AbortSignal): Promise<readonly string[]> {
		const { cards } = await this.items(product, signal);
		return [...new Set([...cards.values()].flat().flatMap(({ labels }) => labels ?? []))].sort((a, b) =>
			a.localeCompare(b),
		);
	}

	/** Whoever is signed in. */
	me(signal: AbortSignal): Promise<ResourceWire> {
		return this.#shared.get('me', (wait) => this.#client.loggedResource(wait), signal);
	}

	/** Names by id. */
	async people(product: string, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
		return new Map((await this.resources(product, signal)).map(({ id, name, email }) => [id, name ?? email ?? id]));
	}

	/** Items are readable without their people, so a refusal of this question alone hides nothing else. */
	resources(product: string, signal: AbortSignal): Promise<readonly ResourceWire[]> {
		return this.#shared.get(`resources/${product}`, (wait) => this.#resources(product, wait), signal);
	}

	async #resources(product: string, signal: AbortSignal): Promise<readonly ResourceWire[]> {
		try {
			return await this.#client.resources(product, signal);
		} catch (error) {
			if (error instanceof Refused || error instanceof NotAllowed || error instanceof NotFound) {
				this.#log.warn('The people of an initiative could not be listed.', error);
				return [];
			}
			throw error;
		}
	}
}
