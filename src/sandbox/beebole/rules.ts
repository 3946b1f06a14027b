import type { Entity, Kind, Ref, Store } from './store.ts';

/** What a request may hold beside `service`: a rule a member, `?` at its end where it may be left out. */
export interface Rules {
	readonly [member: string]: string | Rules;
}

export type Given = Readonly<Record<string, unknown>>;

/** An error that is answered under HTTP 200. */
export class Declined extends Error {}

/** Checks every member and turns references into entities. Nothing unknown passes. */
export function take(store: Store, rules: Rules, sent: unknown, place = ''): Given {
	if (!isRecord(sent)) {
		throw new Declined(`invalid parameter: ${place}`);
	}
	const unknown = Object.keys(sent).find((name) => !Object.hasOwn(rules, name));
	if (unknown !== undefined) {
		throw new Declined(`unknown parameter: ${place}${unknown}`);
	}
	return Object.fromEntries(
		Object.entries(rules).map(([name, rule]) => [name, takeOne(store, rule, sent[name], place + name)]),
	);
}

function takeOne(store: Store, rule: string | Rules, value: unknown, place: string): unknown {
	const optional = typeof rule === 'string' && rule.endsWith('?');
	if (value === undefined && optional) {
		return undefined;
	}
	if (value === undefined) {
		throw new Declined(`missing parameter: ${place}`);
	}
	if (typeof rule !== 'string') {
		return take(store, rule, value, `${place}.`);
	}
	const type = optional ? rule.slice(0, -1) : rule;
	const checked = checks[type] ? checks[type](value, store) : entity(store, type as Kind, value);
	if (checked === undefined) {
		throw new Declined(`invalid parameter: ${place}`);
	}
	return checked;
}

const userGroups = ['admin', 'contractor', 'employee', 'pm', 'leader'];

/** Each gives the value, or undefined where it is wrong. */
const checks: Readonly<Record<string, (value: unknown, store: Store) => unknown>> = {
	any: (value) => value,
	name: (value) => (isText(value) && value.trim() !== '' ? value : undefined),
	text: (value) => (isText(value) ? value : undefined),
	flag: (value) => (typeof value === 'boolean' ? value : undefined),
	date: (value) => (isText(value) && isDay(value) ? value : undefined),
	userGroup: (value) => (isText(value) && userGroups.includes(value) ? value : undefined),
	leaders: (value, store) => (Array.isArray(value) ? value.map((one) => leader(store, one)) : undefined),
};

/** The entity that `{"id": n}` or `{"xid": "…"}` names. */
export function entity(store: Store, kind: Kind, sent: unknown): Entity {
	if (!isRef(sent)) {
		throw new Declined(`invalid parameter: ${kind}.id`);
	}
	const found = store.find(kind, sent);
	if (!found) {
		throw new Declined(`${kind} ${Object.values(sent)[0]} not found`);
	}
	return found;
}

/** A reference whose `id` or `xid` stands among other members. */
export function refOf({ id, xid }: Given): unknown {
	if ((id === undefined) === (xid === undefined)) {
		throw new Declined(id === undefined ? 'missing parameter: id' : 'either id or xid');
	}
	return xid === undefined ? { id } : { xid };
}

function isRef(sent: unknown): sent is Ref {
	return isRecord(sent) && Object.keys(sent).length === 1 && (Number.isInteger(sent['id']) || isText(sent['xid']));
}

/** A team leader is named by id, xid, email or name, the first of them that is there. */
function leader(store: Store, sent: unknown): Entity {
	const { id, xid, email, name } = isRecord(sent) ? sent : {};
	const found = store
		.all('person')
		.find((one) =>
			id !== undefined
				? one.id === id
				: xid !== undefined
					? one.xid === xid
					: email !== undefined
						? one.fields['email'] === email
						: one.name === name,
		);
	if (!found) {
		throw new Declined('leader not found');
	}
	return found;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}

function isDay(text: string): boolean {
	const date = new Date(`${text}T00:00:00Z`);
	return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
