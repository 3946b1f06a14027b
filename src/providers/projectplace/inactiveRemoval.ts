import { t } from '@vscode/l10n';
import { type BulkRow, Skipped } from '../../core/bulk.ts';
import { NotFound, Refused } from '../../core/errors.ts';
import type { SeenWire } from './accountCalls.ts';
import { external } from './fullMembers.ts';
import type { JobPart } from './jobs.ts';
import { countOf, handedTo, type Owned, toOwned } from './owned.ts';
import { daysAround, everybodySeen } from './seen.ts';

/**
 * Takes one person out of the account. The list may be days old, so it is asked again whether they signed in since and what
 * they head now.
 */
export async function removePerson(
	part: JobPart,
	row: BulkRow,
	heir: string | undefined,
	signal: AbortSignal,
): Promise<string> {
	const person = await stillInactive(part, row, signal);
	if (!person) {
		throw new Skipped(
			(await isListed(part, row, signal))
				? t('Has signed in since the list was made.')
				: t('Is no longer in the account.'),
		);
	}
	const owned = await ownedNow(part, person.userid, signal);
	const heads = countOf(owned) > 0;
	if (heads && (heir === undefined || heir === person.userid)) {
		throw new Refused(t('There is nobody who could get what this person heads.'));
	}
	const isExternal = person.account_role === external;
	// Of somebody from outside who heads something nothing is shown; the parameters of both actions have the same form.
	const action = isExternal ? 'remove_account_user' : 'delete_account_user';
	const parameter = { [person.userid]: handedTo(owned, heir) };
	if (!(await part.client.ofAccount.act(person.userid, action, parameter, signal))) {
		throw new Refused(
			t(
				'ProjectPlace did not do it. It keeps people who head something that nobody else can get, and the account’s owner.',
			),
		);
	}
	return isExternal
		? t('Removed from the account.')
		: heads
			? t('Deleted; the replacement got what they headed.')
			: t('Deleted.');
}

/** Whether somebody is in no list of people any more. People who only were invited may be missing in the one of the two. */
export async function isGone(part: JobPart, row: BulkRow, signal: AbortSignal): Promise<boolean> {
	return !(await isListed(part, row, signal)) && (await stillInactive(part, row, signal)) === undefined;
}

async function stillInactive(
	{ client }: JobPart,
	{ item }: BulkRow,
	signal: AbortSignal,
): Promise<SeenWire | undefined> {
	const at = Number(item.at);
	const seen = await everybodySeen(client, daysAround(at), signal);
	return seen.find((one) => one.person.userid === item.person && one.at <= at)?.person;
}

async function isListed({ client }: JobPart, { item }: BulkRow, signal: AbortSignal): Promise<boolean> {
	return (await client.ofAccount.people(signal)).some(({ id }) => id === item.person);
}

async function ownedNow({ client }: JobPart, personId: string, signal: AbortSignal): Promise<Owned> {
	try {
		return toOwned(await client.ofAccount.owned(personId, signal));
	} catch (error) {
		if (error instanceof NotFound) {
			throw new Skipped(t('Is no longer in the account.'));
		}
		throw error;
	}
}
