import { t } from '@vscode/l10n';
import type { BulkJob, BulkRow, Gathered, JobIo } from '../../core/bulk.ts';
import { InvalidInput } from '../../core/errors.ts';
import { type Confirmation, type Field, problemsOf, textOf, type Values } from '../../core/form.ts';
import { onePage } from '../../core/page.ts';
import type { AccountPersonWire } from './accountCalls.ts';
import { mostAtOnce } from './client.ts';
import { isFullMember, nameOfPerson, toPersonChoice } from './fullMembers.ts';
import { isGone, removePerson } from './inactiveRemoval.ts';
import { columns, looked, toRow } from './inactiveRows.ts';
import type { JobPart } from './jobs.ts';
import { everybodySeen, longestDays, quietDays, type Seen } from './seen.ts';

const daysField = 'days';
const replacementField = 'replacement';

/** Takes people out of the account who did not sign in for long, and gives what they head to others. */
export function removeInactiveUsers(part: JobPart): BulkJob {
	return {
		id: 'removeInactiveUsers',
		get title() {
			return t('Remove inactive people');
		},
		on: 'account',
		fields: () => fields(part),
		gather: (values, _place, io, signal) => gather(part, values, io, signal),
		confirmation,
		run: (row, values, _io, signal) =>
			removePerson(part, row, row.choice?.value ?? textOf(values, replacementField), signal),
		isDone: (row, _values, _io, signal) => isGone(part, row, signal),
		atOnce: mostAtOnce,
	};
}

function fields(part: JobPart): readonly Field[] {
	const most = new Intl.NumberFormat().format(longestDays);
	return [
		{
			kind: 'text',
			id: daysField,
			label: t('Days without a sign-in'),
			required: true,
			initial: '365',
			help: t('At most {0}. ProjectPlace does not list people who never signed in.', most),
			check: checkDays,
		},
		{
			kind: 'choice',
			id: replacementField,
			label: t('New head administrator'),
			required: true,
			help: t('Gets what those who go are the heads of. Another one can be chosen for each of them.'),
			choices: async (_values, signal) =>
				onePage((await part.client.ofAccount.people(signal)).filter(isFullMember).map(toPersonChoice)),
		},
	];
}

function checkDays(value: string): string | undefined {
	const days = /^\d+$/.test(value.trim()) ? Number(value) : 0;
	return days >= 1 && days <= longestDays
		? undefined
		: t('Days must be a whole number from 1 to {0}.', new Intl.NumberFormat().format(longestDays));
}

async function gather(part: JobPart, values: Values, io: JobIo, signal: AbortSignal): Promise<Gathered> {
	const problems = problemsOf(fields(part), values);
	if (problems.length > 0) {
		throw new InvalidInput(problems);
	}
	io.tell(t('Looking for people who did not sign in'));
	const [me, people, inactive] = await Promise.all([
		part.me(signal),
		part.client.ofAccount.people(signal),
		everybodySeen(part.client, quietDays(Number(values[daysField])), signal),
	]);
	const heirs = heirsIn(people, inactive, textOf(values, replacementField));
	const [mine, others] = [true, false].map((is) => inactive.filter(({ person }) => (person.userid === me.id) === is));
	const found = await looked(part, others ?? [], io, signal);
	const addresses = new Map(people.map(({ id, email }) => [id, email ?? undefined]));
	return {
		columns: columns(),
		rows: found.flatMap(({ seen, owned }) =>
			owned ? [toRow(seen, addresses.get(seen.person.userid), owned, heirs)] : [],
		),
		skipped: [
			...(mine ?? []).map(({ person }) => ({ label: nameOfPerson(person), reason: t('This is you.') })),
			...found.flatMap(({ seen, reason }) => (reason ? [{ label: nameOfPerson(seen.person), reason }] : [])),
		],
	};
}

/** Who can become a head; the chosen one must be among them, and nobody who goes is. */
function heirsIn(people: readonly AccountPersonWire[], inactive: readonly Seen[], chosen: string | undefined) {
	const absent = new Set(inactive.map(({ person }) => person.userid));
	const heirs = people.filter((person) => isFullMember(person) && !absent.has(person.id));
	const heir = heirs.find(({ id }) => id === chosen);
	if (!heir) {
		const message = absent.has(chosen ?? '')
			? t('The new head administrator is among the inactive people. Choose another one.')
			: t('The new head administrator is no full member of the account. Choose another one.');
		throw new InvalidInput([{ field: replacementField, message }]);
	}
	return { choices: heirs.map(toPersonChoice), value: heir.id };
}

function confirmation(rows: readonly BulkRow[]): Confirmation {
	const number = new Intl.NumberFormat();
	const [first] = rows;
	const count = (is: (row: BulkRow) => boolean) => number.format(rows.filter(is).length);
	return {
		question:
			first && rows.length === 1
				? t('Remove “{0}” from the account?', first.label)
				: t('Remove {0} people from the account?', number.format(rows.length)),
		detail: [
			t(
				'Members who are deleted: {0}.',
				count(({ item }) => item.external !== true),
			),
			t(
				'External people who are removed: {0}.',
				count(({ item }) => item.external === true),
			),
			t(
				'People who head something, which goes to their replacement: {0}.',
				count(({ choice }) => choice !== undefined),
			),
			t('ProjectPlace can’t undo it.'),
		].join(' '),
		button: t('Remove'),
		word: t('remove'),
	};
}
