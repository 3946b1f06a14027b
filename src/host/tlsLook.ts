import { isIP } from 'node:net';
import { connect, type DetailedPeerCertificate, getCACertificates, rootCertificates, type TLSSocket } from 'node:tls';
import { t } from '@vscode/l10n';
import type { Route } from './proxy.ts';
import { hostOf, portOf, tunnelTo } from './tunnel.ts';

/** What a server shows of itself before anything is sent. */
export interface Look {
	/** The server's certificate first, then who issued it, and so on up. */
	readonly chain: readonly [DetailedPeerCertificate, ...DetailedPeerCertificate[]];
	readonly trust: Trust;
}

/** Who makes this computer trust a server. */
export type Trust =
	/** An issuer that Node itself knows. */
	| { readonly by: 'public' }
	/** An issuer that was added to this computer. */
	| { readonly by: 'computer' }
	| { readonly by: 'nobody'; readonly why: string };

/** Whose word is taken. */
export interface Anchors {
	/** Issuers that are known everywhere. */
	readonly known: readonly string[];
	/** These, and what was added to this computer. Reading them takes time, which is spent where it matters. */
	readonly all: () => readonly string[];
}

const ownAnchors: Anchors = {
	known: rootCertificates,
	all: () => [...getCACertificates('default'), ...getCACertificates('system')],
};

/**
 * Looks at a server's certificates on the way that requests take. Untrusted ones are looked at too, which is safe because
 * nothing is sent. Throws what the network says where no connection comes about.
 */
export async function lookAt(
	server: URL,
	route: Route,
	signal: AbortSignal,
	{ known, all }: Anchors = ownAnchors,
): Promise<Look> {
	const first = await handshake(server, route, known, signal);
	if (first.why === undefined) {
		return { chain: first.chain, trust: { by: 'public' } };
	}
	const { chain, why } = await handshake(server, route, all(), signal);
	return { chain, trust: why === undefined ? { by: 'computer' } : { by: 'nobody', why } };
}

interface Shown {
	readonly chain: Look['chain'];
	/** Why the certificate is not trusted; undefined where it is. */
	readonly why: string | undefined;
}

async function handshake(server: URL, route: Route, ca: readonly string[], signal: AbortSignal): Promise<Shown> {
	const tunnel = route.kind === 'proxy' ? await tunnelTo(server, route.proxy, signal) : undefined;
	const host = hostOf(server);
	const secured = connect({
		host,
		port: portOf(server),
		socket: tunnel,
		servername: isIP(host) ? undefined : host,
		ca: [...ca],
		rejectUnauthorized: false,
	});
	const leave = (): void => void secured.destroy(signal.reason as Error);
	signal.addEventListener('abort', leave, { once: true });
	try {
		await secure(secured, signal);
		return { chain: chainOf(secured.getPeerCertificate(true)), why: whyUntrusted(secured) };
	} finally {
		signal.removeEventListener('abort', leave);
		secured.destroy();
	}
}

function secure(socket: TLSSocket, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		socket.once('secureConnect', resolve);
		socket.once('error', reject);
		socket.once('close', () => reject(new Error('the connection was closed')));
		if (signal.aborted) {
			socket.destroy(signal.reason as Error);
		}
	});
}

function whyUntrusted({ authorized, authorizationError }: TLSSocket): string | undefined {
	return authorized ? undefined : String(authorizationError);
}

function chainOf(certificate: DetailedPeerCertificate): Look['chain'] {
	const above: DetailedPeerCertificate[] = [];
	for (let at = certificate; at.issuerCertificate && at.issuerCertificate !== at && above.length < 8; ) {
		at = at.issuerCertificate;
		above.push(at);
	}
	return [certificate, ...above];
}

/** The chain as words, and the names in it, those of one certificate together. */
export function chainNames(chain: Look['chain']): { text: string; names: string[][] } {
	const last = chain[chain.length - 1] ?? chain[0];
	const isComplete = JSON.stringify(last.subject) === JSON.stringify(last.issuer);
	const parties = [...chain.map(({ subject }) => subject), ...(isComplete ? [] : [last.issuer])];
	const written = parties.map(partyText);
	if (parties.length === 1) {
		written.push(t('itself'));
	}
	const [top = '', ...below] = written.reverse();
	return {
		text: below.reduce((above, name) => t('{0}, issued by {1}', name, above), top),
		names: parties.map((party) => namesOf(party)),
	};
}

type Party = DetailedPeerCertificate['subject'];

function partyText(party: Party): string {
	const [name = '?', organisation] = namesOf(party);
	return organisation === undefined ? name : `${name} (${organisation})`;
}

/** Common name and organisation, as far as there are any. */
function namesOf({ CN, O }: Partial<Party>): string[] {
	return [CN, O].flat().filter((name) => typeof name === 'string' && name !== '') as string[];
}
