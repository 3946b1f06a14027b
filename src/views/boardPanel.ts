import * as vscode from 'vscode';
import type { Account, Accounts } from '../core/accounts.ts';
import { isPlain } from '../core/arrangement.ts';
import type { ArrangementStore } from '../core/arrangementStore.ts';
import { atTheEnd } from '../core/boardChange.ts';
import { moveCards, moveColumn } from '../core/cardMoves.ts';
import type { Changes } from '../core/changes.ts';
import { isCancellation } from '../core/errors.ts';
import type { LiveBoard, Touched } from '../core/liveBoard.ts';
import type { LiveBoards } from '../core/liveBoards.ts';
import type { Board, Card, Column, Workspace } from '../core/model.ts';
import type { Sessions } from '../core/sessions.ts';
import type { FromBoardPage, Notice, ToBoardPage } from '../pages/protocol.ts';
import { type BoardFacts, toBoardView, toCan, toLaneViews } from './boardView.ts';
import { fillPanel, type Page } from './page.ts';

/** What the pages of boards and cards work with. */
export interface PageContext {
	readonly extension: vscode.Uri;
	readonly accounts: Accounts;
	readonly sessions: Sessions;
	readonly boards: LiveBoards;
	readonly arrangements: ArrangementStore;
	readonly changes: Changes;
	readonly now: () => Date;
	/** Runs one of our commands on cards of a board, with what fits in place of a line of the tree. */
	readonly run: (command: string, live: LiveBoard | undefined, cards: readonly Card[]) => void;
	readonly report: (error: unknown, account: Account) => void;
}

/** Where a board is found again. */
export interface BoardAddress {
	readonly account: string;
	readonly workspace: Pick<Workspace, 'id' | 'name'>;
	readonly board: Board;
}

/** One board in a tab of the editor. */
export class BoardPanel {
	readonly live: LiveBoard;
	readonly #context: PageContext;
	readonly #page: Page<ToBoardPage>;
	readonly #leaving = new AbortController();
	readonly #failures = new Map<string, unknown>();
	readonly #listening: readonly { dispose(): void }[];
	#columns: readonly Column[] | undefined;
	#me: string | undefined;
	/** Whether there is a page to hear: it is gone while another tab hides it. */
	#isReady = false;
	#unfocused: string | undefined;
	/** The cards that the editor's menu was opened for. */
	#menuCards: readonly string[] = [];
	/** Whether the page says that it may differ from the vendor. */
	#isDoubtful = false;
	/** What is to be drawn with the next turn: lanes, or all. */
	#undrawn: Set<string> | 'all' | undefined;

