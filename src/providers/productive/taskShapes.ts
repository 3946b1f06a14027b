import { t } from '@vscode/l10n';
import * as v from 'valibot';
import type { Comment, Fact } from '../../core/model.ts';
import { type Related, resource } from './document.ts';
import { person, personName, taskAttributes } from './mapping.ts';
import { withLabels } from './mentions.ts';

const text = v.nullish(v.string());
const count = v.nullish(v.number());

/** A task that is looked at by itself. */
export const taskWhole = resource(
	v.object({
		...taskAttributes,
		// Replaced whole: a reply without them would read as none, and the next change would drop them.
		tag_list: v.array(v.string()),
		subtask_placement: count,
		created_at: text,
		updated_at: text,
		initial_estimate: count,
		worked_time: count,
		todo_count: count,
		open_todo_count: count,
	}),
);
export const comment = resource(
	v.object({ body: text, created_at: text, deleted_at: text, draft: v.nullish(v.boolean()) }),
);

export type TaskWholeWire = v.InferOutput<typeof taskWhole>;
export type CommentWire = v.InferOutput<typeof comment>;

export function toComment(wire: CommentWire, related: Related): Comment {
	const { body, created_at } = wire.attributes;
	const author = related(wire, 'creator', person);
	return {
		id: wire.id,
		text: { html: withLabels(body ?? '') },
		author: author && personName(author),
		created: created_at ?? undefined,
	};
}

/** What of a task no field shows. */
export function factsOf(wire: TaskWholeWire, related: Related): readonly Fact[] {
	const { created_at, updated_at, initial_estimate, worked_time, todo_count, open_todo_count } = wire.attributes;
	const creator = related(wire, 'creator', person);
	const todos = todo_count
		? t('{0} of {1} done', number(todo_count - (open_todo_count ?? todo_count)), number(todo_count))
		: undefined;
	const facts: readonly (readonly [string, string | undefined])[] = [
		[t('Created by'), creator && personName(creator)],
		[t('Created'), moment(created_at)],
		[t('Changed'), moment(updated_at)],
		[t('Estimate'), hours(initial_estimate)],
		[t('Time worked'), hours(worked_time)],
		[t('To-dos'), todos],
	];
	return facts.flatMap(([label, value]) => (value === undefined ? [] : { label, value }));
}

const number = (value: number) => new Intl.NumberFormat().format(value);

function moment(time: string | null | undefined): string | undefined {
	const date = new Date(time ?? '');
	return Number.isNaN(date.getTime())
		? undefined
		: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}

/** The vendor counts in minutes. */
function hours(minutes: number | null | undefined): string | undefined {
	const format = new Intl.NumberFormat(undefined, { style: 'unit', unit: 'hour', maximumFractionDigits: 2 });
	return minutes ? format.format(minutes / 60) : undefined;
}
