/** What a document shows of an answer: plain JSON is compared exactly, and a `Shown` says itself what it takes. */
export type Expected = Shown | string | number | boolean | null | undefined | readonly Expected[] | ExpectedMembers;

interface ExpectedMembers {
	readonly [name: string]: Expected;
}

/** What is wrong with a value at a place, one line each; nothing where it is as shown. */
type Differences = (actual: unknown, place: string) => string[];

/** Part of an answer that may differ from the document, such as an id. */
export class Shown {
	readonly differences: Differences;

	constructor(differences: Differences) {
		this.differences = differences;
	}
}

function ofType(type: string): Shown {
	return new Shown((actual, place) =>
		typeOf(actual) === type ? [] : [`${place} is ${text(actual)} and should be ${type}`],
	);
}

/** Any value of a JSON type, and what is made of others. */
export const shown = {
	string: ofType('string'),
	number: ofType('number'),
	boolean: ofType('boolean'),
	object: ofType('object'),
	array: ofType('array'),
	/** Anything that is there at all. */
	thing: new Shown((actual, place) => (actual === undefined ? [`${place} is missing`] : [])),
	nullable: (expected: Expected) =>
		new Shown((actual, place) => (actual === null ? [] : differencesOf(actual, expected, place))),
	matching: (pattern: RegExp) =>
		new Shown((actual, place) =>
			typeof actual === 'string' && pattern.test(actual)
				? []
				: [`${place} is ${text(actual)} and should match ${pattern}`],
		),
	/** One thing at least, and all alike. */
	listOf: (each: Expected) => new Shown((actual, place) => listDifferences(actual, each, place)),
	/** At least these members, where plain JSON means just these. */
	including: (members: ExpectedMembers) => new Shown((actual, place) => memberDifferences(actual, members, place)),
} as const;

/**
 * The answer that a document shows: every shown member is there with its JSON type (a shown `null` may be anything), a shown
 * list has one thing at least, and all of its things have the shown members. `exactly` names the members, by their paths
 * such as `data.attributes.name`, whose value follows from the request.
 */
export function documented(sample: unknown, exactly: Readonly<Record<string, Expected>> = {}): Shown {
	return shownLike(sample, exactly, '');
}

function shownLike(sample: unknown, exactly: Readonly<Record<string, Expected>>, path: string): Shown {
	const expected = exactly[path];
	if (expected !== undefined) {
		return new Shown((actual, place) => differencesOf(actual, expected, place));
	}
	if (sample instanceof Shown) {
		return sample;
	}
	if (Array.isArray(sample)) {
		return sample.length === 0 ? shown.array : shown.listOf(shownLike(sample[0], exactly, join(path, '0')));
	}
	if (isObject(sample)) {
		const members = Object.entries(sample).map(([name, one]) => [name, shownLike(one, exactly, join(path, name))]);
		return shown.including(Object.fromEntries(members) as ExpectedMembers);
	}
	return sample === null ? shown.thing : ofType(typeof sample);
}

/** What is wrong with an answer, one line each. */
export function differencesOf(actual: unknown, expected: Expected, place = ''): string[] {
	if (expected instanceof Shown) {
		return expected.differences(actual, place || 'the answer');
	}
	if (isList(expected)) {
		return Array.isArray(actual) && actual.length === expected.length
			? expected.flatMap((one, at) => differencesOf(actual[at], one, join(place, String(at))))
			: [`${place || 'the answer'} is ${text(actual)} and should hold ${expected.length}`];
	}
	if (isObject(expected)) {
		const unknown = isObject(actual) ? Object.keys(actual).filter((name) => !Object.hasOwn(expected, name)) : [];
		const more = unknown.map((name) => `${join(place, name)} is not expected`);
		return [...memberDifferences(actual, expected, place), ...more];
	}
	return actual === expected ? [] : [`${place || 'the answer'} is ${text(actual)} and should be ${text(expected)}`];
}

function memberDifferences(actual: unknown, members: ExpectedMembers, place: string): string[] {
	return isObject(actual)
		? Object.entries(members).flatMap(([name, one]) => differencesOf(own(actual, name), one, join(place, name)))
		: [`${place || 'the answer'} is ${text(actual)} and should be an object`];
}

function listDifferences(actual: unknown, each: Expected, place: string): string[] {
	return Array.isArray(actual) && actual.length > 0
		? actual.flatMap((one, at) => differencesOf(one, each, join(place, String(at))))
		: [`${place || 'the answer'} is ${text(actual)} and should be a list with something in it`];
}

function own(members: Readonly<Record<string, unknown>>, name: string): unknown {
	return Object.hasOwn(members, name) ? members[name] : undefined;
}

function isList(expected: Expected): expected is readonly Expected[] {
	return Array.isArray(expected);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeOf(value: unknown): string {
	return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
}

function join(path: string, name: string): string {
	return path === '' || path === 'the answer' ? name : `${path}.${name}`;
}

function text(value: unknown): string {
	const json = JSON.stringify(value) ?? 'missing';
	return json.length > 200 ? `${json.slice(0, 200)}…` : json;
}
