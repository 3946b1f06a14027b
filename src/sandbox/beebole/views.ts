import { childrenOf, type Entity, type Kind, type Link } from './store.ts';

/** How entities stand in answers. */
export const ok = { status: 'ok' };

export function refTo(one: Entity | undefined): object {
	return one?.xid === undefined ? { id: one?.id } : { xid: one.xid };
}

export function named(one: Entity): object {
	return { ...refTo(one), name: one.name };
}

export function brief(one: Entity): object {
	return { ...named(one), active: one.active };
}

export function withEmail(one: Entity): object {
	return { ...brief(one), email: one.fields['email'] };
}

/** An entity as `get` and `list` give it. */
export function view(one: Entity): object {
	const { kind, parent, children, fields, links } = one;
	const base = brief(one);
	if (kind === 'company') {
		return { ...base, projects: { count: childrenOf(one, 'project').length } };
	}
	if (kind === 'project') {
		const { startDate, description } = fields;
		return { ...base, startDate, description, company: refTo(parent), subprojects: { count: children.length } };
	}
	if (kind === 'subproject') {
		return { ...base, project: refTo(parent) };
	}
	if (kind === 'group') {
		return { ...named(one), parent: parent && refTo(parent) };
	}
	const person = { email: fields['email'], userGroup: fields['userGroup'], leaders: { count: links.leaders.size } };
	return { ...base, company: refTo(parent), ...(kind === 'person' && person) };
}

export function linked(on: Entity, link: Link, kind: Kind): Entity[] {
	return [...on.links[link]].filter((one) => one.kind === kind);
}

export function groupsOf(on: Entity): object {
	return {
		...ok,
		groups: [...on.links.groups].map((one) => ({ ...named(one), groups: { count: one.children.length } })),
	};
}

export function branch(group: Entity): object {
	return { ...named(group), ...(group.children.length > 0 && { groups: group.children.map(branch) }) };
}
