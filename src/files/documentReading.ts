import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { whyReadOnly } from '../core/documentSave.ts';
import type { Place } from '../core/documentTree.ts';
import { NotAllowed } from '../core/errors.ts';
import type { Sessions } from '../core/sessions.ts';
import { type WholeContent, wholeContent } from '../core/wholeContent.ts';
import { readOnlyAccount } from './documentSaving.ts';
import type { EditorStates } from './editorState.ts';
import type { FileSystemOptions, Found, LookUp } from './lookUp.ts';
import type { Places } from './places.ts';
import { type Snapshot, snapshotOf } from './uri.ts';

const { FileSystemError, FileType } = vscode;

/** Contents, and what can be done with them. */
export class DocumentReading {
	readonly #sessions: Sessions;
	readonly #places: Places;
	readonly #lookUp: LookUp;
	readonly #editors: EditorStates;
	readonly #onOtherReason: (uri: vscode.Uri) => void;
	/** Why a content can't be saved back, which only reading it tells. */
	readonly #reasons = new WeakMap<Place, string>();

	/** `onOtherReason` is told where a content turns out to be read-only, or not any more. */
	constructor(
		{ sessions, places }: FileSystemOptions,
		lookUp: LookUp,
		editors: EditorStates,
		onOtherReason: (uri: vscode.Uri) => void,
	) {
		this.#sessions = sessions;
		this.#places = places;
		this.#lookUp = lookUp;
		this.#editors = editors;
		this.#onOtherReason = onOtherReason;
	}

	async read(found: Found, signal: AbortSignal): Promise<Uint8Array> {
		const { uri, account, place } = found;
		const { document } = place;
		if (!document) {
			throw FileSystemError.FileIsADirectory(uri);
		}
		if (document.notDownloadable !== undefined) {
			throw new NotAllowed(document.notDownloadable);
		}
		const whole = await this.#content(found, { document }, signal);
		// A revision known before reading is never newer than what was read, so that no change is overlooked.
		const base = { id: document.id, revision: whole.revision ?? document.revision, digest: whole.digest };
		if (this.#editors.read(uri, base)) {
			this.#places.remember(account, place, base);
		}
		this.#noteReason(found, whole.readOnly);
		return whole.bytes;
	}

	async readSnapshot(uri: vscode.Uri, snapshot: Snapshot, signal: AbortSignal): Promise<Uint8Array> {
		return (await this.#content({ uri, account: this.#lookUp.account(uri) }, snapshot, signal)).bytes;
	}

	/** Why what is at an address can't be saved; undefined where it can be tried, or where nothing is known. */
	reason(uri: vscode.Uri): string | undefined {
		if (snapshotOf(uri)) {
			return t('This is how the document stood at the server. It is only for looking at.');
		}
		const found = this.#lookUp.known(uri);
		return found && this.reasonOf(found);
	}

	/** Why a document can't be saved; undefined where it can be tried. */
	reasonOf({ account, place }: Pick<Found, 'account' | 'place'>): string | undefined {
		const { archives } = this.#sessions.peek(account);
		const known = place.document && whyReadOnly(archives, place.document, readOnlyAccount(account));
		return this.#reasons.get(place) ?? known;
	}

	statOf(found: Found): vscode.FileStat {
		const { place } = found;
		if (!place.document) {
			return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
		}
		return {
			type: FileType.File,
			ctime: 0,
			mtime: place.time,
			size: place.document.size ?? 0,
			permissions: this.reasonOf(found) === undefined ? undefined : vscode.FilePermission.Readonly,
		};
	}

	async #content(
		{ uri, account }: Pick<Found, 'uri' | 'account'>,
		{ document, version }: Snapshot,
		signal: AbortSignal,
	): Promise<WholeContent> {
		const archives = await this.#lookUp.archives(account, uri, signal);
		if (!version) {
			return wholeContent(await archives.read(document, signal), signal);
		}
		if (!archives.versions) {
			throw FileSystemError.FileNotFound(uri);
		}
		return wholeContent(await archives.versions.read(document, version, signal), signal);
	}

	#noteReason({ uri, place }: Found, reason: string | undefined): void {
		const before = this.#reasons.get(place);
		if (reason === undefined) {
			this.#reasons.delete(place);
		} else {
			this.#reasons.set(place, reason);
		}
		if (before !== reason) {
			this.#onOtherReason(uri);
		}
	}
}

/** What an editor learns of something that is only to be looked at. */
export function statOfSnapshot({ document, version }: Snapshot): vscode.FileStat {
	const mtime = Date.parse((version ?? document).modified ?? '');
	return {
		type: FileType.File,
		ctime: 0,
		mtime: Number.isNaN(mtime) ? 0 : mtime,
		size: (version ? undefined : document.size) ?? 0,
		permissions: vscode.FilePermission.Readonly,
	};
}
