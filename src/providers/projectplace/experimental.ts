import { t } from '@vscode/l10n';
import type { Archives, DocumentContent, FolderCreation, Removal, Versions } from '../../core/archives.ts';
import { NotAllowed, NotFound, Refused } from '../../core/errors.ts';
import type { Entry, Version } from '../../core/model.ts';
import { onePage } from '../../core/page.ts';
import type { Client } from './client.ts';
import type { VersionWire } from './guessedCalls.ts';
import { mayChange, notWritable, toFolder } from './mapping.ts';
import { timeOf } from './times.ts';
import { containerId } from './uploading.ts';

type Parts = Pick<Archives, 'folderCreation' | 'removal' | 'versions'>;
type Read = (id: string, signal: AbortSignal) => Promise<DocumentContent>;

/** What stands on guesses alone; see `guessedCalls.ts`. */
export function experimentalParts(client: Client, read: Read): Parts {
	return { folderCreation: folderCreation(client), removal: removal(client), versions: versions(client, read) };
}

function folderCreation(client: Client): FolderCreation {
	return {
		whyNot: ({ writable }) => (writable === false ? notWritable() : undefined),
		async create(container, name, signal) {
			const place = await containerId(client, container, signal);
			const make = () => client.guessed.createFolder(place, name, signal);
			const { id } = await offered(
				client,
				container,
				make,
				() => t('ProjectPlace does not offer making folders.'),
				signal,
			);
			return toFolder({ id, type: 'Folder', file_name: name }, container.workspaceId);
		},
	};
}

function removal(client: Client): Removal {
	return {
		whyNot: (entry) => (mayChange(entry) ? undefined : notWritable()),
		effect: t(
			'No source of ProjectPlace says what becomes of it. It should go to the recycle bin of its workspace, a folder with everything in it.',
		),
		async remove(entry, signal) {
			const remove = () => client.guessed.remove(entry.id, signal);
			await offered(
				client,
				entry,
				remove,
				() => t('ProjectPlace does not offer deleting documents and folders.'),
				signal,
			);
		},
	};
}

function versions(client: Client, read: Read): Versions {
	return {
		has: ({ notDownloadable, extra }) => notDownloadable === undefined && extra?.versioned !== false,
		async list(document, signal) {
			const ask = () => client.guessed.versions(document.id, signal);
			const all = await offered(
				client,
				document,
				ask,
				() => t('ProjectPlace does not offer earlier versions.'),
				signal,
			);
			return onePage(toVersions(all, document));
		},
		read: (_document, { id }, signal) => read(id, signal),
	};
}

/** Runs a guessed call, and says plainly where the server knows the thing but not the call. */
async function offered<T>(
	client: Client,
	{ id, webUrl }: { readonly id: string; readonly webUrl?: string },
	call: () => Promise<T>,
	refusal: () => string,
	signal: AbortSignal,
): Promise<T> {
	try {
		return await call();
	} catch (error) {
		if (isUnknownCall(error)) {
			// Throws `NotFound` where the thing itself is gone, which is another matter.
			await client.entry(id, signal);
			throw new NotAllowed(refusal(), error, webUrl);
		}
		throw error;
	}
}

/** Status 404, or 405, of which nothing remains but what the log says of it. */
function isUnknownCall(error: unknown): boolean {
	return (
		error instanceof NotFound ||
		(error instanceof Refused && error.cause instanceof Error && error.cause.message.endsWith(' 405'))
	);
}

/** Without the newest where that is the document itself; whether the list holds it is not known. */
function toVersions(wires: readonly VersionWire[], { id, version }: Entry & { readonly version?: string }): Version[] {
	const earlier = wires.filter((wire) => wire.id !== id && (version === undefined || String(wire.ver_nr) !== version));
	return earlier.toSorted(byAge).map((wire) => ({
		id: wire.id,
		name: wire.ver_nr ? String(wire.ver_nr) : wire.id,
		modified: timeOf(wire.modified_time),
	}));
}

/** The newest first: by time where both have one, else by number, of which 0.10 comes after 0.9. */
function byAge(a: VersionWire, b: VersionWire): number {
	const byTime = (timeOf(b.modified_time) ?? '').localeCompare(timeOf(a.modified_time) ?? '');
	const known = timeOf(a.modified_time) !== undefined && timeOf(b.modified_time) !== undefined;
	return known && byTime !== 0 ? byTime : String(b.ver_nr).localeCompare(String(a.ver_nr), 'en', { numeric: true });
}
