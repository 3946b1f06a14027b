import type { ChoiceField, Values } from '../../core/form.ts';
import type { Choice } from '../../core/model.ts';
import type { Page } from '../../core/page.ts';
import { paged } from '../../http/pages.ts';
import type { Listed } from './client.ts';

/** A field whose choices are a list of the vendor's; what can't be chosen is left out. */
export function choice<T>(
	id: string,
	label: string,
	ask: (page: number, signal: AbortSignal) => Promise<Listed<T>>,
	toChoice: (one: T) => Choice | undefined,
	more: Partial<ChoiceField>,
): ChoiceField {
	const choices = (_: Values, signal: AbortSignal): Promise<Page<Choice>> =>
		paged(async (at, each) => {
			const { data, next } = await ask(Number(at ?? 1), each);
			return { items: data.map(toChoice).filter((one) => one !== undefined), next };
		}, signal);
	return { kind: 'choice', id, label, choices, ...more };
}
