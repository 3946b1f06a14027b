import type { Provider, Session, SessionIo, SignedIn } from '../../src/core/provider.ts';
import { send } from '../../src/files/upload.ts';

export interface Opened {
	readonly session: Session;
	readonly account: SignedIn;
	/** Everything that was logged, to look for what must not be there. */
	readonly log: string[];
	readonly io: SessionIo;
}

export function signal(): AbortSignal {
	return new AbortController().signal;
}

export function collectingLog(lines: string[]): SessionIo['log'] {
	return {
		debug: (message) => void lines.push(message),
		warn: (message, cause) => void lines.push(`${message} ${String(cause)}`),
	};
}

/** Signs in the way that practice accounts do. */
export async function signInPractice(
	provider: Provider,
	address: Readonly<Record<string, unknown>>,
): Promise<SignedIn> {
	const way = provider.signInWays.find(({ practice }) => practice);
	const values = way?.practice?.(address);
	if (!way || !values) {
		throw new Error(`${provider.id} has no way for practice accounts`);
	}
	const [account] = await way.signIn(values, { fetch: globalThis.fetch, log: collectingLog([]) }, signal());
	if (!account) {
		throw new Error(`signing in to ${provider.id} gave no account`);
	}
	return account;
}

/** A session on an account, with real HTTP and the real upload transport. */
export function openSession(
	provider: Provider,
	account: SignedIn,
	settings: Readonly<Record<string, string>> = {},
): Opened {
	const log: string[] = [];
	let secrets = account.secrets;
	const io: SessionIo = {
		fetch: globalThis.fetch,
		send,
		log: collectingLog(log),
		accountName: account.label,
		setting: (name) => settings[name],
		credentials: {
			read: async () => secrets,
			replace: async (next) => {
				secrets = next;
			},
		},
	};
	return { session: provider.open(account, io), account, log, io };
}

export async function openPractice(
	provider: Provider,
	address: Readonly<Record<string, unknown>>,
	settings?: Readonly<Record<string, string>>,
): Promise<Opened> {
	return openSession(provider, await signInPractice(provider, address), settings);
}
