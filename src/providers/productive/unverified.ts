import type { Refused } from '../../core/errors.ts';
import type { RichText } from '../../core/model.ts';
import { isLoopback } from '../../core/server.ts';

/**
 * What no source of the vendor confirms, in one place, each with the reason for doubt. The numbers are those of our
 * reference's sections.
 */

/** What an answer says of the limit that it counted against. */
export interface Announced {
	readonly remaining: number;
	readonly limit: number;
}

/** §1.3: only `X-RateLimit-Reset` is documented, beside a 429; the usual two beside it are read where they come. */
export function announcedBy(headers: Headers): Announced | undefined {
	const [remaining, limit] = ['remaining', 'limit'].map((name) => headers.get(`x-ratelimit-${name}`)?.trim() ?? '');
	return [remaining, limit].every((text) => /^\d+$/.test(text ?? ''))
		? { remaining: Number(remaining), limit: Number(limit) }
		: undefined;
}

/** §11: the bucket is fixed in the vendor's text and not in its answers; the sandbox has one of its own beside its API. */
export function bucketOf(server: string): string {
	const url = new URL(server);
	return isLoopback(url) ? `${url.origin}/bucket` : 'https://productive-files-production.s3.eu-west-1.amazonaws.com';
}

/** §11, from one client alone: files are on hosts of the vendor that take the token as a parameter. No other host gets it. */
export function takesToken(url: URL, server: string): boolean {
	return (
		url.origin === new URL(server).origin || (url.protocol === 'https:' && /(^|\.)productive\.io$/.test(url.hostname))
	);
}

/** §11: that step 3 wants the `Location` of the bucket's answer, which is XML. */
export function storedAt(answer: unknown, bucket: string, key: string): string {
	const location = typeof answer === 'string' ? /<Location>([^<]+)<\/Location>/.exec(answer)?.[1] : undefined;
	return location?.replaceAll('&amp;', '&') ?? `${bucket}/${encodeURIComponent(key)}`;
}

/** §4.1 calls a project's description a string and does not say whether it may hold HTML, as a task's does. */
export function descriptionOf(text: string | null | undefined): RichText | undefined {
	if (!text) {
		return undefined;
	}
	return /<[a-z]+[\s>/]/i.test(text) ? { html: text } : { text };
}

/** §13: which of the vendor's two forms of web addresses leads on to the other is not known; this one is in two clients. */
export function webAddress(organization: string, kind: 'projects' | 'tasks', id: string): string {
	return `https://app.productive.io/${organization}/${kind}/${id}`;
}

/** §3.3: what the numbers and words of `person_type` mean changed, so contacts are told apart by `is_user`. */
export function mayManage(person: {
	readonly is_user?: boolean | null;
	readonly deactivated_at?: string | null;
}): boolean {
	return person.is_user !== false && !person.deactivated_at;
}

/** §10.3: what a page without text is; both of the vendor's guides show only pages with some. */
export const emptyPage = JSON.stringify({ type: 'doc', content: [{ type: 'paragraph' }] });

/** §10.3: `markdown` is required for a new page, and whether an empty text will do is not said. */
export function isEmptyRefused({ problems }: Refused): boolean {
	return problems.some(({ field }) => field === 'markdown');
}

/** What a new page holds where it must hold something. */
export function headedPage(title: string): string {
	return `# ${title.replaceAll(/[\\`*_[\]<]/g, String.raw`\$&`)}\n`;
}

/** §14, names in documents: the guide names the parts of a table only in HTML, so they may be called as ProseMirror's are. */
export const tableNames: Readonly<Record<string, readonly string[]>> = {
	row: ['table_row', 'table_row', 'tableRow', 'tr'],
	header: ['table_header', 'table_header', 'tableHeader', 'th'],
	cell: ['table_cell', 'table_cell', 'tableCell', 'td'],
};

/** §14: the guide shows attributes only in HTML; of the tree only `level` and `href` were seen in a client. The page's own come first. */
export const attributeNames = {
	level: ['level'],
	start: ['start', 'order'],
	language: ['language', 'lang', 'codeblock-language', 'codeblockLanguage', 'codeblock_language'],
	checked: ['checked', 'state'],
	src: ['src', 'url', 'href'],
	alt: ['alt', 'name'],
	title: ['title'],
	href: ['href', 'url'],
} as const;

/** §8.3: a task put into another list is sorted in anew unless this is sent; that it then keeps its place until it gets one is guessed. */
export const withoutSorting = { skip_reposition: true } as const;

/** §4.2: later servers leave templates out of lists without this filter; which value says yes is guessed, and older ones refuse it. */
export const withTemplates = { 'filter[with_templates]': 'true' } as const;
