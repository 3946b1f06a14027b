import { t } from '@vscode/l10n';
import { NotAllowed, NotFound, OutcomeUnknown, ProviderError } from '../../core/errors.ts';
import type { Archive, Document, Entry, EntryContainer } from '../../core/model.ts';
import { allItems, mapPage, onePage, type Page } from '../../core/page.ts';
import type { Archives, DocumentContent, Send, Uploading } from '../../core/provider.ts';
import { paged } from '../../http/pages.ts';
import type { Shared } from '../../http/shared.ts';
import type { Client, Listed } from './client.ts';
import { linkedId } from './document.ts';
import type { Files } from './files.ts';
import { bySibling, type PageWire, toAttachment, toPage } from './mapping.ts';
import { toMarkdown } from './markdown.ts';

/** The Docs of every project, and those of the organization that belong to no project. */
export function docs(client: Client, files: Files, shared: Shared, send: Send): Archives {
	return {
		ofAccount: async () => [archiveOf(undefined)],
		ofWorkspace: async ({ id }) => [archiveOf(id)],
		entries: (container, signal) => entriesOf(client, shared, container, signal),
		read: (document, signal) => {
			const page = document.extra?.['page'];
			return typeof page === 'string' ? readPage(client, page, signal) : readFile(files, document, signal);
		},
		uploading: uploading(client, files, shared, send),
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
	const project = textOf(container, 'project');
	const page = textOf(container, 'page');
	const pages = await shared.get(`pages ${project ?? ''}`, (each) => allPages(client, project, each), signal);
	const below = childrenOf(pages, page).map((child) => toPage(child, project));
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

function textOf({ extra }: EntryContainer, name: string): string | undefined {
	const value = extra?.[name];
	return typeof value === 'string' ? value : undefined;
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
	const missing = t('Productive has not finished storing this file.');
	const files = await paged(async (at, each) => {
		const { data, total, next } = await client.attachments(page, Number(at ?? 1), each);
		return { items: data, total, next };
	}, signal);
	return mapPage(files, (file) => toAttachment(file, project, missing));
}

async function readPage(client: Client, page: string, signal: AbortSignal): Promise<DocumentContent> {
	const { data } = await client.page(page, signal);
	const bytes = new TextEncoder().encode(toMarkdown(data.attributes.body ?? ''));
	return { stream: new Blob([bytes]).stream(), size: bytes.length, mediaType: 'text/markdown' };
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
	const { body } = await files.download(url, signal);
	return { stream: body ?? new Blob([]).stream(), size, mediaType };
}

function uploading(client: Client, files: Files, shared: Shared, send: Send): Uploading {
	return {
		async prepare(container, signal) {
			await client.page(pageOf(container), signal);
			return { ...container, writable: true };
		},
		/** In four steps: announce the file, send it to the bucket, say where it is, put it on the page. */
		async upload(container, file, signal) {
			const page = pageOf(container);
			const { data: announced } = await client.createAttachment(file, page, signal);
			const stored = await files.store(announced.attributes.aws_policy, file, send, signal);
			await onceStored(async () => {
				await client.finishAttachment(announced.id, stored, signal);
				await putOnPage(client, page, announced.id, signal);
			});
			shared.clear();
			return { id: announced.id };
		},
	};
}

function pageOf(container: EntryContainer): string {
	const page = textOf(container, 'page');
	if (page === undefined) {
		throw new NotAllowed(t('Productive keeps files only on pages and tasks. Choose a page of these Docs.'));
	}
	return page;
}

/** Newer servers know the page since the first step; older ones want the whole list of its files. */
async function putOnPage(client: Client, page: string, id: string, signal: AbortSignal): Promise<void> {
	const there = await filesOn(client, page, signal);
	if (!there.includes(id)) {
		await client.linkAttachments(page, [...there, id], signal);
	}
}

async function filesOn(client: Client, page: string, signal: AbortSignal): Promise<readonly string[]> {
	const found = await allItems(await listFiles(client, page, undefined, signal), signal);
	return found.map(({ extra }) => String(extra?.['file']));
}

/** From here on, repeating the whole would store the file a second time, so nothing offers that. */
async function onceStored(run: () => Promise<void>): Promise<void> {
	try {
		await run();
	} catch (error) {
		throw error instanceof ProviderError && error.action.kind === 'retry'
			? new OutcomeUnknown(
					t('Productive has the file, but did not say whether it stands on the page. Look before you send it again.'),
					error,
				)
			: error;
	}
}
