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
	/** The required fields that hold an initial value are right as they are: they are shown, but not asked one by one. */
	readonly prefilled?: boolean;
	/**
	 * Sends values that passed `problemsOf`; `tell` says how far it is while it takes its time. Throws `Refused` with
	 * problems that name fields of this form.
	 */
	submit(values: Values, signal: AbortSignal, tell?: (message: string) => void): Promise<Result>;
}

export type Field = TextField | DateField | ChoiceField | FlagField | PathField;

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

/** Text, dates and paths are strings, a single choice its value, many choices their values, a flag a boolean. */
export type FieldValue = string | readonly string[] | boolean;
export type Values = Readonly<Record<string, FieldValue | undefined>>;

export function isEmpty(value: FieldValue | undefined): boolean {
	return (
		value === undefined ||
		(typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0)
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

/** What is wrong with one field, as one sentence; undefined where nothing is. */
export function problemOf(field: Field, values: Values): string | undefined {
	const value = values[field.id];
	if (value === undefined || isEmpty(value)) {
		return field.required ? t('{0} is needed.', field.label) : undefined;
	}
	if (!isOfKind(field, value)) {
		return t('{0} was given as another kind of value than it takes.', field.label);
	}
	if (field.kind === 'date' && !isDate(String(value))) {
		return t('{0} must be a date such as 2026-03-31.', field.label);
	}
	if (field.kind === 'text' && field.maxLength !== undefined && String(value).trim().length > field.maxLength) {
		return t('{0} can have at most {1} characters.', field.label, field.maxLength);
	}
	return field.check?.(value, values);
}

/** Everything wrong with the values, field by field; empty where the form may be sent. */
export function problemsOf(fields: readonly Field[], values: Values): Problem[] {
	return fields.flatMap((field) => {
		const message = problemOf(field, values);
		return message ? [{ field: field.id, message }] : [];
	});
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
	return field.kind === 'choice' && field.many ? Array.isArray(value) : typeof value === 'string';
}

function isDate(text: string): boolean {
	const trimmed = text.trim();
	const date = new Date(`${trimmed}T00:00:00Z`);
	return /^\d{4}-\d{2}-\d{2}$/.test(trimmed) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(trimmed);
}
