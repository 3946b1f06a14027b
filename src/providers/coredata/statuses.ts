import { t } from '@vscode/l10n';
import type { Card, Column } from '../../core/model.ts';
import { byDueDate, toCard } from './mapping.ts';
import type { DynatypeWire, EntryWire, TaskWire } from './replies.ts';

const uiLanguage = Intl.DateTimeFormat().resolvedOptions().locale;

/** Value lists by their names; undefined where the tenant does not show one. */
export type ValueLists = ReadonlyMap<string, readonly EntryWire[] | undefined>;

/** The list that a value belongs to: a value is `list:Key:parent`, and each type of task has a list of its own. */
export function familyOf(value: string): string {
	return value.split(':', 1)[0] ?? '';
}

/** What people read of a value: its translation, the English one, or its key. */
export function labelOf(value: string, lists: ValueLists, language = uiLanguage): string {
	const entry = lists.get(familyOf(value))?.find(({ name }) => name === value);
	return entry ? entryLabel(entry, language) : keyOf(value);
}

export function entryLabel({ name, translations }: EntryWire, language = uiLanguage): string {
	return translations?.[language] || translations?.[language.split('-', 1)[0] ?? ''] || translations?.en || keyOf(name);
}

function keyOf(value: string): string {
	return (value.split(':')[1] || value).replaceAll('_', ' ');
}

export function inOrder(entries: readonly EntryWire[]): readonly EntryWire[] {
	return entries.toSorted((a, b) => (a.ordering ?? 0) - (b.ordering ?? 0));
}

/** The status list that most of a project's tasks follow; without tasks, that of the first type of task there is. */
export function mainList(tasks: readonly TaskWire[], types: readonly DynatypeWire[]): string {
	const counts = new Map<string, number>();
	for (const { dynatype, status } of tasks) {
		const list = types.find(({ id }) => id === dynatype?.id)?.status_list || familyOf(status ?? '');
		counts.set(list, (counts.get(list) ?? 0) + 1);
	}
	const [most] = [...counts].sort(([, a], [, b]) => b - a);
	return (
		most?.[0] ||
		types.find(({ systype, status_list }) => systype === 'Task' && status_list)?.status_list ||
		'task_status'
	);
}

export interface StatusBoard {
	readonly columns: readonly Column[];
	/** By the ids of the columns. */
	readonly cards: ReadonlyMap<string, readonly Card[]>;
}

export interface Place {
	readonly boardId: string;
	readonly workspaceId: string;
}

/** No status can look like this one. */
export const other = 'other';

/**
 * A project's tasks by status. Every status of the main list is a column, and so is each other one that holds tasks;
 * statuses that their own list does not have are together in "Other".
 */
export function toStatusBoard(place: Place, tasks: readonly TaskWire[], main: string, lists: ValueLists): StatusBoard {
	const cards = new Map<string, Card[]>(statusesOf(lists.get(main)).map((status) => [status, []]));
	for (const list of lists.values()) {
		statusesOf(list).forEach(
			(status) => tasks.some((task) => task.status === status) && cards.set(status, cards.get(status) ?? []),
		);
	}
	for (const task of tasks.toSorted(byDueDate)) {
		const column = columnOf(task, lists);
		const its = cards.get(column) ?? [];
		its.push(toCard(task, place.boardId, column, task.status ? labelOf(task.status, lists) : undefined));
		cards.set(column, its);
	}
	const ids = [...cards.keys()].sort((a, b) => Number(a === other) - Number(b === other));
	return { cards, columns: ids.map((id) => toColumn(id, place, lists, cards.get(id)?.length)) };
}

/** The column of a task: its status, or the one for everything that its status list does not know. */
export function columnOf({ status }: TaskWire, lists: ValueLists): string {
	const list = lists.get(familyOf(status ?? ''));
	return status && (!list || list.some(({ name }) => name === status)) ? status : other;
}

export function toColumn(id: string, place: Place, lists: ValueLists, count?: number): Column {
	const name = id === other ? t('Other') : labelOf(id, lists);
	return { id, ...place, name, count, note: id === other ? otherNote() : columnNote() };
}

function statusesOf(entries: readonly EntryWire[] | undefined): readonly string[] {
	return inOrder(entries ?? []).map(({ name }) => name);
}

export function columnNote(): string {
	return t(
		'CoreData has no columns: these are the statuses of tasks, which only its administrators can name, for all projects at once.',
	);
}

function otherNote(): string {
	return t('Tasks here have a status that is not in the list of statuses.');
}
