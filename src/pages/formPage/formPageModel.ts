import { t } from '@vscode/l10n';
import type { Editor } from '../editor.ts';
import { Drafts } from '../form/drafts.ts';
import { FormModel } from '../form/formModel.ts';
import type { FormPageView, FromFormPage, ToFormPage } from '../formProtocol.ts';

type Refusal = Extract<ToFormPage, { type: 'problems' }>;

interface Kept {
	readonly drafts?: unknown;
}

/** Long enough that it is not asked for at every key. */
const previewDelay = 150;

/** What the page of a form knows: what the editor told it, and what was typed. */
export class FormPageModel {
	readonly form: FormModel;
	view: FormPageView | undefined;
	preview = '';
	/** How far sending it is; undefined while it is not being sent. */
	sending: string | undefined;
	/** What the last attempt ended with. */
	refusal: Refusal | undefined;
	said = '';
	/** What is to have the focus after the next drawing. */
	wantsFocus: 'problem' | 'before' | undefined;
	readonly #editor: Editor<ToFormPage, FromFormPage>;
	readonly #drafts: Drafts;
	readonly #changed: () => void;
	#previews = 0;
	#previewed = '';
	#waiting: ReturnType<typeof setTimeout> | undefined;

	constructor(editor: Editor<ToFormPage, FromFormPage>, changed: () => void) {
		this.#editor = editor;
		this.#drafts = new Drafts(((editor.kept ?? {}) as Kept).drafts);
		this.#changed = changed;
		this.form = new FormModel(this.#drafts, {
			isWhole: true,
			ask: (field, values, ask, how) => this.tell({ type: 'choices', field, values, ask, how }),
			askRows: (field, values, ask) => this.tell({ type: 'rows', field, values, ask }),
			pick: ({ id }) => this.tell({ type: 'pick', field: id, values: this.form.values }),
			changed: () => this.changed(),
		});
	}

	start(): void {
		this.#editor.listen((message) => {
			this.#hear(message);
			this.changed();
		});
		this.tell({ type: 'ready' });
	}

	tell(message: FromFormPage): void {
		this.#editor.tell(message);
	}

	/** Keeps what was typed and draws anew. */
	changed(): void {
		this.#editor.keep({ drafts: this.#drafts.kept } satisfies Kept);
		this.#forgetRefusal();
		this.#askPreview();
		this.#changed();
	}

	/** What was wrong was put right since. */
	#forgetRefusal(): void {
		const isRight = this.form.firstWrong === undefined && this.form.otherProblems.length === 0;
		if (this.refusal && this.refusal.problems.length > 0 && isRight) {
			this.refusal = undefined;
			this.said = '';
		}
	}

	#hear(message: ToFormPage): void {
		switch (message.type) {
			case 'form':
				this.view = message.form;
				return this.form.hearFields(message.form.fields);
			case 'choices':
				this.form.hearChoices(message);
				return this.#sayCount(message.choices.length, message.failure);
			case 'rows':
				return this.form.hearRows(message);
			case 'picked':
				return this.#hearPicked(message.field, message.value);
			case 'preview':
				if (message.ask === this.#previews) {
					this.preview = message.text;
				}
				return undefined;
			case 'sending':
				return this.#hearSending(message.text);
			case 'settled':
				this.#settle('before');
				return this.#say(message.text);
			case 'problems':
				this.refusal = message;
				this.form.hearProblems(message.problems);
				this.#settle('problem');
				return this.#say(message.message);
		}
	}

	#hearPicked(id: string, value: string): void {
		const field = this.form.fields.find((one) => one.id === id);
		if (field) {
			this.form.type(field, value);
		}
	}

	#hearSending(text: string): void {
		this.sending = text;
		this.#say(text);
	}

	/** Nothing is on its way any more. */
	#settle(focus: 'problem' | 'before'): void {
		this.sending = undefined;
		this.wantsFocus = focus;
	}

	#sayCount(count: number, failure: string | undefined): void {
		this.#say(failure ?? (count === 1 ? t('One choice.') : t('{0} choices.', count)));
	}

	/** The same words twice are read out twice only where they are not quite the same. */
	#say(text: string): void {
		this.said = text !== '' && text === this.said ? `${text}\u00a0` : text;
	}

	/** What is said with the whole, besides the sentence above: what is wrong with something that no field shows. */
	get others(): readonly string[] {
		const message = this.refusal?.message ?? '';
		return this.form.otherProblems.filter((problem) => !message.includes(problem));
	}

	submit(): void {
		if (this.sending === undefined && this.view) {
			this.refusal = undefined;
			this.form.hearProblems([]);
			this.sending = '';
			this.tell({ type: 'submit', values: this.form.values });
			this.changed();
		}
	}

	stop(): void {
		this.tell({ type: 'stop' });
	}

	leave(): void {
		this.tell({ type: 'leave', typed: this.form.changedFields.length > 0 });
	}

	/** Does what the last failure offers. */
	act(): void {
		if (this.refusal?.action?.again) {
			this.submit();
		} else {
			this.tell({ type: 'act' });
		}
	}

	#askPreview(): void {
		const values = JSON.stringify(this.form.values);
		if (this.view?.preview && values !== this.#previewed) {
			this.#previewed = values;
			clearTimeout(this.#waiting);
			this.#waiting = setTimeout(() => {
				this.#previews += 1;
				this.tell({ type: 'preview', ask: this.#previews, values: this.form.values });
			}, previewDelay);
		}
	}
}
