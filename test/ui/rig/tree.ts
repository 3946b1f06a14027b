import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';

/** The tree in the side bar. A path is labels from the top, such as 'Acme', 'Boards', 'Sprint 12'. */
export interface Tree {
	/** The row at this path; its ancestors must be expanded. */
	row(...path: string[]): Promise<Locator>;
	/** Opens each row of the path in turn, waiting for its children. */
	expand(...path: string[]): Promise<void>;
	collapse(...path: string[]): Promise<void>;
	/** Opens the rows of the path and gives what stands directly below; without a path, the accounts. */
	children(...path: string[]): Promise<Row[]>;
	/** Right-clicks the row and chooses an entry of its menu. */
	menu(path: string[], entry: string): Promise<void>;
	/** The entries of the row's menu; leaves the menu closed. */
	menuOf(...path: string[]): Promise<string[]>;
	/** Waits until no row stands at this path. */
	gone(...path: string[]): Promise<void>;
	/** Presses the small button that the row shows when the mouse is over it. */
	press(path: string[], button: string): Promise<void>;
	/** The rows that are drawn, each as its level and its text. */
	rows(): Promise<Row[]>;
	/** Goes to the row at this path with keys alone, opening its ancestors; the tree must have the focus. */
	goTo(...path: string[]): Promise<void>;
	/** Of the rows that are drawn, those two levels below the path, by the label of what they stand in; opens nothing. */
	lists(...path: string[]): Promise<Record<string, string[]>>;
}

export interface Row {
	readonly index: number;
	readonly level: number;
	readonly label: string;
	readonly text: string;
	readonly expanded: boolean | undefined;
}

const patience = 30_000;

