import { t } from '@vscode/l10n';
import { NotAllowed, NotFound } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import { actsAs, foundOr, headings } from '../../core/findings.ts';
import type { Authorisation } from './authorisation.ts';
import { type Client, mostAtOnce } from './client.ts';
import { vendor } from './host.ts';
import { isWritable, nameOf } from './mapping.ts';
import type { AccountWire, ProfileWire } from './shapes.ts';

export interface Asked {
	readonly client: Client;
	readonly authorisation: Authorisation;
	readonly isRobot: boolean;
	/** What the account is called in messages. */
	readonly account: string;
}

export async function findings(asked: Asked, signal: AbortSignal): Promise<readonly Finding[]> {
	const { isRobot, account } = asked;
	const found = await foundOr(headings.credentials, (each) => accepted(asked, each), signal, [account]);
	const documents = found.some(({ state }) => state === 'bad')
		? []
		: await foundOr(t('Documents'), (each) => documentsOf(asked.client, each), signal, [account]);
	return [...found, asked.client.changes.rights(vendor, isRobot ? ofRobot() : ofPerson()), ...documents, limit()];
}

async function accepted({ client, authorisation, isRobot, account }: Asked, signal: AbortSignal) {
	const [organisation, me] = await Promise.all([client.account(signal), client.profile(signal)]);
	const role = isRobot
		? []
		: await foundOr(headingOfRole(), (each) => roleOf(client, organisation, me, each), signal, [account]);
	return [await authorisation.lasting(), actsAs(nameOf(me), me.email, organisation.name), ...role];
}

/** Heads are named with the account; other roles stand in the list of its people, which is not everybody's to read. */
async function roleOf(client: Client, { managers }: AccountWire, { id }: ProfileWire, signal: AbortSignal) {
	const about = headingOfRole();
	if (managers.some((one) => one.id === id)) {
		return [{ about, state: 'good', message: t('This person heads the account.') }] as const;
	}
	const role = wordsFor(await accountRole(client, id, signal));
	return [
		role === undefined
			? ({
					about,
					state: 'unknown',
					message: t('ProjectPlace did not tell the role of this person in the account.'),
				} as const)
			: ({ about, state: 'good', message: t('The role of this person in the account is: {0}.', role) } as const),
	];
}

async function accountRole(client: Client, id: string, signal: AbortSignal): Promise<string | undefined> {
	try {
		const people = await client.roles(signal);
		return people.find((one) => one.id === id)?.account_role ?? undefined;
	} catch (error) {
		if (error instanceof NotAllowed || error instanceof NotFound) {
			return undefined;
		}
		throw error;
	}
}

function headingOfRole(): string {
	return t('Role');
}

/** A role in the account as people read it. */
export function wordsFor(role: string | undefined): string | undefined {
	switch (role) {
		case 'account_role_owner':
			return t('owner');
		case 'account_role_co_owner':
			return t('co-owner');
		case 'account_role_admin':
			return t('administrator');
		case 'account_role_member':
			return t('member');
		case 'account_role_external':
			return t('external, in some workspaces only');
		default:
			return role;
	}
}

/** Whether a robot is read-only was chosen when it was made, and no call tells it. */
function ofRobot() {
	return {
		message: t(
			'ProjectPlace does not tell whether a robot is read-only, and Boardwalk changes nothing to find out. The first change you make shows it.',
		),
		next: t(
			'Ask the owner of the account for a robot that is not read-only: Account administration, Integration settings.',
		),
	};
}

function ofPerson() {
	return {
		message: t(
			'What this person may change is decided in each workspace, and ProjectPlace does not tell it beforehand.',
		),
		next: t('Ask an administrator of the workspace for the right to change it.'),
	};
}

/** The one right that ProjectPlace tells: whether an archive takes documents. */
async function documentsOf(client: Client, signal: AbortSignal): Promise<readonly Finding[]> {
	const about = t('Documents');
	const [workspace] = await client.myWorkspaces(signal);
	const id = workspace?.tools?.documents?.container_id;
	if (!workspace || !id) {
		return [{ about, state: 'unknown', message: t('There is no workspace with a document archive to look at.') }];
	}
	const { name } = workspace;
	const { access } = await client.container(id, signal);
	const found = { about, personal: [name] };
	return isWritable(access)
		? [{ ...found, state: 'good', message: t('ProjectPlace takes documents into the archive of “{0}”.', name) }]
		: [
				{
					...found,
					state: 'warning',
					message: t('The archive of “{0}” can be read, but ProjectPlace takes no documents into it.', name),
					next: t('Ask an administrator of the workspace if you mean to upload documents to it.'),
				},
			];
}

function limit(): Finding {
	return {
		about: headings.limit,
		state: 'unknown',
		message: t('{0} publishes no limit of requests; Boardwalk sends at most {1} at once.', vendor, mostAtOnce),
	};
}
