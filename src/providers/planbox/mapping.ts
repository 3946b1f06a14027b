import { t } from '@vscode/l10n';
import type { Board, Card, Column, Fact, RichText, Workspace } from '../../core/model.ts';
import type { ProductWire, ProjectWire, ResourceWire, StoryWire } from './replies.ts';
import { inProgressFact } from './tasksInProgress.ts';
import { timeframeName, timeframeNote, timeframesOf } from './timeframes.ts';

export function toWorkspace(product: Omit<ProductWire, 'iterations'>, server: string): Workspace {
	const { id, name, description, permission, organization_id: organization } = product;
	return {
		id,
		name,
		description: description === undefined ? undefined : { text: description },
		webUrl: initiativeUrl(server, id),
		extra: { permission, organization },
	};
}

export function toBoard(project: ProjectWire, workspace: Pick<Workspace, 'id' | 'extra'>, server: string): Board {
	const { id, name, alias, description, association } = project;
	return {
		id,
		workspaceId: workspace.id,
		name,
		description: aliasAndText(alias, description),
		webUrl: initiativeUrl(server, workspace.id),
		extra: { association, permission: workspace.extra?.['permission'] },
	};
}

/** The alias is what people at Planbox call a project among each other, so it comes first. */
function aliasAndText(alias: string | undefined, description: string | undefined): RichText | undefined {
	const text = [alias, description].filter((part) => part !== undefined).join(' – ');
	return text === '' ? undefined : { text };
}

/** `product` is the board's initiative as it is now: which iteration a timeframe means changes over night. */
export function toColumns(board: Board, product: ProductWire | undefined): readonly Column[] {
	return timeframesOf(product).map((timeframe) => ({
		id: timeframe,
		boardId: board.id,
		workspaceId: board.workspaceId,
		name: timeframeName(timeframe),
		note: timeframeNote(timeframe, product),
		extra: rightsOf(board),
	}));
}

/** What the account may do in a column, as far as its project and initiative tell. */
function rightsOf({ extra }: Board): Column['extra'] {
	const { permission, association } = extra ?? {};
	return permission === undefined && association === undefined ? undefined : { permission, association };
}

/** Why nothing can be changed there; undefined where trying is worth it. Whoever may only read, looks on. */
export function whyReadOnly(rights: { readonly permission?: unknown; readonly association?: unknown } = {}) {
	if (rights.permission === 'read') {
		return t('You may only read this initiative. Its admins can change that.');
	}
	return rights.association === 'observer'
		? t('You are an observer of this project, who may only read it.')
		: undefined;
}

export function toCard(story: StoryWire, people: ReadonlyMap<string, string>, server: string): Card {
	const { status, tags, description, tasks, comments } = story;
	const readOnly = whyReadOnly(story);
	return {
		id: story.id,
		boardId: story.project_id,
		columnId: story.timeframe,
		title: story.name,
		description: description === undefined ? undefined : { html: description },
		assignees: assigneesOf(story, people),
		dueDate: story.due_on,
		labels: tags === undefined ? undefined : tagsOf(tags),
		status: status && statusName(status),
		done: status !== undefined && doneStatuses.has(status),
		blocked: story.blocked || status === 'blocked' ? '' : undefined,
		webUrl: `${initiativeUrl(server, story.product_id)}#story_id=${story.id}`,
		...assigneeIdsOf(story),
		...inProgressFact(story),
		...(tasks?.length && { progress: { done: tasks.filter(isDone).length, total: tasks.length } }),
		...(comments?.length && { comments: comments.length }),
		...(readOnly !== undefined && { readOnly }),
	};
}

/** Tags are one text with commas. */
export function tagsOf(tags: string | undefined): readonly string[] {
	return (tags ?? '')
		.split(',')
		.map((tag) => tag.trim())
		.filter(Boolean);
}

export function isDone({ status }: { readonly status?: string | undefined }): boolean {
	return status === 'completed';
}

function assigneeIdsOf({ tasks }: StoryWire): Pick<Card, 'assigneeIds'> | undefined {
	const ids = new Set((tasks ?? []).flatMap(({ resource_id: person }) => person ?? []));
	return ids.size > 0 ? { assigneeIds: [...ids] } : undefined;
}

const doneStatuses: ReadonlySet<string> = new Set(['completed', 'delivered', 'accepted', 'released']);

/** Whoever works on a task of the item; Planbox assigns no items themselves. */
function assigneesOf({ tasks }: StoryWire, people: ReadonlyMap<string, string>): readonly string[] | undefined {
	const names = (tasks ?? []).flatMap(({ resource_id: person }) => people.get(person ?? '') ?? []);
	return names.length > 0 ? [...new Set(names)] : undefined;
}

/** The word on Planbox's screen. */
export function statusName(status: string): string {
	switch (status) {
		case 'pending':
			return t('Pending');
		case 'inprogress':
			return t('In progress');
		case 'completed':
			return t('Completed');
		case 'delivered':
			return t('Verified');
		case 'accepted':
			return t('Accepted');
		case 'rejected':
			return t('Rejected');
		case 'released':
			return t('Released');
		case 'blocked':
			return t('Blocked');
		default:
			return status;
	}
}

export function toFacts({
	name,
	email,
	user_count: users,
	user_limit: limit,
	package_expires_on: expires,
}: ResourceWire): readonly Fact[] {
	const facts: readonly (readonly [string, string | undefined])[] = [
		[t('Name'), name],
		[t('E-mail'), email],
		[t('Users'), users ? (limit ? t('{0} of {1}', users, limit) : String(users)) : undefined],
		[t('Plan ends on'), expires],
	];
	return facts.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
}

/** Planbox's own page; projects have none, so theirs is their initiative's. */
export function initiativeUrl(server: string, product: string): string {
	return `${new URL(server).origin}/initiatives/${product}`;
}
