import { withoutSecrets } from '../core/redaction.ts';

type Authorize = (request: Request) => Request | Promise<Request>;

/** How many values are remembered: those of a few requests, as credentials may be renewed while one is under way. */
const most = 16;

/** What requests showed a server to prove who sends them. Some servers say back everything they were sent. */
export class ShownCredentials {
	#values: readonly string[] = [];

	/** Authorises a request and notes what stands for it in its headers and its address. */
	async noting(request: Request, authorize: Authorize): Promise<Request> {
		const before = new Set(partsOf(request));
		const authorised = await authorize(request);
		const own = partsOfHeader(authorised.headers.get('authorization') ?? '');
		const added = [...own, ...partsOf(authorised).filter((part) => !before.has(part))];
		this.#values = [...new Set([...added, ...this.#values])].slice(0, most);
		return authorised;
	}

	/** A server's words without any of it. */
	hiddenIn(words: string): string {
		return withoutSecrets(this.#values)(words);
	}
}

function partsOf({ url, headers }: Request): string[] {
	return [...new URL(url).searchParams.values(), ...[...headers.values()].flatMap(partsOfHeader)];
}

/** A value, and what stands in it behind a scheme. */
function partsOfHeader(value: string): string[] {
	const [, scheme = '', rest = value] = /^(\w+) (.+)$/.exec(value) ?? [];
	switch (scheme.toLowerCase()) {
		case 'basic': {
			const pair = decoded(rest);
			const at = pair.indexOf(':');
			return [value, rest, pair, pair.slice(0, at), pair.slice(at + 1)];
		}
		case 'oauth':
			return [
				value,
				...[...rest.matchAll(/oauth_(?:token|verifier|signature)="([^"]*)"/g)].map(([, own = '']) =>
					decodeURIComponent(own),
				),
			];
		default:
			return [value, rest, rest.slice(rest.lastIndexOf(':') + 1)];
	}
}

function decoded(base64: string): string {
	try {
		return new TextDecoder().decode(Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0)));
	} catch {
		return base64;
	}
}
