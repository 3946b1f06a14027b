import type { FieldView, ToCardPage } from '../protocol.ts';
import { asList, type Drafts, type PlainValue, sameValue } from './drafts.ts';
import { plainOf } from './plainHtml.ts';

type ChoicesMessage = Extract<ToCardPage, { type: 'choices' }>;
export type ChoiceView = ChoicesMessage['choices'][number];
export type ProblemView = Extract<ToCardPage, { type: 'problems' }>['problems'][number];
export type Choices = 'unasked' | 'asked' | { readonly failure: string } | readonly ChoiceView[];

export interface FormSurroundings {
	/** Wants the choices of a field; the answer goes to `hearChoices`. */
	ask(field: string, values: Readonly<Record<string, PlainValue>>): void;
	/** Something is to be drawn anew or kept. */
	changed(): void;
}

/** The fields of a form while a person fills them in: what the vendor holds, what was typed, what can be chosen, what is wrong. */
export class FormModel {
	readonly #drafts: Drafts;
	readonly #around: FormSurroundings;
	#fields: readonly FieldView[] = [];
	#choices = new Map<string, Choices>();
	#problems: readonly ProblemView[] = [];
	#sent: Readonly<Record<string, PlainValue>>;

	constructor(drafts: Drafts, around: FormSurroundings, sent: Readonly<Record<string, PlainValue>> = {}) {
		this.#drafts = drafts;
		this.#around = around;
		this.#sent = sent;
	}

	/** What was sent last; the answer to it may come after the page was left and drawn anew. */
	get sent(): Readonly<Record<string, PlainValue>> {
		return this.#sent;
	}

	get fields(): readonly FieldView[] {
		return this.#fields;
	}

	/** The vendor's values, known anew; what was typed stays. */
	hearFields(fields: readonly FieldView[]): void {
		this.#fields = fields;
		this.#drafts.meet(fields);
	}

	hearChoices({ field, choices, failure }: ChoicesMessage): void {
		this.#choices.set(field, failure === undefined ? choices : { failure });
	}

	hearProblems(problems: readonly ProblemView[]): void {
		this.#problems = problems;
	}

	/** These fields were saved as they were last sent. Until the vendor's values come, the sent ones are shown. */
	hearSaved(ids: readonly string[]): void {
		this.#fields = this.#fields.map((field) => (ids.includes(field.id) ? this.#asSent(field) : field));
		for (const id of ids) {
			const sent = this.#sent[id];
			if (sent !== undefined) {
				this.#drafts.taken(id, sent);
			}
		}
		this.#problems = this.#problems.filter(({ field }) => field !== undefined && !ids.includes(field));
	}

	#asSent(field: FieldView): FieldView {
		const value = this.#sent[field.id];
		return value === undefined ? field : { ...field, value, valueLabels: this.labelsOf(field, value) };
	}

	/** The values that differ from what the vendor holds, remembered as sent. */
	send(): Readonly<Record<string, PlainValue>> {
		this.#sent = Object.fromEntries(this.changedFields.map((field) => [field.id, this.valueOf(field)]));
		this.#problems = [];
		return this.#sent;
	}

	get changedFields(): readonly FieldView[] {
		return this.#fields.filter((field) => this.isChanged(field));
	}

	isChanged(field: FieldView): boolean {
		return this.#drafts.of(field) !== undefined;
	}

	valueOf(field: FieldView): PlainValue {
		return this.#drafts.of(field)?.value ?? field.value;
	}

	/** Whether the field's HTML can be edited as plain text. It stays so while one types, whatever one types. */
	isPlain(field: FieldView): boolean {
		const base = this.#drafts.of(field)?.base ?? field.value;
		return [base, this.valueOf(field)].every((html) => plainOf(String(html)) !== undefined);
	}

	/** What the vendor holds, where that has changed since the person began to type here. */
	isChangedMeanwhile(field: FieldView): boolean {
		const draft = this.#drafts.of(field);
		return draft !== undefined && !sameValue(draft.base, field.value);
	}

	/** What the chosen ones are called, as far as anyone has told. */
	labelsOf(field: FieldView, value: PlainValue): readonly string[] {
		const draft = this.#drafts.of(field);
		return asList(value).map(
			(one) =>
				this.#choiceOf(field, one)?.label ??
				labelIn(field.value, field.valueLabels, one) ??
				(draft && labelIn(draft.value, draft.labels, one)) ??
				one,
		);
	}

	#choiceOf(field: FieldView, value: string): ChoiceView | undefined {
		const choices = this.choicesOf(field);
		return typeof choices === 'object' && !('failure' in choices)
			? choices.find((choice) => choice.value === value)
			: undefined;
	}

	choicesOf(field: FieldView): Choices {
		return this.#choices.get(field.id) ?? 'unasked';
	}

	/** Asks for the choices unless they are known or under way. */
	askChoices(field: FieldView): void {
		const choices = this.choicesOf(field);
		if (choices === 'unasked' || (typeof choices === 'object' && 'failure' in choices)) {
			this.#choices.set(field.id, 'asked');
			this.#around.ask(field.id, Object.fromEntries(this.#fields.map((one) => [one.id, this.valueOf(one)])));
			this.#around.changed();
		}
	}

	type(field: FieldView, value: PlainValue): void {
		const labels = field.kind === 'choice' ? this.labelsOf(field, value) : undefined;
		this.#drafts.type(field, value, labels);
		this.#problems = this.#problems.filter((problem) => problem.field !== field.id);
		if (field.kind === 'choice') {
			// What can be chosen in the others may hang on it.
			this.#choices = new Map([...this.#choices].filter(([id]) => id === field.id));
		}
		this.#around.changed();
	}

	/** Gives up what was typed, in one field or in all. */
	discard(fields: readonly FieldView[] = this.#fields): void {
		for (const field of fields) {
			this.#drafts.drop(field.id);
		}
		this.#problems = this.#problems.filter(({ field }) => !fields.some(({ id }) => id === field));
		this.#around.changed();
	}

	problemOf(field: FieldView): string | undefined {
		const own = this.#problems.filter((problem) => problem.field === field.id).map(({ message }) => message);
		return own.length > 0 ? own.join(' ') : undefined;
	}

	/** What is wrong with the whole, or with something that is not among the fields. */
	get otherProblems(): readonly string[] {
		const others = this.#problems.filter((problem) => !this.#fields.some(({ id }) => id === problem.field));
		return others.map(({ message }) => message);
	}

	get firstWrong(): FieldView | undefined {
		return this.#fields.find((field) => this.problemOf(field) !== undefined);
	}
}

function labelIn(value: PlainValue, labels: readonly string[] | undefined, one: string): string | undefined {
	return labels?.[asList(value).indexOf(one)];
}
