import type { Archives } from '../../core/archives.ts';
import { onePage } from '../../core/page.ts';
import { readContent } from '../../http/content.ts';
import type { Client } from './client.ts';
import { experimentalParts } from './experimental.ts';
import { toArchive, toEntries, toLooked } from './mapping.ts';
import { saving } from './saving.ts';
import { type Places, uploading } from './uploading.ts';

export interface ArchiveNeeds extends Places {
	/** Whether the person wants what no source of the vendor confirms as well. */
	readonly experimental: boolean;
}

export function archives({ experimental, ...places }: ArchiveNeeds): Archives {
	const { client, unversioned } = places;
	return {
		ofWorkspace: async (workspace) => [toArchive(workspace)],
		async entries(container, signal) {
			return onePage(toEntries(await client.container(container.id, signal), container, unversioned));
		},
		look: async (document, signal) => toLooked(await client.entry(document.id, signal), document),
		read: ({ id }, signal) => readDocument(client, id, signal),
		uploading: uploading(places),
		saving: saving(places),
		...(experimental && experimentalParts(client, (id, signal) => readDocument(client, id, signal))),
	};
}

function readDocument(client: Client, id: string, signal: AbortSignal) {
	return readContent(async (part, each) => ({ response: await client.document(id, part, each) }), signal);
}
