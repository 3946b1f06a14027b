import { t } from '@vscode/l10n';
import { InvalidInput } from '../../core/errors.ts';
import { type Field, listOf, type Values } from '../../core/form.ts';
import type { Card, Extra } from '../../core/model.ts';
import { onePage } from '../../core/page.ts';
import type { Making } from './creation.ts';
import type { StoryWire, WholeStoryWire } from './replies.ts';

/**
 * The field of an item that says which of its tasks are in progress. A list to check off knows done and not done alone; so a
 * task is completed and made pending again there, and comes to be in progress, or back, here.
 */
export const inProgress = 'inprogress';

export function tasksField({ id }: Card, { client }: Making): Field {
	return {
		kind: 'choice',
		id: inProgress,
		label: t('Tasks in progress'),
		many: true,
		help: t('Planbox starts a timer for a task that comes to be in progress. One that is taken out is pending again.'),
		none: t('This item has no task yet.'),
		choices: async (_, signal) => {
			const { tasks } = await client.story(id, signal);
			return onePage((tasks ?? []).map((task) => ({ value: task.id, label: task.name ?? task.id })));
		},
	};
}

/** Which tasks are in progress. */
export function inProgressOf({ tasks }: Pick<StoryWire, 'tasks'>): readonly string[] {
	return (tasks ?? []).flatMap(({ id, status }) => (status === inProgress && id !== undefined ? [id] : []));
}

/** The same as a fact of a card, so that what an edit would start is known without asking. */
export function inProgressFact(story: Pick<StoryWire, 'tasks'>): { readonly extra: Extra } | undefined {
	const ids = inProgressOf(story);
	return ids.length > 0 ? { extra: { [inProgress]: ids.join() } } : undefined;
}

function shownOn({ extra }: Card): readonly string[] {
	return String(extra?.[inProgress] ?? '')
		.split(',')
		.filter(Boolean);
}

/** Said before a timer starts, which old clients found and no document says. */
export function timerWarning(card: Card, values: Values): string | undefined {
	const shown = shownOn(card);
	const { length } = listOf(values, inProgress).filter((id) => !shown.includes(id));
	if (length === 0) {
		return undefined;
	}
	return length === 1
		? t('Planbox starts a time-tracking timer for the task that comes to be in progress.')
		: t('Planbox starts a time-tracking timer for each of the {0} tasks that come to be in progress.', length);
}

export interface TaskChange {
	readonly id: string;
	readonly status: 'inprogress' | 'pending';
}

/**
 * What becomes of the tasks: those that were added start, those that were taken out are pending. One that the person left as it
 * was is not touched, whatever others made of it meanwhile. Throws `InvalidInput` for a task that the item does not have.
 */
export function taskChanges(card: Card, values: Values, story: WholeStoryWire): readonly TaskChange[] {
	if (values[inProgress] === undefined) {
		return [];
	}
	const [wanted, shown, now] = [listOf(values, inProgress), shownOn(card), inProgressOf(story)];
	const started = wanted.filter((id) => !shown.includes(id) && !now.includes(id));
	const unknown = started.filter((id) => !story.tasks?.some((task) => task.id === id));
	if (unknown.length > 0) {
		throw new InvalidInput([{ field: inProgress, message: t('This item has no task {0}.', unknown.join(', ')) }]);
	}
	const stopped = shown.filter((id) => !wanted.includes(id) && now.includes(id));
	return [
		...started.map((id) => ({ id, status: 'inprogress' }) as const),
		...stopped.map((id) => ({ id, status: 'pending' }) as const),
	];
}
