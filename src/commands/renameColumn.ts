import { t } from '@vscode/l10n';
import { LocalFailure } from '../core/errors.ts';
import { askText } from '../host/ask.ts';
import { withProgress } from '../host/progress.ts';
import type { Node } from '../views/node.ts';
import type { ColumnNode } from '../views/nodes/column.ts';
import { renameAccount } from './accounts.ts';
import { unable } from './cardPlace.ts';
import { renameCard } from './cards.ts';
import { chooseAccount, chooseBoard, chooseColumn, chooseWorkspace } from './choose.ts';
import { renameDocument } from './folders.ts';
import { operate } from './operate.ts';
import type { Handler, Services } from './services.ts';

/** Gives a column another name at the vendor. */
export const renameColumn: Handler = async (services, node) => {
	const place = isColumn(node) ? node : await chooseRenamable(services);
	if (!place) {
		return;
	}
	const { account, column } = place;
	const { columnRenaming } = services.sessions.peek(account);
	if (!columnRenaming) {
		throw unable(services, account);
	}
	const answer = await askText({
		title: t('Rename {0}', column.name),
		prompt:
			columnRenaming.warning ??
			t(
				'The name changes for everybody who sees this {0}.',
				services.sessions.provider(account).levels.board?.one ?? '',
			),
		value: column.name,
		check: (name) => (name.trim() === '' ? t('A name is needed.') : columnRenaming.check?.(name.trim())),
	});
	if (answer.kind !== 'value' || answer.value.trim() === column.name) {
		return;
	}
	await withProgress(t('Renaming {0}', column.name), async (signal) => {
		const session = await services.sessions.ready(account, signal);
		if (!session.columnRenaming) {
			throw new LocalFailure(t('{0} can’t be renamed.', column.name));
		}
		await session.columnRenaming.rename(column, answer.value.trim(), signal);
	});
	services.tree.refresh(isColumn(node) ? node.parent : undefined);
};

/** The rename key: whatever is selected gets another name, where it can have one. */
export const renameSelected: Handler = async (services, node, rest) => {
	const abilities = node?.item().context ?? [];
	if (abilities.includes('account')) {
		await renameAccount(services, node, rest);
	} else if (abilities.includes('rename')) {
		await renameColumn(services, node, rest);
	} else if (abilities.includes('renameCard')) {
		await renameCard(services, node, rest);
	} else if (abilities.includes('renameDocument')) {
		await renameDocument(services, node, rest);
	} else if (abilities.includes('opEdit')) {
		await operate('edit')(services, node, rest);
	} else if (node) {
		throw new LocalFailure(t('{0} can’t be renamed.', node.item().label));
	}
};

function isColumn(node: Node | undefined): node is ColumnNode {
	return node !== undefined && 'column' in node;
}

async function chooseRenamable(services: Services): Promise<Pick<ColumnNode, 'account' | 'column'> | undefined> {
	const title = t('Rename column');
	const account = await chooseAccount(services, title, (session) => session.columnRenaming !== undefined);
	const workspace = account && (await chooseWorkspace(services, account, title));
	const board = workspace && (await chooseBoard(services, account, workspace, title));
	const column = board && (await chooseColumn(services, account, board, title, ({ renamable }) => renamable === true));
	return column && { account, column };
}
