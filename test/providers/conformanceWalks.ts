import type { UploadFile } from '../../src/core/archives.ts';
import type { Archive, Board, Card, Column, Document, Entry, EntryContainer, Workspace } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { Session } from '../../src/core/provider.ts';
import { signal } from '../support/session.ts';

export function fileOf(name: string, text: string): UploadFile {
	const bytes = new TextEncoder().encode(text);
	return {
		name,
		size: bytes.length,
		mediaType: 'text/plain',
		async *content() {
			yield bytes;
		},
	};
}

export async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
	return new Uint8Array(await new Response(stream).arrayBuffer());
}

export async function allWorkspaces(session: Session): Promise<Workspace[]> {
	return allItems(await session.workspaces(signal()), signal());
}

export async function* allArchives(session: Session): AsyncGenerator<Archive> {
	yield* (await session.archives?.ofAccount?.(signal())) ?? [];
	for (const workspace of await allWorkspaces(session)) {
		yield* (await session.archives?.ofWorkspace?.(workspace, signal())) ?? [];
		if (session.archives?.ofBoard && session.boards) {
			for (const board of await allItems(await session.boards.list(workspace, signal()), signal())) {
				yield* await session.archives.ofBoard(board, signal());
			}
		}
	}
}

/** Every entry beneath a container, with the one that it stands in. */
export async function* placed(
	session: Session,
	container: EntryContainer,
): AsyncGenerator<{ readonly entry: Entry; readonly container: EntryContainer }> {
	for (const entry of await allItems(await session.archives!.entries(container, signal()), signal())) {
		yield { entry, container };
		if (entry.kind === 'folder' || entry.hasEntries) {
			yield* placed(session, entry);
		}
	}
}

export async function firstDocument(session: Session): Promise<Document | undefined> {
	for await (const archive of allArchives(session)) {
		for await (const { entry } of placed(session, archive)) {
			if (entry.kind === 'document' && entry.notDownloadable === undefined) {
				return entry;
			}
		}
	}
	return undefined;
}

export async function writableContainer(session: Session): Promise<EntryContainer> {
	for await (const archive of allArchives(session)) {
		for await (const { entry } of placed(session, archive)) {
			if ((entry.kind === 'folder' && entry.writable !== false) || (entry.kind === 'document' && entry.writable)) {
				return entry;
			}
		}
	}
	throw new Error('nothing takes documents');
}

export async function* allBoards(session: Session): AsyncGenerator<{ workspace: Workspace; board: Board }> {
	for (const workspace of await allWorkspaces(session)) {
		for (const board of await allItems(await session.boards!.list(workspace, signal()), signal())) {
			yield { workspace, board };
		}
	}
}

/** A column with all its cards. */
export interface Lane {
	readonly column: Column;
	readonly cards: readonly Card[];
}

export async function lanesOf(session: Session, board: Board): Promise<readonly Lane[]> {
	const columns = await session.boards!.columns(board, signal());
	return Promise.all(
		columns.map(async (column) => ({
			column,
			cards: await allItems(await session.boards!.cards(column, signal()), signal()),
		})),
	);
}

/** A board to work at: one of its columns holds cards that can be changed, and it is small enough to be read often. */
export interface Desk {
	readonly workspace: Workspace;
	readonly board: Board;
	readonly lanes: readonly Lane[];
	readonly lane: Lane;
	readonly card: Card;
}

export async function deskOf(session: Session, fits: (card: Card, lanes: readonly Lane[]) => boolean = () => true) {
	let best: Desk | undefined;
	for await (const { workspace, board } of allBoards(session)) {
		const lanes = board.archived || workspace.archived ? [] : await lanesOf(session, board);
		for (const lane of lanes) {
			const card = lane.cards.find((one) => one.readOnly === undefined && fits(one, lanes));
			if (
				card &&
				lanes.flatMap(({ cards }) => cards).length < 200 &&
				lane.cards.length > (best?.lane.cards.length ?? 0)
			) {
				best = { workspace, board, lanes, lane, card };
			}
		}
		if (best && best.lane.cards.length >= 3) {
			return best;
		}
	}
	if (!best) {
		throw new Error('no card can be changed');
	}
	return best;
}
