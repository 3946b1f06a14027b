/** Larger answers are not looked at whole, and so not sent in parts. */
const most = 64 * 1024 * 1024;

/** A document's answer from a server that takes ranges, as RFC 9110 (14) has it: one range, with an open end or without. */
export async function ranged(request: Request, response: Response): Promise<Response> {
	const isDocument = response.headers.get('content-disposition')?.startsWith('attachment');
	const length = Number(response.headers.get('content-length') ?? 0);
	if (request.method !== 'GET' || response.status !== 200 || !isDocument || length > most) {
		return response;
	}
	const content = new Uint8Array(await response.arrayBuffer());
	const headers = new Headers(response.headers);
	const etag = `"${tagOf(content)}"`;
	headers.set('accept-ranges', 'bytes');
	headers.set('etag', etag);
	const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '') ?? [];
	if (from === undefined || (request.headers.get('if-range') ?? etag) !== etag) {
		return new Response(content, { headers });
	}
	return part(content, Number(from), to ? Number(to) : content.length - 1, headers);
}

function part(content: Uint8Array<ArrayBuffer>, from: number, to: number, headers: Headers): Response {
	if (from >= content.length || to < from) {
		return new Response('', { status: 416, headers: { 'content-range': `bytes */${content.length}` } });
	}
	const last = Math.min(to, content.length - 1);
	headers.set('content-range', `bytes ${from}-${last}/${content.length}`);
	headers.set('content-length', String(last - from + 1));
	return new Response(content.slice(from, last + 1), { status: 206, headers });
}

function tagOf(content: Uint8Array): string {
	return content.reduce((sum, byte) => (Math.imul(sum, 31) + byte) >>> 0, content.length).toString(36);
}
