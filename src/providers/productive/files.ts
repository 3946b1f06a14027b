import type { UploadFile } from '../../core/archives.ts';
import type { Send, SessionIo, SignInIo } from '../../core/provider.ts';
import { isLoopback } from '../../core/server.ts';
import { holdsContent, type PartHeaders } from '../../http/content.ts';
import { unexpected } from '../../http/failures.ts';
import { multipart } from '../../http/multipart.ts';
import { Http, type Names } from '../../http/request.ts';
import { explain } from './refusals.ts';
import { storedAt, takesToken } from './unverified.ts';

export interface FilesOptions {
	readonly server: string;
	readonly bucket: string;
	readonly names: Names;
	readonly io: SignInIo & Pick<Partial<SessionIo>, 'receive'>;
	readonly token: () => Promise<string>;
}

/** The fields a form to the bucket must hold, as the vendor signed them. */
export type Policy = Readonly<Record<string, string>>;

const redirects = 5;

/** Contents of files, which do not go through the API: up into a bucket, down from the vendor's file hosts. */
export class Files {
	readonly #options: FilesOptions;
	/** For the vendor's own addresses of files. */
	readonly #known: Http;
	/** For the bucket and signed addresses, which must see nothing of ours. */
	readonly #plain: Http;

	constructor(options: FilesOptions) {
		const { names, io } = options;
		const common = { base: '', names, fetch: io.fetch, receive: io.receive, log: io.log, headers: { accept: '*/*' } };
		this.#options = options;
		this.#known = new Http({ ...common, authorize: (request) => this.#withToken(request), explain });
		this.#plain = new Http(common);
	}

	/** Sends a file to the bucket and returns where it is. */
	async store(policy: Policy, file: UploadFile, send: Send, signal: AbortSignal): Promise<string> {
		const { bucket } = this.#options;
		const body = () => multipart([...Object.entries(policy), ['file', file]]);
		const answer = await this.#plain.upload({ path: bucket }, body, send, signal);
		return storedAt(answer.body, bucket, policy['key'] ?? '');
	}

	/** The vendor's own address sees the token; those it sends on to do not. */
	async content(url: string, headers: PartHeaders, signal: AbortSignal): Promise<Response> {
		let response = await this.#known.stream({ path: url, headers }, signal);
		for (let hop = 0, at = url; response.status >= 300; hop++) {
			await response.body?.cancel();
			at = this.#next(response, at, hop);
			response = await this.#plain.stream({ path: at, anonymous: true, headers }, signal);
		}
		if (!holdsContent(response, headers)) {
			await response.body?.cancel();
			throw unexpected(this.#options.names, new Error(`a file came with status ${response.status}`));
		}
		return response;
	}

	#next({ headers }: Response, from: string, hop: number): string {
		const to = URL.parse(headers.get('location') ?? '', from);
		if (!to || hop >= redirects || (to.protocol !== 'https:' && !isLoopback(to))) {
			throw unexpected(this.#options.names, new Error(`a file is sent on to nowhere after ${hop} times`));
		}
		return to.href;
	}

	/** On each attempt's own copy, so that no address that is logged or reported holds the token. */
	async #withToken(request: Request): Promise<Request> {
		const url = new URL(request.url);
		if (!takesToken(url, this.#options.server)) {
			return request;
		}
		url.searchParams.set('token', await this.#options.token());
		return new Request(url, request);
	}
}
