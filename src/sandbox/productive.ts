import { Hono } from 'hono';
import { makeBucket, pathOf } from './productive/bucket.ts';
import { asText, find, type Kind, kinds, type Row } from './productive/kinds.ts';
import {
	changeWorkflow,
	copyProject,
	createProject,
	type Input,
	mapToWorkflow,
	own,
	whole,
} from './productive/projects.ts';
import { listDocument, oneDocument } from './productive/query.ts';
import {
	blank,
	demandNone,
	isBlank,
	mediaType,
	Refusal,
	refusal,
	reply,
	unsupported,
	wrong,
} from './productive/replies.ts';
import { makeStore, organization, time } from './productive/store.ts';
import type { MakeVendor } from './vendor.ts';

const token = 'practice-productive-token';
/** Sees the same and changes nothing. */
const readOnlyToken = 'practice-productive-read-only';

const base = '/api/v2';

/** What may be written; everything else is refused. */
const copied =
	'project_members boards task_lists tasks task_comments task_subscribers assignees tags estimate views budgets as_template';
const writable = {
	project:
		'name project_type_id company_id project_manager_id workflow_id project_color_id custom_fields preferences tag_colors',
	// The workflow is taken and nothing comes of it: only change_workflow changes it.
	projectChange: 'name description project_color_id workflow_id',
	projectCopy: `name template_id company_id project_type_id description public_access ${copied.replaceAll(/\w+/g, 'copy_$&')}`,
	workflowChange: 'map workflow_id',
	folder: 'name project_id position hidden',
	named: 'name position',
	page: 'title body attachment_ids',
	attachment: 'name content_type size attachable_type page_id',
	uploaded: 'temp_url',
} as const;

type Answer = (request: Request, place: number, id: string) => Response | Promise<Response>;
type Change = (row: Row, input: Input, place: number, request: Request) => void;

export const productiveSandbox: MakeVendor = (world, clock) => {
	const store = makeStore(world);
	const { tables, add } = store;
	const bucket = makeBucket(store);
	const admit = doorkeeper(clock);
	const app = new Hono();

	const on = (method: string, path: string, answer: Answer) =>
		app.on(method, base + path, async ({ req }) => answer(req.raw, admit(req.raw), req.param('id') ?? ''));

	const mine = ({ table }: Kind, place: number): Row[] =>
		(tables[table] ?? []).filter(
			({ id, organization_id, template }) =>
				!template && (table === 'organization_memberships' || (organization_id ?? id) === place),
		);

	function one({ table }: Kind, place: number, id: string): Row {
		const row = find(tables, table, id);
		if ((row?.organization_id ?? row?.id) !== place) {
			throw refusal(404);
		}
		return row as Row;
	}

	/** Where a file is, is said with the host that was asked. */
	const addressed = (row: Row, origin: string): Row =>
		row['key'] ? { ...row, url: `${origin}/files/${pathOf(asText(row['key']))}?1792000000` } : row;

	const show = (kind: Kind, row: Row, { url }: Request, status = 200, more?: object) => {
		const document = oneDocument(kind, addressed(row, new URL(url).origin), tables, new URL(url));
		Object.assign(document.data['attributes'] as object, more);
		return reply(document, status);
	};

	const creating = (
		path: string,
		kind: Kind,
		names: string,
		make: (input: Input, place: number) => Row,
		more?: (row: Row) => object,
	) =>
		on('POST', path, async (request, place) => {
			const row = make(await inputOf(request, kind, names), place);
			return show(kind, row, request, 201, more?.(row));
		});

	/** An operation on one resource that answers with the whole of it; without `names` it takes no body. */
	const changing = (kind: Kind, operation: string, names: string | undefined, change: Change) =>
		on('PATCH', `/${kind.type}/:id${operation}`, async (request, place, id) => {
			const row = one(kind, place, id);
			change(row, names === undefined ? {} : await inputOf(request, kind, names), place, request);
			return show(kind, row, request);
		});

	const {
		projects,
		folders,
		boards,
		task_lists: lists,
		pages,
		attachments,
	} = kinds as Record<string, Kind> &
		Record<'projects' | 'folders' | 'boards' | 'task_lists' | 'pages' | 'attachments', Kind>;

	for (const [name, kind] of Object.entries(kinds)) {
		on('GET', `/${name}`, (request, place) => {
			const url = new URL(request.url);
			const rows = mine(kind, place);
			const shown = kind === attachments ? rows.map((row) => addressed(row, url.origin)) : rows;
			return reply(listDocument(kind, shown, tables, url));
		});
		on('GET', `/${name}/:id`, (request, place, id) => show(kind, one(kind, place, id), request));
	}

	creating('/projects', projects, writable.project, (input, place) => createProject(store, input, place, clock()));
	creating('/projects/copy', projects, writable.projectCopy, (input, place) =>
		copyProject(store, input, place, clock()),
	);
	changing(projects, '', writable.projectChange, (row, { workflow_id: _ignored, ...input }) =>
		renaming('name')(row, input),
	);
	changing(projects, '/change_workflow', writable.workflowChange, (row, input) => changeWorkflow(store, row, input));
	changing(projects, '/map_to_workflow', writable.workflowChange, (row, input) => mapToWorkflow(store, row, input));
	on('DELETE', '/projects/:id', (_request, place, id) => {
		const gone = one(projects, place, id);
		for (const rows of Object.values(tables)) {
			// In place and from the end: `state` shows the same lists.
			rows.reduceRight<unknown>(
				(_, row, at) => (row === gone || row['project_id'] === gone.id) && rows.splice(at, 1),
				0,
			);
		}
		return new Response(null, { status: 204 });
	});
	changing(projects, '/archive', undefined, (row) => (row['archived_at'] ??= whole(clock())));
	changing(projects, '/restore', undefined, (row) => (row['archived_at'] = null));
	for (const kind of [folders, boards]) {
		creating(`/${kind.type}`, kind, writable.folder, ({ name, project_id, ...input }, place) => {
			demandNone(['name', blank, isBlank(name)], ['project', wrong, !own(store, 'projects', project_id, place)]);
			const placement = 10_000 + Math.max(0, ...(tables['folders'] ?? []).map((row) => Number(row['placement'])));
			return add('folders', { ...input, name, project_id: Number(project_id), organization_id: place, placement });
		});
	}
	changing(lists, '', writable.named, renaming('name'));
	changing(pages, '', writable.page, (row, { attachment_ids: ids, ...input }, place) => {
		renaming('title')(row, input);
		row['version_number'] = Number(row['version_number']) + 1;
		if (Array.isArray(ids)) {
			const kept = ids.map((id) => own(store, 'attachments', id, place));
			demandNone(['attachment_ids', wrong, kept.some((one) => !one?.['key'])]);
			for (const one of tables['attachments'] ?? []) {
				one['page_id'] = kept.includes(one) ? row.id : one['page_id'] === row.id ? null : one['page_id'];
			}
		}
	});
	creating(
		'/attachments',
		attachments,
		writable.attachment,
		({ page_id, ...input }, organization_id) => {
			demandNone(
				...writable.attachment
					.split(' ')
					.slice(0, 4)
					.map((name) => [name, blank, isBlank(input[name])] as const),
				['page', wrong, page_id && !own(store, 'pages', page_id, organization_id)],
			);
			return add('attachments', {
				...input,
				page_id: page_id && Number(page_id),
				organization_id,
				created_at: time(clock()),
			});
		},
		(row) => ({ aws_policy: bucket.policyFor(row, clock()) }),
	);
	changing(attachments, '', writable.uploaded, (row, { temp_url }, _place, { url }) =>
		bucket.adopt(row, temp_url, new URL(url).origin),
	);

	app.post('/bucket', ({ req }) => bucket.store(req.raw));
	app.get('/bucket/*', ({ req }) => bucket.give(req.raw));
	app.get('/files/*', ({ req }) => {
		const { origin, pathname, searchParams } = new URL(req.url);
		if (![token, readOnlyToken].includes(searchParams.get('token') ?? '')) {
			throw refusal(401);
		}
		const row = tables['attachments']?.find(({ key }) => key === decodeURIComponent(pathname.replace('/files/', '')));
		if (!row) {
			throw refusal(404);
		}
		return new Response(null, { status: 302, headers: { location: bucket.signedAddress(row, origin) } });
	});

	app.notFound(({ req }) => {
		admit(req.raw);
		throw refusal(404);
	});
	app.onError((error) => (error instanceof Refusal ? error : refusal(500, error.message)).reply);

	const organizationId = String(organization);
	return {
		app,
		address: (origin) => ({ url: origin + base, token, organizationId }),
		state: { ...tables, readOnly: { token: readOnlyToken, organizationId } },
	};
};

