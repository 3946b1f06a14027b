import { t } from '@vscode/l10n';
import type { Account } from '../core/accounts.ts';
import {
	type Archive,
	type Board,
	type Document,
	type EntryContainer,
	mayTakeDocuments,
	type Workspace,
} from '../core/model.ts';
import { allItems } from '../core/page.ts';
import type { Session } from '../core/provider.ts';
import { chooseFrom, chooseWorkspace } from './choose.ts';
import type { Services } from './services.ts';

/** Walking archives by asking: to a place that takes documents, or to a document. */

type Option =
	| { readonly kind: 'archive'; readonly archive: Archive }
	| { readonly kind: 'board'; readonly board: Board }
	| { readonly kind: 'here' }
	| { readonly kind: 'into'; readonly container: EntryContainer }
	| { readonly kind: 'take'; readonly document: Document };

/** A place that takes documents, and what it is called among all places: `Pictures – Harbour renewal`. */
export interface ChosenPlace {
	readonly container: EntryContainer;
	readonly place: string;
}

/** A container that takes documents. */
export async function chooseTarget(
	services: Services,
	account: Account,
	title: string,
): Promise<ChosenPlace | undefined> {
	const chosen = await chooseArchive(services, account, title);
	if (!chosen) {
		return undefined;
	}
	let at: EntryContainer | undefined = chosen.archive;
	while (at) {
		const here: EntryContainer = at;
		const option = await chooseInside(services, account, title, here, 'container');
		if (option?.kind === 'here') {
			return { container: here, place: `${here.name} – ${chosen.owner}` };
		}
		at = option?.kind === 'into' ? option.container : undefined;
	}
	return undefined;
}

/** A document that can be read. */
export async function chooseDocument(
	services: Services,
	account: Account,
	title: string,
): Promise<Document | undefined> {
	let at: EntryContainer | undefined = (await chooseArchive(services, account, title))?.archive;
	while (at) {
		const option = await chooseInside(services, account, title, at, 'document');
		if (option?.kind === 'take') {
			return option.document;
		}
		at = option?.kind === 'into' ? option.container : undefined;
	}
	return undefined;
}

export interface ChosenArchive {
	readonly archive: Archive;
	/** The name of the workspace or the board that it belongs to. */
	readonly owner: string;
}

/** An archive of a workspace or of one of its boards. */
export async function chooseArchive(
	services: Services,
	account: Account,
	title: string,
): Promise<ChosenArchive | undefined> {
	const workspace = await chooseWorkspace(services, account, title);
	const option =
		workspace &&
		(await chooseFrom<Option>(
			title,
			t('In which documents?'),
			async (signal) => {
				const session = await services.sessions.ready(account, signal);
				return { items: await archivesAndBoards(session, workspace, signal) };
			},
			toChoice,
			t('There are no documents here.'),
		));
	if (option?.kind === 'board') {
		const archive = await chooseArchiveOfBoard(services, account, title, option.board);
		return archive && { archive, owner: option.board.name };
	}
	return option?.kind === 'archive' && workspace ? { archive: option.archive, owner: workspace.name } : undefined;
}

async function archivesAndBoards(
	{ archives, boards }: Session,
	workspace: Workspace,
	signal: AbortSignal,
): Promise<Option[]> {
	const own = (await archives?.ofWorkspace?.(workspace, signal)) ?? [];
	const withArchive = archives?.ofBoard && boards ? await allItems(await boards.list(workspace, signal), signal) : [];
	return [
		...own.map((archive): Option => ({ kind: 'archive', archive })),
		...withArchive.map((board): Option => ({ kind: 'board', board })),
	];
}

async function chooseArchiveOfBoard(
	{ sessions }: Services,
	account: Account,
	title: string,
	board: Board,
): Promise<Archive | undefined> {
	const option = await chooseFrom<Option>(
		title,
		board.name,
		async (signal) => {
			const archives = (await (await sessions.ready(account, signal)).archives?.ofBoard?.(board, signal)) ?? [];
			return { items: archives.map((archive): Option => ({ kind: 'archive', archive })) };
		},
		toChoice,
		t('There are no documents here.'),
	);
	return option?.kind === 'archive' ? option.archive : undefined;
}

function chooseInside(
	{ sessions }: Services,
	account: Account,
	title: string,
	container: EntryContainer,
	wanted: 'container' | 'document',
): Promise<Option | undefined> {
	return chooseFrom<Option>(
		title,
		container.name,
		async (signal) => {
			const archives = (await sessions.ready(account, signal)).archives;
			const entries = archives ? await allItems(await archives.entries(container, signal), signal) : [];
			return {
				items: [
					...(wanted === 'container' && mayTakeDocuments(container) ? [{ kind: 'here' } as const] : []),
					...entries.flatMap((entry): Option[] => {
						const into: Option[] =
							entry.kind === 'folder' || entry.hasEntries || (wanted === 'container' && entry.writable)
								? [{ kind: 'into', container: entry }]
								: [];
						const take: Option[] =
							wanted === 'document' && entry.kind === 'document' && entry.notDownloadable === undefined
								? [{ kind: 'take', document: entry }]
								: [];
						return [...take, ...into];
					}),
				],
			};
		},
		toChoice,
		t('There is nothing here.'),
	);
}

function toChoice(option: Option): { value: string; label: string; detail?: string } {
	switch (option.kind) {
		case 'archive':
			return { value: `archive ${option.archive.id}`, label: `$(library) ${option.archive.name}` };
		case 'board':
			return { value: `board ${option.board.id}`, label: `$(project) ${option.board.name}` };
		case 'here':
			return { value: 'here', label: `$(cloud-upload) ${t('Put it here')}` };
		case 'into':
			return { value: `into ${option.container.id}`, label: `$(folder) ${option.container.name}` };
		case 'take':
			return { value: `take ${option.document.id}`, label: `$(file) ${option.document.name}` };
	}
}
