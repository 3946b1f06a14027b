import { t } from '@vscode/l10n';
import { InvalidInput, type Problem, ProviderError, Refused } from './errors.ts';
import { type Field, type FieldValue, problemsOf, type Values } from './form.ts';

/** What vendors' parts do alike where a card is edited by fields, and the vendor neither checks nor answers much. */

/** Throws `InvalidInput` for values that no field has or that its field can't take. An undefined value is none. */
export function checkValues(fields: readonly Field[], values: Values): void {
	const given = Object.keys(values).filter((id) => values[id] !== undefined);
	const unknown = given
		.filter((id) => !fields.some((field) => field.id === id))
		.map((id): Problem => ({ message: t('A card here has no field of the name {0}.', id) }));
	const known = fields.filter(({ id }) => given.includes(id));
	const problems = [...unknown, ...problemsOf(known, values)];
	if (problems.length > 0) {
		throw new InvalidInput(problems);
	}
}

/** The values that were given, their texts without the space around them; empty ones stay, to clear what was there. */
export function givenValues(values: Values): Values {
	return Object.fromEntries(
		Object.entries(values)
			.filter(([, value]) => value !== undefined)
			.map(([id, value]) => [id, typeof value === 'string' ? value.trim() : value]),
	);
}

/**
 * What becomes of each value that differs from what the card holds now. For vendors that replace lists whole: a list is
 * what the card has now with what was added to the shown one and without what was taken from it, so that nothing unseen
 * is dropped.
 */
export function mergedChanges(values: Values, now: Values, shown: Values): Values {
	const wanted = Object.entries(givenValues(values)).map(([id, value]): [string, FieldValue | undefined] => [
		id,
		isList(value) ? merged(value, asList(shown[id]), asList(now[id])) : value,
	]);
	return Object.fromEntries(wanted.filter(([id, value]) => !isSame(value, now[id])));
}

function merged(wanted: readonly string[], shown: readonly string[], now: readonly string[]): readonly string[] {
	const taken = new Set(shown.filter((one) => !wanted.includes(one)));
	const added = wanted.filter((one) => !shown.includes(one));
	return [...new Set([...now.filter((one) => !taken.has(one)), ...added])];
}

/** Throws `Refused` where a value that was sent left the old one standing. */
export function checkTaken(sent: Values, before: Values, after: Values, vendor: string): void {
	const ignored = Object.keys(sent).filter((id) => isSame(after[id], before[id]));
	if (ignored.length > 0) {
		const message = t('{0} did not take this.', vendor);
		throw new Refused(
			message,
			ignored.map((field) => ({ field, message })),
		);
	}
}

/**
 * What a question after a change told. The change was made whatever becomes of the question, so neither its failure nor
 * leaving may look as if it was not: `known` stands in then. That a value was not taken is no failure of the question.
 */
export async function afterChange<T>(ask: () => Promise<T>, known: T, signal: AbortSignal): Promise<T> {
	try {
		return await ask();
	} catch (error) {
		if (!(error instanceof Refused) && (signal.aborted || error instanceof ProviderError)) {
			return known;
		}
		throw error;
	}
}

function isSame(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
	return isList(a) && isList(b) ? a.length === b.length && a.every((one) => b.includes(one)) : a === b;
}

function asList(value: FieldValue | undefined): readonly string[] {
	return isList(value) ? value : [];
}

function isList(value: FieldValue | undefined): value is readonly string[] {
	return Array.isArray(value);
}
