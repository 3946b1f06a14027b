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
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
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

/** Finds the included resource behind a relation; undefined where it is missing. Throws where it is not of that shape. */
export type Related = <const Shape extends v.GenericSchema>(
	from: Linked | undefined,
	relation: string,
	shape: Shape,
) => v.InferOutput<Shape> | undefined;

/** What is thrown for what is wrong at a place of the document. */
type Unfit = (place: string, why: string) => Error;

export function relatedIn(resources: Included, unfit: Unfit = (place, why) => new Error(`${place}: ${why}`)): Related {
	const known = new Map(resources.map((one, at) => [`${one.type} ${one.id}`, { one, at }]));
	return (from, relation, shape) => {
		const to = link(from?.relationships[relation]);
		const found = to && known.get(`${to.type} ${to.id}`);
		if (!found) {
			return undefined;
		}
		const checked = v.safeParse(shape, found.one);
		if (!checked.success) {
			const [issue] = checked.issues;
			throw unfit(['included', found.at, v.getDotPath(issue) ?? ''].join('.'), issue.message);
		}
		return checked.output;
	};
}

/** Relations that were asked for, and those of them that always lead to something. */
interface Demand {
	readonly asked: readonly string[];
	readonly needed: readonly string[];
}

/**
 * Throws where a relation that was asked for has no `data`, or where nothing at all was included of what relations name: read as none,
 * it would take what hangs on it away. All relations that are asked for lead to one thing or to none; those of included resources
 * are not looked at.
 */
export function demandRelations(
	document: { readonly data: unknown; readonly included: Included },
	{ asked, needed }: Demand,
	unfit: Unfit,
): void {
	const { data, included } = document;
	const primary = Array.isArray(data)
		? data.map((one: Linked, at) => ({ one, place: `data.${at}` }))
		: [{ one: data as Linked, place: 'data' }];
	let named = false;
	for (const { one, place } of primary) {
		for (const relation of asked) {
			const to = one.relationships[relation]?.data;
			if (to === null ? needed.includes(relation) : !isIdentifier(to)) {
				throw unfit(`${place}.relationships.${relation}`, 'Expected what was asked for');
			}
			named ||= to !== null;
		}
	}
	if (named && included.length === 0) {
		throw unfit('included', 'Expected what was asked for');
	}
}

/** The first steps of an `include`. */
export function askedRelations(include: unknown): readonly string[] {
	return typeof include === 'string' ? include.split(',').filter((path) => !path.includes('.')) : [];
}
