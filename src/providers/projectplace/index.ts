import { t } from '@vscode/l10n';
import { NotAllowed, NotFound } from '../../core/errors.ts';
import type { Board, Workspace } from '../../core/model.ts';
import { mapPage, onePage, type Page, without } from '../../core/page.ts';
import type { Boards, ColumnRenaming, Levels, Provider, Session, SessionIo, SignedIn } from '../../core/provider.ts';
import { Shared } from '../../core/shared.ts';
import { type Batch, paged } from '../../http/pages.ts';
import { archives } from './archives.ts';
import { authorisationOf, isRobot, signInWays } from './auth.ts';
import { boardsKey } from './boardCalls.ts';
import { cardsKey } from './cardAccess.ts';
import { cards } from './cards.ts';
import { Client } from './client.ts';
import { boardCreation, workspaceCreation } from './creation.ts';
import { feedHostOf, feeds } from './feeds.ts';
import { findings } from './findings.ts';
import { vendor } from './host.ts';
import { jobs } from './jobs.ts';
import { toBoard, toCards, toColumns, toFacts, toWorkspace } from './mapping.ts';
import { workspaceRemoval } from './removal.ts';
import type { BoardWire, WorkspaceWire } from './shapes.ts';
import { webhooks } from './webhooks.ts';

function levels(): Levels {
	return {
		workspace: { one: t('workspace'), many: t('workspaces') },
		board: { one: t('board'), many: t('boards') },
		column: { one: t('column'), many: t('columns') },
		card: { one: t('card'), many: t('cards') },
		archive: { one: t('document archive'), many: t('document archives') },
	};
}

export const projectplace: Provider = {
	id: 'projectplace',
	label: vendor,
	get levels() {
		return levels();
	},
	get signInWays() {
		return signInWays();
	},
	open,
};

function open(account: SignedIn, io: SessionIo): Session {
	const names = { vendor, account: io.accountName };
	const authorisation = authorisationOf(account, names, io);
	const client = new Client(account.server, names, io, authorisation);
	const shared = new Shared();
	const unversioned = new Set<string>();
	const profileOf = (signal: AbortSignal) => shared.get('profile', (each) => client.profile(each), signal);
	const accountOf = (signal: AbortSignal) => shared.get('account', (each) => client.account(each), signal);
	return {
		workspaces: (signal) => shared.get('workspaces', (each) => listWorkspaces(client, each), signal),
		async accountInfo(signal) {
			const [known, me] = await Promise.all([accountOf(signal), profileOf(signal)]);
			return toFacts(known, me);
		},
		forget() {
			shared.clear();
			unversioned.clear();
			client.changes.forget();
		},
		accessToken: (signal) => authorisation.accessToken(signal),
		findings: (signal) =>
			findings({ client, authorisation, isRobot: isRobot(account), account: io.accountName }, signal),
		boards: boards(client, shared),
		cards: cards({
			client,
			shared,
			me: async (signal) => (isRobot(account) ? undefined : (await profileOf(signal)).id),
		}),
		columnRenaming: columnRenaming(client, shared),
		archives: archives({
			client,
			send: io.send,
			unversioned,
			experimental: io.setting('documentOperations') === 'experimental',
		}),
		jobs: jobs({ client, shared, me: profileOf, exportHours: io.setting('exportHours') }),
		webhooks: webhooks(client),
		feeds: feeds(client.ofFeeds, () => feedHostOf(account.server, io.setting('odataHost'))),
		operations: { workspace: [workspaceRemoval(client, () => shared.clear())] },
		workspaceCreation: workspaceCreation({ client, account: accountOf, created: () => shared.clear() }),
		boardCreation: boardCreation(client, (workspaceId) => shared.delete(boardsKey(workspaceId))),
	};
}

/** The workspaces one is in, and behind them the account's archived ones where they may be listed. */
async function listWorkspaces(client: Client, signal: AbortSignal): Promise<Page<Workspace>> {
	const [mine, archived] = await Promise.all([
		client.myWorkspaces(signal),
		paged((row, later) => archivedWorkspaces(client, Number(row ?? 0), later), signal),
	]);
	const old = new Set(archived.items.map(({ id }) => id));
	const active = mine.filter(({ id }) => !old.has(id)).map((wire) => toWorkspace(wire, false));
	const listed = new Set(active.map(({ id }) => id));
	const rest = without(
		mapPage(archived, (wire) => toWorkspace(wire, true)),
		({ id }) => listed.has(id),
	);
	return { items: [...active, ...rest.items], next: rest.next };
}

/** People who do not administer the account see no archived workspaces; that is no failure of theirs. */
async function archivedWorkspaces(client: Client, row: number, signal: AbortSignal): Promise<Batch<WorkspaceWire>> {
	try {
		return await client.archivedWorkspaces(row, signal);
	} catch (error) {
		if (error instanceof NotAllowed || error instanceof NotFound) {
			return { items: [] };
		}
		throw error;
	}
}

function boards(client: Client, shared: Shared): Boards {
	const boardsOf = (workspaceId: string, signal: AbortSignal) =>
		shared.get(boardsKey(workspaceId), (each) => client.boards(workspaceId, each), signal);
	const boardOf = async ({ workspaceId, id }: Pick<Board, 'workspaceId' | 'id'>, signal: AbortSignal) =>
		found((await boardsOf(workspaceId, signal)).find((wire) => wire.id === id));
	return {
		list: async ({ id }, signal) => onePage((await boardsOf(id, signal)).map((wire) => toBoard(wire, id))),
		columns: async (board, signal) => toColumns(await boardOf(board, signal), board.workspaceId),
		async cards({ id, boardId, workspaceId }, signal) {
			const ask = async (each: AbortSignal) => {
				const [cards, board] = await Promise.all([
					client.cards(boardId, each),
					boardOf({ workspaceId, id: boardId }, each),
				]);
				return toCards(cards, board);
			};
			return onePage((await shared.get(cardsKey(boardId), ask, signal)).get(id) ?? []);
		},
	};
}

function found(board: BoardWire | undefined): BoardWire {
	if (!board) {
		throw new NotFound(t('This board is no longer in its workspace at ProjectPlace.'));
	}
	return board;
}

function columnRenaming(client: Client, shared: Shared): ColumnRenaming {
	return {
		async rename(column, name, signal) {
			await client.renameColumn(column.boardId, column.id, name, signal);
			shared.delete(boardsKey(column.workspaceId));
			return { ...column, name };
		},
	};
}
