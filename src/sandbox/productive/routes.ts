import type { Hono } from 'hono';
import { pathOf } from './bucket.ts';
import { type Input, inputOf, isObject } from './input.ts';
import { asText, find, type Kind, type Row } from './kinds.ts';
import { demandOneQuery, listDocument, oneDocument } from './query.ts';
import { refusal, reply } from './replies.ts';
import type { Store } from './store.ts';

export const base = '/api/v2';

type Answer = (request: Request, place: number, id: string) => Response | Promise<Response>;
type Make = (input: Input, place: number) => Row;
type Change = (row: Row, input: Input, place: number, request: Request) => void;

/** The vendor's addresses: what is the same for all of its resources. */
export class Routes {
	readonly #app: Hono;
	readonly #store: Store;
	readonly #admit: (request: Request) => number;

	/** `admit` refuses a request or says which organization it is for. */
	constructor(app: Hono, store: Store, admit: (request: Request) => number) {
		this.#app = app;
		this.#store = store;
		this.#admit = admit;
	}

	on(method: string, path: string, answer: Answer): void {
		this.#app.on(method, base + path, async ({ req }) => answer(req.raw, this.#admit(req.raw), req.param('id') ?? ''));
	}

	reading(kind: Kind): void {
		this.on('GET', `/${kind.type}`, (request, place) => {
			const url = new URL(request.url);
			const templates = url.searchParams.get('filter[with_templates]') === 'true';
			const rows = this.#mine(kind, place, templates).map((row) => addressed(row, url));
			return reply(listDocument(kind, rows, this.#store.tables, url));
		});
		this.on('GET', `/${kind.type}/:id`, (request, place, id) => {
			demandOneQuery(kind, new URL(request.url));
			return this.#show(kind, this.#one(kind, place, id), request);
		});
	}

	/** `more` says what the answer to the creation alone holds. */
	creating(path: string, kind: Kind, names: string, make: Make, more?: (row: Row) => object): void {
		this.on('POST', path, async (request, place) => {
			demandOneQuery(kind, new URL(request.url));
			const row = make(await inputOf(request, kind, names), place);
			return this.#show(kind, row, request, 201, more?.(row));
		});
	}

	/** An operation on one resource that answers with the whole of it; without `names` it takes no body. */
	changing(kind: Kind, operation: string, names: string | undefined, change: Change): void {
		this.on('PATCH', `/${kind.type}/:id${operation}`, async (request, place, id) => {
			const row = this.#one(kind, place, id);
			demandOneQuery(kind, new URL(request.url));
			change(row, names === undefined ? {} : await inputOf(request, kind, names, id), place, request);
			return this.#show(kind, row, request);
		});
	}

	/** The same, where the vendor answers with nothing. */
	quietly(kind: Kind, operation: string, names: string, change: Change): void {
		this.on('PATCH', `/${kind.type}/:id${operation}`, async (request, place, id) => {
			const row = this.#one(kind, place, id);
			demandOneQuery(kind, new URL(request.url));
			change(row, await inputOf(request, kind, names, id), place, request);
			return new Response(null, { status: 204 });
		});
	}

	/** An operation, where the vendor wants a bare body: no document around it. */
	plainly(kind: Kind, operation: string, change: (row: Row, input: Input) => void): void {
		this.on('PATCH', `/${kind.type}/:id${operation}`, async (request, place, id) => {
			const row = this.#one(kind, place, id);
			demandOneQuery(kind, new URL(request.url));
			const body: unknown = await request.json().catch(() => undefined);
			if (!isObject(body) || 'data' in body) {
				throw refusal(400);
			}
			change(row, body);
			return this.#show(kind, row, request);
		});
	}

	deleting(kind: Kind, remove: (row: Row) => void): void {
		this.on('DELETE', `/${kind.type}/:id`, (request, place, id) => {
			const row = this.#one(kind, place, id);
			demandOneQuery(kind, new URL(request.url));
			remove(row);
			return new Response(null, { status: 204 });
		});
	}

	/** Templates of projects are left out of lists unless they are asked for. */
	#mine({ table }: Kind, place: number, templates: boolean): Row[] {
		return (this.#store.tables[table] ?? []).filter(
			({ id, organization_id, template }) =>
				(templates || !template) && (table === 'organization_memberships' || (organization_id ?? id) === place),
		);
	}

	#one({ table }: Kind, place: number, id: string): Row {
		const row = find(this.#store.tables, table, id);
		if (!row || (row.organization_id ?? row.id) !== place) {
			throw refusal(404);
		}
		return row;
	}

	#show(kind: Kind, row: Row, { url }: Request, status = 200, more?: object): Response {
		const at = new URL(url);
		const document = oneDocument(kind, addressed(row, at), this.#store.tables, at);
		Object.assign(document.data['attributes'] as object, more);
		return reply(document, status);
	}
}

/** Where a file is, is said with the host that was asked. */
function addressed(row: Row, { origin }: URL): Row {
	return row['key'] ? { ...row, url: `${origin}/files/${pathOf(asText(row['key']))}?1792000000` } : row;
}
