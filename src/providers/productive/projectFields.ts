import { t } from '@vscode/l10n';
import { InvalidInput } from '../../core/errors.ts';
import type { ChoiceField } from '../../core/form.ts';
import type { Choice } from '../../core/model.ts';
import { onePage, type Page } from '../../core/page.ts';
import { choice } from './choices.ts';
import type { Client } from './client.ts';
import { personName } from './mapping.ts';
import { mayManage } from './unverified.ts';

export const internal = '1';
export const forClient = '2';

export async function projectTypes(): Promise<Page<Choice>> {
	return onePage([
		{ value: forClient, label: t('Client project') },
		{ value: internal, label: t('Internal project') },
	]);
}

export function companyField(client: Client, id: string, more: Partial<ChoiceField> = {}): ChoiceField {
	return choice(
		id,
		t('Client'),
		(at, signal) => client.companies(at, signal),
		(one) => ({ value: one.id, label: one.attributes.name }),
		{
			help: t('Needed for a client project; left out for an internal one.'),
			none: t('There is no client yet. Add one in Productive first.'),
			...more,
		},
	);
}

export function noCompany(field: string): InvalidInput {
	return new InvalidInput([{ field, message: t('A client project needs a client.') }]);
}

/** Those who may manage projects, or with `everybody` contacts of clients too. */
export function personField(
	client: Client,
	id: string,
	label: string,
	who: 'managers' | 'everybody',
	more: Partial<ChoiceField> = {},
): ChoiceField {
	return choice(
		id,
		label,
		(at, signal) => client.people(at, signal),
		(one) =>
			who === 'everybody' || mayManage(one.attributes)
				? { value: one.id, label: personName(one), detail: one.attributes.email ?? undefined }
				: undefined,
		more,
	);
}

/** The vendor wants its ids as numbers in attributes. What is none is sent as it is, and refused there. */
export function asId(text: string | undefined): number | string | undefined {
	return text === undefined ? undefined : Number(text) || text;
}
