import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { arrange, arrangementText } from '../core/arrangement.ts';
import { boardText } from '../core/boardText.ts';
import { cardsOf } from '../core/cardWrites.ts';
import type { KnownCard } from '../core/knownCards.ts';
import type { LiveBoard } from '../core/liveBoard.ts';
import { withProgress } from '../host/progress.ts';
import { present } from '../views/format.ts';
import type { Node } from '../views/node.ts';
import { askBoard, askCard, liveOf, pickedCards, placedOfKnown } from './cardPlace.ts';
import type { Handler, Services } from './services.ts';

/** Opens a board as a page of its own. */
export const openBoard: Handler = async (services, node) => {
	const live = await boardFor(services, node, t('Open board'));
	if (live) {
		services.pages.openBoard(live);
	}
};

/** Opens a card as a page of its own: that of a line, or one that an id in a text named. */
export const openCard: Handler = async (services, node, rest) => {
	const title = t('Open card');
	const [argument] = rest;
	if (isKnownCard(argument)) {
		const placed = await withProgress(title, (signal) => placedOfKnown(services, argument, signal));
		services.pages.openCard(placed);
		return;
	}
	const [picked] = pickedCards(services, node, rest);
	const placed = picked ?? (await askCard(services, title, () => true));
	if (placed) {
		await cardsOf(services, placed.account, new AbortController().signal);
		services.pages.openCard(placed);
	}
};

/** Shows a board as a text to be read, in the order and with the filter that it has. */
export const boardAsText: Handler = async (services, node) => {
	const title = t('Board as text');
	const live = await boardFor(services, node, title);
	if (live) {
		const content = await withProgress(title, (signal) => textOf(services, live, signal));
		const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
		await vscode.window.showTextDocument(document, { preview: true });
	}
};

async function textOf(services: Services, live: LiveBoard, signal: AbortSignal): Promise<string> {
	const { account, board, workspace } = live;
	const { cards } = await services.sessions.ready(account, signal);
	const columns = await live.columns(signal);
	const loaded = await Promise.all(
		columns.map(async (column) => ({ column, cards: await live.allCards(column, signal) })),
	);
	const arrangement = services.arrangements.get(account.id, board.id);
	const now = new Date();
	return boardText({
		title: board.name,
		place: present(workspace.name, account.name).join(' · '),
		arrangement: arrangementText(arrangement),
		lanes: arrange(loaded, arrangement, { me: await cards?.me?.(signal), now }),
		now,
	});
}

async function boardFor(services: Services, node: Node | undefined, title: string): Promise<LiveBoard | undefined> {
	const live = node?.account && liveOf(services, node, node.account);
	return live ?? (await askBoard(services, title))?.live;
}

function isKnownCard(argument: unknown): argument is KnownCard {
	return typeof argument === 'object' && argument !== null && 'accountId' in argument && 'card' in argument;
}
