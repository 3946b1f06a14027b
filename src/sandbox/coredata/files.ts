import type { Context } from 'hono';
import { type Asked, created, empty, filters, type Methods, now, refused, stamp } from './answers.ts';
import { contentQuery } from './fields.ts';
import type { Tenant } from './seed.ts';
import { type Doc, md5 } from './store.ts';

/** Milliseconds that a signed address works. */
const signedFor = 60_000;

export function content(asked: Asked, file: Doc): Methods {
	const { c, tenant, time } = asked;
	return {
		GET: () => {
			filters(asked, 'files', []);
			const expires = Math.ceil((time + signedFor) / 1000);
			const path = `/laika/${file.blob as string}?${contentQuery(file)}&AWSAccessKeyId=SANDBOX&Expires=${expires}`;
			return empty(302, { location: signed(path) });
		},
		PUT: async () => {
			if (c.req.header('content-type') !== 'application/octet-stream') {
				return refused({ error: 'Send application/octet-stream.' });
			}
			const bytes = new Uint8Array(await c.req.arrayBuffer());
			const version = `0.${Number((file.version as string).slice(2)) + 1}`;
			tenant.change(file, { version, snapshot_id: tenant.snapshotId(), modified: now(asked) });
			tenant.fill(file, bytes);
			return empty(204);
		},
	};
}

function signed(path: string): string {
	return `${path}&Signature=${md5(`sandbox ${path}`)}`;
}

/** The bytes behind a signed address, which is good for a while, as it was given, and for requests without credentials. */
export function signedContent(c: Context, { blobs }: Tenant, time: number): Response {
	const { pathname, search, searchParams: query } = new URL(c.req.url);
	const address = pathname + search;
	const { bytes, stored } = blobs.get(c.req.param('blob') ?? '') ?? {};
	const isGood =
		signed(address.split('&Signature=')[0] ?? '') === address && Number(query.get('Expires')) * 1000 >= time;
	const status = c.req.header('authorization') !== undefined ? 400 : isGood && bytes ? 200 : 403;
	if (status !== 200 || !bytes) {
		return c.body('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', status, {
			'content-type': 'application/xml',
		});
	}
	return new Response(new Uint8Array(bytes), {
		headers: {
			'content-type': query.get('response-content-type') ?? '',
			'content-length': `${bytes.length}`,
			'content-disposition': query.get('response-content-disposition') ?? '',
			'last-modified': new Date(`${stored}Z`).toUTCString(),
		},
	});
}

export async function upload(asked: Asked): Promise<Response> {
	const { c, tenant } = asked;
	const isForm = c.req.header('content-type')?.startsWith('multipart/form-data; boundary=');
	const form = isForm ? await c.req.formData().catch(() => undefined) : undefined;
	const file = form?.get('file');
	const filename = form?.get('filename');
	const parts = [...(form ?? [])];
	const names = parts.map(([name]) => name);
	const places = names.filter((name) => /^(parent|project|filespace)_id$/.test(name));
	const types = tenant.all('dynatypes').filter(({ systype }) => systype === 'File');
	const isSound = parts.every(([name, value], at) => names.indexOf(name) === at && isPart(name, value, types));
	if (!(file instanceof Blob) || typeof filename !== 'string' || places.length !== 1 || !isSound) {
		return refused({ error: 'Send a form with filename, file, and one of parent_id, project_id and filespace_id.' });
	}
	const place = places[0] ?? '';
	const [owner, parent] = ownerOf(tenant, place, form?.get(place));
	if (!owner) {
		return empty(404);
	}
	const title = (form?.get('title') ?? filename.replace(/(?<=.)\.[^.]*$/, '')) as string;
	const given = {
		...stamp(asked),
		title,
		filename,
		mime_type: file.type || 'application/octet-stream',
		version: '0.1',
	};
	const made = tenant.addEntry('files', owner, parent, given);
	tenant.fill(made, new Uint8Array(await file.arrayBuffer()));
	return created('files', made);
}

/** Whether an upload may have such a part. No file has a template here. */
function isPart(name: string, value: unknown, types: readonly Doc[]): boolean {
	return name === 'dynatype'
		? types.some(({ title }) => title === value)
		: name === 'file' ||
				(/^(filename|title|(parent|project|filespace)_id)$/.test(name) && typeof value === 'string' && value !== '');
}

/** The project or space that a new file belongs to, and its `parent`: a folder or a file area's node. */
function ownerOf(tenant: Tenant, place: string, id: unknown): readonly [owner: Doc | undefined, parent: unknown] {
	const folder = place === 'parent_id' ? tenant.find('folders', id) : undefined;
	if (folder) {
		return [tenant.find('projects', folder.project) ?? tenant.find('spaces', folder.space), folder.id];
	}
	const owners = [...tenant.all('projects'), ...tenant.all('spaces')];
	const owner = place === 'project_id' ? tenant.find('projects', id) : owners.find(({ node }) => node === id);
	return [owner, owner?.node];
}
