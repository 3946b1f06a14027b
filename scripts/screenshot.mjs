import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageExtension } from './lib/package.mjs';
import { root } from './lib/paths.mjs';
import { command } from './lib/prepare.mjs';

const sideBarEnd = 535;
const workspace = ['ProjectPlace', 'Harbour renewal'];
const document = [...workspace, 'Documents', 'README.md'];
const columns = ['Backlog', 'Review'].map((name) => [...workspace, 'Delivery', name]);

// Writes media/screenshot.png: the practice accounts, with a board of the first and a document of the same workspace open.
await command(async () => {
	await packageExtension({ anySize: true });
	const { openWindow } = await import('../test/ui/rig/window.ts');
	const settings = { 'workbench.colorTheme': 'Default Light Modern' };
	const window = await openWindow({ size: { width: 1400, height: 900 }, settings });
	try {
		await window.openView();
		await widenSideBar(window.page);
		// The last of the practice accounts: before it the tree still grows.
		await window.row('CoreData');
		for (const column of columns) await window.expand(...column);
		await openDocument(window);
		mkdirSync(join(root, 'media'), { recursive: true });
		const path = join(root, 'media', 'screenshot.png');
		await window.page.screenshot({ path });
		console.log(path);
	} finally {
		await window.close();
	}
});

async function openDocument(window) {
	await window.expand(...document.slice(0, -1));
	await (await window.row(...document)).click();
	await window.page.locator('.tab.active', { hasText: 'README.md' }).waitFor();
	await window.run('Markdown: Open Preview');
	await window.webview().getByRole('heading').first().waitFor();
	await window.rows();
}

async function widenSideBar(page) {
	const side = await page.locator('.part.sidebar').boundingBox();
	await page.mouse.move(side.x + side.width + 1, 450);
	await page.mouse.down();
	await page.mouse.move(sideBarEnd, 450, { steps: 5 });
	await page.mouse.up();
}
