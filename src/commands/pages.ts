import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import type { PlacedCard } from '../core/cardWrites.ts';
import type { LiveBoard } from '../core/liveBoard.ts';
import type { Card } from '../core/model.ts';
import { documentUri } from '../files/uri.ts';
import type { Kept } from '../pages/editor.ts';
import { BoardPanel, isBoardAddress } from '../views/boardPanel.ts';
import { BoardTexts } from '../views/boardTexts.ts';
import { isBulkAddress } from '../views/bulkPanel.ts';
import { cardWords } from '../views/cardAbilities.ts';
import { type CardPageContext, CardPanel, isCardAddress } from '../views/cardPanel.ts';
import type { Node } from '../views/node.ts';
import { pageTypes } from '../views/pageTypes.ts';
import { saveCard } from './saveCard.ts';
import type { Services } from './services.ts';
import { textOfBoard } from './textOfBoard.ts';

/** The boards and cards that are open in tabs: each at most once. */
export class Pages {
	readonly #services: Services;
	/** Where the extension is installed. */
	readonly extension: vscode.Uri;
	readonly #boards = new Map<LiveBoard, BoardPanel>();
	readonly #cards = new Map<string, CardPanel>();
	readonly #texts: BoardTexts;
	readonly #arranged: { dispose(): void };

