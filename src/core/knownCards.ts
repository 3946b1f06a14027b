import type { Account, Store } from './accounts.ts';
import { Emitter } from './event.ts';
import type { Board, Card, Workspace } from './model.ts';

/** A card of a board that was opened, with the way to it. Plain data, small enough to be kept. */
export interface KnownCard {
	readonly accountId: string;
	readonly workspace: Pick<Workspace, 'id' | 'name'>;
	readonly board: Pick<Board, 'id' | 'name' | 'workspaceId'>;
	/** The state is there only for cards that were seen in this window. */
	readonly card: Pick<Card, 'id' | 'key' | 'title' | 'webUrl' | 'boardId' | 'columnId' | 'status' | 'done' | 'blocked'>;
}

/** A board as it is kept over a reload: what is the same for all its cards once, and each card as a line. */
interface KeptBoard {
	readonly accountId: string;
	readonly workspace: KnownCard['workspace'];
	readonly board: KnownCard['board'];
	readonly cards: readonly KeptCard[];
}

type KeptCard = readonly [id: string, title: string, columnId: string, key: string | null, webUrl: string | null];

const storeKey = 'knownCards';
const mostBoards = 20;
const mostCards = 5_000;
/** The editor complains of extensions that keep more than half a megabyte. */
const mostKept = 2_000;
const longestKeptTitle = 120;
/** Milliseconds: a board that loads column by column is written once. */
const settling = 1_000;

/**
 * The cards of the boards that were opened last: what an id in a text may mean. Nothing is ever looked up for it. The last
 * boards outlive the window, with no more of each card than its id, title, address and where it stands.
 */
export class KnownCards {
	readonly #store: Store;
	/** The board opened last comes last. */
	readonly #boards = new Map<string, readonly KnownCard[]>();
	#index: Index | undefined;
	#writing: ReturnType<typeof setTimeout> | undefined;
	readonly #changed = new Emitter<void>();
	readonly onDidChange = this.#changed.event;

	constructor(store: Store) {
		this.#store = store;
		for (const cards of readBoards(store.get(storeKey))) {
			this.#put(cards);
		}
	}

	/** Whether there is anything to recognise. */
	get isEmpty(): boolean {
		return this.#boards.size === 0;
	}

