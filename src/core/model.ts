/**
 * What Boardwalk shows, as plain data. Ids are the vendor's own, kept as text; dates without a time are `YYYY-MM-DD`,
 * points in time are ISO 8601 with a zone. What a vendor does not say is absent, never an empty stand-in.
 */

export interface Workspace {
	readonly id: string;
	readonly name: string;
	readonly description?: RichText;
	/** A heading above workspaces that is not a container of its own, such as the client of a project. */
	readonly group?: string;
	readonly archived?: boolean;
	readonly webUrl?: string;
	/** Facts of this workspace that only its own provider reads, such as the id of its archive. */
	readonly extra?: Extra;
}

export interface Board {
	readonly id: string;
	readonly workspaceId: string;
	readonly name: string;
	readonly description?: RichText;
	readonly archived?: boolean;
	readonly startDate?: string;
	readonly dueDate?: string;
	readonly status?: string;
	readonly webUrl?: string;
	readonly extra?: Extra;
}

export interface Column {
	readonly id: string;
	readonly boardId: string;
	readonly workspaceId: string;
	readonly name: string;
	/** How many cards it holds, where that is known without asking for them. */
	readonly count?: number;
	/** Whether this very column can be given another name; only where the session has `columnRenaming`. */
	readonly renamable?: boolean;
	/** An honest remark about what this column is at the vendor, in the user's language. */
	readonly note?: string;
	readonly extra?: Extra;
}

export interface Card {
	readonly id: string;
	/** The number or word that people know the card by, where that is not its id. */
	readonly key?: string;
	readonly boardId: string;
	readonly columnId: string;
	readonly title: string;
	readonly description?: RichText;
	readonly assignees?: readonly string[];
	/** Who they are at the vendor, in no certain order. */
	readonly assigneeIds?: readonly string[];
	readonly startDate?: string;
	readonly dueDate?: string;
	readonly labels?: readonly string[];
	/** The vendor's word for the card's state, in the user's language where the vendor translates it. */
	readonly status?: string;
	readonly done?: boolean;
	/** Why the card is blocked; an empty text where it is blocked without a reason. */
	readonly blocked?: string;
	/** How much of its checklist is done. */
	readonly progress?: { readonly done: number; readonly total: number };
	/** How many comments stand on it. */
	readonly comments?: number;
	/** Why nothing about this card can be changed, in the user's language; absent where trying is worth it. */
	readonly readOnly?: string;
	readonly webUrl?: string;
	readonly extra?: Extra;
}

export interface ChecklistItem {
	readonly id: string;
	readonly title: string;
	readonly done: boolean;
	readonly extra?: Extra;
}

export interface Comment {
	readonly id: string;
	readonly text: RichText;
	readonly author?: string;
	readonly created?: string;
}

/** A place for documents that belongs to an account, a workspace or a board. */
export interface Archive extends Container {
	readonly kind: 'archive';
}

export interface Folder extends Container {
	readonly kind: 'folder';
}

interface Container {
	readonly id: string;
	readonly name: string;
	readonly workspaceId?: string;
	readonly boardId?: string;
	/** Whether documents can be put here; undefined where only trying tells. */
	readonly writable?: boolean;
	/** What becomes of a document that is uploaded under the name of one already here. */
	readonly sameName?: SameName;
	readonly webUrl?: string;
	readonly extra?: Extra;
}

/** `version`: the old one stays as an earlier version. `duplicate`: both stand side by side. `replace`: the old is lost. */
export type SameName = 'version' | 'duplicate' | 'replace';

export interface Document {
	readonly kind: 'document';
	readonly id: string;
	/** The name people see, which may hold any character. */
	readonly name: string;
	/** The name the vendor proposes for a saved file; not yet made safe for a file system. */
	readonly fileName: string;
	/** Bytes. */
	readonly size?: number;
	readonly mediaType?: string;
	readonly modified?: string;
	/** What the vendor calls the version, for reading. */
	readonly version?: string;
	/** Another text whenever the content is another; absent where the vendor gives nothing of the kind. */
	readonly revision?: string;
	/** Why the content can't be replaced in its place, in the user's language; absent where trying is worth it. */
	readonly readOnly?: string;
	readonly workspaceId?: string;
	readonly boardId?: string;
	/** Whether other entries stand beneath this document, as pages do beneath a page. */
	readonly hasEntries?: boolean;
	/** Whether documents can be put beneath this one. */
	readonly writable?: boolean;
	/** Why the document can't be downloaded, in the user's language; absent where it can. */
	readonly notDownloadable?: string;
	readonly webUrl?: string;
	readonly extra?: Extra;
}

export type Entry = Folder | Document;

/** An earlier state of a document, the vendor's own word for it as the name. */
export interface Version {
	readonly id: string;
	readonly name: string;
	readonly modified?: string;
	readonly author?: string;
	readonly extra?: Extra;
}

/** Whatever has entries: an archive, a folder, or a document with others beneath it. */
export type EntryContainer = Archive | Folder | Document;

/** Text as the vendor keeps it. Turned into plain text only where it is shown: doing it for 2,000 cards costs time. */
export type RichText = { readonly text: string } | { readonly html: string };

/** Whether putting documents here is worth offering: a place only trying tells about is, a document only where it is known. */
export function mayTakeDocuments(container: EntryContainer): boolean {
	return container.kind === 'document' ? container.writable === true : container.writable !== false;
}

export type Extra = Readonly<Record<string, string | number | boolean | undefined>>;

/** Something that was found, with the way to it. */
export interface Hit {
	readonly workspace: Workspace;
	readonly board?: Board;
	readonly column?: Column;
	readonly card?: Card;
}

export interface Choice {
	readonly value: string;
	readonly label: string;
	readonly detail?: string;
}

/** A line of account information: a label in the user's language and what the vendor says. */
export interface Fact {
	readonly label: string;
	readonly value: string;
}
