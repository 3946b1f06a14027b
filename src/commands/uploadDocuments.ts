import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Node } from '../views/node.ts';
import type { Handler, Services } from './services.ts';
import { uploadFiles } from './uploadFiles.ts';
import { targetOfNode } from './uploadTarget.ts';

/**
 * Puts files into an archive: from the Explorer with the chosen files and folders, then it asks where to; from a place of
 * the tree, then it asks which files; from the palette it asks both.
 */
export const uploadDocuments: Handler = (services, node, rest) =>
	upload(services, node, t('Upload documents'), chosenIn(rest), { canSelectFiles: true });

/** The same for whole folders, which a dialogue can't offer together with files on every system. */
export const uploadFolder: Handler = (services, node, rest) =>
	upload(services, node, t('Upload folder'), chosenIn(rest), { canSelectFiles: false, canSelectFolders: true });

async function upload(
	services: Services,
	node: Node | undefined,
	title: string,
	chosen: readonly vscode.Uri[],
	dialogue: vscode.OpenDialogOptions,
): Promise<void> {
	const target = node && (await targetOfNode(services, node, title));
	const uris =
		chosen.length > 0
			? chosen
			: await vscode.window.showOpenDialog({ title, canSelectMany: true, openLabel: t('Upload'), ...dialogue });
	if (uris && uris.length > 0) {
		await uploadFiles(services, title, uris, target);
	}
}

/** The Explorer hands over the file under the pointer and then all that are selected. */
function chosenIn(rest: readonly unknown[]): readonly vscode.Uri[] {
	const selected = rest.find((one): one is vscode.Uri[] => Array.isArray(one) && one[0] instanceof vscode.Uri);
	return selected ?? rest.filter((one) => one instanceof vscode.Uri);
}
