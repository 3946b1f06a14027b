import { t } from '@vscode/l10n';
import { NotAllowed } from '../../core/errors.ts';
import type { EntryContainer } from '../../core/model.ts';
import { onePage } from '../../core/page.ts';
import type { Archives, DocumentContent, Send, Uploading } from '../../core/provider.ts';
import type { Client } from './client.ts';
import { isWritable, toArchive, toEntry, toUploaded } from './mapping.ts';

export function archives(client: Client, send: Send): Archives {
	return {
		ofWorkspace: async (workspace) => [toArchive(workspace)],
		async entries(container, signal) {
			const { contents } = await client.container(container.id, signal);
			return onePage(contents.map((entry) => toEntry(entry, container)));
		},
		read: async ({ id }, signal) => toContent(await client.document(id, signal)),
		uploading: uploading(client, send),
	};
}

function toContent({ headers, body }: Response): DocumentContent {
	const length = headers.has('content-encoding') ? null : headers.get('content-length');
	return {
		stream: body ?? new Blob([]).stream(),
		size: length === null ? undefined : Number(length),
		mediaType: headers.get('content-type')?.split(';')[0]?.trim().toLowerCase(),
	};
}

function uploading(client: Client, send: Send): Uploading {
	return {
		async prepare(container, signal) {
			const id = await uploadId(client, container, signal);
			const { container_id, access } = await client.container(id, signal);
			if (!container_id) {
				throw new NotAllowed(t('“{0}” is not a folder, so ProjectPlace can’t take documents into it.', container.name));
			}
			if (!isWritable(access)) {
				throw new NotAllowed(t('You may read “{0}” in ProjectPlace but not put documents into it.', container.name));
			}
			return { ...container, id, writable: true };
		},
		upload: async ({ id }, file, signal) => toUploaded(await client.upload(id, file, send, signal)),
		target: async (workspace) => toArchive(workspace),
	};
}

/** Uploads go to a container; the archive of a workspace whose container is not known goes by the workspace's id. */
async function uploadId(
	client: Client,
	{ id, kind, workspaceId }: EntryContainer,
	signal: AbortSignal,
): Promise<string> {
	if (kind !== 'archive' || id !== workspaceId) {
		return id;
	}
	const found = (await client.myWorkspaces(signal)).find((workspace) => workspace.id === workspaceId);
	return found?.tools?.documents?.container_id ?? id;
}
