import { t } from '@vscode/l10n';
import type { Account } from '../core/accounts.ts';
import { LocalFailure } from '../core/errors.ts';
import type { Board, Choice, Column, Workspace } from '../core/model.ts';
import { mapPage, type Page } from '../core/page.ts';
import type { Session } from '../core/provider.ts';
import { askChoice } from '../host/ask.ts';
import type { Services } from './services.ts';

/** Asking, for commands that were given no node. Each returns undefined where the person left. */

/** One of the accounts whose session has what the command needs; not asked where there is only one. */
export async function chooseAccount(
	{ accounts, sessions }: Services,
	title: string,
	fits: (session: Session) => boolean,
): Promise<Account | undefined> {
	const able = accounts.list().filter((account) => fits(sessions.peek(account)));
	if (able.length === 0) {
		throw new LocalFailure(
			accounts.list().length === 0 ? t('Add an account first.') : t('None of your accounts can do this.'),
		);
	}
	return able.length === 1
		? able[0]
		: chooseFrom(
				title,
				t('In which account?'),
				async () => ({ items: able }),
				(account) => ({
					value: account.id,
					label: account.name,
					detail: sessions.provider(account).label,
				}),
			);
}

export function chooseWorkspace(
	{ sessions }: Services,
	account: Account,
	title: string,
): Promise<Workspace | undefined> {
	const { one, many } = sessions.provider(account).levels.workspace;
	return chooseFrom(
		title,
		t('In which {0}?', one),
		async (signal) => (await sessions.ready(account, signal)).workspaces(signal),
		(workspace) => ({
			value: workspace.id,
			label: workspace.name,
			detail: workspace.archived ? t('archived') : workspace.group,
		}),
		t('There are no {0} here.', many),
	);
}

export function chooseBoard(
	{ sessions }: Services,
	account: Account,
	workspace: Workspace,
	title: string,
): Promise<Board | undefined> {
	const level = sessions.provider(account).levels.board;
	return chooseFrom(
		title,
		t('In which {0}?', level?.one ?? ''),
		async (signal) => (await (await sessions.ready(account, signal)).boards?.list(workspace, signal)) ?? { items: [] },
		({ id, name, archived }) => ({ value: id, label: name, detail: archived ? t('archived') : undefined }),
		t('There are no {0} here.', level?.many ?? ''),
	);
}

export function chooseColumn(
	{ sessions }: Services,
	account: Account,
	board: Board,
	title: string,
	fits: (column: Column) => boolean,
): Promise<Column | undefined> {
	const level = sessions.provider(account).levels.column;
	return chooseFrom(
		title,
		t('Which {0}?', level?.one ?? ''),
		async (signal) => {
			const columns = (await (await sessions.ready(account, signal)).boards?.columns(board, signal)) ?? [];
			return { items: columns.filter(fits) };
		},
		(column) => ({ value: column.id, label: column.name }),
		t('There are no {0} here.', level?.many ?? ''),
	);
}

/** One thing out of a list that loads page by page. */
export async function chooseFrom<T>(
	title: string,
	prompt: string,
	load: (signal: AbortSignal) => Promise<Page<T>>,
	toChoice: (thing: T) => Choice,
	none?: string,
): Promise<T | undefined> {
	const things = new Map<string, T>();
	const answer = await askChoice({
		title,
		prompt,
		none,
		choices: async (signal) =>
			mapPage(await load(signal), (thing) => {
				const choice = toChoice(thing);
				things.set(choice.value, thing);
				return choice;
			}),
	});
	return answer.kind === 'value' && answer.value[0] ? things.get(answer.value[0].value) : undefined;
}
