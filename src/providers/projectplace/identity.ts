import type { Secrets, SignedIn, SignInIo } from '../../core/provider.ts';
import type { Names } from '../../http/request.ts';
import type { Carrying } from './authorisation.ts';
import { Client } from './client.ts';
import { vendor } from './host.ts';

/** What messages call an account that has no name yet. */
export function namesAt(server: string): Names {
	return { vendor, account: new URL(server).host };
}

interface Shown {
	readonly way: string;
	readonly server: string;
	readonly secrets: Secrets;
}

/** What is sent to the vendor to make sure of the credentials also says whose they are. */
export async function signedIn(
	{ way, server, secrets }: Shown,
	authorisation: Carrying,
	io: SignInIo,
	signal: AbortSignal,
): Promise<SignedIn> {
	const client = new Client(server, namesAt(server), io, authorisation);
	const [account, profile] = await Promise.all([client.account(signal), client.profile(signal)]);
	return { way, label: account.name, identity: `${account.id}/${profile.id}`, server, facts: {}, secrets };
}
