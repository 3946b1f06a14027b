import type { Confirmation, Form } from './form.ts';
import type { Board, Column, Extra, Hit, Workspace } from './model.ts';
import type { Page } from './page.ts';

/**
 * What can be done with one thing as a whole, as data: edit, archive, copy, delete and what else its vendor has calls for.
 * Every one is run in the same manner: `begin` reads what the form needs, the form is filled in where it has fields, confirmed
 * where it says so, and sent.
 */
export interface Operation<Place> {
	readonly id: OperationId;
	/** What it is called with the vendor's own words, such as “Archive project”. */
	readonly title: string;
	/** Why it can't be done with just this, in the user's language; then it is not offered there. Makes no request. */
	whyNot?(place: Place): string | undefined;
	/**
	 * The form to fill in, which holds what the vendor holds now; asks the vendor for that where it must. A form without fields
	 * is sent as soon as it is confirmed. Throws the errors of `errors.ts`.
	 */
	begin(place: Place, signal: AbortSignal): Promise<Form<Outcome>>;
}

/** An operation on a certain thing. */
export interface BoundOperation extends Pick<Operation<never>, 'id' | 'title'> {
	/** Why it can't be done with this one. */
	readonly whyNot: string | undefined;
	begin(signal: AbortSignal): Promise<Form<Outcome>>;
}

export function bound<Place>(operations: readonly Operation<Place>[] = [], place: Place): readonly BoundOperation[] {
	return operations.map((one) => ({
		id: one.id,
		title: one.title,
		whyNot: one.whyNot?.(place),
		begin: (signal) => one.begin(place, signal),
	}));
}

/** Part of the names of commands: never changed. */
export type OperationId =
	| 'edit'
	| 'archive'
	| 'restore'
	| 'delete'
	| 'copy'
	| 'changeWorkflow'
	| 'mapToWorkflow'
	| 'add'
	| 'remove'
	| 'enable'
	| 'disable';

/** What became of it. */
export interface Outcome {
	/** One sentence for the person. */
	readonly message: string;
	/** What was made, to be shown on request. */
	readonly made?: Hit;
}

/** The operations on each level; an absent level has none. */
export interface Operations {
	readonly workspace?: readonly Operation<Workspace>[];
	readonly board?: readonly Operation<Board>[];
	readonly column?: readonly Operation<Column>[];
}

/**
 * A list of what belongs to a thing besides its boards, columns, cards and documents, such as the members of a project: a line
 * of the tree beneath it, which loads when it is opened.
 */
export interface RelatedList<Place> {
	/** Tells the lists of one thing apart. */
	readonly id: string;
	/** What the vendor calls it, in the plural. */
	readonly name: string;
	/** The name of a codicon. */
	readonly icon: string;
	/** One sentence on what it is at the vendor, where the name does not say it. */
	readonly note?: string;
	/** Said where it is empty. */
	readonly none: string;
	list(place: Place, signal: AbortSignal): Promise<Page<RelatedItem>>;
	/** What can be done with the list, such as adding to it. */
	readonly operations?: readonly Operation<Place>[];
	readonly itemOperations?: readonly Operation<RelatedPlace<Place>>[];
}

export interface RelatedItem {
	readonly id: string;
	readonly name: string;
	/** Said beside the name, such as a value. */
	readonly description?: string;
	/** Said when somebody points at it. */
	readonly detail?: string;
	/** The name of a codicon, where it is another than that of its list. */
	readonly icon?: string;
	readonly webUrl?: string;
	/** Facts only its own provider reads. */
	readonly extra?: Extra;
}

export interface RelatedPlace<Place> {
	readonly place: Place;
	readonly item: RelatedItem;
}

export interface Related {
	readonly workspace?: readonly RelatedList<Workspace>[];
	readonly board?: readonly RelatedList<Board>[];
	readonly column?: readonly RelatedList<Column>[];
}

/** Boards of an account by another way than through their workspaces, such as the person's favourites. */
export interface Shortlist {
	readonly id: string;
	readonly name: string;
	/** The name of a codicon. */
	readonly icon: string;
	/** Said where it is empty. */
	readonly none: string;
	list(signal: AbortSignal): Promise<Page<Hit & { readonly board: Board }>>;
}

/** A form that asks for nothing but, where that is given, to be confirmed. */
export function bareForm(
	title: string,
	submit: (signal: AbortSignal) => Promise<Outcome>,
	confirmation?: Confirmation,
): Form<Outcome> {
	return {
		title,
		submitLabel: confirmation?.button ?? title,
		fields: [],
		submit: (_, signal) => submit(signal),
		confirmation: () => confirmation,
	};
}
