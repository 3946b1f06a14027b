import { Buffer } from 'node:buffer';

/**
 * The answer of a server that says back everything it was sent, in the words for a failure of each of the vendors: in clear
 * and as it came.
 */
export async function echo(request: Request, status: number): Promise<Response> {
	const authorization = request.headers.get('authorization') ?? '';
	const [scheme, value = ''] = authorization.split(' ');
	const clear = scheme === 'Basic' ? Buffer.from(value, 'base64').toString('utf8') : value;
	const sent = await request.text();
	const token = request.headers.get('x-auth-token') ?? '';
	const form = [...new URLSearchParams(sent)].flat().join(' ');
	const said = `Nothing for ${clear} ${token} ${authorization} with ${form} ${sent} at ${request.url}`;
	const body = {
		code: 'error',
		content: said,
		error: said,
		error_code: 'OTHER',
		error_description: said,
		error_message: said,
		errors: [{ title: said, detail: said, source: { pointer: 'data/attributes/name' } }],
		message: said,
		status: 'error',
	};
	return Response.json(body, { status });
}
