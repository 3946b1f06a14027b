import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { atTheEnd } from '../core/boardChange.ts';
import { moveCards } from '../core/cardMoves.ts';
import { addComment } from '../core/cardParts.ts';
import { type CardMoving, type Cards, cardField } from '../core/cards.ts';
import { cardForm, cardsOf, type PlacedCard, removeCards } from '../core/cardWrites.ts';
import { LocalFailure } from '../core/errors.ts';
import type { Values } from '../core/form.ts';
import type { LiveBoard } from '../core/liveBoard.ts';
import type { Card, Column } from '../core/model.ts';
import { askText, confirm, pickOne } from '../host/ask.ts';
import { withProgress } from '../host/progress.ts';
import { numberText } from '../views/format.ts';
import type { Node } from '../views/node.ts';
import { askColumn, cardsFor, unable } from './cardPlace.ts';
import { chooseFrom } from './choose.ts';
import { fillForm } from './fillForm.ts';
import { askValue } from './formSteps.ts';
import { saveCard } from './saveCard.ts';
import type { Handler, Services } from './services.ts';

/** A new card in a column, with the vendor's own fields. */
export const createCard: Handler = async (services, node) => {
	const place =
		columnOf(node) ?? (await askColumn(services, t('New card'), ({ cards }) => cards?.creation !== undefined));
	if (!place) {
		return;
	}
	const { live, column } = place;
	const { signal } = new AbortController();
	const { creation } = await cardsOf(services, live.account, signal);
	if (!creation) {
		throw unable(services, live.account);
	}
	refuse(creation.whyNot?.(column));
	const card = await fillForm(services, cardForm(services, live, column, creation.form(column)), live.account);
	if (card) {
		services.pages.focus(live, card);
	}
};

function refuse(why: string | undefined): void {
	if (why !== undefined) {
		throw new LocalFailure(why);
	}
}

function columnOf(node: Node | undefined): { readonly live: LiveBoard; readonly column: Column } | undefined {
	const { live, column } = (node ?? {}) as Partial<{ live: LiveBoard; column: Column }>;
	return live && column && { live, column };
}

export const renameCard: Handler = (services, node, rest) =>
	changeField(services, node, rest, t('Rename card'), cardField.title);

export const assignCard: Handler = (services, node, rest) =>
	changeField(services, node, rest, t('Assign card'), cardField.assignee);

export const setDueDate: Handler = (services, node, rest) =>
	changeField(services, node, rest, t('Set due date'), cardField.due);

export const setStartDate: Handler = (services, node, rest) =>
	changeField(services, node, rest, t('Set start date'), cardField.start);

export const closeCard: Handler = (services, node, rest) => complete(services, node, rest, true);

export const reopenCard: Handler = (services, node, rest) => complete(services, node, rest, false);

/** Puts cards among the done ones, or back. */
async function complete(
	services: Services,
	node: Node | undefined,
	rest: readonly unknown[],
	isDone: boolean,
): Promise<void> {
	const title = isDone ? t('Close card') : t('Reopen card');
	const placed = await cardsFor(services, node, rest, title, ({ editing }) => editing?.completion !== undefined);
	await saveAll(services, placed, title, async (card, { editing }, signal) => {
		const values = await editing?.completion?.(card, isDone, signal);
		if (!values) {
			throw new LocalFailure(
				isDone ? t('“{0}” can’t be closed.', card.title) : t('“{0}” can’t be reopened.', card.title),
			);
		}
		return values;
	});
}

/** Blocks cards with a reason, or unblocks those that are blocked. */
export const blockCard: Handler = async (services, node, rest) => {
	const title = t('Block or unblock card');
	const placed = await cardsFor(services, node, rest, title, ({ editing }) => editing !== undefined);
	const [first] = placed;
	if (!first) {
		return;
	}
	const isBlocked = first.card.blocked !== undefined;
	const reason = isBlocked ? '' : await askReason(title, first.card);
	if (reason !== undefined) {
		const mine = { [cardField.blocked]: !isBlocked, [cardField.blockReason]: reason };
		await saveAll(services, placed, title, () => mine);
	}
};

async function askReason(title: string, card: Card): Promise<string | undefined> {
	const answer = await askText({
		title: `${title}: ${card.title}`,
		prompt: t('What stands in its way? It may stay empty.'),
		check: () => undefined,
	});
	return answer.kind === 'value' ? answer.value.trim() : undefined;
}

/** Asks for one field, beginning with what it holds at the vendor, and saves it on every picked card. */
async function changeField(
	services: Services,
	node: Node | undefined,
	rest: readonly unknown[],
	title: string,
	id: string,
): Promise<void> {
	const placed = await cardsFor(services, node, rest, title, ({ editing }) => editing !== undefined);
	const [first] = placed;
	if (!first) {
		return;
	}
	const { field, values } = await withProgress(title, async (signal) => {
		const cards = await cardsOf(services, first.account, signal);
		const detail = await cards.look(first.card, signal);
		return { values: detail.values, field: cards.editing?.fields(detail.card).find((one) => one.id === id) };
	});
	if (!field) {
		throw new LocalFailure(t('This can’t be changed on “{0}”.', first.card.title));
	}
	const heading = placed.length === 1 ? first.card.title : t('{0} cards', numberText(placed.length));
	const value = await askValue(`${title}: ${heading}`, field, values);
	if (value !== undefined) {
		await saveAll(services, placed, title, () => ({ [id]: value }));
	}
}

