import { t } from '@vscode/l10n';
import type { Archives } from '../../core/archives.ts';
import { NotFound } from '../../core/errors.ts';
import type { Archive, Board, Document, Entry, EntryContainer, Folder } from '../../core/model.ts';
import { onePage } from '../../core/page.ts';
import { isLoopback } from '../../core/server.ts';
import { type ContentAnswer, holdsContent, type PartHeaders, readContent } from '../../http/content.ts';
import { unexpected } from '../../http/failures.ts';
import type { Names } from '../../http/request.ts';
import type { Client } from './client.ts';
import type { Data } from './data.ts';
import type { StoryWire } from './replies.ts';
import type { FileWire } from './unverified.ts';

interface Reading {
	readonly client: Client;
	readonly data: Data;
	readonly server: string;
	readonly names: Names;
}

/** Planbox has no document archive: files hang on items, and this lists them by item, for reading. */
export function attachments({ client, data, server, names }: Reading): Archives {
	const withFiles = async ({ workspaceId = '', boardId = '' }: EntryContainer, signal: AbortSignal) =>
		(await data.items(workspaceId, signal)).withFiles.get(boardId) ?? [];
	return {
		ofBoard: async (board) => [toArchive(board)],
		async entries(container, signal) {
			const found = await withFiles(container, signal);
			if (container.kind === 'archive') {
				return onePage<Entry>(found.map((story) => toFolder(story, container)));
			}
			const story = found.find(({ id }) => id === container.id);
			return onePage<Entry>((story?.files ?? []).map((file, at) => toDocument(file, at, container, server)));
		},
		look: (document, signal) => look(data, document, server, signal),
		read: (document, signal) =>
			readContent((part, each) => read({ client, server, names }, document, part, each), signal),
	};
}

function toArchive({ id, workspaceId, webUrl }: Board): Archive {
	return { kind: 'archive', id, name: t('Attachments'), workspaceId, boardId: id, writable: false, webUrl };
}

function toFolder(
	{ id, name }: StoryWire,
	{ workspaceId, boardId }: Pick<Document, 'workspaceId' | 'boardId'>,
): Folder {
	return { kind: 'folder', id, name, workspaceId, boardId, writable: false };
}

/** The files of one item; `boardId` and `workspaceId` are those it stands in. */
export function documentsOf(story: StoryWire, server: string): readonly Document[] {
	const item = toFolder(story, { workspaceId: story.product_id, boardId: story.project_id });
	return (story.files ?? []).map((file, at) => toDocument(file, at, item, server));
}

/** Planbox shows no file by itself, so its initiative is listed anew; the item may stand in another project by now. */
async function look(data: Data, document: Document, server: string, signal: AbortSignal): Promise<Document> {
	const { withFiles } = await data.itemsNow(document.workspaceId ?? '', signal);
	const found = [...withFiles].flatMap(([boardId, stories]) =>
		stories.flatMap((story) =>
			(story.files ?? []).map((file, at) => toDocument(file, at, { ...toFolder(story, document), boardId }, server)),
		),
	);
	// A file without an id of its own goes by its place, where another may stand by now.
	const now = found.find(({ id, fileName }) => id === document.id && fileName === document.fileName);
	if (!now) {
		throw new NotFound(t('Planbox does not list “{0}” any more.', document.name));
	}
	return now;
}

function toDocument(file: FileWire, at: number, item: EntryContainer, server: string): Document {
	const name = file.name || file.filename || t('File {0}', at + 1);
	const size = Number(file.size || Number.NaN);
	return {
		kind: 'document',
		id: `${item.id}/${file.id ?? at}`,
		name,
		fileName: file.filename || name,
		size: Number.isInteger(size) && size >= 0 ? size : undefined,
		workspaceId: item.workspaceId,
		boardId: item.boardId,
		readOnly: t('Planbox lets no other program change the files of its items, so this one is for reading only.'),
		notDownloadable: whyNot(file.url ?? undefined, server),
		extra: { url: file.url ?? undefined },
	};
}

function whyNot(url: string | undefined, server: string): string | undefined {
	if (!url) {
		return t('Planbox gives no address for this file. Open the item on the web to get it.');
	}
	return isSafe(url, server)
		? undefined
		: t('The address of this file does not start with https://, so Boardwalk does not load it.');
}

/** Plain http is taken on loopback alone, and there only from a server that is itself on loopback. */
function isSafe(address: string, server: string): boolean {
	const url = URL.parse(address);
	return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url) && isLoopback(new URL(server)));
}

const mostRedirects = 3;

async function read(
	{ client, server, names }: Omit<Reading, 'data'>,
	document: Document,
	part: PartHeaders,
	signal: AbortSignal,
): Promise<ContentAnswer> {
	const { url } = document.extra ?? {};
	if (typeof url !== 'string' || document.notDownloadable !== undefined) {
		throw new NotFound(
			document.notDownloadable ?? t('Planbox gives no address for this file. Open the item on the web to get it.'),
		);
	}
	let address = url;
	// Credentials go to the API's own host and to nobody it sends on to.
	let response = await client.file(address, new URL(address).origin !== new URL(server).origin, part, signal);
	for (let hop = 0; response.status >= 300 && hop < mostRedirects; hop += 1) {
		address = await nextAddress(response, address, server, names);
		response = await client.file(address, true, part, signal);
	}
	return { response: await checked(response, document, part, names) };
}

async function nextAddress(response: Response, from: string, server: string, names: Names): Promise<string> {
	await response.body?.cancel();
	const next = URL.parse(response.headers.get('location') ?? '', from)?.href;
	if (next === undefined || !isSafe(next, server)) {
		throw unexpected(names, new Error('a file sends on to an address that is not safe'));
	}
	return next;
}

async function checked(response: Response, { fileName }: Document, part: PartHeaders, names: Names): Promise<Response> {
	const { status, headers, body } = response;
	const mediaType = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
	// Whoever is not signed in gets a page or an error under 200, which must not be saved as the file.
	const isPage = mediaType === 'text/html' && !/\.x?html?$/i.test(fileName);
	const isEnvelope = mediaType === 'application/json' && !/json$/i.test(fileName);
	if (!holdsContent(response, part) || isPage || isEnvelope) {
		await body?.cancel();
		throw unexpected(
			names,
			new Error(`a file came with status ${status} as ${mediaType}`),
			isPage ? 'webPage' : undefined,
		);
	}
	return response;
}
