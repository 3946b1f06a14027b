import type { SecretsPort } from '../../../src/core/credentialStore.ts';
import { put } from './witness.ts';

/** Milliseconds: what waits so long is a pause out of politeness, or one between two attempts. */
const pauses = { from: 200, to: 5000 };

/** Runs while pauses take no time worth waiting for; time-outs stay as they are. */
export async function hurried<T>(run: () => Promise<T>): Promise<T> {
	const real = globalThis.setTimeout;
	const short = (callback: () => void, milliseconds = 0, ...rest: unknown[]) =>
		real(callback, milliseconds >= pauses.from && milliseconds <= pauses.to ? 1 : milliseconds, ...rest);
	globalThis.setTimeout = Object.assign(short, real);
	try {
		return await run();
	} finally {
		globalThis.setTimeout = real;
	}
}

/** Remembers what the secrets store says, until it is called: each question goes through the browser's window and back. */
export function remembering(secrets: SecretsPort): () => void {
	const real = { ...secrets };
	const known = new Map<string, Promise<string | null>>();
	const keyOf = (service: string, account: string) => `${service}/${account}`;
	const undo = [
		put(secrets, 'getPassword', (service: string, account: string) => {
			const key = keyOf(service, account);
			const asked = known.get(key) ?? real.getPassword(service, account);
			known.set(key, asked);
			return asked;
		}),
		put(secrets, 'setPassword', (service: string, account: string, password: string) =>
			real.setPassword(service, account, password).finally(() => known.delete(keyOf(service, account))),
		),
		put(secrets, 'deletePassword', (service: string, account: string) =>
			real.deletePassword(service, account).finally(() => known.delete(keyOf(service, account))),
		),
	];
	return () => undo.forEach((one) => one());
}
