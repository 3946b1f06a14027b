import { t } from '@vscode/l10n';
import { NotAllowed, NotFound, UnexpectedReply } from '../../core/errors.ts';
import type { Archive, Document, Entry, EntryContainer } from '../../core/model.ts';
import { allItems, onePage } from '../../core/page.ts';
import type { Archives, DocumentContent, Send, Uploading } from '../../core/provider.ts';
import type { Areas, FileArea } from './areas.ts';
import type { Client, UploadPlace } from './client.ts';
import { md5Of, toDocument, toFolder } from './mapping.ts';
import type { FileWire } from './replies.ts';
import { idOfUploaded, sameName } from './unverified.ts';

/** The files and folders of projects, and of spaces where the tenant lists them. */
export function archives(client: Client, areas: Areas, send: Send): Archives {
	return {
		ofBoard: async ({ id, workspaceId }) => [archive(`project:${id}`, workspaceId, id)],
		ofWorkspace: async ({ id }, signal) =>
			(await areas.hasSpaceFiles(id, signal)) ? [archive(`space:${id}`, id)] : [],
		entries: async (container, signal) => onePage(await entries(client, areas, container, signal)),
		read: (document, signal) => read(client, document, signal),
		uploading: uploading(client, areas, send),
	};
}

function archive(id: string, workspaceId: string, boardId?: string): Archive {
	return { kind: 'archive', id, name: t('Files'), workspaceId, boardId, sameName };
}

function areaOf({ boardId, workspaceId = '' }: EntryContainer, areas: Areas, signal: AbortSignal): Promise<FileArea> {
	return boardId === undefined ? areas.ofSpace(workspaceId, signal) : areas.ofProject(boardId, signal);
}

/**
 * What stands directly in a container. Top-level items name a node as their parent that no call shows, so whatever has
 * no listed folder as its parent is at the top.
 */
async function entries(
	client: Client,
	areas: Areas,
	container: EntryContainer,
	signal: AbortSignal,
): Promise<readonly Entry[]> {
	const { folders, files } = await areaOf(container, areas, signal);
	const ids = new Set(folders.map(({ id }) => id));
	const { boardId, workspaceId } = container;
	const isHere = ({ parent }: { readonly parent?: string | null }): boolean =>
		container.kind === 'archive' ? !ids.has(parent ?? '') : parent === container.id;
	// No document says whether the list of a project's files goes into its folders. One file in a folder proves it does.
	const goesDeep = container.kind === 'archive' || files.some(({ parent }) => ids.has(parent ?? ''));
	const more = goesDeep ? [] : await allItems(await client.filesIn(container.id, signal), signal);
	return [
		...unique(folders)
			.filter(isHere)
			.map((folder) => toFolder(folder, { boardId, workspaceId })),
		...unique([...files.filter(isHere), ...more]).map((file) => toDocument(file, { boardId, workspaceId })),
	];
}

function unique<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
	return [...new Map(items.map((item) => [item.id, item])).values()];
}

async function read(client: Client, { id }: Document, signal: AbortSignal): Promise<DocumentContent> {
	// The facts of the moment: size and digest in a list may be those of an earlier version.
	const answer = content(client, id, signal);
	try {
		const [file, response] = await Promise.all([client.file(id, signal), answer]);
		return toContent(file, response);
	} catch (error) {
		void answer.then(({ body }) => body?.cancel()).catch(() => undefined);
		throw error;
	}
}

function toContent(file: FileWire, { body, headers }: Response): DocumentContent {
	const length = headers.get('content-length');
	return {
		stream: body ?? new ReadableStream({ start: (controller) => controller.close() }),
		size: file.size ?? (length === null ? undefined : Number(length)),
		md5: md5Of(file),
		mediaType: file.mime_type || headers.get('content-type') || undefined,
	};
}

/** A signed address works for a short while only, so one that is refused is asked for anew, once. */
async function content(client: Client, id: string, signal: AbortSignal, again = true): Promise<Response> {
	const answer = await client.content(id, signal);
	if (answer.ok) {
		return answer; // Older servers send the content at once.
	}
	await answer.body?.cancel();
	try {
		return await signedContent(client, answer.headers.get('location'), signal);
	} catch (error) {
		if (!again || !(error instanceof NotAllowed)) {
			throw error;
		}
		return content(client, id, signal, false);
	}
}

async function signedContent(client: Client, location: string | null, signal: AbortSignal): Promise<Response> {
	const response = location === null ? undefined : await client.signed(location, signal);
	if (response?.status === 200) {
		return response;
	}
	await response?.body?.cancel();
	throw new UnexpectedReply(
		t('CoreData did not say where the content of this file is.'),
		new Error(`status ${response?.status}`),
	);
}

function uploading(client: Client, areas: Areas, send: Send): Uploading {
	return {
		async prepare(container, signal) {
			await check(client, areas, container, signal);
			return { ...container, writable: true, sameName };
		},
		async upload(container, file, signal) {
			const reply = await client.upload(await placeOf(container, areas, signal), file, send, signal);
			areas.forget();
			return { id: idOfUploaded(reply) ?? (await newest(client, areas, container, file.name, signal)) };
		},
	};
}

/** CoreData tells nobody beforehand who may write, so this only finds out whether the place is still there. */
async function check(client: Client, areas: Areas, container: EntryContainer, signal: AbortSignal): Promise<void> {
	if (container.boardId !== undefined) {
		await client.project(container.boardId, signal);
	}
	await placeOf(container, areas, signal);
	const { folders } = container.kind === 'folder' ? await areaOf(container, areas, signal) : { folders: undefined };
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
	const { folders, files } = await areaOf(container, areas, signal);
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
