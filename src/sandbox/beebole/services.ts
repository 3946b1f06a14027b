import { Declined, entity, type Given, type Rules, refOf, take } from './rules.ts';
import { childrenOf, type Entity, type Kind, type Link, type Store } from './store.ts';
import { branch, brief, groupsOf, linked, named, ok, refTo, view, withEmail } from './views.ts';

/** What can be done with one kind or several: `project.get` and `task.get` are one verb. */
interface Verb {
	readonly kinds: readonly Kind[];
	/** False where no entity is named by an `id` at the top level. */
	readonly about?: false;
	readonly takes?: Rules | ((kind: Kind) => Rules);
	/** Exactly one of what it takes must be there. */
	readonly one?: boolean;
	readonly writes?: boolean;
	run(on: Entity, given: Given, kind: Kind): object;
}

type Verbs = Readonly<Record<string, Verb>>;

interface KindTable {
	readonly list: string;
	readonly parent?: Kind;
	readonly create?: Rules;
	readonly update?: Rules;
}

const user = { email: 'text?', invite: 'flag?', userGroup: 'userGroup?', leaders: 'leaders?' };

/** What each kind takes beside a name when it is made or changed, and what a list of it is called. */
const tables: Readonly<Record<Kind, KindTable>> = {
	company: { list: 'companies', create: { corporate: 'flag?' } },
	project: {
		list: 'projects',
		parent: 'company',
		create: { startDate: 'date?', description: 'text?' },
		update: { name: 'name?', startDate: 'date?', description: 'text?' },
	},
	subproject: { list: 'subprojects', parent: 'project' },
	task: { list: 'tasks', parent: 'company' },
	person: { list: 'people', parent: 'company', create: user, update: { name: 'name?', ...user } },
	absence: { list: 'absences', parent: 'company' },
	group: { list: 'groups', create: { parent: 'group?' } },
	customField: { list: 'customFields' },
};

const places: readonly Kind[] = ['company', 'project', 'subproject'];
const labelled: readonly Kind[] = [...places, 'task', 'person', 'absence'];
const withFields: readonly Kind[] = [...places, 'person'];

/** Every documented service of the account's entities, behind one function. */
export function makeServices(
	store: Store,
	clock: () => number,
): (name: string, body: Given, mayWrite: boolean) => object {
	const verbs = new Map(
		Object.entries({ ...basics(store, clock), ...links, ...customFields(store), ...groups(store) }),
	);
	return (name, body, mayWrite) => {
		const [kind, verb] = name.split('.') as [Kind, string];
		// `group.list` and `project.list` have nothing but the name in common.
		const found = verbs.get(name) ?? verbs.get(verb);
		if (!found?.kinds.includes(kind) || name !== `${kind}.${verb}`) {
			throw new Declined(`Invalid service request: ${name}`);
		}
		const { about, takes = {}, one, writes } = found;
		if (writes && !mayWrite) {
			throw new Declined(`you are not allowed to call ${name}`);
		}
		const { id, xid, ...rest } = body;
		const on = about === false ? undefined : entity(store, kind, refOf({ id, xid }));
		const sent = on ? rest : body;
		const given = take(store, typeof takes === 'function' ? takes(kind) : takes, sent);
		if (one && Object.keys(sent).length !== 1) {
			throw new Declined('exactly one entity must be named');
		}
		return found.run(on as Entity, given, kind);
	};
}

function basics(store: Store, clock: () => number): Verbs {
	const kinds: readonly Kind[] = [...labelled, 'group'];
	const under = (kind: Kind): Rules => {
		const { parent } = tables[kind];
		return parent ? { [parent]: parent } : {};
	};
	return {
		create: {
			kinds,
			about: false,
			takes: (kind) => ({ [kind]: { name: 'name', xid: 'name?', ...under(kind), ...tables[kind].create } }),
			writes: true,
			run: (_, given, kind) => ({ ...ok, ...refTo(create(store, kind, given[kind] as Given, clock)) }),
		},
		get: { kinds, run: (on) => ({ ...ok, [on.kind]: view(on) }) },
		update: {
			kinds,
			about: false,
			takes: (kind) => ({ [kind]: { id: 'any?', xid: 'any?', ...(tables[kind].update ?? { name: 'name' }) } }),
			writes: true,
			run: (_, given, kind) => {
				const { id, xid, ...changes } = given[kind] as Given;
				change(entity(store, kind, refOf({ id, xid })), changes);
				return ok;
			},
		},
		list: {
			kinds: labelled,
			about: false,
			takes: under,
			run: (_, given, kind) => {
				const { list, parent } = tables[kind];
				const found = parent ? childrenOf(given[parent] as Entity, kind) : store.all(kind);
				return { ...ok, [list]: found.map(view) };
			},
		},
		activate: flagging('active', true, labelled),
		deactivate: flagging('active', false, labelled),
	};
}

function create(
	store: Store,
	kind: Kind,
	{ name, xid, company, project, parent, ...more }: Given,
	clock: () => number,
): Entity {
	if (xid !== undefined && store.find(kind, { xid: xid as string })) {
		throw new Declined(`xid ${xid as string} is taken`);
	}
	const made = store.add(kind, name as string, {
		xid: xid as string | undefined,
		parent: (company ?? project ?? parent) as Entity | undefined,
		fields: {
			...(kind === 'project' && { startDate: `${new Date(clock()).toISOString().slice(0, 8)}01` }),
			...(kind === 'person' && { userGroup: 'employee' }),
		},
	});
	change(made, more);
	return made;
}

