import { t } from '@vscode/l10n';
import { moveColumn } from '../core/cardMoves.ts';
import type { LiveBoard } from '../core/liveBoard.ts';
import type { Column } from '../core/model.ts';
import { pickOne } from '../host/ask.ts';
import { withProgress } from '../host/progress.ts';
import type { Node } from '../views/node.ts';
import { askColumn, unable } from './cardPlace.ts';
import type { Handler } from './services.ts';

/** Puts a column elsewhere among the others of its board, by asking where to. */
export const moveColumnTo: Handler = async (services, node) => {
	const title = t('Move column');
	const place =
		placeOf(node) ?? (await askColumn(services, title, ({ columnOrdering }) => columnOrdering !== undefined));
	if (!place) {
		return;
	}
	const { live, column } = place;
	const { signal } = new AbortController();
	if (!(await services.sessions.ready(live.account, signal)).columnOrdering) {
		throw unable(services, live.account);
	}
	const columns = await live.columns(signal);
	const others = columns.filter(({ id }) => id !== column.id);
	const target = await pickOne<{ after: Column | undefined }>(
		t('Move {0}', column.name),
		[
			{ label: t('First'), value: { after: undefined } },
			...others.map((after) => ({ label: t('Behind “{0}”', after.name), value: { after } })),
		],
		t('Where to?'),
	);
	if (target) {
		await withProgress(title, (signal) => moveColumn(services, live, column, target.after, signal));
	}
};

function placeOf(node: Node | undefined): { readonly live: LiveBoard; readonly column: Column } | undefined {
	const { live, column } = (node ?? {}) as Partial<{ live: LiveBoard; column: Column }>;
	return live && column && { live, column };
}
