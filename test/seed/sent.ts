import { isDeepStrictEqual } from 'node:util';

/** A request as a vendor's document shows it. */
export interface Raw {
	readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** What follows the address of the practice account, with its query; or a full address. */
	readonly path: string;
	readonly json?: unknown;
	/** A form's body, where the vendor takes one; a list repeats its name. */
	readonly form?: Readonly<Record<string, string | number | readonly (string | number)[]>>;
	/** Any other body. */
	readonly text?: string;
	/** Besides the credentials; an empty value takes one of those away. */
	readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
	readonly status: number;
	readonly headers: Headers;
	/** Parsed JSON, or the text where it is none; undefined where it is empty. */
	readonly body: unknown;
}

/** A request that went out, and what came back. */
export interface Sent {
	readonly method: string;
	readonly url: URL;
	readonly body: string;
	readonly answer: Answered;
}

export async function sendRaw(
	base: string,
	raw: Raw,
	credentials: Readonly<Record<string, string>>,
): Promise<Answered> {
	const given = Object.entries({ ...typeOf(raw), ...credentials, ...lowered(raw.headers) });
	const headers = given.filter(([, value]) => value !== '');
	const body = bodyOf(raw);
	return answerOf(await fetch(addressOf(base, raw), { method: raw.method, headers, body, redirect: 'manual' }));
}

/** The same transport, noting what goes through it. */
export function recording(fetch: typeof globalThis.fetch, sent: Sent[]): typeof globalThis.fetch {
	return async (input, init) => {
		const request = new Request(input, init);
		const body = await request.clone().text();
		const response = await fetch(request);
		const answer = await answerOf(response.clone());
		sent.push({ method: request.method, url: new URL(request.url), body, answer });
		return response;
	};
}

/** Whether a request is the very one that is shown, but for headers and the parameters in `besides`. */
export function isSame(sent: Sent, base: string, raw: Raw, besides: readonly string[]): boolean {
	const url = new URL(addressOf(base, raw));
	return (
		sent.method === raw.method &&
		sent.url.origin === url.origin &&
		sent.url.pathname === url.pathname &&
		isDeepStrictEqual(pairs(sent.url.searchParams, besides), pairs(url.searchParams, besides)) &&
		isDeepStrictEqual(contentOf(sent.body, raw), contentOf(bodyOf(raw) ?? '', raw))
	);
}

/** A request in one line, for failures. */
export function lineOf({ method, url, body }: Pick<Sent, 'method' | 'url' | 'body'>): string {
	return `${method} ${decodeURIComponent(url.pathname + url.search)} ${body}`.trimEnd();
}

export function rawLine(base: string, raw: Raw): string {
	return lineOf({ method: raw.method, url: new URL(addressOf(base, raw)), body: bodyOf(raw) ?? '' });
}

function addressOf(base: string, { path }: Raw): string {
	return /^https?:/.test(path) ? path : base + path;
}

function bodyOf({ json, form, text }: Raw): string | undefined {
	return json === undefined ? (form && String(toForm(form))) || text : JSON.stringify(json);
}

function typeOf({ json, form }: Raw): Record<string, string> {
	if (json !== undefined) {
		return { 'content-type': 'application/json' };
	}
	return form ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
}

function toForm(form: NonNullable<Raw['form']>): URLSearchParams {
	const all = Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]));
	return new URLSearchParams(all);
}

function contentOf(body: string, { json, form }: Raw): unknown {
	if (json !== undefined) {
		return parsed(body);
	}
	return form ? pairs(new URLSearchParams(body), []) : body;
}

/** In no certain order of names, but in the order of one name's values. */
function pairs(parameters: URLSearchParams, without: readonly string[]): readonly string[][] {
	return [...parameters]
		.filter(([name]) => !without.includes(name))
		.toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
}

function lowered(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

async function answerOf(response: Response): Promise<Answered> {
	const { status, headers } = response;
	return { status, headers, body: parsed(await response.text()) };
}

function parsed(text: string): unknown {
	try {
		return text === '' ? undefined : JSON.parse(text);
	} catch {
		return text;
	}
}
