import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Archives } from '../../src/core/archives.ts';
import type { Entry, EntryContainer } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import { projectplace } from '../../src/providers/projectplace/index.ts';
import { openPractice, signal } from '../support/session.ts';
import { applicationOf, control } from './rig/consent.ts';
import { drag, dropFiles } from './rig/dragging.ts';
import { openWindow, type Window } from './rig/window.ts';

const folder = ['ProjectPlace', 'Harbour renewal', 'Documents', 'Minutes & decisions'];
const minutes = '2026-10-05 kick-off.txt';

describe('documents in the window', () => {
	let window: Window;
	let vendor: Vendor;
	let files: string;

	before(async () => {
		files = mkdtempSync(join(tmpdir(), 'boardwalk-ui-'));
		writeFileSync(join(files, 'Lageplan ü.txt'), 'Am Kai entlang.\n');
		window = await openWindow({ folder: files, settings: { 'files.autoSave': 'off' } });
		vendor = await vendorBehind(window);
		await window.openView();
		await window.expand(...folder);
	});
	after(async () => {
		await window?.close();
		rmSync(files, { recursive: true, force: true });
	});

	it('go up when a file of the operating system is dropped on a folder of the tree', async () => {
		await dropFiles(await window.row(...folder), { 'from outside.txt': 'dropped\n' });
		await window.notification('from outside.txt was uploaded');
		await window.row(...folder, 'from outside.txt');
		await window.screenshot('dropped');
		assert.equal(await vendor.text('from outside.txt'), 'dropped\n');
	});

	it('go up when a file of the editor is dropped on a folder of the tree', async () => {
		await window.openView('Explorer');
		await window.page.locator('.explorer-viewlet .monaco-list-row').filter({ hasText: 'Lageplan ü.txt' }).dblclick();
		const tab = window.page.locator('.tab').filter({ hasText: 'Lageplan ü.txt' });
		await tab.waitFor();
		await window.openView();
		await drag(tab, await window.row(...folder));
		await window.notification('Lageplan ü.txt was uploaded');
		assert.equal(await vendor.text('Lageplan ü.txt'), 'Am Kai entlang.\n');
	});

	it('open when they are dragged from the tree into the editor', async () => {
		const editor = window.page.locator('.part.editor');
		await drag(await window.row(...folder, 'from outside.txt'), editor);
		await window.page.locator('.tab').filter({ hasText: 'from outside.txt' }).waitFor();
	});

	it('are edited and saved in place', async () => {
		await open(minutes);
		await append('Next: Tuesday.');
		await save();
		await saved(minutes);
		await window.screenshot('saved');
		assert.match(await vendor.text(minutes), /Next: Tuesday\./);
	});

	it('stop a save over what has changed meanwhile, show the difference, and overwrite when told to', async () => {
		await open(minutes);
		await vendor.change(minutes, 'Present: nobody.\n');
		await append('And a second line.');
		await save();
		await window.answer('was changed at the server', 'Compare');
		await window.page.locator('.monaco-diff-editor').waitFor();
		await window.screenshot('conflict');
		await window.answer('was changed at the server', 'Overwrite as New Version');
		await saved(minutes);
		assert.match(await vendor.text(minutes), /And a second line\./);
	});

	it('are shown as interrupted when the window is reloaded while they come down, and come whole when tried again', async () => {
		const target = join(files, 'back.txt');
		await control(applicationOf(window), 'faults', { pattern: 'GET /1/documents/', kind: 'stall', at: 3 });
		await window.menu([...folder, minutes], 'Download…');
		await window.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
		await window.type(target);
		const transfer = window.page.locator('.sidebar .monaco-list-row').filter({ hasText: /3 of \d+ bytes/ });
		await transfer.waitFor();
		// VS Code keeps what it is told a moment later; nobody is quicker than this.
		await window.openView('Explorer');
		await window.openView();
		await window.reload();
		await window.openView();
		const interrupted = window.page.locator('.sidebar .monaco-list-row').filter({ hasText: 'The window was closed' });
		await interrupted.waitFor();
		await window.screenshot('interrupted');
		assert.equal(existsSync(target), false);
		await control(applicationOf(window), 'faults');
		await interrupted.click({ button: 'right' });
		await window.page.locator('.monaco-menu .action-label[aria-label="Try Transfer Again"]').hover();
		await window.page.keyboard.press('Enter');
		await window.notification('back.txt was saved.');
		assert.equal(readFileSync(target, 'utf8'), await vendor.text(minutes));
	});

	async function open(name: string): Promise<void> {
		await (await window.row(...folder, name)).click();
		await window.page.locator('.tab.active').filter({ hasText: name }).waitFor();
		await window.page.locator('.part.editor .view-line').first().waitFor();
	}

	async function append(text: string): Promise<void> {
		await window.page.locator('.part.editor .view-lines').first().click();
		await window.page.keyboard.press('Control+End');
		await window.page.keyboard.type(text);
		await window.page.locator('.tab.active.dirty').waitFor();
	}

	const save = () => window.page.keyboard.press('Control+S');

	async function saved(name: string): Promise<void> {
		await window.page.locator('.tab:not(.dirty)').filter({ hasText: name }).first().waitFor();
	}
});

/** The vendor itself, as somebody else sees and changes it. */
interface Vendor {
	text(name: string): Promise<string>;
	change(name: string, text: string): Promise<void>;
}

async function vendorBehind(window: Window): Promise<Vendor> {
	const { session } = await openPractice(projectplace, { ...applicationOf(window) });
	const { archives } = session;
	assert.ok(archives?.ofWorkspace && archives.uploading);
	const { uploading } = archives;
	const workspace = (await allItems(await session.workspaces(signal()), signal())).find(
		({ name }) => name === folder[1],
	);
	assert.ok(workspace);
	const [archive] = await archives.ofWorkspace(workspace, signal());
	const place = await named(archives, archive, folder[3]);
	return {
		text: async (name) => {
			const entry = await named(archives, place, name);
			assert.ok(entry.kind === 'document');
			return new Response((await archives.read(entry, signal())).stream).text();
		},
		change: async (name, text) => {
			const bytes = new TextEncoder().encode(text);
			const file = { name, size: bytes.length, mediaType: 'text/plain', content: () => pieces(bytes) };
			await uploading.upload(await uploading.prepare(place, signal()), file, signal());
		},
	};
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield bytes;
}

async function named(archives: Archives, place: EntryContainer | undefined, name: string | undefined): Promise<Entry> {
	assert.ok(place);
	const entries = await allItems(await archives.entries(place, signal()), signal());
	const found = entries.find((entry) => entry.name === name);
	assert.ok(found, `${name} is not in ${place.name}`);
	return found;
}
