import type { Page } from 'playwright-core';

/** VS Code's own menu of accounts, behind the person at the bottom of the activity bar. */
export interface AccountsMenu {
	/** The accounts it lists, each as "NAME (VENDOR)"; leaves it closed. */
	list(): Promise<string[]>;
	/** Opens it, and beside it what can be done with one account. Gives these entries; leaves it open. */
	open(account: string): Promise<string[]>;
	/** Presses one of the entries that `open` gave. */
	press(entry: string): Promise<void>;
}

export function accountsMenuOf(page: Page): AccountsMenu {
	const icon = page.locator('.activitybar .action-label[aria-label^="Accounts"]');
	const menu = page.locator('.monaco-menu').first();
	const beside = page.locator('.monaco-submenu');

	const openMenu = async () => {
		// What is in it is asked for when the mouse first comes near; until then it says "Loading...".
		await icon.hover();
		for (;;) {
			await icon.click();
			await menu.locator('.action-label').first().waitFor();
			const entries = await wordsOf(menu.locator('.action-label'));
			if (!entries.includes('Loading...')) return entries;
			await closeMenu();
		}
	};
	const closeMenu = async () => {
		await page.keyboard.press('Escape');
		await menu.waitFor({ state: 'detached' });
	};
	const open = async (account: string) => {
		await openMenu();
		await menu.locator(`.action-label[aria-label="${account}"]`).hover();
		await page.keyboard.press('ArrowRight');
		await beside.waitFor();
		return wordsOf(beside.locator('.action-label'));
	};
	return {
		list: async () => {
			const entries = await openMenu();
			await closeMenu();
			return entries.filter((entry) => entry.endsWith(')'));
		},
		open,
		press: async (entry) => {
			await beside.locator(`.action-label[aria-label="${entry}"]`).hover();
			await page.keyboard.press('Enter');
			await menu.waitFor({ state: 'detached' });
		},
	};
}

async function wordsOf(labels: ReturnType<Page['locator']>): Promise<string[]> {
	const words = await labels.allInnerTexts();
	return words.map((word) => word.trim()).filter(Boolean);
}
