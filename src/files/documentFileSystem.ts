import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Place } from '../core/documentTree.ts';
import { NotAllowed } from '../core/errors.ts';
import { DocumentReading, statOfSnapshot } from './documentReading.ts';
import { DocumentSaving } from './documentSaving.ts';
import { afterSave, EditorStates } from './editorState.ts';
import { toFileSystemError } from './fileErrors.ts';
import { FolderChanges } from './folderChanges.ts';
import { type FileSystemOptions, type Found, LookUp } from './lookUp.ts';
import type { Changed, Places } from './places.ts';
import { ReadOnlyStatus } from './readOnlyStatus.ts';
import { placeUri, snapshotOf } from './uri.ts';

const { FileSystemError, FileType, FileChangeType } = vscode;

/** The documents of every account as files: reads, saves, lists, makes, renames and deletes them at the vendor. */
export class DocumentFileSystem implements vscode.FileSystemProvider {
	readonly #lookUp: LookUp;
	readonly #places: Places;
	readonly #saving: DocumentSaving;
	readonly #folders: FolderChanges;
	readonly #editors: EditorStates;
	readonly #reading: DocumentReading;
	/** Why the document of the active editor can't be saved. */
	readonly status: ReadOnlyStatus;
	readonly #leaving = new AbortController();
	readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
	readonly onDidChangeFile = this.#changed.event;
	readonly #following: { dispose(): void };

