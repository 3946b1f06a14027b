import type * as v from 'valibot';
import { NotFound } from '../../core/errors.ts';
import { Changes } from '../../core/findings.ts';
import type { SessionIo, SignInIo } from '../../core/provider.ts';
import { limited } from '../../http/limits.ts';
import { type Call, Http, type Names, type Query } from '../../http/request.ts';
import {
	askedRelations,
	demandRelations,
	type Included,
	listOf,
	type Related,
	relatedIn,
	singleOf,
} from './document.ts';
import { folder } from './mapping.ts';
import { explain } from './refusals.ts';
import { Usage, windows } from './usage.ts';

export interface ApiOptions {
	readonly server: string;
	/** Sent with every request; left out only at sign-in, where it may not be known. */
	readonly organization?: string;
	readonly names: Names;
	readonly io: SignInIo & Pick<Partial<SessionIo>, 'onVerdict'>;
	readonly token: () => Promise<string>;
}

/** One page of a list: the resources, and the way to those included with them. */
export interface Listed<T> {
	readonly data: readonly T[];
	readonly related: Related;
	readonly total?: number;
	/** The number of the next page; absent on the last one. */
	readonly next?: number;
}

export interface Single<T> {
	readonly data: T;
	readonly related: Related;
}

/** A document as far as its relations go. */
interface Answer {
	readonly data: unknown;
	readonly included: Included;
}

/** The vendor accepts it on every request, those without a body too, and nothing else. */
const mediaType = 'application/vnd.api+json';
const largestPage = 200;

/** How all endpoints are asked. `folder` was called `board` before 2026; what the server understands is remembered. */
export class Api {
	/** What was sent, and what became of changes. */
	readonly usage = new Usage();
	readonly changes = new Changes();
	readonly #http: Http;
	#folderWord: 'folder' | 'board' | undefined;

	constructor({ server, organization, names, io, token }: ApiOptions) {
		this.#http = new Http({
			base: server,
			names,
			fetch: this.usage.counted(io.fetch),
			log: io.log,
			onVerdict: (accepted) => io.onVerdict?.(accepted),
			headers: {
				accept: mediaType,
				'content-type': mediaType,
				...(organization ? { 'x-organization-id': organization } : {}),
			},
			authorize: async (request) => {
				request.headers.set('x-auth-token', await token());
				return request;
			},
			limit: limited(6, windows.token, windows.organization),
			explain,
		});
	}

	/** A page of a list. */
	async list<const Shape extends v.GenericSchema>(
		path: string,
		query: Query,
		shape: Shape,
		page = 1,
		signal: AbortSignal,
		size = largestPage,
	): Promise<Listed<v.InferOutput<Shape>>> {
		const call = { path, query: { ...query, 'page[number]': page, 'page[size]': size } };
		const { data, included, links, meta } = await this.#http.json(call, listOf(shape), signal);
		const related = this.#related(call, { data, included });
		return { data, related, total: meta.total_count, next: links.next ? page + 1 : undefined };
	}

	/** One resource, asked for or written. `needed` are the relations that no such resource is without. */
	async one<const Shape extends v.GenericSchema>(
		call: Call,
		shape: Shape,
		signal: AbortSignal,
		needed: readonly string[] = [],
	): Promise<Single<v.InferOutput<Shape>>> {
		const ask = () => this.#http.json(call, singleOf(shape), signal);
		const document = await (call.method ? this.changes.watch(ask) : ask());
		const { data, included } = document as { data: v.InferOutput<Shape>; included: Included };
		return { data, related: this.#related(call, { data, included }, needed) };
	}

	#related(call: Call, document: Answer, needed: readonly string[] = []): Related {
		const unfit = (place: string, why: string) => this.#http.unfit(call, place, why);
		demandRelations(document, { asked: askedRelations(call.query?.['include']), needed }, unfit);
		return relatedIn(document.included, unfit);
	}

	/** A change that is answered with nothing. */
	async change(call: Call, signal: AbortSignal): Promise<void> {
		await this.changes.watch(() => this.#http.reply(call, signal));
	}

	/** What the server calls a folder. */
	async word(signal: AbortSignal): Promise<'folder' | 'board'> {
		return (
			this.#folderWord ??
			this.asFolders(async (word) => {
				await this.list(`/${word}s`, {}, folder, 1, signal, 1);
				return word;
			})
		);
	}

	/** Asks by the new name, and by the old one where the server does not know the new one. */
	async asFolders<T>(ask: (word: 'folder' | 'board') => Promise<T>): Promise<T> {
		const remembering = async (word: 'folder' | 'board') => {
			const answer = await ask(word);
			this.#folderWord = word;
			return answer;
		};
		if (this.#folderWord) {
			return ask(this.#folderWord);
		}
		try {
			return await remembering('folder');
		} catch (error) {
			if (error instanceof NotFound) {
				return remembering('board');
			}
			throw error;
		}
	}
}
