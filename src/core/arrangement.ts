import { t } from '@vscode/l10n';
import { dueDay, dueGrouping, dueGroups, dueName } from './due.ts';
import type { Card, Column } from './model.ts';
import { foldText } from './search.ts';

/** How the cards of a board are to be shown. Plain data, kept for each board. */
export interface Arrangement {
	readonly group: Grouping;
	readonly sort: Sorting;
	readonly filter: Filter;
}

/** What the lanes of the board are; `column` as at the vendor. */
export type Grouping = 'column' | 'assignee' | 'label' | 'due';
/** `vendor`: the order the vendor gives. */
export type Sorting = 'vendor' | 'due' | 'title' | 'assignee';

export interface Filter {
	/** Only the cards of the account's own person. */
	readonly mine?: boolean;
	/** Only what is due within this week or overdue, and not done. */
	readonly dueThisWeek?: boolean;
	readonly label?: string;
	/** Every word of it stands in the card's title, key, labels, status or people. */
	readonly text?: string;
}

export const asTheVendor: Arrangement = { group: 'column', sort: 'vendor', filter: {} };

/** What cannot be read off the cards. */
export interface ArrangementFacts {
	/** The id of the account's own person; where it is not known, no card is mine. */
	readonly me?: string;
	readonly now: Date;
	/** As in BCP 47; the machine's own where it is absent. */
	readonly language?: string;
}

/** A column, or what cards were grouped by. */
export interface Lane {
	/** The same for the same group every time; a column's own id where it is one. */
	readonly id: string;
	readonly name: string;
	/** Only where the lanes are columns. */
	readonly column?: Column;
	/** Those that the filter lets through, in their order. */
	readonly cards: readonly Card[];
	/** How many cards there are without the filter. */
	readonly total: number;
}

export interface ColumnCards {
	readonly column: Column;
	readonly cards: readonly Card[];
}

type Group = Omit<Lane, 'total'>;
type Sort = (cards: readonly Card[]) => readonly Card[];

/**
 * The lanes of a board. Columns are all there, in their order; of other lanes those that have a card to show. A card with
 * two people or two labels stands in two of them.
 */
export function arrange(
	columns: readonly ColumnCards[],
	{ group, sort, filter }: Arrangement,
	facts: ArrangementFacts,
): readonly Lane[] {
	const isShown = filtering(filter, facts);
	return groupsOf(columns, group, sorting(sort, facts), facts)
		.map(({ cards, ...lane }) => ({ ...lane, cards: cards.filter(isShown), total: cards.length }))
		.filter(({ column, cards }) => column !== undefined || cards.length > 0);
}

/** Whether a board is shown as the vendor shows it. */
export function isPlain({ group, sort, filter }: Arrangement): boolean {
	return group === 'column' && sort === 'vendor' && !isFiltered(filter);
}

/** Whether cards may be hidden. */
export function isFiltered({ mine, dueThisWeek, label, text }: Filter): boolean {
	return mine === true || dueThisWeek === true || label !== undefined || wordsOf(text).length > 0;
}

/** Every label that some card has, each once, in the order of the alphabet. */
export function labelsOf(cards: Iterable<Card>, language?: string): readonly string[] {
	const labels = new Set<string>();
	for (const card of cards) {
		card.labels?.forEach((label) => labels.add(label));
	}
	return [...labels].sort(collator(language).compare);
}

/** What differs from the vendor's own board as a short phrase, such as "due this week, by assignee"; empty where nothing does. */
export function arrangementText({ group, sort, filter }: Arrangement): string {
	const { mine, dueThisWeek, label, text } = filter;
	return [
		mine && t('mine'),
		dueThisWeek && t('due this week'),
		label !== undefined && t('label {0}', label),
		wordsOf(text).length > 0 && t('with “{0}”', text?.trim() ?? ''),
		groupingText(group),
		sortingText(sort),
	]
		.filter((part) => typeof part === 'string')
		.join(', ');
}

function groupingText(group: Grouping): string | undefined {
	switch (group) {
		case 'column':
			return undefined;
		case 'assignee':
			return t('by assignee');
		case 'label':
			return t('by label');
		case 'due':
			return t('by due date');
	}
}

function sortingText(sort: Sorting): string | undefined {
	switch (sort) {
		case 'vendor':
			return undefined;
		case 'due':
			return t('sorted by due date');
		case 'title':
			return t('sorted by title');
		case 'assignee':
			return t('sorted by assignee');
	}
}

