import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account, Accounts, Store } from '../core/accounts.ts';
import { NotAllowed, NotFound } from '../core/errors.ts';
import type { Choice } from '../core/model.ts';
import type { Sessions } from '../core/sessions.ts';
import { afterSave, EditorStates, isDirty } from './editorState.ts';
import { toFileSystemError } from './fileErrors.ts';
import type { JsonPlace } from './jsonPlace.ts';
import { registerPropertyCompletion } from './propertyCompletion.ts';
import { type PropertyPlace, propertyPlaceOf, propertyScheme } from './propertyUri.ts';
import { ReadOnlyStatus } from './readOnlyStatus.ts';
import { type TextBase, TextBases } from './textBases.ts';
import { type Look, TextLooks } from './textLooks.ts';
import { type FoundText, saveText } from './textSaving.ts';

const { FileChangeType, FileSystemError, FileType } = vscode;

export interface TextPropertiesOptions {
	readonly accounts: Accounts;
	readonly sessions: Sessions;
	/** What is kept for this workspace alone. */
	readonly workspace: Store;
	readonly log: { warn(message: string, cause?: unknown): void };
}

interface Found extends FoundText {
	readonly account: Account;
	readonly place: PropertyPlace;
}

/** Texts of boards as files, each at an address of its own and in no folder: read, saved, completed. */
export class TextProperties implements vscode.FileSystemProvider {
	readonly #options: TextPropertiesOptions;
	readonly #bases: TextBases;
	readonly #editors: EditorStates;
	readonly #looks: TextLooks;
	/** Why each text that was asked for could not be saved then. */
	readonly #reasons = new Map<string, { readonly uri: vscode.Uri; readonly reason: string | undefined }>();
	readonly #leaving = new AbortController();
	readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
	readonly onDidChangeFile = this.#changed.event;
	readonly #following: { dispose(): void };
	/** Why the text of the active editor can't be saved; like completion there from the first text on. */
	status: ReadOnlyStatus | undefined;
	#completion: vscode.Disposable | undefined;

