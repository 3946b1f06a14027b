import type { Archive, Document, Entry, EntryContainer, Workspace } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { Session, UploadFile } from '../../src/core/provider.ts';
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
