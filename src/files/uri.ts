import { Uri } from 'vscode';
import { safeFileName } from '../core/fileName.ts';
import type { Document } from '../core/model.ts';

export const documentScheme = 'boardwalk';

/**
 * The address of a document in the editor: `boardwalk://ACCOUNT/ID/NAME?DOCUMENT`. It carries what reading needs, so that
 * an editor that comes back after a reload finds its document without a walk through the archive.
 */
export function documentUri(account: string, document: Document): Uri {
	return Uri.from({
		scheme: documentScheme,
		authority: account,
		path: `/${encodeURIComponent(document.id)}/${safeFileName(document.fileName)}`,
		query: JSON.stringify(document),
	});
}

export function parseDocumentUri({
	authority,
	query,
}: Uri): { readonly account: string; readonly document: Document } | undefined {
	try {
		const document = JSON.parse(query) as Document;
		return document.kind === 'document' ? { account: authority, document } : undefined;
	} catch {
		return undefined;
	}
}
