import { t } from '@vscode/l10n';
import type { Checklist } from '../../core/cards.ts';
import { InvalidInput, OutcomeUnknown } from '../../core/errors.ts';
import type { ChecklistItem } from '../../core/model.ts';
import { afterwards, type CardNeeds, changing, notTaken } from './cardAccess.ts';
import { vendor } from './host.ts';
import { inOrder } from './mapping.ts';
import type { OneCardWire } from './shapes.ts';

export function checklist(needs: CardNeeds): Checklist {
	const { ofCards } = needs.client;
	return {
		async set(card, { id }, { title, done }, signal) {
			const wanted = { title: titled(title), done };
			return changing(needs, card, async () => {
				await ofCards.setItem(card.id, id, wanted, signal);
				const now = await afterwards(() => ofCards.get(card.id, signal), signal);
				const item = toChecklist(now).find((one) => one.id === id);
				if (item?.title.trim() !== wanted.title || item.done !== done) {
					throw notTaken();
				}
				return item;
			});
		},
		async add(card, title, signal) {
			const wanted = titled(title);
			return changing(needs, card, async () => {
				const now = toChecklist(await ofCards.addItem(card.id, wanted, signal));
				const made = now.findLast((one) => one.title.trim() === wanted);
				if (!made) {
					throw new OutcomeUnknown(t('{0} took the item but does not show it. Look before you add it again.', vendor));
				}
				return made;
			});
		},
		remove: (card, { id }, signal) => changing(needs, card, () => ofCards.removeItem(card.id, id, signal)),
	};
}

export function toChecklist({ checklist }: OneCardWire): readonly ChecklistItem[] {
	const items = (checklist?.items ?? []).map(({ order, ...item }) => ({ ...item, display_order: order }));
	return inOrder(items).map(({ id, title, done }) => ({ id, title, done }));
}

function titled(title: string): string {
	if (title.trim() === '') {
		throw new InvalidInput([{ message: t('An item of the checklist needs a text.') }]);
	}
	return title.trim();
}
