import { t } from '@vscode/l10n';
import { FileSystemError } from 'vscode';
import type { Account } from '../core/accounts.ts';
import type { Archives, Saving, Uploaded, UploadFile } from '../core/archives.ts';
import { type Conflict, type Standing, standingOf, whyReadOnly } from '../core/documentSave.ts';
import { keyOf, thingsBeneath } from '../core/documentThings.ts';
import type { Place } from '../core/documentTree.ts';
import { NotAllowed } from '../core/errors.ts';
import { type Document, type EntryContainer, mayTakeDocuments } from '../core/model.ts';
import type { Sessions } from '../core/sessions.ts';
import { digestOf } from '../core/wholeContent.ts';
import type { Found } from './lookUp.ts';
import type { Places } from './places.ts';
import { askAboutConflict } from './saveConflict.ts';
import { documentUri } from './uri.ts';

/** `copied`: the document itself stayed as it is at the vendor, and the editor's content went beside it. */
export type Saved = 'saved' | 'copied';

type Bytes = Uint8Array<ArrayBuffer>;

/** Puts the content of editors to the vendor. */
export class DocumentSaving {
	readonly #sessions: Sessions;
	readonly #places: Places;

	constructor({ sessions, places }: { readonly sessions: Sessions; readonly places: Places }) {
		this.#sessions = sessions;
		this.#places = places;
	}

	/**
	 * Replaces a document's content, asking first where it is not what the editor began with. `reason` is why its content
	 * can't be saved, where reading it has told. Throws where nothing was saved, so that the editor keeps its changes.
	 */
	async save(at: Found, bytes: Bytes, reason: string | undefined, signal: AbortSignal): Promise<Saved> {
		const { account, place } = at;
		const archives = await this.#archives(account, signal);
		const document = documentOf(at);
		const why = reason ?? whyReadOnly(archives, document, readOnlyAccount(account));
		const container = place.above?.container;
		if (why !== undefined || !archives?.saving || !container) {
			throw new NotAllowed(why ?? readOnlyAccount(account));
		}
		const digest = await digestOf(bytes);
		const standing = await standingOf(archives, document, this.#places.base(account, place), digest, signal);
		return this.#settle({ ...at, archives, saving: archives.saving, container, bytes, digest }, standing, signal);
	}

	/** Puts a new document into a container, under exactly this name. */
	async create(
		account: Account,
		above: Place,
		name: string,
		bytes: Bytes,
		signal: AbortSignal,
	): Promise<Place | undefined> {
		const archives = await this.#archives(account, signal);
		const { container } = above;
		if (!archives?.uploading || !container || !mayTakeDocuments(container)) {
			throw new NotAllowed(t('Documents can’t be put into “{0}”.', above.name || account.name));
		}
		const before = new Set(above.beneath.flatMap(({ thing }) => (thing ? [keyOf(thing)] : [])));
		const prepared = await archives.uploading.prepare(container, signal);
		const uploaded = await archives.uploading.upload(prepared, await uploadFile(name, bytes), signal);
		const place = await this.#arrived(account, above, name, bytes.length, uploaded, before, signal);
		if (place?.document) {
			const { id, revision } = place.document;
			this.#places.remember(account, place, { id, revision, digest: await digestOf(bytes) });
		}
		this.#places.changed(account, container);
		return place;
	}

	async #settle(job: Job, standing: Standing, signal: AbortSignal): Promise<Saved> {
		const { saving, container, account } = job;
		switch (standing.kind) {
			case 'readOnly':
				throw new NotAllowed(standing.reason);
			case 'same':
				return this.#note(job, standing.document);
			case 'unchanged': {
				const file = await uploadFile(standing.document.fileName, job.bytes);
				const saved = this.#note(job, await saving.save(standing.document, container, file, signal));
				this.#places.changed(account, container);
				return saved;
			}
			default:
				return this.#ask(job, standing, signal);
		}
	}

