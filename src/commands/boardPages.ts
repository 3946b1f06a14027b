import { t } from '@vscode/l10n';
import { cardsOf } from '../core/cardWrites.ts';
import type { KnownCard } from '../core/knownCards.ts';
import type { LiveBoard } from '../core/liveBoard.ts';
import { withProgress } from '../host/progress.ts';
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
		await withProgress(title, (signal) => loadedAll(live, signal));
		await services.pages.showText(live);
	}
};

/** Its text is made of what is loaded: a failure is to be told before anything opens. */
async function loadedAll(live: LiveBoard, signal: AbortSignal): Promise<void> {
	const columns = await live.columns(signal);
	await Promise.all(columns.map((column) => live.allCards(column, signal)));
}

async function boardFor(services: Services, node: Node | undefined, title: string): Promise<LiveBoard | undefined> {
	const live = node?.account && liveOf(services, node, node.account);
	return live ?? (await askBoard(services, title))?.live;
}

function isKnownCard(argument: unknown): argument is KnownCard {
	return typeof argument === 'object' && argument !== null && 'accountId' in argument && 'card' in argument;
}
