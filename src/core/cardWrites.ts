import { t } from '@vscode/l10n';
import type { Account } from './accounts.ts';
import type { UploadFile } from './archives.ts';
import { atTheEnd, standsAfter } from './boardChange.ts';
import type { CardRemoval, Cards } from './cards.ts';
import type { Changes } from './changes.ts';
import { LocalFailure } from './errors.ts';
import { type Field, type FieldValue, isEmpty, type Values } from './form.ts';
import type { LiveBoard } from './liveBoard.ts';
import type { Card, ChecklistItem, Comment } from './model.ts';
import type { Sessions } from './sessions.ts';

/** What writing to cards works with. */
export interface Writing {
	readonly sessions: Pick<Sessions, 'ready'>;
	readonly changes: Pick<Changes, 'note'>;
}

/** A card and where it is shown; without `live` the board it stands on is not known. */
export interface PlacedCard {
	readonly account: Account;
	readonly live?: LiveBoard;
	readonly card: Card;
}

/** Changes of a card's fields; `before` is what they held. Returns the card as it is then. */
export async function editCard(
	writing: Writing,
	placed: PlacedCard,
	values: Values,
	before: Values,
	signal: AbortSignal,
): Promise<Card> {
	const { account, card, live } = placed;
	const editing = required((await cardsOf(writing, account, signal)).editing, account);
	let now: Card = card;
	const send = async () => {
		now = await editing.edit(card, values, signal);
		return { kind: 'replace', card: now } as const;
	};
	await (live ? live.change({ kind: 'replace', card: { ...card, ...shownOf(values) } }, send) : send());
	if (live && now.columnId !== card.columnId) {
		live.take({ kind: 'place', cards: [now], columnId: now.columnId, after: atTheEnd });
	}
	const names = namesOf(editing.fields(card), values);
	writing.changes.note({
		account,
		label: t('“{0}”: {1} changed', card.title, names),
		undo: (each) => undoEdit(writing, { ...placed, card: now }, values, before, each),
	});
	return now;
}

/** What of the new values a card of a list shows without asking anybody. */
function shownOf({ title, due, start }: Values): Partial<Card> {
	return {
		...(typeof title === 'string' && { title }),
		...(typeof due === 'string' && { dueDate: due === '' ? undefined : due }),
		...(typeof start === 'string' && { startDate: start === '' ? undefined : start }),
	};
}

function namesOf(fields: readonly Field[], values: Values): string {
	const labels = fields.filter(({ id }) => id in values).map(({ label }) => label);
	return new Intl.ListFormat(undefined, { type: 'unit' }).format(labels);
}

async function undoEdit(
	writing: Writing,
	placed: PlacedCard,
	made: Values,
	before: Values,
	signal: AbortSignal,
): Promise<void> {
	const cards = await cardsOf(writing, placed.account, signal);
	const { card, values } = await cards.look(placed.card, signal);
	if (Object.keys(made).some((id) => !sameValue(values[id], made[id]))) {
		throw changedSince(card);
	}
	const old = Object.fromEntries(Object.keys(made).map((id) => [id, before[id] ?? '']));
	await editCard({ ...writing, changes: unnoted }, { ...placed, card }, old, made, signal);
}

/** Whether two values of a field mean the same. */
export function sameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
	if (isEmpty(a) && isEmpty(b)) {
		return true;
	}
	const plain = (value: typeof a) => JSON.stringify(Array.isArray(value) ? [...value].sort() : value);
	return plain(a) === plain(b);
}

/** Deletes or archives cards, whichever its vendor does. */
export async function removeCards(writing: Writing, placed: readonly PlacedCard[], signal: AbortSignal): Promise<void> {
	for (const { account, card, live } of placed) {
		const removal = required((await cardsOf(writing, account, signal)).removal, account);
		const send = async () => {
			await removal.remove(card, signal);
			return undefined;
		};
		const after = standsAfter(live?.shown(card.columnId) ?? [], card.id);
		await (live ? live.change({ kind: 'remove', card }, send) : send());
		noteRemoval(writing, { account, card, live }, removal, after);
	}
}

function noteRemoval(
	{ changes }: Writing,
	{ account, card, live }: PlacedCard,
	removal: CardRemoval,
	after: string | undefined,
): void {
	changes.note({
		account,
		label: removal.kind === 'delete' ? t('“{0}” deleted', card.title) : t('“{0}” archived', card.title),
		whyNot: t('“{0}” can’t be brought back from here.', card.title),
		undo:
			removal.restore &&
			(async (signal) => {
				const back = await required(removal.restore?.(card, signal), account);
				live?.take({ kind: 'place', cards: [back], columnId: back.columnId, after });
				await live?.lookAgain([back.columnId], signal);
			}),
	});
}

/** Takes note of a card that was just made in a column. */
export async function noteCreated(writing: Writing, live: LiveBoard, card: Card, signal: AbortSignal): Promise<void> {
	const { account } = live;
	const { removal } = await cardsOf(writing, account, signal);
	live.take({ kind: 'place', cards: [card], columnId: card.columnId, after: atTheEnd });
	await live.lookAgain([card.columnId], signal);
	writing.changes.note({
		account,
		label: t('“{0}” created', card.title),
		whyNot: t('“{0}” can’t be deleted from here.', card.title),
		undo: removal && ((each) => removeCards({ ...writing, changes: unnoted }, [{ account, card, live }], each)),
	});
}

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
	const checklist = required((await cardsOf(writing, account, signal)).checklist, account);
	const now = await checklist.set(card, item, to, signal);
	const undo = async (each: AbortSignal): Promise<void> => {
		await checklist.set(card, now, { title: item.title, done: item.done }, each);
	};
	const label = to.done === item.done ? t('“{0}” renamed', item.title) : itemLabel(to);
	writing.changes.note({ account, label, undo });
	return now;
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
	const { checklist } = await cardsOf(writing, account, signal);
	const item = await required(checklist?.add?.(card, title, signal), account);
	writing.changes.note({
		account,
		label: t('“{0}” added to “{1}”', title, card.title),
		whyNot: t('An item can’t be taken off the list from here.'),
		undo: checklist?.remove && ((each) => checklist.remove?.(card, item, each) ?? Promise.resolve()),
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

/** The cards of an account. Throws `LocalFailure` where its vendor has none to work on. */
export async function cardsOf(
	{ sessions }: Pick<Writing, 'sessions'>,
	account: Account,
	signal: AbortSignal,
): Promise<Cards> {
	return required((await sessions.ready(account, signal)).cards, account);
}

/** What was there when the menu was drawn may be gone, as when the account was locked meanwhile. */
export function required<T>(part: T | undefined, account: Account): T {
	if (part === undefined) {
		throw new LocalFailure(t('This can’t be done in {0}.', account.name));
	}
	return part;
}

export function changedSince({ title }: Card): LocalFailure {
	return new LocalFailure(t('“{0}” was changed again since, so it was left as it is.', title));
}

/** Taking something back is no change of its own. */
export const unnoted: Writing['changes'] = { note: () => undefined };
