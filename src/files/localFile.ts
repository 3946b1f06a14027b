import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { LocalFailure } from '../core/errors.ts';
import type { UploadFile } from '../core/provider.ts';
import { filePieces } from './disk/filePieces.ts';

/** A file of the person's as something to upload. Throws `LocalFailure` where it is a folder or gone. */
export async function localFile(uri: vscode.Uri): Promise<UploadFile> {
	const { mediaTypeOf } = await import('./mediaType.ts');
	const name = uri.path.split('/').at(-1) ?? '';
	const stat = await statOf(uri, name);
	if ((stat.type & vscode.FileType.Directory) !== 0) {
		throw new LocalFailure(t('{0} is a folder. Choose files to upload.', name));
	}
	return { name, size: stat.size, mediaType: mediaTypeOf(name), content: () => contentOf(uri, name) };
}

async function statOf(uri: vscode.Uri, name: string): Promise<vscode.FileStat> {
	try {
		return await vscode.workspace.fs.stat(uri);
	} catch (error) {
		throw new LocalFailure(t('{0} is not there any more.', name), error);
	}
}

/** Read piece by piece from this computer's disk; whole where the file lives in a file system of another extension. */
async function* contentOf(uri: vscode.Uri, name: string): AsyncGenerator<Uint8Array> {
	try {
		if (uri.scheme === 'file' && !IS_WEB) {
			yield* filePieces(uri.fsPath);
		} else {
			yield await vscode.workspace.fs.readFile(uri);
		}
	} catch (error) {
		throw new LocalFailure(t('{0} could not be read.', name), error);
	}
}
