import { t } from '@vscode/l10n';
import type { Finding } from '../../core/finding.ts';
import { actsAs, type Changes, foundOr, headings, noKnownLimit } from '../../core/findings.ts';
import { vendor } from './auth.ts';
import type { Client } from './client.ts';
import { nameOf } from './mapping.ts';

export interface Asked {
	readonly client: Client;
	readonly server: string;
	/** What the account is called in messages. */
	readonly account: string;
}

export async function findings({ client, server, account }: Asked, signal: AbortSignal): Promise<readonly Finding[]> {
	let userType: string | undefined;
	const { host } = new URL(server);
	const ask = async (each: AbortSignal): Promise<readonly Finding[]> => {
		const user = await client.user(each);
		userType = user.user_type || undefined;
		return [accepted(), actsAs(...new Set([nameOf(user), user.username, host]))];
	};
	const who = await foundOr(headings.credentials, ask, signal, [account, host]);
	return [...who, rights(client.changes, userType), noKnownLimit(vendor)];
}

function accepted(): Finding {
	return {
		about: headings.credentials,
		state: 'good',
		message: t('CoreData takes the user name and the key. How long a key is good is not published.'),
	};
}

/** Rights belong to each space, project and file, and no call tells them. */
function rights(changes: Changes, userType: string | undefined): Finding {
	const message = t('CoreData does not say what a user may change; it differs from place to place.');
	return changes.rights(vendor, {
		message: userType ? `${message} ${t('The user is of the type “{0}”.', userType)}` : message,
		next: t('If changes are refused, ask an administrator of your CoreData for the right at that place.'),
	});
}
