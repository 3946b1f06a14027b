import { timeText } from './data.ts';
import { type Args, Declined, found } from './form.ts';
import type { Story, Task } from './held.ts';
import { type Asking, findProduct, writableStory } from './rights.ts';

export const taskFields = 'status resource_id role_id estimate duration timer_start timer_sum_in_seconds';

const statusAfter: Readonly<Record<string, string>> = {
	complete: 'completed',
	deliver: 'delivered',
	accept: 'accepted',
	reject: 'rejected',
	release: 'released',
};

/** What one client of 2013 calls; what it answers is what another reads of it. */
export function statusChanged(args: Args, ask: Asking): unknown {
	const story = writableStory(ask, args);
	const action = args.one('action');
	const status = found(Object.hasOwn(statusAfter, action) ? statusAfter[action] : undefined, 'Action');
	return { story: Object.assign(story, { status }), history_id: 1 };
}

export function addedTask(args: Args, ask: Asking): unknown {
	const story = writableStory(ask, args);
	ask.held.tasks += 1;
	const id = 1_000_000 + ask.held.tasks;
	const more = { story_id: story.id, priority: story.tasks.length + 1, role_id: null };
	story.tasks.push({ id, status: 'pending', resource_id: null, name: args.one('name'), ...more });
	return [followTasks(story)];
}

export function updatedTask(args: Args, ask: Asking): unknown {
	const story = writableStory(ask, args);
	const task = found(
		story.tasks.find(({ id }) => String(id) === args.one('task_id')),
		'Task',
	);
	const { status = task.status, resource_id: person, ...more } = args.pick(taskFields);
	if (!/^(pending|inprogress|completed)$/.test(status)) {
		throw new Declined('Unknown status of a task');
	}
	const members = findProduct(ask, String(story.product_id)).members;
	if (person && !members.has(Number(person))) {
		throw new Declined('Resource not found');
	}
	const timer = status === 'inprogress' && task.status !== status ? { timer_start: timeText(ask.now) } : {};
	Object.assign(task, more, timer, { status }, person !== undefined && { resource_id: Number(person) || null });
	return [followTasks(story)];
}

/** A story's status is worked out from its tasks, as one client found. */
function followTasks(story: Story): Story {
	const has =
		(status: string) =>
		({ status: of }: Task) =>
			of === status;
	story['status'] = story.tasks.every(has('completed'))
		? 'completed'
		: story.tasks.every(has('pending'))
			? 'pending'
			: 'inprogress';
	return story;
}
