import type { Uri } from 'vscode';
import type { Account } from '../core/accounts.ts';
import type { Thing } from '../core/documentThings.ts';
import type { Place } from '../core/documentTree.ts';
import type { Board, Document, EntryContainer, Workspace } from '../core/model.ts';
import type { Node } from '../views/node.ts';
import type { Places } from './places.ts';
import { placeUri } from './uri.ts';

/** The parts of the tree's nodes that say where a document stands. */
interface Line extends Partial<Node> {
	readonly workspace?: Workspace;
	readonly board?: Board;
	readonly container?: EntryContainer;
	readonly document?: Document;
}

/** Where what a node stands for is in the file system, the way down taken from the tree: asks nobody. */
export function placeOfNode(places: Places, node: Node, account: Account): Place {
	const line: Line = node;
	const above = node.parent ? thingsTo(node.parent) : [];
	const own: readonly Thing[] = line.document ? [{ kind: 'document', document: line.document }] : thingOf(line);
	return places.place(account, [...above, ...own]);
}

/** The address of what a node stands for; undefined where it is nothing with documents. */
export function nodeUri(places: Places, node: Node): Uri | undefined {
	const { account } = node;
	return account && ('document' in node || thingOf(node).length > 0)
		? placeUri(account.id, placeOfNode(places, node, account))
		: undefined;
}

function thingsTo(node: Node): readonly Thing[] {
	return [...(node.parent ? thingsTo(node.parent) : []), ...thingOf(node)];
}

/** What a node is to those beneath it: a document among them is what holds them. */
function thingOf({ workspace, board, container, document }: Line): readonly Thing[] {
	const holder = container ?? document;
	return [
		// A board names its workspace too, which has a line of its own above it.
		...(workspace && !board ? [{ kind: 'workspace', workspace } as const] : []),
		...(board ? [{ kind: 'board', board } as const] : []),
		...(holder ? [{ kind: 'container', container: holder } as const] : []),
	];
}
