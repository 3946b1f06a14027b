/** A way to spoil a reply, as text. */
export interface Damage {
	readonly kind: string;
	/** The path of what is spoilt; undefined where that is the whole reply. */
	readonly place?: readonly (string | number)[];
	readonly text: string;
	readonly contentType?: string;
	/**
	 * The least that is asked for. What is of another kind must be noticed wherever it is used. Whether a member may be missing or
	 * null is for the shapes to say, and so is whether all members of an object may; but then no list is shorter for it. A text for
	 * a number, or a number for a text, may be right as a value and lead to nothing, as an id of nobody does: then no list is empty.
	 */
	readonly least: 'notice' | 'whole lists' | 'no empty list' | 'no crash';
}

type Place = readonly (string | number)[];

/** Draws a number from 0 up to, but not including, a bound. */
export type Draw = (bound: number) => number;

/** Spoils the whole text of a reply. */
const ofWhole: Readonly<Record<string, (text: string, draw: Draw) => string>> = {
	'cut text': (text, draw) => text.slice(0, 1 + draw(Math.max(text.length - 2, 1))),
	'empty body': () => '',
	'null for all': () => 'null',
	// For a bare list this is no damage: it is what the vendor says where there is nothing.
	'empty list for all': (text) => (text.startsWith('[') ? 'null' : '[]'),
	'empty object for all': () => '{}',
	'text for all': () => '"ok"',
	'number for all': () => '7',
	'wrapped once more': (text) => `{"data":${text}}`,
	'wrapped in a list': (text) => `[${text}]`,
	'nested deep': () => `${'['.repeat(5000)}${']'.repeat(5000)}`,
};

const webPage =
	'<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in to the network.</body></html>';

/** Spoils one value of it; undefined where it would be no damage. */
const ofValue: Readonly<Record<string, (value: unknown) => unknown>> = {
	null: (value) => (value === null ? undefined : null),
	'an object': (value) => (isObject(value) ? undefined : { value: 1 }),
	'an empty object': (value) => (isObject(value) ? undefined : {}),
	'an empty list': (value) => (Array.isArray(value) ? undefined : []),
	'a list of it': (value) => [value],
	'wrapped once more': (value) => ({ data: value }),
	'a flag': (value) => (typeof value === 'boolean' ? undefined : true),
	'NaN as text': (value) => (typeof value === 'number' || typeof value === 'boolean' ? 'NaN' : undefined),
	'a number': (value) => (typeof value === 'number' ? undefined : -1.5),
	'a text': (value) => (typeof value === 'string' ? undefined : 'x'),
	'a list as an object': (value) => (Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : undefined),
	'an object as a list': (value) => (isObject(value) ? Object.values(value) : undefined),
	'nested deep': () => JSON.parse(`${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`),
};

function leastOf(before: unknown, after: unknown): Damage['least'] {
	if (typeof before === 'object' && before !== null && !Array.isArray(before)) {
		return typeof after === 'object' ? 'whole lists' : 'notice';
	}
	if (after === null) {
		return 'whole lists';
	}
	return (typeof before !== 'object' || before === null) && ['string', 'number'].includes(typeof after)
		? 'no empty list'
		: 'notice';
}

/** What nobody expects: it must be as if it were not there. Text, because only so such a key comes to be a member of its own. */
const strangers = '"__proto__":{"polluted":"yes","id":"polluted","name":"polluted"},"constructor":{"polluted":"yes"}';

/** Spoils a reply, evenly over its members and over the ways; undefined where the draw was no damage. */
export function damaged(text: string, draw: Draw): Damage | undefined {
	const body = parsed(text);
	if (draw(8) === 0 || typeof body !== 'object' || body === null) {
		return wholeDamaged(text, draw);
	}
	const place = placeIn(body, draw);
	switch (draw(6)) {
		case 0:
			return typeof place.at(-1) === 'string'
				? { kind: 'dropped', place, text: textOf(body, place, () => undefined), least: 'whole lists' }
				: undefined;
		case 1:
			return isObject(valueAt(body, place)) ? withStrangers(body, place) : undefined;
		default:
			return valueDamaged(body, place, draw);
	}
}

function wholeDamaged(text: string, draw: Draw): Damage {
	const names = Object.keys(ofWhole);
	const kind = names[draw(names.length + 2)];
	const spoil = kind === undefined ? undefined : ofWhole[kind];
	return kind !== undefined && spoil
		? { kind, text: spoil(text, draw), least: 'notice' }
		: { kind: 'web page', text: webPage, contentType: draw(2) === 0 ? 'text/html' : undefined, least: 'notice' };
}

function valueDamaged(body: object, place: Place, draw: Draw): Damage | undefined {
	const names = Object.keys(ofValue);
	const kind = names[draw(names.length)] ?? 'null';
	const value = ofValue[kind]?.(valueAt(body, place));
	return value === undefined
		? undefined
		: {
				kind: `turned into ${kind}`,
				place,
				text: textOf(body, place, () => value),
				least: leastOf(valueAt(body, place), value),
			};
}

function withStrangers(body: object, place: Place): Damage {
	const mark = '"__strangers__":0';
	const text = textOf(body, place, (value) => ({ __strangers__: 0, ...(value as object) }));
	return { kind: 'given __proto__', place, text: text.replace(mark, strangers), least: 'whole lists' };
}

/** A member or an item; every way down is as likely as its neighbours, whatever is beneath it. */
function placeIn(body: object, draw: Draw): Place {
	const place: (string | number)[] = [];
	let at: unknown = body;
	while (typeof at === 'object' && at !== null) {
		const keys = Object.keys(at);
		const key = keys[draw(Math.max(keys.length, 1))];
		if (key === undefined || (place.length > 0 && draw(4) === 0)) {
			break;
		}
		place.push(Array.isArray(at) ? Number(key) : key);
		at = (at as Readonly<Record<string, unknown>>)[key];
	}
	return place;
}

function valueAt(body: unknown, place: Place): unknown {
	return place.reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>>)[key], body);
}

/** The body as text with another value at a place; `undefined` leaves the member out. */
function textOf(body: unknown, place: Place, turn: (value: unknown) => unknown): string {
	return JSON.stringify(changed(body, place, turn));
}

function changed(value: unknown, [key, ...rest]: Place, turn: (value: unknown) => unknown): unknown {
	if (key === undefined) {
		return turn(value);
	}
	if (Array.isArray(value)) {
		return value.map((one, at) => (at === key ? changed(one, rest, turn) : one));
	}
	const members = value as Readonly<Record<string, unknown>>;
	return { ...members, [key]: changed(members[key], rest, turn) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
