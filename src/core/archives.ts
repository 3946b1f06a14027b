import type { Archive, Board, Document, Entry, EntryContainer, Folder, Version, Workspace } from './model.ts';
import type { Page } from './page.ts';

/** Documents. At least one of the three `of…` is there; each absent one means: no archive on that level. */
export interface Archives {
	ofAccount?(signal: AbortSignal): Promise<readonly Archive[]>;
	ofWorkspace?(workspace: Workspace, signal: AbortSignal): Promise<readonly Archive[]>;
	ofBoard?(board: Board, signal: AbortSignal): Promise<readonly Archive[]>;
	/** What stands directly in a container. */
	entries(container: EntryContainer, signal: AbortSignal): Promise<Page<Entry>>;
	/** The document as it is now, asked of the vendor. Throws `NotFound` where it is gone. */
	look(document: Document, signal: AbortSignal): Promise<Document>;
	/** Starts reading a document. The caller reads the stream to its end or cancels it. */
	read(document: Document, signal: AbortSignal): Promise<DocumentContent>;
	/** Putting documents into containers whose `writable` is not false. */
	readonly uploading?: Uploading;
	/** Replacing the content of documents that have no `readOnly`. */
	readonly saving?: Saving;
	/** New folders, or what stands for a folder at the vendor. */
	readonly folderCreation?: FolderCreation;
	readonly removal?: Removal;
	readonly documentRenaming?: DocumentRenaming;
	/** Earlier states of documents. */
	readonly versions?: Versions;
}

export interface DocumentContent {
	readonly stream: ReadableStream<Uint8Array>;
	/** Where in the document the stream begins, in bytes; 0 without it. */
	readonly start?: number;
	/** Bytes of the whole document, where the vendor says so. */
	readonly size?: number;
	/** Lower-case hex MD5 of the whole content, where the vendor gives one. */
	readonly md5?: string;
	readonly mediaType?: string;
	/** The document's `revision` at this content, where the answer itself says it. */
	readonly revision?: string;
	/** Why just this content can't be saved back, in the user's language, such as a page with blocks that Markdown can't say. */
	readonly readOnly?: string;
	/**
	 * Starts reading the same document once more, after the stream has broken: from byte `from` where the server lets one and
	 * the document is certain to be the same, else from its beginning, as `start` of the answer says. Absent where there is
	 * nothing to be asked again.
	 */
	readonly again?: (from: number, signal: AbortSignal) => Promise<DocumentContent>;
}

export interface Uploading {
	/**
	 * Checks, before anything is sent, that the container takes documents. Throws `NotAllowed` where it does not.
	 * Returns the container with `writable` and `sameName` known.
	 */
	prepare(container: EntryContainer, signal: AbortSignal): Promise<EntryContainer>;
	/** Sends one file under its exact name. Never repeats a send by itself. */
	upload(container: EntryContainer, file: UploadFile, signal: AbortSignal): Promise<Uploaded>;
	/** The container that an upload to a whole workspace goes to; absent where people must choose a folder. */
	target?(workspace: Workspace, signal: AbortSignal): Promise<Archive | Folder>;
}

export interface UploadFile {
	readonly name: string;
	/** Bytes. */
	readonly size: number;
	readonly mediaType: string;
	/** The content from its beginning; may be called once per attempt. A piece is good until the next one is asked for. */
	content(): AsyncIterable<Uint8Array>;
}

export interface Uploaded {
	readonly id?: string;
	/** The new version's name, where the file became a new version of a document that was there. */
	readonly version?: string;
	readonly webUrl?: string;
}

export interface Saving {
	/** Whether the vendor keeps what was there as an earlier version; else it is lost. */
	readonly keepsEarlier: boolean;
	/**
	 * Puts the file's content in the place of the document's, and returns the document as it is then. Never repeats a send by
	 * itself, and does not look whether the document has changed since it was read: the caller does. `container` is where the
	 * document stands. Throws `NotAllowed` or `Refused` where just this can't be saved, before anything is sent.
	 */
	save(document: Document, container: EntryContainer, file: UploadFile, signal: AbortSignal): Promise<Document>;
}

export interface FolderCreation {
	/** Why no folder can be made in this container, in the user's language; absent where trying is worth it. */
	whyNot?(container: EntryContainer): string | undefined;
	create(container: EntryContainer, name: string, signal: AbortSignal): Promise<Entry>;
}

export interface Removal {
	/** Why this entry can't be removed, in the user's language; absent where trying is worth it. */
	whyNot?(entry: Entry): string | undefined;
	/** What becomes of it, as one sentence for the question before it is done. */
	readonly effect: string;
	remove(entry: Entry, signal: AbortSignal): Promise<void>;
}

export interface DocumentRenaming {
	whyNot?(document: Document): string | undefined;
	/** `name` is the new `fileName`. Returns the document as it is afterwards. */
	rename(document: Document, name: string, signal: AbortSignal): Promise<Document>;
}

export interface Versions {
	/** Whether this document may have any, as far as is known without asking. */
	has?(document: Document): boolean;
	/** The earlier ones, the newest first. */
	list(document: Document, signal: AbortSignal): Promise<Page<Version>>;
	read(document: Document, version: Version, signal: AbortSignal): Promise<DocumentContent>;
}
