import { t } from '@vscode/l10n';
import type { Workspace } from '../../core/model.ts';
import type { RelatedItem, RelatedList } from '../../core/operations.ts';
import { onePage } from '../../core/page.ts';
import type { Making } from './creation.ts';
import type { IterationWire } from './replies.ts';
import { daysOf, iterationName, timeframeName } from './timeframes.ts';

/** The iterations of an initiative in their order, asked for anew: which one is the current changes over night. */
export function iterationList({ client }: Making): RelatedList<Workspace> {
	return {
		id: 'iterations',
		name: t('Iterations'),
		icon: 'history',
		note: t('Which iteration is the current one changes by itself at the end of its last day.'),
		none: t('Planbox names no iteration of this initiative.'),
		async list({ id }, signal) {
			const { iterations } = await client.product(id, signal);
			return onePage(iterations.toSorted((a, b) => (a.num ?? 0) - (b.num ?? 0)).map(toItem));
		},
	};
}

function toItem(iteration: IterationWire): RelatedItem {
	const { id, timeframe } = iteration;
	return {
		id: id ?? timeframe,
		name: iterationName(iteration),
		description: [timeframeName(timeframe), daysOf(iteration)].filter((part) => part !== undefined).join(' · '),
	};
}
