import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { t } from '@vscode/l10n';
import { LocalFailure, ProviderError } from '../core/errors.ts';
import type { Answer } from '../core/handshakes.ts';
import { loopbackPath, loopbackPort } from './loopbackAddress.ts';

/**
 * Listens on this computer alone for the browser coming back, until the returned function is called. Throws `LocalFailure`
 * where another program has the port.
 */
export async function listen(take: (answer: Answer) => Promise<void>, port = loopbackPort): Promise<() => void> {
	const server = createServer((request, response) => void respond(request, response, take, port));
	await started(server, port);
	return () => {
		server.close();
		server.closeAllConnections();
	};
}

function started(server: Server, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', (cause) =>
			reject(
				new LocalFailure(
					t('Another program listens on port {0}, to which the browser would come back. Paste the code instead.', port),
					cause,
				),
			),
		);
		server.listen(port, '127.0.0.1', resolve);
	});
}

async function respond(
	{ method, url = '', headers }: IncomingMessage,
	response: ServerResponse,
	take: (answer: Answer) => Promise<void>,
	port: number,
): Promise<void> {
	const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
	// Another name for this computer is another site's attempt to talk to us.
	if (method !== 'GET' || pathname !== loopbackPath || headers.host !== `127.0.0.1:${port}`) {
		response.writeHead(404).end();
		return;
	}
	const said = await take(Object.fromEntries(searchParams)).then(
		() => t('The answer has arrived. You can close this page and go back to the editor.'),
		(error: unknown) => (error instanceof ProviderError ? error.message : t('Something in Boardwalk went wrong.')),
	);
	response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'referrer-policy': 'no-referrer' });
	response.end(page(said));
}

function page(text: string): string {
	const safe = text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
	return `<!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width"><title>Boardwalk</title><style>body{font:16px system-ui;max-width:32em;margin:15vh auto;padding:0 1em;color-scheme:light dark}</style><h1>Boardwalk</h1><p>${safe}</p>`;
}
