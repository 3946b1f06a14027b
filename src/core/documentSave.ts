import type { Archives } from './archives.ts';
import { NotFound } from './errors.ts';
import type { Document } from './model.ts';
import { wholeContent } from './wholeContent.ts';

/** What an editor began with: which document, and in which state. */
export interface Base {
	readonly id: string;
	/** The document's revision at that content, or an earlier one; absent where the vendor gives none. */
	readonly revision?: string;
	/** Lower-case hex SHA-256 of the content. */
	readonly digest: string;
}

/**
 * How a document stands at the vendor before it is saved over.
 * `unchanged`: as the editor read it. `same`: it has the new content already, as after a save whose answer was lost.
 * `changed`: somebody changed it since. `unread`: it is not known what the editor began with. `replaced`: the path stands
 * for another document by now. `gone`: there is none any more. `readOnly`: its content can't be saved back any more.
 */
export type Standing =
	| { readonly kind: 'unchanged' | 'same'; readonly document: Document }
	/** `there` is the state it was found in, which is what a person who overwrites it agrees to. */
	| { readonly kind: 'changed' | 'unread' | 'replaced'; readonly document: Document; readonly there: Base }
	| { readonly kind: 'readOnly'; readonly document: Document; readonly reason: string }
	| { readonly kind: 'gone' };

/** What is there instead of what the editor read. */
export type Conflict = Exclude<Standing['kind'], 'unchanged' | 'same' | 'readOnly'>;

/**
 * Finds out how a document stands. Another revision alone is no conflict: it may tell of another name or place, so the
 * content is read again and decides. Throws as the session does.
 */
export async function standingOf(
	archives: Archives,
	document: Document,
	base: Base | undefined,
	digest: string,
	signal: AbortSignal,
): Promise<Standing> {
	const now = await lookOf(archives, document, signal);
	if (!now) {
		return { kind: 'gone' };
	}
	if (now.readOnly !== undefined) {
		return { kind: 'readOnly', document: now, reason: now.readOnly };
	}
	const isIt = base?.id === now.id;
	if (isIt && base.revision !== undefined && base.revision === now.revision) {
		return { kind: 'unchanged', document: now };
	}
	const there = await wholeContent(await archives.read(now, signal), signal);
	if (there.readOnly !== undefined) {
		return { kind: 'readOnly', document: now, reason: there.readOnly };
	}
	if (there.digest === digest) {
		return { kind: 'same', document: now };
	}
	if (isIt && there.digest === base.digest) {
		return { kind: 'unchanged', document: now };
	}
	const kind = base === undefined ? 'unread' : isIt ? 'changed' : 'replaced';
	return { kind, document: now, there: { id: now.id, revision: there.revision ?? now.revision, digest: there.digest } };
}

async function lookOf(archives: Archives, document: Document, signal: AbortSignal): Promise<Document | undefined> {
	try {
		return await archives.look(document, signal);
	} catch (error) {
		if (error instanceof NotFound) {
			return undefined;
		}
		throw error;
	}
}

/** Why a document can't be saved in its place, as far as is known without asking. `none` is said where no document can. */
export function whyReadOnly(archives: Archives | undefined, { readOnly, notDownloadable }: Document, none: string) {
	return readOnly ?? notDownloadable ?? (archives?.saving ? undefined : none);
}
