import { t } from '@vscode/l10n';
import type { Card } from './model.ts';

/** When cards are due, as it looks on the calendar of whoever asks. */

/** In the order in which they are shown. */
export const dueGroups = ['overdue', 'thisWeek', 'later', 'noDate', 'done'] as const;

export type DueGroup = (typeof dueGroups)[number];

/** Sorts cards into groups as they stand at a point in time; what is done is never overdue. */
export function dueGrouping(now: Date, language?: string): (card: Pick<Card, 'dueDate' | 'done'>) => DueGroup {
	const today = localDay(now);
	const lastDay = lastDayOfWeek(now, language);
	return (card) => {
		const day = dueDay(card);
		if (card.done) {
			return 'done';
		}
		if (day === undefined) {
			return 'noDate';
		}
		return day < today ? 'overdue' : day <= lastDay ? 'thisWeek' : 'later';
	};
}

export function dueName(group: DueGroup): string {
	switch (group) {
		case 'overdue':
			return t('Overdue');
		case 'thisWeek':
			return t('This week');
		case 'later':
			return t('Later');
		case 'noDate':
			return t('No date');
		case 'done':
			return t('Done');
	}
}

/** The local day a card is due as `YYYY-MM-DD`; undefined where it has no date that can be read. */
export function dueDay({ dueDate }: Pick<Card, 'dueDate'>): string | undefined {
	if (dueDate === undefined || isDay(dueDate)) {
		return dueDate;
	}
	const point = new Date(dueDate);
	return Number.isNaN(point.getTime()) ? undefined : localDay(point);
}

/** The day on the wall's calendar as `YYYY-MM-DD`. */
export function localDay(point: Date): string {
	const two = (number: number) => String(number).padStart(2, '0');
	return `${String(point.getFullYear()).padStart(4, '0')}-${two(point.getMonth() + 1)}-${two(point.getDate())}`;
}

/** The last day of the week that a point in time lies in, as weeks are where the language is spoken. */
export function lastDayOfWeek(now: Date, language?: string): string {
	// Both count Monday as 1; a Date counts Sunday as 0.
	const weekday = now.getDay() || 7;
	const left = 6 - ((weekday - firstWeekday(language) + 7) % 7);
	return localDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() + left));
}

/** `YYYY-MM-DD` or an ISO time as a date people read. */
export function dateText(date: string): string {
	const parsed = new Date(isDay(date) ? `${date}T00:00:00Z` : date);
	return Number.isNaN(parsed.getTime())
		? date
		: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', ...(isDay(date) && { timeZone: 'UTC' }) }).format(
				parsed,
			);
}

function isDay(date: string): boolean {
	return /^\d{4}-\d{2}-\d{2}$/.test(date);
}

/** Not every engine tells it, and some tell it as a property; Monday, as ISO 8601 has it, where none does. */
function firstWeekday(language = new Intl.DateTimeFormat().resolvedOptions().locale): number {
	const locale: { getWeekInfo?(): Intl.WeekInfo; readonly weekInfo?: Intl.WeekInfo } = new Intl.Locale(language);
	return (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1;
}
