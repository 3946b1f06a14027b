import { t } from '@vscode/l10n';
import type { Board, Column, Workspace } from '../../core/model.ts';
import { bareForm, type Operation, type Operations } from '../../core/operations.ts';
import { question } from './data.ts';
import { companyEditForm, projectEditForm } from './editing.ts';
import { standsForProject } from './mapping.ts';
import { ofColumn, ofCompany, ofProject, type TargetRef } from './target.ts';
import type { Writing } from './writing.ts';

/** Beebole deletes and copies none of them. */
export function operations(writing: Writing): Operations {
	return {
		workspace: [editingOfCompany(writing), ...switching(companies(), writing)],
		board: [editingOfProject(writing), ...switching(projects(), writing)],
		column: switching(subprojects(), writing),
	};
}

function editingOfCompany(writing: Writing): Operation<Workspace> {
	return {
		id: 'edit',
		get title() {
			return t('Edit company');
		},
		begin: (workspace, signal) => companyEditForm(workspace, writing, signal),
	};
}

function editingOfProject(writing: Writing): Operation<Board> {
	return {
		id: 'edit',
		get title() {
			return t('Edit project');
		},
		begin: (board, signal) => projectEditForm(board, writing, signal),
	};
}

/** What is switched between active and inactive on one level; the words are looked up when they are asked for. */
interface Switched<Place> {
	readonly titles: { readonly deactivate: () => string; readonly activate: () => string };
	readonly target: (place: Place) => TargetRef;
	readonly isInactive: (place: Place) => boolean;
	/** Why it can be switched neither way. */
	readonly whyNot?: (place: Place) => string | undefined;
	/** What is another once it was switched. */
	readonly touches: (place: Place) => readonly string[];
}

function companies(): Switched<Workspace> {
	return {
		titles: { deactivate: () => t('Deactivate company'), activate: () => t('Activate company') },
		target: ofCompany,
		isInactive: ({ archived }) => archived === true,
		touches: () => [question.companies],
	};
}

function projects(): Switched<Board> {
	return {
		titles: { deactivate: () => t('Deactivate project'), activate: () => t('Activate project') },
		target: ofProject,
		isInactive: ({ archived }) => archived === true,
		touches: ({ workspaceId }) => [question.projects(workspaceId)],
	};
}

function subprojects(): Switched<Column> {
	return {
		titles: { deactivate: () => t('Deactivate subproject'), activate: () => t('Activate subproject') },
		target: ofColumn,
		isInactive: ({ extra }) => extra?.['active'] === false,
		whyNot: (column) =>
			standsForProject(column)
				? t('This column stands for the project itself. Deactivate or activate the project instead.')
				: undefined,
		touches: ({ boardId }) => [question.subprojects(boardId)],
	};
}

type Named = { readonly name: string };

function switching<Place extends Named>(switched: Switched<Place>, writing: Writing): readonly Operation<Place>[] {
	return [turning('archive', switched, writing), turning('restore', switched, writing)];
}

function turning<Place extends Named>(
	id: 'archive' | 'restore',
	{ titles, target, isInactive, whyNot, touches }: Switched<Place>,
	{ client, data }: Writing,
): Operation<Place> {
	const active = id === 'restore';
	return {
		id,
		get title() {
			return active ? titles.activate() : titles.deactivate();
		},
		whyNot: (place) => whyNot?.(place) ?? (isInactive(place) === active ? undefined : stands(place, active)),
		begin: async (place) =>
			bareForm(active ? t('Activate {0}', place.name) : t('Deactivate {0}', place.name), async (signal) => {
				await data.changing(touches(place), () => client.setActive(target(place), active, signal));
				return { message: active ? t('{0} is active.', place.name) : t('{0} is inactive.', place.name) };
			}),
	};
}

function stands({ name }: Named, active: boolean): string {
	return active ? t('{0} is active already.', name) : t('{0} is inactive already.', name);
}
