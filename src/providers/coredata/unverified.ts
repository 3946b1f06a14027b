import type { EntryContainer, RichText } from '../../core/model.ts';
import type { Reply } from '../../http/request.ts';
import { isRecord } from './records.ts';
import type { FileWire, ProjectWire } from './replies.ts';

/**
 * What no public documentation of CoreData states. Anyone with a tenant can settle most of it with the draft description
 * under `/api/v2/openapi.yaml`; each thing is said here and nowhere else.
 */

/** The folders of a project. That there is such a call is documented, its path is not; where it is missing, all folders are read. */
export const foldersOfProject = (project: string): readonly string[] => ['projects', project, 'folders'];

/**
 * The projects that the person marked, and the last ten they worked with. That there are favourites is documented and so is
 * the path of the recent ones; that the other path is like it is not.
 */
export const shortlists = {
	favourites: ['user', 'projects', 'favourites'],
	recent: ['user', 'projects', 'recent'],
} as const;

/** Projects that can have projects under them are told by the name of their type, which is all that is documented of them. */
export function isProgramme({ dynatype }: ProjectWire): boolean {
	return dynatype?.title?.toLowerCase() === 'programme';
}

/**
 * What a template says of its aspects. The manual speaks of aspects that “exist on the Project Template” and shows no
 * template: read are an object of aspects, as projects have it, and a list of names.
 */
export function aspectsOfTemplate(aspects: unknown): Readonly<Record<string, unknown>> {
	return isRecord(aspects) ? aspects : Object.fromEntries(namesIn(aspects).map((name) => [name, undefined]));
}

/** The aspects that a type requires or allows: names in an old client's samples, which no document confirms. */
export function namesIn(aspects: unknown): readonly string[] {
	return Array.isArray(aspects) ? aspects.filter((name) => typeof name === 'string') : [];
}

/** The names of the parts of an upload. Only `filename` and `parent_id` are documented. */
export const uploadParts = { content: 'file', project: 'project_id', parent: 'parent_id' } as const;

/** What becomes of a file under a name that is there already: nothing speaks of an old one being touched. */
export const sameName = 'duplicate';

/**
 * Whether the content that a file had before stays with CoreData. One old client calls replacing it a new version, but no
 * document says that the old one is kept, and no call shows it: so people are told that it is lost.
 */
export const keepsEarlier = false;

/**
 * Another text whenever a file's content is another. The manual says of neither `version` nor `snapshot_id` that it changes
 * with the content; `digest` and `size` follow it by their nature, but a digest may be empty. So all four speak, and an
 * edit of the title alone may count as a change. All of them are documented for lists and for single files.
 */
export function revisionOf({ version, snapshot_id, digest, size }: Omit<FileWire, 'parent'>): string | undefined {
	return version || snapshot_id || digest
		? [version, snapshot_id, digest, size].map((one) => one ?? '').join(' ')
		: undefined;
}

/** What a new folder is made of. That there is such a call is documented; its path and this body are not. */
export function folderBody({ kind, id, boardId }: EntryContainer, title: string): Readonly<Record<string, unknown>> {
	return kind === 'archive' ? { title, project: boardId } : { title, parent: id };
}

/** The id in an answer to an upload; its form is not documented, so every usual one is taken. */
export function idOfUploaded({ headers, body }: Pick<Reply, 'headers' | 'body'>): string | undefined {
	const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined;
	return lastSegment(headers.get('location') ?? '') ?? (typeof id === 'string' ? id : undefined);
}

/** The id at the end of a resource's address, be it relative or complete. */
export function lastSegment(address: string): string | undefined {
	return address
		.replace(/[?#].*$/s, '')
		.split('/')
		.filter(Boolean)
		.at(-1);
}

/** The filter that asks for the comments on one document; whoever uses it looks again at what came. */
export const commentsOf = (document: string) => ({ doc_id: document });

/**
 * The properties of a task that can be written, by our names for them: from an old client (`title`) and by analogy with
 * projects. Nobody says that tasks take them, so what was sent is compared with the task afterwards.
 */
export const taskProperties: Readonly<Record<string, string>> = {
	title: 'title',
	description: 'description',
	due: 'due_date',
	assignee: 'responsible_users',
	status: 'status',
	statusMessage: 'status_message',
	labels: 'tags',
};

/** What takes a due date away. An empty text is no date; the framework behind the API shows a missing one as null. */
export const noDate = null;

/** Times carry no zone; no document names one. */
export function withZone(time: string): string {
	return /(Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`;
}

/** Every sample description is plain text, and none says that it must be. */
export function richText(text: string): RichText {
	return /<\/?[a-z][^<>]*>/i.test(text) ? { html: text } : { text };
}

/** Statuses are each tenant's own words; only the keys that come with CoreData tell that work is over. */
export function isOver(status: string): boolean {
	return /:(closed|archived|inactive):/i.test(status);
}

/** Of the keys that tell it, the one for work that is done and not only put away. */
export function isClosed(status: string): boolean {
	return /:closed:/i.test(status);
}
