import { t } from '@vscode/l10n';
import type { BulkJob, BulkRow, Gathered, JobIo } from '../../core/bulk.ts';
import { Refused } from '../../core/errors.ts';
import { type Confirmation, textOf, type Values } from '../../core/form.ts';
import type { AccountPersonWire } from './accountCalls.ts';
import { mostAtOnce } from './client.ts';
import { type EmailChange, readEmailList } from './emailList.ts';
import { isFullMember, nameOfPerson, roleName } from './fullMembers.ts';
import type { JobPart } from './jobs.ts';

const fileField = 'file';

/** Gives people other addresses, by a list. The example's rule: only full members, and one after another. */
export function updateEmails(part: JobPart): BulkJob {
	return {
		id: 'updateEmails',
		get title() {
			return t('Change e-mail addresses');
		},
		on: 'account',
		fields: () => [
			{
				kind: 'path',
				what: 'file',
				id: fileField,
				label: t('List of addresses'),
				required: true,
				endings: ['csv', 'txt', 'tsv'],
				help: t('A CSV file without a heading: the existing address, then the new one, in each line.'),
			},
		],
		gather: (values, _place, io, signal) => gather(part, values, io, signal),
		confirmation,
		run: (row, _values, _io, signal) => run(part, row, signal),
		isDone: (row, _values, _io, signal) => isDone(part, row, signal),
		atOnce: mostAtOnce,
	};
}

async function gather(part: JobPart, values: Values, io: JobIo, signal: AbortSignal): Promise<Gathered> {
	const changes = await readEmailList(await io.read(textOf(values, fileField) ?? ''), fileField);
	io.tell(t('Looking for the people of the list'));
	const people = await part.client.ofAccount.people(signal);
	const byAddress = new Map(people.map((person) => [addressOf(person), person]));
	const found = changes.map((change) => ({
		change,
		person: byAddress.get(change.existing),
		other: byAddress.get(change.next),
	}));
	return {
		columns: [
			{ id: 'name', label: t('Name') },
			{ id: 'role', label: t('Role') },
			{ id: 'existing', label: t('Existing address') },
			{ id: 'next', label: t('New address') },
		],
		rows: found.flatMap(({ change, person, other }) =>
			person && isFullMember(person) ? [toRow(change, person, other)] : [],
		),
		skipped: found.flatMap(({ change, person, other }) =>
			person && isFullMember(person) ? [] : [{ label: labelOf(change), reason: whyNot(person, other) }],
		),
	};
}

function addressOf({ email }: AccountPersonWire): string | undefined {
	return email?.trim().toLowerCase();
}

function labelOf({ existing, next }: EmailChange): string {
	return `${existing} → ${next}`;
}

function whyNot(person: AccountPersonWire | undefined, other: AccountPersonWire | undefined): string {
	if (person) {
		return t(
			'The role of {0} is “{1}”, and only full members get other addresses.',
			nameOfPerson(person),
			roleName(person),
		);
	}
	return other
		? t('Nobody in the account has the existing address, and {0} has the new one already.', nameOfPerson(other))
		: t('Nobody in the account has the existing address.');
}

function toRow(change: EmailChange, person: AccountPersonWire, other: AccountPersonWire | undefined): BulkRow {
	const { existing, next } = change;
	const isOwner = person.account_role === 'account_role_owner';
	return {
		key: person.id,
		label: labelOf(change),
		cells: { name: nameOfPerson(person), role: roleName(person), existing, next },
		...((isOwner || other) && { warning: doubt(other), isOff: true }),
		item: { person: person.id, next },
	};
}

/** Why ProjectPlace will hardly do it. */
function doubt(other: AccountPersonWire | undefined): string {
	return other
		? t('{0} has the new address now.', nameOfPerson(other))
		: t('ProjectPlace does not change the address of the account’s owner.');
}

function confirmation(rows: readonly BulkRow[]): Confirmation {
	const [first] = rows;
	return {
		question:
			first && rows.length === 1
				? t('Change the e-mail address of {0}?', first.cells.name ?? first.label)
				: t('Change the e-mail addresses of {0} people?', new Intl.NumberFormat().format(rows.length)),
		detail: t('The new address becomes the first one of each person, and the existing one stays as the second.'),
		button: t('Change'),
	};
}

async function run(part: JobPart, { item }: BulkRow, signal: AbortSignal): Promise<string> {
	const next = String(item.next);
	if (!(await part.client.ofAccount.act(String(item.person), 'add_secondary_email', next, signal))) {
		throw new Refused(
			t(
				'ProjectPlace did not change it. It takes only addresses that nobody else has and whose domain the account enforces, before as well as after.',
			),
		);
	}
	return t('Has the address {0} now.', next);
}

async function isDone(part: JobPart, { item }: BulkRow, signal: AbortSignal): Promise<boolean> {
	const people = await part.client.ofAccount.people(signal);
	return people.some((person) => person.id === String(item.person) && addressOf(person) === String(item.next));
}
