import type { RowsMessage } from '../formProtocol.ts';
import type { ChoicesMessage, ChoiceView, FieldView, ProblemsMessage } from '../protocol.ts';
import { asList, asText, type Drafts, isMapping, type PlainValue, sameValue } from './drafts.ts';
import { type Asked, type Choices, type HowMany, known, Offers, type PlainValues } from './offers.ts';
import { plainOf } from './plainHtml.ts';

export type ProblemView = ProblemsMessage['problems'][number];
/** Whoever a form asks; answers go to `hearChoices` and `hearRows`. */
export interface FormSurroundings extends Asked {
	/** Has a file or a folder chosen; what was chosen is typed by whoever hears of it. */
	pick?(field: FieldView): void;
	/** Whether everything is sent at once: then it is not said of each field that it is not saved. */
	readonly isWhole?: boolean;
	/** Something is to be drawn anew or kept. */
	changed(): void;
}

/** The fields of a form while a person fills them in: what the vendor holds, what was typed, what can be chosen, what is wrong. */
export class FormModel {
	readonly #drafts: Drafts;
	readonly #around: FormSurroundings;
	readonly #offers: Offers;
	#fields: readonly FieldView[] = [];
	#problems: readonly ProblemView[] = [];
	#sent: PlainValues;

	constructor(drafts: Drafts, around: FormSurroundings, sent: PlainValues = {}) {
		this.#drafts = drafts;
		this.#around = around;
		this.#offers = new Offers(around, () => this.values);
		this.#sent = sent;
	}

	/** What was sent last; the answer to it may come after the page was left and drawn anew. */
	get sent(): PlainValues {
		return this.#sent;
	}

	get fields(): readonly FieldView[] {
		return this.#fields;
	}

	/** The vendor's values, known anew; what was typed stays. */
	hearFields(fields: readonly FieldView[]): void {
		this.#fields = fields;
		this.#drafts.meet(fields);
		this.#askMappings();
	}

	hearChoices(message: ChoicesMessage): void {
		if (this.#offers.hear(message) && message.failure === undefined) {
			this.#dropStrange(message.field, message.choices);
		}
	}

	/** What was chosen in a mapping may not be there to choose any more. */
	#dropStrange(id: string, choices: readonly ChoiceView[]): void {
		const field = this.#fields.find((one) => one.id === id && one.kind === 'mapping');
		const value = field && this.valueOf(field);
		if (field && value !== undefined && isMapping(value)) {
			const known = new Set(choices.map((choice) => choice.value));
			const pairs = Object.entries(value).map(([from, to]) => [from, known.has(to) ? to : '']);
			this.#drafts.type(field, Object.fromEntries(pairs));
		}
	}

	hearRows(message: RowsMessage): void {
		this.#offers.hearRows(message);
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
	send(): PlainValues {
		this.#sent = Object.fromEntries(this.changedFields.map((field) => [field.id, this.valueOf(field)]));
		this.#problems = [];
		return this.#sent;
	}

	get changedFields(): readonly FieldView[] {
		return this.#fields.filter((field) => this.isChanged(field));
	}

	/** Whether it is to be said of this field that it is not saved. */
	isUnsaved(field: FieldView): boolean {
		return !this.#around.isWhole && this.isChanged(field);
	}

	isChanged(field: FieldView): boolean {
		return this.#drafts.of(field) !== undefined;
	}

	/** A mapping whose lines are known has a place for each of them, and for nothing else. */
	valueOf(field: FieldView): PlainValue {
		const value = this.#drafts.of(field)?.value ?? field.value;
		const rows = known(this.rowsOf(field));
		return isMapping(value) && rows
			? Object.fromEntries(rows.map((row) => [row.value, value[row.value] ?? '']))
			: value;
	}

	/** Everything that the form holds now. */
	get values(): PlainValues {
		return Object.fromEntries(this.#fields.map((field) => [field.id, this.valueOf(field)]));
	}

	/** Whether the field's HTML can be edited as plain text. It stays so while one types, whatever one types. */
	isPlain(field: FieldView): boolean {
		const base = this.#drafts.of(field)?.base ?? field.value;
		return [base, this.valueOf(field)].every((html) => plainOf(asText(html)) !== undefined);
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
				this.#offers.find(field, one)?.label ??
				labelIn(field.value, field.valueLabels, one) ??
				(draft && labelIn(draft.value, draft.labels, one)) ??
				one,
		);
	}

	choicesOf(field: FieldView): Choices {
		return this.#offers.of(field);
	}

	hasMore(field: FieldView): boolean {
		return this.#offers.hasMore(field);
	}

	/** Asks for the choices unless they are known or under way. */
	askChoices(field: FieldView): void {
		if (this.#offers.ask(field)) {
			this.#around.changed();
		}
	}

	/** Asks for choices that come after those that are known, unless they are under way. */
	askMore(field: FieldView, how: HowMany): void {
		if (this.#offers.askMore(field, how)) {
			this.#around.changed();
		}
	}

	rowsOf(field: FieldView): Choices {
		return this.#offers.rowsOf(field);
	}

	/** Asks for both sides of a mapping, unless they are known or under way. */
	askMapping(field: FieldView): void {
		this.#offers.askRows(field);
		this.askChoices(field);
	}

	#askMappings(): void {
		this.#fields.filter(({ kind }) => kind === 'mapping').forEach((field) => this.askMapping(field));
	}

	pick(field: FieldView): void {
		this.#around.pick?.(field);
	}

	type(field: FieldView, value: PlainValue): void {
		const labels = field.kind === 'choice' ? this.labelsOf(field, value) : undefined;
		this.#drafts.type(field, value, labels);
		// A mapping says what is open until nothing is.
		if (!(isMapping(value) && Object.values(value).includes(''))) {
			this.#problems = this.#problems.filter((problem) => problem.field !== field.id);
		}
		if (field.kind === 'choice') {
			// What can be chosen in the others may hang on it.
			this.#offers.forget(this.#fields, field);
			this.#askMappings();
		}
		this.#around.changed();
	}

	/** Whether this line of a mapping was left open, after it was tried to send it so. */
	isOpen(field: FieldView, row: string): boolean {
		const value = this.valueOf(field);
		return this.problemOf(field) !== undefined && isMapping(value) && value[row] === '';
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