/** Cards that stand in several groups are put into order once. */
function groupsOf(
	columns: readonly ColumnCards[],
	group: Grouping,
	inOrder: Sort,
	facts: ArrangementFacts,
): readonly Group[] {
	const all = () => inOrder(columns.flatMap(({ cards }) => cards));
	switch (group) {
		case 'column':
			return columns.map(({ column, cards }) => ({ id: column.id, name: column.name, column, cards: inOrder(cards) }));
		case 'assignee':
			return byName(all(), 'assignee', peopleOf, t('Nobody'), facts);
		case 'label':
			return byName(all(), 'label', ({ labels = [] }) => labels, t('No label'), facts);
		case 'due':
			return byDue(all(), facts);
	}
}

/** Names in the order of the alphabet, and last what has none. */
function byName(
	cards: readonly Card[],
	kind: string,
	namesOf: (card: Card) => readonly string[],
	none: string,
	{ language }: ArrangementFacts,
): readonly Group[] {
	const named = new Map<string, Card[]>();
	const nameless: Card[] = [];
	for (const card of cards) {
		const names = new Set(namesOf(card).filter((name) => name !== ''));
		names.forEach((name) => put(named, name, card));
		if (names.size === 0) {
			nameless.push(card);
		}
	}
	const order = collator(language);
	return [
		...[...named]
			.sort(([a], [b]) => order.compare(a, b))
			.map(([name, cards]) => ({ id: `${kind}:${name}`, name, cards })),
		{ id: `${kind}:`, name: none, cards: nameless },
	];
}

function byDue(cards: readonly Card[], { now, language }: ArrangementFacts): readonly Group[] {
	const groupOf = dueGrouping(now, language);
	const groups = new Map<string, Card[]>();
	for (const card of cards) {
		put(groups, groupOf(card), card);
	}
	return dueGroups.map((group) => ({ id: `due:${group}`, name: dueName(group), cards: groups.get(group) ?? [] }));
}

/** Ids and names come in no certain order, so people are told apart by their names. */
function peopleOf({ assignees = [], assigneeIds = [] }: Card): readonly string[] {
	return assignees.length === 0 && assigneeIds.length > 0 ? [t('Somebody')] : assignees;
}

function filtering(filter: Filter, { me, now, language }: ArrangementFacts): (card: Card) => boolean {
	const groupOf = dueGrouping(now, language);
	const words = wordsOf(filter.text).map(foldText);
	const tests: readonly ((card: Card) => boolean)[] = [
		...(filter.mine ? [({ assigneeIds }: Card) => me !== undefined && (assigneeIds?.includes(me) ?? false)] : []),
		...(filter.dueThisWeek ? [(card: Card) => ['overdue', 'thisWeek'].includes(groupOf(card))] : []),
		...(filter.label === undefined ? [] : [({ labels }: Card) => labels?.includes(filter.label ?? '') ?? false]),
		...(words.length === 0 ? [] : [(card: Card) => hasWords(card, words)]),
	];
	return (card) => tests.every((test) => test(card));
}

function hasWords(
	{ title, key, id, labels = [], status = '', assignees = [] }: Card,
	words: readonly string[],
): boolean {
	const text = foldText([title, key ?? id, status, ...labels, ...assignees].join('\n'));
	return words.every((word) => text.includes(word));
}

function wordsOf(text = ''): readonly string[] {
	return text.split(/\s+/u).filter((word) => word !== '');
}

/** Cards without what is sorted by come last; equal ones stay in the vendor's order. */
function sorting(sort: Sorting, { language }: ArrangementFacts): Sort {
	switch (sort) {
		case 'vendor':
			return (cards) => cards;
		case 'due':
			return (cards) => sorted(cards, dueDay, (a, b) => (a < b ? -1 : Number(a > b)));
		case 'title':
			return (cards) => sorted(cards, ({ title }) => title, collator(language).compare);
		case 'assignee':
			return (cards) => sorted(cards, (card) => peopleOf(card).join(', ') || undefined, collator(language).compare);
	}
}

function sorted(
	cards: readonly Card[],
	keyOf: (card: Card) => string | undefined,
	compare: (a: string, b: string) => number,
): readonly Card[] {
	return cards
		.map((card) => ({ card, key: keyOf(card) }))
		.sort(({ key: a }, { key: b }) =>
			a === undefined || b === undefined ? Number(a === undefined) - Number(b === undefined) : compare(a, b),
		)
		.map(({ card }) => card);
}

function put(groups: Map<string, Card[]>, key: string, card: Card): void {
	const group = groups.get(key);
	if (group) {
		group.push(card);
	} else {
		groups.set(key, [card]);
	}
}

/** "Card 2" stands before "Card 10". */
function collator(language: string | undefined): Intl.Collator {
	return new Intl.Collator(language, { numeric: true });
}
