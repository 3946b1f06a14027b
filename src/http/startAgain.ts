import { t } from '@vscode/l10n';
import { OutcomeUnknown, SignInEnded, Unreachable } from '../core/errors.ts';
import type { Names } from './reply.ts';

/** What a failure comes to on the way through a sign-in, whose steps serve once: nothing was stored, and all starts anew. */
export function startAgain(failure: unknown, { vendor }: Names): unknown {
	if (failure instanceof OutcomeUnknown) {
		return new SignInEnded(t('{0} did not finish the sign-in. Nothing was stored; start it again.', vendor), failure);
	}
	return failure instanceof Unreachable
		? new SignInEnded(t('{0} Nothing was stored; start the sign-in again.', failure.message), failure)
		: failure;
}
