import { NotAllowed, NotFound, Refused } from '../../core/errors.ts';
import type { Log } from '../../core/provider.ts';
import { Shared } from '../../http/shared.ts';
import type { Client } from './client.ts';
import type { ProductWire, ProjectWire, ResourceWire, StoryWire } from './replies.ts';

/** What is asked once and shared by everything drawn from it: Planbox gives a whole initiative or nothing. */
export class Data {
	readonly #client: Client;
	readonly #log: Log;
	readonly #shared = new Shared();

	constructor(client: Client, log: Log) {
		this.#client = client;
		this.#log = log;
	}

	forget(): void {
		this.#shared.clear();
	}

	products(signal: AbortSignal): Promise<readonly ProductWire[]> {
		return this.#shared.get('products', (wait) => this.#client.products(wait), signal);
	}

	projects(product: string, signal: AbortSignal): Promise<readonly ProjectWire[]> {
		const ask = async (wait: AbortSignal) =>
			(await this.#client.projects(product, wait)).filter(({ deleted }) => !deleted);
		return this.#shared.get(`projects/${product}`, ask, signal);
	}

	/** By project, in their order. */
	stories(product: string, signal: AbortSignal): Promise<ReadonlyMap<string, readonly StoryWire[]>> {
		const ask = async (wait: AbortSignal) => {
			const stories = await this.#client.stories(product, wait);
			return Map.groupBy(
				stories.toSorted((a, b) => (a.priority ?? 0) - (b.priority ?? 0)),
				({ project_id }) => project_id,
			);
		};
		return this.#shared.get(`stories/${product}`, ask, signal);
	}

	/** Names by id. Items are readable without them, so a refusal of this question alone hides nothing else. */
	people(product: string, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
		const ask = async (wait: AbortSignal) =>
			new Map((await this.#resources(product, wait)).map(({ id, name, email }) => [id, name ?? email ?? id]));
		return this.#shared.get(`people/${product}`, ask, signal);
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
