import { t } from '@vscode/l10n';
import type { Account } from '../core/accounts.ts';
import type { Board, Column, Workspace } from '../core/model.ts';
import { type BoundOperation, bound, type Operation, type OperationId, type RelatedList } from '../core/operations.ts';
import type { Session } from '../core/provider.ts';
import { pickOne } from '../host/ask.ts';
import type { Node } from '../views/node.ts';
import { chooseAccount, chooseBoard, chooseColumn, chooseFrom, chooseWorkspace } from './choose.ts';
import type { Services } from './services.ts';

/** Where an operation is looked for in a session; the same place is looked up again once the session is ready. */
export interface Target {
	readonly account: Account;
	/** The line it was begun at. */
	readonly node?: Node;
	readonly operations: (session: Session) => readonly BoundOperation[];
}

/** What it is called by whoever can do it. */
export function titleOf({ accounts, sessions }: Services, id: OperationId): string {
	const known = accounts.list().flatMap((account) => offersIn(sessions.peek(account), id));
	return known[0]?.title ?? t('Working');
}

/** One way to do something in a session: with a workspace, a board or a column, or with what belongs to one. */
interface Offer {
	readonly title: string;
	readonly level: Level;
	readonly list?: string;
	readonly isItem?: boolean;
}

type Level = 'workspace' | 'board' | 'column';
const levels: readonly Level[] = ['workspace', 'board', 'column'];

function offersIn({ operations, related }: Session, id: OperationId): readonly Offer[] {
	return levels.flatMap((level): Offer[] => {
		const own = operations?.[level]?.find((one) => one.id === id);
		const lists: readonly RelatedList<never>[] = related?.[level] ?? [];
		return [
			...(own ? [{ title: own.title, level }] : []),
			...lists.flatMap((list): Offer[] => {
				const ofList = list.operations?.find((one) => one.id === id);
				const ofItem = list.itemOperations?.find((one) => one.id === id);
				return [
					...(ofList ? [{ title: ofList.title, level, list: list.id }] : []),
					...(ofItem ? [{ title: ofItem.title, level, list: list.id, isItem: true }] : []),
				];
			}),
		];
	});
}

/** Asks with what, account first. Undefined where the person left. */
export async function askTarget(services: Services, id: OperationId): Promise<Target | undefined> {
	const title = titleOf(services, id);
	const account = await chooseAccount(services, title, (session) => offersIn(session, id).length > 0);
	if (!account) {
		return undefined;
	}
	const offers = offersIn(services.sessions.peek(account), id);
	const { levels } = services.sessions.provider(account);
	const offer =
		offers.length === 1
			? offers[0]
			: await pickOne(
					title,
					// Lists of several levels may have the same words.
					offers.map((one) => ({ label: one.title, description: levels[one.level]?.one, value: one })),
				);
	return offer && askThing(services, account, offer);
}

async function askThing(services: Services, account: Account, offer: Offer): Promise<Target | undefined> {
	const { title, level } = offer;
	const workspace = await chooseWorkspace(services, account, title);
	if (!workspace || level === 'workspace') {
		return workspace && askWithin(services, account, offer, workspace, inWorkspaces);
	}
	const board = await chooseBoard(services, account, workspace, title);
	if (!board || level === 'board') {
		return board && askWithin(services, account, offer, board, inBoards);
	}
	const column = await chooseColumn(services, account, board, title, () => true);
	return column && askWithin(services, account, offer, column, inColumns);
}

/** What a session has for the things of one level. */
type Ways<Place> = (session: Session) => {
	readonly operations?: readonly Operation<Place>[];
	readonly related?: readonly RelatedList<Place>[];
};

const inWorkspaces: Ways<Workspace> = ({ operations, related }) => ({
	operations: operations?.workspace,
	related: related?.workspace,
});
const inBoards: Ways<Board> = ({ operations, related }) => ({
	operations: operations?.board,
	related: related?.board,
});
const inColumns: Ways<Column> = ({ operations, related }) => ({
	operations: operations?.column,
	related: related?.column,
});

/** The thing itself, one of its lists, or an item of one, which is asked for. */
async function askWithin<Place>(
	{ sessions }: Services,
	account: Account,
	{ title, list, isItem }: Offer,
	place: Place,
	ways: Ways<Place>,
): Promise<Target | undefined> {
	if (list === undefined) {
		return { account, operations: (session) => bound(ways(session).operations, place) };
	}
	const listIn = (session: Session) => ways(session).related?.find(({ id }) => id === list);
	if (!isItem) {
		return { account, operations: (session) => bound(listIn(session)?.operations, place) };
	}
	const shown = listIn(sessions.peek(account));
	const item = await chooseFrom(
		title,
		shown?.name ?? title,
		async (signal) => (await listIn(await sessions.ready(account, signal))?.list(place, signal)) ?? { items: [] },
		({ id, name, description }) => ({ value: id, label: name, detail: description }),
		shown?.none,
	);
	return item && { account, operations: (session) => bound(listIn(session)?.itemOperations, { place, item }) };
}
