import type { Arrangement } from '../core/arrangement.ts';
import type { FieldValue } from '../core/form.ts';

/**
 * What a page and the editor tell each other: plain data, every text ready to be read. Dates and numbers are formatted on
 * the editor's side, but for what a field of a form holds.
 */

/** Everything a page draws, in the person's language. */
export interface BoardView {
	readonly title: string;
	/** The workspace and the account the board stands in. */
	readonly place: string;
	readonly archived?: boolean;
	readonly lanes: readonly LaneView[];
	readonly arrangement: Arrangement;
	/** Labels that cards of this board have, for the filter. */
	readonly labels: readonly string[];
	readonly can: {
		/** Whether "mine" means anything here. */
		readonly mine: boolean;
		readonly undo?: string;
	};
	/** Said above the board: what was not loaded, that it may differ from the vendor, that the account is locked. */
	readonly notices: readonly Notice[];
	/** What the vendor calls a card and a column. */
	readonly words: { readonly card: string; readonly cards: string; readonly column: string };
}

export interface Notice {
	readonly text: string;
	readonly severity: 'info' | 'warning' | 'error';
	readonly action?: { readonly label: string; readonly id: 'reload' | 'unlock' | 'signIn' | 'loadAll' | 'showLog' };
}

/** A column, or what cards were grouped by. */
export interface LaneView {
	readonly id: string;
	readonly name: string;
	/** How many cards it shows and, where a filter hides some, how many it has, such as "3 of 12". */
	readonly count: string;
	readonly note?: string;
	readonly cards: readonly CardView[];
	readonly loading?: boolean;
	/** Whether there are cards that were not loaded yet. */
	readonly hasMore?: boolean;
	readonly failure?: { readonly message: string; readonly action: string };
	/** Whether new cards can be made here. */
	readonly canCreate?: boolean;
	/** Whether cards can be dropped here, and where: at any place, first or last, or just into it. */
	readonly drop?: 'any' | 'ends' | 'into';
	/** Whether the lane itself can be put elsewhere among its like. */
	readonly movable?: boolean;
}

export interface CardView {
	readonly id: string;
	readonly key?: string;
	readonly title: string;
	readonly assignees?: string;
	readonly due?: { readonly text: string; readonly overdue: boolean };
	readonly labels?: readonly string[];
	readonly status?: string;
	readonly done?: boolean;
	/** Why it is blocked; "" without a reason. */
	readonly blocked?: string;
	readonly progress?: { readonly done: number; readonly total: number };
	readonly comments?: number;
	/** Whether it can be lifted. */
	readonly movable: boolean;
	/** A change of it is on its way to the vendor. */
	readonly pending?: boolean;
	/** All of it as one sentence, for a screen reader. */
	readonly spoken: string;
	/** The word in `data-vscode-context` by which the editor's menus choose their entries. */
	readonly context: string;
}

export type ToBoardPage =
	| { readonly type: 'board'; readonly board: BoardView }
	/** Lanes that have changed, by their id; the others stay as they are. */
	| { readonly type: 'lanes'; readonly lanes: readonly LaneView[]; readonly can: BoardView['can'] }
	/** Read out by a screen reader, and shown for a while where it is a failure. */
	| { readonly type: 'say'; readonly text: string; readonly isFailure?: boolean }
	| { readonly type: 'focus'; readonly card: string };

export type FromBoardPage =
	| { readonly type: 'ready' }
	/** `after`: the card they are to stand behind, in the order given; absent for first. */
	| { readonly type: 'move'; readonly cards: readonly string[]; readonly lane: string; readonly after?: string }
	| { readonly type: 'moveLane'; readonly lane: string; readonly after?: string }
	| { readonly type: 'open'; readonly card: string }
	/** The editor's menu opens for these: what is chosen there is meant for all of them. */
	| { readonly type: 'menu'; readonly cards: readonly string[] }
	| { readonly type: 'create'; readonly lane: string }
	| { readonly type: 'more' | 'retry'; readonly lane: string }
	| { readonly type: 'arrange'; readonly arrangement: Arrangement }
	| { readonly type: 'notice'; readonly id: NonNullable<Notice['action']>['id'] }
	/** A command of the board's toolbar or of a key, on the cards that are selected. */
	| {
			readonly type: 'command';
			readonly id: 'undo' | 'reload' | 'asText' | 'rename' | 'delete' | 'assign' | 'openInBrowser';
			readonly cards: readonly string[];
	  };

