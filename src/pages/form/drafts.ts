import type { Mapping } from '../../core/form.ts';
import type { FieldView } from '../protocol.ts';

export type PlainValue = FieldView['value'];

/** What was typed into a field and not saved. */
export interface Draft {
	readonly value: PlainValue;
	/** What the vendor held when typing began. */
	readonly base: PlainValue;
	/** What the chosen ones are called: after a reload the choices are not known. */
	readonly labels?: readonly string[];
}

/** What was typed and not saved, field by field. It outlives every message of the editor and, as `kept`, the window. */
export class Drafts {
	readonly #typed: Map<string, Draft>;

	constructor(kept?: unknown) {
		this.#typed = new Map(Object.entries((kept ?? {}) as Record<string, Draft>));
	}

	get kept(): Readonly<Record<string, Draft>> {
		return Object.fromEntries(this.#typed);
	}

	of(field: FieldView): Draft | undefined {
		return this.#typed.get(field.id);
	}

	/** Typing what the vendor holds is no change. */
	type(field: FieldView, value: PlainValue, labels?: readonly string[]): void {
		if (sameValue(value, field.value)) {
			this.#typed.delete(field.id);
		} else {
			const base = this.#typed.get(field.id)?.base ?? field.value;
			this.#typed.set(field.id, labels ? { value, base, labels } : { value, base });
		}
	}

	/** The vendor's values are known anew: what is the same there now needs no saving. */
	meet(fields: readonly FieldView[]): void {
		for (const field of fields) {
			const draft = this.#typed.get(field.id);
			if (draft && sameValue(draft.value, field.value)) {
				this.#typed.delete(field.id);
			}
		}
	}

	/** The vendor has taken this value. What was typed since then is still to be saved. */
	taken(id: string, value: PlainValue): void {
		const draft = this.#typed.get(id);
		if (draft && sameValue(draft.value, value)) {
			this.#typed.delete(id);
		} else if (draft) {
			this.#typed.set(id, { ...draft, base: value });
		}
	}

	drop(id: string): void {
		this.#typed.delete(id);
	}
}

/** Many choices are the same in any order; an absent flag and one that is off are the same too. */
export function sameValue(one: PlainValue, other: PlainValue): boolean {
	if (isMapping(one) || isMapping(other)) {
		return pairsOf(one) === pairsOf(other);
	}
	if (typeof one === 'object' || typeof other === 'object') {
		return [...asList(one)].sort().join('\n') === [...asList(other)].sort().join('\n');
	}
	return one === other || (one === '' && other === false) || (one === false && other === '');
}

/** What was chosen for each line of a mapping, in one order; a line that is open is as good as none. */
function pairsOf(value: PlainValue): string {
	const pairs = isMapping(value) ? Object.entries(value).filter(([, to]) => to !== '') : [];
	return JSON.stringify(pairs.sort());
}

export function asList(value: PlainValue): readonly string[] {
	return isList(value) ? value : typeof value === 'string' && value !== '' ? [value] : [];
}

/** What a box to type in holds; what is no text has none. */
export function asText(value: PlainValue): string {
	return typeof value === 'object' ? '' : String(value);
}

export function isMapping(value: PlainValue): value is Mapping {
	return typeof value === 'object' && !isList(value);
}

function isList(value: PlainValue): value is readonly string[] {
	return Array.isArray(value);
}
