import type { Account } from './accounts.ts';
import { applied, type BoardChange, type CardLists, cardsOf, isPlaced, touchedBy } from './boardChange.ts';
import { NotAllowed, Refused, SignInNeeded } from './errors.ts';
import { Emitter, type Event } from './event.ts';
import type { Board, Card, Column, Workspace } from './model.ts';
import type { Page } from './page.ts';
import type { Boards } from './provider.ts';
import type { Sessions } from './sessions.ts';
import { Shared } from './shared.ts';
import { abortable } from './waiting.ts';

/** Which columns look different now; undefined where it may be all of them. */
export type Touched = ReadonlySet<string> | undefined;

interface Loaded {
	readonly next: Page<Card>['next'];
	readonly total: number | undefined;
	readonly pages: number;
	/** How many cards were known when `next` and `total` were told. */
	readonly count: number;
	/** Another one whenever the column was loaded. */
	readonly serial: number;
}

/**
 * One board as this window knows it, for everything that shows it: the tree and its page draw the same lists. A change is
 * seen at once and is taken back where the vendor refuses it; what became of a write that nobody answered is looked up.
 */
export class LiveBoard {
	readonly account: Account;
	readonly workspace: Pick<Workspace, 'id' | 'name'>;
	readonly board: Board;
	readonly #sessions: Pick<Sessions, 'ready'>;
	readonly #changed = new Emitter<Touched>();
	readonly #loadedMore = new Emitter<string>();
	/** What the vendor is known to have. */
	#lists: CardLists = new Map();
	#loaded = new Map<string, Loaded>();
	/** Changes that are on their way, in their order. */
	#pending: readonly BoardChange[] = [];
	/** How many pages of each column were open, so that loading anew opens them again. */
	readonly #openPages = new Map<string, number>();
	/** Whoever comes while something loads waits for the same. */
	readonly #loading = new Shared();
	#writing: Promise<unknown> = Promise.resolve();
	/** Grows whenever everything known was dropped: what was asked for before is no longer kept. */
	#age = 0;
	/** Grows with everything that was or may have been done at the vendor: what was asked for before may not show it. */
	#written = 0;
	#serial = 0;
	/** The columns that may differ from what the vendor has. */
	readonly #doubtful = new Set<string>();
	readonly onDidChange: Event<Touched> = this.#changed.event;
	/** Told the id of a column that has more of its cards now. */
	readonly onDidLoad = this.#loadedMore.event;

	constructor(
		sessions: Pick<Sessions, 'ready'>,
		account: Account,
		workspace: Pick<Workspace, 'id' | 'name'>,
		board: Board,
	) {
		this.#sessions = sessions;
		this.account = account;
		this.workspace = workspace;
		this.board = board;
	}

	/** Whether what is shown may differ from what the vendor has: a write had no answer, and looking failed as well. */
	get isDoubtful(): boolean {
		return this.#doubtful.size > 0;
	}

