import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { InvalidInput, isCancellation, type Problem, ProviderError, Refused } from '../core/errors.ts';
import {
	type ChoiceField,
	type Field,
	type FieldValue,
	type Form,
	initialValues,
	isEmpty,
	type PathField,
	problemOf,
	problemsOf,
	type Values,
} from '../core/form.ts';
import { type Answer, askChoice, askText, openHelp, pickOne, type Step } from '../host/ask.ts';
import { withProgress } from '../host/progress.ts';
import { choosePath } from './choosePath.ts';
import { confirmed } from './confirmed.ts';
import { nameOf } from './downloadFolder.ts';

interface Progressing {
	values: Values;
	/** What was chosen in fields of choices, in the words it was offered in. */
	readonly chosen: Map<string, readonly string[]>;
	problems: readonly Problem[];
	/** What the last attempt to send it ended with. */
	failure?: string;
}

/**
 * Asks for what a form needs and sends it: required fields one after the other, then, where there are fields that were not
 * asked, a list of all with what they hold. A failure leads back to that list with everything that was typed. Undefined where
 * the person left.
 */
export async function fillBySteps<T>(form: Form<T>): Promise<T | undefined> {
	const state: Progressing = { values: initialValues(form.fields), chosen: new Map(), problems: [] };
	const asked = form.fields.filter((field) => isAsked(form, field));
	if (!(await askAll(form, asked, state))) {
		return undefined;
	}
	let review = asked.length < form.fields.length;
	for (;;) {
		if (review && !(await reviewed(form, state))) {
			return undefined;
		}
		review = true;
		const question = form.confirmation?.(state.values);
		const done = question && !(await confirmed(form.title, question)) ? undefined : await attempt(form, state);
		if (done) {
			return done.result;
		}
	}
}

/** Asks for one field by itself, beginning with what it holds among the values. Undefined where the person left. */
export async function askValue(title: string, field: Field, values: Values): Promise<FieldValue | undefined> {
	const form = { title, fields: [field], submitLabel: '', submit: async () => undefined };
	const answer = await askField(form, field, { values, chosen: new Map(), problems: [] }, { canGoBack: false });
	return answer.kind === 'value' ? answer.value : undefined;
}

async function attempt<T>(form: Form<T>, state: Progressing): Promise<{ readonly result: T } | undefined> {
	try {
		const result = await withProgress(form.title, (signal, advance) =>
			form.submit(state.values, signal, (message) => advance(message)),
		);
		return { result };
	} catch (error) {
		if (isCancellation(error)) {
			state.failure = t('Cancelled.');
		} else if (error instanceof ProviderError) {
			state.failure = error.message;
			state.problems = error instanceof Refused || error instanceof InvalidInput ? error.problems : [];
		} else {
			throw error;
		}
		return undefined;
	}
}

/** Whether a field is asked for by itself, before the list of all. */
function isAsked({ prefilled }: Form<unknown>, { required, initial }: Field): boolean {
	return required === true && !(prefilled && !isEmpty(initial));
}

async function askAll(form: Form<unknown>, fields: readonly Field[], state: Progressing): Promise<boolean> {
	for (let at = 0; at < fields.length; ) {
		const field = fields[at];
		const answer =
			field && (await askField(form, field, state, { step: at + 1, steps: fields.length, canGoBack: at > 0 }));
		if (answer?.kind !== 'value' && answer?.kind !== 'back') {
			return false;
		}
		at += answer.kind === 'back' ? -1 : 1;
	}
	return true;
}

const sendIt = Symbol('send');
const explain = Symbol('explain');

/** Shows all fields with what they hold until the person sends the form (true) or leaves (false). */
async function reviewed(form: Form<unknown>, state: Progressing): Promise<boolean> {
	for (;;) {
		const chosen = await pickOne(form.title, entriesOf(form, state), t('Send it, or choose a field to fill in'));
		if (chosen === undefined) {
			return false;
		}
		if (chosen === explain) {
			await openHelp(form.helpUrl ?? '');
		} else if (chosen !== sendIt) {
			await askField(form, chosen, state, { canGoBack: true });
		} else if (isReady(form, state)) {
			return true;
		}
	}
}

interface Entry {
	readonly label: string;
	readonly description?: string;
	readonly detail?: string;
	readonly value: Field | typeof sendIt | typeof explain;
}

