import * as vscode from 'vscode';
import type { Accounts } from '../core/accounts.ts';
import { NotAllowed, NotFound } from '../core/errors.ts';
import type { Document } from '../core/model.ts';
import type { Sessions } from '../core/sessions.ts';
import { parseDocumentUri } from './uri.ts';

/** Reads documents of archives as the files that their addresses name. */
export class DocumentFileSystem {
	readonly #accounts: Accounts;
	readonly #sessions: Sessions;
	readonly #leaving = new AbortController();

	constructor(accounts: Accounts, sessions: Sessions) {
		this.#accounts = accounts;
		this.#sessions = sessions;
	}

	stat(uri: vscode.Uri): vscode.FileStat {
		const { document } = this.#lookUp(uri);
		const modified = Date.parse(document.modified ?? '');
		return {
			type: vscode.FileType.File,
			ctime: 0,
			mtime: Number.isNaN(modified) ? 0 : modified,
			size: document.size ?? 0,
			permissions: vscode.FilePermission.Readonly,
		};
	}

	async readFile(uri: vscode.Uri): Promise<Uint8Array> {
		const { account, document } = this.#lookUp(uri);
		try {
			const session = await this.#sessions.ready(account, this.#leaving.signal);
			const content = await session.archives?.read(document, this.#leaving.signal);
			if (!content) {
				throw vscode.FileSystemError.FileNotFound(uri);
			}
			return new Uint8Array(await new Response(content.stream).arrayBuffer());
		} catch (error) {
			throw toFileSystemError(error, uri);
		}
	}

	dispose(): void {
		this.#leaving.abort();
	}

	#lookUp(uri: vscode.Uri): {
		readonly account: NonNullable<ReturnType<Accounts['get']>>;
		readonly document: Document;
	} {
		const parsed = parseDocumentUri(uri);
		const account = parsed && this.#accounts.get(parsed.account);
		if (!account) {
			throw vscode.FileSystemError.FileNotFound(uri);
		}
		return { account, document: parsed.document };
	}
}

function toFileSystemError(error: unknown, uri: vscode.Uri): vscode.FileSystemError {
	if (error instanceof vscode.FileSystemError) {
		return error;
	}
	if (error instanceof NotFound) {
		return vscode.FileSystemError.FileNotFound(uri);
	}
	const message = error instanceof Error ? error.message : String(error);
	return error instanceof NotAllowed
		? vscode.FileSystemError.NoPermissions(message)
		: vscode.FileSystemError.Unavailable(message);
}
