import { t } from '@vscode/l10n';
import { Refused, SignInNeeded, UnexpectedReply } from '../core/errors.ts';
import type { Names } from './reply.ts';
import { startAgain } from './startAgain.ts';
import { askForTokens, type TokenPlace } from './tokenRequest.ts';
import { type TokenSecrets, toSecrets } from './tokenSecrets.ts';

interface Client {
	readonly clientId: string;
	readonly clientSecret: string;
}

/**
 * Exchanges a code, once. Throws `SignInNeeded` where the vendor does not take it, `Refused` where it does not know the
 * application, and `SignInEnded` where it gave no answer.
 */
export async function exchangeCode(
	place: TokenPlace & Client,
	{ code, redirect }: { readonly code: string; readonly redirect: string },
	signal: AbortSignal,
): Promise<TokenSecrets> {
	const { clientId: client_id, clientSecret: client_secret, names } = place;
	const grant = { grant_type: 'authorization_code', client_id, client_secret, code, redirect_uri: redirect } as const;
	const answer = await askForTokens(place, grant, signal);
	if ('failure' in answer) {
		throw explained(answer.failure, answer.word, names);
	}
	if (answer.tokens.refresh === undefined) {
		throw new UnexpectedReply(
			t('{0} answered the sign-in of {1} without a token to renew it with.', names.vendor, names.account),
		);
	}
	return toSecrets(answer.tokens, answer.tokens.refresh, Date.now());
}

function explained(failure: unknown, word: string | undefined, names: Names): unknown {
	switch (word) {
		case 'invalid_grant': {
			const message = t('{0} says this code was used already or is too old. Start again.', names.vendor);
			return new SignInNeeded(message, failure);
		}
		case 'invalid_client': {
			const message = t('{0} does not know this client ID with this client secret.', names.vendor);
			return new Refused(message, [{ field: 'clientSecret', message }], failure);
		}
		default:
			return startAgain(failure, names);
	}
}
