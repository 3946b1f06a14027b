import { t } from '@vscode/l10n';
import type { Account } from './accounts.ts';
import { atTheEnd, standsAfter } from './boardChange.ts';
import type { CardEditing, CardRemoval, Cards } from './cards.ts';
import type { Changes, Done } from './changes.ts';
import { LocalFailure } from './errors.ts';
import { type Field, type FieldValue, type Form, isEmpty, problemsOf, type Values } from './form.ts';
import type { LiveBoard } from './liveBoard.ts';
import type { Card, Column } from './model.ts';
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
	const cards = await cardsOf(writing, account, signal);
	const editing = required(cards.editing, account);
	let now: Card = card;
	// As by another status; where it stands there only the vendor knows.
	let hasMoved = false;
	const send = async () => {
		now = await editing.edit(card, values, signal);
		hasMoved = (live?.knownCard(card.id) ?? card).columnId !== now.columnId;
		return hasMoved
			? ({ kind: 'place', cards: [now], columnId: now.columnId, after: atTheEnd } as const)
			: ({ kind: 'replace', card: now } as const);
	};
	const shown = { ...(live?.card(card.id) ?? card), ...shownOf(values) };
	await (live ? live.change({ kind: 'replace', card: shown }, send) : send());
	// A vendor that orders by rules of its own may order by what was changed.
	if (hasMoved || cards.moving?.places === 'none') {
		await live?.confirm([now.columnId], signal);
	}
	// Some vendors show a column only once a card stands in it.
	if (hasMoved && live?.shown(now.columnId) === undefined) {
		live?.columnsChanged();
	}
	const names = namesOf(editing.fields(card), values);
	writing.changes.note({
		account,
		label: t('“{0}”: {1} changed', card.title, names),
		...undoOf(writing, editing, { ...placed, card: now }, values, before),
	});
	return now;
}

/** What a vendor would not take again is no way back. */
function undoOf(
	writing: Writing,
	editing: CardEditing,
	placed: PlacedCard,
	values: Values,
	before: Values,
): Pick<Done, 'undo' | 'whyNot' | 'warning'> {
	const old = valuesBefore(values, before);
	const [problem] = problemsOf(
		editing.fields(placed.card).filter(({ id }) => id in old),
		old,
	);
	return problem
		? { whyNot: problem.message }
		: {
				undo: (signal) => undoEdit(writing, placed, values, before, signal),
				warning: editing.warning?.(placed.card, old),
			};
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
	const old = valuesBefore(made, before);
	await editCard({ ...writing, changes: unnoted }, { ...placed, card }, old, made, signal);
}

function valuesBefore(made: Values, before: Values): Values {
	return Object.fromEntries(Object.keys(made).map((id) => [id, before[id] ?? '']));
}

/** Whether two values of a field mean the same; vendors trim texts. */
export function sameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
	if (isEmpty(a) && isEmpty(b)) {
		return true;
	}
	const plain = (value: typeof a) =>
		JSON.stringify(typeof value === 'string' ? value.trim() : Array.isArray(value) ? [...value].sort() : value);
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
				const send = async () => {
					const back = await required(removal.restore?.(card, signal), account);
					return { kind: 'place', cards: [back], columnId: back.columnId, after } as const;
				};
				const { columnId } = card;
				await (live ? live.change({ kind: 'place', cards: [card], columnId, after }, send) : send());
				await live?.confirm([live.card(card.id)?.columnId ?? columnId], signal);
			}),
	});
}

/** The form of a new card, which is on its board once it was made; where that failed, the vendor is asked what stands there. */
export function cardForm(writing: Writing, live: LiveBoard, { id }: Column, form: Form<Card>): Form<Card> {
	const submit: Form<Card>['submit'] = async (values, signal, tell) => {
		let card: Card;
		try {
			card = await form.submit(values, signal, tell);
		} catch (error) {
			await live.lookAfter(error, [id]);
			throw error;
		}
		await noteCreated(writing, live, card, signal);
		return card;
	};
	return { ...form, submit };
}

/** Takes note of a card that was just made in a column. */
async function noteCreated(writing: Writing, live: LiveBoard, card: Card, signal: AbortSignal): Promise<void> {
	const { account } = live;
	const cards = await cardsOf(writing, account, signal);
	live.take({ kind: 'place', cards: [card], columnId: card.columnId, after: atTheEnd });
	const [made] = await Promise.all([
		// Without it, nobody can tell whether the card was changed since.
		cards.removal && cards.look(card, signal).catch(() => undefined),
		live.confirm([card.columnId], signal),
	]);
	const undo = (each: AbortSignal) => undoCreation(writing, { account, card, live }, made?.values ?? {}, each);
	writing.changes.note({
		account,
		label: t('“{0}” created', card.title),
		whyNot: t('“{0}” can’t be deleted from here.', card.title),
		undo: cards.removal && undo,
	});
}

/** `made`: what the card held when it was new. */
async function undoCreation(writing: Writing, placed: PlacedCard, made: Values, signal: AbortSignal): Promise<void> {
	const cards = await cardsOf(writing, placed.account, signal);
	const { card, values } = await cards.look(placed.card, signal);
	if (Object.keys(made).some((id) => !sameValue(values[id], made[id]))) {
		throw changedSince(card);
	}
	await removeCards({ ...writing, changes: unnoted }, [{ ...placed, card }], signal);
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

export function changedSince({ title }: Pick<Card, 'title'>): LocalFailure {
	return new LocalFailure(t('“{0}” was changed again since, so it was left as it is.', title));
}

/** Taking something back is no change of its own. */
export const unnoted: Writing['changes'] = { note: () => undefined };
