import { t } from '@vscode/l10n';
import * as v from 'valibot';
import type { Board, Card, Column, Document, Extra, Version, Workspace } from '../../core/model.ts';
import { linkedId, type Related, resource } from './document.ts';
import { withLabels } from './mentions.ts';
import { descriptionOf, webAddress } from './unverified.ts';

const text = v.nullish(v.string());
const count = v.nullish(v.number());
const flag = v.nullish(v.boolean());

export const organization = resource(v.object({ name: v.string() }));
export const person = resource(
	v.object({ first_name: text, last_name: text, email: text, title: text, is_user: flag, deactivated_at: text }),
);
export const membership = resource(v.unknown());
export const company = resource(v.object({ name: v.string() }));
export const workflow = resource(v.object({ name: v.string(), archived_at: text }));
const projectAttributes = { name: v.string(), description: text, archived_at: text, template: flag };
export const project = resource(v.object(projectAttributes));
/** A project that is looked at by itself; `duplication_status` came after the others. */
export const projectWhole = resource(
	v.object({ ...projectAttributes, project_type_id: count, public_access: flag, duplication_status: text }),
);
export const folder = resource(v.object({ name: v.string(), placement: count, archived_at: text, hidden: flag }));
export const taskList = resource(v.object({ name: v.string(), placement: count }));
export const status = resource(v.object({ name: v.string(), category_id: count, position: count }));
/** What lists of tasks are read for; `taskShapes.ts` has what one task is read for besides. */
export const taskAttributes = {
	title: v.string(),
	description: text,
	/** Digits as text, or a number: no list fails for how its tasks are numbered. */
	number: v.optional(v.unknown()),
	task_number: v.optional(v.unknown()),
	start_date: text,
	due_date: text,
	closed: flag,
	subtask_count: count,
	open_subtask_count: count,
	tag_list: v.nullish(v.array(v.string())),
};
export const task = resource(v.object(taskAttributes));
const pageAttributes = {
	title: v.string(),
	parent_page_id: v.nullish(v.union([v.number(), v.string()])),
	root_page_id: v.nullish(v.union([v.number(), v.string()])),
	position: count,
	edited_at: text,
	updated_at: text,
	version_number: count,
};
export const page = resource(v.object(pageAttributes));
export const pageWithBody = resource(v.object({ ...pageAttributes, body: text }));
export const pageVersion = resource(
	v.object({ name: text, title_snapshot: text, version_number: count, created_at: text }),
);
/** Whether the body comes as JSON text, as that of pages does, or as the tree itself is not said; nor whether it always comes. */
export const pageVersionWithBody = resource(v.object({ body_snapshot: v.unknown() }));
export const attachment = resource(
	v.object({ name: v.string(), content_type: text, size: count, url: text, created_at: text }),
);
export const newAttachment = resource(v.object({ aws_policy: v.record(v.string(), v.string()) }));

export type Person = v.InferOutput<typeof person>;
export type ProjectWire = v.InferOutput<typeof project>;
export type ProjectWholeWire = v.InferOutput<typeof projectWhole>;
export type FolderWire = v.InferOutput<typeof folder>;
export type StatusWire = v.InferOutput<typeof status>;
export type TaskListWire = v.InferOutput<typeof taskList>;
export type TaskWire = v.InferOutput<typeof task>;
export type PageWire = v.InferOutput<typeof page>;
export type PageWithBodyWire = v.InferOutput<typeof pageWithBody>;
export type PageVersionWire = v.InferOutput<typeof pageVersion>;
export type AttachmentWire = v.InferOutput<typeof attachment>;

/** What is no project but a pattern for new ones is named so beside its name, in the place of its client. */
export function toWorkspace(wire: ProjectWire, related: Related, organizationId: string): Workspace {
	const { name, description, archived_at, template } = wire.attributes;
	return {
		id: wire.id,
		name,
		description: descriptionOf(description),
		group: template ? t('Project template') : related(wire, 'company', company)?.attributes.name,
		archived: Boolean(archived_at),
		webUrl: webAddress(organizationId, 'projects', wire.id),
		extra: { workflow: linkedId(wire, 'workflow') },
	};
}

export function toBoard({ id, attributes: { name, archived_at } }: FolderWire, workspace: Workspace): Board {
	return {
		id,
		workspaceId: workspace.id,
		name,
		archived: Boolean(archived_at),
		extra: { workflow: workspace.extra?.['workflow'] },
	};
}

/** Lists cannot be asked for in this order; what has no place comes last. */
export function byPlacement(a: FolderWire | TaskListWire, b: FolderWire | TaskListWire): number {
	return (a.attributes.placement ?? Infinity) - (b.attributes.placement ?? Infinity) || Number(a.id) - Number(b.id);
}

/** Positions count within a category: not started, started, closed. */
export function byCategory(a: StatusWire, b: StatusWire): number {
	const [one, other] = [a.attributes, b.attributes];
	return (one.category_id ?? 0) - (other.category_id ?? 0) || (one.position ?? 0) - (other.position ?? 0);
}

