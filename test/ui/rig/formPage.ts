import type { Locator } from 'playwright-core';
import type { Window } from './window.ts';

/** The page of a form in its tab. */
export interface FormPage {
	readonly frame: ReturnType<Window['webview']>;
	field(label: string): Locator;
	/** Sends it by the keyboard, from the field that has the focus. */
	send(): Promise<void>;
	/** Waits until its tab is closed, because it was sent or left. */
	closed(): Promise<void>;
	leave(): Promise<void>;
}

/** Waits until the form is there. */
export async function openForm(window: Window, title: string): Promise<FormPage> {
	const frame = window.webview();
	const tab = window.page.locator(`.tab[aria-label="${title}"]`);
	await frame.getByRole('heading', { level: 1, name: title }).waitFor();
	const closed = () => tab.waitFor({ state: 'detached' });
	return {
		frame,
		field: (label) => frame.locator('input, textarea').and(frame.getByLabel(label)).first(),
		send: () => frame.locator('boardwalk-form :focus').press('Control+Enter'),
		closed,
		leave: async () => {
			await frame.getByRole('button', { name: 'Cancel' }).click();
			await window.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Leave' }).click();
			await closed();
		},
	};
}
