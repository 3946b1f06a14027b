import { t } from '@vscode/l10n';
import { generateRandomState } from 'oauth4webapi';
import { textOf, type Values } from '../../core/form.ts';
import type { BrowserWay, SignInIo } from '../../core/provider.ts';
import { accessTokenFor, type OAuth1Place, requestToken } from '../../http/oauth1.ts';
import { exchangeCode } from '../../http/renewedToken.ts';
import { byFreshToken, bySignature, tokenPath } from './authorisation.ts';
import { hostOf, ownHost, plain, secret, sharedHost } from './host.ts';
import { namesAt, signedIn } from './identity.ts';

/** The returns of both ways: that the vendor sends the browser anywhere but to `https://oob` is nowhere shown. */
const returns = ['paste', 'editor', 'loopback'] as const;

/** OAuth 2's authorization code. The vendor knows neither scopes nor PKCE. */
export function personWay(): BrowserWay {
	return {
		id: 'person',
		label: t('In the browser'),
		detail: t('As yourself, with an application registered in your personal settings of ProjectPlace'),
		helpUrl: 'https://service.projectplace.com/apidocs/#articles/pageOAuth2.html',
		fields: [
			plain('clientId', t('Application key'), whereKeysAre()),
			secret('clientSecret', applicationSecret()),
			ownHost(),
		],
		returns,
		pasteRedirect: 'https://oob',
		async begin(values, redirect) {
			const state = generateRandomState();
			const query = { client_id: textOf(values, 'clientId') ?? '', redirect_uri: redirect, state };
			return {
				page: `${hostOf(values)}/oauth2/authorize?${new URLSearchParams(query)}`,
				tie: { name: 'state', value: state },
				proof: 'code',
				redirect,
				secrets: {},
			};
		},
		async finish({ redirect }, values, code, io, signal) {
			const server = hostOf(values);
			const keys = { clientId: textOf(values, 'clientId') ?? '', clientSecret: textOf(values, 'clientSecret') ?? '' };
			const { fetch, log } = io;
			const application = { server, tokenPath, names: namesAt(server), fetch, log, ...keys };
			const tokens = await exchangeCode(application, { code, redirect }, signal);
			const secrets = { ...keys, ...tokens };
			return [await signedIn({ way: 'person', server, secrets }, byFreshToken(tokens.accessToken), io, signal)];
		},
	};
}

/** OAuth 1 in its three steps, whose tokens never end. */
export function personOAuth1Way(): BrowserWay {
	return {
		id: 'person1',
		label: t('In the browser (OAuth 1)'),
		detail: t('As yourself, the older way, with an application registered in your personal settings of ProjectPlace'),
		helpUrl: 'https://service.projectplace.com/apidocs/#articles/pageOAuth1.html',
		fields: [
			plain('applicationKey', t('Application key'), whereKeysAre()),
			secret('applicationSecret', applicationSecret()),
			sharedHost(),
		],
		returns,
		pasteRedirect: 'oob',
		async begin(values, redirect, io, signal) {
			const place = placeOf(values, io);
			const { token, tokenSecret } = await requestToken(place, { path: '/initiate', callback: redirect }, signal);
			return {
				page: `${place.server}/authorize?${new URLSearchParams({ oauth_token: token })}`,
				tie: { name: 'oauth_token', value: token },
				proof: 'oauth_verifier',
				redirect,
				secrets: { tokenSecret },
			};
		},
		async finish({ tie, secrets: { tokenSecret = '' } }, values, verifier, io, signal) {
			const place = placeOf(values, io);
			const asked = { path: '/token', token: tie.value, tokenSecret, verifier };
			const given = await accessTokenFor(place, asked, signal);
			const secrets = {
				applicationKey: place.consumerKey,
				applicationSecret: place.consumerSecret,
				accessTokenKey: given.token,
				accessTokenSecret: given.tokenSecret,
			};
			return [
				await signedIn(
					{ way: 'person1', server: place.server, secrets },
					bySignature({ read: async () => secrets }),
					io,
					signal,
				),
			];
		},
	};
}

function placeOf(values: Values, { fetch, log }: SignInIo): OAuth1Place {
	const server = hostOf(values);
	return {
		server,
		names: namesAt(server),
		fetch,
		log,
		consumerKey: textOf(values, 'applicationKey') ?? '',
		consumerSecret: textOf(values, 'applicationSecret') ?? '',
	};
}

function whereKeysAre(): string {
	return t(
		'In ProjectPlace: your personal settings, Developer, Applications. Register one there with the redirect address that Boardwalk shows.',
	);
}

function applicationSecret(): string {
	return t('Application secret');
}