export function treeOf(page: Page): Tree {
	// The views of transfers and of one's own cards are trees beside it.
	const list = page.locator(
		'.sidebar .monaco-list:has([role="treeitem"]):not([aria-label="Transfers"]):not([aria-label="My Cards"])',
	);
	const drawn = list.locator('.monaco-list-row[role="treeitem"]');

	const rows = () => drawn.evaluateAll(readRows);

	/** Rows move while others load: these stayed where they were for a moment. */
	const settledRows = async () => {
		for (let before = await rows(); ; ) {
			await delay(150);
			const now = await rows();
			if (JSON.stringify(now) === JSON.stringify(before)) return now;
			before = now;
		}
	};

	/** Moves the list by so many notches of the wheel, each two or three rows, whatever distance an event names. */
	const turnWheel = async (notches: number) => {
		await list.hover();
		for (let notch = 0; notch < Math.abs(notches); notch++) await page.mouse.wheel(0, Math.sign(notches) * 100);
	};

	/** A long tree draws only what fits: looks through it from the top, as a user scrolls. */
	const scrollTo = async (path: string[]) => {
		const seen = new Map<number, Row>();
		if (!(await list.evaluate(overflows))) return undefined;
		await turnWheel(-100);
		for (;;) {
			const now = await settledRows();
			const fresh = now.filter(({ index }) => !seen.has(index));
			for (const each of now) seen.set(each.index, each);
			const found = follow(
				[...seen.values()].sort((a, b) => a.index - b.index),
				path,
			);
			if (found && now.includes(found)) return found;
			if (fresh.length === 0) return undefined;
			await turnWheel(5);
		}
	};

	const row = async (...path: string[]) => {
		const until = Date.now() + patience;
		for (;;) {
			const settled = await settledRows();
			const found = follow(settled, path) ?? (await scrollTo(path));
			if (found) return list.locator(`.monaco-list-row[role="treeitem"][data-index="${found.index}"]`);
			if (Date.now() > until) throw new Error(`No row '${path.join(' › ')}' in the tree:\n${outline(settled)}`);
		}
	};

	const gone = async (...path: string[]) => {
		const until = Date.now() + patience;
		while (follow(await settledRows(), path)) {
			if (Date.now() > until) throw new Error(`'${path.join(' › ')}' is still in the tree`);
		}
	};

	/** Rows move while others load, so each look is at the path, not at the place. */
	const open = async (path: string[]) => {
		for (const until = Date.now() + patience; ; ) {
			const found = await row(...path);
			const isLoading = (await found.locator('.codicon-tree-item-loading').count()) > 0;
			const isOpen = (await found.getAttribute('aria-expanded')) !== 'false';
			if (isOpen && !isLoading) return;
			if (!isOpen && !isLoading) await found.locator('.monaco-tl-twistie').click();
			if (Date.now() > until) throw new Error(`'${path.join(' › ')}' does not open`);
		}
	};

	const expand = async (...path: string[]) => {
		for (let depth = 1; depth <= path.length; depth++) await open(path.slice(0, depth));
	};

	const openMenu = async (path: string[]) => {
		await (await row(...path)).click({ button: 'right' });
		const menu = page.locator('.monaco-menu');
		await menu.waitFor();
		return menu;
	};

	const lists = async (...path: string[]) => {
		const now = await settledRows();
		const open = childrenOf(now, follow(now, path)).filter(({ expanded }) => expanded);
		const labels = open.map((list) => [list.label, childrenOf(now, list).map(({ label }) => label)] as const);
		return Object.fromEntries(labels);
	};

	const focused = list.locator('.monaco-list-row.focused[role="treeitem"]');

	const goTo = async (...path: string[]) => {
		await page.keyboard.press('Home');
		for (const [depth, label] of path.entries()) {
			const wanted = focused.and(page.locator(`[aria-level="${depth + 1}"]`)).filter({ hasText: label });
			for (let steps = 0; !(await wanted.count()); steps++) {
				if (steps > 80) throw new Error(`The keys do not lead to '${path.slice(0, depth + 1).join(' › ')}'`);
				await page.keyboard.press('ArrowDown');
			}
			if (depth === path.length - 1) return;
			if ((await wanted.getAttribute('aria-expanded')) === 'false') await page.keyboard.press('ArrowRight');
			await focused.and(page.locator('[aria-expanded="true"]')).waitFor();
			await list.locator('.codicon-tree-item-loading').waitFor({ state: 'detached' });
			await settledRows();
		}
	};

	return {
		rows: settledRows,
		lists,
		goTo,
		row,
		gone,
		expand,
		collapse: async (...path) => {
			const found = await row(...path);
			if ((await found.getAttribute('aria-expanded')) === 'true') await found.locator('.monaco-tl-twistie').click();
		},
		children: async (...path) => {
			await drawn.first().waitFor();
			await expand(...path);
			const now = await settledRows();
			return childrenOf(now, follow(now, path));
		},
		menu: async (path, entry) => {
			const menu = await openMenu(path);
			await menu.locator(`.action-label[aria-label="${entry}"]`).hover();
			// A menu that has just opened ignores the mouse button.
			await page.keyboard.press('Enter');
			await menu.waitFor({ state: 'detached' });
		},
		menuOf: async (...path) => {
			const menu = await openMenu(path);
			const entries = await menu.locator('.action-label:not(.separator)').allInnerTexts();
			await page.keyboard.press('Escape');
			return entries.map((entry) => entry.trim()).filter(Boolean);
		},
		press: async (path, button) => {
			const found = await row(...path);
			await found.hover();
			await found.locator(`.actions .action-label[aria-label^="${button}"]`).click();
		},
	};
}

/** Runs in the page. */
function overflows(list: Element): boolean {
	const content = list.querySelector('.monaco-list-rows');
	return content !== null && content.clientHeight > list.clientHeight;
}

/** Runs in the page. */
function readRows(elements: Element[]): Row[] {
	return elements
		.map((element) => ({
			index: Number(element.getAttribute('data-index')),
			level: Number(element.getAttribute('aria-level')),
			label: element.querySelector('.label-name')?.textContent ?? '',
			text: element.querySelector('.monaco-tl-contents')?.textContent ?? '',
			expanded: element.hasAttribute('aria-expanded') ? element.getAttribute('aria-expanded') === 'true' : undefined,
		}))
		.sort((a, b) => a.index - b.index);
}

/** The row that the labels lead to, each among the children of the one before. */
function follow(rows: Row[], path: string[]): Row | undefined {
	let parent: Row | undefined;
	for (const label of path) {
		parent = childrenOf(rows, parent).find((row) => row.label === label);
		if (!parent) return undefined;
	}
	return parent;
}

function childrenOf(rows: Row[], parent: Row | undefined): Row[] {
	if (!parent) return rows.filter((row) => row.level === 1);
	const below = rows.filter((row) => row.index > parent.index);
	const end = below.findIndex((row) => row.level <= parent.level);
	return below.slice(0, end < 0 ? undefined : end).filter((row) => row.level === parent.level + 1);
}

function outline(rows: Row[]): string {
	return rows.map((row) => `${'  '.repeat(row.level)}${row.text}`).join('\n');
}
