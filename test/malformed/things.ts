import type { Board, Card, Column, EntryContainer, Hit, Workspace } from '../../src/core/model.ts';
import type { Session } from '../../src/core/provider.ts';
import { signal } from '../support/session.ts';

/** Things of each level, to ask about. */
export interface Things {
	readonly workspaces: readonly Workspace[];
	readonly boards: readonly Board[];
	readonly columns: readonly Column[];
	readonly cards: readonly Card[];
	readonly containers: readonly EntryContainer[];
}

/** How many things of a level are asked about, those that hold the most at the front. */
const few = 2;

/** The first boards that hold cards, or at least columns, with a column and a card each. */
export async function thingsOf(session: Session): Promise<Things> {
	const listed = (await session.workspaces(signal())).items.filter(({ archived }) => !archived).slice(0, 4);
	const found = (await Promise.all(listed.map((workspace) => firstBoard(session, workspace)))).flat();
	const best = found.toSorted((one, other) => rank(other) - rank(one)).slice(0, few);
	const workspaces = best.length > 0 ? best.map(({ workspace }) => workspace) : listed.slice(0, few);
	const boards = best.map(({ board }) => board);
	return {
		workspaces,
		boards,
		columns: best.flatMap(({ column }) => column ?? []),
		cards: best.flatMap(({ card }) => card ?? []),
		containers: await containersOf(session, workspaces, boards),
	};
}

function rank({ column, card }: Hit): number {
	return (column ? 1 : 0) + (card ? 1 : 0);
}

async function firstBoard(
	session: Session,
	workspace: Workspace,
): Promise<readonly (Hit & { readonly board: Board })[]> {
	const page = await session.boards?.list(workspace, signal());
	const board = page?.items.find(({ archived }) => !archived);
	if (!board || !session.boards) {
		return [];
	}
	const columns = await session.boards.columns(board, signal());
	for (const column of columns) {
		const [card] = (await session.boards.cards(column, signal())).items;
		if (card) {
			return [{ workspace, board, column, card }];
		}
	}
	return [{ workspace, board, column: columns[0] }];
}

async function containersOf(
	{ archives }: Session,
	workspaces: readonly Workspace[],
	boards: readonly Board[],
): Promise<readonly EntryContainer[]> {
	const found: EntryContainer[] = [...((await archives?.ofAccount?.(signal())) ?? [])];
	for (const workspace of workspaces) {
		found.push(...((await archives?.ofWorkspace?.(workspace, signal())) ?? []));
	}
	for (const board of boards) {
		found.push(...((await archives?.ofBoard?.(board, signal())) ?? []));
	}
	const tops = found.slice(0, few);
	const beneath = await Promise.all(
		tops.map(async (one) => (await archives?.entries(one, signal()))?.items.slice(0, 3) ?? []),
	);
	return [...tops, ...beneath.flat()];
}
