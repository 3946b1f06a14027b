import { isCancellation } from '../core/errors.ts';
import type { ChoiceField, Field, Form, Values } from '../core/form.ts';
import type { Choice } from '../core/model.ts';
import { allItems, type Page } from '../core/page.ts';
import type { FromFormPage, ToFormPage } from '../pages/formProtocol.ts';
import { failureText } from './format.ts';
import { initialList, toValues, unnamed } from './formView.ts';

type Asked<Type> = Extract<FromFormPage, { type: Type }>;

/** Answers what the page of a form asks: what can be chosen, what stands on the left of mappings, what the first values are called. */
export class FormOffers {
	/** What the values that the form begins with are called. */
	readonly names = new Map<string, readonly string[]>();
	readonly #fields: readonly Field[];
	readonly #note: (error: unknown) => void;
	readonly #tell: (message: ToFormPage) => void;
	readonly #signal: AbortSignal;
	readonly #next = new Map<string, Page<Choice>['next']>();

	constructor(
		{ fields }: Form<unknown>,
		note: (error: unknown) => void,
		tell: (message: ToFormPage) => void,
		signal: AbortSignal,
	) {
		this.#fields = fields;
		this.#note = note;
		this.#tell = tell;
		this.#signal = signal;
	}

	/** Finds out what the form begins with is called. False where that is known. */
	async name(): Promise<boolean> {
		const nameless = unnamed(this.#fields).filter(({ id }) => !this.names.has(id));
		await Promise.all(nameless.map((field) => this.#nameInitial(field)));
		return nameless.length > 0;
	}

	/** It is shown as it is where the vendor does not say what it is called. */
	async #nameInitial(field: ChoiceField): Promise<void> {
		try {
			const page = await field.choices(this.#values({}), this.#signal);
			const choices = await allItems(page, this.#signal);
			const labels = new Map(choices.map(({ value, label }) => [value, label]));
			this.names.set(
				field.id,
				initialList(field).map((value) => labels.get(value) ?? value),
			);
		} catch (error) {
			this.#noteUnlessLeft(error);
		}
	}

	async tellChoices({ field: id, ask, how, values }: Asked<'choices'>): Promise<void> {
		const field = this.#fields.find((one) => one.id === id);
		if (field?.kind !== 'choice' && field?.kind !== 'mapping') {
			return;
		}
		const answer = { type: 'choices', field: id, ask } as const;
		try {
			const next = how === 'first' ? undefined : this.#next.get(id);
			const page = await (next ? next(this.#signal) : field.choices(this.#values(values), this.#signal));
			const isWhole = how === 'all' || field.kind === 'mapping';
			const choices = isWhole ? await allItems(page, this.#signal) : page.items;
			this.#next.set(id, isWhole ? undefined : page.next);
			this.#tell({ ...answer, choices, isMore: next !== undefined, hasMore: !isWhole && page.next !== undefined });
		} catch (error) {
			this.#noteUnlessLeft(error);
			this.#tell({ ...answer, choices: [], failure: failureText(error) });
		}
	}

	async tellRows({ field: id, ask, values }: Asked<'rows'>): Promise<void> {
		const field = this.#fields.find((one) => one.id === id);
		if (field?.kind !== 'mapping') {
			return;
		}
		try {
			const rows = await field.rows(this.#values(values), this.#signal);
			this.#tell({ type: 'rows', field: id, ask, rows });
		} catch (error) {
			this.#noteUnlessLeft(error);
			this.#tell({ type: 'rows', field: id, ask, rows: [], failure: failureText(error) });
		}
	}

	#values(told: Values): Values {
		return toValues(this.#fields, told);
	}

	#noteUnlessLeft(error: unknown): void {
		if (!isCancellation(error)) {
			this.#note(error);
		}
	}
}
