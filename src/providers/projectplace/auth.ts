import { t } from '@vscode/l10n';
import { type Field, textOf, type Values } from '../../core/form.ts';
import type { Secrets, Send, SignedIn, SignInIo, SignInWay } from '../../core/provider.ts';
import { serverField, serverOf } from '../../core/server.ts';
import { ClientCredentialsToken, signOAuth1 } from '../../http/oauth.ts';
import type { HttpOptions, Names } from '../../http/request.ts';
import { Client } from './client.ts';

export const vendor = 'ProjectPlace';
const address = 'https://api.projectplace.com';
const helpUrl =
	'https://success.planview.com/Planview_ProjectPlace/Account_administration/017_Manage_Robots_in_the_Account';

/** How the requests of one account carry its credentials. */
export interface Authorisation extends Required<Pick<HttpOptions, 'authorize'>>, Pick<HttpOptions, 'renew'> {
	readonly watchFetch: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch;
	readonly watchSend: (send: Send) => Send;
}

interface Way extends Pick<SignInWay, 'id' | 'label' | 'detail' | 'practice'> {
	/** The ids of the fields are also the names of the secrets. */
	readonly fields: readonly Field[];
	authorisation(server: string, names: Names, io: SignInIo, secrets: () => Promise<Secrets>): Authorisation;
}

function ways(): readonly Way[] {
	return [
		{
			id: 'clientCredentials',
			label: t('Robot (OAuth 2)'),
			detail: t('With the client id and the client secret of a robot of your account'),
			fields: [plain('clientId', t('Client ID')), secret('clientSecret', t('Client secret'))],
			authorisation: clientCredentials,
			practice: ({ url, clientCredentials: robot }) => ({ server: String(url), ...(robot as Values) }),
		},
		{
			id: 'oauth1',
			label: t('Robot (OAuth 1)'),
			detail: t('With the four keys of a robot that was set up the older way'),
			fields: [
				plain('applicationKey', t('Application key')),
				secret('applicationSecret', t('Application secret')),
				plain('accessTokenKey', t('Access token key')),
				secret('accessTokenSecret', t('Access token secret')),
			],
			authorisation: oauth1,
		},
	];
}

function plain(id: string, label: string): Field {
	return { kind: 'text', id, label, required: true };
}

function secret(id: string, label: string): Field {
	return { kind: 'text', id, label, required: true, secret: true };
}

export function signInWays(): readonly SignInWay[] {
	return ways().map((way) => ({
		id: way.id,
		label: way.label,
		detail: way.detail,
		helpUrl,
		fields: [...way.fields, server()],
		signIn: async (values, io, signal) => [await signIn(way, values, io, signal)],
		practice: way.practice,
	}));
}

function server(): Field {
	const help = t('Leave it as it is, or type the subdomain of your organisation, such as mycompany.');
	return { ...serverField(address), help };
}

/** The address that was typed; a single word is the subdomain of an organisation. */
export function hostOf(values: Values): string {
	const typed = textOf(values, 'server') ?? '';
	return /^[a-z\d-]+$/i.test(typed) && typed.toLowerCase() !== 'localhost'
		? `https://${typed.toLowerCase()}.projectplace.com`
		: serverOf(values, address);
}

/** What is sent to the vendor to make sure of the credentials also says whose they are. */
async function signIn(way: Way, values: Values, io: SignInIo, signal: AbortSignal): Promise<SignedIn> {
	const server = hostOf(values);
	const secrets = Object.fromEntries(way.fields.map(({ id }) => [id, textOf(values, id) ?? '']));
	const names = { vendor, account: new URL(server).host };
	const client = new Client(
		server,
		names,
		io,
		way.authorisation(server, names, io, async () => secrets),
	);
	const [account, profile] = await Promise.all([client.account(signal), client.profile(signal)]);
	return { way: way.id, label: account.name, identity: `${account.id}/${profile.id}`, server, facts: {}, secrets };
}

export function authorisationOf(
	{ way, server }: SignedIn,
	names: Names,
	io: SignInIo,
	secrets: () => Promise<Secrets>,
): Authorisation {
	const chosen = ways().find(({ id }) => id === way);
	if (!chosen) {
		throw new Error(`no way to sign in is called ${way}`);
	}
	return chosen.authorisation(server, names, io, secrets);
}

function clientCredentials(
	server: string,
	names: Names,
	{ fetch, log }: SignInIo,
	secrets: () => Promise<Secrets>,
): Authorisation {
	const token = new ClientCredentialsToken({
		server,
		tokenPath: '/oauth2/access_token',
		names,
		fetch,
		log,
		credentials: async () => {
			const { clientId = '', clientSecret = '' } = await secrets();
			return { clientId, clientSecret };
		},
	});
	return {
		authorize: (request, signal) => token.authorize(request, signal),
		renew: (signal) => token.renew(signal),
		watchFetch: (fetch) => token.watchFetch(fetch),
		watchSend: (send) => token.watchSend(send),
	};
}

function oauth1(_server: string, _names: Names, _io: SignInIo, secrets: () => Promise<Secrets>): Authorisation {
	return {
		async authorize(request) {
			const {
				applicationKey = '',
				applicationSecret = '',
				accessTokenKey = '',
				accessTokenSecret = '',
			} = await secrets();
			return signOAuth1(request, {
				consumerKey: applicationKey,
				consumerSecret: applicationSecret,
				token: accessTokenKey,
				tokenSecret: accessTokenSecret,
			});
		},
		watchFetch: (fetch) => fetch,
		watchSend: (send) => send,
	};
}
