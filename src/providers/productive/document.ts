import * as v from 'valibot';

/**
 * JSON:API documents, as far as this vendor's go: resources, and the resources included beside them. A relation that was
 * not asked for has no `data`; an included one that is empty has `null`.
 */
interface Identifier {
	readonly type: string;
	readonly id: string;
}

interface Relationship {
	readonly data?: Identifier | readonly Identifier[] | null;
}

/** Checked by one function: a task has fourteen relations, and nested schemas for each take longer than all else. */
const relationship = v.custom<Relationship>(isRelationship, 'Expected a relationship');

function isRelationship(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) {
		return false;
	}
	const { data } = value as { data?: unknown };
	return data === undefined || data === null || (Array.isArray(data) ? data.every(isIdentifier) : isIdentifier(data));
}

function isIdentifier(value: unknown): value is Identifier {
	const { type, id } = (value ?? {}) as Partial<Identifier>;
	return typeof type === 'string' && typeof id === 'string';
}

/** A resource with these attributes. */
export function resource<const Attributes extends v.GenericSchema>(attributes: Attributes) {
	return v.object({
		id: v.string(),
		type: v.string(),
		attributes,
		relationships: v.optional(v.record(v.string(), relationship), {}),
	});
}

const included = v.optional(v.array(resource(v.record(v.string(), v.unknown()))), []);

export function singleOf<const Resource extends v.GenericSchema>(data: Resource) {
	return v.object({ data, included });
}

export function listOf<const Resource extends v.GenericSchema>(data: Resource) {
	return v.object({
		data: v.array(data),
		included,
		links: v.optional(v.object({ next: v.nullish(v.string()) }), {}),
		meta: v.optional(v.object({ total_count: v.optional(v.number()) }), {}),
	});
}

/** What has relations. */
export interface Linked {
	readonly relationships: v.InferOutput<ReturnType<typeof resource>>['relationships'];
}

/** The id behind a relation to one; undefined where there is none or it was not included. */
export function linkedId({ relationships }: Linked, relation: string): string | undefined {
	return link(relationships[relation])?.id;
}

function link(relation: Relationship | undefined): Identifier | undefined {
	const data = relation?.data;
	return isIdentifier(data) ? data : undefined;
}

export type Included = v.InferOutput<typeof included>;

/** Finds the included resource behind a relation; undefined where it is missing or not of that shape. */
export type Related = <const Shape extends v.GenericSchema>(
	from: Linked | undefined,
	relation: string,
	shape: Shape,
) => v.InferOutput<Shape> | undefined;

export function relatedIn(resources: Included): Related {
	const known = new Map(resources.map((one) => [`${one.type} ${one.id}`, one]));
	return (from, relation, shape) => {
		const to = link(from?.relationships[relation]);
		const checked = v.safeParse(shape, to && known.get(`${to.type} ${to.id}`));
		return checked.success ? checked.output : undefined;
	};
}