function entriesOf(form: Form<unknown>, state: Progressing): readonly Entry[] {
	const fields = form.fields.map((field) => ({
		label: field.label,
		description: shown(field, state),
		detail: detailOf(field, state),
		value: field,
	}));
	const failure = state.failure && `$(warning) ${state.failure}`;
	const send: Entry = { label: `$(check) ${form.submitLabel}`, detail: failure, value: sendIt };
	const help: Entry = { label: `$(question) ${t('Where do I find these?')}`, value: explain };
	return [send, ...fields, ...(form.helpUrl ? [help] : [])];
}

function isReady({ fields }: Form<unknown>, state: Progressing): boolean {
	state.problems = problemsOf(fields, state.values);
	if (state.problems.length > 0) {
		state.failure = t('Something is missing or wrong.');
	}
	return state.problems.length === 0;
}

function detailOf({ id, help }: Field, { problems }: Progressing): string | undefined {
	const own = problems.filter(({ field }) => field === id).map(({ message }) => message);
	return own.length > 0 ? `$(warning) ${own.join(' ')}` : help;
}

function shown(field: Field, { values, chosen }: Progressing): string {
	const value = values[field.id];
	if (field.kind === 'flag') {
		return value === true ? t('yes') : t('no');
	}
	if (value === undefined || isEmpty(value)) {
		return t('empty');
	}
	if (field.kind === 'text' && field.secret) {
		return '••••••';
	}
	if (field.kind === 'path' && typeof value === 'string') {
		return nameOf(vscode.Uri.parse(value, true));
	}
	const initial = field.kind === 'choice' && field.initialLabel ? [field.initialLabel] : undefined;
	return (chosen.get(field.id) ?? initial ?? (typeof value === 'object' ? Object.values(value) : [value])).join(', ');
}

interface Place {
	readonly step?: number;
	readonly steps?: number;
	readonly canGoBack: boolean;
}

/** Asks for one field and keeps the answer. */
async function askField(
	{ title, helpUrl }: Form<unknown>,
	field: Field,
	state: Progressing,
	place: Place,
): Promise<Answer<FieldValue>> {
	if (field.kind === 'flag') {
		return kept(field, state, { kind: 'value', value: state.values[field.id] !== true });
	}
	const step = { ...place, title: `${title}: ${field.label}`, prompt: field.help, helpUrl };
	const value = state.values[field.id];
	if (field.kind === 'choice') {
		return askChosen(field, state, step);
	}
	if (field.kind === 'path') {
		return askPath(field, state, step);
	}
	const answer = await askText({
		...step,
		value: typeof value === 'string' ? toLine(value) : '',
		secret: field.kind === 'text' && field.secret,
		placeholder: field.kind === 'date' ? '2026-03-31' : field.kind === 'text' ? field.placeholder : undefined,
		check: (text) => problemOf(field, { ...state.values, [field.id]: toLines(text) }),
	});
	return kept(field, state, answer.kind === 'value' ? { ...answer, value: toLines(answer.value) } : answer);
}

async function askChosen(field: ChoiceField, state: Progressing, step: Step): Promise<Answer<FieldValue>> {
	const value = state.values[field.id];
	const answer = await askChoice({
		...step,
		many: field.many,
		none: field.none,
		free: field.free,
		chosen: Array.isArray(value) ? value : typeof value === 'string' ? [value] : [],
		choices: (signal) => field.choices(state.values, signal),
	});
	if (answer.kind !== 'value') {
		return answer;
	}
	state.chosen.set(
		field.id,
		answer.value.map(({ label }) => label),
	);
	const values = answer.value.map((choice) => choice.value);
	return kept(field, state, { kind: 'value', value: field.many ? values : (values[0] ?? '') });
}

/** A file or a folder of this computer, asked for once more while it does not fit. */
async function askPath(field: PathField, state: Progressing, { title }: Step): Promise<Answer<FieldValue>> {
	const value = await choosePath(title, field, state.values[field.id]);
	if (value === undefined) {
		return { kind: 'left' };
	}
	const problem = problemOf(field, { ...state.values, [field.id]: value });
	if (problem === undefined) {
		return kept(field, state, { kind: 'value', value });
	}
	await vscode.window.showWarningMessage(problem, { modal: true });
	return askPath(field, state, { title });
}

function kept(field: Field, state: Progressing, answer: Answer<FieldValue>): Answer<FieldValue> {
	if (answer.kind === 'value') {
		state.values = { ...state.values, [field.id]: answer.value };
		state.problems = state.problems.filter((problem) => problem.field !== field.id);
	}
	return answer;
}

/** A box to type in has one line: a sign stands in it for each end of one, so that none is lost. */
const lineEnd = '⏎';

function toLine(text: string): string {
	return text.replaceAll(/\r?\n/g, lineEnd);
}

function toLines(text: string): string {
	return text.replaceAll(lineEnd, '\n');
}
