import { t } from '@vscode/l10n';
import type { Finding } from '../../core/finding.ts';
import { headings, timeText } from '../../core/findings.ts';
import type { Credentials, Secrets, Send, SignInIo } from '../../core/provider.ts';
import { ClientCredentialsToken } from '../../http/clientCredentials.ts';
import { type OAuth1Secrets, signOAuth1 } from '../../http/oauth1.ts';
import { RenewedToken } from '../../http/renewedToken.ts';
import type { HttpOptions, Names } from '../../http/request.ts';
import { vendor } from './host.ts';

/** How requests carry credentials. */
export interface Carrying extends Required<Pick<HttpOptions, 'authorize'>>, Pick<HttpOptions, 'renew'> {
	readonly watchFetch: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch;
	readonly watchSend: (send: Send) => Send;
}

/** How the requests of one account carry its credentials, and what there is to tell about these. */
export interface Authorisation extends Carrying {
	/**
	 * What another program needs to show itself as this account: the bearer token, fresh, or for OAuth 1 the four keys as a
	 * form: `oauth_consumer_key`, `oauth_consumer_secret`, `oauth_token` and `oauth_token_secret`.
	 */
	accessToken(signal: AbortSignal): Promise<string>;
	/** Until when credentials are good that the vendor has just accepted. */
	lasting(): Promise<Finding>;
}

export interface Place extends SignInIo {
	readonly server: string;
	readonly names: Names;
}

export const tokenPath = '/oauth2/access_token';

/** A robot shows its client id and secret for each token. */
export function byRobot(place: Place, { read }: Pick<Credentials, 'read'>): Authorisation {
	const credentials = async () => {
		const { clientId = '', clientSecret = '' } = await read();
		return { clientId, clientSecret };
	};
	const token = new ClientCredentialsToken({ ...place, tokenPath, credentials });
	return {
		...carrying(token),
		lasting: async () => good(t('ProjectPlace takes the client ID and the secret of the robot. They do not expire.')),
	};
}

/** A person's token is renewed by what came with it. */
export function byPerson(place: Place, credentials: Credentials): Authorisation {
	const token = new RenewedToken({ ...place, tokenPath, credentials });
	return {
		...carrying(token),
		async lasting() {
			const until = await token.until();
			return good(
				until
					? t(
							'{0} takes the access token until {1}. Boardwalk renews it by itself before that.',
							vendor,
							timeText(until),
						)
					: t('{0} takes the access token. Boardwalk renews it by itself when it ends.', vendor),
			);
		},
	};
}

type Token = Pick<RenewedToken, 'authorize' | 'renew' | 'watchFetch' | 'watchSend' | 'value'>;

function carrying(token: Token): Omit<Authorisation, 'lasting'> {
	return {
		authorize: (request, signal) => token.authorize(request, signal),
		renew: (signal) => token.renew(signal),
		watchFetch: (fetch) => token.watchFetch(fetch),
		watchSend: (send) => token.watchSend(send),
		accessToken: (signal) => token.value(signal),
	};
}

/** The four keys of OAuth 1, a robot's or a person's, sign every request. */
export function bySignature({ read }: Pick<Credentials, 'read'>): Authorisation {
	return {
		authorize: async (request) => signOAuth1(request, toOAuth1(await read())),
		watchFetch: (fetch) => fetch,
		watchSend: (send) => send,
		async accessToken(signal) {
			signal.throwIfAborted();
			return toForm(toOAuth1(await read()));
		},
		lasting: async () => good(t('ProjectPlace takes the four keys. They do not expire.')),
	};
}

function toOAuth1({
	applicationKey = '',
	applicationSecret = '',
	accessTokenKey = '',
	accessTokenSecret = '',
}: Secrets): Required<OAuth1Secrets> {
	return {
		consumerKey: applicationKey,
		consumerSecret: applicationSecret,
		token: accessTokenKey,
		tokenSecret: accessTokenSecret,
	};
}

function toForm({ consumerKey, consumerSecret, token, tokenSecret }: Required<OAuth1Secrets>): string {
	const form = new URLSearchParams({
		oauth_consumer_key: consumerKey,
		oauth_consumer_secret: consumerSecret,
		oauth_token: token,
		oauth_token_secret: tokenSecret,
	});
	return form.toString();
}

/** A token that was given this moment and need not be renewed. */
export function byFreshToken(token: string): Carrying {
	return {
		authorize(request) {
			request.headers.set('authorization', `Bearer ${token}`);
			return request;
		},
		watchFetch: (fetch) => fetch,
		watchSend: (send) => send,
	};
}

function good(message: string): Finding {
	return { about: headings.credentials, state: 'good', message };
}
