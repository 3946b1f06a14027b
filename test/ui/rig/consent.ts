import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Window } from './window.ts';

interface Keys {
	readonly clientId: string;
	readonly clientSecret: string;
}

/** What the sandbox says of ProjectPlace: where it is, and the application that people sign in through. */
export interface Application {
	readonly url: string;
	readonly authorizationCode: Keys;
	/** A robot's. */
	readonly clientCredentials: Keys;
}

const intoEditor = { returning: 'By itself, into this editor' };

export function applicationOf({ sandbox }: Window): Application {
	return sandbox?.about['projectplace'] as Application;
}

/** From the palette to the vendor's page, which opens in a tab of its own. `returning` is left as proposed where undefined. */
export async function startSignIn(
	from: Window,
	{ way = 'In the browser', returning }: { way?: string; returning?: string } = intoEditor,
): Promise<Page> {
	const { url, authorizationCode } = applicationOf(from);
	await from.run('Boardwalk: Add Account…');
	await from.pick('ProjectPlace');
	await from.pick(way);
	await from.type(authorizationCode.clientId, 'Application key');
	await from.type(authorizationCode.clientSecret, 'Application secret');
	if (way === 'In the browser') {
		await from.type(url, 'Subdomain');
	} else {
		await from.pick('Server address');
		await from.type(url, 'Server address');
	}
	if (returning) {
		await from.pick('How the browser comes back');
		await from.pick(returning);
	}
	return pageAfter(from, () => from.pick('Sign in'));
}

/** The vendor's page, which something opens in a tab of its own. */
export async function pageAfter({ context }: Window, run: () => Promise<void>): Promise<Page> {
	const page = context.waitForEvent('page');
	await run();
	const opened = await page;
	await opened.waitForLoadState();
	return opened;
}

/** Registers the address that the vendor refuses, as its page says, and asks for the consent again. */
export async function register(page: Page): Promise<Page> {
	const asked = page.url();
	const redirect = new URL(asked).searchParams.get('redirect_uri') ?? '';
	await page.getByRole('link', { name: 'Applications' }).click();
	await page.getByLabel('Redirect address').fill(redirect);
	await page.getByRole('button', { name: 'Add' }).click();
	await page.goto(asked);
	return page;
}

/** The account "Quayside", as a person adds it. */
export async function signIn(window: Window): Promise<void> {
	await allow(await startSignIn(window));
	await window.row('Quayside');
}

/** Clicks Allow on the vendor's page, after registering the address there. */
export async function allow(page: Page): Promise<void> {
	const consent = await register(page);
	await consent.getByRole('button', { name: 'Allow' }).click();
}

/** What was asked of the vendor so far at an address, as the sandbox saw it. */
export async function requestsTo({ url }: Application, line: string): Promise<number> {
	const requests = (await (await fetch(`${url}/-/requests`)).json()) as { method: string; path: string }[];
	return requests.filter(({ method, path }) => `${method} ${path}` === line).length;
}

/** Sets the sandbox's own control, as `control.ts` there describes it. */
export async function control({ url }: Application, what: string, body?: unknown): Promise<void> {
	const init = body === undefined ? { method: 'DELETE' } : { method: 'POST', body: JSON.stringify(body) };
	const answer = await fetch(`${url}/-/${what}`, init);
	assert.ok(answer.ok, await answer.text());
}
