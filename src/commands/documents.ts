import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/accounts.ts';
import { LocalFailure } from '../core/errors.ts';
import { safeFileName } from '../core/fileName.ts';
import type { Document } from '../core/model.ts';
import type { Archives } from '../core/provider.ts';
import { saveDocument } from '../files/saveDocument.ts';
import { documentUri } from '../files/uri.ts';
import { withProgress } from '../host/progress.ts';
import type { Node } from '../views/node.ts';
import type { DocumentNode } from '../views/nodes/container.ts';
import { chooseAccount } from './choose.ts';
import { chooseDocument } from './chooseContainer.ts';
import type { Handler, Services } from './services.ts';

/** Opens a document in the editor, to be read. */
export const openDocument: Handler = async (services, node) => {
	const place = isDocument(node) ? node : await choose(services, t('Open document'));
	if (place) {
		await vscode.commands.executeCommand('vscode.open', documentUri(place.account.id, readable(place.document)));
	}
};

/** Saves a document as a file; the dialogue asks before it replaces one. */
export const downloadDocument: Handler = async (services, node) => {
	const title = t('Download document');
	const place = isDocument(node) ? node : await choose(services, title);
	if (!place) {
		return;
	}
	const { account, document } = place;
	readable(document);
	const target = await vscode.window.showSaveDialog({
		title,
		defaultUri: proposed(document),
		saveLabel: t('Download'),
	});
	if (!target) {
		return;
	}
	await withProgress(t('Downloading {0}', document.name), async (signal, advance) => {
		const content = await (await archivesOf(services, account, signal)).read(document, signal);
		await saveDocument(content, target, signal, advance);
	});
	const open = t('Open');
	void vscode.window.showInformationMessage(t('{0} was saved.', document.name), open).then(async (chosen) => {
		if (chosen === open) {
			await vscode.commands.executeCommand('vscode.open', target);
		}
	});
};

function isDocument(node: Node | undefined): node is DocumentNode {
	return node !== undefined && 'document' in node;
}

function readable(document: Document): Document {
	if (document.notDownloadable !== undefined) {
		throw new LocalFailure(document.notDownloadable);
	}
	return document;
}

async function choose(
	services: Services,
	title: string,
): Promise<Pick<DocumentNode, 'account' | 'document'> | undefined> {
	const account = await chooseAccount(services, title, ({ archives }) => archives !== undefined);
	const document = account && (await chooseDocument(services, account, title));
	return document && { account, document };
}

async function archivesOf({ sessions }: Services, account: Account, signal: AbortSignal): Promise<Archives> {
	const { archives } = await sessions.ready(account, signal);
	if (!archives) {
		throw new LocalFailure(t('{0} has no documents.', account.name));
	}
	return archives;
}

/** Where the dialogue begins: the open folder, under a name that every file system takes. */
function proposed(document: Document): vscode.Uri | undefined {
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
	return folder && vscode.Uri.joinPath(folder, safeFileName(document.fileName));
}
