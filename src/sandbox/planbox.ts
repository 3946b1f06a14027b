import { type Context, Hono } from 'hono';
import { calls, login } from './planbox/calls.ts';
import { addProduct, addProject, fill, organizationId } from './planbox/data.ts';
import { Args, Declined, found } from './planbox/form.ts';
import type { Held, Resource, StoryFile } from './planbox/held.ts';
import type { MakeVendor } from './vendor.ts';

/**
 * Planbox: API A under `/api` (a form in, an envelope out, status 200 whatever happens) and the one documented call of
 * API B under `/b` (JSON, real statuses).
 */
export const planboxSandbox: MakeVendor = (world, clock) => {
	const held = fill(world, clock());
	const [owner, looker] = held.resources as [Resource, Resource];
	const app = new Hono();
	addOldApi(app, held, clock);
	addFiles(app, held);
	addNewApi(app, held, clock);
	return {
		app,
		address: (origin) => ({
			url: `${origin}/api`,
			apiBUrl: `${origin}/b`,
			email: owner.email,
			password: owner.password,
			accessToken: owner.token,
		}),
		state: { ...held, readOnly: { email: looker.email, password: looker.password }, readOnlyToken: looker.token },
	};
};

function addOldApi(app: Hono, held: Held, clock: () => number): void {
	const envelope = (c: Context, code: 'ok' | 'error', content: unknown): Response =>
		c.json({ code, content, redirect: '', time: Math.floor(clock() / 1000) });
	app.all('/api/*', async (c) => {
		try {
			return envelope(c, 'ok', withAddresses(await answer(c, held, clock()), new URL(c.req.url).origin));
		} catch (error) {
			if (error instanceof Declined) {
				return envelope(c, 'error', error.message);
			}
			throw error;
		}
	});
}

async function answer(c: Context, held: Held, now: number): Promise<unknown> {
	const name = c.req.path.slice('/api/'.length);
	if (c.req.method !== 'POST' || !hasType(c, 'application/x-www-form-urlencoded')) {
		throw new Declined('Calls are form-encoded POSTs');
	}
	if (new URL(c.req.url).search !== '') {
		throw new Declined('Arguments stand in the form');
	}
	const body = await c.req.text();
	if (name === 'login') {
		// The old way, which still answers: a cookie instead of a token.
		c.header('set-cookie', `planbox=${login(held, new Args(body, 'email! password!')).token}; Path=/api; HttpOnly`);
		return '';
	}
	const call = found(Object.hasOwn(calls, name) ? calls[name] : undefined, 'Call');
	const args = new Args(body, `${call.takes}${call.open ? '' : ' access_token'}`);
	const me = call.open ? (held.resources[0] as Resource) : signedIn(c, held, args.one('access_token'));
	return call.run(args, { held, me, now });
}

function signedIn(c: Context, held: Held, argument: string): Resource {
	const cookie = /(?:^|; )planbox=(\w+)/.exec(c.req.header('cookie') ?? '')?.[1];
	const me = byToken(held, c.req.header('authorization') === undefined ? argument || cookie : basicUser(c));
	if (!me) {
		throw new Declined('You are not logged in');
	}
	return me;
}

function byToken({ resources }: Held, token: string | undefined): Resource | undefined {
	return resources.find((one) => one.token === token);
}

/** Attachments: of a person who is signed in; pictures are handed on to a signed address that takes no credentials. */
function addFiles(app: Hono, held: Held): void {
	app.get('/files/:id', (c) => {
		const id = c.req.param('id');
		const file = held.files.get(Number(id));
		if (!file || !byToken(held, basicUser(c))) {
			return c.text('Unauthorized', 401);
		}
		return file.mediaType.startsWith('image/') ? c.redirect(`/signed/${id}?signature=5a17`) : contentOf(file);
	});
	app.get('/signed/:id', (c) => {
		const file = held.files.get(Number(c.req.param('id')));
		return file && !c.req.header('authorization') && c.req.query('signature') ? contentOf(file) : c.text('Denied', 400);
	});
	app.get('/initiatives/:id', (c) =>
		c.html(`<!doctype html><title>Planbox sandbox</title><p>Initiative ${Number(c.req.param('id'))}`),
	);
}

