import * as v from 'valibot';
import { idShape, simple } from '../../http/shapes.ts';

/** Ids are numbers in most replies and texts in some. */
const id = idShape;
const text = v.nullish(v.string());
const number = v.nullish(v.number());
const person = v.nullish(v.object({ name: text }));

export const accountShape = v.object({
	id,
	name: v.string(),
	managers: v.optional(v.array(v.object({ id, name: v.string() })), []),
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
		progresses: v.optional(ordered, []),
		labels: v.nullish(ordered),
	}),
);

export const cardsShape = v.array(
	v.object({
		id,
		title: v.string(),
		column_id: v.nullish(id),
		progress: v.nullish(v.object({ id })),
		display_order: number,
		description: text,
		assignee: person,
		contributors: v.nullish(v.array(v.object({ name: text }))),
		start_date: text,
		due_date: text,
		label_id: v.nullish(id),
		label_name: text,
		is_done: v.nullish(v.boolean()),
		is_blocked: v.nullish(simple('boolean', 'number')),
		is_blocked_reason: text,
		direct_url: text,
	}),
);

export const containerShape = v.object({
	container_id: v.nullish(id),
	access: text,
	contents: v.optional(
		v.array(v.object({ id, type: v.string(), file_name: v.string(), os_file_name: text, access: text })),
		[],
	),
});
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
export type ContainerWire = v.InferOutput<typeof containerShape>;
export type LookedWire = v.InferOutput<typeof lookedShape>;
export type UploadedWire = v.InferOutput<typeof uploadedShape>;
export type EntryWire = ContainerWire['contents'][number];
