import * as v from 'valibot';
import { idShape, simple } from '../../http/shapes.ts';

/** Ids are numbers in most replies and texts in some. */
const id = idShape;
const text = v.nullish(v.string());
const number = v.nullish(v.number());

export const accountShape = v.object({
	id,
	name: v.string(),
	managers: v.array(v.object({ id, name: v.string() })),
});
export const profileShape = v.object({ id, first_name: text, last_name: text, email: text });
export const rolesShape = v.array(v.object({ id, account_role: text }));
export const peopleShape = v.array(v.object({ userid: id, name: v.string(), account_role: text }));

export const workspaceShape = v.object({
	id,
	name: v.string(),
	description: text,
	tools: v.nullish(v.object({ documents: v.nullish(v.object({ container_id: v.nullish(id) })) })),
});
export const workspacesShape = v.array(workspaceShape);

const ordered = v.array(v.object({ id, name: v.string(), display_order: number }));
export const boardsShape = v.array(
	v.object({
		id,
		name: v.string(),
		description: text,
		is_archived: v.nullish(v.boolean()),
		progresses: ordered,
		labels: v.nullish(ordered),
	}),
);

const somebody = v.object({ id: v.nullish(id), name: text });
const cardMembers = {
	id,
	title: v.string(),
	column_id: v.nullish(id),
	progress: v.nullish(v.object({ id })),
	display_order: number,
	description: text,
	assignee_id: v.nullish(id),
	assignee: v.nullish(somebody),
	contributors: v.nullish(v.array(somebody)),
	start_date: text,
	due_date: text,
	label_id: v.nullish(id),
	label_name: text,
	is_done: v.nullish(v.boolean()),
	is_blocked: v.nullish(simple('boolean', 'number')),
	is_blocked_reason: text,
	direct_url: text,
	comment_count: number,
	access: text,
};
export const cardsShape = v.array(
	v.object({ ...cardMembers, checklist: v.nullish(v.object({ items: v.array(v.object({ done: v.boolean() })) })) }),
);
/** One card that was asked for by itself. */
export const cardShape = v.object({
	...cardMembers,
	// Replaced whole: a reply without them would read as none, and the next change would drop them.
	contributors: v.array(v.object({ id, name: text })),
	board_id: v.nullish(id),
	estimate: v.nullish(simple('string', 'number')),
	planlet_id: v.nullish(id),
	planlet: v.nullish(v.object({ name: text })),
	creator: v.nullish(v.object({ name: text })),
	created_time: text,
	all_attachments: v.nullish(v.array(v.object({ id: v.nullish(id), name: v.string() }))),
	checklist: v.nullish(
		v.object({
			items: v.array(v.object({ id, title: v.string(), done: v.boolean(), order: number })),
		}),
	),
});
/** Of a board by itself: the workspace it is in. */
export const placedShape = v.object({ project_id: id });
export const labelledShape = v.object({ labels: ordered });
export const membersShape = v.array(v.object({ id, name: v.string(), email: text }));
export const accessShape = v.object({ access: v.array(id) });
/** Version 1. Only `text` is certain. */
export const commentsShape = v.array(
	v.object({
		id: v.nullish(id),
		text: v.string(),
		author: v.unknown(),
		create_time: v.nullish(simple('string', 'number')),
	}),
);
/** Version 3, which wraps its lists. */
export const conversationShape = v.object({
	data: v.array(
		v.object({
			id,
			text: v.string(),
			created_at: v.nullish(simple('string', 'number')),
			created_by: v.nullish(v.object({ first_name: text, last_name: text })),
		}),
	),
});

const contents = v.array(v.object({ id, type: v.string(), file_name: v.string(), os_file_name: text, access: text }));
export const containerShape = v.object({ container_id: v.nullish(id), access: text, contents });
/** What may be no container: a document has no `container_id` and no contents. */
export const placeShape = v.object({ ...containerShape.entries, contents: v.optional(contents, []) });
/** Of a document by itself it is only shown that it is named as in its container. */
export const lookedShape = v.object({ id, file_name: text, os_file_name: text });
export const madeShape = v.looseObject({ id });
export const uploadedShape = v.object({ id, ver_nr: v.nullish(simple('string', 'number')) });

export type AccountWire = v.InferOutput<typeof accountShape>;
export type ProfileWire = v.InferOutput<typeof profileShape>;
export type RoleWire = v.InferOutput<typeof rolesShape>[number];
export type PersonWire = v.InferOutput<typeof peopleShape>[number];
export type WorkspaceWire = v.InferOutput<typeof workspaceShape>;
export type BoardWire = v.InferOutput<typeof boardsShape>[number];
export type CardWire = v.InferOutput<typeof cardsShape>[number];
export type OneCardWire = v.InferOutput<typeof cardShape>;
export type MemberWire = v.InferOutput<typeof membersShape>[number];
export type CommentWire = v.InferOutput<typeof commentsShape>[number];
export type ConversationWire = v.InferOutput<typeof conversationShape>['data'][number];
export type ContainerWire = v.InferOutput<typeof containerShape>;
export type LookedWire = v.InferOutput<typeof lookedShape>;
export type UploadedWire = v.InferOutput<typeof uploadedShape>;
export type EntryWire = ContainerWire['contents'][number];
