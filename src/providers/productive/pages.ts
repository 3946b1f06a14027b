import { t } from '@vscode/l10n';
import type { DocumentRenaming, FolderCreation, Removal, Versions } from '../../core/archives.ts';
import { NotAllowed, NotFound, Refused } from '../../core/errors.ts';
import type { Document, Entry, EntryContainer } from '../../core/model.ts';
import type { Shared } from '../../core/shared.ts';
import { paged } from '../../http/pages.ts';
import type { Client } from './client.ts';
import { type PageVersionWire, type PageWire, toPage, toVersion } from './mapping.ts';
import { contentOf } from './pageContent.ts';
import { emptyPage, headedPage, isEmptyRefused } from './unverified.ts';

/** The page that an entry or a container is; undefined for anything else. */
export function pageIn({ extra }: Pick<EntryContainer, 'extra'>): string | undefined {
	const page = extra?.['page'];
	return typeof page === 'string' ? page : undefined;
}

export function projectIn({ extra }: Pick<EntryContainer, 'extra'>): string | undefined {
	const project = extra?.['project'];
	return typeof project === 'string' ? project : undefined;
}

/** Everything of these Docs, asked of the vendor. */
export type ListPages = (project: string | undefined, signal: AbortSignal) => Promise<readonly PageWire[]>;

/** Runs one way and, where the server does not know that one, another: nothing was done by the first then. */
export async function firstKnown<T>(run: () => Promise<T>, other: () => Promise<T>): Promise<T> {
	try {
		return await run();
	} catch (error) {
		if (error instanceof NotFound) {
			return other();
		}
		throw error;
	}
}

export function pageCreation(client: Client, shared: Shared): FolderCreation {
	const whyNot = (container: EntryContainer) =>
		container.kind === 'document' && pageIn(container) === undefined
			? t('Pages stand in Docs and beneath other pages, not beneath files.')
			: undefined;
	return {
		whyNot,
		async create(container, name, signal) {
			const reason = whyNot(container);
			if (reason !== undefined) {
				throw new NotAllowed(reason);
			}
			const title = titled(name);
			const place = await placeIn(client, container, signal);
			const { data } = await firstKnown(
				() => createWithMarkdown(client, title, place, signal),
				() => client.createPage('', { title, body: emptyPage, ...place.all }, signal),
			);
			shared.clear();
			return toPage(data, projectIn(container), false);
		},
	};
}

function titled(name: string): string {
	const title = name.trim();
	if (title === '') {
		throw new Refused(t('A page needs a title.'));
	}
	return title;
}

interface Place {
	/** What the older operation wants. */
	readonly all: Readonly<Record<string, number>>;
	/** What the newer one wants: a page beneath another belongs to that one's project. */
	readonly own: Readonly<Record<string, number>>;
}

/** The vendor wants the page above and the one at the top together. */
async function placeIn(client: Client, container: EntryContainer, signal: AbortSignal): Promise<Place> {
	const [page, project] = [pageIn(container), projectIn(container)];
	const within: Record<string, number> = project === undefined ? {} : { project_id: Number(project) };
	if (page === undefined) {
		return { all: within, own: within };
	}
	const { data } = await client.page(page, signal);
	const root = data.attributes.root_page_id ?? data.id;
	const above = { parent_page_id: Number(page), root_page_id: Number(root) };
	return { all: { ...within, ...above }, own: above };
}

async function createWithMarkdown(client: Client, title: string, { own }: Place, signal: AbortSignal) {
	const create = (markdown: string) => client.createPage('/create_with_markdown', { title, markdown, ...own }, signal);
	try {
		return await create('');
	} catch (error) {
		if (error instanceof Refused && isEmptyRefused(error)) {
			return create(headedPage(title));
		}
		throw error;
	}
}

export function pageRemoval(client: Client, shared: Shared, list: ListPages): Removal {
	return {
		whyNot: (entry) => whyNotRemoved(entry),
		get effect() {
			return t('It is deleted for everybody, with the files on it and its earlier versions.');
		},
		async remove(entry, signal) {
			const reason = whyNotRemoved(entry);
			const page = pageIn(entry);
			if (reason !== undefined || page === undefined) {
				throw new NotAllowed(reason ?? '');
			}
			const all = await list(projectIn(entry), signal);
			if (all.some(({ attributes }) => attributes.parent_page_id?.toString() === page)) {
				throw new NotAllowed(pagesBelow());
			}
			await client.deletePage(page, signal);
			shared.clear();
		},
	};
}

function whyNotRemoved(entry: Entry): string | undefined {
	if (pageIn(entry) === undefined) {
		return t('Productive offers no way for other programs to delete a file. Delete it at Productive.');
	}
	return entry.extra?.['below'] === true ? pagesBelow() : undefined;
}

function pagesBelow(): string {
	return t(
		'There are pages beneath this one, and Productive does not say what becomes of them. Delete or move them first.',
	);
}

const numberOf = ({ attributes }: PageVersionWire) => attributes.version_number ?? 0;

const suffix = /\.md$/i;

export function pageRenaming(client: Client, shared: Shared): DocumentRenaming {
	const whyNot = (document: Document) =>
		pageIn(document) === undefined
			? t('Productive offers no way for other programs to rename a file. Rename it at Productive.')
			: undefined;
	return {
		whyNot,
		async rename(document, name, signal) {
			const [page, reason] = [pageIn(document), whyNot(document)];
			if (page === undefined || reason !== undefined) {
				throw new NotAllowed(reason ?? '');
			}
			if (!suffix.test(name)) {
				throw new Refused(t('A page is a Markdown file, so its name ends with “.md”.'));
			}
			const title = titled(name.replace(suffix, ''));
			await client.page(page, signal);
			const { data } = await firstKnown(
				() => client.renamePage(page, title, signal),
				() =>
					Promise.reject(new NotAllowed(t('This Productive server has no way for other programs to rename a page.'))),
			);
			shared.clear();
			return toPage(data, projectIn(document));
		},
	};
}

export function pageVersions(client: Client): Versions {
	return {
		has: (document) => pageIn(document) !== undefined,
		/** Each saving makes one, so that the newest is the page as it is. */
		async list(document, signal) {
			const page = pageIn(document) ?? '';
			const { data } = await client.page(page, signal);
			const current = data.attributes.version_number ?? Number.POSITIVE_INFINITY;
			return paged(async (at, each) => {
				const { data: all, related, next } = await client.pageVersions(page, Number(at ?? 1), each);
				const earlier = all.filter((one) => numberOf(one) !== current);
				// Two of the same moment come in any order.
				const sorted = earlier.toSorted((a, b) => numberOf(b) - numberOf(a));
				return { items: sorted.map((one) => toVersion(one, related)), next };
			}, signal);
		},
		async read(_document, { id }, signal) {
			const { data } = await client.pageVersion(id, signal);
			const { body_snapshot: body } = data.attributes;
			if (body === null || body === undefined) {
				throw new NotFound(t('Productive does not give the text of this version.'));
			}
			return contentOf(body);
		},
	};
}
