import { t } from '@vscode/l10n';
import type { Uploading } from '../../core/archives.ts';
import { NotAllowed, NotFound } from '../../core/errors.ts';
import type { EntryContainer } from '../../core/model.ts';
import type { Send } from '../../core/provider.ts';
import type { Areas } from './areas.ts';
import type { Client, UploadPlace } from './client.ts';
import { entries } from './entries.ts';
import { idOfUploaded, sameName } from './unverified.ts';

export function uploading(client: Client, areas: Areas, send: Send): Uploading {
	return {
		async prepare(container, signal) {
			await check(client, areas, container, signal);
			await placeOf(container, areas, signal);
			return { ...container, writable: true, sameName };
		},
		async upload(container, file, signal) {
			const place = await placeOf(container, areas, signal);
			const reply = await areas.changing(client.upload(place, file, send, signal));
			return { id: idOfUploaded(reply) ?? (await newest(client, areas, container, file.name, signal)) };
		},
	};
}

/** CoreData tells nobody beforehand who may write, so this only finds out whether the place is still there. */
export async function check(
	client: Client,
	areas: Areas,
	container: EntryContainer,
	signal: AbortSignal,
): Promise<void> {
	if (container.boardId !== undefined) {
		await client.project(container.boardId, signal);
	}
	const { folders } = container.kind === 'folder' ? await areas.of(container, signal) : { folders: undefined };
	if (folders?.every(({ id }) => id !== container.id)) {
		throw new NotFound(t('CoreData does not have the folder “{0}” any more.', container.name));
	}
}

/** Where a new file goes; at the top of a space that is the node its other files have as their parent. */
async function placeOf(container: EntryContainer, areas: Areas, signal: AbortSignal): Promise<UploadPlace> {
	if (container.kind !== 'archive') {
		return { part: 'parent', id: container.id };
	}
	if (container.boardId !== undefined) {
		return { part: 'project', id: container.boardId };
	}
	const { folders, files } = await areas.of(container, signal);
	const ids = new Set(folders.map(({ id }) => id));
	const node = [...folders, ...files].find(({ parent }) => parent && !ids.has(parent))?.parent;
	if (!node) {
		throw new NotAllowed(
			t('CoreData shows no place for files in this space while it has none. Choose one of its projects.'),
		);
	}
	return { part: 'parent', id: node };
}

/** The file that an upload made, where the answer did not name it. */
async function newest(client: Client, areas: Areas, place: EntryContainer, name: string, signal: AbortSignal) {
	const found = await entries(client, areas, place, signal);
	return found.findLast((entry) => entry.kind === 'document' && entry.fileName === name)?.id;
}
