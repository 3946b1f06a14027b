import { createHash } from 'node:crypto';

/** What a CoreData tenant holds, by the API's own names; where the API shows another object, its id is kept. */
export interface Doc {
	readonly id: string;
	title: string;
	created: string;
	[property: string]: unknown;
}

export type Kind = (typeof kinds)[number];

export const kinds = [
	...(['spaces', 'projects', 'tasks', 'files', 'folders', 'contacts'] as const),
	...(['comments', 'users', 'valuelists', 'dynatypes', 'templates'] as const),
] as const;

export class Store {
	readonly #docs = Object.fromEntries(kinds.map((kind) => [kind, new Map<string, Doc>()])) as Record<
		Kind,
		Map<string, Doc>
	>;
	/** Lists as they were asked for, until something changes. */
	readonly #lists = new Map<string, readonly Doc[]>();
	/** Bytes, and when they were stored. */
	readonly blobs = new Map<string, { readonly bytes: Uint8Array; readonly stored: string }>();
	readonly #years = new Map<string, number>();
	#ids = 0;

	/** The next id, in the form of a version 1 UUID. */
	id(): string {
		this.#ids += 1;
		return `${(0x0b5c2a10 + this.#ids).toString(16).padStart(8, '0')}-7758-11ef-8aaa-0242ac120002`;
	}

	/** The next id of a state of a document. */
	snapshotId(): string {
		return this.id().replace('7758', '7759');
	}

	/** The next case number of a year, such as `2024-17`. */
	identifier(year: string): string {
		const number = (this.#years.get(year) ?? 0) + 1;
		this.#years.set(year, number);
		return `${year}-${number}`;
	}

	/** Keeps a new document, with an id of its own where it brings none. */
	add(kind: Kind, given: Partial<Doc>): Doc {
		const doc = { id: given.id ?? this.id(), ...given } as Doc;
		this.#docs[kind].set(doc.id, doc);
		this.#lists.clear();
		return doc;
	}

	change(doc: Doc, more: Partial<Doc>): void {
		Object.assign(doc, more);
		this.#lists.clear();
	}

	find(kind: Kind, id: unknown): Doc | undefined {
		return this.#docs[kind].get(id as string);
	}

	/** All of a kind, or those with an id in a property, by creation and then by id. */
	all(kind: Kind, name = '', id = ''): readonly Doc[] {
		const key = [kind, name, id].join();
		const known = this.#lists.get(key);
		if (known) {
			return known;
		}
		const docs = [...this.#docs[kind].values()].filter((doc) => !name || [doc[name]].flat().includes(id));
		docs.sort((a, b) => order(a.created, b.created) || order(a.id, b.id));
		this.#lists.set(key, docs);
		return docs;
	}

	/** Removes a document with everything that belongs to it. */
	remove(id: string): void {
		for (const docs of Object.values(this.#docs)) {
			for (const doc of docs.values()) {
				if (doc.id === id || doc.project === id || doc.doc_id === id) {
					docs.delete(doc.id);
				}
			}
		}
		this.#lists.clear();
	}

	/** Keeps bytes and points a file at them; one without a digest gets none. */
	fill(file: Doc, bytes: Uint8Array): void {
		const blob = this.id();
		this.blobs.set(blob, { bytes, stored: file.modified as string });
		Object.assign(file, { blob, size: bytes.length, digest: file.digest === '' ? '' : md5(bytes) });
	}
}

export function order(a: string, b: string): number {
	return a < b ? -1 : Number(a > b);
}

export function md5(data: string | Uint8Array): string {
	return createHash('md5').update(data).digest('hex');
}
