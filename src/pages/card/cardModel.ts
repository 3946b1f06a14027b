import { t } from '@vscode/l10n';
import { cardField } from '../../core/cards.ts';
import type { Editor } from '../editor.ts';
import { Drafts } from '../form/drafts.ts';
import { FormModel } from '../form/formModel.ts';
import type { CardPageView, FromCardPage, ToCardPage } from '../protocol.ts';
import { LineDraft } from './lineDraft.ts';

type Say = Extract<ToCardPage, { type: 'say' }>;
type Failure = Extract<ToCardPage, { type: 'failure' }>;

interface Kept {
	readonly drafts?: unknown;
	readonly sent?: FormModel['sent'];
	readonly comment?: LineDraft['kept'];
	readonly item?: LineDraft['kept'];
}

/** What the page of a card knows: what the editor told it, and what was typed. */
export class CardModel {
	readonly form: FormModel;
	readonly comment: LineDraft;
	readonly item: LineDraft;
	view: CardPageView | undefined;
	isLoading = true;
	failure: Failure | undefined;
	said: Say = { type: 'say', text: '' };
	isSaving = false;
	/** Whether the description is being edited though nothing was typed yet. */
	isDescribing = false;
	/** Items that were checked or unchecked, until the vendor's answer is known. */
	checking: ReadonlyMap<string, boolean> = new Map();
	/** Whether what is wrong was just told and wants the focus. */
	wantsProblemFocus = false;
	readonly #editor: Editor<ToCardPage, FromCardPage>;
	readonly #drafts: Drafts;
	readonly #changed: () => void;

	constructor(editor: Editor<ToCardPage, FromCardPage>, changed: () => void) {
		const kept = (editor.kept ?? {}) as Kept;
		this.#editor = editor;
		this.#drafts = new Drafts(kept.drafts);
		this.comment = new LineDraft(kept.comment);
		this.item = new LineDraft(kept.item);
		this.#changed = changed;
		this.form = new FormModel(
			this.#drafts,
			{
				ask: (field, values) => this.tell({ type: 'choices', field, values }),
				changed: () => this.changed(),
			},
			kept.sent,
		);
	}

	start(): void {
		this.#editor.listen((message) => {
			this.#hear(message);
			this.changed();
		});
		this.tell({ type: 'ready' });
	}

	tell(message: FromCardPage): void {
		this.#editor.tell(message);
	}

	/** Keeps what was typed and draws anew. */
	changed(): void {
		const { comment, item, form } = this;
		this.#editor.keep({ drafts: this.#drafts.kept, sent: form.sent, comment: comment.kept, item: item.kept });
		this.#changed();
	}

	#hear(message: ToCardPage): void {
		switch (message.type) {
			case 'card':
				return this.#hearCard(message.card);
			case 'loading':
				this.isLoading = true;
				return;
			case 'failure':
				this.failure = message;
				return this.#settle();
			case 'choices':
				this.form.hearChoices(message);
				return this.#sayChoices(message);
			case 'problems':
				this.form.hearProblems(message.problems);
				this.wantsProblemFocus = message.problems.length > 0;
				return this.#settle();
			case 'saved':
				this.form.hearSaved(message.fields);
				this.isSaving = false;
				this.isDescribing &&= !message.fields.includes(cardField.description);
				return;
			case 'added':
				return (message.to === 'comments' ? this.comment : this.item).taken();
			case 'say':
				this.#say(message);
				return message.isFailure ? this.#settle() : undefined;
		}
	}

	#hearCard(card: CardPageView): void {
		this.view = card;
		this.form.hearFields(card.fields);
		this.isLoading = false;
		this.failure = undefined;
		this.checking = new Map();
	}

	/** Nothing is on its way any more, and nothing of it was taken: it can be sent again. */
	#settle(): void {
		this.isLoading = false;
		this.isSaving = false;
		this.checking = new Map();
		this.comment.refused();
		this.item.refused();
	}

	#sayChoices({ choices, failure }: Extract<ToCardPage, { type: 'choices' }>): void {
		if (failure === undefined && this.said.isFailure) {
			return;
		}
		const count = choices.length === 1 ? t('One choice.') : t('{0} choices.', choices.length);
		this.#say({ type: 'say', text: failure ?? count });
	}

	/** The same words twice are read out twice only where they are not quite the same. */
	#say(message: Say): void {
		const isRepeated = message.text !== '' && message.text === this.said.text;
		this.said = isRepeated ? { ...message, text: `${message.text}\u00a0` } : message;
	}

	save(): void {
		if (this.isSaving || this.view?.readOnly !== undefined || this.form.changedFields.length === 0) {
			return;
		}
		this.isSaving = true;
		this.#forgetFailure();
		this.tell({ type: 'save', values: this.form.send() });
		this.changed();
	}

	discard(): void {
		this.isDescribing = false;
		this.#say({ type: 'say', text: t('What was typed is discarded.') });
		this.form.discard();
	}

	sendComment(): void {
		if (this.comment.send()) {
			this.#forgetFailure();
			this.tell({ type: 'comment', text: this.comment.text });
			this.changed();
		}
	}

	sendItem(): void {
		if (this.item.send()) {
			this.#forgetFailure();
			this.tell({ type: 'addItem', title: this.item.text.trim() });
			this.changed();
		}
	}

	check(item: { readonly id: string; readonly title: string }, done: boolean): void {
		this.checking = new Map([...this.checking, [item.id, done]]);
		this.#forgetFailure();
		this.tell({ type: 'setItem', id: item.id, title: item.title, done });
		this.changed();
	}

	describe(on: boolean): void {
		this.isDescribing = on;
		this.changed();
	}

	#forgetFailure(): void {
		this.said = { type: 'say', text: '' };
	}
}
