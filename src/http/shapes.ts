import * as v from 'valibot';

interface Types {
	readonly string: string;
	readonly number: number;
	readonly boolean: boolean;
}

/**
 * A value of one of several simple types. A union of schemas would build an issue for every type that does not fit, which
 * for a list of two thousand cards takes longer than all other checks together.
 */
export function simple<const Name extends keyof Types>(...names: readonly Name[]) {
	const allowed: readonly string[] = names;
	return v.custom<Types[Name]>((value) => allowed.includes(typeof value), `Expected ${names.join(' or ')}`);
}

/** An id that comes as a number or as text, kept as text. */
export const idShape = v.pipe(simple('string', 'number'), v.transform(String));
