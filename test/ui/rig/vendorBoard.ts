import assert from 'node:assert/strict';
import type { CardDetail, Cards } from '../../../src/core/cards.ts';
import type { Values } from '../../../src/core/form.ts';
import type { Card, Column } from '../../../src/core/model.ts';
import { allItems } from '../../../src/core/page.ts';
import type { Provider } from '../../../src/core/provider.ts';
import { openPractice, signal } from '../../support/session.ts';
import type { Window } from './window.ts';

/** The titles of cards, by the names of their columns. */
export type Lists = Readonly<Record<string, readonly string[]>>;

/** A board at its vendor, as somebody else sees and changes it. */
export interface VendorBoard {
	/** The names of the accounts' line, the workspace and the board: its path in the tree. */
	readonly path: readonly [account: string, workspace: string, board: string];
	/** Where the sandbox's own control of this vendor is. */
	readonly origin: string;
	columns(): Promise<readonly string[]>;
	lists(): Promise<Lists>;
	/** All that is known of the first card with this title. */
	look(title: string): Promise<CardDetail>;
	comments(title: string): Promise<readonly string[]>;
	edit(title: string, values: Values): Promise<void>;
	/** How many requests other than for reading came so far. */
	writes(): Promise<number>;
	/** Puts a card behind all others of a column. */
	move(title: string, column: string): Promise<void>;
}

export async function boardAtVendor(
	{ sandbox }: Window,
	provider: Provider,
	[workspaceName, boardName]: readonly [string, string],
): Promise<VendorBoard> {
	const address = (sandbox?.about[provider.id] ?? {}) as Readonly<Record<string, unknown>>;
	const { session } = await openPractice(provider, address);
	const { boards, cards } = session;
	assert.ok(boards && cards);
	const workspace = named(await allItems(await session.workspaces(signal()), signal()), workspaceName);
	const board = named(await allItems(await boards.list(workspace, signal()), signal()), boardName);
	const columnsNow = async () => {
		session.forget();
		return boards.columns(board, signal());
	};
	const listsNow = async () => {
		const list = async (column: Column) =>
			[column.name, await allItems(await boards.cards(column, signal()), signal())] as const;
		return Promise.all((await columnsNow()).map(list));
	};
	const find = async (title: string) => {
		const found = (await listsNow()).flatMap(([, list]) => list).find((card) => card.title === title);
		assert.ok(found, `“${title}” is not at the vendor`);
		return found;
	};
	const { origin } = new URL(String(address['url']));
	return {
		path: [provider.label, workspaceName, boardName],
		origin,
		writes: async () => {
			const asked = (await (await fetch(`${origin}/-/requests`)).json()) as { method: string }[];
			return asked.filter(({ method }) => method !== 'GET').length;
		},
		columns: async () => (await columnsNow()).map(({ name }) => name),
		lists: async () =>
			Object.fromEntries((await listsNow()).map(([name, list]) => [name, list.map(({ title }) => title)])),
		look: async (title) => cards.look(await find(title), signal()),
		comments: async (title) => textsOf(cards, await find(title)),
		edit: async (title, values) => {
			await cards.editing?.edit(await find(title), values, signal());
		},
		move: async (title, column) => {
			const to = (await columnsNow()).find(({ name }) => name === column);
			assert.ok(to);
			const last = (await allItems(await boards.cards(to, signal()), signal())).at(-1);
			await cards.moving?.move(await find(title), to, last?.id, signal());
		},
	};
}

async function textsOf({ comments }: Cards, card: Card): Promise<readonly string[]> {
	assert.ok(comments);
	const items = await allItems(await comments.list(card, signal()), signal());
	return items.map(({ text }) => ('text' in text ? text.text : text.html.replaceAll(/<[^>]*>/g, '')));
}

function named<T extends { readonly name: string }>(things: readonly T[], name: string): T {
	const found = things.find((thing) => thing.name === name);
	assert.ok(found, `${name} is not at the vendor`);
	return found;
}
