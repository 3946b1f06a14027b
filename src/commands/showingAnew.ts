import { OutcomeUnknown } from '../core/errors.ts';
import type { Form } from '../core/form.ts';

/** The same form, after which `show` draws anew what it may have changed, also where nobody knows whether it did. */
export function showingAnew<Result>(form: Form<Result>, show: () => void): Form<Result> {
	return {
		...form,
		submit: async (values, signal, tell) => {
			try {
				const done = await form.submit(values, signal, tell);
				show();
				return done;
			} catch (error) {
				if (error instanceof OutcomeUnknown) {
					show();
				}
				throw error;
			}
		},
	};
}
