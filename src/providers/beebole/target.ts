import type { Board, Column, Workspace } from '../../core/model.ts';
import { standsForProject } from './mapping.ts';

/** What tasks, members, groups and custom fields hang on; its kind is the first word of their services. */
export interface Target {
	readonly kind: 'company' | 'project' | 'subproject';
	readonly id: string;
	readonly name: string;
	/** The id of the company it is, or is in: tasks come from there. */
	readonly company: string;
}

/** What names one for Beebole. */
export type TargetRef = Pick<Target, 'kind' | 'id'>;

export function ofCompany({ id, name }: Workspace): Target {
	return { kind: 'company', id, name, company: id };
}

export function ofProject({ id, name, workspaceId }: Board): Target {
	return { kind: 'project', id, name, company: workspaceId };
}

/** The column that stands for the project has what the project has. */
export function ofColumn(column: Column): Target {
	return { ...refOfColumn(column), name: column.name, company: column.workspaceId };
}

export function refOfColumn(column: Pick<Column, 'id' | 'boardId'>): TargetRef {
	return standsForProject(column) ? { kind: 'project', id: column.boardId } : { kind: 'subproject', id: column.id };
}
