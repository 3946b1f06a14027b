import type { Context } from 'hono';
import { problemsOf } from './fields.ts';
import type { Tenant } from './seed.ts';
import { filterOf, shape } from './shapes.ts';
import type { Doc, Kind } from './store.ts';

export type Methods = Partial<Record<string, () => Response | Promise<Response>>>;

export interface Asked {
	readonly c: Context;
	readonly tenant: Tenant;
	readonly user: string;
	/** Milliseconds since the epoch. */
	readonly time: number;
}

const defaultLimit = 20;
const mostAtOnce = 1000;

/** A request that is wrong in itself. */
export class Refusal extends Error {
	readonly body: unknown;

	constructor(body: unknown) {
		super();
		this.body = body;
	}
}

export function refused(body: unknown): Response {
	return Response.json(body, { status: 400 });
}

export function empty(status: number, headers: Record<string, string> = {}): Response {
	return new Response(null, { status, headers });
}

/** One object as it is, without an envelope. */
export function bare(asked: Asked, kind: Kind, doc: Doc): Response {
	filters(asked, kind, []);
	return Response.json(shape(asked.tenant, kind, doc));
}

/** The query without what every call takes; whatever else a call does not know is refused. */
export function filters({ c }: Asked, kind: Kind, known: readonly string[], find: typeof filterOf = () => undefined) {
	const { searchParams: query } = new URL(c.req.url);
	const repeated = [...query.keys()].find((name, at, names) => names.indexOf(name) !== at);
	const given = [...query].filter(
		([name, value]) => !known.includes(name) && !(name === 'sync' && /^(true|false)$/.test(value)),
	);
	if (repeated !== undefined) {
		throw new Refusal({ error: `The '${repeated}' field was given more than once.` });
	}
	return given.map(([name, value]) => {
		const passes = find(kind, name, value);
		if (!passes) {
			throw new Refusal({ error: `The '${name}' field does not allow filtering.` });
		}
		return { name, value, passes };
	});
}

export function page(asked: Asked, kind: Kind, docs: readonly Doc[]): Response {
	const { pathname, searchParams } = new URL(asked.c.req.url);
	const wanted = filters(asked, kind, ['limit', 'offset'], filterOf);
	const found = docs.filter((doc) => wanted.every(({ passes }) => passes(doc)));
	const limit = Math.min(count(searchParams, 'limit', defaultLimit) || mostAtOnce, mostAtOnce);
	const offset = count(searchParams, 'offset', 0);
	const at = (start: number): string => {
		const query = wanted.map(({ name, value }) => [name, value]);
		return `${pathname}?${new URLSearchParams([['limit', `${limit}`], ['offset', `${start}`], ...query]).toString()}`;
	};
	const next = offset + limit < found.length ? at(offset + limit) : null;
	const previous = offset > 0 ? at(Math.max(0, offset - limit)) : null;
	const objects = found.slice(offset, offset + limit).map((doc) => shape(asked.tenant, kind, doc));
	// A list of value lists leaves their entries out; as undefined they are no part of the JSON.
	const shown = kind === 'valuelists' ? objects.map((list) => ({ ...list, entries: undefined })) : objects;
	return Response.json({ meta: { limit, next, offset, previous, total_count: found.length }, objects: shown });
}

function count(parameters: URLSearchParams, name: string, otherwise: number): number {
	const given = parameters.get(name) ?? String(otherwise);
	if (!/^\d+$/.test(given)) {
		throw new Refusal({ error: `Invalid ${name} '${given}' provided. Please provide a positive integer >= 0.` });
	}
	return Number(given);
}

export async function bodyOf(asked: Asked, kind: Kind, doc?: Doc): Promise<Record<string, unknown>> {
	const { c, tenant } = asked;
	const isJson = /^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '');
	const body: unknown = isJson && (await c.req.json().catch(() => undefined));
	if (!body || typeof body !== 'object' || Array.isArray(body)) {
		throw new Refusal({ error: 'The body must be a JSON object, sent as application/json.' });
	}
	const problems = problemsOf(tenant, kind, body as Record<string, unknown>, doc);
	if (problems) {
		throw new Refusal({ [kind]: problems });
	}
	return body as Record<string, unknown>;
}

export function created(kind: Kind, { id }: Doc): Response {
	return empty(201, { location: `/api/v2/${kind}/${id}/` });
}

export function now({ time }: Asked): string {
	return new Date(time).toISOString().slice(0, 19);
}

export function stamp(asked: Asked): Partial<Doc> {
	const user = asked.tenant.find('users', asked.user);
	return { created: now(asked), created_by: [user?.first_name, user?.last_name].join(' ') };
}
