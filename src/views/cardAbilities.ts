import { type CardEditing, cardField } from '../core/cards.ts';
import type { Card } from '../core/model.ts';
import type { Session } from '../core/provider.ts';
import { link } from './format.ts';

/** The words for what can be done with a card, by which menus choose their entries; the same in the tree and on pages. */
export function cardWords({ cards }: Session, card: Card): string[] {
	const words = ['card', ...link(card)];
	if (!cards) {
		return words;
	}
	words.push('openCard');
	if (card.readOnly) {
		return words;
	}
	return [
		...words,
		...(cards.editing ? fieldWords(cards.editing.fields(card).map(({ id }) => id)) : []),
		...(cards.editing ? completionWords(cards.editing, card) : []),
		...(cards.moving ? ['moveCard'] : []),
		...(cards.removal && !cards.removal.whyNot?.(card) ? [`${cards.removal.kind}Card`] : []),
		...(cards.comments?.add ? ['commentCard'] : []),
		...(cards.checklist ? ['checklist'] : []),
		...(cards.attaching ? ['attach'] : []),
	];
}

function completionWords(editing: CardEditing, { done }: Card): string[] {
	if (!editing.completion || (done && editing.reopens === false)) {
		return [];
	}
	return [done ? 'reopenCard' : 'closeCard'];
}

/** Each field that has a command of its own. */
const commandOf: Readonly<Record<string, string>> = {
	[cardField.title]: 'renameCard',
	[cardField.assignee]: 'assignCard',
	[cardField.due]: 'dueCard',
	[cardField.start]: 'startCard',
	[cardField.blocked]: 'blockCard',
};

function fieldWords(ids: readonly string[]): string[] {
	return ['editCard', ...ids.flatMap((id) => commandOf[id] ?? [])];
}
