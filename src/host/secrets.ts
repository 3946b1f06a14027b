import { t } from '@vscode/l10n';
import type { SecretStorage } from 'vscode';
import type { SecretsPort } from '../core/credentialStore.ts';
import { LocalFailure } from '../core/errors.ts';

/** keytar's four calls, and whether what they keep outlives the window. */
export interface Secrets extends SecretsPort {
	/**
	 * Whether secrets of an earlier window are gone although they were kept: VS Code then holds them in memory alone, because
	 * the system has no keyring.
	 */
	wereLost(): Promise<boolean>;
}

export interface SecretsOptions {
	readonly storage: Pick<SecretStorage, 'get' | 'store' | 'delete' | 'keys'>;
	/** Small lasting values that are no secrets. */
	readonly state: { get(key: string): unknown; set(key: string, value: unknown): PromiseLike<void> };
	/** Names this window as long as it is open. */
	readonly window: string;
	/** Asks whether to keep secrets in this window alone, where they can't be kept otherwise. */
	readonly mayKeepHere: () => Promise<boolean>;
}

/** A secret of no worth, beside the real ones: where it is gone, they are gone. */
const witness = 'boardwalk.witness';
const witnessed = 'secretsKeptIn';

/**
 * keytar's four calls on VS Code's SecretStorage. Where the system refuses to keep secrets, they are kept in this window
 * alone if the person agrees, who is asked once.
 */
export function secretsIn({ storage, state, window, mayKeepHere }: SecretsOptions): Secrets {
	const here = new Map<string, string>();
	let agreed: Promise<boolean> | undefined;
	const keep = async (key: string, value: string): Promise<void> => {
		try {
			await inTime(storage.store(key, value));
			here.delete(key);
		} catch (cause) {
			agreed ??= mayKeepHere();
			if (!(await agreed)) {
				agreed = undefined;
				throw new LocalFailure(t('This system has no keyring that VS Code can keep credentials in.'), cause);
			}
			here.set(key, value);
		}
	};
	const keptUnder = async (key: string): Promise<string | undefined> => here.get(key) ?? opened(storage.get(key));
	return {
		getPassword: async (service, account) => (await keptUnder(keyOf(service, account))) ?? null,
		setPassword: async (service, account, password) => {
			await keep(keyOf(service, account), password);
			if (here.size === 0 && state.get(witnessed) === undefined) {
				await keep(witness, window);
				await state.set(witnessed, window);
			}
		},
		deletePassword: async (service, account) => {
			const key = keyOf(service, account);
			const was = (await keptUnder(key)) !== undefined;
			here.delete(key);
			await inTime(storage.delete(key));
			return was;
		},
		findCredentials: async (service) => {
			const prefix = keyOf(service, '');
			const keys = new Set([...(await storage.keys()), ...here.keys()]);
			const found = await Promise.all(
				[...keys]
					.filter((key) => key.startsWith(prefix))
					.map(async (key) => ({ account: key.slice(prefix.length), password: await keptUnder(key) })),
			);
			return found.flatMap(({ account, password }) => (password === undefined ? [] : [{ account, password }]));
		},
		wereLost: async () => {
			const kept = state.get(witnessed);
			const lost = kept !== undefined && kept !== window && (await opened(storage.get(witness))) === undefined;
			if (lost) {
				// From now on for this window: it is said once for each time that they are lost.
				await state.set(witnessed, undefined);
			}
			return lost;
		},
	};
}

function keyOf(service: string, account: string): string {
	return `${service}/${account}`;
}

/** Milliseconds; a person may first have to unlock the keyring. */
const patience = 60_000;

/** A window that is gone never answers, and must not hold up the others that wait for it to finish. */
async function inTime<T>(running: Thenable<T>): Promise<T> {
	const clock = Promise.withResolvers<never>();
	const timer = setTimeout(() => clock.reject(new Error('the secret storage does not answer')), patience);
	try {
		return await Promise.race([running, clock.promise]);
	} finally {
		clearTimeout(timer);
	}
}

/** A store that can't be opened has lost nothing, so it must not look empty. */
async function opened<T>(reading: Thenable<T>): Promise<T> {
	try {
		return await inTime(reading);
	} catch (cause) {
		throw new LocalFailure(t('VS Code could not open its secret storage. Your credentials are untouched.'), cause);
	}
}