function change(on: Entity, { name, leaders, ...fields }: Given): void {
	on.name = (name as string | undefined) ?? on.name;
	Object.assign(on.fields, Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));
	if (leaders) {
		on.links.leaders.clear();
		(leaders as Entity[]).forEach((leader) => on.links.leaders.add(leader));
	}
}

function flagging(flag: 'active' | 'tasksDisabled', value: boolean, kinds = places): Verb {
	return {
		kinds,
		writes: true,
		run: (on) => {
			on[flag] = value;
			return ok;
		},
	};
}

/** Attaching what is attached already, or detaching what is not, is a plain ok. */
function linking(act: 'add' | 'delete', link: Link, takes: Rules, kinds = places): Verb {
	return {
		kinds,
		takes,
		one: true,
		writes: true,
		run: (on, given) => {
			Object.values(given).forEach((other) => other && on.links[link][act](other as Entity));
			return ok;
		},
	};
}

const task = { task: 'task' };
const member = { person: 'person?', group: 'group?' };
const person = { person: 'person' };
const group = { group: 'group' };

const links: Verbs = {
	attach_specific_task: linking('add', 'specificTasks', task),
	detach_specific_task: linking('delete', 'specificTasks', task),
	enable_specific_tasks: flagging('tasksDisabled', false),
	disable_specific_tasks: flagging('tasksDisabled', true),
	specific_tasks: {
		kinds: places,
		run: ({ tasksDisabled, links }) => ({
			...ok,
			disabled: tasksDisabled,
			specificTasks: [...links.specificTasks].map(brief),
		}),
	},
	attach_member: linking('add', 'members', member),
	detach_member: linking('delete', 'members', member),
	members: {
		kinds: places,
		run: (on) => ({
			...ok,
			members: linked(on, 'members', 'person').map(named),
			groups: linked(on, 'members', 'group').map(named),
		}),
	},
	attach_manager: linking('add', 'managers', person, ['project']),
	detach_manager: linking('delete', 'managers', person, ['project']),
	managers: { kinds: ['project'], run: ({ links }) => ({ ...ok, members: [...links.managers].map(withEmail) }) },
	leaders: { kinds: ['person'], run: ({ links }) => ({ ...ok, leaders: [...links.leaders].map(view) }) },
	add_group: linking('add', 'groups', group, labelled),
	remove_group: linking('delete', 'groups', group, labelled),
	groups: { kinds: labelled, run: groupsOf },
};

function customFields(store: Store): Verbs {
	const fieldsOf = (kind: Kind): Entity[] =>
		store.all('customField').filter(({ fields }) => (fields['kinds'] as Kind[]).includes(kind));
	const changing = (rules: Rules, act: (on: Entity, field: Entity, value: string) => unknown): Verb => ({
		kinds: withFields,
		takes: { customField: { id: 'any?', xid: 'any?', ...rules } },
		writes: true,
		run: (on, given, kind) => {
			const { id, xid, value } = given['customField'] as Given;
			const field = entity(store, 'customField', refOf({ id, xid }));
			if (!fieldsOf(kind).includes(field)) {
				throw new Declined(`customField ${field.id} is not available for ${kind}`);
			}
			act(on, field, value as string);
			return ok;
		},
	});
	return {
		set_custom_field_value: changing({ value: 'text' }, (on, field, value) => on.values.set(field, value)),
		clear_custom_field_value: changing({}, (on, field) => on.values.delete(field)),
		custom_fields: {
			kinds: withFields,
			run: (on, _, kind) => ({
				...ok,
				customFields: fieldsOf(kind).map((field) => ({ ...named(field), value: on.values.get(field) })),
			}),
		},
		'custom_field.list': {
			kinds: ['custom_field' as Kind],
			about: false,
			run: () => ({
				customFields: store
					.all('customField')
					.map((one) => ({ ...named(one), availableFor: one.fields['availableFor'] })),
			}),
		},
	};
}

function groups(store: Store): Verbs {
	const kinds: readonly Kind[] = ['group'];
	return {
		'group.list': {
			kinds,
			about: false,
			takes: Object.fromEntries(labelled.map((kind) => [kind, `${kind}?`])),
			one: true,
			run: (_, given) => groupsOf(Object.values(given).find(Boolean) as Entity),
		},
		tree: {
			kinds,
			about: false,
			run: () => ({
				groups: store
					.all('group')
					.filter(({ parent }) => !parent)
					.map(branch),
			}),
		},
		delete: {
			kinds,
			takes: { force: 'flag?' },
			writes: true,
			run: (on, { force }) => {
				if (!force && store.assignments(on).length > 0) {
					throw new Declined(`group ${on.id} is assigned`);
				}
				store.removeGroup(on);
				return ok;
			},
		},
		assignments: {
			kinds,
			run: (on) => {
				const found = Object.groupBy(store.assignments(on), ({ kind }) => tables[kind].list);
				const lists = Object.entries(found).map(([list, ones = []]) => [
					list,
					ones.map(list === 'people' ? withEmail : brief),
				]);
				return { ...ok, ...Object.fromEntries(lists) };
			},
		},
	};
}
