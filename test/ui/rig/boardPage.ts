import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Frame, Locator } from 'playwright-core';
import type { Lists, VendorBoard } from './vendorBoard.ts';
import type { Window } from './window.ts';

/** A board's page in its tab, and the board's lines in the tree, driven as a person would. */
export interface BoardPage {
	readonly frame: ReturnType<Window['webview']>;
	/** The first card with this title, anywhere or in one lane. */
	card(title: string, lane?: string): Locator;
	lane(name: string): Locator;
	/** What the page shows: the titles of cards by the names of their lanes. */
	lists(): Promise<Lists>;
	/** What its lines in the tree show. */
	inTree(): Promise<Lists>;
	/** Drags a card with the mouse to the top (0), or below so many cards, of a lane. */
	drag(from: Locator, lane: string, below: number): Promise<void>;
	/** Chooses an entry of a card's menu. */
	menu(card: Locator, entry: string): Promise<void>;
	press(...keys: string[]): Promise<void>;
	/** Waits until it is read out. */
	said(text: string | RegExp): Promise<void>;
	/** What has the focus in the page, as a screen reader would name it. */
	focused(): Promise<string>;
	/** Waits until that has the focus. */
	gotFocus(name: RegExp): Promise<void>;
	/** Waits until nothing is on its way, and page, tree and vendor show the same. Returns what they show. */
	agree(): Promise<Lists>;
}

/** Opens the board from its line in the tree with the mouse, with all its columns open there. */
export async function openBoard(window: Window, vendor: VendorBoard): Promise<BoardPage> {
	const { path } = vendor;
	await openColumns(window, vendor);
	await window.press([...path], 'Open Board');
	const board = boardPageOf(window, vendor);
	await shown(board, vendor);
	return board;
}

/** Waits until the page shows the board with its cards. */
export async function shown({ frame }: BoardPage, { path }: VendorBoard): Promise<void> {
	await frame.getByRole('heading', { level: 1, name: path[2] }).waitFor();
	await frame.locator('[role=option]').first().waitFor();
}

export async function openColumns(window: Window, vendor: VendorBoard): Promise<void> {
	for (const column of await vendor.columns()) await window.expand(...vendor.path, column);
}

export function boardPageOf(window: Window, vendor: VendorBoard): BoardPage {
	const frame = window.webview();
	const { page } = window;
	const lane = (name: string) =>
		frame.locator('boardwalk-lane').filter({ has: frame.locator('h2', { hasText: name }) });
	const lists = async () => Object.fromEntries(await frame.locator('boardwalk-lane').evaluateAll(readLanes));
	const focused = async () => {
		const focus = frame.locator(':focus').first();
		return (await focus.count())
			? focus.evaluate((element) => (element.getAttribute('aria-label') ?? element.textContent ?? '').trim())
			: '';
	};
	return {
		frame,
		lane,
		lists,
		inTree: () => treeLists(window, vendor),
		card: (title, name) =>
			(name === undefined ? frame.locator('body') : lane(name))
				.locator('[role=option]')
				.filter({ has: frame.locator('.title', { hasText: title }) })
				.first(),
		drag: async (from, name, below) => {
			const list = lane(name).locator('.list');
			const cards = lane(name).locator('[role=option]');
			const last = below > 0 ? await cards.nth(below - 1).boundingBox() : undefined;
			const box = await list.boundingBox();
			assert.ok(box);
			const y = last ? last.y + last.height + 2 : box.y + 4;
			await from.hover();
			await page.mouse.down();
			await page.mouse.move(box.x + 40, y + 30, { steps: 4 });
			await page.mouse.move(box.x + 50, y, { steps: 4 });
			await page.mouse.up();
		},
		menu: async (card, entry) => {
			await card.click({ button: 'right' });
			const menu = page.locator('.monaco-menu');
			await menu.locator(`.action-label[aria-label="${entry}"]`).hover();
			await page.keyboard.press('Enter');
			await menu.waitFor({ state: 'detached' });
		},
		press: async (...keys) => {
			for (const key of keys) await page.keyboard.press(key);
		},
		said: (text) => frame.getByRole('status').filter({ hasText: text }).first().waitFor({ state: 'attached' }),
		focused,
		gotFocus: async (name) => {
			for (const until = Date.now() + 15_000; !name.test(await focused()); await delay(100)) {
				assert.ok(Date.now() < until, `The focus is on “${await focused()}” and not on ${name}`);
			}
		},
		agree: () => agreement(window, vendor, frame, lists),
	};
}

async function agreement(
	window: Window,
	vendor: VendorBoard,
	frame: BoardPage['frame'],
	lists: () => Promise<Lists>,
): Promise<Lists> {
	await frame.locator('[aria-busy=true]').first().waitFor({ state: 'detached', timeout: 60_000 });
	for (const until = Date.now() + 15_000; ; await delay(200)) {
		const [page, tree, server] = await Promise.all([lists(), treeLists(window, vendor), vendor.lists()]);
		const same = [page, tree].every((one) => JSON.stringify(one) === JSON.stringify(server));
		if (!same && Date.now() < until) continue;
		assert.deepEqual(page, server, 'the page and the vendor differ');
		assert.deepEqual(tree, server, 'the tree and the vendor differ');
		assert.equal(await frame.locator('.notice.warning').count(), 0, 'the page says that it may differ');
		return server;
	}
}

/** An empty column has one line that says so. */
async function treeLists(window: Window, { path }: VendorBoard): Promise<Lists> {
	const { Documents: _, ...lists } = await window.lists(...path);
	const isCard = (label: string) => !/^No .* here$/.test(label);
	return Object.fromEntries(Object.entries(lists).map(([name, labels]) => [name, labels.filter(isCard)]));
}

/** Runs in the page. */
function readLanes(lanes: Element[]): [string, string[]][] {
	return lanes.map((lane) => {
		const cards = [...lane.querySelectorAll('[role=option]')];
		const at = (card: Element) => Number(card.getAttribute('aria-posinset'));
		const titles = cards
			.sort((a, b) => at(a) - at(b))
			.map((card) => card.querySelector('.title')?.textContent?.trim() ?? '');
		return [lane.querySelector('h2')?.textContent?.trim() ?? '', titles];
	});
}

/** The frame of the webview that is open, for what a locator can't do. */
export async function frameOf({ page }: Window): Promise<Frame> {
	const outer = await (await page.locator('iframe.webview.ready:visible').elementHandle())?.contentFrame();
	const inner = await (await outer?.locator('iframe#active-frame').elementHandle())?.contentFrame();
	assert.ok(inner);
	return inner;
}
