import type { Context } from 'hono';
import { countedFile, largeContent, mostKept } from '../large.ts';
import { type Api, file } from './api.ts';
import { byId, insist } from './checks.ts';
import { addNode, type Node } from './holdings.ts';
import { isType } from './oauth1.ts';

/** `replaced` is told of a document before a new version takes its place. */
export function documentCalls(
	{ call, holdings: { projects, nodes }, nodeOf, accessTo }: Api,
	replaced?: (node: Node) => void,
): void {
	call('GET /2/documents/:id', (asked) => {
		const workspace = byId(projects, asked.id);
		const node = workspace ? undefined : nodeOf(asked);
		if (node?.type === 'Document') {
			return entry(node);
		}
		const access = accessTo(asked, workspace?.id ?? node?.project_id ?? 0);
		const container = workspace?.container_id ?? node?.id;
		const id = Number(asked.id);
		return { id, container_id: id, access, contents: nodes.filter(({ parent }) => parent === container).map(entry) };
	});
	call('GET /1/documents/:id', (asked) => {
		const { content, made, counted, file_name, media = '' } = nodeOf(asked);
		insist(content && counted === undefined, 'NOT_FOUND_DOCUMENT', 404);
		return file(asked.c, made === undefined ? content : { stream: largeContent(made), length: made }, file_name, media);
	});
	call('POST /2/documents/:id/upload', async (asked) => {
		const { id: parent, type, project_id, unversioned } = nodeOf(asked);
		insist(type !== 'Document', 'NOT_FOUND_CONTAINER', 404);
		insist(accessTo(asked, project_id) === 'write', 'ACCESS_DENIED', 403);
		const { name, media, ...held } = await filePart(asked.c);
		const versioned = type === 'Folder' && !unversioned;
		const old = nodes.find((node) => versioned && node.parent === parent && node.file_name === name);
		if (old) {
			replaced?.(old);
		}
		const { id, version } = old
			? Object.assign(old, { made: undefined, ...held, media, version: old.version + 1 })
			: Object.assign(addNode(nodes, project_id, parent, name, held.content, media), held);
		return { id, ver_nr: versioned ? `0.${version}` : null };
	});
}

/** The one part of an upload, whose field is called like its file. */
async function filePart(c: Context): Promise<FilePart> {
	insist(isType(c, 'multipart/form-data'), 'UNSUPPORTED_MEDIA_TYPE', 415);
	const length = Number(c.req.header('content-length') ?? 0);
	if (length > mostKept) {
		return countedPart(c);
	}
	const form = await c.req.formData().catch(() => insist(false, 'INVALID_MULTIPART'));
	const [[name, value] = [], ...more] = form ? [...form] : [];
	insist(value instanceof File && value.name === name && !more.length, 'INVALID_FILE_PART');
	return { name: value.name, content: new Uint8Array(await value.arrayBuffer()), media: value.type };
}

interface FilePart {
	readonly name: string;
	readonly media: string;
	readonly content: Uint8Array;
	readonly counted?: number;
}

/** What would not fit into memory is counted and thrown away. */
async function countedPart(c: Context): Promise<FilePart> {
	const boundary = /boundary="?([^";]+)/.exec(c.req.header('content-type') ?? '')?.[1] ?? '';
	const counted = c.req.raw.body && (await countedFile(c.req.raw.body, boundary));
	insist(counted && counted.field === counted.name, 'INVALID_FILE_PART');
	return { name: counted.name, media: counted.media, content: new Uint8Array(), counted: counted.size };
}

function entry({ id, type, file_name }: Node): object {
	const os_file_name = encodeURIComponent(file_name.replaceAll(/[\\/:*?"<>|]/g, '_'));
	return type === 'Document' ? { id, type, file_name, os_file_name } : { id, type, file_name };
}