	constructor(context: PageContext, live: LiveBoard, panel: vscode.WebviewPanel) {
		this.#context = context;
		this.live = live;
		panel.title = live.board.name;
		const address: BoardAddress = { account: live.account.id, workspace: live.workspace, board: live.board };
		const hear = (message: FromBoardPage): void => void this.#hear(message);
		this.#page = fillPanel<ToBoardPage>(panel, {
			extension: context.extension,
			page: 'board',
			address,
		});
		this.#listening = [
			panel.webview.onDidReceiveMessage(hear),
			panel.onDidChangeViewState(() => {
				this.#isReady &&= panel.visible;
			}),
			live.onDidChange((touched) => this.#changed(touched)),
			live.onDidLoad((column) => this.#draw([column])),
			context.arrangements.onDidChange(() => this.#arranged()),
			context.changes.onDidChange(() => this.#draw('all')),
			context.accounts.onDidChange(() => this.#draw('all')),
		];
		panel.onDidDispose(() => this.#dispose());
	}

	get panel(): vscode.WebviewPanel {
		return this.#page.panel;
	}

	/** The cards that the editor's menu was opened for, the one under the pointer among them. */
	cardsOfMenu(card: string): readonly Card[] {
		return this.#cards(this.#menuCards.includes(card) ? this.#menuCards : [card]);
	}

	/** Puts the page's focus on a card. */
	focus(card: string): void {
		if (this.#isReady) {
			this.#page.tell({ type: 'focus', card });
		} else {
			this.#unfocused = card;
		}
	}

	get #account(): Account {
		return this.#context.accounts.get(this.live.account.id) ?? this.live.account;
	}

	get #facts(): BoardFacts {
		const { sessions, arrangements, changes, now } = this.#context;
		const account = this.#account;
		return {
			account,
			live: this.live,
			session: sessions.peek(account),
			levels: sessions.provider(account).levels,
			arrangement: arrangements.get(account.id, this.live.board.id),
			columns: this.#columns,
			failures: this.#failures,
			me: this.#me,
			now: now(),
			undo: changes.list().findLast((done) => done.account.id === account.id && done.undo)?.label,
		};
	}

	async #hear(message: FromBoardPage): Promise<void> {
		try {
			await this.#obey(message);
		} catch (error) {
			// What was shown was taken back; the page may still hold a card where it was dropped.
			this.#draw('all');
			this.#context.report(error, this.#account);
		}
	}

	async #obey(message: FromBoardPage): Promise<void> {
		const { signal } = this.#leaving;
		switch (message.type) {
			case 'ready':
				this.#isReady = true;
				this.#draw('all');
				await this.#load();
				return this.#focusLate();
			case 'move':
				return this.#move(message.cards, message.lane, message.after, signal);
			case 'moveLane':
				return this.#moveLane(message.lane, message.after, signal);
			case 'open':
				return this.#context.run('boardwalk.openCard', this.live, this.#cards([message.card]));
			case 'menu':
				this.#menuCards = message.cards;
				return undefined;
			case 'create':
				return void vscode.commands.executeCommand('boardwalk.createCard', this.#columnPlace(message.lane));
			case 'more':
				return this.#more(message.lane, signal);
			case 'retry':
				return this.#loadColumns(this.#columns?.filter(({ id }) => id === message.lane) ?? []);
			case 'arrange':
				return this.#context.arrangements.set(this.live.account.id, this.live.board.id, message.arrangement);
			case 'notice':
				return this.#act(message.id);
			case 'command':
				return this.#command(message.id, message.cards);
		}
	}

	/** On the card that wanted it while another tab hid the page. */
	#focusLate(): void {
		const card = this.#unfocused;
		this.#unfocused = undefined;
		if (card !== undefined) {
			this.focus(card);
		}
	}

	async #load(): Promise<void> {
		const { signal } = this.#leaving;
		this.#failures.clear();
		try {
			this.#columns = await this.live.columns(signal);
		} catch (error) {
			this.#failed('board', error);
			return;
		}
		this.#draw('all');
		const { cards } = await this.#context.sessions.ready(this.#account, signal);
		const asking = cards?.me?.(signal).then(
			(me) => {
				this.#me = me;
			},
			// Without it, the filter for one's own cards is not offered.
			() => undefined,
		);
		await Promise.all([asking, this.#loadColumns(this.#columns)]);
		this.#draw('all');
	}

	async #loadColumns(columns: readonly Column[]): Promise<void> {
		const isWhole = !isPlain(this.#facts.arrangement);
		const { signal } = this.#leaving;
		await Promise.all(
			columns.map(async (column) => {
				try {
					this.#failures.delete(column.id);
					await (isWhole ? this.live.allCards(column, signal) : this.live.cards(column, signal));
					this.#draw([column.id]);
				} catch (error) {
					this.#failed(column.id, error);
				}
			}),
		);
	}

	#failed(key: string, error: unknown): void {
		if (!isCancellation(error)) {
			this.#failures.set(key, error);
			this.#draw('all');
		}
	}

	async #more(lane: string, signal: AbortSignal): Promise<void> {
		const column = this.#column(lane);
		const page = column && (await this.live.cards(column, signal));
		await page?.next?.(signal);
		this.#draw([lane]);
	}

	async #move(ids: readonly string[], lane: string, after: string | undefined, signal: AbortSignal): Promise<void> {
		const column = this.#column(lane);
		const cards = this.#cards(ids);
		if (column && cards.length > 0) {
			const isOurOrder = this.#facts.arrangement.sort !== 'vendor';
			await moveCards(this.#context, this.live, cards, column, isOurOrder ? atTheEnd : after, signal);
		}
		this.#draw('all');
	}

	async #moveLane(lane: string, after: string | undefined, signal: AbortSignal): Promise<void> {
		const column = this.#column(lane);
		if (column) {
			await moveColumn(this.#context, this.live, column, after === undefined ? undefined : this.#column(after), signal);
		}
	}

	#act(id: NonNullable<Notice['action']>['id']): void {
		const { account } = this.live;
		switch (id) {
			case 'reload':
				return this.#reload();
			case 'loadAll':
				return void this.#loadColumns(this.#columns ?? []);
			case 'unlock':
				return void vscode.commands.executeCommand('boardwalk.unlockAccount', placeOf(account));
			case 'signIn':
				return void vscode.commands.executeCommand('boardwalk.signInAgain', placeOf(account));
			case 'showLog':
				return void vscode.commands.executeCommand('boardwalk.showLog');
		}
	}

	#command(id: Extract<FromBoardPage, { type: 'command' }>['id'], cards: readonly string[]): void {
		const { run } = this.#context;
		switch (id) {
			case 'undo':
				return run('boardwalk.undo', this.live, []);
			case 'reload':
				return this.#reload();
			case 'asText':
				return run('boardwalk.boardAsText', this.live, []);
			case 'rename':
				return run('boardwalk.renameCard', this.live, this.#cards(cards));
			case 'delete':
				return run('boardwalk.removeCard', this.live, this.#cards(cards));
			case 'assign':
				return run('boardwalk.assignCard', this.live, this.#cards(cards));
			case 'openInBrowser':
				return run('boardwalk.openInBrowser', this.live, this.#cards(cards));
		}
	}

	#reload(): void {
		this.#context.sessions.peek(this.#account).forget();
		this.live.reset();
	}

	#changed(touched: Touched): void {
		if (touched === undefined) {
			void this.#load();
		} else {
			this.#draw(this.live.isDoubtful === this.#isDoubtful ? [...touched] : 'all');
		}
		this.#isDoubtful = this.live.isDoubtful;
	}

	#arranged(): void {
		this.#draw('all');
		void this.#loadColumns(this.#columns ?? []);
	}

	#column(id: string): Column | undefined {
		return this.#columns?.find((column) => column.id === id);
	}

	#columnPlace(id: string) {
		return { ...placeOf(this.#account), kind: 'column', column: this.#column(id), live: this.live };
	}

	#cards(ids: readonly string[]): readonly Card[] {
		return ids.flatMap((id) => this.live.card(id) ?? []);
	}

	/** What changes in one go is drawn in one go. */
	#draw(what: readonly string[] | 'all'): void {
		if (!this.#isReady || this.#leaving.signal.aborted) {
			return;
		}
		const isDue = this.#undrawn !== undefined;
		const before = this.#undrawn ?? new Set<string>();
		const isWhole = what === 'all' || before === 'all' || !isPlain(this.#facts.arrangement);
		this.#undrawn = isWhole ? 'all' : new Set([...before, ...what]);
		if (!isDue) {
			queueMicrotask(() => this.#drawNow());
		}
	}

	#drawNow(): void {
		const what = this.#undrawn;
		this.#undrawn = undefined;
		if (what === 'all') {
			this.#page.tell({ type: 'board', board: toBoardView(this.#facts) });
		} else if (what) {
			this.#page.tell({ type: 'lanes', lanes: toLaneViews(this.#facts, what), can: toCan(this.#facts) });
		}
	}

	#dispose(): void {
		this.#leaving.abort();
		this.#listening.forEach((one) => one.dispose());
	}
}

/** What a menu of an account's line would hand to a command. */
export function placeOf(account: Account) {
	return { id: `account:${account.id}`, account, parent: undefined, item: () => ({ context: ['account'] }) };
}

/** Reads an address back that the editor kept. */
export function isBoardAddress(address: unknown): address is BoardAddress {
	return typeof address === 'object' && address !== null && 'account' in address && 'board' in address;
}
