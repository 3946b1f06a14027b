import { t } from '@vscode/l10n';
import { InvalidInput, NotFound, Refused, SignInNeeded } from '../../core/errors.ts';
import { type Field, type FieldValue, textOf, type Values } from '../../core/form.ts';
import type { Credentials, SignedIn, SignInIo, TypedWay } from '../../core/provider.ts';
import { normaliseServer } from '../../core/server.ts';
import { Client, type Key } from './client.ts';
import { nameOf } from './mapping.ts';

export const vendor = 'CoreData';

export function signInWays(): readonly TypedWay[] {
	return [
		{
			id: 'apiKey',
			label: t('API key'),
			detail: t('Your organisation’s CoreData address, your user name and a key that an administrator gives you.'),
			helpUrl: 'https://docs.wise.is/cored/coredata-api',
			fields: fields(),
			signIn,
			practice: ({ url, user, key }) => ({ server: String(url), user: String(user), key: String(key) }),
		},
	];
}

function fields(): readonly Field[] {
	return [
		{
			kind: 'text',
			id: 'server',
			label: t('Address'),
			help: t('The address at which you open CoreData in the browser.'),
			placeholder: 'https://acme.coredata.is',
			required: true,
			check: (value) => checkTenant(typed(value)),
		},
		{
			kind: 'text',
			id: 'user',
			label: t('User name'),
			help: t('The name that you sign in to CoreData with, not your full name.'),
			required: true,
			check: (value) => checkUser(typed(value)),
		},
		{
			kind: 'text',
			id: 'key',
			label: t('API key'),
			help: t(
				'The manual of CoreData names no page that shows it: ask an administrator of your CoreData for a key for your user.',
			),
			required: true,
			secret: true,
			check: (value) => checkKey(typed(value)),
		},
	];
}

function typed(value: FieldValue): string {
	return typeof value === 'string' ? value : '';
}

/** A tenant's address as it was typed, often with the API's own path behind it. */
export function tenantOf(typed: string): string | undefined {
	return normaliseServer(typed)?.replace(/\/api(\/v\d+(\/.*)?)?$/, '');
}

function checkTenant(typed: string): string | undefined {
	return tenantOf(typed) === undefined ? t('The address must be complete and start with https://.') : undefined;
}

function checkUser(user: string): string | undefined {
	if (user.includes(':')) {
		return t('A user name cannot contain a colon.');
	}
	return fitsHeader(user) ? undefined : t('The user name contains a character that cannot be sent.');
}

function checkKey(key: string): string | undefined {
	return fitsHeader(key) ? undefined : t('The key contains a character that cannot be sent.');
}

/** User and key are sent as they are, in a header, which takes no line break and nothing beyond Latin letters. */
function fitsHeader(text: string): boolean {
	return /^[\x20-\x7e\xa0-\xff]*$/.test(text.trim());
}

async function signIn(values: Values, io: SignInIo, signal: AbortSignal): Promise<readonly SignedIn[]> {
	const server = tenantOf(textOf(values, 'server') ?? '');
	const user = textOf(values, 'user');
	const key = textOf(values, 'key');
	if (server === undefined || user === undefined || key === undefined) {
		throw new InvalidInput([{ message: t('Address, user name and key are needed.') }]);
	}
	const { host } = new URL(server);
	const client = new Client({ server, names: { vendor, account: host }, io, key: async () => ({ user, key }) });
	const found = await client.user(signal).catch((error: unknown) => {
		throw error instanceof NotFound ? noTenant(error) : error;
	});
	return [
		{
			way: 'apiKey',
			label: `${nameOf(found)} – ${host}`,
			identity: `${host}/${found.username}`,
			server,
			facts: { user },
			secrets: { key },
		},
	];
}

function noTenant(cause: NotFound): Refused {
	const message = t('There is no CoreData at this address.');
	return new Refused(message, [{ field: 'server', message }], cause);
}

/** The credentials of a session as they stand now. */
export function keyOf({ facts }: SignedIn, credentials: Credentials, account: string): () => Promise<Key> {
	return async () => {
		const { key } = await credentials.read();
		if (key === undefined || facts.user === undefined) {
			throw new SignInNeeded(t('The credentials of {0} are not on this computer. Sign in again.', account));
		}
		return { user: facts.user, key };
	};
}
