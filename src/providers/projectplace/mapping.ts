import { t } from '@vscode/l10n';
import type { Uploaded } from '../../core/archives.ts';
import type {
	Archive,
	Board,
	Card,
	Choice,
	Column,
	Document,
	Entry,
	EntryContainer,
	Fact,
	Folder,
	Workspace,
} from '../../core/model.ts';
import type {
	AccountWire,
	BoardWire,
	CardWire,
	ContainerWire,
	EntryWire,
	LookedWire,
	PersonWire,
	ProfileWire,
	UploadedWire,
	WorkspaceWire,
} from './shapes.ts';
import { descriptionOf, versionOf, whyNotDownloadable } from './unverified.ts';

export function toWorkspace(wire: WorkspaceWire, archived: boolean): Workspace {
	return {
		id: wire.id,
		name: wire.name,
		description: descriptionOf(wire.description),
		archived: archived || undefined,
		extra: { container: wire.tools?.documents?.container_id ?? undefined },
	};
}

export function toBoard(wire: BoardWire, workspaceId: string): Board {
	return {
		id: wire.id,
		workspaceId,
		name: wire.name,
		description: descriptionOf(wire.description),
		archived: wire.is_archived || undefined,
	};
}

/** In the order of `display_order` where every column has it, else as they came. */
export function toColumns({ id: boardId, progresses }: BoardWire, workspaceId: string): Column[] {
	return inOrder(progresses).map(({ id, name }) => ({ id, boardId, workspaceId, name, renamable: true }));
}

export function inOrder<T extends { readonly display_order?: number | null }>(items: readonly T[]): readonly T[] {
	const known = items.every(({ display_order }) => typeof display_order === 'number');
	return known ? items.toSorted((a, b) => Number(a.display_order) - Number(b.display_order)) : items;
}

/** A board's cards by the ids of its columns, each in its order. */
export function toCards(cards: readonly CardWire[], board: BoardWire): ReadonlyMap<string, readonly Card[]> {
	const turn = cardsOf(board.id, board.labels);
	return Map.groupBy(inOrder(cards).map(turn), ({ columnId }) => columnId);
}

/** Turns cards of one board into ours; lists that are alike are one list, because a board may have thousands of cards. */
export function cardsOf(boardId: string, labels: BoardWire['labels']): (wire: CardWire) => Card {
	const names = new Map(labels?.map(({ id, name }) => [id, name]));
	const share = sharing();
	const readOnly = notWritable();
	return (wire) => {
		const label = wire.label_name || names.get(wire.label_id ?? '');
		const people = peopleOf(wire);
		const items = wire.checklist?.items ?? [];
		return {
			id: wire.id,
			boardId,
			// Not truthiness: the first column's id is usually 0.
			columnId: wire.column_id ?? wire.progress?.id ?? '',
			title: wire.title,
			description: descriptionOf(wire.description),
			assignees: share(people.names),
			...(people.ids.length > 0 && { assigneeIds: share(people.ids) }),
			startDate: dayOf(wire.start_date),
			dueDate: dayOf(wire.due_date),
			labels: share(label ? [label] : []),
			done: wire.is_done ?? undefined,
			blocked: wire.is_blocked ? (wire.is_blocked_reason ?? '') : undefined,
			...(items.length > 0 && { progress: { done: items.filter(({ done }) => done).length, total: items.length } }),
			...(wire.comment_count && { comments: wire.comment_count }),
			...(isWritable(wire.access) === false && { readOnly }),
			webUrl: wire.direct_url || undefined,
		};
	};
}

/** The one assigned and those who help, in this order. */
function peopleOf({ assignee, assignee_id, contributors }: CardWire) {
	const helpers = contributors ?? [];
	const ids = [assignee_id ?? assignee?.id, ...helpers.map(({ id }) => id)];
	return {
		names: [assignee, ...helpers].flatMap((one) => one?.name ?? []),
		ids: ids.filter((id) => id !== undefined && id !== null),
	};
}

function sharing(): (list: readonly string[]) => readonly string[] | undefined {
	const lists = new Map<string, readonly string[]>();
	return (list) => {
		if (list.length === 0) {
			return undefined;
		}
		const key = list.join('\n');
		const known = lists.get(key) ?? list;
		lists.set(key, known);
		return known;
	};
}

export function dayOf(date: string | null | undefined): string | undefined {
	return /^\d{4}-\d{2}-\d{2}/.exec(date ?? '')?.[0];
}

/** Without a known container the workspace's own id stands for it: listing takes both, uploading does not. */
export function toArchive({ id, extra, archived }: Workspace): Archive {
	return {
		kind: 'archive',
		id: typeof extra?.container === 'string' ? extra.container : id,
		name: t('Documents'),
		workspaceId: id,
		writable: archived ? false : undefined,
		sameName: 'duplicate',
	};
}

