import { t } from '@vscode/l10n';
import type { TableState } from './tableState.ts';

export function numberText(number: number): string {
	return new Intl.NumberFormat(document.documentElement.lang || undefined).format(number);
}

/** How many rows are ticked, and what the filter has to do with it. */
export function countText(state: TableState): string {
	const { ticked, total, count, shown } = state;
	const all = t('{0} of {1} ticked.', numberText(ticked), numberText(total));
	if (count === total) return all;
	const hidden = ticked - shown.filter((row) => row.ticked).length;
	const parts = [all, shownText(state)];
	if (hidden === 1) parts.push(t('One ticked row is hidden by the filter.'));
	if (hidden > 1) parts.push(t('{0} ticked rows are hidden by the filter.', numberText(hidden)));
	return parts.join(' ');
}

export function shownText({ count, total }: TableState): string {
	return count === total ? t('All rows are shown.') : t('{0} of {1} shown.', numberText(count), numberText(total));
}
