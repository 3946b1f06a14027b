import type { Context } from 'hono';
import type { Principal } from './credentials.ts';

const style =
	'body{font:1rem/1.5 system-ui;max-width:34rem;margin:4rem auto;padding:0 1rem;overflow-wrap:anywhere}button{font:inherit;padding:.4rem 1.2rem}input{font:inherit;width:100%}';

/** A page of the vendor's website; `content` is HTML. */
export function page(c: Context, title: string, content: string, status: 200 | 400 = 200): Response {
	return c.html<string>(
		`<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content="width=device-width"><title>${title} – ProjectPlace sandbox</title><style>${style}</style><p>ProjectPlace (sandbox)</p><h1>${title}</h1>${content}</html>`,
		status,
	);
}

/** A page that says why nobody is sent anywhere. */
export function refusalPage(c: Context, why: string): Response {
	return page(c, 'Not possible', `<p>${html(why)}</p><p><a href=/settings/applications>Applications</a></p>`, 400);
}

/** Asks the person; the answer comes back to the same address as `decision` beside the hidden values. */
export function consentPage(
	c: Context,
	{ name, email }: Principal,
	returnsTo: string,
	values: Readonly<Record<string, string>>,
): Response {
	const hidden = Object.entries(values).map(
		([key, value]) => `<input type=hidden name="${html(key)}" value="${html(value)}">`,
	);
	const buttons = ['Allow', 'Deny'].map(
		(word) => `<button name=decision value=${word.toLowerCase()}>${word}</button> `,
	);
	return page(
		c,
		'Allow Boardwalk?',
		`<p>Boardwalk asks to act for <b>${html(name)}</b> (${html(email)}) at Quayside: to see and change the workspaces, boards, cards and documents that ${html(name)} can.</p><p>Then you go on to <code>${html(returnsTo)}</code></p><form method=post>${[...hidden, ...buttons].join('')}</form>`,
	);
}

export const html = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
