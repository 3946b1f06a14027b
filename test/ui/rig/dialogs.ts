import type { Locator, Page } from 'playwright-core';

/** Quick picks, input boxes, notifications and modal dialogs. */
export interface Dialogs {
	/** Runs a command from the palette by its full title, such as 'Boardwalk: Add Account'. */
	run(title: string): Promise<void>;
	/** Chooses the entry with this label in the quick pick; several labels tick them and accept. */
	pick(...labels: string[]): Promise<void>;
	/** The labels that the open quick pick offers. */
	picks(): Promise<string[]>;
	/** Types into the input box and accepts. `prompt` waits for the box that says it. */
	type(text: string, prompt?: string): Promise<void>;
	/** Waits for a notification that contains `text`. */
	notification(text: string): Promise<Locator>;
	notifications(): Promise<string[]>;
	/** Presses a button of the notification that contains `text`. */
	answer(text: string, button: string): Promise<void>;
	/** Presses a button of the modal dialog; returns what the dialog said. */
	confirm(button: string): Promise<string>;
}

export function dialogsOf(page: Page): Dialogs {
	const widget = page.locator('.quick-input-widget:visible');
	const entries = widget.locator('.quick-input-list .monaco-list-row');
	const toasts = page.locator('.notifications-toasts .notification-list-item');
	const notification = async (text: string) => {
		const toast = toasts.filter({ hasText: text }).first();
		await toast.waitFor();
		return toast;
	};
	return {
		run: async (title) => {
			// The palette offers what is known when it opens; an extension may be a moment late.
			for (let tries = 1; !(await offers(page, title)); tries++) {
				const offered = (await labelsOf(entries)).slice(0, 5).join(' | ');
				if (tries > 8) throw new Error(`The palette has no '${title}'; it offers: ${offered}`);
				await page.keyboard.press('Escape');
			}
			await entry(entries, title).click();
		},
		pick: async (...labels) => {
			for (const label of labels) await entry(entries, label).click();
			if (labels.length > 1) await widget.getByRole('button', { name: 'OK' }).click();
		},
		picks: async () => {
			await entries.first().waitFor();
			return labelsOf(entries);
		},
		type: async (text, prompt) => {
			const box = prompt ? widget.filter({ hasText: prompt }) : widget;
			await box.locator('.quick-input-box input').fill(text);
			await page.keyboard.press('Enter');
		},
		notification,
		notifications: () => toasts.locator('.notification-list-item-message').allInnerTexts(),
		answer: async (text, button) => {
			await (await notification(text)).getByRole('button', { name: button }).click();
		},
		confirm: async (button) => {
			const dialog = page.locator('.monaco-dialog-box');
			await dialog.waitFor();
			const said = await dialog.locator('.dialog-message-container').innerText();
			await dialog.getByRole('button', { name: button }).click();
			await dialog.waitFor({ state: 'detached' });
			return said;
		},
	};
}

async function offers(page: Page, title: string): Promise<boolean> {
	await page.keyboard.press('F1');
	await page.locator('.quick-input-widget:visible input').first().fill(`>${title}`);
	const found = entry(page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row'), title);
	return found.waitFor({ timeout: 1500 }).then(
		() => true,
		() => false,
	);
}

function entry(entries: Locator, label: string): Locator {
	const exact = new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
	return entries.filter({ has: entries.page().locator('.label-name', { hasText: exact }) }).first();
}

function labelsOf(entries: Locator): Promise<string[]> {
	return entries.locator('.quick-input-list-label .label-name').allInnerTexts();
}
