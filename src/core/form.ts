import { t } from '@vscode/l10n';
import type { Problem } from './errors.ts';
import type { Choice } from './model.ts';
import type { Page } from './page.ts';

/** A form as data: described by a provider, drawn once by the editor's side, and fit for a machine to fill in. */
export interface Form<Result> {
	readonly title: string;
	/** What the button that sends it says. */
	readonly submitLabel: string;
	readonly fields: readonly Field[];
	/** Where in the web it is explained what to fill in. */
	readonly helpUrl?: string;
	/** Asked once the values are right, before they are sent; undefined where nothing has to be asked. */
	confirmation?(values: Values): Confirmation | undefined;
	/** Something that follows from the values and is shown while they are filled in, such as the query they make. */
	readonly preview?: { readonly label: string; of(values: Values): string };
	/** The required fields that hold an initial value are right as they are: they are shown, but not asked one by one. */
	readonly prefilled?: boolean;
	/**
	 * Sends values that passed `problemsOf`; `tell` says how far it is while it takes its time. Throws `Refused` with
	 * problems that name fields of this form.
	 */
	submit(values: Values, signal: AbortSignal, tell?: (message: string) => void): Promise<Result>;
}

/** A question before something is done. */
export interface Confirmation {
	/** One question that names the number and the effect. */
	readonly question: string;
	readonly detail?: string;
	readonly button: string;
	/** A word that must be typed, where it can't be taken back and hurts. */
	readonly word?: string;
}

export type Field = TextField | DateField | ChoiceField | FlagField | PathField | MappingField;

interface FieldBase {
	readonly id: string;
	readonly label: string;
	readonly required?: boolean;
	/** One sentence shown beside the field while it is filled in. */
	readonly help?: string;
	/** What is wrong with a value, as one sentence; undefined where nothing is. Not called for an empty value. */
	check?(value: FieldValue, values: Values): string | undefined;
}

export interface TextField extends FieldBase {
	readonly kind: 'text';
	check?(value: string, values: Values): string | undefined;
	/** Never shown, never logged, kept only in the secrets store. */
	readonly secret?: boolean;
	readonly placeholder?: string;
	readonly initial?: string;
	readonly maxLength?: number;
	/** Worth more than one line. */
	readonly multiline?: boolean;
	/** The text is HTML as the vendor keeps it; plain text without this. */
	readonly html?: boolean;
}

/** A value of the form `YYYY-MM-DD`. */
export interface DateField extends FieldBase {
	readonly kind: 'date';
	check?(value: string, values: Values): string | undefined;
	readonly initial?: string;
}

/** One of several, or with `many` any number of them; the choices are asked for when the field is reached. */
export interface ChoiceField extends FieldBase {
	readonly kind: 'choice';
	readonly many?: boolean;
	/** Whether a value besides the choices may be typed, such as a new label; it is its own name. */
	readonly free?: boolean;
	readonly initial?: string | readonly string[];
	/** What the initial choice is called, for lists that show it before the choices were asked for. */
	readonly initialLabel?: string;
	choices(values: Values, signal: AbortSignal): Promise<Page<Choice>>;
	/** Said where there is nothing to choose from. */
	readonly none?: string;
}

export interface FlagField extends FieldBase {
	readonly kind: 'flag';
	readonly initial?: boolean;
}

/** A file or a folder of this computer; its value is its address as a text. */
export interface PathField extends FieldBase {
	readonly kind: 'path';
	readonly what: 'file' | 'folder';
	/** The endings of files that fit, without dots. */
	readonly endings?: readonly string[];
	readonly initial?: string;
}

/** For each of several things one of several others, such as a new status for each old one. */
export interface MappingField extends FieldBase {
	readonly kind: 'mapping';
	/** What stands on the left, each with its own name; `required` means that every one is given something. */
	rows(values: Values, signal: AbortSignal): Promise<readonly Choice[]>;
	/** What may stand on the right of every one. */
	choices(values: Values, signal: AbortSignal): Promise<Page<Choice>>;
	readonly initial?: Mapping;
	/** Said where there is nothing on the left. */
	readonly none?: string;
}

/** The values of the left by those of the right; an empty text where nothing was chosen yet. */
export type Mapping = Readonly<Record<string, string>>;