	/** All of them, those of the board opened last first. */
	list(): readonly KnownCard[] {
		return [...this.#boards.values()].reverse().flat();
	}

	/** Takes note of a board as it was just shown, with all cards of it that are loaded. */
	note(account: Pick<Account, 'id'>, workspace: Workspace, board: Board, cards: readonly Card[]): void {
		const known = cards.slice(0, mostCards).map((card) => toKnown(account.id, workspace, board, card));
		const before = this.#boards.get(boardKey(account.id, board));
		this.#boards.delete(boardKey(account.id, board));
		this.#put(known);
		if (!isSame(before ?? [], known)) {
			this.#change();
		}
	}

	/** Drops the cards of accounts that are gone. */
	forget(isGone: (accountId: string) => boolean): void {
		const gone = [...this.#boards].filter(([, cards]) => cards[0] && isGone(cards[0].accountId));
		gone.forEach(([key]) => this.#boards.delete(key));
		if (gone.length > 0) {
			this.#change();
		}
	}

	/**
	 * The cards that a text names: `#123`, a web address, or an id as the vendor writes it. Several where boards number
	 * alike; empty where none is known. Asks nobody.
	 */
	find(text: string): readonly KnownCard[] {
		this.#index ??= indexOf(this.list());
		const named = /^#(.+)$/.exec(text)?.[1];
		if (named !== undefined) {
			const name = named.toLowerCase();
			return this.#index.byName.get(name) ?? this.#index.byId.get(name) ?? [];
		}
		const id = isAddress(text) ? undefined : this.#index.byId.get(text.toLowerCase());
		return id ?? this.#index.byAddress.get(addressOf(text)) ?? [];
	}

	/** Writes what is not written yet. */
	async keep(): Promise<void> {
		clearTimeout(this.#writing);
		this.#writing = undefined;
		await this.#store.set(storeKey, keptBoards([...this.#boards.values()]));
	}

	dispose(): void {
		if (this.#writing !== undefined) {
			void this.keep();
		}
		this.#changed.dispose();
	}

	#put(cards: readonly KnownCard[]): void {
		const [first] = cards;
		if (first) {
			this.#boards.set(boardKey(first.accountId, first.board), cards);
		}
		let count = [...this.#boards.values()].reduce((sum, one) => sum + one.length, 0);
		for (const [key, old] of this.#boards) {
			if (this.#boards.size <= mostBoards && count <= mostCards) {
				break;
			}
			this.#boards.delete(key);
			count -= old.length;
		}
	}

	#change(): void {
		this.#index = undefined;
		this.#writing ??= setTimeout(() => void this.keep(), settling);
		this.#changed.fire();
	}
}

interface Index {
	/** By the number or word people know a card by. */
	readonly byName: ReadonlyMap<string, readonly KnownCard[]>;
	readonly byId: ReadonlyMap<string, readonly KnownCard[]>;
	readonly byAddress: ReadonlyMap<string, readonly KnownCard[]>;
}

function indexOf(all: readonly KnownCard[]): Index {
	return {
		byName: grouped(all, ({ card }) => (card.key ?? card.id).replace(/^#/, '').toLowerCase()),
		byId: grouped(all, ({ card }) => card.id.toLowerCase()),
		byAddress: grouped(all, ({ card }) => card.webUrl && addressOf(card.webUrl)),
	};
}

/** By a name; the same card on two boards is one. */
function grouped(
	all: readonly KnownCard[],
	nameOf: (known: KnownCard) => string | undefined,
): ReadonlyMap<string, readonly KnownCard[]> {
	const groups = new Map<string, KnownCard[]>();
	for (const known of all) {
		const name = nameOf(known);
		const group = name ? groups.get(name) : undefined;
		if (!group && name) {
			groups.set(name, [known]);
		} else if (group && !group.some((one) => one.accountId === known.accountId && one.card.id === known.card.id)) {
			group.push(known);
		}
	}
	return groups;
}

function isAddress(text: string): boolean {
	return /^https?:\/\//i.test(text);
}

/** An address without what makes no other page of it. */
function addressOf(text: string): string {
	return URL.canParse(text) ? new URL(text).href.replace(/\/$/, '') : '';
}

function boardKey(accountId: string, { workspaceId, id }: KnownCard['board']): string {
	return JSON.stringify([accountId, workspaceId, id]);
}

function toKnown(accountId: string, workspace: Workspace, board: Board, card: Card): KnownCard {
	const { id, key, title, webUrl, boardId, columnId, status, done, blocked } = card;
	return {
		accountId,
		workspace: { id: workspace.id, name: workspace.name },
		board: { id: board.id, name: board.name, workspaceId: board.workspaceId },
		card: { id, key, title, webUrl, boardId, columnId, status, done, blocked },
	};
}

function isSame(before: readonly KnownCard[], now: readonly KnownCard[]): boolean {
	return before.length === now.length && JSON.stringify(before) === JSON.stringify(now);
}

/** As many of the boards opened last as may be kept, in their order. */
function keptBoards(boards: readonly (readonly KnownCard[])[]): readonly KeptBoard[] {
	let room = mostKept;
	const kept: KeptBoard[] = [];
	for (const cards of [...boards].reverse()) {
		const [first] = cards;
		const some = cards.slice(0, room);
		room -= some.length;
		if (first && some.length > 0) {
			const { accountId, workspace, board } = first;
			kept.unshift({ accountId, workspace, board, cards: some.map(({ card }) => toKept(card)) });
		}
	}
	return kept;
}

function toKept({ id, title, columnId, key, webUrl }: KnownCard['card']): KeptCard {
	return [id, title.slice(0, longestKeptTitle), columnId, key ?? null, webUrl ?? null];
}

/** What an earlier window kept; nothing where another version kept it otherwise. */
function readBoards(kept: unknown): readonly (readonly KnownCard[])[] {
	try {
		return (kept as readonly KeptBoard[] | undefined)?.map(fromKept) ?? [];
	} catch {
		return [];
	}
}

function fromKept({ accountId, workspace, board, cards }: KeptBoard): readonly KnownCard[] {
	return cards.map(([id, title, columnId, key, webUrl]) => ({
		accountId,
		workspace,
		board,
		card: { id, title, columnId, boardId: board.id, key: key ?? undefined, webUrl: webUrl ?? undefined },
	}));
}