	constructor(options: FileSystemOptions) {
		this.#lookUp = new LookUp(options);
		this.#places = options.places;
		this.#saving = new DocumentSaving(options);
		this.#folders = new FolderChanges(options);
		this.#editors = new EditorStates((uri, base) => {
			const known = this.#lookUp.known(uri);
			if (known) {
				this.#places.remember(known.account, known.place, base);
				this.#tell(FileChangeType.Changed, uri);
			}
		});
		this.#reading = new DocumentReading(options, this.#lookUp, this.#editors, (uri) =>
			this.#tell(FileChangeType.Changed, uri),
		);
		this.status = new ReadOnlyStatus((uri) => this.#reading.reason(uri));
		this.#following = this.#places.onDidChange((changed) => this.#noteChanged(changed));
	}

	/** Nothing is polled: what changes from here is told anyway. */
	watch(): vscode.Disposable {
		return new vscode.Disposable(() => undefined);
	}

	stat(uri: vscode.Uri): Promise<vscode.FileStat> {
		return this.#attempt(uri, async (signal) => {
			const snapshot = snapshotOf(uri);
			if (snapshot) {
				return statOfSnapshot(snapshot);
			}
			const frozen = this.#editors.frozen(uri);
			return frozen ?? this.#editors.answer(uri, this.#reading.statOf(await this.#lookUp.look(uri, signal)));
		});
	}

	readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
		return this.#attempt(uri, async (signal) => {
			const { account, place } = await this.#lookUp.find(uri, signal);
			if (place.document) {
				throw FileSystemError.FileNotADirectory(uri);
			}
			const places = await this.#places.list(account, place, signal);
			return places.map(({ name, document }) => [name, document ? FileType.File : FileType.Directory]);
		});
	}

	readFile(uri: vscode.Uri): Promise<Uint8Array> {
		return this.#attempt(uri, async (signal) => {
			const snapshot = snapshotOf(uri);
			const bytes = snapshot
				? await this.#reading.readSnapshot(uri, snapshot, signal)
				: await this.#reading.read(await this.#lookUp.find(uri, signal), signal);
			this.status.update();
			return bytes;
		});
	}

	writeFile(
		uri: vscode.Uri,
		content: Uint8Array,
		{ create, overwrite }: { readonly create: boolean; readonly overwrite: boolean },
	): Promise<void> {
		return this.#attempt(uri, async (signal) => {
			const found = await this.#lookUp.findOrNot(uri, signal);
			if (found && !found.place.document) {
				throw FileSystemError.FileIsADirectory(uri);
			}
			if (!found && !create) {
				throw FileSystemError.FileNotFound(uri);
			}
			if (found && create && !overwrite) {
				throw FileSystemError.FileExists(uri);
			}
			// Taken over, for what is handed in may change while it is sent.
			const bytes = new Uint8Array(content);
			await (found ? this.#save(found, bytes, signal) : this.#create(uri, bytes, overwrite, signal));
		});
	}

	createDirectory(uri: vscode.Uri): Promise<void> {
		return this.#attempt(uri, async (signal) => {
			if (await this.#lookUp.findOrNot(uri, signal)) {
				throw FileSystemError.FileExists(uri);
			}
			const { above, name } = await this.#lookUp.above(uri, signal);
			await this.#folders.create(above, name, signal);
			this.#tell(FileChangeType.Created, uri);
		});
	}

	delete(uri: vscode.Uri, { recursive }: { readonly recursive: boolean }): Promise<void> {
		return this.#attempt(uri, async (signal) => {
			const found = await this.#lookUp.find(uri, signal);
			await this.#folders.checkAlone(found, recursive, signal);
			await this.#folders.remove(found, signal);
		});
	}

	rename(from: vscode.Uri, to: vscode.Uri, { overwrite }: { readonly overwrite: boolean }): Promise<void> {
		return this.#attempt(from, async (signal) => {
			const found = await this.#lookUp.find(from, signal);
			const there = await this.#lookUp.findOrNot(to, signal);
			if (there && !overwrite) {
				throw FileSystemError.FileExists(to);
			}
			const target = await this.#lookUp.above(to, signal);
			if (found.account.id !== target.above.account.id || found.place.above !== target.above.place) {
				throw new NotAllowed(t('Documents can’t be moved to another place. Copy “{0}” instead.', found.place.name));
			}
			await this.#folders.rename(found, target.name, there, signal);
			this.#tell(FileChangeType.Created, to);
		});
	}

	dispose(): void {
		this.#leaving.abort();
		this.#following.dispose();
		this.#editors.dispose();
		this.status.dispose();
		this.#changed.dispose();
	}

	async #attempt<T>(uri: vscode.Uri, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
		try {
			return await run(this.#leaving.signal);
		} catch (error) {
			throw toFileSystemError(error, uri);
		}
	}

	async #save(found: Found, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<void> {
		const { uri, account, place } = found;
		const saved = await this.#saving.save(found, bytes, this.#reading.reasonOf(found), signal);
		this.#lookUp.saw(place);
		if (saved === 'saved') {
			this.#editors.saved(uri);
			this.#tell(FileChangeType.Changed, uri);
			return;
		}
		// The editor asks how the file stands while it still is at saving; only after that it takes another content.
		afterSave(uri, () => {
			place.changed();
			const isThere = this.#places.top(account) && !place.isGone;
			this.#tell(isThere ? FileChangeType.Changed : FileChangeType.Deleted, uri);
		});
	}

	/** The list is asked anew first, so that nothing that came meanwhile gets another content unseen. */
	async #create(
		uri: vscode.Uri,
		bytes: Uint8Array<ArrayBuffer>,
		overwrite: boolean,
		signal: AbortSignal,
	): Promise<void> {
		const { above, name } = await this.#lookUp.above(uri, signal);
		await this.#places.list(above.account, above.place, signal);
		const place = above.place.at(name);
		if (place) {
			if (!overwrite) {
				throw FileSystemError.FileExists(uri);
			}
			await this.#save({ uri, account: above.account, place }, bytes, signal);
			return;
		}
		await this.#saving.create(above.account, above.place, name, bytes, signal);
		this.#tell(FileChangeType.Created, uri);
	}

	/** Tells editors of folders and of opened documents in them, whose facts may be old from now on. */
	#noteChanged({ account, container, gone }: Changed): void {
		const folders = this.#places.of(account, container);
		const files = folders.flatMap(({ beneath }) => beneath.filter(({ document }) => document));
		files.forEach((place) => this.#lookUp.doubt(place));
		const uriOf = (place: Pick<Place, 'path'>) => placeUri(account.id, place);
		const opened = files.map(uriOf).filter((uri) => this.#editors.isKnown(uri));
		this.#changed.fire([
			...gone.map((path) => ({ type: FileChangeType.Deleted, uri: uriOf({ path }) })),
			...[...folders.map(uriOf), ...opened].map((uri) => ({ type: FileChangeType.Changed, uri })),
		]);
	}

	#tell(type: vscode.FileChangeType, uri: vscode.Uri): void {
		this.#changed.fire([{ type, uri }]);
	}
}