export function toColumn({ id, attributes: { name } }: TaskListWire | StatusWire, board: Board): Column {
	return { id, boardId: board.id, workspaceId: board.workspaceId, name };
}

/** Where a card stands; `extra` is one object that all cards of a list share. */
export interface CardPlace {
	readonly boardId: string;
	readonly columnId: string;
	readonly extra?: Extra;
}

/** What cards hold alike is kept once. */
export type Alike = (words: readonly string[]) => readonly string[];

export function alike(): Alike {
	const known = new Map<string, readonly string[]>();
	return (words) => {
		const key = words.join('\n');
		const kept = known.get(key) ?? words;
		known.set(key, kept);
		return kept;
	};
}

/** `extra.project` is the project, where the place names it. */
export function toCard(
	wire: TaskWire,
	related: Related,
	place: CardPlace,
	organizationId: string,
	share: Alike = (words) => words,
): Card {
	const { title, description, start_date, due_date, closed, tag_list } = wire.attributes;
	const { number, task_number, subtask_count: total, open_subtask_count: open } = wire.attributes;
	const [key, assignee] = [numberOf(task_number ?? number), related(wire, 'assignee', person)];
	const state = related(wire, 'workflow_status', status)?.attributes.name;
	return {
		id: wire.id,
		...(key ? { key } : {}),
		boardId: place.boardId,
		columnId: place.columnId,
		title,
		...(description ? { description: { html: withLabels(description) } } : {}),
		...(assignee ? { assignees: share([personName(assignee)]), assigneeIds: share([assignee.id]) } : {}),
		...(start_date ? { startDate: start_date } : {}),
		...(due_date ? { dueDate: due_date } : {}),
		...(tag_list && tag_list.length > 0 ? { labels: share(tag_list) } : {}),
		...(state === undefined ? {} : { status: state }),
		...(typeof closed === 'boolean' ? { done: closed } : {}),
		...(total ? { progress: { done: total - (open ?? total), total } } : {}),
		webUrl: webAddress(organizationId, 'tasks', wire.id),
		...(place.extra ? { extra: place.extra } : {}),
	};
}

function numberOf(value: unknown): string | undefined {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

export function personName({ id, attributes: { first_name, last_name, email } }: Person): string {
	return [first_name, last_name].filter(Boolean).join(' ') || (email ?? id);
}

/**
 * Counts with each change of the text; a page whose text has never been changed has no number (seen by a client, not in the
 * vendor's guide).
 */
export function revisionOf({ attributes: { version_number, edited_at } }: PageWire): string {
	return version_number?.toString() ?? `0 ${edited_at ?? ''}`.trim();
}

/** A page is a document, and may have pages and files beneath it. `below` is known where all pages were listed. */
export function toPage(wire: PageWire, projectId: string | undefined, below?: boolean): Document {
	const { id, attributes } = wire;
	return {
		kind: 'document',
		id: `page-${id}`,
		name: attributes.title,
		fileName: `${attributes.title}.md`,
		mediaType: 'text/markdown',
		modified: attributes.edited_at ?? attributes.updated_at ?? undefined,
		version: attributes.version_number?.toString(),
		revision: revisionOf(wire),
		workspaceId: projectId,
		hasEntries: true,
		writable: true,
		extra: { page: id, project: projectId, below },
	};
}

export function toAttachment(
	{ id, attributes }: AttachmentWire,
	projectId: string | undefined,
	readOnly = t('Productive can’t replace a file that is on a page. Upload the new one under another name.'),
): Document {
	return {
		kind: 'document',
		id: `file-${id}`,
		name: attributes.name,
		fileName: attributes.name,
		size: attributes.size ?? undefined,
		mediaType: attributes.content_type ?? undefined,
		modified: attributes.created_at ?? undefined,
		workspaceId: projectId,
		// Its content never changes.
		revision: id,
		readOnly,
		notDownloadable: attributes.url ? undefined : t('Productive has not finished storing this file.'),
		extra: { file: id, url: attributes.url ?? undefined },
	};
}

/** A version has a name only where somebody gave it one. */
export function toVersion(wire: PageVersionWire, related: Related): Version {
	const { name, title_snapshot, version_number, created_at } = wire.attributes;
	const author = related(wire, 'person', person);
	const number = version_number?.toString() ?? '';
	return {
		id: wire.id,
		name: name || (number === '' ? (title_snapshot ?? wire.id) : t('Version {0}', number)),
		modified: created_at ?? undefined,
		author: author && personName(author),
	};
}

/** Siblings stand by position, those without one last, and then by title. */
export function bySibling({ attributes: a }: PageWire, { attributes: b }: PageWire): number {
	return (
		(a.position ?? Number.MAX_SAFE_INTEGER) - (b.position ?? Number.MAX_SAFE_INTEGER) || a.title.localeCompare(b.title)
	);
}
