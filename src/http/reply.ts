/** An answer that was read whole. */
export interface Reply {
	readonly status: number;
	readonly headers: Headers;
	/** Parsed JSON, or the text where it is none; undefined where it is empty. */
	readonly body: unknown;
}

/** What the vendor and the account are called in messages. */
export interface Names {
	readonly vendor: string;
	readonly account: string;
}

export interface Explanation {
	/** What it comes to; without it the status decides. */
	readonly kind?: 'signIn' | 'notAllowed' | 'notFound' | 'tooMany' | 'refused' | 'failed';
	/** The vendor's own words, for the person. */
	readonly reason?: string;
	/** Problems by the vendor's own field names; providers translate them to form fields. */
	readonly problems?: readonly { readonly field?: string; readonly message: string }[];
	readonly until?: Date;
}

/**
 * Reads bodies inside the attempt that asked, so that an answer cut off half-way is a failed attempt like any other. The
 * text is kept beside the response: making a body of it again, only to read it once more, costs as much as parsing it.
 */
export class Replies {
	readonly #texts = new WeakMap<Response, string>();

	async buffer(response: Response): Promise<Response> {
		const { headers } = response;
		// A browser hides a redirect that is not followed behind status 0.
		const status = response.type === 'opaqueredirect' ? 302 : response.status;
		const text = await response.text();
		// What fails is read by the library that repeats requests; it wants a body.
		const bodiless = response.ok || withoutBody.has(status);
		const whole = new Response(bodiless ? null : text, { status, headers });
		this.#texts.set(whole, text);
		return whole;
	}

	async read(response: Response): Promise<Reply> {
		const text = this.#texts.get(response) ?? (await response.text());
		const { status, headers } = response;
		return { status, headers, body: parse(text) };
	}
}

const withoutBody = new Set([204, 205, 304]);

export function parse(text: string): unknown {
	if (text === '') {
		return undefined;
	}
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

export function looksLikeWebPage({ headers, body }: Pick<Reply, 'headers' | 'body'>): boolean {
	return typeof body === 'string' && (isPage(headers) ? body.includes('<') : /^\s*<(!doctype|html)/i.test(body));
}

/** Whether an answer calls itself a web page, for those who do not see its body. */
export function isPage(headers: Headers): boolean {
	return /html/i.test(headers.get('content-type') ?? '');
}

/**
 * Whether the vendor itself refused credentials that were sent under an authorisation scheme. A proxy or a network that
 * wants people to sign in answers 401 with a page of its own, in the vendor's place; a vendor whose refusal is a page asks
 * for the scheme that was used.
 */
export function refusesCredentials(reply: Reply, scheme: string | undefined): boolean {
	return reply.status === 401 && (!looksLikeWebPage(reply) || asksFor(reply.headers, scheme));
}

function asksFor(headers: Headers, scheme: string | undefined): boolean {
	const challenges = (headers.get('www-authenticate') ?? '').toLowerCase().split(',');
	return scheme !== undefined && challenges.some((one) => one.trim().split(' ')[0] === scheme.toLowerCase());
}

/** The scheme in an Authorization header. */
export function schemeOf(authorization: string | null): string | undefined {
	return authorization?.split(' ')[0];
}
