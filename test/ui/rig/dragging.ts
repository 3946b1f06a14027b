import type { Locator } from 'playwright-core';

/** Lets files of the operating system fall on an element, as a file manager does it. */
export async function dropFiles(target: Locator, files: Readonly<Record<string, string>>): Promise<void> {
	const page = target.page();
	const dataTransfer = await page.evaluateHandle((contents) => {
		const transfer = new DataTransfer();
		for (const [name, text] of Object.entries(contents)) transfer.items.add(new File([text], name));
		return transfer;
	}, files);
	for (const event of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(event, { dataTransfer });
}

/** Drags one element onto another with the mouse; the editor wants to see it move more than once. */
export async function drag(from: Locator, to: Locator): Promise<void> {
	const { mouse } = from.page();
	await from.hover();
	await mouse.down();
	await to.hover();
	await to.hover({ position: { x: 20, y: 8 } });
	await mouse.up();
}
