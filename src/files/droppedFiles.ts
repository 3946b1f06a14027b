import * as vscode from 'vscode';
import type { Transfers } from '../core/transfers.ts';

const scheme = 'boardwalk-dropped';

interface Kept {
	readonly bytes: Uint8Array;
	readonly at: number;
	/** Whether a transfer has named it; before that it waits for the person's answers. */
	listed: boolean;
}

/**
 * Files that were dropped without an address, as from the operating system into a browser's window: nobody can read them a
 * second time, so their content is kept in memory until they have gone up. Each has an address of its own, so that an
 * upload of them can be repeated like any other for as long as the window is open; nothing of them is left behind it.
 */
export class DroppedFiles {
	readonly #kept = new Map<string, Kept>();
	readonly #transfers: Transfers;
	#registered: vscode.Disposable | undefined;

	constructor(transfers: Transfers) {
		this.#transfers = transfers;
	}

	/** The address under which the content is read from now on. */
	keep(name: string, bytes: Uint8Array): vscode.Uri {
		this.#registered ??= vscode.Disposable.from(
			vscode.workspace.registerFileSystemProvider(scheme, this.#fileSystem(), { isReadonly: true }),
			this.#transfers.onDidChange(() => this.#forgetSent()),
		);
		const uri = vscode.Uri.from({ scheme, path: `/${crypto.randomUUID()}/${name}` });
		this.#kept.set(uri.toString(), { bytes, at: Date.now(), listed: false });
		return uri;
	}

	/** Drops those that need not go up any more: an upload that failed may be tried again, anything else is over. */
	forget(uris: readonly vscode.Uri[]): void {
		const wanted = this.#unfinished();
		uris.map(String).forEach((address) => wanted.has(address) || this.#kept.delete(address));
	}

	dispose(): void {
		this.#registered?.dispose();
		this.#kept.clear();
	}

	/** After a later attempt, or once the person has cleared the list. */
	#forgetSent(): void {
		const wanted = this.#unfinished();
		for (const [address, kept] of this.#kept) {
			if (wanted.has(address)) {
				kept.listed = true;
			} else if (kept.listed) {
				this.#kept.delete(address);
			}
		}
	}

	#unfinished(): ReadonlySet<string> {
		const open = this.#transfers.list().filter(({ state }) => state !== 'done');
		return new Set(open.flatMap(({ order }) => (order.kind === 'upload' ? [order.source] : [])));
	}

	#fileSystem(): vscode.FileSystemProvider {
		const find = (uri: vscode.Uri) => {
			const kept = this.#kept.get(uri.toString());
			if (!kept) {
				throw vscode.FileSystemError.FileNotFound(uri);
			}
			return kept;
		};
		const refuse = (uri: vscode.Uri): never => {
			throw vscode.FileSystemError.NoPermissions(uri);
		};
		return {
			onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
			watch: () => new vscode.Disposable(() => undefined),
			stat: (uri) => {
				const { bytes, at } = find(uri);
				return { type: vscode.FileType.File, ctime: at, mtime: at, size: bytes.length };
			},
			readFile: (uri) => find(uri).bytes,
			readDirectory: refuse,
			createDirectory: refuse,
			writeFile: refuse,
			delete: refuse,
			rename: refuse,
		};
	}
}
