import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Account } from '../../../src/core/accounts.ts';
import type { LiveBoard } from '../../../src/core/liveBoard.ts';
import type { Card, Column } from '../../../src/core/model.ts';
import { allItems } from '../../../src/core/page.ts';
import type { Session } from '../../../src/core/provider.ts';
import type { SentEntry } from '../../../src/core/sentLog.ts';
import { Sessions } from '../../../src/core/sessions.ts';
import type { Inside } from '../../../src/extension.ts';
import { send } from '../../../src/files/upload.ts';
import type { BoardView, LaneView, ToBoardPage } from '../../../src/pages/protocol.ts';
import type { FaultKind } from '../../../src/sandbox/faults.ts';
import type { Node } from '../../../src/views/node.ts';
import type { BoardNode } from '../../../src/views/nodes/board.ts';
import type { CardNode } from '../../../src/views/nodes/card.ts';
import type { ColumnNode } from '../../../src/views/nodes/column.ts';
import { filled, targetsOf } from '../../providers/cardWrites.ts';
import { deskOf, type Lane } from '../../providers/conformanceWalks.ts';
import { put } from '../privacy/witness.ts';
import { findNode, kindOf, rootOf, type Script, type Step, scripted, until } from '../support.ts';

/** The vendors whose cards are things of their own; those of the fifth are activities of a whole company. */
export const vendors = ['projectplace', 'productive', 'planbox', 'coredata'] as const;

export const signal = new AbortController().signal;

export const run = (steps: readonly Step[], command: string, ...args: unknown[]): Promise<Script> =>
	scripted(steps, () => vscode.commands.executeCommand(`boardwalk.${command}`, ...args));

export const wordsOf = (node: Node): readonly string[] => node.item().context;

/** Somebody else at the same account, who shares nothing with the extension but the server. */
class Others {
	readonly #sessions: Sessions;

	constructor({ services }: Inside) {
		const { accounts, providers, practice } = services;
		const unlocked = {
			onDidChange: () => ({ dispose: () => undefined }),
			get: (id: string) => ({ ...accounts.get(id), locked: undefined }),
			credentials: (account: Account) => accounts.credentials(account),
			judge: () => undefined,
		};
		this.#sessions = new Sessions({
			accounts: unlocked as never,
			providers,
			io: () => ({
				fetch: globalThis.fetch,
				send,
				log: { debug: () => undefined, warn: () => undefined },
				setting: () => undefined,
			}),
			practice: (_account, provider, each) => practice.signIn(provider, each),
		});
	}

	/** A session that remembers nothing. */
	async session(account: Account): Promise<Session> {
		this.#sessions.reopen(account.id);
		return this.#sessions.ready(account, signal);
	}
}

let others: Others | undefined;

export function elsewhere(own: Inside, account: Account): Promise<Session> {
	others ??= new Others(own);
	return others.session(account);
}

/** A board's lines: the name of each column and the titles of its cards. */
export type Lines = readonly (readonly [column: string, titles: readonly string[]])[];

/** One board of a vendor in the tree, small enough to be looked at often, with cards of its own that may be spoiled. */
export class Desk {
	readonly own: Inside;
	readonly vendor: string;
	/** The line of the board as it was found; `line` is the one that the tree has now. */
	readonly node: BoardNode;
	/** A column that takes new cards and one to which those may go. */
	readonly from: Column;
	readonly to: Column;

	constructor(own: Inside, vendor: string, node: BoardNode, [from, to]: readonly [Column, Column]) {
		this.own = own;
		this.vendor = vendor;
		this.node = node;
		this.from = from;
		this.to = to;
	}

	get account(): Account {
		return this.node.account;
	}

	get live(): LiveBoard {
		return this.node.live;
	}

	/** The board's line, which is another one after its account has changed. */
	async line(): Promise<BoardNode> {
		const path: string[] = [];
		for (let at: Node | undefined = this.node; at?.parent; at = at.parent) {
			path.unshift(at.id);
		}
		let at = rootOf(this.own, this.vendor);
		for (const id of path) {
			const found = await this.own.services.tree.find(at, (child) => child.id === id);
			assert.ok(found, `${id} is not in the tree any more`);
			at = found;
		}
		return at as BoardNode;
	}

