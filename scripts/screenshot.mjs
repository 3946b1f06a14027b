import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageExtension } from './lib/package.mjs';
import { root } from './lib/paths.mjs';
import { command } from './lib/prepare.mjs';

// Writes media/screenshot.png: the practice accounts, with the first board of the first workspace open.
await command(async () => {
	await packageExtension({ anySize: true });
	const { openWindow } = await import('../test/ui/rig/window.ts');
	const window = await openWindow({ size: { width: 1400, height: 900 } });
	try {
		await window.openView();
		await unfold(window);
		mkdirSync(join(root, 'media'), { recursive: true });
		const path = join(root, 'media', 'screenshot.png');
		await window.page.screenshot({ path });
		console.log(path);
	} finally {
		await window.close();
	}
});

async function unfold(window) {
	await widenSideBar(window.page);
	const account = await firstBelow(window, []);
	const workspace = await firstBelow(window, account);
	const board = await firstBelow(window, workspace, hasMoreBelow(window, workspace));
	for (const column of await below(window, board)) await window.expand(...board, column.label);
	await window.page.mouse.move(900, 450);
	await window.rows();
}

/** The documents of a workspace stand above its boards, so that its first board has columns that open in turn. */
function hasMoreBelow(window, workspace) {
	return async ({ label }) => {
		const inside = await below(window, [...workspace, label]);
		return inside.length > 1 && inside.every(({ expanded }) => expanded !== undefined);
	};
}

async function firstBelow(window, path, accepts = async () => true) {
	for (const row of await below(window, path)) {
		if (row.expanded !== undefined && (await accepts(row))) return [...path, row.label];
		if (path.length > 0 && row.expanded !== undefined) await window.collapse(...path, row.label);
	}
	throw new Error(`Nothing to open below '${path.join(' › ')}'`);
}

async function below(window, path) {
	return path.length > 0 ? window.children(...path) : window.children();
}

async function widenSideBar(page) {
	const side = await page.locator('.part.sidebar').boundingBox();
	await page.mouse.move(side.x + side.width + 1, 450);
	await page.mouse.down();
	await page.mouse.move(620, 450, { steps: 5 });
	await page.mouse.up();
}
