import { t } from '@vscode/l10n';
import { InvalidInput } from '../../core/errors.ts';
import { onePage } from '../../core/page.ts';
import type { Boards, ColumnRenaming } from '../../core/provider.ts';
import { type Data, question } from './data.ts';
import { inOrder, type Subproject, standsForProject, toBoard, toCards, toColumn, toProjectColumn } from './mapping.ts';
import { isName, toId } from './unverified.ts';
import type { Writing } from './writing.ts';

/** Projects, their subprojects as columns, and the specific tasks of both as cards. */
export function boards(data: Data): Boards {
	return {
		list: async ({ id }, signal) =>
			onePage(inOrder(await data.projects(id, signal)).map((project) => toBoard(project, id))),
		async columns(board, signal) {
			const [own, subprojects] = await Promise.all([
				data.specificTasks({ kind: 'project', id: board.id }, signal),
				board.extra?.['subprojects'] === 0 && !data.hasGrown(board.id) ? [] : data.subprojects(board.id, signal),
			]);
			const isDisabled = (one: Subproject): boolean =>
				data.areTasksInForce({ kind: 'subproject', id: toId(one) }) === false;
			return [toProjectColumn(board, own), ...inOrder(subprojects).map((one) => toColumn(one, board, isDisabled(one)))];
		},
		cards: async (column, signal) => onePage(toCards(await data.columnTasks(column, signal), column)),
	};
}

export function columnRenaming({ client, data }: Writing): ColumnRenaming {
	const check = (name: string): string | undefined => (isName(name) ? undefined : t('A subproject needs a name.'));
	return {
		check,
		async rename(column, name, signal) {
			const message = standsForProject(column)
				? t('This column stands for the project itself and cannot be renamed.')
				: check(name);
			if (message) {
				throw new InvalidInput([{ message }]);
			}
			const rename = () => client.renameSubproject(column.id, name.trim(), signal);
			await data.changing([question.subprojects(column.boardId)], rename);
			return { ...column, name: name.trim() };
		},
	};
}
