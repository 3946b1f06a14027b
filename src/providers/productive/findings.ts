import { t } from '@vscode/l10n';
import { NotAllowed } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import { actsAs, type Changes, failedFinding, foundOr, headings, timeText } from '../../core/findings.ts';
import { vendor } from './auth.ts';
import type { Client } from './client.ts';
import { linkedId } from './document.ts';
import { organization, person, personName } from './mapping.ts';
import { type Usage, windows } from './usage.ts';

export interface Asked {
	readonly client: Client;
	readonly organizationId: string;
	/** What the account is called in messages. */
	readonly account: string;
}

export async function findings(asked: Asked, signal: AbortSignal): Promise<readonly Finding[]> {
	const { client, account } = asked;
	const mine = await foundOr(headings.credentials, (each) => membership(asked, each), signal, [account]);
	return [...mine, rights(client.changes), limit(client.usage)];
}

async function membership({ client, organizationId, account }: Asked, signal: AbortSignal) {
	try {
		const { data, related } = await client.memberships(signal);
		const mine = data.find((one) => linkedId(one, 'organization') === organizationId);
		const me = related(mine, 'person', person);
		const name = related(mine, 'organization', organization)?.attributes.name;
		return mine ? [accepted(), actsAs(me && personName(me), me?.attributes.email, name)] : [noMember(organizationId)];
	} catch (error) {
		if (error instanceof NotAllowed) {
			return [{ ...failedFinding(headings.credentials, error, [account]), next: otherOrganization() }];
		}
		throw error;
	}
}

/** https://help.productive.io/en/articles/5440689-api-access */
function accepted(): Finding {
	return {
		about: headings.credentials,
		state: 'good',
		message: t('Productive takes the token. It does not expire; it ends when its person is deactivated.'),
	};
}

function noMember(organizationId: string): Finding {
	return {
		about: headings.credentials,
		state: 'bad',
		message: t('Productive takes the token, but its person is no member of the organization {0}.', organizationId),
		next: otherOrganization(),
		personal: [organizationId],
	};
}

function otherOrganization(): string {
	return t(
		'Sign in with the ID of an organization that the token’s person is a member of: the number after app.productive.io/ in the address of your browser.',
	);
}

/** Whether a token is read-only was chosen when it was generated, and no call tells it. */
function rights(changes: Changes): Finding {
	return changes.rights(vendor, {
		message: t(
			'Productive does not say whether a token is read-only or for reading and writing. It has no more rights than its person.',
		),
		next: t('To make changes, generate a token with write access in Productive: Settings, API integrations.'),
	});
}

export function limit(usage: Usage): Finding {
	const about = headings.limit;
	const until = usage.stoppedUntil;
	if (until) {
		const message = t('Productive takes no more requests until {0}.', timeText(until));
		return {
			about,
			state: 'bad',
			message,
			next: t('Wait until then. Close what else uses the token or the organization’s limit.'),
		};
	}
	const left = usage.left(windows.organization);
	const message = [leftText(usage), announcedText(usage)].filter((text) => text !== undefined).join(' ');
	return left > windows.organization.requests / 10
		? { about, state: 'good', message }
		: { about, state: 'warning', message, next: t('Load and search less for half an hour.') };
}

function leftText(usage: Usage): string {
	const number = new Intl.NumberFormat();
	const { token, organization } = windows;
	return t(
		'{0} of the token’s {1} requests in 10 seconds and {2} of the organization’s {3} in 30 minutes are left, as counted in this window; what other programs use is not included.',
		number.format(usage.left(token)),
		number.format(token.requests),
		number.format(usage.left(organization)),
		number.format(organization.requests),
	);
}

function announcedText({ announced }: Usage): string | undefined {
	return announced && t('Productive itself names {0} of {1} as left.', announced.remaining, announced.limit);
}
