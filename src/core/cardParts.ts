import { t } from '@vscode/l10n';
import type { UploadFile } from './archives.ts';
import type { Cards } from './cards.ts';
import { cardsOf, changedSince, type PlacedCard, required, type Writing } from './cardWrites.ts';
import type { Card, ChecklistItem, Comment } from './model.ts';

/** Puts a comment onto a card. */
export async function addComment(
	writing: Writing,
	{ account, card }: PlacedCard,
	text: string,
	signal: AbortSignal,
): Promise<Comment> {
	const { comments } = await cardsOf(writing, account, signal);
	const comment = await required(comments?.add?.(card, text, signal), account);
	writing.changes.note({
		account,
		label: t('Comment on “{0}” added', card.title),
		whyNot: t('A comment can’t be taken back from here.'),
		undo: comments?.remove && ((each) => comments.remove?.(card, comment, each) ?? Promise.resolve()),
	});
	return comment;
}

/** Checks an item of a card's list off or on, or gives it another title. */
export async function setItem(
	writing: Writing,
	{ account, card }: PlacedCard,
	item: ChecklistItem,
	to: Pick<ChecklistItem, 'title' | 'done'>,
	signal: AbortSignal,
): Promise<ChecklistItem> {
	const cards = await cardsOf(writing, account, signal);
	const checklist = required(cards.checklist, account);
	const now = await checklist.set(card, item, to, signal);
	const undo = async (each: AbortSignal): Promise<void> => {
		await refuseChanged(cards, card, now, each);
		await checklist.set(card, now, { title: item.title, done: item.done }, each);
	};
	const label = to.done === item.done ? t('“{0}” renamed', item.title) : itemLabel(to);
	writing.changes.note({ account, label, undo });
	return now;
}

/** Throws `LocalFailure` where an item is no longer as it was left. */
async function refuseChanged(cards: Cards, card: Card, item: ChecklistItem, signal: AbortSignal): Promise<void> {
	const { checklist = [] } = await cards.look(card, signal);
	if (!checklist.some(({ id, title, done }) => id === item.id && title === item.title && done === item.done)) {
		throw changedSince(item);
	}
}

function itemLabel({ title, done }: Pick<ChecklistItem, 'title' | 'done'>): string {
	return done ? t('“{0}” checked off', title) : t('“{0}” opened again', title);
}

/** Adds an item to a card's list. */
export async function addItem(
	writing: Writing,
	{ account, card }: PlacedCard,
	title: string,
	signal: AbortSignal,
): Promise<void> {
	const cards = await cardsOf(writing, account, signal);
	const { checklist } = cards;
	const item = await required(checklist?.add?.(card, title, signal), account);
	const undo = async (each: AbortSignal): Promise<void> => {
		await refuseChanged(cards, card, item, each);
		await checklist?.remove?.(card, item, each);
	};
	writing.changes.note({
		account,
		label: t('“{0}” added to “{1}”', title, card.title),
		whyNot: t('An item can’t be taken off the list from here.'),
		undo: checklist?.remove && undo,
	});
}

/** Takes an item off a card's list. */
export async function removeItem(
	writing: Writing,
	{ account, card }: PlacedCard,
	item: ChecklistItem,
	signal: AbortSignal,
): Promise<void> {
	const { checklist } = await cardsOf(writing, account, signal);
	await required(checklist?.remove?.(card, item, signal), account);
	const label = t('“{0}” taken off “{1}”', item.title, card.title);
	writing.changes.note({ account, label, whyNot: t('An item can’t be put back from here as it was.') });
}

/** Takes a comment off a card. */
export async function removeComment(
	writing: Writing,
	{ account, card }: PlacedCard,
	comment: Comment,
	signal: AbortSignal,
): Promise<void> {
	const { comments } = await cardsOf(writing, account, signal);
	await required(comments?.remove?.(card, comment, signal), account);
	const label = t('Comment on “{0}” deleted', card.title);
	writing.changes.note({ account, label, whyNot: t('A comment can’t be brought back from here.') });
}

/** Puts a file onto a card. */
export async function attachFile(
	writing: Writing,
	{ account, card }: PlacedCard,
	file: UploadFile,
	signal: AbortSignal,
): Promise<void> {
	const attaching = required((await cardsOf(writing, account, signal)).attaching, account);
	await attaching.attach(card, file, signal);
	writing.changes.note({
		account,
		label: t('{0} attached to “{1}”', file.name, card.title),
		whyNot: t('A file can’t be taken off a card from here.'),
	});
}
