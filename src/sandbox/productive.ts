import { Hono } from 'hono';
import { Bucket, signedAddress } from './productive/bucket.ts';
import { addComments } from './productive/comments.ts';
import { doorkeeper, isToken, readOnlyToken, token } from './productive/doorkeeper.ts';
import { addFolders } from './productive/folders.ts';
import { rename } from './productive/input.ts';
import { type Kind, kinds, type Row, type Tables } from './productive/kinds.ts';
import { addPages } from './productive/pages.ts';
import { changeWorkflow, copyProject, createProject, mapToWorkflow, own, whole } from './productive/projects.ts';
import { blank, demandNone, isBlank, Refusal, refusal, wrong } from './productive/replies.ts';
import { base, Routes } from './productive/routes.ts';
import { makeStore, organization, type Store, time } from './productive/store.ts';
import { addTasks } from './productive/tasks.ts';
import type { MakeVendor } from './vendor.ts';

/** What may be written; everything else is refused. */
const copied =
	'project_members boards task_lists tasks task_comments task_subscribers assignees tags estimate views budgets as_template';
const writable = {
	project: 'name project_type_id company_id project_manager_id workflow_id',
	// The workflow is taken and nothing comes of it: only change_workflow changes it.
	projectChange: 'name description project_color_id workflow_id',
	projectCopy: `name template_id company_id project_type_id description public_access ${copied.replaceAll(/\w+/g, 'copy_$&')}`,
	workflowChange: 'map workflow_id',
	attachment: 'name content_type size attachable_type page_id',
	uploaded: 'temp_url',
} as const;

const { projects, attachments } = kinds as Record<'projects' | 'attachments', Kind>;

export const productiveSandbox: MakeVendor = (world, clock) => {
	const store = makeStore(world);
	const bucket = new Bucket(store.tables);
	const admit = doorkeeper(clock);
	const app = new Hono();
	const routes = new Routes(app, store, admit);
	Object.values(kinds).forEach((kind) => routes.reading(kind));
	addProjects(routes, store, clock);
	addFolders(routes, store, clock);
	addTasks(routes, store, clock);
	addComments(routes, store, clock);
	const generation = addPages(routes, store, clock);
	addAttachments(routes, store, bucket, clock);
	addContents(app, store, bucket);
	app.notFound(({ req }) => {
		admit(req.raw);
		throw refusal(404);
	});
	app.onError((error) => (error instanceof Refusal ? error : refusal(500, error.message)).reply);
	const organizationId = String(organization);
	return {
		app,
		address: (origin) => ({ url: origin + base, token, organizationId }),
		state: { ...store.tables, generation, readOnly: { token: readOnlyToken, organizationId } },
	};
};

function addProjects(routes: Routes, store: Store, clock: () => number): void {
	routes.creating('/projects', projects, writable.project, (input, place) =>
		createProject(store, input, place, clock()),
	);
	routes.creating('/projects/copy', projects, writable.projectCopy, (input, place) =>
		copyProject(store, input, place, clock()),
	);
	routes.changing(projects, '', writable.projectChange, (row, { workflow_id: _ignored, ...input }) =>
		rename(row, input, 'name'),
	);
	routes.changing(projects, '/change_workflow', writable.workflowChange, (row, input) =>
		changeWorkflow(store, row, input),
	);
	routes.changing(projects, '/map_to_workflow', writable.workflowChange, (row, input) =>
		mapToWorkflow(store, row, input),
	);
	routes.changing(projects, '/archive', undefined, (row) => (row['archived_at'] ??= whole(clock())));
	routes.changing(projects, '/restore', undefined, (row) => (row['archived_at'] = null));
	routes.deleting(projects, (row) => removeProject(store.tables, row));
}

function removeProject(tables: Tables, gone: Row): void {
	for (const rows of Object.values(tables)) {
		// In place and from the end: `state` shows the same lists.
		rows.reduceRight<unknown>((_, row, at) => (row === gone || row['project_id'] === gone.id) && rows.splice(at, 1), 0);
	}
}

function addAttachments(routes: Routes, store: Store, bucket: Bucket, clock: () => number): void {
	const needed = ['name', 'content_type', 'size', 'attachable_type'];
	routes.creating(
		'/attachments',
		attachments,
		writable.attachment,
		({ page_id, ...input }, organization_id) => {
			const { size } = input;
			demandNone(
				...needed.map((name) => [name, blank, isBlank(input[name])] as const),
				['size', wrong, !isBlank(size) && !(Number.isInteger(size) && Number(size) >= 0)],
				['page', wrong, page_id && !own(store, 'pages', page_id, organization_id)],
			);
			const place = { page_id: page_id && Number(page_id), organization_id };
			return store.add('attachments', { ...input, ...place, created_at: time(clock()) });
		},
		(row) => ({ aws_policy: bucket.policyFor(row, clock()) }),
	);
	routes.changing(attachments, '', writable.uploaded, (row, { temp_url }, _place, { url }) =>
		bucket.adopt(row, temp_url, new URL(url).origin),
	);
}

/** Beside the API: the bucket, and the vendor's own host of files, which takes the token as a parameter. */
function addContents(app: Hono, { tables }: Store, bucket: Bucket): void {
	app.post('/bucket', ({ req }) => bucket.store(req.raw));
	app.get('/bucket/*', ({ req }) => bucket.give(req.raw));
	app.get('/files/*', ({ req }) => {
		const { origin, pathname, searchParams } = new URL(req.url);
		if (!isToken(searchParams.get('token'))) {
			throw refusal(401);
		}
		const row = tables['attachments']?.find(({ key }) => key === decodeURIComponent(pathname.replace('/files/', '')));
		if (!row) {
			throw refusal(404);
		}
		return new Response(null, { status: 302, headers: { location: signedAddress(row, origin) } });
	});
}