/** Limits by what they count: requests within seconds. */
const windows = { token: { limit: 100, period: 10 }, organization: { limit: 4000, period: 1800 } };

/** Lets a request in or refuses it, and says which organization it is for. */
function doorkeeper(clock: () => number): (request: Request) => number {
	const used = new Map<string, { since: number; count: number }>();
	function take({ limit, period }: { limit: number; period: number }, who: string): void {
		const known = used.get(who);
		const window = known && clock() < known.since + period * 1000 ? known : { since: clock(), count: 0 };
		window.count += 1;
		used.set(who, window);
		if (window.count > limit) {
			const error = { status: 429, title: 'Too many requests', detail: 'Slow down', limit, period };
			throw new Refusal(429, [error], {
				'x-ratelimit-reset': String(Math.ceil(window.since / 1000 + period - clock() / 1000)),
			});
		}
	}
	return ({ method, headers }) => {
		const who = headers.get('x-auth-token') ?? '';
		const place = headers.get('x-organization-id');
		if (![token, readOnlyToken].includes(who) || place === null) {
			throw refusal(401);
		}
		take(windows.token, who);
		if (![organization, organization + 1].map(String).includes(place) || (who === readOnlyToken && method !== 'GET')) {
			throw refusal(403);
		}
		take(windows.organization, place);
		if (headers.get('content-type') !== mediaType) {
			throw refusal(415);
		}
		return Number(place);
	};
}

interface Written {
	readonly data?: {
		readonly id?: string;
		readonly type?: string;
		readonly attributes?: object;
		readonly relationships?: Readonly<
			Record<string, { readonly data?: { readonly type?: string; readonly id?: string } | null }>
		>;
	};
}

/** What a body writes, with relations as `<name>_id`. */
async function inputOf(request: Request, kind: Kind, names: string): Promise<Input> {
	const body = (await request.json().catch(() => undefined)) as Written | undefined;
	if (!body?.data) {
		throw refusal(400);
	}
	const { type, attributes = {}, relationships = {} } = body.data;
	if (type !== kind.type) {
		throw refusal(409);
	}
	const related = Object.entries(relationships).map(([name, { data }]) => [`${name}_id`, data?.id ?? null]);
	const input: Input = { ...attributes, ...Object.fromEntries(related) };
	const stray = Object.keys(input).find((name) => !names.split(' ').includes(name));
	if (stray !== undefined) {
		throw unsupported('Attribute', stray);
	}
	return input;
}

/** Takes over what was written, where the name is not made blank. */
const renaming = (name: string) => (row: Row, input: Input) => {
	demandNone([name, blank, name in input && isBlank(input[name])]);
	Object.assign(row, input);
};
