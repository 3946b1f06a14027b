import { type Context, Hono } from 'hono';
import { type Body, checked, found, gathered, insist, queryOf, Refusal, type Shape } from './checks.ts';
import type { Principal } from './credentials.ts';
import type { Board, Holdings, Named, Node, Project } from './holdings.ts';
import { authorities } from './oauth.ts';
import { isForm, isType } from './oauth1.ts';

export interface Asked {
	readonly c: Context;
	/** The `:id` of the path, and the other parts. */
	readonly id: string;
	readonly more: Readonly<Record<string, string>>;
	readonly body: Body;
	readonly principal: Principal;
}

export type Api = ReturnType<typeof makeApi>;

/** What all calls have in common: who asks, in which form, and what they may see. */
export function makeApi(holdings: Holdings, clock: () => number) {
	const { people, projects, boards, nodes } = holdings;
	const app = new Hono();
	const { principalOf, grants, signers } = authorities(app, clock, found(people, 504, 'USER'));

	app.onError((error, c) => {
		if (error instanceof Refusal) {
			return c.json(error.body, error.status);
		}
		const undecodable = error instanceof URIError || error instanceof DOMException;
		return c.json({ error_code: undecodable ? 'INVALID_ENCODING' : 'SERVER_ERROR' }, undecodable ? 400 : 500);
	});
	app.notFound((c) => c.json({ error_code: 'NOT_FOUND' }, 404));

	/** One call of the API. What it returns is the JSON of the answer; a `Response` is the answer itself. */
	const call = (line: string, answer: (asked: Asked) => unknown, shape?: Shape, query: Shape = {}): void => {
		const [method = '', path = ''] = line.split(' ');
		app.on(method, path, async (c) => {
			const principal = await principalOf(c);
			const writes = method !== 'GET' && shape !== list;
			insist(!(writes && principal.reads) && (principal.robot || !ofAccount.test(line)), 'ACCESS_DENIED', 403);
			checked(gathered(queryOf(c)), query);
			const body: Body = shape ? checked(await bodyOf(c, line), shape) : {};
			const { id, ...more } = c.req.param() as { id: string } & Record<string, string>;
			const given = await answer({ c, id, more, body, principal });
			return given instanceof Response ? given : c.json(given as object);
		});
	};
	const now = (): string => new Date(clock()).toISOString();
	const stamp = (): string => `${now().slice(0, 19).replace('T', ' ')}Z`;

	const sees = ({ robot, id }: Principal, { members }: Project): boolean => robot || members.includes(id);
	const projectOf = ({ principal }: Asked, id: unknown): Project => {
		const project = found(projects, id, 'PROJECT');
		insist(sees(principal, project), 'NOT_FOUND_PROJECT', 404);
		return project;
	};
	/** A board or a document, where the workspace it is in may be seen. */
	const seen = <T extends Board | Node>(asked: Asked, list: readonly T[], id: unknown, what: string): T => {
		const one = found(list, id, what);
		projectOf(asked, one.project_id);
		return one;
	};
	const boardOf = (asked: Asked): Board => seen(asked, boards, asked.id, 'BOARD');
	const nodeOf = (asked: Asked): Node => seen(asked, nodes, asked.id, 'DOCUMENT');
	const accessTo = (asked: Asked, project_id: number): string =>
		asked.principal.reads || projectOf(asked, project_id).archived ? 'read' : 'write';

	return { app, grants, signers, holdings, call, now, stamp, sees, projectOf, seen, boardOf, nodeOf, accessTo };
}

/** The calls for robots and the account's administrators. */
const ofAccount = /\/account\/|\/exports|\/odata|DELETE \/1\/projects/;
export const createProject = 'POST /1/account/projects';
/** Takes a form and nothing else. */
export const addComment = 'POST /3/conversations/comment';
export const list: Shape = { sort_by: '?text', filter: '?object', limit: '?count', row_number: '?row' };

async function bodyOf(c: Context, line: string): Promise<unknown> {
	if (isForm(c) && (line === createProject || line === addComment)) {
		return gathered(await c.req.text());
	}
	insist(line !== addComment, 'UNSUPPORTED_MEDIA_TYPE', 415);
	insist(isType(c, 'application/json'), 'UNSUPPORTED_MEDIA_TYPE', 415);
	return c.req.json().catch(() => insist(false, 'INVALID_JSON'));
}

/** A page in the one order that is known, that of `order` without its sign. */
export function pageOf<T extends object>(
	items: readonly T[],
	{ limit = 100, row_number, sort_by }: Body,
	order: string,
): T[] {
	insist(sort_by === undefined || sort_by === order, 'INVALID_SORT_BY');
	const start = Number(row_number ?? 0);
	const value = (item: T) => (item as Record<string, number | string>)[order.slice(1)] ?? 0;
	return items.toSorted((a, b) => (value(a) < value(b) ? -1 : 1)).slice(start, start + Number(limit));
}

export function named({ id, name }: Named): Named {
	return { id, name };
}

export function drop<T>(items: T[], is: (item: T) => boolean): void {
	items.splice(0, items.length, ...items.filter((item) => !is(item)));
}

export function file(
	c: Context,
	content: Uint8Array | { readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>; readonly length: number },
	name: string,
	type: string,
): Response {
	return c.body('stream' in content ? content.stream : new Uint8Array(content), 200, {
		'content-type': type,
		'content-length': String(content.length),
		'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
	});
}