	constructor(options: TextPropertiesOptions) {
		this.#options = options;
		this.#bases = new TextBases(options.workspace);
		this.#looks = new TextLooks(this.#bases, (uri) => this.#tell(uri));
		this.#editors = new EditorStates((uri) => {
			const look = this.#looks.get(uri);
			if (look) {
				this.#bases.put(uri.authority, uri.toString(), look);
				this.#tell(uri);
			}
		});
		this.#following = options.accounts.onDidChange(() => this.#noteAccounts());
	}

	/** Nothing is polled: what changes from here is told anyway. */
	watch(): vscode.Disposable {
		return new vscode.Disposable(() => undefined);
	}

	stat(uri: vscode.Uri): Promise<vscode.FileStat> {
		return this.#attempt(uri, async (signal) => {
			const reason = this.#reasonOf(uri);
			this.#reasons.set(uri.toString(), { uri, reason });
			return this.#editors.frozen(uri) ?? this.#editors.answer(uri, await this.#stat(uri, reason, signal));
		});
	}

	readFile(uri: vscode.Uri): Promise<Uint8Array> {
		return this.#attempt(uri, async (signal) => {
			const found = await this.#find(uri, signal);
			const look = await this.#looks.look(found, 'recent', signal);
			// An editor that holds changes goes on with what it began with.
			if (this.#editors.read(uri, { id: found.board.id, digest: look.digest }) && !found.place.isSnapshot) {
				this.#bases.put(found.account.id, uri.toString(), look);
			}
			this.#begin();
			return new TextEncoder().encode(look.text);
		});
	}

	writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
		const text = new TextDecoder().decode(content);
		return this.#attempt(uri, async (signal) => {
			const found = await this.#find(uri, signal);
			if (found.place.isSnapshot) {
				throw new NotAllowed(this.#reasonOf(uri) ?? '');
			}
			try {
				await this.#save(found, text, signal);
			} catch (error) {
				// "File not found" would be said of a file that nobody has lost.
				throw error instanceof NotFound ? FileSystemError.Unavailable(error.message) : error;
			}
		});
	}

	readDirectory(uri: vscode.Uri): never {
		throw FileSystemError.FileNotFound(uri);
	}

	createDirectory(): never {
		throw notHere();
	}

	delete(): never {
		throw notHere();
	}

	rename(): never {
		throw notHere();
	}

	dispose(): void {
		this.#leaving.abort();
		this.#following.dispose();
		this.#editors.dispose();
		this.status?.dispose();
		this.#completion?.dispose();
		this.#changed.dispose();
	}

	async #attempt<T>(uri: vscode.Uri, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
		try {
			return await run(this.#leaving.signal);
		} catch (error) {
			throw toFileSystemError(error, uri);
		}
	}

	/** Asks the vendor only where no changes wait and the text can be read. */
	async #stat(uri: vscode.Uri, reason: string | undefined, signal: AbortSignal): Promise<vscode.FileStat> {
		const base = this.#bases.get(uri.toString());
		if (base && isDirty(uri)) {
			return statOf(base, undefined);
		}
		const isLocked = reason !== undefined && !propertyPlaceOf(uri)?.isSnapshot;
		return statOf(
			base && isLocked ? base : await this.#looks.look(await this.#find(uri, signal), 'recent', signal),
			reason,
		);
	}

	async #save(found: Found, text: string, signal: AbortSignal): Promise<void> {
		const { uri, account } = found;
		const key = uri.toString();
		const readNow = async (): Promise<Look> =>
			this.#looks.takeSnapshot(uri, await this.#looks.look(found, 'now', signal));
		await saveText(found, text, { base: this.#bases.get(key)?.digest, readNow }, signal);
		this.#editors.saved(uri);
		const now = await this.#afterwards(found, text, signal);
		this.#bases.put(account.id, key, now);
		if (now.text !== text) {
			// The editor asks how the text stands while it still is at saving; only after that it takes the vendor's layout.
			afterSave(uri, () => this.#looks.renew(uri, now));
		}
	}

	/** The text as it stands after a save. It is saved even where that can't be told. */
	async #afterwards(found: Found, text: string, signal: AbortSignal): Promise<Look> {
		try {
			return await this.#looks.look(found, 'now', signal);
		} catch (error) {
			this.#options.log.warn('a text could not be read again after it was saved', error);
			return this.#looks.take(found, text);
		}
	}

	async #find(uri: vscode.Uri, signal: AbortSignal): Promise<Found> {
		const place = propertyPlaceOf(uri);
		const account = place && this.#options.accounts.get(place.account);
		if (!place || !account) {
			throw FileSystemError.FileNotFound(uri);
		}
		const { boardTexts = [] } = await this.#options.sessions.ready(account, signal);
		const property = boardTexts.find(({ id }) => id === place.property);
		if (!property) {
			throw new NotAllowed(lockSentence(account) ?? t('This can’t be done in {0}.', account.name));
		}
		return { uri, account, place, property, board: place.board };
	}

	/** Why a text can't be saved; undefined where it can be tried. */
	#reasonOf(uri: vscode.Uri): string | undefined {
		const place = propertyPlaceOf(uri);
		if (place?.isSnapshot) {
			return t('This is how the document stood at the server. It is only for looking at.');
		}
		const account = place && this.#options.accounts.get(place.account);
		return account && lockSentence(account);
	}

	async #completions(
		uri: vscode.Uri,
		{ path, kind }: Pick<JsonPlace, 'path' | 'kind'>,
		signal: AbortSignal,
	): Promise<readonly Choice[]> {
		const { property, board } = await this.#find(uri, signal);
		return (await property.completions?.(board, path, kind, signal)) ?? [];
	}

	#begin(): void {
		this.#completion ??= registerPropertyCompletion(
			(uri, place, signal) => this.#completions(uri, place, signal),
			(error) => this.#options.log.warn('nothing can be offered at this place of a text', error),
		);
		this.status ??= new ReadOnlyStatus((uri) => this.#reasonOf(uri), propertyScheme);
		this.status.update();
	}

	/** An account that was locked makes its texts read-only; what is kept of one that is gone goes with it. */
	#noteAccounts(): void {
		this.#bases.dropAccounts((id) => this.#options.accounts.get(id) === undefined);
		for (const { uri, reason } of this.#reasons.values()) {
			if (this.#reasonOf(uri) !== reason) {
				this.#tell(uri);
			}
		}
		this.status?.update();
	}

	#tell(uri: vscode.Uri): void {
		this.#changed.fire([{ type: FileChangeType.Changed, uri }]);
	}
}

function statOf({ mtime, size }: TextBase, reason: string | undefined): vscode.FileStat {
	const permissions = reason === undefined ? undefined : vscode.FilePermission.Readonly;
	return { type: FileType.File, ctime: 0, mtime, size, permissions };
}

function lockSentence({ name, locked }: Account): string | undefined {
	return locked ? t('{0} is locked against changes.', name) : undefined;
}

function notHere(): vscode.FileSystemError {
	return FileSystemError.NoPermissions(t('A text of a board can only be read and saved.'));
}