function addNewApi(app: Hono, held: Held, clock: () => number): void {
	app.post('/b/organizations/:id/initiatives', async (c) => {
		const refuse = (status: 400 | 401 | 403 | 404 | 415 | 422, message: string): Response =>
			c.json({ message }, status);
		const me = byToken(held, /^Token token=(\w+)$/.exec(c.req.header('authorization') ?? '')?.[1]);
		if (!me) {
			return refuse(401, 'Bad credentials');
		}
		if (c.req.param('id') !== String(organizationId)) {
			return refuse(404, 'Organization not found');
		}
		if (me.role === 'member') {
			return refuse(403, 'Only owners and admins of the organization can create initiatives');
		}
		if (!hasType(c, 'application/json')) {
			return refuse(415, 'The body must be JSON');
		}
		const input: unknown = await c.req.json().catch(() => undefined);
		if (!isRecord(input)) {
			return refuse(400, 'The body is not a JSON object');
		}
		const wrong = problemOf(input);
		return wrong ? refuse(422, wrong) : c.json(newInitiative(held, input, me, clock()), 201);
	});
	app.all('/b/*', (c) => c.json({ message: 'Not Found' }, 404));
}

function newInitiative(held: Held, { name, template, projects = [] }: Initiative, me: Resource, now: number): unknown {
	const wanted = { name: name ?? 'New', template: template ? 1 : 0 } as const;
	const product = addProduct(held, wanted, new Map([[me.id, 'admin']]), now);
	for (const project of projects) {
		addProject(held, product, project.name, project.alias, new Map([[me.id, 'worker']]));
	}
	const at = `${new Date(now).toISOString().slice(0, 19)}Z`;
	return {
		id: product.id,
		name: product.name,
		alias: '',
		description: null,
		image_url: 'https://www.planbox.com/img/product/na.png',
		created_at: at,
		updated_at: at,
		_links: {
			organization: { href: `https://www.planbox.com/organizations/${organizationId}` },
			self: { href: `https://www.planbox.com/initiatives/${product.id}` },
		},
	};
}

interface Initiative {
	readonly name?: string;
	readonly template?: boolean;
	readonly projects?: readonly { readonly name: string; readonly alias: string }[];
}

function problemOf(input: Readonly<Record<string, unknown>>): string | undefined {
	const { name, template, projects, ...more } = input;
	const isText = (value: unknown) => typeof value === 'string' && value.trim() !== '';
	if (Object.keys(more).length > 0) {
		return `Unknown attribute ${Object.keys(more).join()}`;
	}
	if (name !== undefined && !isText(name)) {
		return "Name can't be blank";
	}
	if (template !== undefined && typeof template !== 'boolean') {
		return 'Template must be true or false';
	}
	const fine = (one: unknown) =>
		isRecord(one) && Object.keys(one).length === 2 && isText(one['name']) && isText(one['alias']);
	return projects === undefined || (Array.isArray(projects) && projects.every(fine))
		? undefined
		: 'Every project needs a name and an alias';
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasType(c: Context, type: string): boolean {
	return c.req.header('content-type')?.split(';')[0]?.toLowerCase() === type;
}

/** The user name of Basic credentials, which is the token; whatever stands in for the password is ignored. */
function basicUser(c: Context): string | undefined {
	const coded = /^Basic ([\w+/]+={0,2})$/.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
	return coded.length % 4 ? undefined : atob(coded).split(':')[0];
}

function contentOf({ content, mediaType }: { content: Uint8Array; mediaType: string }): Response {
	return new Response(content as BodyInit, {
		headers: { 'content-type': mediaType, 'content-length': String(content.length) },
	});
}

/** Files are kept with a path; whoever asks gets a full address. */
function withAddresses(content: unknown, origin: string): unknown {
	if (Array.isArray(content)) {
		return content.map((one) => withAddresses(one, origin));
	}
	if (!isRecord(content) || !Array.isArray(content['files'])) {
		return content;
	}
	const files = (content['files'] as StoryFile[]).map((file) =>
		file.url?.startsWith('/') ? { ...file, url: origin + file.url } : file,
	);
	return { ...content, files };
}
