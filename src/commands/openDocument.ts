import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { LocalFailure } from '../core/errors.ts';
import type { Document } from '../core/model.ts';
import { placeUri } from '../files/uri.ts';
import { chooseDocumentPlace } from './choosePlace.ts';
import type { Handler } from './services.ts';

/** Opens a document in the editor, where it can be changed and saved if the vendor lets it. */
export const openDocument: Handler = async (services, node) => {
	const chosen = await chooseDocumentPlace(services, node, t('Open document'));
	if (chosen?.place.document) {
		checkReadable(chosen.place.document);
		await vscode.commands.executeCommand('vscode.open', placeUri(chosen.account.id, chosen.place));
	}
};

/** Throws where a document can't be read, with the reason. */
export function checkReadable({ notDownloadable }: Document): void {
	if (notDownloadable !== undefined) {
		throw new LocalFailure(notDownloadable);
	}
}
