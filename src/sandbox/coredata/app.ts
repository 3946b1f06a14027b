import { Hono } from 'hono';
import type { MakeVendor } from '../vendor.ts';
import {
	type Asked,
	bare,
	bodyOf,
	created,
	empty,
	filters,
	type Methods,
	now,
	page,
	Refusal,
	refused,
	stamp,
} from './answers.ts';
import { fields } from './fields.ts';
import { content, signedContent, upload } from './files.ts';
import { seed } from './seed.ts';
import { shape } from './shapes.ts';
import { type Doc, type Kind, kinds } from './store.ts';

/** CoreData by Azazo, from `vendors/coredata.md`; what the reference marks as a guess is guessed the same way here. */
export const coredataSandbox: MakeVendor = (world, clock) => {
	const { tenant, people } = seed(world);
	const [writer, reader] = people;
	const app = new Hono();
	app.all('/api/*', async (c) => {
		const { pathname, search } = new URL(c.req.url);
		const reads = c.req.method === 'GET';
		if (!pathname.endsWith('/')) {
			return reads ? c.redirect(`${pathname}/${search}`, 301) : empty(404);
		}
		const [, , version, ...path] = pathname.slice(0, -1).split('/').map(decodeURIComponent);
		const [scheme, credentials] = (c.req.header('authorization') ?? '').split(/ (.*)/s);
		const person = people.find(({ user, key }) => credentials === (version === 'v3' ? key : `${user}:${key}`));
		if (!person || scheme?.toLowerCase() !== 'apikey') {
			return empty(401);
		}
		const asked: Asked = { c, tenant, user: person.user, time: clock() };
		const methods =
			version === 'v2'
				? version2(asked, path)
				: version === 'v3' && path.join('/') === 'files' && { POST: () => upload(asked) };
		if (!methods) {
			return empty(404);
		}
		const answer = Object.hasOwn(methods, c.req.method) && methods[c.req.method];
		if (!answer) {
			return empty(405, { allow: Object.keys(methods).join(', ') });
		}
		if (!reads) {
			filters(asked, 'files', []);
		}
		return !reads && person === reader ? empty(401) : answer();
	});
	app.get('/laika/:blob', (c) => signedContent(c, tenant, clock()));
	app.onError((error) => {
		if (error instanceof Refusal) {
			return refused(error.body);
		}
		const isNoPath = error instanceof URIError;
		return isNoPath ? empty(404) : Response.json({ error_message: error.message }, { status: 500 });
	});
	return {
		app,
		address: (url) => ({ url, ...writer }),
		state: Object.defineProperties(
			{ readOnly: reader },
			Object.fromEntries(
				kinds.map((kind) => [kind, { get: () => tenant.all(kind).map((doc) => shape(tenant, kind, doc)) }]),
			),
		),
	};
};

/** The lists beneath one document or user, and the property by which what is in them names it. */
const beneath: Readonly<Record<string, string>> = {
	'spaces/projects': 'space',
	'spaces/files': 'space',
	'spaces/projects/templates': 'space',
	'spaces/files/templates': 'none',
	'projects/tasks': 'project',
	'projects/files': 'project',
	'projects/folders': 'project',
	'projects/tasks/templates': 'none',
	'contacts/projects': 'contacts',
	'contacts/tasks': 'contacts',
	'contacts/files': 'contacts',
	'users/projects': 'responsible_users',
	'users/tasks': 'responsible_users',
	'users/files': 'responsible_users',
};

/** The methods of a v2 path; undefined where the path is none. */
function version2(asked: Asked, [kind = '', ...rest]: readonly string[]): Methods | undefined {
	if (kind === 'user') {
		return ofUser(asked, rest);
	}
	if (!isKind(kind) || kind === 'templates') {
		return undefined;
	}
	const { tenant } = asked;
	const [id, ...sub] = rest;
	if (id === undefined) {
		const takesNew = fields[kind] && kind !== 'files';
		return { GET: () => page(asked, kind, tenant.all(kind)), ...(takesNew && { POST: () => create(asked, kind) }) };
	}
	const doc = tenant.find(kind, id);
	return (
		doc &&
		(sub.length > 0 ? beneathOne(asked, kind, doc, sub) : kind === 'users' ? undefined : detail(asked, kind, doc))
	);
}

function isKind(word: string): word is Kind {
	return (kinds as readonly string[]).includes(word);
}

function detail(asked: Asked, kind: Kind, doc: Doc): Methods {
	const { tenant } = asked;
	const writes: Methods = {
		PUT: async () => {
			const body = await bodyOf(asked, kind, doc);
			tenant.change(doc, { ...body, modified: now(asked) });
			return empty(204);
		},
		DELETE: () => {
			tenant.remove(doc.id);
			return empty(204);
		},
	};
	return { GET: () => bare(asked, kind, doc), ...(/^(project|task|file)s$/.test(kind) && writes) };
}

function beneathOne(asked: Asked, kind: Kind, doc: Doc, sub: readonly string[]): Methods | undefined {
	const path = [kind, ...sub].join('/');
	if (path === 'files/content') {
		return content(asked, doc);
	}
	const name = Object.hasOwn(beneath, path) && beneath[path];
	const shown = sub.at(-1) as Kind;
	return name ? { GET: () => page(asked, shown, asked.tenant.all(shown, name, doc.id)) } : undefined;
}

function ofUser(asked: Asked, [name = asked.user, ...sub]: readonly string[]): Methods | undefined {
	const { tenant } = asked;
	const all = tenant.all('projects');
	const own = { 'projects/recent': all.slice(-10).reverse(), 'projects/favourites': all.slice(1, 4) };
	const projects = Object.entries(own).find(([path]) => path === [name, ...sub].join('/'));
	if (projects) {
		return { GET: () => page(asked, 'projects', projects[1]) };
	}
	const found = tenant.find('users', name);
	if (!found || sub.length > 0) {
		return found && beneathOne(asked, 'users', found, sub);
	}
	// The caller is a list of one, everybody else a bare object.
	return {
		GET: () => (asked.c.req.path.endsWith('/user/') ? page(asked, 'users', [found]) : bare(asked, 'users', found)),
	};
}

async function create(asked: Asked, kind: Kind): Promise<Response> {
	const { tenant, user } = asked;
	const body = await bodyOf(asked, kind);
	const given = { ...stamp(asked), ...body, title: body.title as string };
	const makers: Partial<Record<Kind, () => Doc>> = {
		projects: () => tenant.addProject(tenant.find('spaces', body.space), given),
		tasks: () => tenant.addTask(tenant.find('projects', body.project), given),
		comments: () => tenant.addComment(user, { ...given, time: `${now(asked)}.000000` }),
		folders: () => {
			const above = tenant.find('folders', body.parent);
			if (!above === !body.project) {
				throw new Refusal({ folders: { parent: ['Give a parent or a project.'] } });
			}
			const owner = tenant.find('projects', above?.project ?? body.project) ?? tenant.find('spaces', above?.space);
			if (!owner) {
				throw new Refusal({ folders: { parent: ['Nothing is made in a system folder.'] } });
			}
			return tenant.addEntry('folders', owner, above?.id ?? owner.node, given);
		},
	};
	return created(kind, makers[kind]?.() ?? tenant.add(kind, given));
}