	elsewhere(): Promise<Session> {
		return elsewhere(this.own, this.account);
	}

	async columns(): Promise<readonly ColumnNode[]> {
		const lines = await this.own.services.tree.getChildren(await this.line());
		return lines.filter((line): line is ColumnNode => kindOf(line) === 'column');
	}

	async column({ id }: Column): Promise<ColumnNode> {
		const found = (await this.columns()).find(({ column }) => column.id === id);
		assert.ok(found, `the tree has no column ${id}`);
		return found;
	}

	/** The lines of cards below a line, with all pages. */
	async cardsBelow(line: Node): Promise<readonly CardNode[]> {
		const { tree } = this.own.services;
		await tree.find(line, () => false);
		return (await tree.getChildren(line)).filter((child): child is CardNode => kindOf(child) === 'card');
	}

	/** The line of a card, wherever on the board it stands. */
	async card(title: string): Promise<CardNode> {
		for (const column of await this.columns()) {
			const found = (await this.cardsBelow(column)).find(({ card }) => card.title === title);
			if (found) {
				return found;
			}
		}
		throw new Error(`${title} is not in the tree: ${JSON.stringify(await this.lines())}`);
	}

	/** The board as the tree shows it. */
	async lines(): Promise<Lines> {
		const columns = await this.columns();
		return Promise.all(
			columns.map(
				async (line) => [line.column.name, (await this.cardsBelow(line)).map(({ card }) => card.title)] as const,
			),
		);
	}

	/** The board as the server has it. */
	async lanes(): Promise<readonly Lane[]> {
		const { boards } = await this.elsewhere();
		assert.ok(boards);
		const columns = await boards.columns(this.node.board, signal);
		return Promise.all(
			columns.map(async (column) => ({ column, cards: await allItems(await boards.cards(column, signal), signal) })),
		);
	}

	async linesAtServer(): Promise<Lines> {
		return (await this.lanes()).map(({ column, cards }) => [column.name, cards.map(({ title }) => title)] as const);
	}

	/** The card as the server has it; undefined where it is not on the board. */
	async atServer(title: string): Promise<Card | undefined> {
		return (await this.lanes()).flatMap(({ cards }) => cards).find((card) => card.title === title);
	}

	async assertAgrees(why = 'the tree and the server'): Promise<void> {
		assert.deepEqual(await this.lines(), await this.linesAtServer(), why);
	}

	/** Puts cards of these titles into the first column, past the extension, and shows them in the tree. */
	async put(...titles: readonly string[]): Promise<readonly CardNode[]> {
		const { cards } = await this.elsewhere();
		for (const title of titles) {
			const form = cards?.creation?.form(this.from);
			assert.ok(form);
			await form.submit(await filled(form.fields, title), signal);
		}
		await run([], 'refreshNode', await this.line());
		return Promise.all(titles.map((title) => this.card(title)));
	}
}

/** A board whose cards can go from one column to another. */
export async function deskAt(own: Inside, vendor: string): Promise<Desk> {
	const root = rootOf(own, vendor);
	const session = await elsewhere(own, root.account!);
	const { cards } = session;
	assert.ok(cards?.moving);
	const found = await deskOf(session, (card, lanes) => targetsOf(cards, { card, lanes }).length > 0);
	const to = targetsOf(cards, found)[0]?.column;
	assert.ok(to);
	const board = await findNode(own, root, (node) => kindOf(node) === 'board' && node.thing?.id === found.board.id);
	return new Desk(own, vendor, board as BoardNode, [found.lane.column, to]);
}

/** Runs while no vendor has anything to tell of a single card, as every vendor may: boards still list them. */
export async function withoutCards<T>({ services }: Inside, job: () => PromiseLike<T>): Promise<T> {
	const { sessions } = services;
	const peek = sessions.peek.bind(sessions);
	const undo = put(sessions, 'peek', (account: Account) => ({ ...peek(account), cards: undefined }));
	try {
		return await job();
	} finally {
		undo();
	}
}

