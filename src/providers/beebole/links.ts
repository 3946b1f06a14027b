import { t } from '@vscode/l10n';
import { InvalidInput } from '../../core/errors.ts';
import { type ChoiceField, type Form, textOf, type Values } from '../../core/form.ts';
import {
	bareForm,
	type Operation,
	type Outcome,
	type RelatedItem,
	type RelatedList,
	type RelatedPlace,
} from '../../core/operations.ts';
import { onePage } from '../../core/page.ts';
import type { Linked, LinkVerb } from './client.ts';
import type { Data } from './data.ts';
import type { Target, TargetRef } from './target.ts';
import type { Writing } from './writing.ts';

/**
 * One family of services that put something onto a company, a project or a subproject, list it and take it away: the same for
 * each of them. The words are looked up when they are asked for.
 */
export interface LinkFamily {
	readonly id: string;
	readonly icon: string;
	readonly attach: LinkVerb;
	readonly detach: LinkVerb;
	words(): LinkWords;
	/** Their ids are `keyOf` what is linked. */
	items(of: Target, data: Data, signal: AbortSignal): Promise<readonly RelatedItem[]>;
	/** What to choose from when one is added; the values are `keyOf` what is linked. */
	field(of: Target, data: Data): ChoiceField;
	/** The question whose answer is another then. */
	readonly question: (of: TargetRef) => string;
	/** Asked before it is added. */
	readonly confirmation?: (of: Target, values: Values) => ReturnType<NonNullable<Form<Outcome>['confirmation']>>;
	/** Puts what was given onto the place, where it takes more than attaching what was chosen. */
	readonly add?: (of: Target, value: string, writing: Writing, signal: AbortSignal) => Promise<string>;
	/** What can be done with the list besides. */
	readonly more?: <Place>(target: (place: Place) => Target, writing: Writing) => readonly Operation<Place>[];
}

export interface LinkWords {
	readonly name: string;
	readonly note: string;
	readonly none: string;
	readonly add: string;
	/** Said once something was added to the place of that name. */
	readonly added: (place: string) => string;
	readonly remove: string;
	readonly question: (item: string, place: string) => string;
	/** What becomes of what is removed. */
	readonly detail: string;
}

/** The id of a line and of a choice: people and groups stand in one list. */
export function keyOf({ kind, id }: Linked): string {
	return `${kind}/${id}`;
}

export function linkedOf(key: string): Linked | undefined {
	const [, kind, id] = /^(task|person|group)\/(.+)$/s.exec(key) ?? [];
	return kind && id ? { kind: kind as Linked['kind'], id } : undefined;
}

export function linkList<Place>(
	family: LinkFamily,
	target: (place: Place) => Target,
	writing: Writing,
): RelatedList<Place> {
	return {
		id: family.id,
		icon: family.icon,
		get name() {
			return family.words().name;
		},
		get note() {
			return family.words().note;
		},
		get none() {
			return family.words().none;
		},
		list: async (place, signal) => onePage(await family.items(target(place), writing.data, signal)),
		operations: [adding(family, target, writing), ...(family.more?.(target, writing) ?? [])],
		itemOperations: [removing(family, target, writing)],
	};
}

function adding<Place>(family: LinkFamily, target: (place: Place) => Target, writing: Writing): Operation<Place> {
	return {
		id: 'add',
		get title() {
			return family.words().add;
		},
		begin: async (place) => addForm(family, target(place), writing),
	};
}

function addForm(family: LinkFamily, of: Target, writing: Writing): Form<Outcome> {
	const field = family.field(of, writing.data);
	const { add, added } = family.words();
	return {
		title: t('{0}: {1}', of.name, add),
		submitLabel: t('Add'),
		fields: [field],
		confirmation: (values) => family.confirmation?.(of, values),
		async submit(values, signal) {
			const value = textOf(values, field.id) ?? '';
			if (family.add) {
				return { message: await family.add(of, value, writing, signal) };
			}
			const linked = linkedOf(value);
			if (!linked) {
				throw new InvalidInput([{ field: field.id, message: t('{0}: choose from the list.', field.label) }]);
			}
			await link(family, of, linked, true, writing, signal);
			return { message: added(of.name) };
		},
	};
}

/** Puts something onto a place, or takes it from there. */
export async function link(
	{ attach, detach, question }: Pick<LinkFamily, 'attach' | 'detach' | 'question'>,
	of: TargetRef,
	linked: Linked,
	isThere: boolean,
	{ client, data }: Writing,
	signal: AbortSignal,
): Promise<void> {
	const write = () => client.link(of, isThere ? attach : detach, linked, signal);
	await (linked.kind === 'task' ? data.hang(of, linked.id, isThere, write) : data.changing([question(of)], write));
}

function removing<Place>(
	family: LinkFamily,
	target: (place: Place) => Target,
	writing: Writing,
): Operation<RelatedPlace<Place>> {
	return {
		id: 'remove',
		get title() {
			return family.words().remove;
		},
		async begin({ place, item }) {
			const of = target(place);
			const { remove, question, detail } = family.words();
			const submit = async (signal: AbortSignal): Promise<Outcome> => {
				const linked = linkedOf(item.id);
				if (linked) {
					await link(family, of, linked, false, writing, signal);
				}
				return { message: t('{0} was removed from {1}.', item.name, of.name) };
			};
			return bareForm(remove, submit, { question: question(item.name, of.name), detail, button: t('Remove') });
		},
	};
}
