import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { LocalFailure } from '../core/errors.ts';
import { type Listed, pastedFiles } from '../core/fileList.ts';
import { fileUri } from '../files/localTree.ts';
import type { Handler } from './services.ts';
import { uploadFiles } from './uploadFiles.ts';
import { targetOfNode } from './uploadTarget.ts';

/**
 * Puts the files that the clipboard names into the selected place. The editor shows extensions the clipboard's text alone:
 * the paths that “Copy Path” and most file managers leave there.
 */
export const pasteFiles: Handler = async (services, node) => {
	const title = t('Paste files');
	const listed = pastedFiles(await vscode.env.clipboard.readText());
	if (!listed) {
		throw new LocalFailure(
			t('The clipboard names no files. Copy them with “Copy Path” in the Explorer, or drag them here.'),
		);
	}
	const target = node && (await targetOfNode(services, node, title));
	await uploadFiles(services, title, await Promise.all(listed.map(toUri)), target);
};

/** A path may be one of this computer or of the computer or the virtual place that the window works on. */
async function toUri(listed: Listed): Promise<vscode.Uri> {
	if ('uri' in listed) {
		return fileUri(listed.uri);
	}
	const here = vscode.Uri.file(listed.path);
	const folders = vscode.workspace.workspaceFolders ?? [];
	const elsewhere = folders
		.filter(({ uri }) => uri.scheme !== 'file')
		.map(({ uri }) => uri.with({ path: here.path, query: '', fragment: '' }));
	for (const uri of [...elsewhere, here]) {
		if (await isThere(uri)) {
			return uri;
		}
	}
	return here;
}

function isThere(uri: vscode.Uri): PromiseLike<boolean> {
	return vscode.workspace.fs.stat(uri).then(
		() => true,
		() => false,
	);
}
