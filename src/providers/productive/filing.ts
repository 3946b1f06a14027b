import { t } from '@vscode/l10n';
import { bareForm, type Operation } from '../../core/operations.ts';
import type { Place } from './creation.ts';
import { writing } from './writing.ts';

/** Putting something into the vendor's archive, or taking it back into use. */
export type Filing = 'archive' | 'restore';

interface Filed {
	readonly name: string;
	readonly archived?: boolean;
}

/** `title` is asked for once the language is known. */
export function filing<Thing extends Filed>(
	place: Place,
	id: Filing,
	title: () => string,
	file: (thing: Thing, id: Filing, signal: AbortSignal) => Promise<unknown>,
): Operation<Thing> {
	return {
		id,
		get title() {
			return title();
		},
		whyNot: ({ name, archived = false }) => (archived === (id === 'restore') ? undefined : asItIs(id, name)),
		begin: async (thing) =>
			bareForm(title(), async (signal) => {
				await writing(place, () => file(thing, id, signal));
				return { message: isFiled(id, thing.name) };
			}),
	};
}

function asItIs(id: Filing, name: string): string {
	return id === 'archive' ? t('{0} is archived already.', name) : t('{0} is not archived.', name);
}

export function isFiled(id: Filing, name: string): string {
	return id === 'archive' ? t('{0} is archived now.', name) : t('{0} is in use again.', name);
}
