import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { allow, applicationOf, control, pageAfter, signIn } from './rig/consent.ts';
import { openWindow, type Window } from './rig/window.ts';

const reader = fileURLToPath(new URL('./fixtures/reader', import.meta.url));
const day = 24 * 60 * 60 * 1000;
/** Milliseconds for a test with a second window, on a computer that has other things to do. */
const twoWindows = 240_000;
const board = ['Harbour renewal', 'Delivery'];

describe('an account and the Accounts menu', () => {
	let window: Window;

	const signedIn = async (others: readonly string[] = []) => {
		window = await openWindow({ sandboxAside: true, env: { BOARDWALK_SANDBOX: undefined }, others });
		await window.openView();
		await signIn(window);
	};
	afterEach(() => window?.close());

	it('is given to another extension once the person has clicked Allow, in VS Code’s own words', async () => {
		await signedIn([reader]);
		await window.run('Reader: Read ProjectPlace');
		await dialog(window, 'accounts-consent');
		const said = await window.confirm('Allow');
		assert.match(said, /The extension 'Reader' wants to sign in using ProjectPlace\./);
		await choice(window);
		assert.ok((await window.picks()).includes('Quayside'));
		await window.screenshot('accounts-choice');
		await window.pick('Quayside');
		await readerHasToken(window);
		await window.screenshot('accounts-allowed');
		// From now on nobody is asked.
		await window.run('Reader: Look Whether It May Read ProjectPlace');
		await readerHasToken(window);
	});

	it('is not given to an extension that the person does not allow it to', async () => {
		await signedIn([reader]);
		await window.run('Reader: Read ProjectPlace');
		await window.confirm('Cancel');
		await window.notification('Reader got nothing: User did not consent to login.');
		await window.run('Reader: Read ProjectPlace');
		await window.confirm('Allow');
		await choice(window);
		await window.page.keyboard.press('Escape');
		await window.notification('Reader got nothing: User did not consent to account access');
		await window.run('Reader: Look Whether It May Read ProjectPlace');
		await window.notification('Reader has no session.');
	});

	it('is signed out in every window by signing out there', async () => {
		await signedIn([reader]);
		await window.run('Reader: Read ProjectPlace');
		await window.confirm('Allow');
		await window.pick('Quayside');
		await readerHasToken(window);
		const other = await window.another();
		await other.openView();
		await other.row('Quayside');
		assert.deepEqual(await other.accountsMenu.list(), ['Quayside (ProjectPlace)']);

		assert.ok((await window.accountsMenu.open('Quayside (ProjectPlace)')).includes('Sign Out'));
		await window.screenshot('accounts-menu');
		await window.accountsMenu.press('Sign Out');
		await dialog(window, 'accounts-sign-out');
		const said = await window.confirm('Sign Out');
		assert.match(said, /The account 'Quayside' has been used by:\s+Reader/);
		for (const one of [window, other]) {
			await one.gone('Quayside');
			await one.page.getByText('No project tool is connected yet.').waitFor();
			assert.deepEqual(await one.accountsMenu.list(), []);
		}
		await window.screenshot('accounts-signed-out');
		await window.run('Reader: Look Whether It May Read ProjectPlace');
		await window.notification('Reader has no session.');
	}).timeout(twoWindows);

	it('goes by its new name there, in every window, and by no other', async () => {
		await signedIn();
		const other = await window.another();
		await other.openView();
		await other.row('Quayside');
		assert.deepEqual(await other.accountsMenu.list(), ['Quayside (ProjectPlace)']);
		assert.deepEqual(await window.accountsMenu.list(), ['Quayside (ProjectPlace)']);
		await rename(window, 'Quayside', 'Our harbour');
		for (const one of [window, other]) {
			await one.row('Our harbour');
			assert.deepEqual(await one.accountsMenu.list(), ['Our harbour (ProjectPlace)']);
		}
	});

	it('keeps its name, its place and its open tree when it is signed in again', async () => {
		await signedIn();
		await addRobot(window);
		await rename(window, 'Quayside', 'Our harbour');
		await window.menu(['Our harbour'], 'Move Account Down');
		await below(window, 'Our harbour', 'Quayside (2)');
		await window.expand('Our harbour', ...board);
		await window.row('Our harbour', ...board, 'Review');
		const before = await window.rows();
		const other = await window.another();
		await other.openView();
		await other.expand('Our harbour', ...board);

		await control(applicationOf(window), 'clock', { forward: 130 * day });
		for (const one of [window, other]) {
			await one.run('Boardwalk: Refresh All Accounts');
			await one.page.getByText('ProjectPlace did not accept the credentials of Our harbour.').waitFor();
			await describes(one, 'Our harbour', 'sign in again · ProjectPlace');
		}
		await window.screenshot('accounts-refused');
		assert.deepEqual((await window.accountsMenu.list()).sort(), [
			'Our harbour (ProjectPlace)',
			'Quayside (2) (ProjectPlace)',
		]);

		await window.menu(['Our harbour'], 'Sign In Again…');
		await window.screenshot('accounts-again');
		await allow(await pageAfter(window, () => window.pick('Sign in')));
		for (const one of [window, other]) {
			await describes(one, 'Our harbour', 'ProjectPlace');
			await one.row('Our harbour', ...board, 'Review');
		}
		await window.screenshot('accounts-again-done');
		assert.deepEqual(await window.rows(), before);
	}).timeout(twoWindows);

	for (const kind of ['html', '503'] as const) {
		it(`is not marked "sign in again" while the vendor’s answer is a ${kind === 'html' ? 'proxy’s page' : '503'}`, async () => {
			await signedIn();
			const vendor = applicationOf(window);
			await window.expand('Quayside', ...board);
			// So that the token has to be renewed in the middle of it.
			await control(vendor, 'clock', { forward: 31 * day });
			for (const pattern of ['POST /oauth2/access_token', '*']) {
				await control(vendor, 'faults', { pattern, kind });
				await window.run('Boardwalk: Refresh All Accounts');
				await window.page.locator('.sidebar').getByText(failure[kind]).waitFor();
				await window.screenshot(`accounts-${kind}-${pattern.length}`);
				await describes(window, 'Quayside', 'ProjectPlace');
			}
			await control(vendor, 'faults');
			await window.run('Boardwalk: Refresh All Accounts');
			await window.row('Quayside', ...board, 'Review');
		});
	}
});

