import { t } from '@vscode/l10n';
import type { BulkColumn, BulkRow, JobIo } from '../../core/bulk.ts';
import { ProviderError, SignInNeeded, TooManyRequests } from '../../core/errors.ts';
import type { Choice } from '../../core/model.ts';
import { mostAtOnce } from './client.ts';
import { external, nameOfPerson, roleName } from './fullMembers.ts';
import type { JobPart } from './jobs.ts';
import { countOf, inWords, type Owned, toOwned } from './owned.ts';
import { daysSince, type Seen } from './seen.ts';

/** An inactive person with what they head, or why that can't be looked at. */
interface Looked {
	readonly seen: Seen;
	readonly owned?: Owned;
	readonly reason?: string;
}

/** What everybody heads, in the order of the people; some are asked about side by side. */
export async function looked(
	part: JobPart,
	people: readonly Seen[],
	io: JobIo,
	signal: AbortSignal,
): Promise<readonly Looked[]> {
	const number = new Intl.NumberFormat();
	const found: Looked[] = [];
	let done = 0;
	// One list for all: where one of them throws, its loop ends the list, and the others stop as well.
	const left = each(people);
	const work = async (): Promise<void> => {
		for (const [at, seen] of left) {
			found[at] = await lookAt(part, seen, signal);
			done += 1;
			io.tell(t('Looked at what {0} of {1} people head', number.format(done), number.format(people.length)));
		}
	};
	await Promise.all(Array.from({ length: mostAtOnce }, work));
	return found;
}

function* each<T>(items: readonly T[]): Generator<[number, T]> {
	yield* items.entries();
}

async function lookAt({ client }: JobPart, seen: Seen, signal: AbortSignal): Promise<Looked> {
	try {
		return { seen, owned: toOwned(await client.ofAccount.owned(seen.person.userid, signal)) };
	} catch (error) {
		// These would meet everybody who comes after as well.
		const isForAll = error instanceof SignInNeeded || error instanceof TooManyRequests;
		if (error instanceof ProviderError && !isForAll) {
			return { seen, reason: error.message };
		}
		throw error;
	}
}

export function columns(): readonly BulkColumn[] {
	return [
		{ id: 'name', label: t('Name') },
		{ id: 'email', label: t('E-mail') },
		{ id: 'role', label: t('Role') },
		{ id: 'seen', label: t('Last sign-in') },
		{ id: 'days', label: t('Days ago'), isNumber: true },
		{ id: 'effect', label: t('What happens') },
	];
}

/** Only who heads something needs a replacement. */
export function toRow(
	{ person, at }: Seen,
	email: string | undefined,
	owned: Owned,
	heirs: { readonly choices: readonly Choice[]; readonly value: string },
): BulkRow {
	const isExternal = person.account_role === external;
	const name = nameOfPerson(person);
	return {
		key: person.userid,
		label: email ? `${name} (${email})` : name,
		cells: {
			name,
			email: email ?? '',
			role: roleName(person),
			seen: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(at),
			days: String(daysSince(at)),
			effect: isExternal ? t('Removed from the account') : t('Deleted'),
		},
		...(countOf(owned) > 0 && {
			warning: inWords(owned),
			choice: { label: t('New head administrator'), ...heirs },
		}),
		item: { person: person.userid, at, external: isExternal },
	};
}
