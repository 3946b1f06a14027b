import { t } from '@vscode/l10n';
import type { Finding } from '../../core/finding.ts';
import { actsAs, foundOr, headings, noKnownLimit } from '../../core/findings.ts';
import { vendor } from './auth.ts';
import type { Client } from './client.ts';
import type { ProductWire } from './replies.ts';
import { mayAddProject } from './unverified.ts';

/** `account` is what the account is called in messages. */
export async function findings(client: Client, account: string, signal: AbortSignal): Promise<readonly Finding[]> {
	const who = await foundOr(headings.credentials, (each) => person(client, each), signal, [account]);
	const may = await foundOr(headings.rights, async (each) => [rights(await client.products(each))], signal, [account]);
	return [...who, ...may, noKnownLimit(vendor)];
}

async function person(client: Client, signal: AbortSignal): Promise<readonly Finding[]> {
	const { name, email, id, package_expires_on: expires } = await client.loggedResource(signal);
	return [accepted(), actsAs(name ?? id, email), ...(expires ? [plan(expires)] : [])];
}

/** https://agilehelp.planbox.com/support/solutions/articles/35000043377-authentication */
function accepted(): Finding {
	return {
		about: headings.credentials,
		state: 'good',
		message: t('Planbox takes the access token. It does not expire at present, and Planbox has no way to revoke it.'),
	};
}

/** Days before a plan ends from which on it is worth a warning. */
const notice = 14;

/** `expires` is the plan’s last day, as `YYYY-MM-DD`. */
function plan(expires: string): Finding {
	const about = t('Plan');
	const end = new Date(`${expires}T00:00:00Z`);
	const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeZone: 'UTC' }).format(end);
	const daysLeft = (end.getTime() - Date.now()) / 86_400_000;
	const next = t('Have the plan renewed in Planbox by its owner.');
	if (daysLeft < -1) {
		return { about, state: 'warning', message: t('The plan ended on {0}.', day), next };
	}
	const message = t('The plan ends on {0}.', day);
	return daysLeft > notice ? { about, state: 'good', message } : { about, state: 'warning', message, next };
}

/** By what each initiative grants; templates hold no work. */
function rights(products: readonly ProductWire[]): Finding {
	const about = headings.rights;
	const shown = products.filter(({ template }) => !template);
	const count = (which: (permission: string | undefined) => boolean): number =>
		shown.filter(({ permission }) => which(permission)).length;
	const unknown = count((permission) => permission === undefined);
	const writable = count((permission) => permission !== undefined && mayAddProject(permission));
	if (shown.length > 0 && unknown === shown.length) {
		return { about, state: 'unknown', message: t('Planbox does not say what the account may do in its initiatives.') };
	}
	const message = t(
		'Initiatives that the account sees: {0}. It may write in {1} of them and administers {2}. Planbox does not say whether it may create initiatives.',
		shown.length,
		writable,
		count((permission) => permission === 'admin'),
	);
	return writable > 0
		? { about, state: 'good', message }
		: {
				about,
				state: 'warning',
				message,
				next: t('To make changes, ask an administrator of the initiative for write permission.'),
			};
}
