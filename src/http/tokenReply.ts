import { t } from '@vscode/l10n';
import { type AuthorizationServer, type Client, processGenericTokenEndpointResponse } from 'oauth4webapi';
import { UnexpectedReply } from '../core/errors.ts';
import { withoutSecrets } from '../core/redaction.ts';
import { wholeReply } from './failures.ts';
import type { Explanation, Names, Reply } from './reply.ts';

/** What a token endpoint gave. */
export interface Tokens {
	readonly access: string;
	/** Absent where there is nothing to renew the access token with, or the old one stays good. */
	readonly refresh?: string;
	/** Seconds that the access token lives. */
	readonly life: number;
}

/** Seconds a token lives where the reply does not say. */
const usualLife = 2_592_000;

/** Reads a token reply. Throws `UnexpectedReply` that says what is wrong with it. */
export async function readTokens(
	body: unknown,
	{ server, clientId, names }: { server: string; clientId: string; names: Names },
): Promise<Tokens> {
	const as: AuthorizationServer = { issuer: server };
	const client: Client = { client_id: clientId };
	const { vendor, account } = names;
	if (typeof body !== 'object' || body === null) {
		throw new UnexpectedReply(
			t('{0} answered the sign-in of {1} with something that is not JSON.', vendor, account),
			undefined,
			wholeReply,
		);
	}
	const reply = normalised(body);
	if (typeof reply.access_token !== 'string' || reply.access_token === '') {
		throw new UnexpectedReply(
			t('{0} answered the sign-in of {1} without an access token.', vendor, account),
			undefined,
			'access_token',
		);
	}
	try {
		const checked = await processGenericTokenEndpointResponse(as, client, Response.json(reply));
		return {
			access: checked.access_token,
			refresh: checked.refresh_token,
			life: checked.expires_in ?? usualLife,
		};
	} catch (error) {
		// The library's error carries the reply, and with it the token: only its words may reach the log.
		const words = error instanceof Error ? error.message : 'unknown';
		throw new UnexpectedReply(
			t('{0} answered the sign-in of {1} in a form Boardwalk does not know.', vendor, account),
			new Error(words),
			wholeReply,
		);
	}
}

/**
 * What we use of the reply, as RFC 6749 has it: `expires` is read as `expires_in`, and a missing type means bearer. A life
 * that makes no sense must not cost the tokens beside it.
 */
function normalised(body: object): Record<string, unknown> {
	const { access_token, refresh_token, token_type, expires_in, expires } = body as Record<string, unknown>;
	const life = Number(expires_in ?? expires);
	return {
		access_token,
		refresh_token: refresh_token || undefined,
		token_type: token_type ?? 'bearer',
		expires_in: Number.isFinite(life) && life > 0 ? life : undefined,
	};
}

/** OAuth's own word for a refusal, such as `invalid_grant`. */
export function oauthError({ status, body }: Reply): string | undefined {
	const isRefusal = status >= 400 && status < 500 && typeof body === 'object' && body !== null && 'error' in body;
	return isRefusal ? String(body.error) : undefined;
}

/**
 * OAuth's own words for a refusal; a refused client or grant is a refused sign-in, whatever the status. A description that
 * quotes one of the secrets that were sent is cut.
 */
export function explainTokenFailure(reply: Reply, secrets: readonly string[] = []): Explanation | undefined {
	const word = oauthError(reply);
	if (word === undefined) {
		return undefined;
	}
	if (['invalid_client', 'invalid_grant', 'unauthorized_client'].includes(word)) {
		return { kind: 'signIn' };
	}
	const { error_description: description } = reply.body as { readonly error_description?: unknown };
	const reason = withoutSecrets(secrets)(typeof description === 'string' ? description : word);
	return { kind: reply.status === 429 ? 'tooMany' : 'refused', reason };
}
