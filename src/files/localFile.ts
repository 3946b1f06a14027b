import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { UploadFile } from '../core/archives.ts';
import { LocalFailure } from '../core/errors.ts';
import { filePieces } from './disk/filePieces.ts';

/** A file of the person's as something to upload. Throws `LocalFailure` where it is a folder or gone. */
export async function localFile(uri: vscode.Uri): Promise<UploadFile> {
	const { mediaTypeOf } = await import('./mediaType.ts');
	const name = uri.path.split('/').at(-1) ?? '';
	const stat = await statOf(uri, name);
	if ((stat.type & vscode.FileType.Directory) !== 0) {
		throw new LocalFailure(t('{0} is a folder. Choose files to upload.', name));
	}
	return { name, size: stat.size, mediaType: mediaTypeOf(name), content: () => contentOf(uri, name, stat.size) };
}

async function statOf(uri: vscode.Uri, name: string): Promise<vscode.FileStat> {
	try {
		return await vscode.workspace.fs.stat(uri);
	} catch (error) {
		throw new LocalFailure(t('{0} is not there any more.', name), error);
	}
}

/** Bytes of one piece of what is there whole, so that it can be seen going. */
const pieceSize = 512 * 1024;

/** Read piece by piece from this computer's disk; whole where the file lives in a file system of another extension. */
async function* contentOf(uri: vscode.Uri, name: string, size: number): AsyncGenerator<Uint8Array> {
	try {
		if (uri.scheme === 'file' && !IS_WEB) {
			yield* filePieces(uri.fsPath);
		} else {
			yield* cut(await readWhole(uri, name, size));
		}
	} catch (error) {
		throw error instanceof LocalFailure ? error : new LocalFailure(t('{0} could not be read.', name), error);
	}
}

/** Looks at the size before the first byte goes out; what is read from the disk is counted while it goes. */
async function readWhole(uri: vscode.Uri, name: string, size: number): Promise<Uint8Array> {
	const bytes = await vscode.workspace.fs.readFile(uri);
	if (bytes.length !== size) {
		throw new LocalFailure(t('{0} changed while it was being sent. Nothing was uploaded.', name));
	}
	return bytes;
}

function* cut(bytes: Uint8Array): Generator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += pieceSize) {
		yield bytes.subarray(at, at + pieceSize);
	}
}
