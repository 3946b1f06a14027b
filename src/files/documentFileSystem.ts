import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Accounts } from '../core/accounts.ts';
import { NotAllowed, NotFound } from '../core/errors.ts';
import type { Document } from '../core/model.ts';
import type { Sessions } from '../core/sessions.ts';
import { documentScheme, parseDocumentUri } from './uri.ts';

/** Documents of archives as files that can be opened and read; nothing is written through it. */
export class DocumentFileSystem implements vscode.FileSystemProvider {
	readonly #accounts: Accounts;
	readonly #sessions: Sessions;
	readonly #leaving = new AbortController();
	readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
	readonly onDidChangeFile = this.#changed.event;

	constructor(accounts: Accounts, sessions: Sessions) {
		this.#accounts = accounts;
		this.#sessions = sessions;
	}

	register(): vscode.Disposable {
		return vscode.workspace.registerFileSystemProvider(documentScheme, this, {
			isCaseSensitive: true,
			isReadonly: new vscode.MarkdownString(t('Documents are opened to be read. Upload a new version to change one.')),
		});
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

	watch(): vscode.Disposable {
		return { dispose: () => undefined };
	}

	readDirectory(uri: vscode.Uri): never {
		throw vscode.FileSystemError.FileNotADirectory(uri);
	}

	createDirectory(uri: vscode.Uri): never {
		throw vscode.FileSystemError.NoPermissions(uri);
	}

	writeFile(uri: vscode.Uri): never {
		throw vscode.FileSystemError.NoPermissions(uri);
	}

	delete(uri: vscode.Uri): never {
		throw vscode.FileSystemError.NoPermissions(uri);
	}

	rename(uri: vscode.Uri): never {
		throw vscode.FileSystemError.NoPermissions(uri);
	}

	dispose(): void {
		this.#leaving.abort();
		this.#changed.dispose();
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
