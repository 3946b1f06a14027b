import { t } from '@vscode/l10n';
import { InvalidInput, type Problem, Refused } from '../../core/errors.ts';
import { changedValues, type Field, type FieldValue, type Form, isSameValue, type Values } from '../../core/form.ts';
import type { Outcome } from '../../core/operations.ts';
import { vendor } from './auth.ts';
import { ownFields } from './refusals.ts';

/** A thing whose attributes are edited. */
export interface Edited {
	readonly title: string;
	readonly name: string;
	/** What can be edited, by the vendor's names, holding `now`. */
	fields(now: Values): readonly Field[];
	read(signal: AbortSignal): Promise<Values>;
	/** Sends attributes, and says what the vendor holds then. */
	send(changed: Values, signal: AbortSignal): Promise<Values>;
}

/** The form for what the vendor holds now. Only what was changed is sent, and only where nobody else has changed it. */
export async function editForm(edited: Edited, signal: AbortSignal): Promise<Form<Outcome>> {
	const began = await edited.read(signal);
	const fields = edited.fields(began);
	return {
		title: edited.title,
		submitLabel: t('Save'),
		fields,
		async submit(values, each) {
			const changed = changedValues(fields, values);
			if (Object.keys(changed).length === 0) {
				return { message: t('Nothing of {0} was changed.', edited.name) };
			}
			demandUntouched(fields, began, changed, await edited.read(each));
			const after = await ownFields(fields, () => edited.send(trimmed(changed), each));
			demandTaken(fields, changed, after);
			return { message: t('{0} was changed.', edited.name) };
		},
	};
}

function trimmed(values: Values): Values {
	return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, trim(value)]));
}

const trim = (value: FieldValue | undefined) => (typeof value === 'string' ? value.trim() : value);

function demandUntouched(fields: readonly Field[], began: Values, changed: Values, now: Values): void {
	const problems = fields
		.filter(({ id }) => id in changed && !isSameValue(now[id], began[id]) && !isSameValue(now[id], changed[id]))
		.map(({ id }): Problem => ({ field: id, message: meanwhile(now[id]) }));
	if (problems.length > 0) {
		throw new InvalidInput(problems);
	}
}

function meanwhile(now: FieldValue | undefined): string {
	return typeof now === 'string'
		? t('Somebody has changed this to “{0}” meanwhile.', now)
		: t('Somebody has changed this meanwhile.');
}

/** The vendor answers well to what it leaves out in silence. */
function demandTaken(fields: readonly Field[], sent: Values, after: Values): void {
	const problems = fields
		.filter(({ id }) => id in sent && !isSameValue(trim(sent[id]), after[id]))
		.map(({ id }): Problem => ({ field: id, message: t('{0} did not take this.', vendor) }));
	if (problems.length > 0) {
		throw new Refused(t('{0} did not take everything that was changed.', vendor), problems);
	}
}
