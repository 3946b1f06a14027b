import { t } from '@vscode/l10n';
import { SignInNeeded } from '../../core/errors.ts';
import { textOf, type Values } from '../../core/form.ts';
import type { Secrets, SessionIo, SignInIo, TypedWay } from '../../core/provider.ts';
import { serverField, serverOf } from '../../core/server.ts';
import { Http } from '../../http/request.ts';
import { Budget } from './budget.ts';
import { Client, explain } from './client.ts';
import type { Company } from './mapping.ts';
import { toId } from './unverified.ts';

export const vendor = 'Beebole';
const address = 'https://beebole-apps.com/api/v2';

export interface Access {
	readonly server: string;
	/** What the account is called in messages. */
	readonly account: string;
	readonly io: SignInIo & Pick<Partial<SessionIo>, 'onVerdict'>;
	readonly secrets: () => Promise<Secrets>;
	readonly budget: Budget;
}

/** https://beebole.com/help/legacy/api#authentication: the token is the user's name, the password always the letter x. */
export function connect({ server, account, io, secrets, budget }: Access): Client {
	const http = new Http({
		base: server,
		names: { vendor, account },
		fetch: budget.counted(io.fetch),
		log: io.log,
		onVerdict: (accepted) => io.onVerdict?.(accepted),
		authorize: async (request) => {
			const token = tokenIn(await secrets(), account);
			request.headers.set('authorization', `Basic ${btoa(`${token}:x`)}`);
			return request;
		},
		explain: (reply) => explain(reply, () => budget.stop()),
	});
	return new Client(http);
}

export function tokenIn({ token }: Secrets, account: string): string {
	if (!token) {
		throw new SignInNeeded(t('The API token of {0} is gone. Sign in to Beebole again.', account));
	}
	return token;
}

/** A function, so that its words are looked up when the language is known. */
export function byToken(): TypedWay {
	return {
		id: 'token',
		label: t('API token'),
		detail: t('The token of a Beebole account with company and project screens, from its API Token module.'),
		helpUrl: 'https://beebole.com/help/legacy/api#authentication',
		fields: [
			{
				kind: 'text',
				id: 'token',
				label: t('API token'),
				required: true,
				secret: true,
				help: t(
					'In Beebole: the API Token module, once an administrator has allowed API calls under Settings, Account.',
				),
				check: (value) =>
					typeof value === 'string' && /^[\w-]+$/.test(value.trim())
						? undefined
						: t('A token has only letters and digits.'),
			},
			{
				kind: 'text',
				id: 'label',
				label: t('Name of the account'),
				help: t(
					'Beebole does not say whose token it is. Without a name the account is called after its first company.',
				),
			},
			serverField(address),
		],
		signIn,
		practice: ({ url, token }) => ({ server: String(url), token: String(token) }),
	};
}

async function signIn(values: Values, io: SignInIo, signal: AbortSignal) {
	const server = withPath(serverOf(values, address));
	const secrets: Secrets = { token: textOf(values, 'token') ?? '' };
	const typed = textOf(values, 'label');
	const account = typed ?? new URL(server).host;
	const client = connect({ server, account, io, secrets: async () => secrets, budget: new Budget(account) });
	const companies = (await client.companies(signal)).toSorted((a, b) => (a.id ?? Infinity) - (b.id ?? Infinity));
	const label = typed ?? companies.find(({ active }) => active)?.name ?? account;
	return [{ way: 'token', label, identity: identityOf(companies[0], label), server, facts: {}, secrets }];
}

/**
 * Beebole has no call that says who a token belongs to. Its oldest company was made with the account, cannot be deleted
 * and keeps its id, and the label tells apart two people of one account who named theirs, and two accounts in case their
 * ids are counted from the same beginning. A digest of the token would change with each reset of the token.
 */
function identityOf(oldest: Company | undefined, label: string): string {
	return `${oldest ? toId(oldest) : 'none'}/${label}`;
}

/** A host alone is taken for one with the usual path. */
function withPath(server: string): string {
	return new URL(server).pathname === '/' ? `${server}/api/v2` : server;
}
