import { t } from '@vscode/l10n';
import { InvalidInput, type Problem } from '../../core/errors.ts';
import {
	changedValues,
	type Field,
	type FieldValue,
	type Form,
	isSameValue,
	textOf,
	type Values,
} from '../../core/form.ts';
import type { Board, Workspace } from '../../core/model.ts';
import type { Outcome } from '../../core/operations.ts';
import { question } from './data.ts';
import type { Project } from './mapping.ts';
import { isName } from './unverified.ts';
import type { Writing } from './writing.ts';

/** A form over what Beebole holds, and how it is asked for that and given something else. */
export interface Held {
	readonly title: string;
	readonly fields: readonly Field[];
	/** What it holds now, by the ids of the fields. */
	readonly now: (signal: AbortSignal) => Promise<Values>;
	/** Is given what changed and nothing else. */
	readonly send: (changed: Values, signal: AbortSignal) => Promise<void>;
	/** What is said once it was sent. */
	readonly done: string;
}

/**
 * Sends what changed. What another person changed in the same field since the form was opened is said once, on its field;
 * sending again puts ours in its place.
 */
export function editForm({ title, fields, now, send, done }: Held): Form<Outcome> {
	let known: Values = Object.fromEntries(fields.map(({ id, initial }) => [id, initial]));
	return {
		title,
		submitLabel: t('Save'),
		fields,
		async submit(values, signal) {
			const changed = changedValues(fields, values);
			if (Object.keys(changed).length === 0) {
				return { message: t('Nothing was changed.') };
			}
			const held = await now(signal);
			const problems = overwritten(fields, changed, known, held);
			if (problems.length > 0) {
				known = held;
				throw new InvalidInput(problems);
			}
			await send(changed, signal);
			return { message: done };
		},
	};
}

function overwritten(fields: readonly Field[], changed: Values, known: Values, held: Values): Problem[] {
	const isTheirs = (id: string): boolean =>
		changed[id] !== undefined && !isSameValue(held[id], known[id]) && !isSameValue(held[id], changed[id]);
	return fields
		.filter(({ id }) => isTheirs(id))
		.map(({ id, label }) => ({ field: id, message: overtaken(label, textOf(held, id)) }));
}

function overtaken(label: string, now: string | undefined): string {
	return now === undefined
		? t('{0} was emptied by someone else meanwhile. Save again to put yours in its place.', label)
		: t('{0} was changed by someone else meanwhile, to “{1}”. Save again to put yours in its place.', label, now);
}

/** https://beebole.com/help/legacy/api/company: nothing but the name can be changed. */
export async function companyEditForm(
	{ id, name }: Workspace,
	{ client, data }: Writing,
	signal: AbortSignal,
): Promise<Form<Outcome>> {
	const now = async (own: AbortSignal) => ({ name: (await client.company(id, own)).name });
	const held = await now(signal);
	return editForm({
		title: t('Edit {0}', name),
		fields: [nameField(held.name)],
		now,
		send: (changed, own) =>
			data.changing([question.companies], () => client.renameCompany(id, textOf(changed, 'name') ?? '', own)),
		done: t('The company was changed.'),
	});
}

/** https://beebole.com/help/legacy/api/project: a project cannot go to another company. */
export async function projectEditForm(
	{ id, name, workspaceId }: Board,
	{ client, data }: Writing,
	signal: AbortSignal,
): Promise<Form<Outcome>> {
	const now = async (own: AbortSignal) => toValues(await client.project(id, own));
	const held = await now(signal);
	return editForm({
		title: t('Edit {0}', name),
		fields: projectFields(held),
		now,
		send: (changed, own) =>
			data.changing([question.projects(workspaceId)], () => client.updateProject(id, toChanges(changed), own)),
		done: t('The project was changed.'),
	});
}

function projectFields({ name, startDate, description }: ReturnType<typeof toValues>): readonly Field[] {
	// Beebole gives every project a start date and has no call that takes it away.
	const required = startDate !== undefined;
	return [
		nameField(name),
		{ kind: 'date', id: 'startDate', label: t('Start date'), initial: startDate, required },
		{ kind: 'text', id: 'description', label: t('Description'), multiline: true, initial: description },
	];
}

function nameField(initial: string | undefined): Field {
	const check = (value: FieldValue): string | undefined =>
		typeof value === 'string' && isName(value) ? undefined : t('A name is needed.');
	return { kind: 'text', id: 'name', label: t('Name'), required: true, initial, check };
}

/** Dates can come with a time: https://beebole.com/help/legacy/api */
function toValues({ name, startDate, description }: Project) {
	return { name, startDate: startDate?.slice(0, 10), description: description ?? undefined };
}

/** A description that was emptied is sent as an empty text. */
function toChanges(changed: Values): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.keys(changed).map((id) => [id, textOf(changed, id) ?? '']));
}
