import type { Send } from '../core/provider.ts';

/** Carries content; its bundle is loaded with the first document. In the web host there is only the editor's own fetch. */
export const receive: typeof globalThis.fetch | undefined = IS_WEB
	? undefined
	: async (input, init) => (await import('./upload.ts')).receive(input, init);

export const send: Send = async (request) =>
	IS_WEB ? sendWhole(request) : (await import('./upload.ts')).send(request);

async function sendWhole({ url, method, headers, body, signal }: Parameters<Send>[0]): ReturnType<Send> {
	const pieces: BlobPart[] = [];
	for await (const piece of body) {
		pieces.push(piece.slice());
	}
	const response = await fetch(url, { method, headers, body: new Blob(pieces), signal });
	return { status: response.status, headers: response.headers, text: await response.text() };
}
