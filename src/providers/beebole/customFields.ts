import { t } from '@vscode/l10n';
import { NotFound } from '../../core/errors.ts';
import { type Field, type Form, textOf } from '../../core/form.ts';
import {
	bareForm,
	type Operation,
	type Outcome,
	type RelatedItem,
	type RelatedList,
	type RelatedPlace,
} from '../../core/operations.ts';
import { onePage } from '../../core/page.ts';
import { question } from './data.ts';
import { editForm } from './editing.ts';
import type { CustomField } from './replies.ts';
import type { Target } from './target.ts';
import { toId } from './unverified.ts';
import type { Writing } from './writing.ts';

/** The fields that the account has for a kind of place, with what they hold there; new ones are made in Beebole’s web app. */
export function customFieldList<Place>(target: (place: Place) => Target, writing: Writing): RelatedList<Place> {
	return {
		id: 'customFields',
		icon: 'symbol-field',
		get name() {
			return t('Custom fields');
		},
		get note() {
			return t('The fields themselves are made in Beebole’s web app.');
		},
		get none() {
			return t('There are no custom fields for this in Beebole.');
		},
		async list(place, signal) {
			return onePage((await writing.data.customFields(target(place), signal)).map(toItem));
		},
		itemOperations: [setting(target, writing), clearing(target, writing)],
	};
}

function toItem(field: CustomField): RelatedItem {
	const value = held(field);
	return {
		id: toId(field),
		name: field.name,
		description: value ?? t('not set'),
		extra: { isSet: value !== undefined },
	};
}

function held({ value }: CustomField): string | undefined {
	return value === null || value === '' ? undefined : value;
}

type OnItem<Place> = Operation<RelatedPlace<Place>>;

function setting<Place>(target: (place: Place) => Target, writing: Writing): OnItem<Place> {
	return {
		id: 'edit',
		get title() {
			return t('Set value');
		},
		begin: ({ place, item }, signal) => valueForm(target(place), item, writing, signal),
	};
}

/** An emptied value is cleared. */
async function valueForm(
	of: Target,
	{ id, name }: RelatedItem,
	{ client, data }: Writing,
	signal: AbortSignal,
): Promise<Form<Outcome>> {
	const now = async (own: AbortSignal) => ({ value: valueOf(await client.customFields(of, own), id, name) });
	const field: Field = { kind: 'text', id: 'value', label: name, initial: (await now(signal)).value };
	return editForm({
		title: t('{0}: {1}', of.name, name),
		fields: [field],
		now,
		send: (changed, own) =>
			data.changing([question.customFields(of)], () => client.setCustomField(of, id, textOf(changed, 'value'), own)),
		done: t('{0} was changed.', name),
	});
}

function valueOf(fields: readonly CustomField[], id: string, name: string): string | undefined {
	const found = fields.find((one) => toId(one) === id);
	if (!found) {
		throw new NotFound(t('The custom field {0} is not there any more.', name));
	}
	return held(found);
}

function clearing<Place>(target: (place: Place) => Target, { client, data }: Writing): OnItem<Place> {
	return {
		id: 'remove',
		get title() {
			return t('Clear value');
		},
		whyNot: ({ item }) => (item.extra?.['isSet'] === false ? t('{0} has no value.', item.name) : undefined),
		async begin({ place, item }) {
			const of = target(place);
			const submit = async (signal: AbortSignal): Promise<Outcome> => {
				await data.changing([question.customFields(of)], () => client.setCustomField(of, item.id, undefined, signal));
				return { message: t('{0} has no value any more.', item.name) };
			};
			const asked = t('Clear {0} of {1}?', item.name, of.name);
			const detail = t('It holds “{0}” now.', item.description ?? '');
			return bareForm(t('Clear value'), submit, { question: asked, detail, button: t('Clear') });
		},
	};
}
