import * as v from 'valibot';
import { type Problem, Refused } from '../../core/errors.ts';
import type { Field } from '../../core/form.ts';
import type { Explanation, Reply } from '../../http/request.ts';

const words = v.nullish(v.string());
const errorsShape = v.object({
	errors: v.array(v.object({ title: words, detail: words, source: v.nullish(v.object({ pointer: words })) })),
});

/** Reads the vendor's errors; all of them, because one attribute can be wrong in two ways. */
export function explain({ status, body }: Reply): Explanation | undefined {
	const { success, output } = v.safeParse(errorsShape, body);
	// Servers differ in which operations they know, and those that do not know one may say so by either number.
	const kind = status === 405 ? ('notFound' as const) : undefined;
	if (!success) {
		return kind && { kind };
	}
	const problems = output.errors.map(({ title, detail, source }) => ({
		field: attributeOf(source?.pointer),
		message: detail ?? title ?? `status ${status}`,
	}));
	const reason = problems.map(({ field, message }) => (field ? `${field} ${message}` : message)).join('; ');
	return { ...(kind ? { kind } : {}), reason, problems };
}

/** `data/attributes/name`, with or without a slash before it, and relations stand under `attributes` too. */
function attributeOf(pointer: string | null | undefined): string | undefined {
	return pointer?.split('/').findLast((part) => part !== '');
}

/** Runs what sends a form, and gives the vendor's problems the names of the form's fields. */
export function forForm<T>(fields: Readonly<Record<string, string>>, run: () => Promise<T>): Promise<T> {
	return withProblems(run, (problems) => problems.map((problem) => inForm(problem, fields)));
}

/** The same for fields that have the vendor's own names; what is wrong with one in two ways stands there together. */
export function ownFields<T>(fields: readonly Pick<Field, 'id'>[], run: () => Promise<T>): Promise<T> {
	const names = Object.fromEntries(fields.map(({ id }) => [id.replace(/_id$/, ''), id]));
	return withProblems(() => forForm(names, run), joined);
}

/** Runs something, and tells its problems another way. */
export async function withProblems<T>(
	run: () => Promise<T>,
	tell: (problems: readonly Problem[]) => readonly Problem[],
): Promise<T> {
	try {
		return await run();
	} catch (error) {
		throw error instanceof Refused ? new Refused(error.message, tell(error.problems), error.cause) : error;
	}
}

/** One problem a field, where the first of them stood. */
function joined(problems: readonly Problem[]): readonly Problem[] {
	const alike = (field: string) => problems.filter((one) => one.field === field);
	return problems
		.filter((one) => one.field === undefined || alike(one.field)[0] === one)
		.map(({ field, message }) =>
			field === undefined
				? { message }
				: {
						field,
						message: alike(field)
							.map((one) => one.message)
							.join('; '),
					},
		);
}

function inForm({ field = '', message }: Problem, fields: Readonly<Record<string, string>>): Problem {
	const known = fields[field.replace(/_id$/, '')];
	return known === undefined ? { message: field ? `${field} ${message}` : message } : { field: known, message };
}
