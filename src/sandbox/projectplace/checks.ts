import type { Context } from 'hono';

/** What a request is refused with. */
export class Refusal extends Error {
	readonly status: 400 | 401 | 403 | 404 | 415;
	readonly body: object;

	constructor(status: Refusal['status'], code: string, body: object = { error_code: code }) {
		super(code);
		this.status = status;
		this.body = body;
	}
}

export function insist(holds: unknown, code: string, status: Refusal['status'] = 400): asserts holds {
	if (!holds) {
		throw new Refusal(status, code);
	}
}

export function found<T extends { readonly id: unknown }>(list: readonly T[], id: unknown, what: string): T {
	const one = byId(list, id);
	insist(one, `NOT_FOUND_${what}`, 404);
	return one;
}

export const byId = <T extends { readonly id: unknown }>(list: readonly T[], id: unknown): T | undefined =>
	list.find((one) => String(one.id) === String(id));

/** What each member of a body must be; a leading `?` makes it optional. */
export type Shape = Readonly<Record<string, string>>;

export type Body = Readonly<Record<string, unknown>>;

const isId = (value: unknown): boolean => /^(string|number)$/.test(typeof value) && /^\d+$/.test(value as string);
const isDay = (value: unknown): boolean => value === new Date(`${String(value)}T00:00Z`).toJSON()?.slice(0, 10);
/** The word that clears a member of a card. */
export const isRemove = (value: unknown): boolean => value === 'remove';

const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
	text: (value) => typeof value === 'string' && value.trim() !== '',
	string: (value) => typeof value === 'string',
	id: (value) => isId(value),
	count: (value) => Number.isInteger(value) && Number(value) > 0 && Number(value) <= 100,
	row: (value) => Number.isInteger(value) && Number(value) >= 0,
	number: (value) => typeof value === 'number',
	bit: (value) => value === 0 || value === 1,
	idOrNull: (value) => value === null || isId(value),
	ids: (value) => Array.isArray(value) && value.every(isId),
	numberOrRemove: (value) => isRemove(value) || (typeof value === 'string' && /^\d+(\.\d+)?$/.test(value)),
	idOrRemove: (value) => isRemove(value) || isId(value),
	dayOrRemove: (value) => isRemove(value) || isDay(value),
	flag: (value) => typeof value === 'boolean',
	day: (value) => isDay(value),
	object: (value) => value?.constructor === Object,
	list: Array.isArray,
	texts: (value) => Array.isArray(value) && value.every(kinds.string ?? String),
	web: (value) => typeof value === 'string' && URL.parse(value)?.protocol === 'https:',
	true: (value) => value === 'true',
};

/** The body itself where it has every member that is asked for, in its form, and no other. */
export function checked(body: unknown, shape: Shape): Body {
	insist(kinds.object?.(body), 'INVALID_BODY');
	const given = body as Body;
	for (const name of Object.keys({ ...shape, ...given })) {
		const rule = Object.hasOwn(shape, name) ? shape[name] : undefined;
		const code = `_${name.toUpperCase()}`;
		insist(rule, `UNKNOWN_PARAMETER${code}`);
		insist(given[name] !== undefined || rule.startsWith('?'), `MISSING${code}`);
		insist(given[name] === undefined || kinds[rule.replace('?', '')]?.(given[name]), `INVALID${code}`);
	}
	return given;
}

/** Names and values of a query or a form, decoded, in their order. */
export function decoded(text: string): [string, string][] {
	return text
		.split('&')
		.filter(Boolean)
		.map((pair) => parted(pair.replaceAll('+', ' '), '=').map(decodeURIComponent) as [string, string]);
}

/** The same by their names, where none comes twice. */
export function gathered(text: string, refusal = new Refusal(400, 'REPEATED_PARAMETER')): Record<string, string> {
	const pairs = decoded(text);
	const members = Object.fromEntries(pairs);
	if (Object.keys(members).length < pairs.length) {
		throw refusal;
	}
	return members;
}

export const queryOf = ({ req }: Context): string => new URL(req.url).search.slice(1);

export function parted(text: string, at: string): [string, string] {
	const [first = '', ...rest] = text.split(at);
	return [first, rest.join(at)];
}
