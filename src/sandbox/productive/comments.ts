import type { Input } from './input.ts';
import { type Kind, kinds, type Row } from './kinds.ts';
import { demandFiles, linkFiles } from './links.ts';
import { own } from './projects.ts';
import { blank, demandNone, isBlank, wrong } from './replies.ts';
import type { Routes } from './routes.ts';
import { type Store, time } from './store.ts';

const writable = { created: 'body task_id attachment_ids hidden', changed: 'body attachment_ids hidden' } as const;

const { comments } = kinds as Record<'comments', Kind>;

/** Comments on tasks. */
export function addComments(routes: Routes, store: Store, clock: () => number): void {
	routes.creating('/comments', comments, writable.created, (input, place) => create(store, input, place, clock()));
	routes.changing(comments, '', writable.changed, (row, { attachment_ids, ...input }, place) => {
		demandNone(['body', blank, 'body' in input && isBlank(input['body'])]);
		linkFiles(store, 'comment_id', row, attachment_ids, place);
		const at = time(clock());
		Object.assign(row, input, { updated_at: at, edited_at: at, version_number: Number(row['version_number']) + 1 });
	});
	routes.deleting(comments, (row) => {
		const rows = store.tables['comments'] ?? [];
		rows.splice(rows.indexOf(row), 1);
	});
}

function create(store: Store, { attachment_ids, ...input }: Input, organization: number, now: number): Row {
	const task = own(store, 'tasks', input['task_id'], organization);
	demandNone(['body', blank, isBlank(input['body'])], ['task', wrong, !task]);
	demandFiles(store, attachment_ids, organization);
	const me = store.tables['organization_memberships']?.find((one) => one.organization_id === organization);
	const at = time(now);
	const row = store.add('comments', {
		...input,
		task_id: task?.id,
		project_id: task?.['project_id'],
		organization_id: organization,
		commentable_type: 'task',
		creator_id: me?.['person_id'],
		version_number: 1,
		created_at: at,
		updated_at: at,
	});
	linkFiles(store, 'comment_id', row, attachment_ids, organization);
	return row;
}
