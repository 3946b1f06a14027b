import { t } from '@vscode/l10n';
import type { Finding } from '../core/finding.ts';
import type { Credentials, Session } from '../core/provider.ts';
import { isLoopback } from '../core/server.ts';
import { type Check, signInAgain, wordsOf } from './checks.ts';

/** The account whose connection is examined, and what there is to ask. Nothing of it is changed. */
export interface Examined {
	/** What the person calls the account. */
	readonly name: string;
	readonly vendor: string;
	/** Where its requests go. */
	readonly server: string;
	readonly credentials: Pick<Credentials, 'read'>;
	/** Whether the vendor refused the credentials since the last sign-in. */
	readonly refused: boolean;
	readonly session: (signal: AbortSignal) => Promise<Session>;
	/** The address that the vendor sends the browser back to; absent where nobody signs in with a browser. */
	readonly redirect?: () => Promise<string>;
}

/** What is looked at in the account itself, in any host. */
export function accountChecks(examined: Examined): { readonly first: Check[]; readonly last: Check[] } {
	const { name, redirect } = examined;
	const address: Check = { about: t('Server address'), run: async () => [addressFinding(examined.server)] };
	const kept: Check = { about: t('Stored credentials'), run: async () => [await keptFinding(examined)] };
	const vendor: Check = {
		about: t('Rights and limits'),
		run: async (signal) => {
			const findings = await (await examined.session(signal)).findings(signal);
			return findings.map((finding) => ({ ...finding, personal: [...(finding.personal ?? []), name] }));
		},
	};
	const back: Check[] = redirect
		? [{ about: t('Redirect address'), run: async () => [redirectFinding(await redirect())] }]
		: [];
	return { first: [address], last: [kept, vendor, ...back] };
}

function addressFinding(server: string): Finding {
	const about = t('Server address');
	const url = URL.parse(server);
	if (!url) {
		return {
			about,
			state: 'bad',
			message: t('{0} is no address.', server),
			next: signInAgain(),
			personal: [server],
		};
	}
	const personal = [url.host, url.hostname];
	if (url.protocol === 'https:') {
		return { about, state: 'good', message: t('Requests go to {0}, which is secured.', server), personal };
	}
	return url.protocol === 'http:' && isLoopback(url)
		? { about, state: 'good', message: t('Requests go to {0} and do not leave this computer.', server), personal }
		: {
				about,
				state: 'bad',
				message: t('Requests go to {0} unsecured: everybody on the way can read them.', server),
				next: t('Sign in with an address that starts with https://.'),
				personal,
			};
}

async function keptFinding({ credentials, refused, vendor }: Examined): Promise<Finding> {
	const about = t('Stored credentials');
	try {
		await credentials.read();
	} catch (error) {
		if (error instanceof Error && 'action' in error) {
			throw error;
		}
		return {
			about,
			state: 'bad',
			message: t('The place where VS Code keeps secrets could not be read: {0}', wordsOf(error)),
			next: t('Unlock the keyring of the operating system, restart VS Code, and check the connection again.'),
		};
	}
	return refused
		? {
				about,
				state: 'bad',
				message: t('The credentials are there, but {0} refused them.', vendor),
				next: signInAgain(),
			}
		: { about, state: 'good', message: t('The credentials are there, and {0} has not refused them.', vendor) };
}

function redirectFinding(redirect: string): Finding {
	const host = URL.parse(redirect)?.host;
	return {
		about: t('Redirect address'),
		state: 'good',
		message: t('The vendor sends the browser back to {0} after a sign-in.', withoutValues(redirect)),
		personal: host ? [host] : [],
	};
}

/** A query may hold what lets a browser into a remote window; which values a vendor compares is their affair. */
function withoutValues(redirect: string): string {
	return redirect.replaceAll(/(?<=[?&](?:[\w-]*(?:token|tkn|secret|key)|code)=)[^&#]*/gi, '…');
}
