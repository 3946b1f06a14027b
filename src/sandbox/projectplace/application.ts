import type { Context, Hono } from 'hono';
import { authorizationCode } from './credentials.ts';
import { encode } from './oauth1.ts';
import { html, page, refusalPage } from './pages.ts';

/** The application that people sign in through, with the addresses that they may be sent to afterwards. */
export interface Application {
	/** Addresses must be equal to the letter. */
	isRegistered(address: string): boolean;
}

export const notRegistered = (address: string): string =>
	`The redirect address ${address || '(none)'} is not registered for this application. Add exactly this address under Settings, Developer, Applications.`;

/**
 * Adds the page where people register redirect addresses, Settings → Developer → Applications. What the vendor's own page
 * looks like is not known.
 */
export function applicationOf(
	app: Hono,
	formOf: (c: Context) => Promise<Readonly<Record<string, string>>>,
): Application {
	const addresses = new Set(authorizationCode.redirectUris);
	const path = '/settings/applications';
	app.get(path, (c) => {
		const items = [...addresses].map((address) => `<li><code>${html(address)}</code>`);
		const form =
			'<form method=post><label>Redirect address <input name=redirect_uri type=url required></label> <button>Add</button></form>';
		return page(
			c,
			'Applications',
			`<p>Boardwalk, key <code>${authorizationCode.clientId}</code></p><h2>Redirect addresses</h2><ul>${items.join('')}</ul>${form}`,
		);
	});
	app.post(path, async (c) => {
		const { redirect_uri = '' } = await formOf(c);
		// As it goes into a header: signs of ASCII alone, and no fragment.
		if (!URL.parse(redirect_uri) || !/^[!"$-~]+$/.test(redirect_uri)) {
			return refusalPage(c, `${redirect_uri} is no complete, encoded address without a fragment.`);
		}
		addresses.add(redirect_uri);
		return c.redirect(path, 303);
	});
	return { isRegistered: (address) => addresses.has(address) };
}

/** An address with more parameters behind those it has. */
export function extended(address: string, parameters: Readonly<Record<string, string>>): string {
	const more = Object.entries(parameters).map(([name, value]) => `${name}=${encode(value)}`);
	return `${address}${address.includes('?') ? '&' : '?'}${more.join('&')}`;
}
