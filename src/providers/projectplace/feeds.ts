import { t } from '@vscode/l10n';
import * as v from 'valibot';
import { InvalidInput, NotFound } from '../../core/errors.ts';
import type { FeedGroup, Feeds } from '../../core/feeds.ts';
import { isLoopback, normaliseServer } from '../../core/server.ts';
import { unexpected } from '../../http/failures.ts';
import { isPage } from '../../http/reply.ts';
import type { Http, Names } from '../../http/request.ts';
import { type FeedReply, streamRows } from './feedRead.ts';
import type { MalformedFeed } from './feedScan.ts';
import { addressAt, isTrusted } from './host.ts';
import { portfolioRoots } from './unverified.ts';

/** The calls on ProjectPlace's OData feeds, which have a host of their own. */
export class FeedCalls {
	readonly #http: Http;
	readonly #server: string;
	readonly #names: Names;

	constructor(http: Http, server: string, names: Names) {
		this.#http = http;
		this.#server = server;
		this.#names = names;
	}

	/** The names of the tables under a root. */
	async tables(root: string, signal: AbortSignal): Promise<readonly string[]> {
		const { value } = await this.#http.json({ path: root }, tablesShape, signal);
		return value.filter(({ kind }) => kind === undefined || kind === 'EntitySet').map(({ name }) => name);
	}

	/** One reply with rows of a table. */
	async rows(address: string, signal: AbortSignal): Promise<FeedReply> {
		const response = await this.#http.stream({ path: address }, signal);
		const page = isPage(response.headers);
		if (response.status !== 200 || page || !response.body) {
			await response.body?.cancel();
			const cause = new Error(`${new URL(address).pathname}: status ${response.status}`);
			throw unexpected(this.#names, cause, page ? 'webPage' : undefined);
		}
		return { body: response.body, next: (link, later) => this.rows(this.#behind(link, address), later) };
	}

	malformed(cause: MalformedFeed): Error {
		return unexpected(this.#names, cause);
	}

	/** Another server than the vendor's has no part of a table, and must see no credentials. */
	#behind(link: string, from: string): string {
		const url = addressAt(link, from);
		if (!url || !isTrusted(url, this.#server)) {
			throw unexpected(this.#names, new Error('a table goes on at another server'));
		}
		return url.href;
	}
}

const tablesShape = v.object({
	value: v.array(v.object({ name: v.pipe(v.string(), v.nonEmpty()), kind: v.optional(v.string()) })),
});

const usualHost = 'https://odata3.projectplace.com';

/**
 * Where the feeds of an account are; `setting` is the person's own, an address or its first part. Throws `InvalidInput`
 * where it is none of the vendor's: the credentials go there.
 */
export function feedHostOf(server: string, setting: string | undefined): string {
	if (isLoopback(new URL(server))) {
		return `${server}/odata`;
	}
	const typed = setting?.trim() || usualHost;
	const host = normaliseServer(/^[a-z\d-]+$/i.test(typed) ? `${typed}.projectplace.com` : typed);
	if (host === undefined || !isTrusted(new URL(host), server)) {
		throw new InvalidInput([
			{
				message: t(
					'The setting “{0}” must be an address of ProjectPlace’s, such as {1}.',
					'boardwalk.projectplace.odataHost',
					usualHost,
				),
			},
		]);
	}
	return host;
}

/** `host` is asked at each use, so that a setting that is wrong spoils nothing else. */
export function feeds(calls: FeedCalls, host: () => string): Feeds {
	return {
		get groups() {
			return groups();
		},
		tables: ({ id }, signal) =>
			atRoot(id, async (root) => {
				const names = await calls.tables(`${host()}/${root}`, signal);
				return names.map((name) => ({ group: id, name }));
			}),
		async read(table, signal) {
			const ask = (each: AbortSignal) =>
				atRoot(table.group, (root) => calls.rows(`${host()}/${root}/${encodeURIComponent(table.name)}`, each));
			const content = async (each: AbortSignal) => ({
				stream: streamRows(await ask(each), (error) => calls.malformed(error), each),
				mediaType: 'application/json',
				// What comes over several replies has no place to take it up again.
				again: (_from: number, later: AbortSignal) => content(later),
			});
			return content(signal);
		},
	};
}

function groups(): readonly FeedGroup[] {
	return [
		{ id: 'pm', label: t('Workspace data') },
		{ id: 'am', label: t('Account data') },
		{ id: portfolioRoots[0], label: t('Portfolio data') },
	];
}

/** Asks under the root of a group, and where that has another name, under that. */
async function atRoot<T>(group: string, ask: (root: string) => Promise<T>): Promise<T> {
	const [usual, other] = portfolioRoots;
	try {
		return await ask(group);
	} catch (error) {
		if (group === usual && error instanceof NotFound) {
			return ask(other);
		}
		throw error;
	}
}
