import * as v from 'valibot';
import { isRecord } from './records.ts';

const text = v.nullish(v.string());
const texts = v.nullish(v.array(v.string()));
/** What a document belongs to: an object, an empty object, or nothing. */
const place = v.nullish(v.object({ id: v.nullish(v.string()) }));

export const userWire = v.object({ username: v.string(), first_name: text, last_name: text, user_type: text });
export const spaceWire = v.object({
	id: v.string(),
	title: v.string(),
	description: text,
	is_hidden: v.nullish(v.boolean()),
	status: text,
});
export const projectWire = v.object({
	id: v.string(),
	title: v.string(),
	identifier: text,
	description: text,
	due_date: text,
	status: v.nullable(v.string()),
	space: v.object({ id: v.string(), title: text }),
	dynatype: v.nullish(v.object({ id: v.nullish(v.string()), title: text })),
	tags: texts,
});
/** A person where only the user name is documented for writing: reads give objects or names. */
const someone = v.pipe(
	v.union([v.string(), userWire]),
	v.transform((one) => (typeof one === 'string' ? { username: one } : one)),
);
const people = v.array(someone);
/**
 * A project with everything of it that can be written. Its lists are replaced whole, so none may be taken for empty because it is
 * missing.
 */
export const wholeProjectWire = v.object({
	...projectWire.entries,
	// As it is: checking it as a record would leave some names out.
	aspects: v.custom<Readonly<Record<string, unknown>>>(isRecord, 'an object'),
	associated_users: people,
	connected_users: people,
	contacts: v.array(v.string()),
	fileplan: text,
	fileplan_title: text,
	responsible_users: people,
	status_message: text,
	tags: v.array(v.string()),
	template: text,
});
export const taskWire = v.object({
	id: v.string(),
	title: v.string(),
	created: text,
	description: text,
	due_date: text,
	dynatype: place,
	project: place,
	responsible_users: v.nullish(v.array(userWire)),
	/** The column it stands in. */
	status: v.nullable(v.string()),
	tags: texts,
});
/** A task with what is said of it where it is not one of two thousand. */
export const wholeTaskWire = v.object({
	...taskWire.entries,
	// Replaced whole: a reply without them would read as none, and the next change would drop them.
	responsible_users: v.array(userWire),
	tags: v.array(v.string()),
	created_by: text,
	modified: text,
	modified_by: text,
	// Every task is in a project of a space: without them, it would be nobody’s.
	project: v.object({ id: v.string(), title: text, identifier: text }),
	space: v.object({ id: v.string(), title: text }),
	status_message: text,
});
export const commentWire = v.object({
	id: v.pipe(v.union([v.number(), v.string()]), v.transform(String)),
	author: text,
	/** The list may be that of all comments, of which those of one document are picked. */
	doc_id: v.string(),
	text: v.string(),
	time: text,
});
/** Every folder and file names what it stands in; without that, it would move to the top. */
const parent = v.string();
export const folderWire = v.object({ id: v.string(), title: v.string(), parent, project: place, space: place });
export const fileWire = v.object({
	id: v.string(),
	title: text,
	filename: text,
	digest: text,
	mime_type: text,
	modified: text,
	parent,
	project: place,
	size: v.nullish(v.number()),
	snapshot_id: text,
	version: text,
});
/** A contact's `identifier` is a national id number: it is not even read. */
export const titledWire = v.object({ id: v.string(), title: v.string() });
/** What of them says which aspects there may be is documented by names alone. */
export const templateWire = v.object({ ...titledWire.entries, aspects: v.optional(v.unknown()) });
export const dynatypeWire = v.object({
	id: v.string(),
	status_list: text,
	systype: text,
	required_aspects: v.optional(v.unknown()),
	optional_aspects: v.optional(v.unknown()),
});
export const entryWire = v.object({
	name: v.string(),
	ordering: v.nullish(v.number()),
	translations: v.nullish(v.record(v.string(), v.nullable(v.string()))),
});
export const valueListWire = v.object({ entries: v.array(entryWire) });

const metaWire = v.object({ limit: v.number(), offset: v.number(), total_count: v.number(), next: text });
export const envelope = <const Item extends v.GenericSchema>(item: Item) =>
	v.object({ meta: metaWire, objects: v.array(item) });

export type UserWire = v.InferOutput<typeof userWire>;
export type SpaceWire = v.InferOutput<typeof spaceWire>;
export type ProjectWire = v.InferOutput<typeof projectWire>;
export type WholeProjectWire = v.InferOutput<typeof wholeProjectWire>;
export type TemplateWire = v.InferOutput<typeof templateWire>;
export type TaskWire = v.InferOutput<typeof taskWire>;
export type WholeTaskWire = v.InferOutput<typeof wholeTaskWire>;
export type CommentWire = v.InferOutput<typeof commentWire>;
export type FolderWire = v.InferOutput<typeof folderWire>;
export type FileWire = v.InferOutput<typeof fileWire>;
export type TitledWire = v.InferOutput<typeof titledWire>;
export type DynatypeWire = v.InferOutput<typeof dynatypeWire>;
export type EntryWire = v.InferOutput<typeof entryWire>;
export type MetaWire = v.InferOutput<typeof metaWire>;
