import * as v from 'valibot';

/** The simple types by their names. */
export interface SimpleTypes {
	readonly string: string;
	readonly number: number;
	readonly boolean: boolean;
	readonly null: null;
}

export type SimpleName = keyof SimpleTypes;

/**
 * A value of one of several simple types. A union of schemas would build an issue for every type that does not fit, which
 * for a list of two thousand cards takes longer than all other checks together.
 */
export function simple<const Name extends SimpleName>(...names: readonly Name[]) {
	const allowed: readonly string[] = names;
	const fits = (value: unknown) => allowed.includes(value === null ? 'null' : typeof value);
	return v.custom<SimpleTypes[Name]>(fits, `Expected ${names.join(' or ')}`);
}

/** An id that comes as a number or as text, kept as text. */
export const idShape = v.pipe(simple('string', 'number'), v.transform(String));