	/** The ids of cards with a change on its way. */
	get pending(): ReadonlySet<string> {
		return new Set(this.#pending.flatMap(cardsOf).map(({ id }) => id));
	}

	/** The columns, in their order. */
	async columns(signal: AbortSignal): Promise<readonly Column[]> {
		return (await this.#boards(signal)).columns(this.board, signal);
	}

	/** The cards of a column as far as they are loaded, at least one page; changes on their way are in it. */
	async cards(column: Column, signal: AbortSignal): Promise<Page<Card>> {
		// Once more where everything was dropped meanwhile.
		while (!this.#loaded.has(column.id)) {
			await this.#loading.get(`first of ${column.id}`, (each) => this.#load(column, each), signal);
		}
		return this.#page(column);
	}

	/** All the cards of a column. */
	async allCards(column: Column, signal: AbortSignal): Promise<readonly Card[]> {
		await this.cards(column, signal);
		while (this.hasMore(column.id)) {
			await this.#more(column, signal);
			await this.cards(column, signal);
		}
		return this.shown(column.id) ?? [];
	}

	/** The cards of a column as they are shown now; undefined where they were not loaded. */
	shown(columnId: string): readonly Card[] | undefined {
		return this.#pending.reduce(applied, this.#lists).get(columnId);
	}

	/** The cards of a column as the vendor is known to have them, without changes on their way; undefined where not loaded. */
	known(columnId: string): readonly Card[] | undefined {
		return this.#lists.get(columnId);
	}

	/** All cards that are shown. */
	allShown(): readonly Card[] {
		return [...this.#pending.reduce(applied, this.#lists).values()].flat();
	}

	/** Whether a loaded column has more cards than are loaded. */
	hasMore(columnId: string): boolean {
		return this.#loaded.get(columnId)?.next !== undefined;
	}

	/** How many cards a loaded column has in all, where the vendor says so. */
	total(columnId: string): number | undefined {
		return this.#totalWith(columnId, this.shown(columnId)?.length ?? 0);
	}

	/** A card that is shown, by its id. */
	card(id: string): Card | undefined {
		return cardIn(this.#pending.reduce(applied, this.#lists), id);
	}

	/** A card as the vendor is known to have it, without changes on their way. */
	knownCard(id: string): Card | undefined {
		return cardIn(this.#lists, id);
	}

	/**
	 * Shows a change, sends it, and keeps it. `send` returns what it came to at the vendor, or nothing where that is the change
	 * itself; it throws `NotSent` where nothing went out. One write at a time, in the order they were asked for. After a
	 * failure the change is taken back, the vendor is asked how things stand, and the failure is thrown.
	 */
	async change(change: BoardChange, send: () => Promise<BoardChange | undefined>): Promise<void> {
		const touched = touchedBy(change, this.#pending.reduce(applied, this.#lists));
		this.#show([...this.#pending, change], change);
		const writing = this.#writing
			.catch(() => undefined)
			.then(send)
			.then((done = change) => this.#finish(change, done));
		this.#writing = writing;
		let unplaced: readonly string[];
		try {
			unplaced = await writing;
		} catch (error) {
			this.#written += 1;
			this.#show(without(this.#pending, change), change, touched);
			if (!(error instanceof NotSent)) {
				// An edit may have put the card into another column, such as by its status.
				await this.lookAfter(error, change.kind === 'replace' ? [...this.#loaded.keys()] : touched);
			}
			throw error;
		}
		if (unplaced.length > 0) {
			await this.confirm(unplaced, new AbortController().signal);
		}
	}

	/** Takes in what is known to be at the vendor. */
	take(change: BoardChange): void {
		this.#written += 1;
		const touched = touchedBy(change, this.#lists);
		this.#lists = applied(this.#lists, change);
		this.#changed.fire(new Set(touched));
	}

	/** Asks for these columns again while what is known of them stays shown, such as where the vendor orders by itself. */
	async lookAgain(columnIds: readonly string[], signal: AbortSignal): Promise<void> {
		const loaded = (await this.columns(signal)).filter(({ id }) => columnIds.includes(id) && this.#loaded.has(id));
		await Promise.all(loaded.map((column) => this.#load(column, signal)));
		columnIds.forEach((id) => this.#doubtful.delete(id));
		this.#changed.fire(new Set(columnIds));
	}

	/** The same after something was done, which stays done where looking fails: then the board is doubtful. */
	async confirm(columnIds: readonly string[], signal: AbortSignal): Promise<void> {
		try {
			await this.lookAgain(columnIds, signal);
		} catch {
			this.#doubt(columnIds);
		}
	}

	/** Says that the columns themselves are others now. */
	columnsChanged(): void {
		this.#changed.fire(undefined);
	}

	/** Drops what is known, so that whoever shows the board asks for it anew. */
	reset(): void {
		this.#age += 1;
		this.#lists = new Map();
		this.#loaded = new Map();
		this.#loading.clear();
		this.#doubtful.clear();
		this.#changed.fire(undefined);
	}

	dispose(): void {
		this.#changed.dispose();
		this.#loadedMore.dispose();
	}

	/** Returns the columns in which it is not known where its cards stand. */
	#finish(change: BoardChange, done: BoardChange): readonly string[] {
		this.#written += 1;
		const touched = touchedBy(done, this.#lists);
		const unknown = isPlaced(this.#lists, done) ? [] : touched;
		this.#lists = applied(this.#lists, done);
		this.#show(without(this.#pending, change), change, touched);
		return unknown;
	}

	/** Asks how things stand after a write that failed: it may have been done in part. Never rejects. */
	async lookAfter(error: unknown, columnIds: readonly string[]): Promise<void> {
		const { signal } = new AbortController();
		try {
			// Nothing that the session remembers is believed any more.
			(await this.#sessions.ready(this.account, signal)).forget();
			await this.lookAgain(columnIds, signal);
		} catch {
			this.#doubt(isRefusal(error) ? [] : columnIds);
		}
	}

	#doubt(columnIds: readonly string[]): void {
		columnIds.forEach((id) => this.#doubtful.add(id));
		this.#changed.fire(new Set(columnIds));
	}

	#show(pending: readonly BoardChange[], change: BoardChange, touched: readonly string[] = []): void {
		const before = this.#pending.reduce(applied, this.#lists);
		this.#pending = pending;
		this.#changed.fire(new Set([...touchedBy(change, before), ...touched]));
	}

	async #boards(signal: AbortSignal): Promise<Boards> {
		const { boards } = await this.#sessions.ready(this.account, signal);
		return boards ?? { list: empty, columns: async () => [], cards: empty };
	}

	async #load(column: Column, signal: AbortSignal): Promise<void> {
		for (const age = this.#age; age === this.#age; ) {
			const written = this.#written;
			const { cards, loaded } = await this.#ask(column, signal);
			if (loaded.pages > 1) {
				await this.#writesEnded(signal);
			}
			if (age === this.#age && written === this.#written) {
				this.#keep(column, cards, loaded);
				return;
			}
		}
	}

	/** A write on its way may have come between two pages: only when it has ended is it known whether they fit together. */
	async #writesEnded(signal: AbortSignal): Promise<void> {
		if (this.#pending.length > 0) {
			await abortable(
				this.#writing.catch(() => undefined),
				signal,
			);
		}
	}

	/** As many pages as were open. */
	async #ask(column: Column, signal: AbortSignal) {
		let page: Page<Card> = await (await this.#boards(signal)).cards(column, signal);
		let cards = page.items;
		let pages = 1;
		for (; page.next && pages < (this.#openPages.get(column.id) ?? 1); pages += 1) {
			const { total } = page;
			const later: Page<Card> = await page.next(signal);
			page = { ...later, total: later.total ?? total };
			cards = joined(cards, page.items);
		}
		return { cards, loaded: { next: page.next, total: page.total, pages } };
	}

	#keep({ id }: Column, cards: readonly Card[], loaded: Omit<Loaded, 'count' | 'serial'>): void {
		const others = cleared(this.#lists, id, cards);
		this.#lists = new Map([...this.#lists, ...others]).set(id, cards);
		this.#serial += 1;
		this.#loaded.set(id, { ...loaded, count: cards.length, serial: this.#serial });
		this.#doubtful.delete(id);
		this.#loadedMore.fire(id);
		if (others.size > 0) {
			this.#changed.fire(new Set(others.keys()));
		}
	}

	/** What is shown but for what whoever asks was given already. */
	#page(column: Column, given: ReadonlySet<string> = new Set()): Page<Card> {
		const loaded = this.#loaded.get(column.id);
		const cards = this.shown(column.id) ?? [];
		const next = async (signal: AbortSignal): Promise<Page<Card>> => {
			await this.cards(column, signal);
			// Somebody else may have opened it further meanwhile.
			if (this.#loaded.get(column.id)?.pages === loaded?.pages) {
				await this.#more(column, signal);
			}
			return this.#page(column, new Set([...given, ...cards.map(({ id }) => id)]));
		};
		return {
			items: cards.filter(({ id }) => !given.has(id)),
			total: this.total(column.id),
			next: loaded?.next && next,
		};
	}

	async #more(column: Column, signal: AbortSignal): Promise<void> {
		const key = `behind ${this.#loaded.get(column.id)?.serial} of ${column.id}`;
		await this.#loading.get(key, (each) => this.#loadMore(column, each), signal);
	}

	async #loadMore(column: Column, signal: AbortSignal): Promise<void> {
		for (let loaded = this.#loaded.get(column.id); loaded?.next; loaded = this.#loaded.get(column.id)) {
			const known: readonly Card[] = this.#lists.get(column.id) ?? [];
			const pages = loaded.pages + 1;
			if (known.length < loaded.count) {
				// Vendors count pages in cards: as one has gone, the next page would begin behind one that never came.
				this.#openPages.set(column.id, pages);
				return this.#load(column, signal);
			}
			const written = this.#written;
			const { items, next, total = this.#totalWith(column.id, known.length) } = await loaded.next(signal);
			await this.#writesEnded(signal);
			// A card of it may have been found in another column meanwhile.
			const isSame = loaded === this.#loaded.get(column.id) && known === this.#lists.get(column.id);
			if (isSame && written === this.#written) {
				this.#openPages.set(column.id, pages);
				// What was moved here meanwhile may come once more with a later page.
				this.#keep(column, joined(known, items), { next, total, pages });
				return;
			}
		}
	}

	/** How many cards a column has in all where so many of them are shown. */
	#totalWith(columnId: string, shown: number): number | undefined {
		const loaded = this.#loaded.get(columnId);
		return loaded?.total === undefined ? undefined : loaded.total + shown - loaded.count;
	}
}

/** A change that was given up before anything was sent. */
export class NotSent extends Error {}

const empty = async () => ({ items: [] });

function without(changes: readonly BoardChange[], done: BoardChange): readonly BoardChange[] {
	return changes.filter((change) => change !== done);
}

function cardIn(lists: CardLists, id: string): Card | undefined {
	for (const list of lists.values()) {
		const found = list.find((card) => card.id === id);
		if (found) {
			return found;
		}
	}
	return undefined;
}

/** The other lists that have some of these cards, without them: what moved between two questions is where it was seen last. */
function cleared(lists: CardLists, columnId: string, cards: readonly Card[]): CardLists {
	const ids = new Set(cards.map(({ id }) => id));
	const doubled = [...lists].filter(([id, list]) => id !== columnId && list.some((card) => ids.has(card.id)));
	return new Map(doubled.map(([id, list]) => [id, list.filter((card) => !ids.has(card.id))]));
}

/** What moves at the vendor while pages load may come with two of them. */
function joined(cards: readonly Card[], more: readonly Card[]): readonly Card[] {
	const ids = new Set(cards.map(({ id }) => id));
	return [...cards, ...more.filter(({ id }) => !ids.has(id))];
}

/** Whether a failure says that nothing was done. */
function isRefusal(error: unknown): boolean {
	return error instanceof SignInNeeded || error instanceof NotAllowed || error instanceof Refused;
}
