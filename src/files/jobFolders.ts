import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { DocumentContent } from '../core/archives.ts';
import type { JobFolders } from '../core/bulk.ts';
import { LocalFailure, ProviderError, UnexpectedReply } from '../core/errors.ts';
import type { FileEnd } from '../core/zipCheck.ts';
import type { PartRecords } from './disk/partRecords.ts';
import { saveDocument } from './saveDocument.ts';

/** Bytes at the end of a file that are looked at before it gets its name. */
const tailLength = 64 * 1024;
/** Bytes of a file that a person may give a job; more is no list of things to do. */
const mostRead = 64 * 1024 * 1024;

/** The content of a file the person chose, by its address. Throws `LocalFailure`. */
export async function readChosen(file: string): Promise<Uint8Array> {
	const uri = vscode.Uri.parse(file, true);
	const name = uri.path.split('/').at(-1) ?? '';
	try {
		const { size, type } = await vscode.workspace.fs.stat(uri);
		if ((type & vscode.FileType.Directory) !== 0) {
			throw new LocalFailure(t('{0} is a folder.', name));
		}
		if (size > mostRead) {
			const megabytes = new Intl.NumberFormat().format(mostRead / 1024 / 1024);
			throw new LocalFailure(t('{0} is larger than {1} MB.', name, megabytes));
		}
		return await vscode.workspace.fs.readFile(uri);
	} catch (error) {
		throw error instanceof LocalFailure ? error : new LocalFailure(t('{0} could not be read.', name), error);
	}
}

/** The folders of the person's, by their addresses. `records`: where is kept what a window that dies would leave. */
export function jobFolders(records?: PartRecords): JobFolders {
	return {
		names: async (folder) => {
			try {
				const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.parse(folder, true));
				return entries.filter(([, type]) => (type & vscode.FileType.Directory) === 0).map(([name]) => name);
			} catch (error) {
				throw new LocalFailure(t('The folder {0} could not be read.', folderName(folder)), error);
			}
		},
		tail: async (folder, name) => {
			const uri = vscode.Uri.joinPath(vscode.Uri.parse(folder, true), name);
			try {
				return await fileEnd(uri, tailLength);
			} catch (error) {
				throw new LocalFailure(t('{0} could not be read.', name), error);
			}
		},
		save: (folder, name, content, check, signal) => {
			const target = vscode.Uri.joinPath(vscode.Uri.parse(folder, true), name);
			return saveDocument(check ? checked(content, check) : content, target, signal, { records });
		},
	};
}

/** Of a file that lives elsewhere than on this computer's disk, the whole must be read for it. */
async function fileEnd(uri: vscode.Uri, most: number): Promise<FileEnd> {
	if (uri.scheme === 'file' && !IS_WEB) {
		const { endOfFile } = await import('./disk/endOfFile.ts');
		return endOfFile(uri.fsPath, most);
	}
	const bytes = await vscode.workspace.fs.readFile(uri);
	return { tail: bytes.subarray(Math.max(0, bytes.length - most)), size: bytes.length };
}

function folderName(folder: string): string {
	return vscode.Uri.parse(folder, true).path.split('/').findLast(Boolean) ?? '/';
}

/** The same content, whose stream fails at its end where the check does. */
function checked(content: DocumentContent, check: (tail: Uint8Array) => void): DocumentContent {
	const tail = new Tail();
	const watch = (one: DocumentContent): DocumentContent => {
		const { stream, start = 0, again } = one;
		if (start === 0) {
			tail.clear();
		}
		return {
			...one,
			stream: stream.pipeThrough(watching(tail, check)),
			again: again && (async (from, signal) => watch(await again(from, signal))),
		};
	};
	return watch(content);
}

function watching(tail: Tail, check: (tail: Uint8Array) => void): TransformStream<Uint8Array, Uint8Array> {
	return new TransformStream({
		transform: (piece, controller) => {
			tail.add(piece);
			controller.enqueue(piece);
		},
		flush: () => {
			try {
				check(tail.bytes());
			} catch (error) {
				// Whatever else it throws would be taken for a broken connection, and the whole be asked for again.
				throw error instanceof ProviderError
					? error
					: new UnexpectedReply(t('What came is not what it should be. Nothing was saved.'), error);
			}
		},
	});
}

/** The last bytes of what goes by. */
class Tail {
	#bytes = new Uint8Array();

	clear(): void {
		this.#bytes = new Uint8Array();
	}

	add(piece: Uint8Array): void {
		const kept = this.#bytes.subarray(Math.max(0, this.#bytes.length + piece.length - tailLength));
		const added = piece.subarray(Math.max(0, piece.length - tailLength));
		const next = new Uint8Array(kept.length + added.length);
		next.set(kept);
		next.set(added, kept.length);
		this.#bytes = next;
	}

	bytes(): Uint8Array {
		return this.#bytes;
	}
}
