import { t } from '@vscode/l10n';
import { InvalidInput, OutcomeUnknown, ProviderError, Refused } from '../../core/errors.ts';
import { textOf } from '../../core/form.ts';
import { bareForm, type Operation, type RelatedItem } from '../../core/operations.ts';
import { onePage } from '../../core/page.ts';
import { idsOf, keyed, taskChoices } from './choices.ts';
import { type Data, question } from './data.ts';
import { keyOf, type LinkFamily, link, linkedOf } from './links.ts';
import { inOrder, statusOf } from './mapping.ts';
import type { Task } from './replies.ts';
import type { Target, TargetRef } from './target.ts';
import { toId } from './unverified.ts';
import type { Writing } from './writing.ts';

/** Tasks of the company that alone are offered at a place, as long as they are in force there. */
export const specificTasks: LinkFamily = {
	id: 'specificTasks',
	icon: 'tasklist',
	attach: 'attach_specific_task',
	detach: 'detach_specific_task',
	question: question.specificTasks,
	words: () => ({
		name: t('Specific tasks'),
		note: t('Tasks of the company that are offered here in the place of its general ones.'),
		none: t('There are no specific tasks here.'),
		add: t('Add specific task'),
		added: (place) => t('The task was added to {0}.', place),
		remove: t('Remove specific task'),
		question: (item, place) => t('Remove the task {0} from {1}?', item, place),
		detail: t('The task itself stays in the company, and wherever else it is used.'),
	}),
	async items(of, data, signal) {
		const { specificTasks, disabled } = await data.specificTasks(of, signal);
		return inOrder(specificTasks).map((task) => toItem(task, disabled));
	},
	field: (of, data) => ({
		kind: 'choice',
		id: 'task',
		label: t('Task'),
		required: true,
		free: true,
		help: t('A task of the company, or the name of a new one, which is made for the whole company.'),
		none: t('Every task of the company is here already. Type a name for a new one.'),
		async choices(_, signal) {
			const taken = idsOf((await data.specificTasks(of, signal)).specificTasks);
			return keyed(onePage(await taskChoices(of.company, taken, data, signal)), 'task');
		},
	}),
	confirmation(of, values) {
		const name = textOf(values, 'task') ?? '';
		return linkedOf(name)?.kind === 'task'
			? undefined
			: {
					question: t('Make a new task “{0}” and add it to {1}?', name, of.name),
					detail: t('Tasks belong to the company: it can be used everywhere in it. Beebole deletes no tasks.'),
					button: t('Make task'),
				};
	},
	add: async (of, value, writing, signal) => {
		const { data } = writing;
		const { id, name } = await chosenTask(of, value, data, signal);
		if (id !== undefined) {
			await attachTask(of, id, writing, signal);
			return t('{0} was added to {1}.', name, of.name);
		}
		await makeTask(of, name, writing, signal);
		return t('{0} was made and added to {1}.', name, of.name);
	},
	more: (target, writing) => [inForce(true, target, writing), inForce(false, target, writing)],
};

function toItem(task: Task, disabled: boolean): RelatedItem {
	return { id: keyOf({ kind: 'task', id: toId(task) }), name: task.name, description: statusOf(task, disabled) };
}

/**
 * The task of the company that was chosen, or that has the typed name already; without an id where there is none yet. Looking for
 * the name makes no second task where an earlier try made the first.
 */
async function chosenTask(
	of: Target,
	value: string,
	data: Data,
	signal: AbortSignal,
): Promise<{ readonly id?: string; readonly name: string }> {
	const tasks = await data.tasks(of.company, signal);
	const chosen = linkedOf(value)?.id;
	const found = tasks.find((task) => toId(task) === chosen) ?? tasks.find(({ name }) => name === value);
	if (!found) {
		return { name: value };
	}
	const { specificTasks } = await data.specificTasks(of, signal);
	if (idsOf(specificTasks).has(toId(found))) {
		throw new InvalidInput([{ field: 'task', message: t('{0} is there already.', found.name) }]);
	}
	return { id: toId(found), name: found.name };
}

export function attachTask(of: TargetRef, id: string, writing: Writing, signal: AbortSignal): Promise<void> {
	return link(specificTasks, of, { kind: 'task', id }, true, writing, signal);
}

export function detachTask(of: TargetRef, id: string, writing: Writing, signal: AbortSignal): Promise<void> {
	return link(specificTasks, of, { kind: 'task', id }, false, writing, signal);
}

/**
 * Makes a task on the company and puts it onto a place: two calls, and Beebole has none that does both or takes the first
 * back. Where the second fails, says that the task stays.
 */
export async function makeTask(of: Target, name: string, writing: Writing, signal: AbortSignal): Promise<string> {
	const { client, data } = writing;
	const id = await data.changing([question.tasks(of.company)], () => client.createTask(of.company, name, signal));
	try {
		await attachTask(of, id, writing, signal);
	} catch (error) {
		throw stayingBehind(name, of, error);
	}
	return id;
}

function stayingBehind(name: string, of: Target, error: unknown): unknown {
	if (error instanceof OutcomeUnknown) {
		return new OutcomeUnknown(
			t('The task “{0}” was made and stays in the company. Whether it was added to {1} is not known.', name, of.name),
			error,
		);
	}
	return error instanceof ProviderError
		? new Refused(
				t(
					'The task “{0}” was made and stays in the company, but was not added to {1}: {2}',
					name,
					of.name,
					error.message,
				),
				[],
				error,
			)
		: error;
}

function inForce<Place>(on: boolean, target: (place: Place) => Target, { client, data }: Writing): Operation<Place> {
	const done = ({ name }: Target): string =>
		on ? t('Specific tasks are on for {0}.', name) : t('Specific tasks are off for {0}; the list is kept.', name);
	return {
		id: on ? 'enable' : 'disable',
		get title() {
			return on ? t('Enable specific tasks') : t('Disable specific tasks');
		},
		whyNot: (place) => (data.areTasksInForce(target(place)) === on ? done(target(place)) : undefined),
		async begin(place) {
			const of = target(place);
			return bareForm(on ? t('Enable specific tasks') : t('Disable specific tasks'), async (signal) => {
				await data.changing([question.specificTasks(of)], () => client.setTasksInForce(of, on, signal));
				return { message: done(of) };
			});
		},
	};
}
