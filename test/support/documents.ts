import type { Archives, UploadFile } from '../../src/core/archives.ts';
import { NotFound } from '../../src/core/errors.ts';
import type { Archive, Document, Entry, EntryContainer, Folder } from '../../src/core/model.ts';
import { onePage } from '../../src/core/page.ts';

export const archive: Archive = { kind: 'archive', id: 'a', name: 'Documents', workspaceId: 'w' };
export const folder: Folder = { kind: 'folder', id: 'f', name: 'Pictures', workspaceId: 'w' };

export function documentNamed(fileName: string, id: string, over: Partial<Document> = {}): Document {
	return { kind: 'document', id, name: fileName, fileName, ...over };
}

interface Held {
	readonly document: Document;
	text: string;
	state: number;
}

/** A vendor's documents in memory, which count how often they were asked. */
export class FakeArchives implements Archives {
	readonly asked: string[] = [];
	readonly entriesOf = new Map<string, Entry[]>();
	readonly contents = new Map<string, Held>();
	/** Whether documents tell a revision. */
	revisions = true;

	put(container: EntryContainer, fileName: string, id: string, text: string): Document {
		const document = documentNamed(fileName, id);
		this.contents.set(id, { document, text, state: 1 });
		this.entriesOf.set(container.id, [...(this.entriesOf.get(container.id) ?? []), document]);
		return document;
	}

	/** Somebody else changes a document at the server. */
	change(id: string, text: string): void {
		Object.assign(this.#held(id), { text, state: this.#held(id).state + 1 });
	}

	ofWorkspace = async (): Promise<readonly Archive[]> => [archive];

	entries = async (container: EntryContainer) => {
		this.asked.push(`entries ${container.id}`);
		return onePage(this.entriesOf.get(container.id) ?? []);
	};

	look = async ({ id }: Document): Promise<Document> => {
		this.asked.push(`look ${id}`);
		const { document, text, state } = this.#held(id);
		return { ...document, size: text.length, ...(this.revisions && { revision: String(state) }) };
	};

	read = async ({ id }: Document) => {
		this.asked.push(`read ${id}`);
		return { stream: new Blob([this.#held(id).text]).stream() };
	};

	saving = {
		keepsEarlier: true,
		save: async (document: Document, _container: EntryContainer, file: UploadFile): Promise<Document> => {
			this.asked.push(`save ${document.id}`);
			let text = '';
			for await (const piece of file.content()) {
				text += new TextDecoder().decode(piece);
			}
			this.change(document.id, text);
			return this.look(document);
		},
	};

	#held(id: string): Held {
		const held = this.contents.get(id);
		if (!held) {
			throw new NotFound('It is gone.');
		}
		return held;
	}
}
