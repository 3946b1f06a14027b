import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openForm } from './rig/formPage.ts';
import { openWindow, type Window } from './rig/window.ts';

const card = /^(?!Load more|No ).+/;

describe('the window', () => {
	let window: Window;
	let folder: string;

	before(async () => {
		folder = mkdtempSync(join(tmpdir(), 'boardwalk-ui-'));
		mkdirSync(join(folder, 'plans'));
		writeFileSync(join(folder, 'Lageplan ü.txt'), 'Am Kai entlang.\n');
		writeFileSync(join(folder, 'second.txt'), 'two\n');
		window = await openWindow({ folder });
		await window.openView();
		await window.row('CoreData');
	});
	after(async () => {
		await window?.close();
		rmSync(folder, { recursive: true, force: true });
	});

	it('shows five accounts, each with its vendor’s name and picture', async () => {
		const rows = await window.rows();
		assert.deepEqual(
			rows.map(({ label }) => label),
			['ProjectPlace', 'Productive', 'Beebole', 'Planbox', 'CoreData'],
		);
		assert.ok(rows.every(({ text }) => text.includes('practice')));
	});

	it('opens by clicking down to a card and tells more when one points at it', async () => {
		await window.expand('ProjectPlace', 'Harbour renewal', 'Delivery', 'Review');
		const rows = await window.rows();
		const at = rows.findIndex(({ label }) => label === 'Review');
		const first = rows[at + 1];
		assert.ok(first && first.level === 5 && card.test(first.label), JSON.stringify(rows));
		await (await window.row('ProjectPlace', 'Harbour renewal', 'Delivery', 'Review', first.label)).hover();
		const tooltip = window.page.locator('.monaco-hover:visible');
		await tooltip.filter({ hasText: 'Agreed with' }).waitFor();
		await window.screenshot('card');
	});

	it('opens documents of an archive, folder by folder', async () => {
		await window.expand('ProjectPlace', 'Harbour renewal', 'Documents', 'Pictures');
		await (await window.row('ProjectPlace', 'Harbour renewal', 'Documents', 'Pictures', 'Site plan.png')).waitFor();
	});

	it('offers at each line what can be done there and nothing else', async () => {
		const column = await window.menuOf('ProjectPlace', 'Harbour renewal', 'Delivery', 'Review');
		assert.ok(column.includes('Rename Column…'), column.join());
		assert.ok(!column.some((entry) => /Upload|Create Project|Download/.test(entry)), column.join());
		const account = await window.menuOf('ProjectPlace');
		for (const entry of [
			'Create Project…',
			'Show Account Information',
			'Rename Account…',
			'Sign In Again…',
			'Sign Out…',
		]) {
			assert.ok(account.includes(entry), account.join());
		}
	});

	it('renames a column from its context menu', async () => {
		await window.menu(['ProjectPlace', 'Harbour renewal', 'Delivery', 'Doing'], 'Rename Column…');
		await window.type('In Arbeit');
		await window.row('ProjectPlace', 'Harbour renewal', 'Delivery', 'In Arbeit');
		await window.screenshot('renamed');
	});

	it('renames the selected column with F2 and puts it back with Escape', async () => {
		await (await window.row('ProjectPlace', 'Harbour renewal', 'Delivery', 'Backlog')).click();
		await window.page.keyboard.press('F2');
		const box = window.page.locator('.quick-input-widget:visible input');
		await box.waitFor();
		assert.equal(await box.inputValue(), 'Backlog');
		await window.page.keyboard.press('Escape');
		await window.row('ProjectPlace', 'Harbour renewal', 'Delivery', 'Backlog');
	});

	it('uploads two files by right-click from the Explorer', async () => {
		await window.openView('Explorer');
		const explorer = window.page.locator('.explorer-viewlet .monaco-list-row');
		await explorer.filter({ hasText: 'Lageplan ü.txt' }).click();
		await explorer.filter({ hasText: 'second.txt' }).click({ modifiers: ['ControlOrMeta'] });
		await explorer.filter({ hasText: 'second.txt' }).click({ button: 'right' });
		const menu = window.page.locator('.monaco-menu');
		await menu.locator('.action-label[aria-label="Upload to Boardwalk…"]').hover();
		await window.screenshot('explorer-menu');
		await window.page.keyboard.press('Enter');
		await window.pick('ProjectPlace');
		await window.pick('Harbour renewal');
		await window.pick('Documents');
		await window.pick('Pictures');
		await window.pick('Put it here');
		await window.notification('2 files were uploaded to Pictures.');
		await window.screenshot('uploaded');
		await window.openView();
		await window.expand('ProjectPlace', 'Harbour renewal', 'Documents', 'Pictures');
		await window.row('ProjectPlace', 'Harbour renewal', 'Documents', 'Pictures', 'Lageplan ü.txt');
	});

	it('downloads the file again, the same byte for byte', async () => {
		await window.menu(['ProjectPlace', 'Harbour renewal', 'Documents', 'Pictures', 'Lageplan ü.txt'], 'Download…');
		// The dialogue puts its proposal into the box once it has read the folder.
		await window.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'second.txt' }).waitFor();
		await window.type(join(folder, 'back.txt'));
		await window.notification('back.txt was saved.');
		assert.equal(readFileSync(join(folder, 'back.txt'), 'utf8'), 'Am Kai entlang.\n');
	});

	it('opens a picture of an archive in the editor', async () => {
		await (await window.row('ProjectPlace', 'Harbour renewal', 'Documents', 'Pictures', 'Site plan.png')).click();
		await window.page.locator('.tab').filter({ hasText: 'Site plan.png' }).waitFor();
		await window.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame').locator('img').waitFor();
		await window.screenshot('picture');
	});

	it('creates a project at CoreData with the vendor’s own fields', async () => {
		await (await window.row('ProjectPlace')).locator('.monaco-tl-twistie').click();
		await window.expand('CoreData');
		await window.menu(['CoreData', 'Harbour renewal'], 'Create Project…');
		const form = await openForm(window, 'New project in Harbour renewal');
		await form.field('Due date').fill('2027-03-31');
		await form.field('Responsible people').press('ArrowDown');
		await form.frame.getByRole('option').filter({ hasText: 'Lindqvist' }).first().click();
		await form.send();
		await form.frame.getByText('Title is needed.').waitFor();
		await form.frame.locator('#field-title:focus').waitFor();
		await window.screenshot('form-problem');
		await form.field('Title').fill('Quay lights');
		await window.screenshot('form');
		await form.send();
		await form.closed();
		await window.notification('Quay lights was created in CoreData.');
		await window.answer('Quay lights was created', 'Show');
		await window.row('CoreData', 'Harbour renewal', 'Quay lights');
	});

	it('examines the connection of an account and reports the next steps', async () => {
		await window.menu(['ProjectPlace'], 'Check Connection…');
		await window.notification('Copy Report Without Names');
		const report = window.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
		await report.getByRole('heading', { level: 1 }).filter({ hasText: 'ProjectPlace' }).waitFor();
		await report.getByText('Rights').first().waitFor();
		await window.screenshot('doctor');
		await window.context.grantPermissions(['clipboard-read', 'clipboard-write']);
		await window.page.getByRole('button', { name: 'Copy Report Without Names' }).click();
		await window.page.locator('.statusbar').getByText('The report was copied').waitFor();
		const copied = await window.page.evaluate('navigator.clipboard.readText()');
		assert.match(String(copied), /‹account›/);
		assert.doesNotMatch(String(copied), /127\.0\.0\.1/);
	});

	it('finds a card by its text and shows it in the tree', async () => {
		await window.run('Boardwalk: Search All Accounts…');
		const input = window.page.locator('.quick-input-widget:visible input');
		await input.fill('ferry timetable');
		await window.page
			.locator('.quick-input-list .monaco-list-row')
			.filter({ hasText: 'Plan the ferry timetable' })
			.first()
			.waitFor();
		await window.screenshot('search');
		await window.page
			.locator('.quick-input-list .monaco-list-row')
			.filter({ hasText: 'Plan the ferry timetable' })
			.first()
			.click();
		await window.page
			.locator('.sidebar .monaco-list-row.selected')
			.filter({ hasText: 'Plan the ferry timetable' })
			.waitFor();
	});
});

describe('a window without accounts', () => {
	let window: Window;
	before(async () => {
		window = await openWindow({ sandbox: false });
		await window.openView();
	});
	after(() => window?.close());

	it('welcomes with two ways to begin, and practice accounts work without anything else', async () => {
		const welcome = window.page.locator('.welcome-view-content');
		await welcome.getByRole('button', { name: 'Add account' }).waitFor();
		await window.screenshot('welcome');
		await welcome.getByRole('button', { name: 'Try with practice accounts' }).click();
		await window.row('CoreData');
		await window.expand('Planbox', 'Harbour renewal');
		await window.screenshot('practice');
	});

	it('finds them again after a reload, although their sandbox is a new one', async () => {
		await window.reload();
		await window.openView();
		await window.expand('Productive', 'Harbour renewal');
	});
});
