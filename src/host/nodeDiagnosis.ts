import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { t } from '@vscode/l10n';
import { durationText } from '../core/duration.ts';
import type { Finding } from '../core/finding.ts';
import { codeOf, wordsOf } from './checks.ts';
import type { Route } from './proxy.ts';
import { type Anchors, chainNames, type Look, lookAt, type Trust } from './tlsLook.ts';
import { hostOf } from './tunnel.ts';

/** What only a Node can find out: addresses of names, and certificates. Not for the web host. */

export type Lookup = (hostname: string) => Promise<readonly { readonly address: string }[]>;

/** Milliseconds from which looking up a name is what makes everything slow. */
const slow = 2_000;

/** The addresses of the server's name, asked the way that requests ask. */
export async function nameFindings(
	server: URL,
	route: Route,
	lookup: Lookup = (hostname) => systemLookup(hostname, { all: true }),
): Promise<readonly Finding[]> {
	const about = t('Name lookup (DNS)');
	const host = hostOf(server);
	if (isIP(host)) {
		return [{ about, state: 'good', message: t('The server address is a number: no name has to be looked up.') }];
	}
	const started = performance.now();
	try {
		const found = await lookup(host);
		const addresses = [...new Set(found.map(({ address }) => address))];
		return [{ ...addressesFinding(addresses, performance.now() - started), about, personal: addresses }];
	} catch (error) {
		return [{ about, ...noAddress(server, route, error) }];
	}
}

function addressesFinding(addresses: readonly string[], took: number): Omit<Finding, 'about'> {
	const time = durationText(took);
	const message = t('The name leads to {0} (found after {1}).', addresses.join(', '), time);
	return took < slow
		? { state: 'good', message }
		: {
				state: 'warning',
				message,
				next: t('Every new connection waits for this. Check the DNS settings and the VPN.'),
			};
}

function noAddress({ hostname }: URL, route: Route, error: unknown): Omit<Finding, 'about'> {
	const code = wordsOf(error);
	const personal = [hostname];
	if (route.kind === 'proxy') {
		const message = t('This computer itself does not find {0} ({1}); the proxy looks the name up.', hostname, code);
		return { state: 'unknown', message, personal };
	}
	const next =
		codeOf(error) === 'EAI_AGAIN'
			? t('The DNS service does not answer: check the network and the VPN.')
			: t('Check the spelling of the server address, and whether a VPN is needed to find it.');
	return { state: 'bad', message: t('No address was found for {0} ({1}).', hostname, code), next, personal };
}

/** Who vouches for the server, and whether this computer takes their word. Nothing is sent to the server. */
export async function certificateFindings(
	server: URL,
	route: Route,
	systemCertificates: boolean,
	signal: AbortSignal,
	anchors?: Anchors,
): Promise<readonly Finding[]> {
	const about = t('Certificate');
	if (server.protocol !== 'https:') {
		return [{ about, state: 'good', message: t('None is needed: the connection does not leave this computer.') }];
	}
	try {
		const look = await lookAt(server, route, signal, anchors);
		return [{ about, ...certificateFinding(look, systemCertificates) }];
	} catch (error) {
		signal.throwIfAborted();
		const message = t('The certificate could not be seen: {0}.', wordsOf(error));
		return [{ about, state: 'unknown', message, next: t('See what this report says of the request.') }];
	}
}

function certificateFinding(look: Look, systemCertificates: boolean): Omit<Finding, 'about'> {
	const { chain, trust } = look;
	const { text, names } = chainNames(chain);
	const until = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' }).format(new Date(chain[0].valid_to));
	const facts = t('The certificate of {0} is valid until {1}.', text, until);
	// Issuers that everybody knows say nothing about anyone; those of a company do.
	const personal = trust.by === 'public' ? names.slice(0, 1).flat() : names.flat();
	const { sentence, next } = trustText(trust, systemCertificates);
	const message = `${facts} ${sentence}`;
	return next === undefined ? { state: 'good', message, personal } : { state: 'bad', message, next, personal };
}

function trustText(trust: Trust, systemCertificates: boolean): { sentence: string; next?: string } {
	switch (trust.by) {
		case 'public':
			return { sentence: t('Every computer trusts it.') };
		case 'computer':
			return {
				sentence: t('It is trusted because of a certificate that was added to this computer, as companies do.'),
				...(!systemCertificates && {
					next: t('Turn on the setting http.systemCertificates, so that VS Code takes it too, and restart VS Code.'),
				}),
			};
		case 'nobody':
			return {
				sentence: t('This computer does not trust it ({0}).', trust.why),
				next: nextForUntrusted(trust.why),
			};
	}
}

function nextForUntrusted(why: string): string {
	switch (why) {
		case 'CERT_HAS_EXPIRED':
		case 'CERT_NOT_YET_VALID':
			return t(
				'Check this computer’s date. If it is right, tell those who run the server that its certificate is not.',
			);
		case 'ERR_TLS_CERT_ALTNAME_INVALID':
			return t('It belongs to another name: check the server address, and whether a proxy answers in its place.');
		default:
			return t(
				'If your company’s proxy inspects connections, have its certificate installed in the operating system, keep the settings http.proxySupport and http.systemCertificates on, and restart VS Code.',
			);
	}
}
