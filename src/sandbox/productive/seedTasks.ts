import type { WorldBoard, WorldCard } from '../world.ts';
import { type Add, keyOf, lately, step, time } from './forms.ts';
import type { Row } from './kinds.ts';

/** A folder with its task lists and tasks. */
export function addFolder(
	add: Add,
	project_id: number,
	board: WorldBoard,
	position: number,
	people: readonly Row[],
	statuses: readonly Row[],
	next: () => string,
): void {
	const folder_id = add('folders', { project_id, name: board.name, position, placement: position * step }).id;
	// Made from last to first, so that only `placement` tells their order.
	const lists = board.columns
		.map((name, column) => ({ name, position: column + 1, placement: (column + 1) * step }))
		.reverse()
		.map((place) => add('task_lists', { project_id, folder_id, board_id: folder_id, ...place }))
		.reverse();
	board.cards.forEach((card, index) => {
		const status = statuses.at(statusOf(card, lists.length));
		const place = { project_id, task_list_id: lists[card.column]?.id, workflow_status_id: status?.id };
		const task = add('tasks', { ...place, ...taskOf(card, index, next(), people, status?.['category_id'] === 3) });
		addChecklist(add, task, card, index, statuses, next);
		if (index === 0) {
			addTalk(add, task, people);
		}
	});
}

/** Tasks count within their project. */
export function counting(): () => string {
	let last = 0;
	return () => String((last += 1));
}

/** Only this many of a folder have subtasks; the lists of the others are to-dos. */
const parents = 20;

function addChecklist(
	add: Add,
	parent: Row,
	{ checklist, created }: WorldCard,
	index: number,
	statuses: readonly Row[],
	next: () => string,
): void {
	if (checklist.length === 0 || index >= parents) {
		Object.assign(parent, { todo_count: checklist.length, open_todo_count: checklist.length });
		return;
	}
	const { project_id, task_list_id } = parent;
	checklist.forEach((title, at) => {
		const number = next();
		const status = statuses.at(at === 0 ? -1 : 0);
		add('tasks', {
			project_id,
			task_list_id,
			workflow_status_id: status?.id,
			parent_task_id: parent.id,
			title,
			number,
			task_number: number,
			closed: status?.['category_id'] === 3,
			created_at: created,
			updated_at: created,
			placement: (at + 1) * step,
			subtask_placement: (at + 1) * step,
		});
	});
	Object.assign(parent, { subtask_count: checklist.length, open_subtask_count: checklist.length - 1 });
}

/** Two comments, of which one calls somebody by name, and a file. */
function addTalk(add: Add, task: Row, people: readonly Row[]): void {
	const mention = JSON.stringify({ type: 'person', id: people[1]?.id, label: 'Björk' });
	const comments = [
		['2026-11-12', people[1], '<p>The drawings are in Docs.</p>'],
		['2026-11-13', people[0], `<p>Thanks, @[${mention}]. Is <strong>Tuesday</strong> fine?</p>`],
	] as const;
	for (const [day, creator, body] of comments) {
		const at = { created_at: time(day), updated_at: time(day) };
		const place = { task_id: task.id, project_id: task['project_id'], commentable_type: 'task' };
		add('comments', { ...place, body, creator_id: creator?.id, version_number: 1, ...at });
	}
	const content = new TextEncoder().encode('Measured on site.\n');
	const facts = { name: 'measures.txt', content_type: 'text/plain', size: content.length, attachable_type: 'task' };
	const row = add('attachments', { task_id: task.id, ...facts, created_at: lately, content });
	row['key'] = keyOf(row.id, 'measures.txt');
}

/** Not started, then in progress, and at the end closed where there was a day for it. */
function statusOf({ column, dueDate }: WorldCard, columns: number): number {
	return column > 0 && column === columns - 1 ? (dueDate ? -1 : -2) : Math.min(1, column);
}

function taskOf(card: WorldCard, index: number, number: string, people: readonly Row[], closed: boolean): object {
	return {
		title: card.title,
		description: card.description,
		number,
		task_number: number,
		start_date: card.startDate,
		due_date: card.dueDate,
		created_at: card.created,
		updated_at: card.created,
		closed,
		closed_at: closed ? lately : null,
		placement: (index + 1) * step,
		tag_list: card.labels,
		assignee_id: people[card.assignee ?? -1]?.id,
		creator_id: people[0]?.id,
		initial_estimate: card.points && card.points * 60,
	};
}
