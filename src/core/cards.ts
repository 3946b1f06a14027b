import type { UploadFile } from './archives.ts';
import type { Creation } from './creation.ts';
import type { Field, Values } from './form.ts';
import type { Card, ChecklistItem, Column, Comment, Document, Fact, Hit } from './model.ts';
import type { Page } from './page.ts';

/**
 * What can be done with cards. A part is there exactly where the vendor has a call for it. Nothing here repeats a write by
 * itself, and after every failure of one whoever called asks for the cards again: a write may be made of several requests.
 */
export interface Cards {
	/** The card as it is now, asked of the vendor, with all that one card alone tells. Throws `NotFound` where it is gone. */
	look(card: Card, signal: AbortSignal): Promise<CardDetail>;
	/**
	 * The id under which this account's own person stands in `Card.assigneeIds`; undefined where the account is no person.
	 * Absent where cards have no assignees.
	 */
	me?(signal: AbortSignal): Promise<string | undefined>;
	/** The cards that are this person's to do and not done, over all workspaces, with the way to each. */
	mine?(signal: AbortSignal): Promise<Page<Hit>>;
	/** New cards in a column. */
	readonly creation?: Creation<Column, Card>;
	readonly editing?: CardEditing;
	readonly moving?: CardMoving;
	readonly removal?: CardRemoval;
	readonly comments?: Comments;
	/** Changing the items of `CardDetail.checklist`. */
	readonly checklist?: Checklist;
	/** Putting files onto a card; returns what it then is among `CardDetail.attachments`. */
	readonly attaching?: { attach(card: Card, file: UploadFile, signal: AbortSignal): Promise<Document> };
}

/** What is known of one card that was asked for by itself. */
export interface CardDetail {
	readonly card: Card;
	/** What the fields of `editing` hold, by their ids; an empty text where a field is empty. */
	readonly values: Values;
	/** Absent where the vendor has no such list. */
	readonly checklist?: readonly ChecklistItem[];
	/** Read through `Archives.read`. Absent where the vendor has none. */
	readonly attachments?: readonly Document[];
	/** Whatever else the vendor says of a card, for reading. */
	readonly facts?: readonly Fact[];
}

export interface CardEditing {
	/**
	 * What of this card can be changed; the ids are those of `CardDetail.values`, and where a field is one of `cardField`
	 * it has that id. Makes no request; choices load when they are reached.
	 */
	fields(card: Card): readonly Field[];
	/**
	 * Sends the given fields and no others, and returns the card as it is afterwards; an empty value clears its field.
	 * Throws `Refused` with problems that name fields, also where the vendor answered well and did not take a value.
	 */
	edit(card: Card, values: Values, signal: AbortSignal): Promise<Card>;
	/**
	 * The values to edit a card with so that it counts as done, or is open again; undefined where just this card has no such.
	 * Absent where the vendor knows no done.
	 */
	completion?(card: Card, isDone: boolean, signal: AbortSignal): Promise<Values | undefined>;
	/** False where nothing that is done can be opened again. */
	readonly reopens?: boolean;
	/** What happens at the vendor beyond what is asked, as one sentence to be confirmed; undefined where nothing does. */
	warning?(card: Card, values: Values): string | undefined;
}

/** The ids of fields that commands of ours know by themselves. */
export const cardField = {
	title: 'title',
	description: 'description',
	/** A choice; of several people where the field is `many`. The values are those of `Card.assigneeIds`. */
	assignee: 'assignee',
	start: 'start',
	due: 'due',
	/** A choice of one or many. */
	labels: 'labels',
	status: 'status',
	/** A flag. */
	blocked: 'blocked',
	blockReason: 'blockReason',
} as const;

export interface CardMoving {
	/** Which place in a column can be asked for: any, its two ends, or none where the vendor orders by rules of its own. */
	readonly places: 'any' | 'ends' | 'none';
	/** Why this card can't go there, in the user's language; absent where trying is worth it. */
	whyNot?(card: Card, to: Column): string | undefined;
	/**
	 * Puts the card into a column, which may be the one it is in, right behind the card of id `after`, or first where that
	 * is undefined. With `places` `ends`, any `after` means last; with `none` it means nothing. Returns the card as it is then.
	 */
	move(card: Card, to: Column, after: string | undefined, signal: AbortSignal): Promise<Card>;
}

export interface CardRemoval {
	/** The vendor's own word for what it does to a card. */
	readonly kind: 'delete' | 'archive';
	/** What becomes of the card, as one sentence for the question before it is done. */
	readonly effect: string;
	whyNot?(card: Card): string | undefined;
	remove(card: Card, signal: AbortSignal): Promise<void>;
	/** Takes a removal back. Absent where the vendor can't. */
	restore?(card: Card, signal: AbortSignal): Promise<Card>;
}

export interface Comments {
	/** The newest last. */
	list(card: Card, signal: AbortSignal): Promise<Page<Comment>>;
	/** `text` is plain. */
	add?(card: Card, text: string, signal: AbortSignal): Promise<Comment>;
	remove?(card: Card, comment: Comment, signal: AbortSignal): Promise<void>;
}

export interface Checklist {
	set(
		card: Card,
		item: ChecklistItem,
		to: Pick<ChecklistItem, 'title' | 'done'>,
		signal: AbortSignal,
	): Promise<ChecklistItem>;
	add?(card: Card, title: string, signal: AbortSignal): Promise<ChecklistItem>;
	remove?(card: Card, item: ChecklistItem, signal: AbortSignal): Promise<void>;
}

/** Putting the columns of a board into another order. */
export interface ColumnOrdering {
	/** Puts a column right behind another, or first where `after` is undefined. */
	move(column: Column, after: Column | undefined, signal: AbortSignal): Promise<void>;
}
