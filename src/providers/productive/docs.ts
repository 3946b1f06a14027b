import { t } from '@vscode/l10n';
import type { Archives, DocumentContent, Uploading } from '../../core/archives.ts';
import { NotAllowed, NotFound } from '../../core/errors.ts';
import type { Archive, Document, Entry, EntryContainer } from '../../core/model.ts';
import { mapPage, onePage, type Page } from '../../core/page.ts';
import type { Send } from '../../core/provider.ts';
import type { Shared } from '../../core/shared.ts';
import { type PartHeaders, readContent } from '../../http/content.ts';
import { paged } from '../../http/pages.ts';
import { putFile } from './attaching.ts';
import type { Client, Listed } from './client.ts';
import { linkedId } from './document.ts';
import type { Files } from './files.ts';
import { bySibling, type PageWire, toAttachment, toPage } from './mapping.ts';
import { pageContent } from './pageContent.ts';
import { pageSaving } from './pageSaving.ts';
import { pageCreation, pageIn, pageRemoval, pageRenaming, pageVersions, projectIn } from './pages.ts';

/** The Docs of every project, and those of the organization that belong to no project. */
export function docs(client: Client, files: Files, shared: Shared, send: Send): Archives {
	return {
		ofAccount: async () => [archiveOf(undefined)],
		ofWorkspace: async ({ id }) => [archiveOf(id)],
		entries: (container, signal) => entriesOf(client, shared, container, signal),
		look: (document, signal) => look(client, document, signal),
		read: (document, signal) => {
			const page = pageIn(document);
			return page === undefined ? readFile(files, document, signal) : readPage(client, page, signal);
		},
		uploading: uploading(client, files, shared, send),
		saving: pageSaving(client, shared),
		folderCreation: pageCreation(client, shared),
		removal: pageRemoval(client, shared, (project, signal) => allPages(client, project, signal)),
		documentRenaming: pageRenaming(client, shared),
		versions: pageVersions(client),
	};
}

function archiveOf(project: string | undefined): Archive {
	return {
		kind: 'archive',
		id: project === undefined ? 'docs' : `docs-${project}`,
		name: t('Docs'),
		workspaceId: project,
		writable: false,
		extra: { project },
	};
}

async function entriesOf(
	client: Client,
	shared: Shared,
	container: EntryContainer,
	signal: AbortSignal,
): Promise<Page<Entry>> {
	const [project, page] = [projectIn(container), pageIn(container)];
	const pages = await shared.get(`pages ${project ?? ''}`, (each) => allPages(client, project, each), signal);
	const parents = new Set(pages.map(({ attributes }) => attributes.parent_page_id?.toString()));
	const below = childrenOf(pages, page).map((child) => toPage(child, project, parents.has(child.id)));
	if (page === undefined) {
		return onePage(below);
	}
	const files = await shared.get(`attachments ${page}`, (each) => listFiles(client, page, project, each), signal);
	return {
		...files,
		items: [...below, ...files.items],
		total: files.total === undefined ? undefined : files.total + below.length,
	};
}

/** A tree can't be asked for level by level, so this reads all of it once. */
async function allPages(
	client: Client,
	project: string | undefined,
	signal: AbortSignal,
): Promise<readonly PageWire[]> {
	const found: PageWire[] = [];
	for (let at: number | undefined = 1; at !== undefined; ) {
		const { data, next }: Listed<PageWire> = await client.pages(project, at, signal);
		found.push(...data.filter((page) => project !== undefined || linkedId(page, 'project') === undefined));
		at = next;
	}
	return found.sort(bySibling);
}

/** Without a page: those at the top, and those whose page above can't be seen. */
function childrenOf(pages: readonly PageWire[], page: string | undefined): readonly PageWire[] {
	const known = new Set(pages.map(({ id }) => id));
	return pages.filter(({ attributes: { parent_page_id: parent } }) => {
		const above = parent?.toString();
		return page === undefined ? above === undefined || !known.has(above) : above === page;
	});
}

async function listFiles(
	client: Client,
	page: string,
	project: string | undefined,
	signal: AbortSignal,
): Promise<Page<Document>> {
	const files = await paged(async (at, each) => {
		const { data, total, next } = await client.attachments({ kind: 'page', id: page }, Number(at ?? 1), each);
		return { items: data, total, next };
	}, signal);
	return mapPage(files, (file) => toAttachment(file, project));
}

async function look(client: Client, document: Document, signal: AbortSignal): Promise<Document> {
	const page = pageIn(document);
	if (page !== undefined) {
		const { data } = await client.page(page, signal);
		return toPage(data, projectIn(document));
	}
	const { data } = await client.attachment(String(document.extra?.['file']), signal);
	return toAttachment(data, document.workspaceId);
}

async function readPage(client: Client, page: string, signal: AbortSignal): Promise<DocumentContent> {
	const { data } = await client.page(page, signal);
	return pageContent(data);
}

async function readFile(
	files: Files,
	{ size, mediaType, notDownloadable, extra }: Document,
	signal: AbortSignal,
): Promise<DocumentContent> {
	const url = extra?.['url'];
	if (typeof url !== 'string') {
		throw new NotFound(notDownloadable ?? t('Productive has not finished storing this file.'));
	}
	const ask = async (part: PartHeaders, each: AbortSignal) => ({
		response: await files.content(url, part, each),
		size,
		mediaType,
	});
	return readContent(ask, signal);
}

function uploading(client: Client, files: Files, shared: Shared, send: Send): Uploading {
	return {
		async prepare(container, signal) {
			await client.page(pageOf(container), signal);
			return { ...container, writable: true };
		},
		async upload(container, file, signal) {
			const owner = { kind: 'page', id: pageOf(container) } as const;
			const { id } = await putFile({ client, files, send }, owner, file, signal);
			shared.clear();
			return { id };
		},
	};
}

function pageOf(container: EntryContainer): string {
	const page = pageIn(container);
	if (page === undefined) {
		throw new NotAllowed(t('Productive keeps files only on pages and tasks. Choose a page of these Docs.'));
	}
	return page;
}
