import { t } from '@vscode/l10n';
import { InvalidInput } from '../../core/errors.ts';
import { onePage } from '../../core/page.ts';
import type { Boards, ColumnRenaming } from '../../core/provider.ts';
import type { Client } from './client.ts';
import type { Data } from './data.ts';
import { inOrder, projectColumn, standsForProject, toBoard, toCards, toColumn, toProjectColumn } from './mapping.ts';
import { isName, toId } from './unverified.ts';

/** Projects, their subprojects as columns, and the specific tasks of both as cards. */
export function boards(data: Data): Boards {
	return {
		list: async ({ id }, signal) =>
			onePage(inOrder(await data.projects(id, signal)).map((project) => toBoard(project, id))),
		async columns(board, signal) {
			const [own, subprojects] = await Promise.all([
				data.tasks({ id: projectColumn, boardId: board.id }, signal),
				board.extra?.['subprojects'] === 0 ? [] : data.subprojects(board.id, signal),
			]);
			const columns = inOrder(subprojects).map((one) => toColumn(one, board, data.isDisabled(toId(one))));
			return [toProjectColumn(board, own), ...columns];
		},
		cards: async (column, signal) => onePage(toCards(await data.tasks(column, signal), column)),
	};
}

export function columnRenaming(client: Client, data: Data): ColumnRenaming {
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
			await client.renameSubproject(column.id, name.trim(), signal);
			data.forget();
			return { ...column, name: name.trim() };
		},
	};
}
