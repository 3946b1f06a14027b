import { t } from '@vscode/l10n';
import { cardField } from '../../core/cards.ts';
import type { Field, FieldValue } from '../../core/form.ts';
import type { Card } from '../../core/model.ts';
import { type CardNeeds, labelChoices, peopleChoices } from './cardAccess.ts';
import { type CardBody, sent } from './cardCalls.ts';
import { dayOf } from './mapping.ts';
import type { OneCardWire } from './shapes.ts';
import { cleared, clearedText, guessed } from './unverified.ts';

/** The board whose cards a field is for, and its workspace where that is known without asking. */
export interface FieldPlace {
	readonly boardId: string;
	readonly workspaceId?: string;
}

/** One thing of a card that can be changed: the field, and how it is sent, read and compared. */
export interface CardMember {
	field(needs: CardNeeds, place: FieldPlace): Field;
	/** What goes out with a new card for a value that is not empty; absent where only a card that is there can have it. */
	readonly create?: (value: FieldValue) => CardBody;
	/** What goes out to change it; an empty value clears. */
	update(value: FieldValue): CardBody;
	value(wire: OneCardWire): FieldValue;
	/**
	 * Whether the card now shows what was sent. `old` is what it showed before: the server may tidy a text up, so that of
	 * texts only one that is still the old one was not taken.
	 */
	took(asked: FieldValue, shown: FieldValue, old: Card): boolean;
}

export const contributors = 'contributors';
export const estimate = 'estimate';

export const members: readonly CardMember[] = [
	{
		field: () => ({ kind: 'text', id: cardField.title, label: t('Title'), required: true }),
		create: (value) => ({ title: text(value) }),
		update: (value) => ({ title: text(value) }),
		value: ({ title }) => title,
		took: (asked, shown, { title }) => changed(asked, shown, title),
	},
	{
		field: () => ({
			kind: 'text',
			id: cardField.description,
			label: t('Description'),
			multiline: true,
			html: true,
		}),
		create: (value) => ({ description: text(value) }),
		update: (value) => ({ description: text(value) }),
		value: ({ description }) => description ?? '',
		took: (asked, shown, { description }) =>
			changed(asked, shown, description && 'html' in description ? description.html : ''),
	},
	{
		field: (needs, { boardId, workspaceId }) => ({
			kind: 'choice',
			id: cardField.assignee,
			label: t('Assignee'),
			choices: (_values, signal) => peopleChoices(needs, boardId, workspaceId, signal),
			none: t('Nobody in this workspace may see the board.'),
		}),
		create: (value) => ({ assignee_id: sent(text(value)) }),
		update: (value) => ({ assignee_id: sentOrCleared(value) }),
		value: ({ assignee_id, assignee }) => assignee_id ?? assignee?.id ?? '',
		took: (asked, shown) => text(asked) === shown,
	},
	{
		field: (needs, { boardId, workspaceId }) => ({
			kind: 'choice',
			id: contributors,
			label: t('Co-assignees'),
			many: true,
			choices: (_values, signal) => peopleChoices(needs, boardId, workspaceId, signal),
			none: t('Nobody in this workspace may see the board.'),
		}),
		update: (value) => ({ contributor_ids: many(value).map(sent) }),
		value: (wire) => wire.contributors?.flatMap(({ id }) => id ?? []) ?? [],
		took: (asked, shown) => [...many(asked)].sort().join() === [...many(shown)].sort().join(),
	},
	{
		field: (needs, { boardId }) => ({
			kind: 'choice',
			id: cardField.labels,
			label: t('Label'),
			choices: (_values, signal) => labelChoices(needs, boardId, signal),
			none: t('This board has no labels.'),
		}),
		create: (value) => ({ label_id: sent(text(value)) }),
		update: (value) => ({ label_id: sentOrCleared(value) }),
		value: ({ label_id }) => label_id ?? '',
		took: (asked, shown) => text(asked) === shown,
	},
	{
		field: () => ({ kind: 'date', id: cardField.start, label: t('Start date') }),
		update: (value) => ({ [guessed.start]: text(value) || cleared }),
		value: ({ start_date }) => dayOf(start_date) ?? '',
		took: (asked, shown) => text(asked) === shown,
	},
	{
		field: () => ({ kind: 'date', id: cardField.due, label: t('Due date') }),
		create: (value) => ({ due_date: text(value) }),
		update: (value) => ({ [guessed.due]: text(value) || cleared }),
		value: ({ due_date }) => dayOf(due_date) ?? '',
		took: (asked, shown) => text(asked) === shown,
	},
	{
		field: () => ({
			kind: 'text',
			id: estimate,
			label: t('Points'),
			help: t('ProjectPlace itself offers 0, 0.5, 1, 2, 3, 5, 8, 13, 20, 40 and 100.'),
			check: (value) => (points(value) === undefined ? t('Points must be a number such as 5 or 0.5.') : undefined),
		}),
		// A number where a card is made, its text where one is changed.
		create: (value) => ({ estimate: points(value) }),
		update: (value) => ({ estimate: text(value) === '' ? cleared : String(points(value)) }),
		value: (wire) => (wire.estimate === null || wire.estimate === undefined ? '' : String(wire.estimate)),
		took: (asked, shown) => points(asked) === points(shown),
	},
	{
		field: () => ({ kind: 'flag', id: cardField.blocked, label: t('Blocked') }),
		create: (value) => ({ is_blocked: Number(value === true) }),
		update: (value) => ({ [guessed.isBlocked]: Number(value === true) }),
		value: ({ is_blocked }) => Boolean(is_blocked),
		took: (asked, shown) => (asked === true) === shown,
	},
	{
		field: () => ({ kind: 'text', id: cardField.blockReason, label: t('Why it is blocked') }),
		// Written under one name and read under another.
		create: (value) => ({ block_reason: text(value) }),
		update: (value) => ({ [guessed.blockReason]: text(value) || clearedText }),
		value: ({ is_blocked_reason }) => is_blocked_reason ?? '',
		took: (asked, shown, { blocked }) => changed(asked, shown, blocked ?? ''),
	},
];

function text(value: FieldValue): string {
	return typeof value === 'string' ? value.trim() : '';
}

function many(value: FieldValue): readonly string[] {
	return Array.isArray(value) ? value : [];
}

function sentOrCleared(value: FieldValue): string | number {
	return text(value) === '' ? cleared : sent(text(value));
}

/** Undefined where it is no number; people write decimals with a point or with a comma. */
function points(value: FieldValue): number | undefined {
	const typed = text(value).replace(',', '.');
	return /^\d+(\.\d+)?$/.test(typed) ? Number(typed) : undefined;
}

function changed(asked: FieldValue, shown: FieldValue, old: string): boolean {
	return bare(shown) === bare(asked) || bare(shown) !== bare(old);
}

/** A text without its tags and with single spaces. */
function bare(value: FieldValue): string {
	return text(value)
		.replaceAll(/<[^>]*>/g, ' ')
		.replaceAll(/(&nbsp;|\s)+/g, ' ')
		.trim();
}
