import { t } from '@vscode/l10n';
import { setItem } from '../core/cardParts.ts';
import { cardsOf } from '../core/cardWrites.ts';
import { onePage } from '../core/page.ts';
import { askChoice } from '../host/ask.ts';
import { withProgress } from '../host/progress.ts';
import { cardsFor } from './cardPlace.ts';
import type { Handler } from './services.ts';

/** Checks items of a card's list off, or opens them again: the list as it is, with ticks to change. */
export const checkItems: Handler = async (services, node, rest) => {
	const title = t('Check off list items');
	const [placed] = await cardsFor(services, node, rest, title, ({ checklist }) => checklist !== undefined);
	if (!placed) {
		return;
	}
	const items = await withProgress(title, async (signal) => {
		const cards = await cardsOf(services, placed.account, signal);
		return (await cards.look(placed.card, signal)).checklist ?? [];
	});
	const answer = await askChoice({
		title: `${title}: ${placed.card.title}`,
		many: true,
		chosen: items.filter(({ done }) => done).map(({ id }) => id),
		choices: async () => onePage(items.map(({ id, title: label }) => ({ value: id, label }))),
		none: t('“{0}” has no list.', placed.card.title),
	});
	if (answer.kind !== 'value') {
		return;
	}
	const done = new Set(answer.value.map(({ value }) => value));
	await withProgress(title, async (signal) => {
		for (const item of items.filter((one) => one.done !== done.has(one.id))) {
			await setItem(services, placed, item, { title: item.title, done: !item.done }, signal);
		}
	});
	services.pages.reloadCard(placed);
};