async function saveAll(
	services: Services,
	placed: readonly PlacedCard[],
	title: string,
	mineOf: (card: Card, cards: Cards, signal: AbortSignal) => Values | Promise<Values>,
): Promise<void> {
	await withProgress(title, async (signal, advance) => {
		for (const [at, one] of placed.entries()) {
			advance(t('{0} of {1}', numberText(at + 1), numberText(placed.length)));
			const cards = await cardsOf(services, one.account, signal);
			const { card, values } = await cards.look(one.card, signal);
			const known = cards.editing?.fields(card) ?? [];
			const wanted = await mineOf(card, cards, signal);
			const mine = Object.fromEntries(Object.entries(wanted).filter(([id]) => known.some((field) => field.id === id)));
			await saveCard(services, { ...one, card }, { fields: known, base: values, mine }, signal);
		}
	});
}

export const commentOnCard: Handler = async (services, node, rest) => {
	const title = t('Comment on card');
	const [placed] = await cardsFor(services, node, rest, title, ({ comments }) => comments?.add !== undefined);
	if (!placed) {
		return;
	}
	const answer = await askText({
		title: `${title}: ${placed.card.title}`,
		check: (text) => (text.trim() === '' ? t('A comment needs some text.') : undefined),
	});
	if (answer.kind === 'value') {
		await withProgress(title, (signal) => addComment(services, placed, answer.value.trim(), signal));
	}
};

/** Puts cards into another column, or elsewhere in theirs, by asking where to. */
export const moveCard: Handler = async (services, node, rest) => {
	const title = t('Move card');
	const placed = await cardsFor(services, node, rest, title, ({ moving }) => moving !== undefined);
	const [first] = placed;
	if (!first?.live) {
		if (first) {
			throw new LocalFailure(t('Open the board of “{0}” first: it is not known here.', first.card.title));
		}
		return;
	}
	const { live, account } = first;
	const cards = placed.filter((one) => one.live === live).map(({ card }) => card);
	const level = services.sessions.provider(account).levels.column;
	const column = await chooseFrom(
		title,
		t('To which {0}?', level?.one ?? ''),
		async (signal) => ({ items: await live.columns(signal) }),
		({ id, name }) => ({ value: id, label: name, detail: id === first.card.columnId ? t('now') : undefined }),
	);
	const { moving } = column ? await cardsOf(services, account, new AbortController().signal) : {};
	const after = column && moving && (await askPlace(live, moving, column, cards, title));
	if (column && after) {
		await withProgress(title, (signal) => moveCards(services, live, cards, column, after.card, signal));
	}
};

/** Where in the column, as far as the vendor lets one say it. */
async function askPlace(
	live: LiveBoard,
	{ places }: CardMoving,
	column: Column,
	cards: readonly Card[],
	title: string,
): Promise<{ readonly card: string | undefined } | undefined> {
	if (places === 'none') {
		return { card: atTheEnd };
	}
	const moved = new Set(cards.map(({ id }) => id));
	const others = places === 'any' ? (live.shown(column.id) ?? []).filter(({ id }) => !moved.has(id)) : [];
	const first = { label: t('First'), value: { card: undefined } };
	const last = { label: t('Last'), value: { card: atTheEnd } };
	const behind = others.map((card) => ({ label: t('Behind “{0}”', card.title), value: { card: card.id } }));
	return pickOne<{ card: string | undefined }>(title, [first, last, ...behind], t('Where in {0}?', column.name));
}

/** Deletes or archives cards, whichever the vendor does, after saying what becomes of them. */
export const removeCard: Handler = async (services, node, rest) => {
	const title = t('Delete or archive card');
	const placed = await cardsFor(services, node, rest, title, ({ removal }) => removal !== undefined);
	const [first] = placed;
	const { signal } = new AbortController();
	const removal = first && (await cardsOf(services, first.account, signal)).removal;
	if (!first || !removal) {
		return;
	}
	const isDelete = removal.kind === 'delete';
	const names = placed.map(({ card }) => card.title).join('\n');
	const question =
		placed.length === 1
			? isDelete
				? t('Delete “{0}”?', first.card.title)
				: t('Archive “{0}”?', first.card.title)
			: isDelete
				? t('Delete {0} cards?', numberText(placed.length))
				: t('Archive {0} cards?', numberText(placed.length));
	const detail = placed.length === 1 ? removal.effect : `${removal.effect}\n\n${names}`;
	if (await confirm(question, detail, isDelete ? t('Delete') : t('Archive'))) {
		await withProgress(title, (each) => removeCards(services, placed, each));
	}
};

/** Takes back the last change that was made here and can be taken back. */
export const undo: Handler = async (services, node) => {
	const account = node?.account;
	const done = services.changes.list().findLast((one) => one.undo && (!account || one.account.id === account.id));
	if (!done) {
		throw new LocalFailure(t('There is nothing to take back.'));
	}
	await takeBack(services, done);
};

/** Shows the last changes and takes back the one that is chosen. */
export const showUndo: Handler = async (services) => {
	const done = await pickOne(
		t('Take back a change'),
		services.changes
			.list()
			.toReversed()
			.map((one) => ({
				label: one.label,
				description: one.account.name,
				detail: one.undo ? undefined : one.whyNot,
				value: one,
			})),
		services.changes.list().length === 0 ? t('Nothing was changed from here yet.') : t('Which change?'),
	);
	if (done) {
		await takeBack(services, done);
	}
};

async function takeBack(services: Services, done: ReturnType<Services['changes']['list']>[number]): Promise<void> {
	if (done.warning && !(await confirm(t('Take back: {0}?', done.label), done.warning, t('Take Back')))) {
		return;
	}
	await withProgress(t('Take back: {0}', done.label), (signal) => services.changes.undo(done, signal));
	vscode.window.setStatusBarMessage(t('Taken back: {0}', done.label), 5_000);
}
