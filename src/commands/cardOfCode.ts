import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CardWords } from '../core/branchName.ts';
import { possibleIds } from '../core/cardIds.ts';
import { LocalFailure } from '../core/errors.ts';
import type { KnownCard } from '../core/knownCards.ts';
import type { Board, Card, Workspace } from '../core/model.ts';
import { askText, pickOne } from '../host/ask.ts';
import type { Node } from '../views/node.ts';
import type { BoardNode } from '../views/nodes/board.ts';
import type { CardNode } from '../views/nodes/card.ts';
import type { WorkspaceNode } from '../views/nodes/workspace.ts';
import { chooseAccount, chooseBoard, chooseColumn, chooseFrom, chooseWorkspace } from './choose.ts';
import type { Handler, Services } from './services.ts';

/**
 * Opens the card that a text names, such as `#123` in a file: the argument, or what is typed. Only cards of boards that
 * were opened are known; where several have that number, it asks which.
 */
export const openCardById: Handler = async ({ known, accounts }, _node, [text]) => {
	const wanted = typeof text === 'string' ? text : await askForId(known);
	if (wanted === undefined) {
		return;
	}
	const found = known.find(wanted);
	if (found.length === 0) {
		throw new LocalFailure(t('No board that was opened has a card {0}.', wanted));
	}
	const card = found.length === 1 ? found[0] : await pickOne(t('Open card {0}', wanted), entries(accounts, found));
	if (card) {
		await vscode.commands.executeCommand('boardwalk.openCard', card);
	}
};

async function askForId(known: Services['known']): Promise<string | undefined> {
	const answer = await askText({
		title: t('Open card'),
		prompt: t('The number, id or web address of a card whose board was opened'),
		placeholder: '#123',
		check: (text) => {
			if (text.trim() === '') {
				return t('A number, id or web address is needed.');
			}
			return known.find(asId(text)).length === 0
				? t('No board that was opened has a card {0}.', text.trim())
				: undefined;
		},
	});
	return answer.kind === 'value' ? asId(answer.value) : undefined;
}

/** What is typed alone may lack the sign that tells an id from a number. */
function asId(text: string): string {
	const [first] = possibleIds(text.trim());
	return first ? first.text : `#${text.trim()}`;
}

/** What commands about a card and code need of it. */
export type CardOfCode = Pick<KnownCard, 'workspace' | 'board'> & { readonly card: Pick<Card, 'id' | 'key' | 'title'> };

/**
 * The card that a command is about: of the line of the tree, or the argument that a page hands over, or chosen among those
 * of opened boards and then all others. Undefined where the person left.
 */
export async function cardOf(
	services: Services,
	node: Node | undefined,
	[argument]: readonly unknown[],
	title: string,
): Promise<CardOfCode | undefined> {
	return cardAt(services, node) ?? (isKnownCard(argument) ? argument : await chooseCard(services, title));
}

/** The words that templates know of a card. */
export function wordsOf({ workspace, board, card }: CardOfCode): CardWords {
	const key = (card.key ?? card.id).replace(/^#/, '');
	return { id: card.id, key, title: card.title, board: board.name, workspace: workspace.name };
}

/** One of the cards of boards that were opened, or any other, walking down to it. */
async function chooseCard(services: Services, title: string): Promise<CardOfCode | undefined> {
	const { known, accounts } = services;
	const there = known.list();
	if (there.length === 0) {
		return walkToCard(services, title);
	}
	const other = { label: `$(ellipsis) ${t('Another card…')}`, value: undefined, alwaysShow: true };
	const chosen = await pickItem(title, [...entries(accounts, there), other]);
	return chosen === other ? walkToCard(services, title) : chosen?.value;
}

/** Like `pickOne`, for lists in which an entry may stand for no value. */
function pickItem<Item extends vscode.QuickPickItem>(title: string, items: readonly Item[]): Promise<Item | undefined> {
	return pickOne(
		title,
		items.map((item) => ({ ...item, value: item })),
		t('Which card?'),
	);
}

async function walkToCard(services: Services, title: string): Promise<CardOfCode | undefined> {
	const { sessions } = services;
	const account = await chooseAccount(services, title, ({ boards }) => boards !== undefined);
	const workspace = account && (await chooseWorkspace(services, account, title));
	const board = workspace && (await chooseBoard(services, account, workspace, title));
	const column = board && (await chooseColumn(services, account, board, title, () => true));
	const level = account && sessions.provider(account).levels.card;
	const card =
		column &&
		(await chooseFrom(
			title,
			t('Which {0}?', level?.one ?? ''),
			async (signal) => (await (await sessions.ready(account, signal)).boards?.cards(column, signal)) ?? { items: [] },
			({ id, key, title: label }) => ({ value: id, label, detail: key }),
			t('There are no {0} here.', level?.many ?? ''),
		));
	return card && { workspace, board, card };
}

/** One line for each known card: its title, and where it stands. */
function entries(accounts: Services['accounts'], cards: readonly KnownCard[]) {
	return cards.map((value) => ({
		label: value.card.title,
		description: [value.card.key ?? value.card.id, value.board.name].join(' · '),
		detail: [value.workspace.name, accounts.get(value.accountId)?.name].filter(Boolean).join(' · '),
		value,
	}));
}

/** The card of a line of the tree, with what stands above it; where that is no board, as its board was opened. */
function cardAt({ known }: Services, node: Node | undefined): CardOfCode | undefined {
	const card = node && 'card' in node ? (node as CardNode).card : undefined;
	if (!card) {
		return undefined;
	}
	const { board, workspace } = placeAbove(node);
	const seen = known.find(card.id).find(({ accountId }) => accountId === node?.account?.id);
	const unnamed = { id: '', name: '', workspaceId: '' };
	return { card, board: board ?? seen?.board ?? unnamed, workspace: workspace ?? seen?.workspace ?? unnamed };
}

/** The nearest board and workspace at or above a line. */
function placeAbove(node: Node | undefined): { readonly board?: Board; readonly workspace?: Workspace } {
	if (!node) {
		return {};
	}
	const above = placeAbove(node.parent);
	const { board = above.board, workspace = above.workspace } = node as Partial<BoardNode & WorkspaceNode>;
	return { board, workspace };
}

function isKnownCard(argument: unknown): argument is KnownCard {
	return (
		typeof argument === 'object' &&
		argument !== null &&
		!('item' in argument) &&
		['accountId', 'workspace', 'board', 'card'].every((part) => part in argument)
	);
}
