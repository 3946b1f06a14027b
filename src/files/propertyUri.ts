import { Uri } from 'vscode';
import { safeFolderName } from '../core/fileName.ts';
import type { Board, Extra } from '../core/model.ts';

export const propertyScheme = 'boardwalk-property';

/** Signs of a board's name that its text is named with, so that the ending always has room. */
const longest = 100;

/** A text of a board. Plain data: its address carries it, so that an editor finds it again in another window. */
export interface PropertyPlace {
	/** The account's id. */
	readonly account: string;
	/** The id of the text. */
	readonly property: string;
	/** With the name that its file is called by. */
	readonly board: Board;
	/** Only to be looked at: the text as it is at the vendor, beside one that is edited. */
	readonly isSnapshot: boolean;
}

/** What an address says in its query. Short, for the editor shows it where it says what went wrong. */
type Query = readonly [property: string, workspace: string, board: string, extra?: Extra | null, isSnapshot?: true];

/**
 * The address of a board's text: `boardwalk-property://ACCOUNT/Pier%20North.aspects.json?["aspects",…]`. It holds nothing
 * that changes often: one text has one address.
 */
export function propertyUri(
	account: string,
	{ id, workspaceId, name, extra = {} }: Board,
	property: { readonly id: string; readonly fileName: string },
): Uri {
	const folder = safeFolderName(Array.from(name).slice(0, longest).join(''));
	const isSaying = Object.values(extra).some((value) => value !== undefined);
	const query: Query = isSaying ? [property.id, workspaceId, id, extra] : [property.id, workspaceId, id];
	return Uri.from({
		scheme: propertyScheme,
		authority: account,
		path: `/${folder}.${property.fileName}`,
		query: JSON.stringify(query),
	});
}

/** The same text as it is at the vendor, to be looked at. */
export function snapshotUri(uri: Uri): Uri {
	const [property, workspace, board, extra = null] = JSON.parse(uri.query) as Query;
	return uri.with({ query: JSON.stringify([property, workspace, board, extra, true] satisfies Query) });
}

/** What an address stands for; undefined where it is none of ours. */
export function propertyPlaceOf({ scheme, authority, path, query }: Uri): PropertyPlace | undefined {
	const parsed = scheme === propertyScheme && path !== '/' ? queryOf(query) : undefined;
	if (!parsed) {
		return undefined;
	}
	const [property, workspaceId, id, extra, isSnapshot = false] = parsed;
	const board = { id, workspaceId, name: boardName(path), extra: extra ?? undefined };
	return { account: authority, property, board, isSnapshot };
}

function queryOf(text: string): Query | undefined {
	try {
		const query = JSON.parse(text) as Query;
		return [0, 1, 2].every((at) => typeof query[at] === 'string') ? query : undefined;
	} catch {
		return undefined;
	}
}

/** Whether two addresses stand for one text, though the board may have got another name. */
export function isSameText(one: PropertyPlace | undefined, other: PropertyPlace | undefined): boolean {
	return one !== undefined && other !== undefined && textOf(one) === textOf(other);
}

function textOf({ account, property, board, isSnapshot }: PropertyPlace): string {
	return JSON.stringify([account, property, board.id, isSnapshot]);
}

/** What stands before the name of the text, which is a word with an ending. */
function boardName(path: string): string {
	return path.slice(1).replace(/\.[^.]*\.[^.]*$/, '');
}
