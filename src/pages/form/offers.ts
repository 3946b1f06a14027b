import type { RowsMessage } from '../formProtocol.ts';
import type { ChoicesMessage, ChoiceView, FieldView } from '../protocol.ts';
import type { PlainValue } from './drafts.ts';

export type Choices = 'unasked' | 'asked' | { readonly failure: string } | readonly ChoiceView[];
/** From the beginning, the next ones, or all that are left. */
export type HowMany = 'first' | 'more' | 'all';
export type PlainValues = Readonly<Record<string, PlainValue>>;

/** Whoever answers with choices; each answer has the number of its question. */
export interface Asked {
	ask(field: string, values: PlainValues, ask: number, how: HowMany): void;
	/** Wants what stands on the left of a mapping. */
	askRows?(field: string, values: PlainValues, ask: number): void;
}

/** What can be chosen in the fields of a form, and what stands on the left of mappings: asked for once it is wanted. */
export class Offers {
	readonly #asked: Asked;
	readonly #values: () => PlainValues;
	#choices = new Map<string, Choices>();
	#rows = new Map<string, Choices>();
	/** The fields of which there are choices that were not asked for, and those that are asked for them now. */
	#more = new Map<string, 'left' | 'asked'>();
	/** The number of the last question, by what was asked. */
	readonly #asks = new Map<string, number>();

	constructor(asked: Asked, values: () => PlainValues) {
		this.#asked = asked;
		this.#values = values;
	}

	of({ id }: FieldView): Choices {
		return this.#choices.get(id) ?? 'unasked';
	}

	rowsOf({ id }: FieldView): Choices {
		return this.#rows.get(id) ?? 'unasked';
	}

	hasMore({ id }: FieldView): boolean {
		return this.#more.has(id);
	}

	find(field: FieldView, value: string): ChoiceView | undefined {
		return known(this.of(field))?.find((choice) => choice.value === value);
	}

	/** Asks for the choices; false where they are known or under way. */
	ask(field: FieldView): boolean {
		const wanted = isWanted(this.of(field));
		if (wanted) {
			this.#choices.set(field.id, 'asked');
			this.#asked.ask(field.id, this.#values(), this.#numberFor(field.id), 'first');
		}
		return wanted;
	}

	/** Asks for choices that come after those that are known; false where they are under way. */
	askMore({ id }: FieldView, how: HowMany): boolean {
		const wanted = this.#more.get(id) === 'left';
		if (wanted) {
			this.#more.set(id, 'asked');
			this.#asked.ask(id, this.#values(), this.#numberFor(id), how);
		}
		return wanted;
	}

	askRows(field: FieldView): void {
		if (isWanted(this.rowsOf(field))) {
			this.#rows.set(field.id, 'asked');
			this.#asked.askRows?.(field.id, this.#values(), this.#numberFor(rowsKey(field.id)));
		}
	}

	/** False for an answer to a question that was asked anew meanwhile. */
	hear({ field: id, ask, choices, failure, isMore, hasMore }: ChoicesMessage): boolean {
		if (ask !== undefined && ask !== this.#asks.get(id)) {
			return false;
		}
		const before = isMore ? (known(this.#choices.get(id) ?? 'unasked') ?? []) : [];
		this.#choices.set(id, failure === undefined ? [...before, ...choices] : { failure });
		this.#more.delete(id);
		if (hasMore) {
			this.#more.set(id, 'left');
		}
		return true;
	}

	hearRows({ field, ask, rows, failure }: RowsMessage): void {
		if (ask === this.#asks.get(rowsKey(field))) {
			this.#rows.set(field, failure === undefined ? rows : { failure });
		}
	}

	/** Of all fields but one; an answer that is under way answers a question of before. */
	forget(fields: readonly FieldView[], { id: own }: FieldView): void {
		fields.filter(({ id }) => id !== own).forEach(({ id }) => this.#numberFor(id));
		this.#choices = new Map([...this.#choices].filter(([id]) => id === own));
		this.#more = new Map([...this.#more].filter(([id]) => id === own));
		this.#rows.clear();
	}

	#numberFor(what: string): number {
		const ask = (this.#asks.get(what) ?? 0) + 1;
		this.#asks.set(what, ask);
		return ask;
	}
}

/** The choices, where they are there. */
export function known(choices: Choices): readonly ChoiceView[] | undefined {
	return typeof choices === 'object' && !('failure' in choices) ? choices : undefined;
}

/** What failed is asked for once more. */
function isWanted(choices: Choices): boolean {
	return choices === 'unasked' || (typeof choices === 'object' && 'failure' in choices);
}

function rowsKey(id: string): string {
	return `rows of ${id}`;
}
