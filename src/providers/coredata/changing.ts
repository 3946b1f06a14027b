import { t } from '@vscode/l10n';
import type { FolderCreation, Removal, Saving } from '../../core/archives.ts';
import { ProviderError, Refused } from '../../core/errors.ts';
import type { Document, Entry, EntryContainer } from '../../core/model.ts';
import type { Send } from '../../core/provider.ts';
import type { Areas } from './areas.ts';
import type { Client } from './client.ts';
import { toFolder } from './mapping.ts';
import { offered } from './offered.ts';
import { folderBody, keepsEarlier } from './unverified.ts';
import { check } from './uploading.ts';

type Look = (document: Document, signal: AbortSignal) => Promise<Document>;

export function saving(client: Client, areas: Areas, send: Send, look: Look): Saving {
	return {
		keepsEarlier,
		async save(document, _container, file, signal) {
			const saved = areas.changing(client.replace(document.id, file, send, signal));
			await offered(
				saved,
				() => look(document, signal),
				t('This CoreData takes no new content for a file it has. Upload it as a new file instead.'),
			);
			return readBack({ ...document, size: file.size, version: undefined, revision: undefined }, look, signal);
		},
	};
}

/**
 * The document as it is now. Its new content is there whatever becomes of this question, so neither a failure nor leaving
 * may look as if it were not.
 */
async function readBack(known: Document, look: Look, signal: AbortSignal): Promise<Document> {
	try {
		return await look(known, signal);
	} catch (error) {
		if (signal.aborted || error instanceof ProviderError) {
			return known;
		}
		throw error;
	}
}

export function folderCreation(client: Client, areas: Areas): FolderCreation {
	return {
		whyNot: whyNoFolder,
		async create(container, name, signal) {
			refuse(whyNoFolder(container));
			const made = areas.changing(client.createFolder(folderBody(container, name), signal));
			const id = await offered(
				made,
				() => check(client, areas, container, signal),
				t('This CoreData makes no folders for other programs. Create the folder in CoreData itself.'),
			);
			const { boardId, workspaceId } = container;
			return toFolder({ id, title: name }, { boardId, workspaceId });
		},
	};
}

function whyNoFolder({ kind, boardId }: EntryContainer): string | undefined {
	return kind === 'archive' && boardId === undefined
		? t('CoreData makes new folders only in projects and in other folders, not at the top of a space.')
		: undefined;
}

export function removal(client: Client, areas: Areas): Removal {
	return {
		whyNot: whyNotRemovable,
		effect: t('CoreData describes no way to get a deleted file back.'),
		async remove(entry, signal) {
			refuse(whyNotRemovable(entry));
			const removed = areas.changing(client.removeFile(entry.id, signal));
			await offered(
				removed,
				() => client.file(entry.id, signal),
				t('This CoreData deletes no files for other programs. Delete “{0}” in CoreData itself.', entry.name),
			);
		},
	};
}

function whyNotRemovable({ kind }: Entry): string | undefined {
	return kind === 'folder'
		? t('CoreData deletes no folders for other programs. Delete the folder in CoreData itself.')
		: undefined;
}

function refuse(why: string | undefined): void {
	if (why !== undefined) {
		throw new Refused(why);
	}
}
