import { t } from '@vscode/l10n';
import { type Field, type FieldValue, isEmpty, isSameValue, type Values } from './form.ts';

/** What a person began with, what they made of it, and what it is at the vendor by now; by the ids of fields. */
export interface Sides {
	readonly base: Values;
	/** Fields that are not among these were left as they were. */
	readonly mine: Values;
	readonly theirs: Values;
}

export interface Conflict extends Record<keyof Sides, FieldValue | undefined> {
	readonly field: string;
}

export interface ThreeWay {
	/** What the person alone has changed: sending just this loses nothing. */
	readonly merged: Values;
	/** What both have changed, and not to the same. */
	readonly conflicts: readonly Conflict[];
}

export function threeWay({ base, mine, theirs }: Sides): ThreeWay {
	const changed = Object.keys(mine).filter((id) => mine[id] !== undefined && !isSameValue(mine[id], base[id]));
	const wanted = changed.filter((id) => !isSameValue(mine[id], theirs[id]));
	const isFree = (id: string): boolean => isSameValue(theirs[id], base[id]);
	return {
		merged: Object.fromEntries(wanted.filter(isFree).map((id) => [id, mine[id]])),
		conflicts: wanted
			.filter((id) => !isFree(id))
			.map((id) => ({ field: id, base: base[id], mine: mine[id], theirs: theirs[id] })),
	};
}

function withPlainLines(text: string): string {
	return text.replaceAll(/\r\n?/g, '\n');
}

/** What a choice is called; what it is for the vendor where that is not known. */
export type NameOf = (field: Field, value: string) => string | undefined;

/** The three sides as texts to compare: each field with its label above it, in the order of the fields. */
export function sideTexts(
	fields: readonly Field[],
	{ base, mine, theirs }: Sides,
	nameOf: NameOf = () => undefined,
): Readonly<Record<keyof Sides, string>> {
	const toText = (values: Values): string =>
		fields.map((field) => `${field.label}:\n${valueText(field, values[field.id], nameOf)}\n`).join('\n');
	return { base: toText(base), mine: toText({ ...base, ...mine }), theirs: toText(theirs) };
}

function valueText(field: Field, value: FieldValue | undefined, nameOf: NameOf): string {
	if (field.kind === 'flag') {
		return value === true ? t('yes') : t('no');
	}
	if (isEmpty(value)) {
		return '';
	}
	const values = [value].flat().map(String);
	return field.kind === 'choice'
		? values.map((one) => nameOf(field, one) ?? one).join('\n')
		: withPlainLines(values.join('\n'));
}
