export type Kind = 'company' | 'project' | 'subproject' | 'task' | 'person' | 'absence' | 'group' | 'customField';
export type Link = 'specificTasks' | 'members' | 'managers' | 'groups' | 'leaders';
export type Ref = { readonly id: number } | { readonly xid: string };

export interface Entity {
	readonly kind: Kind;
	readonly id: number;
	/** Given at creation, it stands in place of `id` everywhere. */
	readonly xid?: string;
	/** The company of a project, task, person or absence; the project of a subproject; the group above a group. */
	readonly parent?: Entity;
	readonly children: Entity[];
	readonly links: Readonly<Record<Link, Set<Entity>>>;
	/** Values of custom fields. */
	readonly values: Map<Entity, string>;
	/** What some kinds have beside a name, such as a start date. */
	readonly fields: Record<string, unknown>;
	name: string;
	active: boolean;
	tasksDisabled: boolean;
}

/** What one Beebole account holds. Ids come from one counter, so no two entities of any kind share one. */
export class Store {
	readonly entities = new Map<number, Entity>();
	#last = 232;

	add(kind: Kind, name: string, more: Pick<Partial<Entity>, 'xid' | 'parent' | 'fields' | 'active'> = {}): Entity {
		this.#last += 1;
		const [specificTasks, members, managers, groups, leaders] = Array.from({ length: 5 }, () => new Set<Entity>());
		const entity = {
			kind,
			id: this.#last,
			name,
			active: true,
			tasksDisabled: false,
			fields: {},
			children: [],
			links: { specificTasks, members, managers, groups, leaders } as Entity['links'],
			values: new Map(),
			...more,
		};
		this.entities.set(entity.id, entity);
		more.parent?.children.push(entity);
		return entity;
	}

	all(kind: Kind): Entity[] {
		return [...this.entities.values()].filter((entity) => entity.kind === kind);
	}

	/** An entity that was created with an `xid` answers to that alone. */
	find(kind: Kind, ref: Ref): Entity | undefined {
		const found = 'id' in ref ? this.entities.get(ref.id) : this.all(kind).find(({ xid }) => xid === ref.xid);
		return found?.kind === kind && ('xid' in ref || found.xid === undefined) ? found : undefined;
	}

	/** Whatever has this group as a label, or lets only its people in. */
	assignments(group: Entity): Entity[] {
		return [...this.entities.values()].filter(({ links }) => links.groups.has(group) || links.members.has(group));
	}

	/** Groups alone can be removed, and the groups below them go too. */
	removeGroup(group: Entity): void {
		[...group.children].forEach((child) => this.removeGroup(child));
		for (const { links } of this.assignments(group)) {
			links.groups.delete(group);
			links.members.delete(group);
		}
		group.parent?.children.splice(group.parent.children.indexOf(group), 1);
		this.entities.delete(group.id);
	}
}

export function childrenOf(entity: Entity, kind: Kind): Entity[] {
	return entity.children.filter((child) => child.kind === kind);
}
