import { t } from '@vscode/l10n';
import { SignInNeeded } from '../../core/errors.ts';
import { type Field, textOf, type Values } from '../../core/form.ts';
import type { Credentials, SignedIn, SignInIo, TypedWay } from '../../core/provider.ts';
import { checkServer, normaliseServer, serverField, serverOf } from '../../core/server.ts';
import { Client } from './client.ts';
import { newApiBeside } from './unverified.ts';

export const vendor = 'Planbox';
const address = 'https://work.planbox.com/api';
const helpUrl = 'https://agilehelp.planbox.com/support/solutions/articles/35000043377-authentication';

/** What practice accounts and people type alike. */
const servers: readonly Field[] = [
	serverField(address),
	{
		kind: 'text',
		id: 'newServer',
		label: t('Server address of the newer API'),
		help: t('Used only to create initiatives. Leave it empty to have it follow from the server address.'),
		check: (value) => (typeof value === 'string' ? checkServer(value) : undefined),
	},
];

const byPassword: TypedWay = {
	id: 'password',
	label: t('E-mail and password'),
	detail: t(
		'Planbox gives an access token for them; the password is not kept. The token stays valid after you sign out, because Planbox cannot revoke it.',
	),
	helpUrl,
	fields: [
		{
			kind: 'text',
			id: 'email',
			label: t('E-mail'),
			help: t('The address that you sign in to Planbox with.'),
			required: true,
		},
		{
			kind: 'text',
			id: 'password',
			label: t('Password'),
			help: t('The password that you sign in to Planbox with. It is exchanged for an access token and not kept.'),
			required: true,
			secret: true,
		},
		...servers,
	],
	async signIn(values, io, signal) {
		const email = textOf(values, 'email') ?? '';
		const server = serverOf(values, address);
		// A password may begin or end with a space.
		const { password } = values;
		const token = await new Client({ server, names: { vendor, account: email }, io }).signIn(
			email,
			typeof password === 'string' ? password : '',
			signal,
		);
		return [await signedIn('password', email, token, values, io, signal)];
	},
	practice: ({ url, apiBUrl, email, password }) => ({
		server: String(url),
		newServer: String(apiBUrl),
		email: String(email),
		password: String(password),
	}),
};

const byToken: TypedWay = {
	id: 'token',
	label: t('Access token'),
	detail: t('A token that Planbox gave earlier for your e-mail and password.'),
	helpUrl,
	fields: [
		{
			kind: 'text',
			id: 'token',
			label: t('Access token'),
			help: t(
				'No page of Planbox is known to show it: it is the access_token in what api/auth answered to your e-mail and password.',
			),
			required: true,
			secret: true,
		},
		...servers,
	],
	async signIn(values, io, signal) {
		const token = textOf(values, 'token') ?? '';
		return [await signedIn('token', new URL(serverOf(values, address)).host, token, values, io, signal)];
	},
};

export const signInWays: readonly TypedWay[] = [byPassword, byToken];

async function signedIn(
	way: string,
	typed: string,
	token: string,
	values: Values,
	io: SignInIo,
	signal: AbortSignal,
): Promise<SignedIn> {
	const server = serverOf(values, address);
	const client = new Client({ server, names: { vendor, account: typed }, io, token: async () => token });
	const { id, name, email } = await client.loggedResource(signal);
	const newServer = normaliseServer(textOf(values, 'newServer') ?? '') ?? newApiBeside(server);
	return {
		way,
		label: name ?? email ?? typed,
		identity: `${new URL(server).hostname}/${id}`,
		server,
		facts: newServer === undefined ? {} : { newServer },
		secrets: { token },
	};
}

/** The account's token as it stands now. */
export async function tokenOf(credentials: Credentials, account: string): Promise<string> {
	const { token } = await credentials.read();
	if (!token) {
		throw new SignInNeeded(t('The access token of {0} is gone. Sign in to {1} again.', account, vendor));
	}
	return token;
}
