import { t } from '@vscode/l10n';
import type { LiveBoard } from '../core/liveBoard.ts';
import type { Session } from '../core/provider.ts';
import { askBoard, liveOf, unable } from './cardPlace.ts';
import { fillForm } from './fillForm.ts';
import type { Handler } from './services.ts';
import { showingAnew } from './showingAnew.ts';

/** A new column on a board, with the vendor's own fields. */
export const createColumn: Handler = async (services, node) => {
	const { account } = node ?? {};
	const live = (account && liveOf(services, node, account)) ?? (await askedLive(services));
	if (!live) {
		return;
	}
	const { columnCreation } = await services.sessions.ready(live.account, new AbortController().signal);
	if (!columnCreation) {
		throw unable(services, live.account);
	}
	const show = () => services.tree.refresh(node ?? services.tree.rootOf(live.account));
	await fillForm(services, showingAnew(columnCreation.form(live.board), show), live.account);
};

async function askedLive(services: Parameters<Handler>[0]): Promise<LiveBoard | undefined> {
	const can = ({ columnCreation }: Session): boolean => columnCreation !== undefined;
	return (await askBoard(services, t('New column'), can))?.live;
}
