import { Uri } from 'vscode';
import type { Place } from '../core/documentTree.ts';
import { safeFileName } from '../core/fileName.ts';
import type { Document, Version } from '../core/model.ts';

export const documentScheme = 'boardwalk';

/** The address of what stands at a place: `boardwalk://ACCOUNT/Workspace/Archive/Folder/Name`. */
export function placeUri(account: string, { path }: Pick<Place, 'path'>): Uri {
	return Uri.from({ scheme: documentScheme, authority: account, path });
}

/** A document to be looked at only: as it is at the vendor when it is opened, or an earlier version of it. */
export interface Snapshot {
	readonly document: Document;
	readonly version?: Version;
}

/**
 * The address of a document to be looked at. It carries what reading needs, so that it stands for the same whatever becomes
 * of the document's place.
 */
export function documentUri(account: string, document: Document, version?: Version): Uri {
	return Uri.from({
		scheme: documentScheme,
		authority: account,
		path: `/${safeFileName(document.fileName)}`,
		query: JSON.stringify({ document, version } satisfies Snapshot),
	});
}

/** What an address is to be looked at for; undefined where it is that of a place. */
export function snapshotOf({ query }: Uri): Snapshot | undefined {
	if (query === '') {
		return undefined;
	}
	try {
		const parsed = JSON.parse(query) as Partial<Snapshot> | null;
		return parsed?.document?.kind === 'document' ? (parsed as Snapshot) : undefined;
	} catch {
		return undefined;
	}
}