/** What of a card can be seen and changed on its own page. */
export interface CardPageView {
	readonly title: string;
	readonly key?: string;
	/** Workspace, board and column. */
	readonly place: string;
	readonly readOnly?: string;
	/** Facts to read, those first that no field shows. */
	readonly facts: readonly { readonly label: string; readonly value: string }[];
	/** HTML as the vendor gives it, to be made safe by the page; or plain text. */
	readonly description?: { readonly html: string } | { readonly text: string };
	/** Whether pictures of the web may be loaded; until then the page says how many wait and asks. */
	readonly pictures: boolean;
	readonly fields: readonly FieldView[];
	readonly checklist?: {
		readonly items: readonly { readonly id: string; readonly title: string; readonly done: boolean }[];
		readonly canSet: boolean;
		readonly canAdd: boolean;
		readonly canRemove: boolean;
		/** Said beside it where checking off does more than it says. */
		readonly note?: string;
	};
	readonly attachments?: {
		readonly items: readonly {
			readonly id: string;
			readonly name: string;
			readonly detail?: string;
			readonly canOpen: boolean;
		}[];
		readonly canAdd: boolean;
	};
	readonly comments?: {
		readonly items: readonly {
			readonly id: string;
			readonly author?: string;
			readonly time?: string;
			readonly body: { readonly html: string } | { readonly text: string };
			readonly canRemove: boolean;
		}[];
		readonly hasMore: boolean;
		readonly failure?: string;
		readonly canAdd: boolean;
	};
	readonly can: { readonly move: boolean; readonly remove?: string; readonly openInBrowser: boolean };
	readonly notices: readonly Notice[];
}

/** A field of a form as a page draws it. `value` is what the vendor holds. */
export interface FieldView {
	readonly id: string;
	readonly label: string;
	readonly kind: 'text' | 'date' | 'choice' | 'flag' | 'path' | 'mapping';
	readonly help?: string;
	readonly required?: boolean;
	readonly multiline?: boolean;
	/** The text is shown and typed as HTML; said beside it. */
	readonly html?: boolean;
	readonly many?: boolean;
	/** For choices: whether something else may be typed. */
	readonly free?: boolean;
	readonly maxLength?: number;
	readonly placeholder?: string;
	readonly value: FieldValue;
	/** For choices: what the chosen ones are called, for as long as the choices were not asked for. */
	readonly valueLabels?: readonly string[];
	/** For choices and mappings: said where there is nothing to choose from or to fill in. */
	readonly none?: string;
}

export interface ChoiceView {
	readonly value: string;
	readonly label: string;
	readonly detail?: string;
}

export interface ChoicesMessage {
	readonly type: 'choices';
	readonly field: string;
	readonly choices: readonly ChoiceView[];
	readonly failure?: string;
	/** The number of the question; the answer to one that was asked anew meanwhile is not wanted any more. */
	readonly ask?: number;
	/** Whether these come after those that were told before, and whether there are still more. */
	readonly isMore?: boolean;
	readonly hasMore?: boolean;
}

/** What is wrong with what was typed, by field; `message` with the whole. */
export interface ProblemsMessage {
	readonly type: 'problems';
	readonly problems: readonly { readonly field?: string; readonly message: string }[];
}

export type ToCardPage =
	/** Typed text that was not saved stays. */
	| { readonly type: 'card'; readonly card: CardPageView }
	| { readonly type: 'loading' }
	| { readonly type: 'failure'; readonly message: string; readonly action: string }
	| ChoicesMessage
	| ProblemsMessage
	/** These fields were saved: what was typed there is no longer pending. */
	| { readonly type: 'saved'; readonly fields: readonly string[] }
	/** A comment or a new item was taken by the vendor: its box is emptied. */
	| { readonly type: 'added'; readonly to: 'comments' | 'checklist' }
	| { readonly type: 'say'; readonly text: string; readonly isFailure?: boolean };

export type FromCardPage =
	| { readonly type: 'ready' }
	| { readonly type: 'choices'; readonly field: string; readonly values: Readonly<Record<string, unknown>> }
	/** Only the fields that differ from what the vendor holds. */
	| { readonly type: 'save'; readonly values: Readonly<Record<string, FieldValue>> }
	| { readonly type: 'comment'; readonly text: string }
	| { readonly type: 'removeComment'; readonly id: string }
	| { readonly type: 'addItem'; readonly title: string }
	| { readonly type: 'setItem'; readonly id: string; readonly title: string; readonly done: boolean }
	| { readonly type: 'removeItem'; readonly id: string }
	| { readonly type: 'openAttachment'; readonly id: string }
	| { readonly type: 'attach' | 'moreComments' | 'pictures' | 'move' | 'remove' | 'openInBrowser' | 'reload' | 'retry' }
	| { readonly type: 'openLink'; readonly url: string }
	| { readonly type: 'notice'; readonly id: NonNullable<Notice['action']>['id'] };

/** The first words of a page: which one it is, the texts of the person's language, and what it showed when it was last left. */
export interface PageStart {
	readonly page: 'board' | 'card' | 'table' | 'form';
	/** The bundle of translations; empty for English. */
	readonly texts: Readonly<Record<string, string>>;
	readonly language: string;
	/** What the page shows, for the editor alone: it comes back with the page when the window is loaded anew. */
	readonly address: unknown;
}
