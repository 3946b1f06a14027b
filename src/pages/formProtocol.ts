import type { Values } from '../core/form.ts';
import type { ChoicesMessage, ChoiceView, FieldView, ProblemsMessage } from './protocol.ts';

/** What the page of a form and the editor tell each other: plain data, every text ready to be read. */

export interface FormPageView {
	readonly title: string;
	/** Where it will go, such as the account. */
	readonly place?: string;
	readonly fields: readonly FieldView[];
	readonly submitLabel: string;
	readonly helpUrl?: string;
	/** What follows from the values, drawn anew as they change. */
	readonly preview?: { readonly label: string; readonly text: string };
}

/** What stands on the left of a mapping. */
export interface RowsMessage {
	readonly type: 'rows';
	readonly field: string;
	/** The number of the question; the answer to one that was asked anew meanwhile is not wanted any more. */
	readonly ask: number;
	readonly rows: readonly ChoiceView[];
	readonly failure?: string;
}

export type ToFormPage =
	/** What was typed stays. */
	| { readonly type: 'form'; readonly form: FormPageView }
	| ChoicesMessage
	| RowsMessage
	| { readonly type: 'picked'; readonly field: string; readonly value: string }
	| { readonly type: 'preview'; readonly ask: number; readonly text: string }
	/** It is on its way; `text` says how far. */
	| { readonly type: 'sending'; readonly text: string }
	/** It is not on its way any more, and nothing came of it. */
	| { readonly type: 'settled'; readonly text: string }
	/** It was declined or found wrong. */
	| (ProblemsMessage & {
			readonly message: string;
			readonly action?: { readonly label: string; readonly again: boolean };
	  });

export type FromFormPage =
	| { readonly type: 'ready' }
	/** `how`: from the beginning, the next ones, or all that are left. */
	| {
			readonly type: 'choices';
			readonly field: string;
			readonly ask: number;
			readonly how: 'first' | 'more' | 'all';
			readonly values: Values;
	  }
	| { readonly type: 'rows'; readonly field: string; readonly ask: number; readonly values: Values }
	/** A file or a folder is to be chosen in the editor's own dialogue. */
	| { readonly type: 'pick'; readonly field: string; readonly values: Values }
	| { readonly type: 'preview'; readonly ask: number; readonly values: Values }
	| { readonly type: 'submit'; readonly values: Values }
	/** Stop sending. */
	| { readonly type: 'stop' }
	/** `typed`: whether anything would be lost. */
	| { readonly type: 'leave'; readonly typed: boolean }
	/** The action of the last failure. */
	| { readonly type: 'act' }
	| { readonly type: 'help' };
