import { t } from '@vscode/l10n';
import * as v from 'valibot';
import type { Board, Card, Column, Fact, Workspace } from '../../core/model.ts';
import { budget, toId } from './unverified.ts';

const id = v.optional(v.pipe(v.number(), v.integer()));
const xid = v.optional(v.string());
const count = v.optional(v.object({ count: v.number() }));

/** Something named by `id`, or by `xid` where another system created it; what `create` answers, too. */
export const reference = v.pipe(
	v.object({ id, xid }),
	v.check((one) => one.id !== undefined || one.xid !== undefined, 'neither id nor xid'),
);

export const entity = v.intersect([reference, v.object({ name: v.string(), active: v.boolean() })]);
export const company = v.intersect([entity, v.object({ projects: count })]);
export const project = v.intersect([
	entity,
	v.object({ startDate: v.nullish(v.string()), description: v.nullish(v.string()), subprojects: count }),
]);

export type Company = v.InferOutput<typeof company>;
export type Project = v.InferOutput<typeof project>;
export type Subproject = v.InferOutput<typeof entity>;
export type SpecificTasks = v.InferOutput<typeof specificTasksReply>;

export const companiesReply = v.object({ companies: v.array(company) });
export const projectsReply = v.object({ projects: v.array(project) });
export const subprojectsReply = v.object({ subprojects: v.array(entity) });
export const specificTasksReply = v.object({
	disabled: v.optional(v.boolean(), false),
	specificTasks: v.array(entity),
});
/** What every pure command answers; only some answers to questions lack the status. */
export const doneReply = v.object({ status: v.literal('ok') });

export function toWorkspace(wire: Company): Workspace {
	return { id: toId(wire), name: wire.name, archived: !wire.active };
}

export function toBoard(wire: Project, workspaceId: string): Board {
	const { name, active, startDate, description, subprojects } = wire;
	return {
		id: toId(wire),
		workspaceId,
		name,
		archived: !active,
		startDate: startDate ?? undefined,
		description: description ? { text: description } : undefined,
		extra: { subprojects: subprojects?.count },
	};
}

/** The id of the column that stands for the project itself; no id of Beebole's looks like it. */
export const projectColumn = 'project';

export function standsForProject({ id }: Pick<Column, 'id'>): boolean {
	return id === projectColumn;
}

export function toProjectColumn({ id, workspaceId }: Board, { specificTasks, disabled }: SpecificTasks): Column {
	const note = t(
		'These tasks hang on the project itself. Beebole has no column for them, so this one cannot be renamed.',
	);
	return {
		id: projectColumn,
		boardId: id,
		workspaceId,
		name: t('Project'),
		count: specificTasks.length,
		renamable: false,
		note: disabled ? `${note} ${disabledNote()}` : note,
	};
}

export function toColumn(wire: Subproject, { id, workspaceId }: Board, isDisabled: boolean): Column {
	const notes = [...(wire.active ? [] : [t('This subproject is inactive.')]), ...(isDisabled ? [disabledNote()] : [])];
	return {
		id: toId(wire),
		boardId: id,
		workspaceId,
		name: wire.name,
		renamable: true,
		note: notes.length > 0 ? notes.join(' ') : undefined,
		extra: { active: wire.active },
	};
}

function disabledNote(): string {
	return t('Specific tasks are switched off here, so these are not in force.');
}

type Place = Pick<Column, 'id' | 'boardId'>;

export function toCards({ specificTasks, disabled }: SpecificTasks, column: Place): readonly Card[] {
	return specificTasks.map((task) => toCard({ ...task, id: toId(task) }, disabled, column));
}

export function toCard(
	task: { readonly id: string; readonly name: string; readonly active: boolean },
	disabled: boolean,
	{ id: columnId, boardId }: Place,
): Card {
	return { id: task.id, boardId, columnId, title: task.name, status: statusOf(task, disabled) };
}

/** What keeps a task from being offered at a place; undefined where nothing does. */
export function statusOf({ active }: { readonly active: boolean }, disabled: boolean): string | undefined {
	return active ? (disabled ? t('not in force') : undefined) : t('inactive');
}

/** Active ones first, each by name: Beebole keeps no order of its own. */
export function inOrder<T extends { readonly name: string; readonly active: boolean }>(wires: readonly T[]): T[] {
	return wires.toSorted((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name));
}

export function toFacts(
	server: string,
	companies: readonly Company[],
	used: { requests: number; bytes: number },
): readonly Fact[] {
	const number = new Intl.NumberFormat();
	const kilobytes = (bytes: number): string => number.format(Math.ceil(bytes / 1_024));
	return [
		{ label: t('Server'), value: server },
		{
			label: t('Companies'),
			value: t('{0}, of which {1} are active', companies.length, companies.filter(({ active }) => active).length),
		},
		{
			label: t('Requests since the window opened'),
			value: t('{0} of {1} a day', number.format(used.requests), number.format(budget.requests)),
		},
		{
			label: t('Data since the window opened'),
			value: t('{0} of {1} KB a day', kilobytes(used.bytes), kilobytes(budget.bytes)),
		},
	];
}
