import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type Application, applicationOf, control, register, requestsTo, startSignIn } from './rig/consent.ts';
import { openWindow, type Window } from './rig/window.ts';

const tokens = 'POST /oauth2/access_token';
const month = 31 * 24 * 60 * 60 * 1000;

describe('the sign-in handshake in the browser', () => {
	let window: Window;
	let vendor: Application;

	beforeEach(async () => {
		window = await openWindow({ sandboxAside: true, env: { BOARDWALK_SANDBOX: undefined } });
		vendor = applicationOf(window);
		await window.openView();
	});
	afterEach(() => window?.close());

	it('leads to the tree when the person clicks Allow', async () => {
		const consent = await register(await startSignIn(window));
		await consent.screenshot({ path: await window.screenshot('handshake-waiting').then(beside('consent')) });
		await consent.getByRole('button', { name: 'Allow' }).click();
		await window.expand('Quayside', 'Harbour renewal', 'Delivery', 'Review');
		await window.screenshot('handshake-allowed');
		assert.deepEqual(await window.notifications(), []);
	});

	it('says what the vendor says of an address that is not registered, and goes on once it is', async () => {
		const page = await startSignIn(window);
		await page.getByText('is not registered for this application').waitFor();
		await register(page);
		const again = window.context.waitForEvent('page');
		await window.page.getByRole('link', { name: 'Open the page again' }).click();
		await (await again).getByRole('button', { name: 'Allow' }).click();
		await window.row('Quayside');
	});

	it('keeps what was typed and stores nothing when the person clicks Deny', async () => {
		const consent = await register(await startSignIn(window));
		await consent.getByRole('button', { name: 'Deny' }).click();
		await window.page.getByText('You did not let Boardwalk in at ProjectPlace. Nothing was stored.').first().waitFor();
		assert.ok((await window.picks()).includes('Application key'));
		await window.screenshot('handshake-denied');
		await window.page.keyboard.press('Escape');
		await window.page.getByText('No project tool is connected yet.').waitFor();
	});

	it('ignores an answer with a tampered state and still takes the right one', async () => {
		const consent = await register(await startSignIn(window));
		const answer = await allowedAddress(consent);
		await consent.goto(withParameter(answer, 'state', 'guessed'));
		await window.notification('belongs to no sign-in that is waiting');
		await window.screenshot('handshake-tampered');
		// An address of the browser's host is heard once; the wrong answer has used it up.
		await window.page.getByRole('link', { name: 'Paste the code instead' }).click();
		await window.type(answer, 'Allow Boardwalk in the browser');
		await window.row('Quayside');
	});

	it('refuses a page that was used already', async () => {
		const consent = await register(await startSignIn(window));
		const answer = await allowedAddress(consent);
		await consent.goto(answer);
		await window.row('Quayside');
		// A new address is heard, the old answer comes back with it.
		const second = await startSignIn(window);
		const heard = new URL(second.url()).searchParams.get('redirect_uri') ?? '';
		const old = new URL(answer).searchParams;
		await second.goto(`${heard}&code=${old.get('code')}&state=${old.get('state')}`);
		await window.notification('was used for a sign-in already');
	});

	it('takes a callback that arrives in the other of two windows to the one that asked', async () => {
		const other = await window.another();
		await other.openView();
		// So that the other window hears an address that this one does not.
		for (const _ of ['first', 'second']) {
			await (await startSignIn(other)).close();
			await other.answer('waiting for the browser', 'Cancel');
			await other.page.getByText('Cancelled.').waitFor();
			await other.page.keyboard.press('Escape');
		}
		const consent = await register(await startSignIn(window));
		const answer = await allowedAddress(consent);
		await consent.goto(withParameter(answer, 'vscode-reqid', '2'));
		await window.row('Quayside');
		await other.row('Quayside');
		assert.equal(await window.page.getByText('waiting for the browser').count(), 0);
	});

	it('goes on when the window is reloaded while it waits', async () => {
		const consent = await register(await startSignIn(window));
		await window.reload();
		await window.openView();
		await window.notification('waiting for the browser');
		await window.screenshot('handshake-reloaded');
		await consent.getByRole('button', { name: 'Allow' }).click();
		await window.expand('Quayside', 'Harbour renewal');
	});

	it('takes the code by hand where the browser cannot come back', async () => {
		const consent = await startSignIn(window, {});
		await window.context.route('https://oob/**', (route) => route.abort());
		const address = await allowedAddress(consent);
		await window.type('https://oob/?code=x&state=other', 'Allow Boardwalk in the browser');
		await window.page.getByText('This address belongs to another sign-in.').waitFor();
		await window.screenshot('handshake-paste');
		await window.type(address);
		await window.row('Quayside');
		assert.equal(await window.page.locator('.quick-input-widget:visible').count(), 0);
	});

	it('takes the code that OAuth 1 shows on its last page', async () => {
		const page = await startSignIn(window, { way: 'In the browser (OAuth 1)' });
		await page.getByRole('button', { name: 'Allow' }).click();
		const code = await page.locator('code').innerText();
		await window.type(code, 'Allow Boardwalk in the browser');
		await window.expand('Quayside', 'Harbour renewal', 'Delivery');
	});

	it('is forgotten after Cancel, and its page is of no use any more', async () => {
		const consent = await register(await startSignIn(window));
		await window.answer('waiting for the browser', 'Cancel');
		await window.page.getByText('Cancelled.').waitFor();
		await window.page.keyboard.press('Escape');
		await consent.getByRole('button', { name: 'Allow' }).click();
		await window.notification('belongs to no sign-in that is waiting');
	});

	it('asks the vendor for one new token when it has expired in two windows at once', async () => {
		const consent = await register(await startSignIn(window));
		await consent.getByRole('button', { name: 'Allow' }).click();
		await window.expand('Quayside');
		const other = await window.another();
		await other.openView();
		await other.expand('Quayside');
		const before = await requestsTo(vendor, tokens);
		await control(vendor, 'clock', { forward: month });
		await Promise.all([window, other].map((one) => one.run('Boardwalk: Refresh All Accounts')));
		for (const one of [window, other]) {
			await one.expand('Quayside', 'Harbour renewal', 'Delivery');
			await one.row('Quayside', 'Harbour renewal', 'Delivery', 'Review');
		}
		assert.equal((await requestsTo(vendor, tokens)) - before, 1);
	});
});

/** Clicks Allow and gives the address the vendor sends the browser to, without going there. */
async function allowedAddress(consent: Page): Promise<string> {
	const inputs = await consent
		.locator('input[type=hidden]')
		.evaluateAll((all) => all.map((one) => [one.getAttribute('name') ?? '', one.getAttribute('value') ?? '']));
	const body = new URLSearchParams([...inputs, ['decision', 'allow']] as [string, string][]);
	const answer = await fetch(consent.url().split('?')[0] ?? '', { method: 'POST', body, redirect: 'manual' });
	return answer.headers.get('location') ?? '';
}

function withParameter(address: string, name: string, value: string): string {
	const pattern = new RegExp(`([?&]${name}=)[^&]*`);
	assert.match(address, pattern);
	return address.replace(pattern, `$1${value}`);
}

function beside(name: string): (path: string) => string {
	return (path) => path.replace(/[^/]+$/, `handshake-${name}.png`);
}