	constructor(services: Services, extension: vscode.Uri) {
		this.#services = services;
		this.extension = extension;
		this.#texts = new BoardTexts((live, signal) => textOfBoard(services, live, signal));
		this.#arranged = services.arrangements.onDidChange(({ account, board }) =>
			this.#texts.redraw((live) => live.account.id === account && live.board.id === board),
		);
	}

	openBoard(live: LiveBoard): BoardPanel {
		const open = this.#boards.get(live);
		if (open) {
			open.panel.reveal();
			return open;
		}
		return this.#showBoard(live, newPanel(pageTypes.board, live.board.name));
	}

	/** Shows a board as a document that follows it. */
	showText(live: LiveBoard): Promise<void> {
		return this.#texts.show(live);
	}

	openCard(placed: PlacedCard): void {
		const open = this.#cards.get(keyOf(placed));
		if (open) {
			open.panel.reveal();
		} else {
			this.#showCard(placed, newPanel(pageTypes.card, placed.card.title));
		}
	}

	/** Puts the focus on a card of a board that is open; otherwise nothing. */
	focus(live: LiveBoard, card: Card): void {
		this.#boards.get(live)?.focus(card.id);
	}

	/** Reads a card anew where it is open. */
	reloadCard(placed: PlacedCard): void {
		this.#cards.get(keyOf(placed))?.reload();
	}

	/** Brings a tab back that was open before the window was loaded anew. It is closed where its account is gone. */
	async restore(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
		const { address } = (kept ?? {}) as Partial<Kept>;
		if (isBulkAddress(address)) {
			this.#services.jobs.restore(panel, address);
			return;
		}
		const { accounts, boards } = this.#services;
		const account = isCardAddress(address) || isBoardAddress(address) ? accounts.get(address.account) : undefined;
		if (account && isCardAddress(address)) {
			const { workspace, board, card } = address;
			const live = workspace && board && boards.of(account, workspace, board);
			this.#showCard({ account, card, live }, panel);
		} else if (account && isBoardAddress(address)) {
			this.#showBoard(boards.of(account, address.workspace, address.board), panel);
		} else {
			panel.dispose();
		}
	}

	/** The cards that a menu of a page is for, as commands take them; `card` is the one under the pointer. */
	linesOfMenu(card: string): readonly Node[] {
		const panels = [...this.#boards.values()];
		const open = panels.find(({ panel }) => panel.active) ?? panels.at(-1);
		return open ? open.cardsOfMenu(card).map((one) => this.#line(open.live, open.live.account, one)) : [];
	}

	dispose(): void {
		this.#arranged.dispose();
		this.#texts.dispose();
	}

	/** Closes the tabs of accounts that are gone. */
	sweep(isGone: (accountId: string) => boolean): void {
		const boards = [...this.#boards].filter(([live]) => isGone(live.account.id)).map(([, { panel }]) => panel);
		const cards = [...this.#cards].filter(([key]) => isGone(key.split(' ')[0] ?? '')).map(([, { panel }]) => panel);
		[...boards, ...cards].forEach((panel) => panel.dispose());
	}

	get #context(): CardPageContext {
		const services = this.#services;
		return {
			...services,
			extension: this.extension,
			now: () => new Date(),
			run: (command, live, cards) => this.#run(command, live, cards),
			report: (error, account) => this.#report(error, account),
			save: (placed, edit, signal) => saveCard(services, placed, edit, signal),
			openAttachment: async (account, document) => {
				await vscode.commands.executeCommand('vscode.open', documentUri(account.id, document));
			},
		};
	}

	#showBoard(live: LiveBoard, panel: vscode.WebviewPanel): BoardPanel {
		const shown = new BoardPanel(this.#context, live, panel);
		this.#boards.set(live, shown);
		panel.onDidDispose(() => this.#boards.delete(live));
		return shown;
	}

	#showCard(placed: PlacedCard, panel: vscode.WebviewPanel): void {
		const { account, card, live } = placed;
		const address = { account: account.id, card, workspace: live?.workspace, board: live?.board };
		const context: CardPageContext = {
			...this.#context,
			run: (command, board, cards) => this.#run(command, board, cards, account),
		};
		const key = keyOf(placed);
		this.#cards.set(key, new CardPanel(context, placed, address, panel));
		panel.onDidDispose(() => this.#cards.delete(key));
	}

	/** As a menu of the tree does it: the first, and all that are selected. */
	#run(command: string, live: LiveBoard | undefined, cards: readonly Card[], account = live?.account): void {
		const lines = account ? cards.map((card) => this.#line(live, account, card)) : [];
		const board = live && boardLine(live);
		const place = command === 'boardwalk.undo' || command === 'boardwalk.boardAsText' ? [board] : [lines[0], lines];
		void vscode.commands.executeCommand(command, ...place).then(() => {
			const [card] = cards;
			// A question that is answered gives the focus back to the tab, and to nothing in it.
			if (live && card && command !== 'boardwalk.openCard' && this.#boards.get(live)?.panel.active) {
				this.focus(live, card);
			}
		});
	}

	/** A card of a page, for commands the same as a line of the tree. */
	#line(live: LiveBoard | undefined, account: Account, card: Card): Node & { readonly card: Card } {
		const session = this.#services.sessions.peek(account);
		return Object.assign(
			{
				id: `page/${account.id}/${card.id}`,
				parent: live && boardLine(live),
				account,
				thing: { id: card.id, name: card.title, webUrl: card.webUrl },
				item: () => ({ label: card.title, icon: { codicon: 'note' }, context: cardWords(session, card) }),
			},
			{ kind: 'card', card, live },
		);
	}

	#report(error: unknown, account: Account): void {
		const { report, tree } = this.#services;
		report(error, {
			signIn: () => vscode.commands.executeCommand('boardwalk.signInAgain', tree.rootOf(account)),
			refresh: () => tree.refresh(tree.rootOf(account)),
		});
	}
}

/** A board of a page, for commands the same as a line of the tree. */
function boardLine(live: LiveBoard): Node {
	const { board, workspace, account } = live;
	return Object.assign(
		{
			id: `page/${account.id}/${board.id}`,
			parent: undefined,
			account,
			thing: board,
			item: () => ({ label: board.name, icon: { codicon: 'project' }, context: ['board'] }),
		},
		{ kind: 'board', board, workspace, live },
	);
}

function newPanel(type: string, title: string): vscode.WebviewPanel {
	return vscode.window.createWebviewPanel(type, title, vscode.ViewColumn.Active, { enableFindWidget: true });
}

function keyOf({ account, card }: PlacedCard): string {
	return `${account.id} ${card.id}`;
}
