import { t } from '@vscode/l10n';
import type { UploadFile, Uploading } from '../../core/archives.ts';
import { NotAllowed, Refused } from '../../core/errors.ts';
import type { EntryContainer } from '../../core/model.ts';
import type { Send } from '../../core/provider.ts';
import type { Client } from './client.ts';
import { asListed, isWritable, toArchive, toUploaded } from './mapping.ts';
import type { ContainerWire, UploadedWire } from './shapes.ts';

/** What putting documents somewhere needs. */
export interface Places {
	readonly client: Client;
	readonly send: Send;
	/** The ids of folders that were seen to keep no versions. */
	readonly unversioned: Set<string>;
}

export function uploading(places: Places): Uploading {
	return {
		prepare: async (container, signal) => (await prepare(places, container, signal)).container,
		upload: async ({ id }, file, signal) => toUploaded(await send(places, id, file, signal)),
		target: async (workspace) => toArchive(workspace),
	};
}

/** The container as it is now, with what is in it. Throws `NotAllowed` where it takes no documents. */
export async function prepare(
	{ client, unversioned }: Places,
	container: EntryContainer,
	signal: AbortSignal,
): Promise<{ readonly container: EntryContainer; readonly contents: ContainerWire['contents'] }> {
	const id = await containerId(client, container, signal);
	const wire = await client.place(id, signal);
	if (!wire.container_id) {
		throw new NotAllowed(t('“{0}” is not a folder, so ProjectPlace can’t take documents into it.', container.name));
	}
	if (!isWritable(wire.access)) {
		throw new NotAllowed(t('You may read “{0}” in ProjectPlace but not put documents into it.', container.name));
	}
	return { container: asListed(wire, { ...container, id }, unversioned), contents: wire.contents };
}

/** Sends one file under its exact name. Throws `Refused` where a form would make another name of it. */
export async function send(
	{ client, send }: Places,
	id: string,
	file: UploadFile,
	signal: AbortSignal,
): Promise<UploadedWire> {
	if (changedByForms.test(file.name)) {
		throw new Refused(
			t(
				'“{0}” can’t go to ProjectPlace under just this name: line breaks, “%22”, “%0A” and “%0D” in names arrive as something else. Rename it first.',
				file.name.replaceAll(/[\r\n]+/g, ' '),
			),
		);
	}
	return client.upload(id, file, send, signal);
}

/** A form's heading stands in one line and keeps no escapes apart: https://html.spec.whatwg.org/#multipart-form-data */
const changedByForms = /[\r\n]|%22|%0[ad]/i;

/** Changes name the container; the archive of a workspace whose container is not known goes by the workspace's id. */
export async function containerId(
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
