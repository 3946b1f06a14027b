import { t } from '@vscode/l10n';
import type { Budget } from './budget.ts';

/** What this window has used of the day's budget; what other programs and windows use, Beebole tells nobody. */
export function usage(budget: Budget): readonly string[] {
	const { requests, bytes, stopped } = budget.left();
	const number = new Intl.NumberFormat();
	const kilobytes = (count: number): string => number.format(Math.ceil(count / 1_024));
	return [
		...(stopped || requests.left === 0 || bytes.left === 0 ? [t('Beebole takes no more requests today.')] : []),
		t(
			'{0} of {1} requests used today in this window.',
			number.format(requests.of - requests.left),
			number.format(requests.of),
		),
		t('{0} of {1} KB used today in this window.', kilobytes(bytes.of - bytes.left), kilobytes(bytes.of)),
	];
}
