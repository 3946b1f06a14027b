import type { Locator } from 'playwright-core';
import type { Window } from './window.ts';

/** A card's own page in its tab. */
export interface CardPage {
	readonly frame: ReturnType<Window['webview']>;
	field(label: string): Locator;
	button(name: string): Locator;
	/** Waits until the page shows the card and has nothing on its way. */
	shown(title: string): Promise<void>;
	/** Waits until nothing typed is left to be saved. */
	saved(): Promise<void>;
	comments(): Promise<readonly string[]>;
}

export function cardPageOf(window: Window): CardPage {
	const frame = window.webview();
	return {
		frame,
		field: (label) => frame.locator('input, textarea').and(frame.getByLabel(label)).first(),
		button: (name) => frame.getByRole('button', { name, exact: true }),
		shown: async (title) => {
			await frame.getByRole('heading', { level: 1, name: title }).waitFor();
			await frame.locator('main[aria-busy=false]').waitFor();
		},
		saved: () => frame.getByText('Everything is saved.').waitFor(),
		comments: async () => {
			const texts = await frame.locator('.comments > li > :not(.byline)').allInnerTexts();
			return texts.map((text) => text.trim());
		},
	};
}
