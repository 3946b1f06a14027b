import { safeFileName, safeFolderName } from './fileName.ts';
import type { Board, Document, EntryContainer, Workspace } from './model.ts';
import { allItems } from './page.ts';
import type { Session } from './provider.ts';

/** What a path can stand for. A document with others beneath it is two things: a file, and a container for the others. */
export type Thing =
	| { readonly kind: 'workspace'; readonly workspace: Workspace }
	| { readonly kind: 'board'; readonly board: Board }
	| { readonly kind: 'container'; readonly container: EntryContainer }
	| { readonly kind: 'document'; readonly document: Document };

/** Asks the vendor what stands directly beneath a thing, or beneath the account. Throws as the session does. */
export async function thingsBeneath(
	session: Session,
	thing: Thing | undefined,
	signal: AbortSignal,
): Promise<readonly Thing[]> {
	const { archives, boards } = session;
	if (!archives || thing?.kind === 'document') {
		return [];
	}
	switch (thing?.kind) {
		case undefined: {
			const own = (await archives.ofAccount?.(signal)) ?? [];
			const workspaces = hasDocuments(session) ? await allItems(await session.workspaces(signal), signal) : [];
			return [...own.map(toContainer), ...workspaces.map((workspace): Thing => ({ kind: 'workspace', workspace }))];
		}
		case 'workspace': {
			const own = (await archives.ofWorkspace?.(thing.workspace, signal)) ?? [];
			const list = archives.ofBoard && boards ? await boards.list(thing.workspace, signal) : { items: [] };
			const all = await allItems(list, signal);
			return [...own.map(toContainer), ...all.map((board): Thing => ({ kind: 'board', board }))];
		}
		case 'board':
			return ((await archives.ofBoard?.(thing.board, signal)) ?? []).map(toContainer);
		case 'container': {
			const entries = await allItems(await archives.entries(thing.container, signal), signal);
			return entries.flatMap((entry): Thing[] =>
				entry.kind === 'folder'
					? [toContainer(entry)]
					: [{ kind: 'document', document: entry }, ...(entry.hasEntries ? [toContainer(entry)] : [])],
			);
		}
	}
}

/** Whether workspaces of this session hold documents, themselves or in their boards. */
export function hasDocuments({ archives }: Session): boolean {
	return archives?.ofWorkspace !== undefined || archives?.ofBoard !== undefined;
}

function toContainer(container: EntryContainer): Thing {
	return { kind: 'container', container };
}

/** Tells the things of one folder apart, a document as a file from the same as a container too. */
export function keyOf(thing: Thing): string {
	const kind = thing.kind === 'container' && thing.container.kind !== 'document' ? thing.container.kind : thing.kind;
	return `${kind}:${idOf(thing)}`;
}

/** The vendor's id. */
export function idOf(thing: Thing): string {
	switch (thing.kind) {
		case 'workspace':
			return thing.workspace.id;
		case 'board':
			return thing.board.id;
		case 'container':
			return thing.container.id;
		case 'document':
			return thing.document.id;
	}
}

/** What a thing would be called if nothing else were. */
export function wantedName(thing: Thing): string {
	switch (thing.kind) {
		case 'workspace':
			return safeFolderName(thing.workspace.name);
		case 'board':
			return safeFolderName(thing.board.name);
		case 'container':
			return safeFolderName(thing.container.name);
		case 'document':
			return safeFileName(thing.document.fileName);
	}
}

/** When a document was changed, in milliseconds since 1970; 0 where nobody says. */
export function timeOf(thing: Thing | undefined): number {
	const time = Date.parse((thing?.kind === 'document' && thing.document.modified) || '');
	return Number.isNaN(time) ? 0 : time;
}

/** Another text where a document was seen changed. */
export function stateOf(thing: Thing | undefined): string {
	if (thing?.kind !== 'document') {
		return '';
	}
	const { modified, size, version, revision } = thing.document;
	return JSON.stringify([modified, size, version, revision]);
}