/** What stands in a container, from the listing of just that one. */
export function toEntries(
	wire: ContainerWire,
	container: EntryContainer,
	unversioned: ReadonlySet<string> = new Set(),
): Entry[] {
	const listed = asListed(wire, container, unversioned);
	return wire.contents.map((entry) => {
		const made = toEntry(entry, listed);
		return made.kind === 'folder' && unversioned.has(made.id) ? { ...made, sameName: 'duplicate' } : made;
	});
}

/** A container with what its listing says of the right to change it. */
export function asListed(
	{ access }: Pick<ContainerWire, 'access'>,
	container: EntryContainer,
	unversioned: ReadonlySet<string>,
): EntryContainer {
	const writable = isWritable(access) ?? container.writable;
	return container.kind !== 'document' && unversioned.has(container.id)
		? { ...container, writable, sameName: 'duplicate' }
		: { ...container, writable };
}

export function toEntry(wire: EntryWire, container: EntryContainer): Entry {
	return wire.type === 'Folder' ? toFolder(wire, container.workspaceId) : toDocument(wire, container);
}

export function toFolder({ id, file_name, access }: EntryWire, workspaceId: string | undefined): Folder {
	return { kind: 'folder', id, name: file_name, workspaceId, writable: isWritable(access), sameName: 'version' };
}

export function toDocument(wire: EntryWire, container: EntryContainer): Document {
	const { id, type, file_name } = wire;
	const notDownloadable = whyNotDownloadable(type);
	return {
		kind: 'document',
		id,
		name: file_name,
		fileName: fileNameOf(wire),
		workspaceId: container.workspaceId,
		notDownloadable,
		readOnly: notDownloadable ?? whyReadOnly(container),
		webUrl: notDownloadable ? undefined : documentUrl(id),
		extra: { mayChange: container.writable, versioned: isVersioned(container) },
	};
}

function fileNameOf({
	file_name,
	os_file_name,
}: {
	readonly file_name: string;
	readonly os_file_name?: string | null;
}) {
	return os_file_name ? decoded(os_file_name) : file_name;
}

/** Only a new version can take the place of a document, and only where there are versions. */
function whyReadOnly(container: EntryContainer): string | undefined {
	if (container.writable === false) {
		return notWritable();
	}
	if (isVersioned(container)) {
		return undefined;
	}
	return container.kind === 'archive'
		? t(
				'ProjectPlace keeps no versions at the top of an archive, so a document there can’t be replaced. Save a copy, or move it into a folder in ProjectPlace.',
			)
		: t(
				'ProjectPlace keeps no versions in this folder, so a document in it can’t be replaced. Save a copy, or switch versions on in ProjectPlace.',
			);
}

export function notWritable(): string {
	return t('You may read this in ProjectPlace but not change it.');
}

function isVersioned(container: EntryContainer): boolean {
	return container.kind === 'document' || container.sameName !== 'duplicate';
}

/** Whether changing an entry is worth trying. */
export function mayChange(entry: Entry): boolean {
	return (entry.kind === 'document' ? entry.extra?.mayChange : entry.writable) !== false;
}

/**
 * The document under the names that it has now. There is no revision: should a reply bear a version's number, people can
 * give two versions the same one, so that an equal number would not tell of an equal content.
 */
export function toLooked({ file_name, os_file_name }: LookedWire, document: Document): Document {
	const { revision: _revision, version: _version, size: _size, ...lasting } = document;
	return file_name ? { ...lasting, name: file_name, fileName: fileNameOf({ file_name, os_file_name }) } : lasting;
}

export function isWritable(access: string | null | undefined): boolean | undefined {
	return access ? access === 'write' : undefined;
}

export function documentUrl(id: string): string {
	return `https://www.projectplace.com/pp/pp.cgi/r${id}`;
}

/** `os_file_name` is percent-encoded; one with a stray `%` stays as it is. */
function decoded(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}

export function toUploaded({ id, ver_nr }: UploadedWire): Uploaded {
	return { id, version: versionOf(ver_nr), webUrl: documentUrl(id) };
}

export function toFacts(account: AccountWire, profile: ProfileWire): Fact[] {
	return [
		{ label: t('Account'), value: account.name },
		{ label: t('Account number'), value: account.id },
		{ label: t('Head administrators'), value: account.managers.map(({ name }) => name).join(', ') },
		{ label: t('Signed in as'), value: nameOf(profile) },
		{ label: t('E-mail'), value: profile.email ?? '' },
	].filter(({ value }) => value !== '');
}

export function nameOf({ first_name, last_name }: ProfileWire): string {
	return [first_name, last_name].filter(Boolean).join(' ');
}

export function toChoice({ userid, name }: PersonWire): Choice {
	return { value: userid, label: name };
}
