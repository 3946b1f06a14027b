import { t } from '@vscode/l10n';
import type { Account } from '../core/accounts.ts';
import type { Cards } from '../core/cards.ts';
import { cardsOf, type PlacedCard } from '../core/cardWrites.ts';
import { LocalFailure, NotFound } from '../core/errors.ts';
import type { KnownCard } from '../core/knownCards.ts';
import type { LiveBoard } from '../core/liveBoard.ts';
import type { Board, Card, Column, Hit, Workspace } from '../core/model.ts';
import type { Session } from '../core/provider.ts';
import type { Node } from '../views/node.ts';
import { chooseAccount, chooseBoard, chooseColumn, chooseFrom, chooseWorkspace } from './choose.ts';
import { selectedOf } from './selection.ts';
import type { Services } from './services.ts';

/** The cards that were picked: lines of a tree, or cards of a page, which hand themselves over like lines. */
export function pickedCards(
	services: Services,
	node: Node | undefined,
	rest: readonly unknown[],
): readonly PlacedCard[] {
	return selectedOf(services, node, rest).flatMap((one) => placedOf(services, one) ?? []);
}

/** The picked cards, or one that is asked for among those whose account can do what is wanted. */
export async function cardsFor(
	services: Services,
	node: Node | undefined,
	rest: readonly unknown[],
	title: string,
	can: (cards: Cards) => boolean,
): Promise<readonly PlacedCard[]> {
	const picked = pickedCards(services, node, rest);
	if (picked.length > 0) {
		refuseReadOnly(picked);
		await refuseUnable(services, picked, can);
		return picked;
	}
	const chosen = await askCard(services, title, can);
	refuseReadOnly(chosen ? [chosen] : []);
	return chosen ? [chosen] : [];
}

function refuseReadOnly(picked: readonly PlacedCard[]): void {
	const why = picked.find(({ card }) => card.readOnly)?.card.readOnly;
	if (why) {
		throw new LocalFailure(why);
	}
}

/** A line may be older than a lock of its account. */
async function refuseUnable(
	services: Services,
	picked: readonly PlacedCard[],
	can: (cards: Cards) => boolean,
): Promise<void> {
	const { signal } = new AbortController();
	for (const { account } of picked) {
		if (!can(await cardsOf(services, account, signal))) {
			throw unable(services, account);
		}
	}
}

/** Why something can't be done in an account that lacks the part for it. */
export function unable({ accounts }: Services, { id, name }: Account): LocalFailure {
	return new LocalFailure(
		accounts.get(id)?.locked ? t('{0} is locked against changes.', name) : t('This can’t be done in {0}.', name),
	);
}

/** A card of a line, with its board where that is known. */
export function placedOf(services: Services, node: Node): PlacedCard | undefined {
	const { card, account } = node as Partial<{ card: Card; account: Account }>;
	return card && account && { account, card, live: liveOf(services, node, account) };
}

/** The board a line is or stands on. */
export function liveOf({ boards }: Services, node: Node | undefined, account: Account): LiveBoard | undefined {
	for (let at = node; at; at = at.parent) {
		const { live, hit } = at as Partial<{ live: LiveBoard; hit: Hit }>;
		if (live) {
			return live;
		}
		if (hit?.board) {
			return boards.of(account, hit.workspace, hit.board);
		}
	}
	return undefined;
}

/** A card that an id in a text named. Throws `LocalFailure` where its account is gone. */
export async function placedOfKnown(
	{ accounts, boards }: Services,
	known: KnownCard,
	signal: AbortSignal,
): Promise<PlacedCard> {
	const account = accounts.get(known.accountId);
	if (!account) {
		throw new LocalFailure(t('The account of “{0}” is no longer here.', known.card.title));
	}
	const live = boards.of(account, known.workspace, known.board);
	const card = live.card(known.card.id) ?? (await loadedCard(live, known, signal));
	if (!card) {
		throw new NotFound(t('“{0}” is no longer on {1}.', known.card.title, known.board.name));
	}
	return { account, live, card };
}

/** What was known of a card outlives the window without what its vendor needs: it is looked for where it stood, then anywhere. */
async function loadedCard(live: LiveBoard, { card }: KnownCard, signal: AbortSignal): Promise<Card | undefined> {
	const columns = await live.columns(signal);
	const first = columns.filter(({ id }) => id === card.columnId);
	for (const column of [...first, ...columns.filter((one) => !first.includes(one))]) {
		const found = (await live.allCards(column, signal)).find(({ id }) => id === card.id);
		if (found) {
			return found;
		}
	}
	return undefined;
}

export interface ChosenBoard {
	readonly account: Account;
	readonly workspace: Workspace;
	readonly board: Board;
	readonly live: LiveBoard;
}

/** Asks for a board, in an account that can do what is wanted. */
export async function askBoard(
	services: Services,
	title: string,
	can: (session: Session) => boolean = () => true,
): Promise<ChosenBoard | undefined> {
	const account = await chooseAccount(services, title, (session) => session.boards !== undefined && can(session));
	const workspace = account && (await chooseWorkspace(services, account, title));
	const board = workspace && (await chooseBoard(services, account, workspace, title));
	return board && { account, workspace, board, live: services.boards.of(account, workspace, board) };
}

/** Asks for a column. */
export async function askColumn(
	services: Services,
	title: string,
	can: (session: Session) => boolean,
): Promise<(ChosenBoard & { readonly column: Column }) | undefined> {
	const chosen = await askBoard(services, title, can);
	const column = chosen && (await chooseColumn(services, chosen.account, chosen.board, title, () => true));
	return column && { ...chosen, column };
}

/** Asks for a card, in an account that can do what is wanted. */
export async function askCard(
	services: Services,
	title: string,
	can: (cards: Cards) => boolean,
): Promise<PlacedCard | undefined> {
	const chosen = await askColumn(services, title, ({ cards }) => cards !== undefined && can(cards));
	if (!chosen) {
		return undefined;
	}
	const { account, live, column } = chosen;
	const level = services.sessions.provider(account).levels.card;
	const card = await chooseFrom(
		title,
		t('Which {0}?', level?.one ?? ''),
		(signal) => live.cards(column, signal),
		({ id, key, title: label, readOnly }) => ({ value: id, label, detail: readOnly ?? key }),
		t('There are no {0} here.', level?.many ?? ''),
	);
	return card && { account, live, card };
}
