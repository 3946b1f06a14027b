import { FileSystemError, type Uri } from 'vscode';
import { InvalidInput, isCancellation, NotAllowed, NotFound, ProviderError, Refused } from '../core/errors.ts';

/** A failure of ours as the editor's file system says it: the exact kind, with the sentence where the kind has room for one. */
export function toFileSystemError(error: unknown, uri: Uri): unknown {
	if (error instanceof FileSystemError || !(error instanceof ProviderError || isCancellation(error))) {
		return error;
	}
	if (error instanceof NotFound) {
		return FileSystemError.FileNotFound(uri);
	}
	const { message } = error as Error;
	return error instanceof NotAllowed || error instanceof Refused || error instanceof InvalidInput
		? FileSystemError.NoPermissions(message)
		: FileSystemError.Unavailable(message);
}
