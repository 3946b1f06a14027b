import { type Field, type FieldValue, type Form, isMapping, type Mapping, type Values } from '../core/form.ts';
import type { Choice } from '../core/model.ts';
import type { FormPageView } from '../pages/formProtocol.ts';
import type { FieldView } from '../pages/protocol.ts';

/** A form as its page draws it; `names` says what is chosen at first where the form does not. Pure. */
export function toFormView(
	form: Form<unknown>,
	place: string | undefined,
	names: ReadonlyMap<string, readonly string[]>,
): FormPageView {
	const { title, submitLabel, helpUrl, fields, preview } = form;
	return {
		title,
		place,
		submitLabel,
		helpUrl,
		fields: fields.map((field) => toFieldView(field, field.initial ?? emptyOf(field), initialNames(field, names))),
		preview: preview && { label: preview.label, text: '' },
	};
}

/** A field as a page draws it. */
export function toFieldView(field: Field, value: FieldValue, valueLabels?: readonly string[]): FieldView {
	return {
		id: field.id,
		label: field.label,
		kind: field.kind,
		help: field.help,
		required: field.required,
		value,
		...(field.kind === 'text' && {
			multiline: field.multiline,
			html: field.html,
			maxLength: field.maxLength,
			placeholder: field.placeholder,
		}),
		...(field.kind === 'choice' && { many: field.many, free: field.free, none: field.none, valueLabels }),
		...(field.kind === 'mapping' && { none: field.none }),
	};
}

export function emptyOf(field: Field): FieldValue {
	switch (field.kind) {
		case 'flag':
			return false;
		case 'mapping':
			return {};
		case 'choice':
			return field.many ? [] : '';
		case 'text':
		case 'date':
		case 'path':
			return '';
	}
}

/** The fields that begin with something of which it is not known what it is called. */
export function unnamed(fields: readonly Field[]): readonly Extract<Field, { kind: 'choice' }>[] {
	return fields.filter(
		(field) => field.kind === 'choice' && initialList(field).length > 0 && !initialNames(field, new Map()),
	) as readonly Extract<Field, { kind: 'choice' }>[];
}

function initialNames(field: Field, names: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
	const isOne = field.kind === 'choice' && initialList(field).length === 1;
	return isOne && field.initialLabel !== undefined ? [field.initialLabel] : names.get(field.id);
}

export function initialList(field: Field): readonly string[] {
	return field.kind === 'choice' ? [field.initial ?? []].flat().filter((value) => value !== '') : [];
}

/**
 * What a page told as the values of a form. What holds nothing in the page and began with nothing is left out, as steps that
 * were not taken do.
 */
export function toValues(fields: readonly Field[], told: Values): Values {
	return Object.fromEntries(
		fields.map((field) => {
			const value = told[field.id] ?? field.initial;
			const isUntouched = field.initial === undefined && JSON.stringify(value) === JSON.stringify(emptyOf(field));
			return [field.id, isUntouched ? undefined : value];
		}),
	);
}

/** A mapping with a place for each thing on the left, and for nothing else. */
export function completed(rows: readonly Choice[], value: FieldValue | undefined): Mapping {
	const given = isMapping(value) ? value : {};
	return Object.fromEntries(rows.map((row) => [row.value, given[row.value] ?? '']));
}

/** Where there is nothing on the left, nothing can be needed there. */
export function withoutBare(fields: readonly Field[], values: Values): readonly Field[] {
	return fields.map((field) => {
		const isBare = field.kind === 'mapping' && Object.keys(values[field.id] ?? {}).length === 0;
		return isBare ? { ...field, required: false } : field;
	});
}