	async #ask(job: Job, standing: Conflicting, signal: AbortSignal): Promise<Saved> {
		const { archives, saving, container, place, account, digest } = job;
		const answer = await askAboutConflict({
			name: place.name,
			conflict: standing.kind,
			keepsEarlier: saving.keepsEarlier,
			canCopy: archives.uploading !== undefined && mayTakeDocuments(container),
			now: standing.kind === 'gone' ? undefined : documentUri(account.id, standing.document),
			own: job.uri,
			isTaken: (name) => place.above?.at(name) !== undefined && (standing.kind !== 'gone' || name !== place.name),
		});
		if (answer.kind === 'left') {
			throw FileSystemError.Unavailable(t('Nothing was saved: “{0}” is another at the server by now.', place.name));
		}
		if (answer.kind === 'copy' || standing.kind === 'gone') {
			return this.#saveCopy(job, standing, answer.kind === 'copy' ? answer.name : place.name, signal);
		}
		// What changes once more before it is overwritten is asked about again.
		return this.#settle(job, await standingOf(archives, standing.document, standing.there, digest, signal), signal);
	}

	async #saveCopy(job: Job, standing: Conflicting, name: string, signal: AbortSignal): Promise<Saved> {
		const { account, place, bytes } = job;
		if (!place.above) {
			throw FileSystemError.FileNotFound(job.uri);
		}
		if (standing.kind === 'gone') {
			place.above.drop(place);
			this.#places.forget(account, place.path);
		} else {
			place.see({ kind: 'document', document: standing.document });
		}
		await this.create(account, place.above, name, bytes, signal);
		return 'copied';
	}

	#note({ account, place, digest }: Job, document: Document): Saved {
		place.see({ kind: 'document', document });
		this.#places.remember(account, place, { id: document.id, revision: document.revision, digest });
		return 'saved';
	}

	/** Finds the document that an upload made, where the answer does not name it: the one of that name that is new. */
	async #arrived(
		account: Account,
		above: Place,
		name: string,
		size: number,
		{ id }: Uploaded,
		before: ReadonlySet<string>,
		signal: AbortSignal,
	): Promise<Place | undefined> {
		const things = await thingsBeneath(await this.#sessions.ready(account, signal), above.thing, signal);
		const documents = things.filter((thing) => thing.kind === 'document');
		const isNew = (document: Document) => !before.has(keyOf({ kind: 'document', document }));
		const found =
			documents.find(({ document }) => document.id === id) ??
			documents.findLast(({ document }) => id === undefined && document.fileName === name && isNew(document));
		const made: Document | undefined =
			found?.document ?? (id === undefined ? undefined : { kind: 'document', id, name, fileName: name, size });
		const place = made && above.put({ kind: 'document', document: made }, name);
		above.take(found || !made ? things : [...things, { kind: 'document', document: made }]);
		return place;
	}

	async #archives(account: Account, signal: AbortSignal): Promise<Archives | undefined> {
		return (await this.#sessions.ready(account, signal)).archives;
	}
}

type Conflicting = Extract<Standing, { readonly kind: Conflict }>;

interface Job extends Found {
	readonly archives: Archives;
	readonly saving: Saving;
	readonly container: EntryContainer;
	readonly bytes: Bytes;
	readonly digest: string;
}

/** Why no document of an account can be saved. */
export function readOnlyAccount({ name }: Account): string {
	return t('Documents of {0} can’t be changed in their place.', name);
}

/** Content in memory as something to upload. */
export async function uploadFile(name: string, bytes: Bytes): Promise<UploadFile> {
	const { mediaTypeOf } = await import('./mediaType.ts');
	return {
		name,
		size: bytes.length,
		mediaType: mediaTypeOf(name),
		async *content() {
			yield bytes;
		},
	};
}

function documentOf({ place, uri }: Found): Document {
	if (!place.document) {
		throw FileSystemError.FileIsADirectory(uri);
	}
	return place.document;
}
