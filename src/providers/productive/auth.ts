import { t } from '@vscode/l10n';
import type * as v from 'valibot';
import { NotAllowed, Refused, SignInNeeded } from '../../core/errors.ts';
import { type Field, textOf, type Values } from '../../core/form.ts';
import type { Credentials, SignedIn, SignInIo, TypedWay } from '../../core/provider.ts';
import { serverField, serverOf } from '../../core/server.ts';
import { Client, type Listed } from './client.ts';
import { linkedId } from './document.ts';
import { type membership, organization, person } from './mapping.ts';
import { bucketOf } from './unverified.ts';

export const vendor = 'Productive';
const defaultServer = 'https://api.productive.io/api/v2';

/** The vendor has no other way: an OAuth sign-in for other programs does not exist. */
export function tokenWay(): TypedWay {
	return {
		id: 'token',
		label: t('Access token'),
		detail: t('A personal token from the settings of Productive; a read-only one is enough for reading.'),
		helpUrl: 'https://help.productive.io/en/articles/5440689-api-access',
		fields: fields(),
		signIn,
		practice: ({ url, token, organizationId }) => ({
			server: String(url),
			token: String(token),
			organizationId: String(organizationId),
		}),
	};
}

function fields(): readonly Field[] {
	return [
		{
			kind: 'text',
			id: 'token',
			label: t('Access token'),
			help: t(
				'In Productive: Settings, API integrations, Generate new token. Choose reading and writing if you want to make changes.',
			),
			secret: true,
			required: true,
		},
		{
			kind: 'text',
			id: 'organizationId',
			label: t('Organization ID'),
			help: t(
				'The number after app.productive.io/ in the address of your browser, also shown under Settings, API integrations. Without it, all organizations of the token are added where Productive lists them.',
			),
			placeholder: '12345',
			check: (value) =>
				typeof value === 'string' && organizationIn(value) ? undefined : t('The organization ID is a number.'),
		},
		serverField(defaultServer),
	];
}

/** The number itself, or the one in an address of the vendor's app such as `https://app.productive.io/4410-studio/tasks`. */
function organizationIn(typed: string): string | undefined {
	return /^(?:(?:https?:\/\/)?app\.productive\.io\/)?(\d+)(?:$|[-/])/.exec(typed.trim())?.[1];
}

async function signIn(values: Values, io: SignInIo, signal: AbortSignal): Promise<readonly SignedIn[]> {
	const server = serverOf(values, defaultServer);
	const token = textOf(values, 'token') ?? '';
	const wanted = organizationIn(textOf(values, 'organizationId') ?? '');
	const names = { vendor, account: new URL(server).host };
	const client = new Client({ server, organization: wanted, names, io, token: async () => token });
	const found = toAccounts(await membershipsOf(client, wanted, signal), server, token);
	const accounts = wanted ? found.filter(({ facts }) => facts['organizationId'] === wanted) : found;
	if (accounts.length === 0) {
		throw organizationNeeded(notMember());
	}
	return accounts;
}

type Memberships = Listed<v.InferOutput<typeof membership>>;

/** Whether the list comes without an organization is not documented; where it does not, one must be named. */
async function membershipsOf(client: Client, wanted: string | undefined, signal: AbortSignal): Promise<Memberships> {
	try {
		return await client.memberships(signal);
	} catch (error) {
		if (
			wanted === undefined &&
			(error instanceof SignInNeeded || error instanceof NotAllowed || error instanceof Refused)
		) {
			throw organizationNeeded(
				t('Productive did not list the organizations of this token. Check the token and fill in the organization ID.'),
				error,
			);
		}
		throw error instanceof NotAllowed ? organizationNeeded(notMember(), error) : error;
	}
}

function notMember(): string {
	return t('The token does not belong to a member of this organization.');
}

function organizationNeeded(message: string, cause?: unknown): Refused {
	return new Refused(message, [{ field: 'organizationId', message }], cause);
}

function toAccounts({ data, related }: Memberships, server: string, token: string): SignedIn[] {
	return data.flatMap((membership) => {
		const organizationId = linkedId(membership, 'organization');
		const personId = related(membership, 'person', person)?.id ?? membership.id;
		return organizationId === undefined
			? []
			: {
					way: 'token',
					label: related(membership, 'organization', organization)?.attributes.name ?? organizationId,
					identity: `${organizationId}/${personId}`,
					server,
					facts: { organizationId, personId, bucket: bucketOf(server) },
					secrets: { token },
				};
	});
}

/** The account's token as it stands now. */
export async function tokenOf(credentials: Credentials, account: string): Promise<string> {
	const { token } = await credentials.read();
	if (!token) {
		throw new SignInNeeded(t('The access token of {0} is gone. Sign in to {1} again.', account, vendor));
	}
	return token;
}
