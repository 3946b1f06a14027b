import { t } from '@vscode/l10n';
import { afterChange, checkValues } from '../../core/cardEdits.ts';
import { type CardEditing, type CardMoving, type CardRemoval, type Cards, cardField } from '../../core/cards.ts';
import { NotFound, OutcomeUnknown, ProviderError, Refused } from '../../core/errors.ts';
import { type Field, type Form, textOf } from '../../core/form.ts';
import type { Card, Column } from '../../core/model.ts';
import { toCard, toCards } from './mapping.ts';
import { ofColumn, refOfColumn, type TargetRef } from './target.ts';
import { attachTask, detachTask, makeTask } from './taskFamily.ts';
import { isName } from './unverified.ts';
import type { Writing } from './writing.ts';

/**
 * Specific tasks as cards. A task is an activity of the company that may be used in many places: a column only says that it
 * is used there. Beebole has no people, dates or comments for it.
 */
export function cards(writing: Writing): Cards {
	return {
		async look(card, signal) {
			const now = await found(card, writing, signal);
			return { card: now, values: { [cardField.title]: now.title } };
		},
		creation: { form: (column) => taskForm(column, writing) },
		editing: editing(writing),
		moving: moving(writing),
		removal: removal(writing),
	};
}

function refOf({ boardId, columnId }: Card): TargetRef {
	return refOfColumn({ id: columnId, boardId });
}

/** Asked of Beebole now: it lists what hangs in a place and tells no more of a single task there. */
async function found(card: Card, { client }: Writing, signal: AbortSignal): Promise<Card> {
	const { boardId, columnId: id } = card;
	const tasks = await client.specificTasks(refOf(card), signal);
	const now = toCards(tasks, { boardId, id }).find((one) => one.id === card.id);
	if (!now) {
		throw new NotFound(t('“{0}” is not among the specific tasks here any more.', card.title));
	}
	return now;
}

function titleField(help: string, initial?: string): Field {
	const check = (value: string): string | undefined => (isName(value) ? undefined : t('A task needs a name.'));
	return { kind: 'text', id: cardField.title, label: t('Name'), required: true, help, initial, check };
}

function taskForm(column: Column, writing: Writing): Form<Card> {
	return {
		title: t('New task in {0}', column.name),
		submitLabel: t('Create task'),
		fields: [titleField(t('The task is made for the whole company, and Beebole deletes no tasks.'))],
		async submit(values, signal) {
			const title = textOf(values, cardField.title) ?? '';
			const disabled = writing.data.areTasksInForce(refOfColumn(column)) === false;
			const id = await makeTask(ofColumn(column), title, writing, signal);
			return toCard({ id, name: title, active: true }, disabled, column);
		},
	};
}

function editing(writing: Writing): CardEditing {
	const { client, data } = writing;
	const everywhere = (): string => t('The task gets this name everywhere in the company.');
	const fields = ({ title }: Card): readonly Field[] => [titleField(everywhere(), title)];
	return {
		fields,
		async edit(card, values, signal) {
			checkValues(fields(card), values);
			const title = textOf(values, cardField.title);
			if (title === undefined) {
				return found(card, writing, signal);
			}
			try {
				await client.renameTask(card.id, title, signal);
			} finally {
				// It stands in any number of lists.
				data.forgetAnswers();
			}
			return afterChange(() => found(card, writing, signal), { ...card, title }, signal);
		},
		warning: ({ title }, values) => {
			const name = textOf(values, cardField.title);
			return name === undefined || name === title
				? undefined
				: t('Beebole renames “{0}” everywhere in the company, not only here.', title);
		},
	};
}

function removal(writing: Writing): CardRemoval {
	return {
		kind: 'delete',
		get effect() {
			return t('The task is only taken away from here. It stays in the company, and wherever else it is used.');
		},
		whyNot: (card) => inSeveral(card, writing),
		remove: (card, signal) => detachTask(refOf(card), card.id, writing, signal),
		async restore(card, signal) {
			await attachTask(refOf(card), card.id, writing, signal);
			return card;
		},
	};
}

/** Of a card that stands in several columns of its board, nobody can tell afterwards which of them was meant. */
function inSeveral({ id, boardId, title }: Card, { data }: Writing): string | undefined {
	return data.hangsSeveralTimes(boardId, id)
		? t('“{0}” is in several columns of this project. Add or remove it among their specific tasks.', title)
		: undefined;
}

/** Attached there and then detached here: two calls, in the order that loses nothing. Beebole keeps no order of tasks. */
function moving(writing: Writing): CardMoving {
	return {
		places: 'none',
		whyNot: (card, to) =>
			to.id !== card.columnId && writing.data.hangsAt(refOfColumn(to), card.id)
				? t('{0} has “{1}” already.', to.name, card.title)
				: inSeveral(card, writing),
		async move(card, to, _, signal) {
			const moved = { ...card, columnId: to.id };
			if (to.id !== card.columnId) {
				await attachFirst(card, to, writing, signal);
				await detachThen(card, to, writing, signal);
			}
			return moved;
		},
	};
}

/**
 * Where it is not known whether it was attached, takes that back: it should not hang in both, and nothing is lost by it. A task
 * that may have hung there before is left alone.
 */
async function attachFirst(card: Card, to: Column, writing: Writing, signal: AbortSignal): Promise<void> {
	const there = refOfColumn(to);
	const wasFree = writing.data.hangsAt(there, card.id) === false;
	try {
		await attachTask(there, card.id, writing, signal);
	} catch (error) {
		if (error instanceof OutcomeUnknown && wasFree) {
			await detachTask(there, card.id, writing, signal).catch(() => undefined);
		}
		throw error;
	}
}

async function detachThen(card: Card, to: Column, writing: Writing, signal: AbortSignal): Promise<void> {
	try {
		await detachTask(refOf(card), card.id, writing, signal);
	} catch (error) {
		throw error instanceof ProviderError ? inBoth(card, to, error) : error;
	}
}

function inBoth({ title }: Card, { name }: Column, error: ProviderError): ProviderError {
	return error instanceof OutcomeUnknown
		? new OutcomeUnknown(
				t('“{0}” is in {1} now. Whether it still hangs where it was is not known.', title, name),
				error,
			)
		: new Refused(t('“{0}” is in {1} now, and still where it was: {2}', title, name, error.message), [], error);
}
