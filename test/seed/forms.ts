import assert from 'node:assert/strict';
import { InvalidInput } from '../../src/core/errors.ts';
import { type Form, initialValues, problemsOf, type Values } from '../../src/core/form.ts';
import type { Operation, OperationId } from '../../src/core/operations.ts';
import { signal } from '../support/session.ts';

/** Fills in the form of an operation and sends it as the editor does; `unchecked` is for what only the vendor should refuse. */
export async function perform<Place>(
	operations: readonly Operation<Place>[] | undefined,
	id: OperationId,
	place: Place,
	values: Values = {},
	checking: 'checked' | 'unchecked' = 'checked',
): Promise<unknown> {
	const operation = operations?.find((one) => one.id === id);
	assert.ok(operation, `there is no operation ${id}`);
	assert.equal(operation.whyNot?.(place), undefined, 'it is not offered there');
	return fillIn(await operation.begin(place, signal()), values, checking);
}

/** Fills in a form over its initial values and sends it as the editor does. */
export async function fillIn<Result>(
	form: Form<Result>,
	values: Values = {},
	checking: 'checked' | 'unchecked' = 'checked',
): Promise<Result> {
	const unknown = Object.keys(values).filter((id) => !form.fields.some((field) => field.id === id));
	assert.deepEqual(unknown, [], 'the form has no such fields');
	const all = { ...initialValues(form.fields), ...values };
	const problems = checking === 'checked' ? problemsOf(form.fields, all) : [];
	if (problems.length > 0) {
		throw new InvalidInput(problems);
	}
	form.confirmation?.(all);
	return form.submit(all, signal());
}
