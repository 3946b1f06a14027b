import { t } from '@vscode/l10n';
import type { Board, Card, Choice, Document, Fact, Folder, Workspace } from '../../core/model.ts';
import type { Explanation, Reply } from '../../http/request.ts';
import { isRecord } from './records.ts';
import type {
	FileWire,
	FolderWire,
	MetaWire,
	ProjectWire,
	SpaceWire,
	TaskWire,
	TitledWire,
	UserWire,
} from './replies.ts';
import { isOver, revisionOf, richText, sameName, withZone } from './unverified.ts';

/**
 * Where the page after this one begins. The manual's samples show `next: null` beside a total that says more, so a full
 * page goes on by counting; an empty page ends every list. Only the offset is taken from `next`, never its address, which
 * may name another host or carry a key.
 */
export function nextOffset(meta: MetaWire, count: number): number | undefined {
	const after = meta.offset + count;
	if (count === 0) {
		return undefined;
	}
	if (meta.next) {
		const named = Number(URL.parse(meta.next, 'https://tenant')?.searchParams.get('offset') ?? Number.NaN);
		return named > meta.offset ? named : after;
	}
	return count >= meta.limit && after < meta.total_count ? after : undefined;
}

/** What the vendor says about a refusal: one sentence, or sentences for each property. Never the traceback. */
export function explain({ status, body }: Reply): Explanation | undefined {
	if (status === 405) {
		return { kind: 'notFound' }; // The path is there for other methods: as good as a call that is missing.
	}
	const words = status >= 400 && status < 500 ? wordsOf(body) : [];
	if (words.length === 0 || status === 401 || status === 404 || status === 429) {
		return undefined;
	}
	const reason = words.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join(' ');
	return { kind: status === 403 ? 'notAllowed' : 'refused', reason, problems: words };
}

function wordsOf(body: unknown): readonly { readonly field?: string; readonly message: string }[] {
	if (!isRecord(body)) {
		return [];
	}
	const message = body.error_message ?? body.error;
	if (typeof message === 'string') {
		return [{ message }];
	}
	const fields = Object.values(body).find(isRecord) ?? {};
	return Object.entries(fields).flatMap(([field, said]) =>
		(Array.isArray(said) ? said : [said])
			.filter((one) => typeof one === 'string')
			.map((one) => ({ field, message: one })),
	);
}

export function nameOf({ first_name, last_name, username }: UserWire): string {
	return [first_name, last_name].filter(Boolean).join(' ') || username;
}

export function toFacts(user: UserWire, server: string): Fact[] {
	return [
		{ label: t('Name'), value: nameOf(user) },
		{ label: t('User name'), value: user.username },
		...(user.user_type ? [{ label: t('User type'), value: user.user_type }] : []),
		{ label: t('Address'), value: server },
	];
}

export function toWorkspace({ id, title, description, status }: SpaceWire): Workspace {
	return { id, name: title, description: described(description), archived: isOver(status ?? '') };
}

export function toBoard(project: ProjectWire, status: string | undefined): Board {
	const { id, title, space, identifier, description, due_date } = project;
	return {
		id,
		workspaceId: space.id,
		name: title,
		description: described(description),
		dueDate: due_date || undefined,
		status,
		extra: { identifier: identifier || undefined },
	};
}

/** A task as a card; `status` is what people read of the column it is in. */
export function toCard(task: TaskWire, boardId: string, columnId: string, status: string | undefined): Card {
	const { id, title, description, due_date, responsible_users, tags } = task;
	const people = responsible_users?.length ? responsible_users : undefined;
	return {
		id,
		boardId,
		columnId,
		title,
		description: described(description),
		assignees: people?.map(nameOf),
		assigneeIds: people?.map(({ username }) => username),
		dueDate: due_date || undefined,
		labels: tags?.length ? tags : undefined,
		status,
		done: isOver(task.status ?? ''),
		...(task.status !== columnId && { extra: { status: task.status ?? '' } }),
	};
}

/** The status that CoreData keeps for a card: its column, unless that holds the statuses that no list has. */
export function statusOf({ extra, columnId }: Card): string {
	return typeof extra?.['status'] === 'string' ? extra['status'] : columnId;
}

/** Tasks have no position: by due date, then by creation; those without a due date last. */
export function byDueDate(a: TaskWire, b: TaskWire): number {
	return compare(a.due_date || '9', b.due_date || '9') || compare(a.created ?? '', b.created ?? '');
}

function compare(a: string, b: string): number {
	return a < b ? -1 : Number(a > b);
}

type Owner = { readonly workspaceId?: string; readonly boardId?: string };

export function toFolder({ id, title }: Pick<FolderWire, 'id' | 'title'>, owner: Owner): Folder {
	return { kind: 'folder', id, name: title, ...owner, sameName };
}

export function toDocument(file: FileWire, owner: Owner): Document {
	const name = file.filename || file.title || file.id;
	return {
		kind: 'document',
		id: file.id,
		name,
		fileName: name,
		size: file.size ?? undefined,
		mediaType: file.mime_type || undefined,
		modified: file.modified ? withZone(file.modified) : undefined,
		version: file.version || undefined,
		revision: revisionOf(file),
		...owner,
	};
}

/** The MD5 of a file's content; some files have none. */
export function md5Of({ digest }: FileWire): string | undefined {
	const hex = digest?.toLowerCase();
	return hex !== undefined && /^[\da-f]{32}$/.test(hex) ? hex : undefined;
}

export function toChoice({ id, title }: TitledWire): Choice {
	return { value: id, label: title };
}

export function userChoice(user: UserWire): Choice {
	return { value: user.username, label: nameOf(user), detail: user.username };
}

/** A point in time as people read it. */
export function timeText(time: string): string {
	const date = new Date(withZone(time));
	const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
	return Number.isNaN(date.getTime()) ? time : format.format(date);
}

function described(description: string | null | undefined) {
	return description ? richText(description) : undefined;
}
