import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { LocalFailure } from '../core/errors.ts';
import { filePieces } from './disk/filePieces.ts';

/**
 * Reads a file that was just written, piece by piece, uncompressed where it is gzip. Returns its size on the disk in bytes.
 * A piece is good until the next one. Throws `LocalFailure`, or the signal's reason.
 */
export async function readBack(
	file: vscode.Uri,
	isGzip: boolean,
	onPiece: (piece: Uint8Array) => void,
	signal: AbortSignal,
): Promise<number> {
	let size = 0;
	const pieces = piecesOf(file);
	const stored = new ReadableStream<Uint8Array>({
		pull: async (controller) => {
			signal.throwIfAborted();
			const { value, done } = await pieces.next();
			if (done) {
				controller.close();
			} else {
				size += value.length;
				// Its memory is used again for the piece after the next, while the streams may still hold it.
				controller.enqueue(value.slice());
			}
		},
		cancel: async () => void (await pieces.return(undefined)),
	});
	try {
		const plain = isGzip ? stored.pipeThrough(new DecompressionStream('gzip') as Bytes) : stored;
		for await (const piece of plain) {
			onPiece(piece);
		}
		return size;
	} catch (error) {
		signal.throwIfAborted();
		throw new LocalFailure(t('{0} was saved, but could not be read back.', file.path.split('/').at(-1) ?? ''), error);
	}
}

type Bytes = ReadableWritablePair<Uint8Array, Uint8Array>;

/** Of this computer's disk piece by piece; whole where the file lives in a file system of another extension. */
async function* piecesOf(file: vscode.Uri): AsyncGenerator<Uint8Array, void> {
	if (file.scheme === 'file' && !IS_WEB) {
		yield* filePieces(file.fsPath);
	} else {
		yield await vscode.workspace.fs.readFile(file);
	}
}