/** Everything that was sent and could have changed something, while something runs. */
export async function sentWhile({ services }: Inside, job: () => PromiseLike<unknown>): Promise<readonly SentEntry[]> {
	const { changesLog } = services;
	const sent: SentEntry[] = [];
	const note = changesLog.note.bind(changesLog);
	changesLog.note = (entry) => {
		sent.push(entry);
		note(entry);
	};
	try {
		await job();
	} finally {
		changesLog.note = note;
	}
	return sent;
}

export const lineOf = ({ method, path }: SentEntry): string => `${method} ${path.split('?')[0]}`;

/** Lets requests of a vendor's sandbox meet trouble while something runs. */
export async function inTrouble(
	{ account, own }: Desk,
	fault: { readonly pattern: string; readonly kind: FaultKind; readonly times?: number },
	job: () => PromiseLike<unknown>,
): Promise<void> {
	const { server } = own.services.accounts.get(account.id) ?? account;
	const faults = new URL('/-/faults', server);
	const answer = await fetch(faults, { method: 'POST', body: JSON.stringify(fault) });
	assert.ok(answer.ok, await answer.text());
	try {
		await job();
	} finally {
		await fetch(faults, { method: 'DELETE' });
	}
}

/** A tab as the editor would hand it over, whose page is spoken to from here. */
export class FakePanel {
	readonly told: unknown[] = [];
	readonly #heard = new vscode.EventEmitter<unknown>();
	readonly #gone = new vscode.EventEmitter<void>();
	title = '';
	iconPath: unknown;
	active = true;
	isDisposed = false;
	readonly onDidDispose = this.#gone.event;
	readonly onDidChangeViewState = () => ({ dispose: () => undefined });
	readonly webview = {
		options: {},
		html: '',
		cspSource: 'vscode-resource:',
		asWebviewUri: (uri: vscode.Uri) => uri,
		postMessage: async (message: unknown) => {
			this.told.push(message);
			return true;
		},
		onDidReceiveMessage: this.#heard.event,
	};

	get asPanel(): vscode.WebviewPanel {
		return this as unknown as vscode.WebviewPanel;
	}

	say(message: unknown): void {
		this.#heard.fire(message);
	}

	reveal(): void {}

	dispose(): void {
		this.isDisposed = true;
		this.#gone.fire();
	}
}

/** A board's page, as soon as it shows all that the tree shows. */
export async function openBoard(desk: Desk): Promise<FakePanel> {
	const panel = new FakePanel();
	const { account, live } = desk;
	const { workspace, board } = live;
	await desk.own.services.pages.restore(panel.asPanel, { address: { account: account.id, workspace, board } });
	panel.say({ type: 'ready' });
	await until('the whole board', () => lanesOn(panel)?.every(({ loading }) => !loading));
	for (const lane of lanesOn(panel) ?? []) {
		for (let has = lane.hasMore; has; has = lanesOn(panel)?.find(({ id }) => id === lane.id)?.hasMore) {
			const before = panel.told.length;
			panel.say({ type: 'more', lane: lane.id });
			await until('more cards', () => panel.told.length > before);
		}
	}
	return panel;
}

/** What a board's page shows, as it would have put together what it was told. */
export function pageLines(panel: FakePanel): Lines | undefined {
	return lanesOn(panel)?.map(({ name, cards }) => [name, cards.map(({ title }) => title)] as const);
}

function lanesOn({ told }: FakePanel): readonly LaneView[] | undefined {
	return (told as readonly ToBoardPage[]).reduce<readonly LaneView[] | undefined>((lanes, message) => {
		switch (message.type) {
			case 'board':
				return message.board.lanes;
			case 'lanes':
				return lanes?.map((lane) => message.lanes.find(({ id }) => id === lane.id) ?? lane);
			default:
				return lanes;
		}
	}, undefined);
}

/** The board as its page was last told it whole. */
export function boardOn({ told }: FakePanel): BoardView | undefined {
	return (told as readonly ToBoardPage[]).findLast((message) => message.type === 'board')?.board;
}
