import { t } from '@vscode/l10n';
import type { Account } from '../core/accounts.ts';
import type { CardDetail, Cards } from '../core/cards.ts';
import { cardField } from '../core/cards.ts';
import { dateText } from '../core/due.ts';
import type { Field, FieldValue } from '../core/form.ts';
import { isEmpty } from '../core/form.ts';
import type { Card, Comment, Document, RichText } from '../core/model.ts';
import type { CardPageView, FieldView, Notice } from '../pages/protocol.ts';
import { failureText, present, sizeText } from './format.ts';
import { emptyOf, toFieldView } from './formView.ts';

/** What a card's page is drawn from. */
export interface CardFacts {
	readonly account: Account;
	readonly cards: Cards;
	readonly detail: CardDetail;
	/** Workspace, board and column, as far as they are known. */
	readonly place: string;
	readonly comments:
		| { readonly items: readonly Comment[]; readonly hasMore: boolean; readonly failure?: unknown }
		| undefined;
	/** What chosen values are called, by field and value, where the card itself does not say it. */
	readonly labels: ReadonlyMap<string, string>;
	readonly pictures: boolean;
}

/** A card as its page draws it. Pure. */
export function toCardPageView(facts: CardFacts): CardPageView {
	const { cards, detail, place, pictures, account } = facts;
	const { card } = detail;
	return {
		title: card.title,
		key: card.key,
		place,
		readOnly: card.readOnly,
		facts: factsOf(facts),
		description: card.description,
		pictures,
		fields: fieldsOf(cards, card).map((field) => toCardField(field, detail, facts.labels)),
		checklist: toChecklist(facts),
		attachments: detail.attachments && {
			items: detail.attachments.map(toAttachment),
			canAdd: cards.attaching !== undefined && !card.readOnly,
		},
		comments: toComments(facts),
		can: {
			move: cards.moving !== undefined && !card.readOnly,
			remove: removalWord(cards, card),
			openInBrowser: card.webUrl !== undefined,
		},
		notices: lockNotice(account),
	};
}

/** The fields of a card that can be changed. */
export function fieldsOf({ editing }: Cards, card: Card): readonly Field[] {
	return card.readOnly || !editing ? [] : editing.fields(card);
}

/** The key of what a chosen value is called. */
export function labelKey(field: string, value: string): string {
	return `${field} ${value}`;
}

function toCardField(field: Field, { card, values }: CardDetail, labels: ReadonlyMap<string, string>): FieldView {
	const value = values[field.id] ?? emptyOf(field);
	return toFieldView(field, value, field.kind === 'choice' ? valueLabels(field, value, card, labels) : undefined);
}

/** What chosen values are called, where that is known without asking: the card says its people, labels and state. */
export function knownLabels(field: string, card: Card): readonly string[] | undefined {
	switch (field) {
		case cardField.assignee:
			return card.assignees;
		case cardField.labels:
			return card.labels;
		case cardField.status:
			return card.status === undefined ? undefined : [card.status];
		default:
			return undefined;
	}
}

function valueLabels(
	{ id }: Field,
	value: FieldValue,
	card: Card,
	labels: ReadonlyMap<string, string>,
): readonly string[] | undefined {
	if (isEmpty(value)) {
		return [];
	}
	const values = [value].flat().map(String);
	const named = values.map((one) => labels.get(labelKey(id, one)));
	if (named.every((name) => name !== undefined)) {
		return named;
	}
	const known = knownLabels(id, card);
	return known?.length === values.length ? known : undefined;
}

/** What no field shows: a card that can't be changed shows all of it as facts. */
function factsOf({ detail, cards }: CardFacts): CardPageView['facts'] {
	const { card, facts = [] } = detail;
	const shown = new Set(fieldsOf(cards, card).map(({ id }) => id));
	const own = (field: string, label: string, value: string | false | undefined) =>
		!value || shown.has(field) ? [] : [{ label, value }];
	return [
		...own(cardField.status, t('Status'), card.status),
		...own(cardField.blocked, t('Blocked'), card.blocked === undefined ? undefined : card.blocked || t('yes')),
		...own(cardField.assignee, t('Assigned to'), card.assignees?.join(', ')),
		...own(cardField.start, t('Starts'), card.startDate && dateText(card.startDate)),
		...own(cardField.due, t('Due'), card.dueDate && dateText(card.dueDate)),
		...own(cardField.labels, t('Labels'), card.labels?.join(', ')),
		...facts,
	];
}

function toChecklist({
	cards: { checklist },
	detail: { card, checklist: items },
}: CardFacts): CardPageView['checklist'] {
	const mayChange = !card.readOnly;
	return (
		items && {
			items: items.map(({ id, title, done }) => ({ id, title, done })),
			canSet: mayChange && checklist !== undefined,
			canAdd: mayChange && checklist?.add !== undefined,
			canRemove: mayChange && checklist?.remove !== undefined,
		}
	);
}

function toAttachment({ id, name, size, modified, notDownloadable }: Document) {
	const detail = present(size !== undefined && sizeText(size), modified && dateText(modified), notDownloadable);
	return { id, name, detail: detail.join(' · '), canOpen: notDownloadable === undefined };
}

function toComments({ comments, cards, detail: { card } }: CardFacts): CardPageView['comments'] {
	const mayChange = !card.readOnly;
	return (
		comments && {
			items: comments.items.map(({ id, author, created, text }) => ({
				id,
				author,
				time: created && momentText(created),
				body: text satisfies RichText,
				canRemove: mayChange && cards.comments?.remove !== undefined,
			})),
			hasMore: comments.hasMore,
			failure: comments.failure === undefined ? undefined : failureText(comments.failure),
			canAdd: mayChange && cards.comments?.add !== undefined,
		}
	);
}

/** A point in time, with its minute. */
function momentText(moment: string): string {
	const parsed = new Date(moment);
	return Number.isNaN(parsed.getTime())
		? moment
		: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(parsed);
}

function removalWord({ removal }: Cards, card: Card): string | undefined {
	if (!removal || card.readOnly || removal.whyNot?.(card)) {
		return undefined;
	}
	return removal.kind === 'delete' ? t('Delete…') : t('Archive…');
}

function lockNotice({ locked, name }: Account): readonly Notice[] {
	return locked
		? [
				{
					text: t('{0} is locked against changes.', name),
					severity: 'info',
					action: { label: t('Unlock'), id: 'unlock' },
				},
			]
		: [];
}