/** Text, dates and paths are strings, a single choice its value, many choices their values, a flag a boolean. */
export type FieldValue = string | readonly string[] | boolean | Mapping;
export type Values = Readonly<Record<string, FieldValue | undefined>>;

export function isEmpty(value: FieldValue | undefined): boolean {
	return (
		value === undefined ||
		(typeof value === 'string'
			? value.trim() === ''
			: typeof value === 'object' && Object.values(value).every((one) => one === ''))
	);
}

/** The text of a field, trimmed; undefined where it was left empty. */
export function textOf(values: Values, id: string): string | undefined {
	const value = values[id];
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** The values of a field of many choices; empty where none was taken. */
export function listOf(values: Values, id: string): readonly string[] {
	const value = values[id];
	return Array.isArray(value) ? value : [];
}

/** What was chosen for each thing of a mapping, without those that were given nothing. */
export function mappingOf(values: Values, id: string): Mapping {
	const value = values[id];
	return isMapping(value) ? Object.fromEntries(Object.entries(value).filter(([, to]) => to !== '')) : {};
}

export function isMapping(value: FieldValue | undefined): value is Mapping {
	return typeof value === 'object' && !Array.isArray(value);
}

/** What is wrong with one field, as one sentence; undefined where nothing is. */
export function problemOf(field: Field, values: Values): string | undefined {
	const value = values[field.id];
	if (value === undefined || isEmpty(value)) {
		return field.required ? t('{0} is needed.', field.label) : undefined;
	}
	if (!isOfKind(field, value)) {
		return t('{0} was given as another kind of value than it takes.', field.label);
	}
	if (field.kind === 'mapping' && field.required && Object.values(value).includes('')) {
		return t('{0}: something must be chosen on every line.', field.label);
	}
	if (field.kind === 'date' && typeof value === 'string' && !isDate(value)) {
		return t('{0} must be a date such as 2026-03-31.', field.label);
	}
	const isTooLong = (most: number): boolean => typeof value === 'string' && value.trim().length > most;
	if (field.kind === 'text' && field.maxLength !== undefined && isTooLong(field.maxLength)) {
		return t('{0} can have at most {1} characters.', field.label, field.maxLength);
	}
	// Each kind of field checks the kind of value that it holds.
	const checked: FieldBase = field;
	return checked.check?.(value, values);
}

/** Everything wrong with the values, field by field; empty where the form may be sent. */
export function problemsOf(fields: readonly Field[], values: Values): Problem[] {
	return fields.flatMap((field) => {
		const message = problemOf(field, values);
		return message ? [{ field: field.id, message }] : [];
	});
}

/** The given values that differ from what the fields began with: sending just these leaves alone what was not touched. */
export function changedValues(fields: readonly Field[], values: Values): Values {
	const began = initialValues(fields);
	return Object.fromEntries(Object.entries(values).filter(([id, value]) => !isSameValue(value, began[id])));
}

/** Whether two values mean the same; lists are in no certain order. */
export function isSameValue(one: FieldValue | undefined, other: FieldValue | undefined): boolean {
	return comparable(one) === comparable(other);
}

function comparable(value: FieldValue | undefined): string {
	if (isEmpty(value) || value === false) {
		return '';
	}
	if (typeof value === 'string') {
		// A page may have other line ends than the vendor.
		return value.replaceAll(/\r\n?/g, '\n');
	}
	return JSON.stringify(isMapping(value) ? Object.entries(value).toSorted() : [value].flat().toSorted());
}

/** The values a form starts with. */
export function initialValues(fields: readonly Field[]): Values {
	return Object.fromEntries(fields.map((field) => [field.id, field.initial]));
}

/** A machine may fill in anything; what `textOf` and `listOf` would not find must not be left out in silence. */
function isOfKind(field: Field, value: FieldValue): boolean {
	if (field.kind === 'flag') {
		return typeof value === 'boolean';
	}
	if (field.kind === 'mapping') {
		return isMapping(value);
	}
	return field.kind === 'choice' && field.many ? Array.isArray(value) : typeof value === 'string';
}

function isDate(text: string): boolean {
	const trimmed = text.trim();
	const date = new Date(`${trimmed}T00:00:00Z`);
	return /^\d{4}-\d{2}-\d{2}$/.test(trimmed) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(trimmed);
}
