import * as v from 'valibot';
import { idShape, type SimpleName, type SimpleTypes, simple } from '../../http/shapes.ts';
import { commentWire, fileWire } from './unverified.ts';

/** PHP's habits end here: ids as numbers or text, flags in five forms, one thing or a map where a list was meant. */
const id = v.pipe(idShape, v.nonEmpty());
/** An id that may be missing, for which there are four ways to say so. */
const idOrNone = transformed(['number', 'string'], (value) => (value ? String(value) : undefined));
const text = transformed(['string'], (value) => value.trim() || undefined);
const flag = transformed(['boolean', 'number', 'string'], (value) => [true, 1, '1', 'true'].includes(value));
/** `YYYY-MM-DD`, with or without a time after it; all zeros stand for none. */
const day = transformed(['string'], (value) => /^(?!0000)\d{4}-\d{2}-\d{2}/.exec(value)?.[0]);
const number = v.pipe(
	transformed(['number', 'string'], (value) => Number(value)),
	v.check((value) => value === undefined || !Number.isNaN(value), 'Expected a number'),
);

/** An optional property; null counts as missing. */
function transformed<const Name extends SimpleName, Meant>(
	names: readonly Name[],
	turn: (value: SimpleTypes[Name]) => Meant,
) {
	return v.optional(orNull(names, turn));
}

/** A property that always comes; null counts as missing. */
function orNull<const Name extends SimpleName, Meant>(
	names: readonly Name[],
	turn: (value: SimpleTypes[Name]) => Meant,
) {
	return v.pipe(
		simple<Name | 'null'>(...names, 'null'),
		v.transform((value) => (value === null ? undefined : turn(value as SimpleTypes[Name]))),
	);
}

/** A list, the only thing of one, or a map from positions as PHP writes a list with gaps. */
export function listOf<const Item extends v.GenericSchema>(item: Item) {
	return v.pipe(v.unknown(), v.transform(toList), v.array(item));
}

/** The same of what is no object by itself: one thing for a list would be taken for an item. */
function manyOf<const Item extends v.GenericSchema>(item: Item) {
	return v.pipe(
		v.unknown(),
		v.check((value) => typeof value === 'object' && value !== null, 'Expected a list'),
		listOf(item),
	);
}

function toList(value: unknown): unknown {
	if (Array.isArray(value)) {
		return value;
	}
	const keys = typeof value === 'object' && value !== null ? Object.entries(value) : [];
	return keys.length > 0 && keys.every(([key]) => /^\d+$/.test(key))
		? keys.map(([, item]: [string, unknown]) => item)
		: [value];
}

/** One thing, or a list of just it. */
export function oneOf<const Item extends v.GenericSchema>(item: Item) {
	return v.pipe(
		v.unknown(),
		v.transform((value: unknown): unknown => (Array.isArray(value) ? value[0] : value)),
		item,
	);
}

export const tokenWire = v.object({ access_token: v.pipe(v.string(), v.nonEmpty()) });
const iterationWire = v.object({ id: idOrNone, num: number, timeframe: v.string(), start: day, end: day });
/** An admin's reply also holds the initiative's own token, which is a secret: it is not among what is read. */
export const productWire = v.object({
	id,
	name: v.string(),
	description: text,
	permission: text,
	template: flag,
	organization_id: idOrNone,
	iterations: listOf(iterationWire),
});
export const projectWire = v.object({
	id,
	name: v.string(),
	alias: text,
	description: text,
	association: text,
	product_id: id,
	deleted: flag,
});
/** From ids to words; PHP writes a map without entries as a list. */
const wordsById = v.pipe(
	v.unknown(),
	v.transform((value: unknown): unknown => (Array.isArray(value) && value.length === 0 ? {} : value)),
	v.record(v.string(), v.string()),
);
/** A project with who is in it. */
export const wholeProjectWire = v.object({
	...projectWire.entries,
	resource_ids: manyOf(id),
	resource_associations: wordsById,
});
export const resourceWire = v.object({
	id,
	name: text,
	email: text,
	package_expires_on: day,
	user_limit: number,
	user_count: number,
});
/** Whoever works on it, or nobody. */
const worker = orNull(['number', 'string'], (value) => (value ? String(value) : undefined));
const taskOfStoryWire = v.object({ id: idOrNone, resource_id: worker, status: v.string() });
export const storyWire = v.object({
	id,
	product_id: id,
	project_id: id,
	timeframe: v.string(),
	name: v.string(),
	description: text,
	// Saved as a whole: a reply without them would read as none, and the next change would drop them.
	tags: v.pipe(
		simple('string', 'null'),
		v.transform((value) => value?.trim() || undefined),
	),
	status: text,
	blocked: flag,
	priority: number,
	due_on: day,
	/** Every item has this list: whose an item is follows from it. */
	tasks: listOf(taskOfStoryWire),
	files: v.nullish(listOf(fileWire)),
	comments: v.nullish(listOf(v.unknown())),
	permission: text,
	association: text,
});
/** An item with what is said of it where it is not one of two thousand. */
export const wholeStoryWire = v.object({
	...storyWire.entries,
	type: text,
	note: text,
	importance: number,
	points: number,
	value: number,
	created_on: text,
	completed_on: day,
	tasks: listOf(v.object({ ...taskOfStoryWire.entries, id, name: text })),
	comments: v.nullish(listOf(commentWire)),
});
/** The initiative's own token is asked for where it is needed and kept nowhere. */
export const initiativeTokenWire = v.object({ token: text });
export const addedProjectWire = v.object({ project: oneOf(projectWire) });
/** The new API's words differ from the old one's. */
export const initiativeWire = v.object({ id, name: v.string(), description: text });

export type IterationWire = v.InferOutput<typeof iterationWire>;
export type WholeProjectWire = v.InferOutput<typeof wholeProjectWire>;
export type ProductWire = v.InferOutput<typeof productWire>;
export type ProjectWire = v.InferOutput<typeof projectWire>;
export type ResourceWire = v.InferOutput<typeof resourceWire>;
export type WholeStoryWire = v.InferOutput<typeof wholeStoryWire>;
export type StoryWire = v.InferOutput<typeof storyWire>;
