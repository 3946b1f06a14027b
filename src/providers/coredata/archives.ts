import { t } from '@vscode/l10n';
import type { Archives } from '../../core/archives.ts';
import { NotAllowed, UnexpectedReply } from '../../core/errors.ts';
import type { Archive, Document } from '../../core/model.ts';
import { onePage } from '../../core/page.ts';
import type { Send } from '../../core/provider.ts';
import { type ContentAnswer, holdsContent, type PartHeaders, readContent } from '../../http/content.ts';
import type { Areas } from './areas.ts';
import { folderCreation, removal, saving } from './changing.ts';
import type { Client } from './client.ts';
import { entries } from './entries.ts';
import { md5Of, toDocument } from './mapping.ts';
import { sameName } from './unverified.ts';
import { uploading } from './uploading.ts';

/**
 * The files and folders of projects, and of spaces where the tenant lists them. Files get no other name: the one property
 * that can be written, `title`, is not the file's name.
 */
export function archives(client: Client, areas: Areas, send: Send): Archives {
	const look = (document: Document, signal: AbortSignal) => lookAt(client, document, signal);
	return {
		ofBoard: async ({ id, workspaceId }) => [archive(`project:${id}`, workspaceId, id)],
		ofWorkspace: async ({ id }, signal) =>
			(await areas.hasSpaceFiles(id, signal)) ? [archive(`space:${id}`, id)] : [],
		entries: async (container, signal) => onePage(await entries(client, areas, container, signal)),
		look,
		read: ({ id }, signal) => readContent((part, each) => read(client, id, part, each), signal),
		uploading: uploading(client, areas, send),
		saving: saving(client, areas, send, look),
		folderCreation: folderCreation(client, areas),
		removal: removal(client, areas),
	};
}

function archive(id: string, workspaceId: string, boardId?: string): Archive {
	return { kind: 'archive', id, name: t('Files'), workspaceId, boardId, sameName };
}

async function lookAt(client: Client, document: Document, signal: AbortSignal): Promise<Document> {
	const { id, boardId, workspaceId } = document;
	return toDocument(await client.file(id, signal), { boardId, workspaceId });
}

async function read(client: Client, id: string, part: PartHeaders, signal: AbortSignal): Promise<ContentAnswer> {
	// The facts of the moment: size and digest in a list may be those of an earlier version.
	const answer = content(client, id, part, signal);
	try {
		const [file, response] = await Promise.all([client.file(id, signal), answer]);
		return { response, size: file.size ?? undefined, md5: md5Of(file), mediaType: file.mime_type || undefined };
	} catch (error) {
		void answer.then(({ body }) => body?.cancel()).catch(() => undefined);
		throw error;
	}
}

/** A signed address works for a short while only, so one that is refused is asked for anew, once. */
async function content(
	client: Client,
	id: string,
	part: PartHeaders,
	signal: AbortSignal,
	again = true,
): Promise<Response> {
	const answer = await client.content(id, part, signal);
	if (answer.ok) {
		return answer; // Older servers send the content at once.
	}
	await answer.body?.cancel();
	try {
		return await signedContent(client, answer.headers.get('location'), part, signal);
	} catch (error) {
		if (!again || !(error instanceof NotAllowed)) {
			throw error;
		}
		return content(client, id, part, signal, false);
	}
}

async function signedContent(
	client: Client,
	location: string | null,
	part: PartHeaders,
	signal: AbortSignal,
): Promise<Response> {
	const response = location === null ? undefined : await client.signed(location, part, signal);
	if (response && holdsContent(response, part)) {
		return response;
	}
	await response?.body?.cancel();
	throw new UnexpectedReply(
		t('CoreData did not say where the content of this file is.'),
		new Error(`status ${response?.status}`),
	);
}