const failure = {
	html: /answered with a web page/,
	'503': /gave no usable answer|has a problem of its own/,
};

/** What Reader got works at the vendor. */
async function readerHasToken(window: Window): Promise<void> {
	await window.type(applicationOf(window).url, 'Where is ProjectPlace?');
	const toast = await window.notification(
		'Reader has a token of 36 characters for Quayside; ProjectPlace answers 200.',
	);
	await toast.hover();
	await toast.locator('.codicon-notifications-clear').click();
	await toast.waitFor({ state: 'detached' });
}

/** Waits for VS Code to ask which account it is to be. */
async function choice(window: Window): Promise<void> {
	await window.page.getByText("The extension 'Reader' wants to access a ProjectPlace account").waitFor();
}

async function dialog(window: Window, screenshot: string): Promise<void> {
	await window.page.locator('.monaco-dialog-box').waitFor();
	await window.screenshot(screenshot);
}

async function rename(window: Window, from: string, to: string): Promise<void> {
	await window.menu([from], 'Rename Account…');
	await window.type(to, 'The name is yours alone');
	await window.row(to);
}

/** A second account of the same vendor. */
async function addRobot(window: Window): Promise<void> {
	const { url, clientCredentials } = applicationOf(window);
	await window.run('Boardwalk: Add Account…');
	await window.pick('ProjectPlace');
	await window.pick('Robot (OAuth 2)');
	await window.type(clientCredentials.clientId, 'Client ID');
	await window.type(clientCredentials.clientSecret, 'Client secret');
	await window.pick('Server address');
	await window.type(url, 'Leave it as it is');
	await window.pick('Sign in');
	await window.row('Quayside (2)');
}

/** Waits until one account stands below another. */
async function below(window: Window, lower: string, upper: string): Promise<void> {
	const rows = window.page.locator('.sidebar .monaco-list-row[aria-level="1"]');
	await rows.filter({ hasText: upper }).and(window.page.locator('[data-index="0"]')).waitFor();
	await rows.filter({ hasText: lower }).and(window.page.locator('[data-index="1"]')).waitFor();
}

/** Waits for what stands behind an account's name. */
async function describes(window: Window, account: string, words: string): Promise<void> {
	const line = await window.row(account);
	await line.locator('.label-description', { hasText: new RegExp(`^${words}$`) }).waitFor();
}
