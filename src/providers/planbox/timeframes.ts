import { t } from '@vscode/l10n';
import type { IterationWire, ProductWire } from './replies.ts';

/** As columns, from left to right: what is worked on, what comes, what is over. */
const ordered = ['current', 'next', 'after_next', 'backlog', 'last', 'before_last'] as const;

/**
 * Every initiative has exactly one of each.
 * https://agilehelp.planbox.com/support/solutions/articles/35000043375-iterations
 */
const always: ReadonlySet<string> = new Set(['current', 'next', 'backlog']);
const over: ReadonlySet<string> = new Set(['last', 'before_last']);

type Iterations = Pick<ProductWire, 'iterations'>;

/** The timeframes that an initiative has; those that all have where nothing is known of it. */
export function timeframesOf(product: Iterations | undefined): readonly string[] {
	const own = new Set(product?.iterations.map(({ timeframe }) => timeframe));
	return ordered.filter((timeframe) => always.has(timeframe) || own.has(timeframe));
}

/** Those in which there is still something to do. */
export function openTimeframesOf(product: Iterations): readonly string[] {
	return timeframesOf(product).filter((timeframe) => !over.has(timeframe));
}

/** Why no item can be put into a timeframe; undefined where trying is worth it. */
export function whyNoMoveTo(timeframe: string): string | undefined {
	return over.has(timeframe)
		? t('Planbox does not say that it takes items into an iteration that is over, so Boardwalk moves none there.')
		: undefined;
}

/**
 * Why no item can be made in a timeframe; undefined where it can.
 * https://agilehelp.planbox.com/support/solutions/articles/35000043371-third-party-integrations
 */
export function whyNoItemIn(timeframe: string): string | undefined {
	return always.has(timeframe)
		? undefined
		: t('Planbox takes new items of other programs into the current, next and backlog timeframes only.');
}

export function timeframeName(timeframe: string): string {
	switch (timeframe) {
		case 'current':
			return t('Current');
		case 'next':
			return t('Next');
		case 'after_next':
			return t('After next');
		case 'backlog':
			return t('Backlog');
		case 'last':
			return t('Last iteration');
		case 'before_last':
			return t('Before last');
		default:
			return timeframe;
	}
}

/** Which iteration a timeframe is at present, as far as it is one with an end: the backlog has none. */
export function timeframeNote(timeframe: string, product: Iterations | undefined): string {
	const iteration = product?.iterations.find((one) => one.timeframe === timeframe);
	const days = iteration && daysOf(iteration);
	return iteration && days !== undefined
		? t('{0}, {1}, shared by all projects of the initiative.', iterationName(iteration), days)
		: t('A timeframe shared by all projects of the initiative.');
}

export function iterationName({ num }: IterationWire): string {
	return num ? t('Iteration {0}', num) : t('Iteration');
}

/** From its first day to its last; undefined for the backlog, which does not end. */
export function daysOf({ start, end }: IterationWire): string | undefined {
	const [first, last] = [new Date(start ?? ''), new Date(end ?? '')];
	const isDated = !Number.isNaN(first.getTime()) && last >= first;
	const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
	return isDated ? format.formatRange(first, last) : undefined;
}
