import { connect, isIP, type Socket } from 'node:net';
import { connect as connectSecurely, getCACertificates } from 'node:tls';
import { t } from '@vscode/l10n';
import { decoded } from './proxy.ts';

/** An answer's head that is longer than this many characters is none. */
const longestHead = 16_384;

/**
 * A connection to a server through a proxy. Spoken by hand: the editor sends what `http.request` is given through the proxy
 * itself, and that is where this one leads already.
 */
export async function tunnelTo(server: URL, proxy: URL, signal: AbortSignal): Promise<Socket> {
	const socket = socketTo(proxy);
	const leave = (): void => void socket.destroy(signal.reason as Error);
	signal.addEventListener('abort', leave, { once: true });
	try {
		const head = await answerTo(socket, `${requestFor(server, proxy)}\r\n`);
		const status = /^HTTP\/1\.\d (\d{3})/.exec(head)?.[1];
		if (status !== '200') {
			throw new Error(t('the proxy refused with status {0}', status ?? '?'));
		}
		return socket;
	} catch (error) {
		socket.destroy();
		throw error;
	} finally {
		signal.removeEventListener('abort', leave);
	}
}

/** The proxy gets to know its password, so that a secured one is asked who it is. */
function socketTo(proxy: URL): Socket {
	const host = hostOf(proxy);
	switch (proxy.protocol) {
		case 'http:':
			return connect({ host, port: portOf(proxy) });
		case 'https:': {
			const ca = [...getCACertificates('default'), ...getCACertificates('system')];
			return connectSecurely({ host, port: portOf(proxy), servername: isIP(host) ? undefined : host, ca });
		}
		default:
			throw new Error(t('only the proxy sees it'));
	}
}

function requestFor(server: URL, { username, password }: URL): string {
	const target = `${server.hostname}:${portOf(server)}`;
	const lines = [`CONNECT ${target} HTTP/1.1`, `Host: ${target}`];
	if (username !== '') {
		const text = `${decoded(username)}:${decoded(password)}`;
		lines.push(`Proxy-Authorization: Basic ${Buffer.from(text).toString('base64')}`);
	}
	return lines.map((line) => `${line}\r\n`).join('');
}

/** Sends a request and reads the head of the answer, and no byte of what comes after it. */
function answerTo(socket: Socket, request: string): Promise<string> {
	return new Promise((resolve, reject) => {
		let head = '';
		const read = (): void => {
			for (let piece = socket.read(1) as Buffer | null; piece; piece = socket.read(1) as Buffer | null) {
				head += piece.toString('latin1');
				if (head.endsWith('\r\n\r\n')) {
					socket.off('readable', read);
					resolve(head);
					return;
				}
			}
			if (head.length > longestHead) {
				reject(new Error(t('the proxy does not speak HTTP')));
			}
		};
		socket.on('readable', read);
		socket.once('error', reject);
		socket.once('close', () => reject(new Error(t('the proxy closed the connection'))));
		socket.write(request);
	});
}

/** A host without the brackets that an IPv6 address has in a URL. */
export function hostOf({ hostname }: URL): string {
	return hostname.replace(/^\[|\]$/g, '');
}

export function portOf({ port, protocol }: URL): number {
	return Number(port) || (protocol === 'https:' ? 443 : 80);
}
