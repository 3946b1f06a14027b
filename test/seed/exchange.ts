import type { ProviderError } from '../../src/core/errors.ts';
import type { Provider, Session } from '../../src/core/provider.ts';
import type { ServerOptions } from '../../src/sandbox/server.ts';
import type { TestVendor } from '../support/sandbox.ts';
import type { Expected } from './answers.ts';
import type { Answered, Raw, Sent } from './sent.ts';

/** A vendor's document of the seed, as `/work/shared/seeds` holds it. */
export interface SeedDocument {
	readonly provider: Provider;
	/** What the document is called. */
	readonly title: string;
	/** How many exchanges it shows: each request with each of its answers. The table must not have fewer. */
	readonly documented: number;
	/** What the path of every request follows; the sandbox's `address.url` without it. */
	base?(address: Address): string;
	/** The credentials of the practice account, and other headers that every request shows; names in lower case. */
	headers(address: Address): Readonly<Record<string, string>>;
	/** Whether a request only asks; those of GET do. A provider may send such ones besides. */
	reads?(request: Pick<Sent, 'method' | 'url' | 'body'>): boolean;
	readonly options?: ServerOptions;
	readonly settings?: Readonly<Record<string, string>>;
}

type Address = Readonly<Record<string, unknown>>;

/** One fresh sandbox. */
export interface Practice {
	readonly server: TestVendor;
	readonly address: Address;
	readonly base: string;
	/** Sends a request with the credentials of the practice account. */
	ask(raw: Raw): Promise<Answered>;
}

/** One exchange of a document; made by `exchange`, which knows what `given` gives. */
export interface Exchange<Given = unknown> {
	/** The request as the document heads it, such as `PATCH /projects/{id}/archive`. */
	readonly request: string;
	/** What tells it from the others with this request and status, such as `blank name` or the pointers. */
	readonly about?: string;
	/** Finds or makes what the request is about on a fresh sandbox: ids of its own data. Not part of the exchange. */
	given?(practice: Practice): Given | Promise<Given>;
	/** The request as it is shown, with the sandbox's own ids. */
	send(given: Given, practice: Practice): Raw;
	readonly status: number;
	/** Headers of the answer, by names in lower case. */
	readonly headers?: Readonly<Record<string, string | RegExp>>;
	/** What the document shows of the answer: plain JSON for refusals, `documented(…)` for successes; undefined is empty. */
	answer(given: Given, practice: Practice): Expected;
	/** How the provider sends that very request. */
	readonly provider: Sends<Given> | SendsNever<Given>;
}

export interface Sends<Given> {
	/** Does with the session what sends it. What was done before does not count, `given` included. */
	run(session: Session, given: Given, practice: Practice): Promise<unknown>;
	/** Checks what people get of a success: what `run` returned, or what the session then shows. */
	gets?(result: unknown, session: Session, given: Given, practice: Practice): void | Promise<void>;
	/** What people get of a refusal; without `fields` none is named. */
	readonly refused?: Refusal;
	/**
	 * Names of parameters of the query that the provider sends besides, such as those for pages; they stand in the table. Of the
	 * answer to them only the status is compared.
	 */
	readonly besides?: readonly string[];
}

export interface Refusal {
	/** `Refused` without it. */
	readonly as?: new (
		...parameters: never[]
	) => ProviderError;
	/** The fields that its problems name, in their order. */
	readonly fields?: readonly string[];
	/** What the sentence for the person must hold. */
	readonly says?: RegExp;
}

export interface SendsNever<Given> {
	/** Why the provider never sends it, in a few words. */
	readonly never: string;
	/** Asks the provider for it nevertheless: it must refuse before anything is sent. Left out where there is no way to ask. */
	run?(session: Session, given: Given, practice: Practice): Promise<unknown>;
	/** The fields that its problems name, in their order. */
	readonly fields?: readonly string[];
}

/** Ties the types of one exchange together, and forgets them. */
export function exchange<Given = undefined>(one: Exchange<Given>): Exchange {
	return one;
}
